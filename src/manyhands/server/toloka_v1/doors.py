"""All doors of the requester API; those that are used most come first, because they are looked for in this order."""

from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door

from .aggregation import AGGREGATION_DOORS
from .analytics import ANALYTICS_DOORS
from .assignments import ASSIGNMENT_DOORS
from .attachments import ATTACHMENT_DOORS
from .bonuses import BONUS_DOORS
from .messages import MESSAGE_DOORS
from .operations import OPERATION_DOORS
from .pools import POOL_DOORS
from .projects import PROJECT_DOORS
from .requester import ACCOUNT_DOORS
from .restrictions import RESTRICTION_DOORS
from .skills import SKILL_DOORS
from .tables import TABLE_DOORS
from .task_suites import TASK_SUITE_DOORS
from .tasks import TASK_DOORS
from .trainings import TRAINING_DOORS
from .webhooks import WEBHOOK_DOORS

__all__ = ["REQUESTER_DOORS"]

REQUESTER_DOORS: tuple[Door[RequesterDesk], ...] = (
    *POOL_DOORS,
    *TASK_DOORS,
    *ASSIGNMENT_DOORS,
    *OPERATION_DOORS,
    *PROJECT_DOORS,
    *RESTRICTION_DOORS,
    *BONUS_DOORS,
    *SKILL_DOORS,
    *TRAINING_DOORS,
    *TASK_SUITE_DOORS,
    *ACCOUNT_DOORS,
    *TABLE_DOORS,
    *ATTACHMENT_DOORS,
    *MESSAGE_DOORS,
    *WEBHOOK_DOORS,
    *ANALYTICS_DOORS,
    *AGGREGATION_DOORS,
)
