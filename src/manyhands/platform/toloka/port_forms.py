"""What a manyhands server and its adapter say to each other where Toloka's API has no words for it, as JSON objects."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec

from manyhands.crowd import Assignment, Bonus, EventPage, Money, Restriction

__all__ = [
    "PORT_PATH",
    "AcceptForm",
    "Announcement",
    "AssignmentPage",
    "BonusList",
    "BudgetForm",
    "Done",
    "EventsAnswer",
    "EventsForm",
    "ExtensionForm",
    "FeeAnswer",
    "OverlapsForm",
    "PagesForm",
    "RestrictionList",
    "ServerFeature",
]

#: Where a server announces itself; its further doors are below this path.
PORT_PATH = "/api/manyhands"


class ServerFeature(StrEnum):
    """What a server can do beyond Toloka's API."""

    #: Events of many pools by cursor, in one request.
    EVENTS = "events"
    #: Budgets are an invariant of the server.
    BUDGETS = "budgets"
    #: A worker works in one pool of a group only.
    EXCLUSIVE_GROUPS = "exclusive_groups"
    #: Many pages or tasks in one request, keys of records kept.
    KEYED_BATCHES = "keyed_batches"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What a server says of itself.

    Attributes:
        features: words of `ServerFeature`; others are passed over.
        now: the server's time.
    """

    name: str
    features: tuple[str, ...]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Nothing more is to be said."""

    success: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsForm:
    """Events wanted: of which pools, behind which position, how many at most."""

    pool_ids: tuple[str, ...]
    after: int = 0
    limit: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsAnswer:
    """Events, and the server's time."""

    page: EventPage
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptForm:
    """Pages to be accepted, all or none."""

    assignment_ids: tuple[str, ...]
    public_comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesForm:
    """Pages that something is about."""

    assignment_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapsForm:
    """Task → overlap asked for."""

    overlaps: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionForm:
    """The moment before which a pool is not to close by itself."""

    expires: Annotated[datetime, msgspec.Meta(tz=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetForm:
    """A budget to be created or changed; without a ceiling it only counts."""

    key: str
    ceiling: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeAnswer:
    """What the platform keeps on top of an amount."""

    fee: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentPage:
    """Some assignments of a pool in order of id."""

    items: list[Assignment]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionList:
    """Restrictions in order of creation, ended ones too."""

    items: list[Restriction] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusList:
    """Bonuses in order of creation."""

    items: list[Bonus] = field(default_factory=list)
