"""What a pool may cost at worst, where the platform keeps no budgets."""

from collections import Counter
from collections.abc import Iterable, Mapping

from manyhands.crowd import Assignment, AssignmentId, AssignmentStatus, Money, PoolConfig, TaskId, TaskKind

from .page_log import is_later
from .tariff import TolokaTariff

__all__ = ["PoolAccount", "total_exposure"]

#: A task on such a page is used up: the page costs what it costs, and gives no slot back.
_FINAL = frozenset({AssignmentStatus.SUBMITTED, AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED})
_LIVE = frozenset({AssignmentStatus.ACTIVE, AssignmentStatus.SUBMITTED})


class PoolAccount:
    """Keeps the greatest cost that what is published in a pool can still cause. Used under its owner's lock.

    A slot (one answer asked of the platform) counts as a whole page until it is handed in, because in the worst case every page holds one real
    task only; pages in work count by their slots, too, for they may be skipped and taken apart. So the exposure grows by what we publish, and by
    nothing that workers do.

    Args:
        config: of the pool.
        tariff: what the platform keeps.
    """

    def __init__(self, config: PoolConfig, tariff: TolokaTariff) -> None:
        self._tariff = tariff
        self._bonus_cost = tariff.cost(config.max_bonus)
        self.slot_cost = tariff.cost(config.reward) + self._bonus_cost
        #: Whether slots may be issued; in a pool that is closed for now only pages in work can still cost anything.
        self.is_issuing = True
        self._pages: dict[AssignmentId, Assignment] = {}
        self._live: set[AssignmentId] = set()
        self._active: set[AssignmentId] = set()
        self._bonuses: dict[AssignmentId, Money] = {}
        self._released: set[AssignmentId] = set()
        self._used: Counter[TaskId] = Counter()
        self._asked: dict[TaskId, int] = {}
        self._granted: dict[TaskId, int] = {}
        self._held_back: dict[TaskId, None] = {}
        self._slot_count = 0
        self._final_cost = Money()
        self._pending: dict[str, int] = {}

    @property
    def exposure(self) -> Money:
        """What is paid, and what all that is published can cost at most."""
        open_count = self._slot_count + sum(self._pending.values()) if self.is_issuing else len(self._active)
        return self._final_cost + self.slot_cost * open_count

    @property
    def slot_count(self) -> int:
        """Answers that are asked of the platform and not handed in."""
        return self._slot_count

    @property
    def is_holding_back(self) -> bool:
        """Whether answers are wanted that may not be asked for yet."""
        return bool(self._held_back)

    @property
    def has_live_pages(self) -> bool:
        """Whether pages are in work or in review."""
        return bool(self._live)

    def see(self, page: Assignment) -> None:
        """Take note of a page as it is known now; threads may tell it in any order, so what is older than what is known changes nothing."""
        before = self._pages.get(page.id)
        if before is not None and not is_later(page.status, before.status):
            return
        self._pages[page.id] = page
        (self._active.add if page.status is AssignmentStatus.ACTIVE else self._active.discard)(page.id)
        (self._live.add if page.status in _LIVE else self._live.discard)(page.id)
        if page.status not in _FINAL:
            return
        if before is not None and before.status in _FINAL:
            self._final_cost -= self._cost(before)
        else:
            for task in page.tasks:
                if task.kind is TaskKind.REAL:
                    self._change(task.id, used=1)
        self._final_cost += self._cost(page)

    def see_bonus(self, assignment_id: AssignmentId, amount: Money) -> None:
        """Take note of a bonus that was paid for a page."""
        page = self._pages.get(assignment_id)
        if page is not None and page.status in _FINAL:
            self._final_cost -= self._cost(page)
        self._bonuses[assignment_id] = self._bonuses.get(assignment_id, Money()) + self._tariff.cost(amount)
        if page is not None and page.status in _FINAL:
            self._final_cost += self._cost(page)

    def release_bonus(self, assignment_id: AssignmentId) -> None:
        """Hear that no bonus will be paid for a page."""
        page = self._pages.get(assignment_id)
        if assignment_id in self._released or page is None or page.status not in _FINAL:
            return
        self._final_cost -= self._cost(page)
        self._released.add(assignment_id)
        self._final_cost += self._cost(page)

    def bonus_room(self, assignment_id: AssignmentId) -> Money:
        """Return what is reserved for a bonus of a page, fee included."""
        page = self._pages.get(assignment_id)
        if page is None or page.status is not AssignmentStatus.ACCEPTED or assignment_id in self._bonuses:
            return Money()
        return Money() if assignment_id in self._released else self._bonus_cost

    def ask(self, overlaps: Mapping[TaskId, int]) -> None:
        """Hear how many answers are wanted."""
        for task_id, overlap in overlaps.items():
            self._asked[task_id] = overlap
            if overlap > self._granted.get(task_id, 0):
                self._held_back[task_id] = None
            else:
                self._held_back.pop(task_id, None)

    def see_overlap(self, task_id: TaskId, overlap: int) -> None:
        """Hear how many answers the platform was asked for."""
        self._set_granted(task_id, overlap)
        if self._asked.setdefault(task_id, overlap) <= overlap:
            self._held_back.pop(task_id, None)

    def grant(self, room: Money) -> dict[TaskId, int]:
        """Return which overlaps may be raised to what with this much money, and count them as published."""
        granted: dict[TaskId, int] = {}
        slots = room.units // self.slot_cost.units if self.slot_cost else None
        for task_id in list(self._held_back):
            before, asked = self._granted.get(task_id, 0), self._asked[task_id]
            more = asked - before if slots is None else min(slots, asked - before)
            if more <= 0:
                break
            slots = None if slots is None else slots - more
            granted[task_id] = before + more
            self._set_granted(task_id, before + more)
            if before + more == asked:
                del self._held_back[task_id]
        return granted

    def open_tasks(self) -> list[TaskId]:
        """Return the tasks with answers that are asked for and not handed in."""
        return [task_id for task_id in self._granted if self._slots(task_id)]

    def reserve(self, name: str, slots: int) -> None:
        """Count slots that are about to be published under a name; the same name again replaces them, zero ends that."""
        self._pending.pop(name, None)
        if slots:
            self._pending[name] = slots

    def _cost(self, page: Assignment) -> Money:
        if page.status is AssignmentStatus.REJECTED:
            return self._bonuses.get(page.id, Money())
        reserve = Money() if page.id in self._released else self._bonus_cost
        return self._tariff.cost(page.reward) + self._bonuses.get(page.id, reserve)

    def _set_granted(self, task_id: TaskId, overlap: int) -> None:
        before = self._slots(task_id)
        self._granted[task_id] = overlap
        self._slot_count += self._slots(task_id) - before

    def _change(self, task_id: TaskId, *, used: int) -> None:
        before = self._slots(task_id)
        self._used[task_id] += used
        self._slot_count += self._slots(task_id) - before

    def _slots(self, task_id: TaskId) -> int:
        return max(0, self._granted.get(task_id, 0) - self._used[task_id])


def total_exposure(accounts: Iterable[PoolAccount]) -> Money:
    """Return the exposure of several pools together."""
    return sum((account.exposure for account in accounts), Money())
