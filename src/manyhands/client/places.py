"""Where workers answer."""

from manyhands.connect import Place, connect_to
from manyhands.crowd import SystemClock
from manyhands.platform.embedded import EmbeddedPlatform

__all__ = ["EmbeddedPlatform", "Place", "SystemClock", "connect_to"]
