"""What our own doors take and give, as JSON objects."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec

from .message_records import AppealView

__all__ = [
    "AnswerForm",
    "CourseList",
    "CourseView",
    "Done",
    "Draft",
    "Earned",
    "FileList",
    "FileView",
    "History",
    "HistoryEntry",
    "InvitationChoices",
    "InvitationEntry",
    "InvitationForm",
    "InvitationList",
    "Issued",
    "LaunchEntry",
    "LaunchList",
    "OpenPool",
    "OpenPools",
    "OpeningView",
    "PageForm",
    "PageTaskView",
    "PageView",
    "PoolChoice",
    "PoolView",
    "SolutionForm",
    "TokenEntry",
    "TokenForm",
    "TokenList",
    "VerdictView",
    "WorkerView",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Nothing more is to be said."""

    success: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerView:
    """Who is signed in."""

    worker_id: str
    name: str
    languages: list[str]
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPool:
    """A pool that is open.

    Attributes:
        reward: US dollars for a page that this worker takes now.
        task_count: tasks on a full page.
        page_seconds: mean time of the last pages; null before the first.
        hourly_reward: US dollars an hour at that pace; null before the first page.
        requires_training: whether a training has to be passed first.
        has_page_in_hand: whether the worker has a page of it in hand.
    """

    pool_id: str
    project_id: str
    title: str
    description: str
    reward: float
    task_count: int
    limit_seconds: int
    page_seconds: float | None
    hourly_reward: float | None
    requires_training: bool
    has_page_in_hand: bool
    is_training: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPools:
    """The open pools, most urgent first, without trainings that the worker has done; whether they get anything there is seen on taking."""

    items: list[OpenPool]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolView:
    """What a worker needs to show pages of a pool."""

    pool_id: str
    project_id: str
    title: str
    instruction: str
    view: dict[str, Any]
    output_spec: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTaskView:
    """A task on a page; nothing tells a control task from a real one.

    Attributes:
        is_training: whether answers to it can be checked, and the last one has to be right.
    """

    id: str
    input_values: dict[str, Any]
    is_training: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A page in a worker's hands; `reward` is in US dollars."""

    id: str
    pool_id: str
    project_id: str
    reward: float
    created: datetime
    deadline: datetime
    tasks: list[PageTaskView]


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionForm:
    """The answer to one task."""

    output_values: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageForm:
    """The answers to a page, parallel to its tasks."""

    solutions: list[SolutionForm]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForm:
    """An answer to one training task of a page, which is to be checked; the first one to each task counts."""

    task_id: str
    output_values: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictView:
    """Whether an answer is right, and what helps to find the right one; empty where it is, or nobody wrote a hint."""

    is_right: bool
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningView:
    """An open pool that a training or an exam leads to.

    Attributes:
        reward: US dollars for a page that this worker takes now.
        passing_skill: the least share of right answers, from 0 to 1.
        is_reached: whether the worker has reached it.
    """

    pool_id: str
    project_id: str
    title: str
    reward: float
    passing_skill: float
    is_reached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseView:
    """A training or an exam.

    Attributes:
        kind: ``training`` (every answer has to be put right, the first ones count) or ``exam`` (every answer counts).
        task_count: tasks on a full page.
        pages_done: pages that the worker has handed in.
        pages_to_pass: pages that it takes; null for all of them, or for an exam whose end is not told.
        skill: share of first answers that were right, from 0 to 1; null before the training is over, and for an exam.
        retry_at: when a training that is over can be done again; null means that it cannot.
        is_available: whether there may be pages for the worker.
        openings: the open pools that it leads to, most urgent first.
    """

    kind: str
    pool_id: str
    project_id: str
    title: str
    description: str
    task_count: int
    limit_seconds: int
    pages_done: int
    pages_to_pass: int | None
    skill: float | None
    retry_at: datetime | None
    is_available: bool
    openings: list[OpeningView]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseList:
    """The open trainings and exams, most urgent first."""

    items: list[CourseView]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a page is to remember until it is handed in; null for nothing."""

    content: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """What a worker earned, in US dollars, and number of pages by status."""

    paid: float
    bonuses: float
    in_review: float
    pages: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """A page that the worker took once.

    Attributes:
        title: name of the project.
        appeal_until: until when the worker may appeal against its rejection; null when there is nothing to appeal against, when it is too late,
            and while an appeal is open.
        appeal: the worker's last appeal for it; null for none.
    """

    id: str
    pool_id: str
    title: str
    status: str
    reward: float
    created: datetime
    submitted: datetime | None
    public_comment: str
    appeal_until: datetime | None
    appeal: AppealView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Pages, latest first; ask for those before the last one to read on."""

    items: list[HistoryEntry]
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file of a page in hand; `id` is what stands in the answer.

    Attributes:
        media_type: what the content is; ``application/octet-stream`` when that cannot be told, or when a browser would run it.
    """

    id: str
    name: str
    media_type: str
    size_bytes: int
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FileList:
    """The files of a page in hand, in the order in which they came."""

    items: list[FileView]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchEntry:
    """A launch as the journal tells it."""

    name: str
    state: str
    reason: str
    kind: str
    pool_id: str
    created: str
    updated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchList:
    """The requester's launches that have published something, in order of name."""

    items: list[LaunchEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationForm:
    """An invitation to be made.

    Attributes:
        label: for the requester only.
        pool_id: where whoever accepts begins to work; null for wherever they like.
        skill: the name of a skill that whoever accepts gets with value 1, such as ``expert``; it is made if it is not there. Empty for none.
        until: the first moment at which nobody can accept any more; null for no end.
        max_uses: how many workers can accept; null for any number.
    """

    label: str = ""
    pool_id: str | None = None
    skill: str = ""
    until: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    max_uses: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationEntry:
    """An invitation, named by the first digits of its digest.

    Attributes:
        use_count: how many workers accepted.
        is_open: whether somebody could accept it now.
    """

    id: str
    label: str
    pool_id: str | None
    skill_id: str | None
    skill: str
    created: datetime
    until: datetime | None
    max_uses: int | None
    use_count: int
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationList:
    """The requester's invitations in order of creation."""

    items: list[InvitationEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolChoice:
    """A pool that an invitation could lead to: its name, and the public name of its project."""

    id: str
    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationChoices:
    """What an invitation could bring: pools that are not archived, latest first, and the names of the requester's skills."""

    pools: list[PoolChoice]
    skills: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenForm:
    """A token to be made for the same requester."""

    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A token or an invitation; it is shown this once."""

    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenEntry:
    """A token of the requester, named by the first digits of its digest."""

    id: str
    kind: str
    label: str
    created: datetime
    is_valid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenList:
    """The requester's tokens in order of creation."""

    items: list[TokenEntry]
