"""The doors of manyhands' own adapter: what launches need and Toloka's API has no words for.

In: calls of `TolokaPlatform` in another process. Out: the platform's records as JSON, field by field. It never decides anything.
"""

from .doors import PORT_DOORS

__all__ = ["PORT_DOORS"]
