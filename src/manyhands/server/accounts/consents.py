"""What workers agree to before they begin, and that they did."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from manyhands.crowd import Clock, WorkerId
from manyhands.server.stamps import find_moment, to_stamp
from manyhands.store import SqlValue, Store, Transaction

__all__ = ["OWN_CONSENT_VERSION", "ConsentBook", "ConsentText"]

#: Names the text in the locale files of the worker's page (`consent.…`); a test sees that it changes with the text.
OWN_CONSENT_VERSION = "manyhands-1"
_DIGITS = 12


@dataclass(frozen=True)
class ConsentText:
    """The text of whoever runs the server, by language; without one, the pages show their own.

    Attributes:
        texts: lower-case ISO 639-1 code → Markdown; the text under ``""`` is for every other language.

    Example:
        >>> ConsentText({"en": "Be kind."}).find("ru")
        'Be kind.'
    """

    texts: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def version(self) -> str:
        """Names the text; it changes with every word of it."""
        if not self.texts:
            return OWN_CONSENT_VERSION
        content = "\n".join(f"{language}\n{text}" for language, text in sorted(self.texts.items()))
        return hashlib.sha256(content.encode()).hexdigest()[:_DIGITS]

    def find(self, language: str) -> str | None:
        """Return the text in a language, else the one for all others, else any; None without a text."""
        chosen = self.texts.get(language, self.texts.get(""))
        return chosen if chosen is not None else next(iter(self.texts.values()), None)


class ConsentBook:
    """Who agreed to which version of the text, and when, in a store. Thread-safe; every change is durable.

    Args:
        store: where it is kept.
        clock: the time at which things happen.
    """

    def __init__(self, store: Store, *, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def note(self, transaction: Transaction, worker_id: WorkerId, version: str) -> None:
        """Note within a transaction that a worker agrees now; the moment of the first time stays."""
        values: dict[str, SqlValue] = {"worker_id": worker_id, "version": version, "now": to_stamp(self._clock.now())}
        transaction.run("add_consent", values)

    def find(self, worker_id: WorkerId, version: str) -> datetime | None:
        """Return when a worker agreed to a version; None if they did not."""
        with self._store.reading() as transaction:
            row = transaction.find("find_consent", {"worker_id": worker_id, "version": version})
        return None if row is None else find_moment(row["agreed"])
