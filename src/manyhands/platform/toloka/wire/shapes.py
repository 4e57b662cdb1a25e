"""The lists of the API, and what may be asked of each."""

from enum import StrEnum

from manyhands.crowd import AssignmentStatus, Folder, PoolStatus, ProjectStatus

from .kinds import MOMENT, TEXT, choice
from .operations import OperationStatus
from .queries import ListShape
from .texts import FLAG_TEXT, INTEGER_TEXT
from .webhooks import WebhookEventType

__all__ = [
    "AGGREGATED_SOLUTIONS",
    "ASSIGNMENTS",
    "ATTACHMENTS",
    "MESSAGE_THREADS",
    "OPERATIONS",
    "POOLS",
    "PROJECTS",
    "SKILLS",
    "TASKS",
    "TASK_SUITES",
    "TRAININGS",
    "USER_BONUSES",
    "USER_RESTRICTIONS",
    "USER_SKILLS",
    "WEBHOOK_SUBSCRIPTIONS",
]


class _AnyScope(StrEnum):
    """Scopes that may be asked for."""

    #: Of one pool.
    POOL = "POOL"
    #: Of one project.
    PROJECT = "PROJECT"
    #: Of all projects of the requester.
    ALL_PROJECTS = "ALL_PROJECTS"
    #: Of the platform.
    SYSTEM = "SYSTEM"


_POOL_STATUS = choice(PoolStatus, PoolStatus.CLOSED)
_FOLDER = choice(Folder, Folder.INBOX)
_ID_AND_CREATED = {"id": TEXT, "created": MOMENT}
#: Whose records; a company's requesters see one another's.
_OWNERS = {"owner_id": TEXT, "owner_company_id": TEXT, "owner_myself": FLAG_TEXT}
#: Records on a page of the lists for which the API documents no other number.
_PAGE, _SMALL_PAGE = 50, 20
_HUGE = 100_000
#: The fields of which several values may be named at once, in every list that has them.
_LISTS = frozenset({"status", "folder", "type"})

PROJECTS = ListShape(
    name="projects",
    equals={"status": choice(ProjectStatus, ProjectStatus.ACTIVE), **_OWNERS},
    bounds=_ID_AND_CREATED,
    sortable=frozenset({"id", "created", "public_name", "private_comment"}),
    lists=_LISTS,
    default_limit=_SMALL_PAGE,
    max_limit=300,
)
POOLS = ListShape(
    name="pools",
    equals={"status": _POOL_STATUS, "project_id": TEXT, **_OWNERS},
    bounds={**_ID_AND_CREATED, "last_started": MOMENT},
    sortable=frozenset({"id", "created", "last_started"}),
    lists=_LISTS,
    default_limit=_SMALL_PAGE,
    max_limit=300,
)
TRAININGS = ListShape(
    name="trainings",
    equals={"status": _POOL_STATUS, "project_id": TEXT, **_OWNERS},
    bounds={**_ID_AND_CREATED, "last_started": MOMENT},
    sortable=frozenset({"id", "created", "last_started"}),
    lists=_LISTS,
    default_limit=_SMALL_PAGE,
    max_limit=300,
)
TASKS = ListShape(
    name="tasks",
    equals={"pool_id": TEXT, "overlap": INTEGER_TEXT},
    bounds={**_ID_AND_CREATED, "overlap": INTEGER_TEXT},
    sortable=frozenset({"id", "created"}),
    lists=_LISTS,
    default_limit=_PAGE,
    max_limit=_HUGE,
    required=("pool_id",),
)
TASK_SUITES = ListShape(
    name="task suites",
    equals={"pool_id": TEXT, "task_id": TEXT, "overlap": INTEGER_TEXT},
    bounds={**_ID_AND_CREATED, "overlap": INTEGER_TEXT},
    sortable=frozenset({"id", "created"}),
    lists=_LISTS,
    default_limit=_PAGE,
    max_limit=_HUGE,
    required=("pool_id", "task_id"),
)
_PAGE_MOMENTS = dict.fromkeys(("created", "submitted", "accepted", "rejected", "skipped", "expired"), MOMENT)
ASSIGNMENTS = ListShape(
    name="assignments",
    equals={
        "status": choice(AssignmentStatus, AssignmentStatus.ACTIVE),
        "pool_id": TEXT,
        "task_suite_id": TEXT,
        "task_id": TEXT,
        "user_id": TEXT,
    },
    bounds={"id": TEXT, **_PAGE_MOMENTS},
    sortable=frozenset({"id", *_PAGE_MOMENTS}),
    lists=_LISTS,
    default_limit=_PAGE,
    max_limit=_HUGE,
    required=("pool_id", "task_suite_id", "task_id"),
)
AGGREGATED_SOLUTIONS = ListShape(
    name="aggregated solutions",
    bounds={"task_id": TEXT},
    sortable=frozenset({"task_id"}),
    lists=_LISTS,
    default_limit=_PAGE,
    max_limit=_HUGE,
)
ATTACHMENTS = ListShape(
    name="attachments",
    equals={
        "name": TEXT,
        "type": TEXT,
        "user_id": TEXT,
        "assignment_id": TEXT,
        "pool_id": TEXT,
        **_OWNERS,
    },
    bounds=_ID_AND_CREATED,
    sortable=frozenset({"id", "created"}),
    lists=_LISTS,
    default_limit=_PAGE,
    max_limit=100,
)
OPERATIONS = ListShape(
    name="operations",
    equals={"type": TEXT, "status": choice(OperationStatus, OperationStatus.PENDING)},
    bounds={"id": TEXT, "submitted": MOMENT, "finished": MOMENT},
    sortable=frozenset({"id", "submitted", "finished"}),
    lists=_LISTS,
    default_limit=_PAGE,
    max_limit=500,
)
SKILLS = ListShape(
    name="skills",
    equals={"name": TEXT, "global": FLAG_TEXT, **_OWNERS},
    bounds=_ID_AND_CREATED,
    sortable=frozenset({"id", "created"}),
    lists=_LISTS,
    default_limit=_PAGE,
    max_limit=100,
)
USER_SKILLS = ListShape(
    name="user skills",
    equals={"name": TEXT, "user_id": TEXT, "skill_id": TEXT},
    bounds={**_ID_AND_CREATED, "modified": MOMENT},
    sortable=frozenset({"id", "created", "modified"}),
    lists=_LISTS,
    default_limit=_PAGE,
    max_limit=1000,
)
USER_RESTRICTIONS = ListShape(
    name="user restrictions",
    equals={
        "scope": choice(_AnyScope, _AnyScope.ALL_PROJECTS),
        "user_id": TEXT,
        "project_id": TEXT,
        "pool_id": TEXT,
    },
    bounds=_ID_AND_CREATED,
    sortable=frozenset({"id", "created"}),
    lists=_LISTS,
    default_limit=_PAGE,
    max_limit=500,
)
USER_BONUSES = ListShape(
    name="user bonuses",
    equals={"user_id": TEXT, "assignment_id": TEXT, "private_comment": TEXT},
    bounds=_ID_AND_CREATED,
    sortable=frozenset({"id", "created"}),
    lists=_LISTS,
    default_limit=_PAGE,
    max_limit=300,
)
MESSAGE_THREADS = ListShape(
    name="message threads",
    equals={"folder": _FOLDER},
    differs={"folder": _FOLDER},
    bounds=_ID_AND_CREATED,
    sortable=frozenset({"id", "created"}),
    lists=_LISTS,
    default_limit=_PAGE,
    max_limit=300,
)
WEBHOOK_SUBSCRIPTIONS = ListShape(
    name="webhook subscriptions",
    equals={
        "event_type": choice(WebhookEventType, WebhookEventType.TEST_EVENT),
        "pool_id": TEXT,
    },
    bounds=_ID_AND_CREATED,
    sortable=frozenset({"id", "created"}),
    lists=_LISTS,
    default_limit=_PAGE,
    max_limit=300,
)
