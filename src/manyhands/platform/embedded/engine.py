"""What the sides of the embedded platform share: the store, the clock, transactions, and telling waiters that something changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from manyhands.crowd import Clock, CloseReason, PoolStatus
from manyhands.errors import NotFound
from manyhands.store import Store, Transaction

from .books import Books, PoolBook
from .catalogue import Catalogue, PoolFacts, PoolHome
from .due import carry_out, find_first_due, find_next_due
from .ids import parse_number
from .judgement_rules import follow_up_loss, watch_judgements
from .lifecycle import close, is_starved, review_completion
from .moments import to_stamp
from .prices import Tariff

__all__ = ["Engine"]


class Engine:
    """Runs transactions for one requester and all workers.

    Args:
        store: where everything is kept.
        clock: the platform's time.
        tariff: what the platform keeps.
        requester: whose projects, pools, budgets and skills the requester's side sees.
        seed: makes order and mixing repeatable in one thread; None does not.
    """

    def __init__(self, store: Store, *, clock: Clock, tariff: Tariff, requester: str, seed: int | None) -> None:
        self._store = store
        self._clock = clock
        self._tariff = tariff
        self._requester = requester
        # Order and mixing need no secrecy, only that no worker meets the control tasks in their order of creation.
        self._randomness = Random(seed)  # noqa: S311
        self._catalogue = Catalogue(tariff)
        self._changed = store.changed
        self._has_looked_back = False

    @property
    def clock(self) -> Clock:
        """The platform's time."""
        return self._clock

    def now_stamp(self) -> int:
        """Return the platform's time as a stamp."""
        return to_stamp(self._clock.now())

    @contextmanager
    def writing(self, *, now: int | None = None) -> Iterator[Books]:
        """Open the books of a transaction; at its end rules follow judgements, complete pools are closed and everything is written."""
        with self._store.writing() as transaction:
            books = Books(transaction, self._catalogue, now=self.now_stamp() if now is None else now)
            yield books
            watch_judgements(books)
            for pool in books.pools.values():
                review_completion(books, pool)
            books.write()
        if books.has_events:
            self._store.announce()
        for budget, left in books.drained_budgets.items():
            self._close_starved_pools(budget, left)
        if books.has_access_losses:
            self._follow_up_losses()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Open a transaction that only reads."""
        with self._store.reading() as transaction:
            yield transaction

    def settle(self) -> None:
        """Carry out everything that is due, each at the time at which it was due."""
        if not self._has_looked_back:
            # A process that ended in between may have left some.
            self._has_looked_back = True
            self._follow_up_losses()
        now = self.now_stamp()
        while True:
            with self.reading() as transaction:
                due = find_next_due(transaction)
                if due is None or due > now:
                    return
                item = find_first_due(transaction, now=now)
            if item is not None:
                with self.writing(now=item.at) as books:
                    carry_out(books, item)

    def own_pool(self, transaction: Transaction, pool_id: str) -> PoolHome:
        """Return where the requester's pool belongs.

        Raises:
            NotFound: there is no such pool, or it is somebody else's.
        """
        home = self._catalogue.home(transaction, parse_number("pool", pool_id))
        if home.requester != self._requester:
            # Word for word like one that is not there, so that nobody learns which pools others have.
            raise NotFound(f"there is no pool {pool_id}")
        return home

    def own_facts(self, transaction: Transaction, pool_id: str) -> PoolFacts:
        """Return the facts of the requester's pool as they are now.

        Raises:
            NotFound: there is no such pool, or it is somebody else's.
        """
        return self._catalogue.current_pool(transaction, self.own_pool(transaction, pool_id).number)

    def lock_own_pool(self, books: Books, pool_id: str) -> PoolBook:
        """Lock the requester's pool.

        Raises:
            NotFound: there is no such pool, or it is somebody else's.
        """
        return books.lock_one(self.own_pool(books.transaction, pool_id).number)

    def _follow_up_losses(self) -> None:
        while True:
            with self.reading() as transaction:
                loss = transaction.find("find_access_loss", {})
            if loss is None:
                return
            with self.writing() as books:
                follow_up_loss(books, loss)

    def _close_starved_pools(self, budget: int, left: int) -> None:
        with self.reading() as transaction:
            rows = transaction.rows("list_open_pools_dearer_than", {"budget_id": budget, "amount": left})
        for row in rows:
            with self.writing() as books:
                pool = books.lock_one(row["id"])
                has_work = pool.open_slots > 0 or pool.endless_count > 0
                if pool.status is PoolStatus.OPEN and has_work and is_starved(books.transaction, pool):
                    close(books, pool, CloseReason.NOT_ENOUGH_BALANCE)
