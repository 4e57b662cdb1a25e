"""The demo: a seed in; launches on a screen, files and figures out.

It shows the library as a requester uses it, on the real engine; nothing is staged but the careless workers and the pace of time.
"""

from .demo_run import run_demo

__all__ = ["run_demo"]
