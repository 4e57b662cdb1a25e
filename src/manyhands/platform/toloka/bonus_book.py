"""Bonuses that were paid, and paying them once."""

import threading

from manyhands.crowd import Bonus, BonusDraft, BonusId

from .client import TolokaClient
from .operations import carry_out_batch
from .wire import decode_bonus, encode_bonus_draft

__all__ = ["BonusBook"]

_PATH = "/api/v1/user-bonuses"
_LIMIT = 300


class BonusBook:
    """The requester's bonuses, read once and kept. Thread-safe.

    Args:
        client: talks to the server.
    """

    def __init__(self, client: TolokaClient) -> None:
        self._client = client
        self._lock = threading.RLock()
        self._bonuses: dict[BonusId, Bonus] | None = None
        self._by_key: dict[str, Bonus] = {}

    def list(self) -> list[Bonus]:
        """Return all bonuses in order of creation; those that others paid meanwhile are not among them."""
        with self._lock:
            return sorted(self._known().values(), key=lambda bonus: (bonus.created, bonus.id))

    def find(self, draft: BonusDraft) -> Bonus | None:
        """Return the bonus that this process paid under the draft's key."""
        return self._by_key.get(draft.key)

    def pay(self, draft: BonusDraft) -> Bonus:
        """Pay a bonus; one that was paid under this key, by whatever process, is not paid again.

        Raises:
            BudgetExceeded: the balance does not cover it.
        """
        items = [encode_bonus_draft(draft)]
        (made,) = carry_out_batch(self._client, _PATH, items, name=("bonus", draft.key), id_field="user_bonus_id")
        bonus = decode_bonus(self._client.get(f"{_PATH}/{made}"))
        with self._lock:
            self._known()[bonus.id] = bonus
            self._by_key[draft.key] = bonus
        return bonus

    def _known(self) -> dict[BonusId, Bonus]:
        if self._bonuses is None:
            found = map(decode_bonus, self._client.iter_items(_PATH, limit=_LIMIT))
            self._bonuses = {bonus.id: bonus for bonus in found}
        return self._bonuses
