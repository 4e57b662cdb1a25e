"""All doors of the requester API; those that are used most come first, because they are looked for in this order."""

from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door

from .assignments import ASSIGNMENT_DOORS
from .operations import OPERATION_DOORS
from .pools import POOL_DOORS
from .projects import PROJECT_DOORS
from .requester import ACCOUNT_DOORS
from .tasks import TASK_DOORS

__all__ = ["REQUESTER_DOORS"]

REQUESTER_DOORS: tuple[Door[RequesterDesk], ...] = (
    *POOL_DOORS,
    *TASK_DOORS,
    *ASSIGNMENT_DOORS,
    *OPERATION_DOORS,
    *PROJECT_DOORS,
    *ACCOUNT_DOORS,
)
