"""The adapters of the port `Platform`.

In: the calls of a launch. Out: what happened on the platform. They never decide what is asked of workers.
"""

from .embedded import EmbeddedPlatform

__all__ = ["EmbeddedPlatform"]
