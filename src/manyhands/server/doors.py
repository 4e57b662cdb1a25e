"""Doors: a method, a path, who may come in, and what is done for them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from .accounts import Holder, HolderKind
from .calls import Answer, Call
from .refusals import Refused, Word

__all__ = ["Door", "Key", "check_key"]

D = TypeVar("D")


class Key(StrEnum):
    """What somebody must have to come in."""

    #: Nothing.
    NONE = "none"
    #: A requester's token.
    REQUESTER = "requester"
    #: A worker's token.
    WORKER = "worker"
    #: An administrator's token.
    ADMIN = "admin"
    #: A token of a requester or a worker.
    NEWCOMER = "newcomer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door(Generic[D]):
    """A door of the server.

    Attributes:
        path: with ``{name}`` for the parts that are left open.
        handle: does what is asked for; it is called in a thread and may wait.
        most_bytes: the largest body; None for what the settings say.
        takes: the record that the body holds; None for no body, or one that is described elsewhere.
        gives: the record that is answered.
        status: the HTTP status of an answer that is no refusal.
        query: the fields of the query.
        is_short: the handler is done within milliseconds, and waits for nothing but the store; several of them are carried out together.
    """

    method: str
    path: str
    handle: Callable[[D, Call], Answer]
    most_bytes: int | None = None
    takes: type | None = None
    gives: type | None = None
    status: int = 200
    query: tuple[str, ...] = ()
    is_short: bool = False


_HOLDERS = {
    Key.REQUESTER: frozenset({HolderKind.REQUESTER}),
    Key.WORKER: frozenset({HolderKind.WORKER}),
    Key.ADMIN: frozenset({HolderKind.ADMIN}),
    Key.NEWCOMER: frozenset({HolderKind.REQUESTER, HolderKind.WORKER}),
}


def check_key(key: Key, holder: Holder | None) -> str:
    """Return the name of who comes in; empty where no token is needed.

    Raises:
        Refused: the token is missing, unknown, or opens other doors.
    """
    if key is Key.NONE:
        return ""
    if holder is None:
        message = "This needs a valid token: Authorization: OAuth, ApiKey or Bearer, and the token."
        raise Refused(Word.AUTHENTICATION_ERROR, message)
    if holder.kind not in _HOLDERS[key]:
        raise Refused(Word.ACCESS_DENIED, f"The token of a {holder.kind} does not open this door; a {key} may come in.")
    return holder.name
