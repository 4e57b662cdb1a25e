"""How many wrong passwords may be tried, whatever process is asked."""

import hashlib
from datetime import timedelta

from manyhands.crowd import Clock
from manyhands.server.refusals import Refused, Word
from manyhands.server.stamps import to_stamp, to_ticks
from manyhands.store import SqlValue, Store

from .password_rules import fold_name

__all__ = ["AttemptBook"]

_QUARTER = timedelta(minutes=15)
_DAY = timedelta(days=1)
#: Who has forgotten a password tries a handful; beyond that it is somebody who guesses.
_MOST_FOR_NAME_FROM_ADDRESS = 10
#: From many addresses together: with passwords of that length still without a chance, and too many for the owner to be locked out by a joke.
_MOST_FOR_NAME = 100
#: A whole office may sit behind one address.
_MOST_FROM_ADDRESS = 100
_SECOND = to_ticks(timedelta(seconds=1))


class AttemptBook:
    """Counts passwords that were tried, by user name and network address, in a store. Thread-safe.

    Args:
        store: where they are counted, for all processes together.
        clock: the time at which things happen.
    """

    def __init__(self, store: Store, *, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def begin(self, name: str, address: str) -> None:
        """Count an attempt before the password is looked at, so that many at once do not get past the limit.

        Raises:
            Refused: there were too many; whether there is such a name does not matter.
        """
        now = to_stamp(self._clock.now())
        with self._store.writing() as transaction:
            # Only what nobody counts any more: a row that is just being counted anew must not be waited for out of order.
            transaction.run("remove_old_sign_in_attempts", {"now": now - to_ticks(_DAY)})
            for subject, (limit, span) in _limits(name, address).items():
                values: dict[str, SqlValue] = {"subject": subject, "now": now, "until": now + to_ticks(span)}
                row = transaction.find("count_sign_in_attempt", values)
                if row is not None and row["attempt_count"] > limit:
                    # What was counted before stays as it was: the transaction is rolled back.
                    raise _too_many((row["until"] - now) // _SECOND)

    def forgive(self, name: str, address: str) -> None:
        """Take an attempt back, because the password was right."""
        with self._store.writing() as transaction:
            for subject in _limits(name, address):
                transaction.run("forgive_sign_in_attempt", {"subject": subject})


def _limits(name: str, address: str) -> dict[str, tuple[int, timedelta]]:
    """Return what is counted, as digests, with the largest number and the time after which it is forgotten."""
    key = fold_name(name)
    return {
        _digest("both", key, address): (_MOST_FOR_NAME_FROM_ADDRESS, _QUARTER),
        _digest("address", address): (_MOST_FROM_ADDRESS, _QUARTER),
        _digest("name", key): (_MOST_FOR_NAME, _DAY),
    }


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _too_many(seconds: int) -> Refused:
    minutes = max(1, -(-seconds // 60))
    message = f"Too many wrong passwords; try again in {minutes} min, or come in with a passkey or a key."
    return Refused(Word.TOO_MANY_REQUESTS, message, {"wait_seconds": seconds})
