"""The demo: a seed in; launches on a screen, files and figures out.

It shows the library as a requester uses it, on the real engine; nothing is staged but the careless workers and the pace of time.
"""

from .command import demo

__all__ = ["demo"]
