"""What the web pages need of the server: the pages themselves, and what they show beyond the API.

In: requests of browsers. Out: the built pages of `web/`, JSON, server-sent events. It never judges work by itself.
"""

from .assets import are_pages_built, asset_routes
from .live import live_route
from .watch_doors import WATCH_DOORS
from .worker_doors import WORK_PAGE_DOORS

__all__ = ["WATCH_DOORS", "WORK_PAGE_DOORS", "are_pages_built", "asset_routes", "live_route"]
