"""Launch files: one TOML or Python file in, the launch that it describes out, with its data read and checked.

Everything wrong in a file is named at once. Nothing is published here, and no platform is opened.
"""

from .durations import parse_duration
from .launch_file import LaunchFile, Reading
from .loading import load_launch_file
from .places import seen_from

__all__ = ["LaunchFile", "Reading", "load_launch_file", "parse_duration", "seen_from"]
