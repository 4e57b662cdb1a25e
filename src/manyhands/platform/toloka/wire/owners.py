"""Requesters, as they show themselves and as owners of records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from manyhands.crowd import Money

from .mirrors import decode_mirror, encode_mirror

__all__ = ["Company", "Owner", "Requester", "decode_requester", "encode_requester"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose a record is.

    Attributes:
        id: of the requester.
        myself: whether it is the one who asks.
        company_id: of the requester's company.
    """

    id: str
    myself: bool | None = None
    company_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A company that acts as a requester."""

    id: str
    superintendent_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requester:
    """A requester.

    Attributes:
        id: of the requester.
        balance: money left.
        public_name: language → name that workers see.
        company: None for a person.
        foreign: what else the API says.
    """

    id: str
    balance: Money
    public_name: Mapping[str, str] | None = None
    company: Company | None = None
    foreign: Mapping[str, Any] = field(default_factory=dict)


def encode_requester(requester: Requester) -> dict[str, Any]:
    """Return a requester.

    Example:
        >>> encode_requester(Requester(id="7", balance=Money("12.5"), public_name={"EN": "Ann"}))
        {'id': '7', 'balance': 12.5, 'public_name': {'EN': 'Ann'}}
    """
    return encode_mirror(requester)


def decode_requester(document: object) -> Requester:
    """Return the requester that a platform shows.

    Raises:
        InvalidInput: the document is no requester.
    """
    return decode_mirror(document, Requester, what="requester")
