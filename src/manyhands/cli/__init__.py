"""The command line: what is typed in a terminal in, launches, files and exit codes out.

It parses, asks and prints; what launches do is decided below it. It never prompts when nobody can answer, and never prints a traceback unless
asked to.
"""

from .app import app, main

__all__ = ["app", "main"]
