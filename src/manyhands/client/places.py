"""Where workers answer."""

from manyhands.connect import Place, connect
from manyhands.crowd import SystemClock
from manyhands.platform.embedded import EmbeddedPlatform

__all__ = ["EmbeddedPlatform", "Place", "SystemClock", "connect"]
