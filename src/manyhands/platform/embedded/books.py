"""The books of one transaction: the pools it has locked, the money it moves, the events it will tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from manyhands.crowd import CloseReason, EventKind, PoolStatus, ReviewEvent
from manyhands.errors import NotFound
from manyhands.store import Row, SqlValue, Transaction

from .catalogue import Catalogue, PoolFacts
from .moments import find_stamp, to_microseconds

__all__ = ["UPDATE_TIME", "Books", "Judgement", "Movement", "PoolBook"]

#: A pool that was closed for an update opens again after this time, so that nobody has to remember it; Toloka's time.
UPDATE_TIME = timedelta(minutes=15)


@dataclass(slots=True, kw_only=True)
class PoolBook:
    """The counters of a pool that is locked for the transaction; they are written back at its end.

    Attributes:
        revision: counts the changes of the config and of what the tasks say.
        open_slots: solutions still wanted of the real tasks whose overlap has an end; without a mixer, pages still wanted of the task suites
            that have a real task.
        endless_count: those whose overlap has none.
        complete_at: when the pool closes because nothing is left to do; None while there is something.
        paid, reserved: in hundred-thousandths of a dollar.
    """

    facts: PoolFacts
    revision: int
    project_revision: int
    status: PoolStatus
    close_reason: CloseReason | None
    created: int
    last_started: int | None
    last_stopped: int | None
    last_changed: int
    complete_at: int | None
    task_count: int
    assignment_count: int
    next_position: int
    open_slots: int
    endless_count: int
    active_count: int
    submitted_count: int
    paid: int
    reserved: int

    @property
    def number(self) -> int:
        """The integer of the pool's id."""
        return self.facts.number

    @property
    def is_closed_for_update(self) -> bool:
        """Whether the pool is closed only until its config is changed."""
        return self.status is PoolStatus.CLOSED and self.close_reason is CloseReason.FOR_UPDATE

    @property
    def due(self) -> int | None:
        """When the pool closes or opens by itself; None when it does neither."""
        if self.is_closed_for_update:
            return None if self.last_stopped is None else self.last_stopped + to_microseconds(UPDATE_TIME)
        if self.status is not PoolStatus.OPEN:
            return None
        moments = (self.complete_at, find_stamp(self.facts.config.expires))
        return min((moment for moment in moments if moment is not None), default=None)

    def count_open(self, overlap: int | None, remaining: int, *, sign: int = 1) -> None:
        """Count something that is to be issued; with a `sign` of -1, count it no more."""
        if overlap is None:
            self.endless_count += sign
        else:
            self.open_slots += sign * remaining

    def take_position(self) -> int:
        """Return a place behind all tasks of the pool."""
        self.next_position += 1
        return self.next_position - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Money that moves: what is added to `paid` and to `reserved` (in hundred-thousandths of a dollar), and why."""

    kind: str
    paid: int = 0
    reserved: int = 0
    assignment_number: int | None = None
    bonus_number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A page that was judged in the transaction; `is_automatic` where nobody did it."""

    pool_number: int
    assignment_number: int
    event: ReviewEvent
    is_automatic: bool


class Books:
    """What one transaction has locked and will write.

    Locks are taken in one order (pools in order of id, budgets in order of id, the event counter last), so that transactions of several
    processes never wait for each other in a circle.

    Args:
        transaction: a writing transaction.
        catalogue: facts that seldom change.
        now: the time at which everything in the transaction happens, as a stamp.

    Attributes:
        pools: the pools that are locked, by number.
        judgements: the pages that were judged and that the rules have not looked at yet, in order.
        has_access_losses: whether a worker may have lost access to a pool that wants to know it.
        drained_budgets: the budgets in which nothing is reserved any more, and what is left in them, as far as the transaction moved their money.
    """

    def __init__(self, transaction: Transaction, catalogue: Catalogue, *, now: int) -> None:
        self.transaction = transaction
        self.catalogue = catalogue
        self.now = now
        self.pools: dict[int, PoolBook] = {}
        self.judgements: list[Judgement] = []
        self.has_access_losses = False
        self.drained_budgets: dict[int, int] = {}
        self._movements: list[tuple[PoolBook | None, Movement, bool]] = []
        self._events: list[tuple[EventKind, int, int | None, int | None, CloseReason | None]] = []

    @property
    def has_events(self) -> bool:
        """Whether the transaction tells anything."""
        return bool(self._events)

    def lock(self, pool_numbers: Iterable[int]) -> list[PoolBook]:
        """Lock pools until the end of the transaction and return their books in order of id.

        Raises:
            NotFound: a pool is not there.
        """
        return [self._lock_one(number) for number in sorted(set(pool_numbers))]

    def lock_one(self, pool_number: int) -> PoolBook:
        """Lock one pool until the end of the transaction."""
        return self.lock([pool_number])[0]

    def tell(
        self,
        kind: EventKind,
        pool: PoolBook,
        *,
        assignment: int | None = None,
        task: int | None = None,
        reason: CloseReason | None = None,
    ) -> None:
        """Add an event that is stored when the transaction ends."""
        self._events.append((kind, pool.number, assignment, task, reason))

    def charge(self, pool: PoolBook, movement: Movement) -> bool:
        """Pay or reserve new money; return False, and change nothing, when the budget does not cover it."""
        budget = pool.facts.budget_number
        if budget is not None:
            values: dict[str, SqlValue] = {"id": budget, "paid": movement.paid, "reserved": movement.reserved}
            row = self.transaction.find("charge_budget", values)
            if row is None:
                return False
            self._note_drained(budget, row)
        self._enter(pool, movement, is_charged=True)
        return True

    def settle(self, pool: PoolBook, movement: Movement) -> None:
        """Pay or release money that is reserved already; the budget always covers it."""
        self._enter(pool, movement, is_charged=False)

    def pay_without_pool(self, movement: Movement) -> None:
        """Pay money that belongs to no pool and so to no budget."""
        self._movements.append((None, movement, True))

    def write(self) -> None:
        """Write everything; called once, at the end of the transaction."""
        self._write_budgets()
        if self._movements:
            self.transaction.run_many(
                "add_ledger_entry", [self._ledger_values(*entry[:2]) for entry in self._movements]
            )
        for pool in self.pools.values():
            self.transaction.run("write_pool", _pool_values(pool))
        if self._events:
            self.transaction.run_many("add_event", self._event_values())

    def _lock_one(self, number: int) -> PoolBook:
        if number not in self.pools:
            row = self.transaction.find("lock_pool", {"id": number})
            if row is None:
                raise NotFound(f"there is no pool {number}")
            facts = self.catalogue.pool(self.transaction, number, revision=row["revision"])
            self.pools[number] = _read_book(row, facts)
        return self.pools[number]

    def _enter(self, pool: PoolBook, movement: Movement, *, is_charged: bool) -> None:
        pool.paid += movement.paid
        pool.reserved += movement.reserved
        self._movements.append((pool, movement, is_charged))

    def _write_budgets(self) -> None:
        totals: dict[int, tuple[int, int]] = {}
        for pool, movement, is_charged in self._movements:
            budget = None if pool is None else pool.facts.budget_number
            if budget is not None and not is_charged:
                paid, reserved = totals.get(budget, (0, 0))
                totals[budget] = (paid + movement.paid, reserved + movement.reserved)
        for budget, (paid, reserved) in sorted(totals.items()):
            row = self.transaction.find("settle_budget", {"id": budget, "paid": paid, "reserved": reserved})
            self._note_drained(budget, row)

    def _note_drained(self, budget: int, row: Row | None) -> None:
        if row is not None and row["reserved"] == 0 and row["ceiling"] is not None:
            self.drained_budgets[budget] = row["ceiling"] - row["paid"]
        else:
            self.drained_budgets.pop(budget, None)

    def _ledger_values(self, pool: PoolBook | None, movement: Movement) -> dict[str, SqlValue]:
        return {
            "at": self.now,
            "kind": movement.kind,
            "budget_id": None if pool is None else pool.facts.budget_number,
            "pool_id": None if pool is None else pool.number,
            "assignment_id": movement.assignment_number,
            "bonus_id": movement.bonus_number,
            "paid": movement.paid,
            "reserved": movement.reserved,
        }

    def _event_values(self) -> list[dict[str, SqlValue]]:
        # The row of the counter stays locked until the commit, so positions become visible in their order and a cursor skips nothing.
        count = len(self._events)
        row = self.transaction.find("next_number", {"name": "event", "first": count, "count": count})
        first = 1 + (0 if row is None else int(row["value"]) - count)
        return [
            {
                "position": position,
                "at": self.now,
                "kind": kind.value,
                "pool_id": pool_number,
                "assignment_id": assignment,
                "task_id": task,
                "close_reason": None if reason is None else reason.value,
            }
            for position, (kind, pool_number, assignment, task, reason) in enumerate(self._events, start=first)
        ]


def _read_book(row: Row, facts: PoolFacts) -> PoolBook:
    reason = row["close_reason"]
    return PoolBook(
        facts=facts,
        revision=row["revision"],
        project_revision=row["project_revision"],
        status=PoolStatus(row["status"]),
        close_reason=None if reason is None else CloseReason(reason),
        created=row["created"],
        last_started=row["last_started"],
        last_stopped=row["last_stopped"],
        last_changed=row["last_changed"],
        complete_at=row["complete_at"],
        task_count=row["task_count"],
        assignment_count=row["assignment_count"],
        next_position=row["next_position"],
        open_slots=row["open_slots"],
        endless_count=row["endless_count"],
        active_count=row["active_count"],
        submitted_count=row["submitted_count"],
        paid=row["paid"],
        reserved=row["reserved"],
    )


def _pool_values(pool: PoolBook) -> dict[str, SqlValue]:
    return {
        "id": pool.number,
        "revision": pool.revision,
        "status": pool.status.value,
        "close_reason": None if pool.close_reason is None else pool.close_reason.value,
        "last_started": pool.last_started,
        "last_stopped": pool.last_stopped,
        "last_changed": pool.last_changed,
        "complete_at": pool.complete_at,
        "due": pool.due,
        "task_count": pool.task_count,
        "assignment_count": pool.assignment_count,
        "next_position": pool.next_position,
        "open_slots": pool.open_slots,
        "endless_count": pool.endless_count,
        "active_count": pool.active_count,
        "submitted_count": pool.submitted_count,
        "paid": pool.paid,
        "reserved": pool.reserved,
    }
