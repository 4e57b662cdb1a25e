"""Everything that the requester's page asks beyond the requester API."""

from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door

from .detail_doors import DETAIL_DOORS
from .export_doors import EXPORT_DOORS
from .pool_doors import POOL_DOORS
from .review_doors import REVIEW_DOORS

__all__ = ["WATCH_DOORS"]

WATCH_DOORS: tuple[Door[RequesterDesk], ...] = (*POOL_DOORS, *DETAIL_DOORS, *REVIEW_DOORS, *EXPORT_DOORS)
