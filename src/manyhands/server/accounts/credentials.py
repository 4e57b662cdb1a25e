"""All that workers come in with, and what they agreed to."""

from dataclasses import dataclass
from typing import Self

from manyhands.crowd import Clock
from manyhands.store import Store

from .account_book import AccountBook
from .attempts import AttemptBook
from .consents import ConsentBook
from .passkeys import PasskeyBook
from .passwords import PasswordBook
from .sessions import SessionBook

__all__ = ["Credentials"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """The books of what workers come in with."""

    sessions: SessionBook
    passwords: PasswordBook
    passkeys: PasskeyBook
    attempts: AttemptBook
    consents: ConsentBook

    @classmethod
    def over(cls, store: Store, *, clock: Clock, accounts: AccountBook) -> Self:
        """Return the books that are kept in a store."""
        return cls(
            sessions=SessionBook(store, clock=clock, accounts=accounts),
            passwords=PasswordBook(store, clock=clock),
            passkeys=PasskeyBook(store, clock=clock),
            attempts=AttemptBook(store, clock=clock),
            consents=ConsentBook(store, clock=clock),
        )
