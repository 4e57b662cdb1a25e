"""Doors: a method, a path, who may come in, and what is done for them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from .accounts import Holder, HolderKind
from .calls import Answer, Call
from .refusals import Refused, Word

__all__ = ["ANY_MEDIA", "JSON_MEDIA", "KEYLESS", "Door", "Entrance", "Intake", "Key", "UploadDoor", "check_key"]

D = TypeVar("D")
JSON_MEDIA = "application/json"
#: Of files, whatever is in them.
ANY_MEDIA = "*/*"


class Key(StrEnum):
    """What somebody must have to come in."""

    #: Nothing.
    NONE = "none"
    #: Nothing; but a page of another site cannot come in with what a browser has of ours.
    VISITOR = "visitor"
    #: Nothing, however often: programs make up crowds where the server is run for tests.
    TESTING = "testing"
    #: A requester's token.
    REQUESTER = "requester"
    #: A worker's token.
    WORKER = "worker"
    #: An administrator's token.
    ADMIN = "admin"
    #: A token of a requester or a worker.
    NEWCOMER = "newcomer"


class Intake(Protocol):
    """Takes a body part by part, in the order in which it arrives; each call is made in a thread, one after the other."""

    def add(self, part: bytes) -> None:
        """Take the next part."""
        ...

    def finish(self) -> Answer:
        """Do what is to be done with the whole body."""
        ...

    def give_up(self) -> None:
        """Forget everything: the body did not arrive as a whole, or a part was refused."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """What every door says of itself.

    Attributes:
        path: with ``{name}`` for the parts that are left open.
        gives: the record that is answered.
        status: the HTTP status of an answer that is no refusal.
        query: the fields of the query.
        media_type: of what is answered, where it is no JSON.
    """

    method: str
    path: str
    gives: type | None = None
    status: int = 200
    query: tuple[str, ...] = ()
    media_type: str = JSON_MEDIA


@dataclass(frozen=True, slots=True, kw_only=True)
class Door(Entrance, Generic[D]):
    """A door that reads the whole body first.

    Attributes:
        handle: does what is asked for; it is called in a thread and may wait for the store.
        most_bytes: the largest body; None for what the settings say.
        takes: the record that the body holds; None for no body, or one that is described elsewhere.
        is_short: the handler is done within milliseconds, and waits for nothing but the store; several of them are carried out together.
        is_patient: whether `handle` waits for somebody outside; it runs where nobody else has to wait for it.
        is_slow: whether `handle` checks secrets, which takes long on purpose; nobody who works waits for it.
    """

    handle: Callable[[D, Call], Answer]
    most_bytes: int | None = None
    takes: type | None = None
    is_short: bool = False
    is_patient: bool = False
    is_slow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadDoor(Entrance, Generic[D]):
    """A door for files, whose body is never in memory as a whole.

    Attributes:
        begin: called in a thread before the body arrives, with a call without one; says what takes the parts.
    """

    begin: Callable[[D, Call], Intake]


#: Doors that open without a token.
KEYLESS = frozenset({Key.NONE, Key.VISITOR, Key.TESTING})
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
    if key in KEYLESS:
        return ""
    if holder is None:
        message = "This needs a valid token: Authorization: OAuth, ApiKey or Bearer, and the token."
        raise Refused(Word.AUTHENTICATION_ERROR, message)
    if holder.kind not in _HOLDERS[key]:
        raise Refused(Word.ACCESS_DENIED, f"The token of a {holder.kind} does not open this door; a {key} may come in.")
    return holder.name
