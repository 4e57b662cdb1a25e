"""Where workers answer."""

from manyhands.connect import Place, connect_to
from manyhands.crowd import SystemClock
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.platform.toloka import create_toloka_client

__all__ = ["EmbeddedPlatform", "Place", "SystemClock", "connect_to", "create_toloka_client"]
