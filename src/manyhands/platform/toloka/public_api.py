"""Toloka itself, Yandex Tasks, and whatever else speaks their public API."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from manyhands.crowd import (
    Assignment,
    AssignmentId,
    AssignmentStatus,
    Bonus,
    BonusDraft,
    EventPage,
    IssuedTask,
    Money,
    PoolId,
    Restriction,
    RestrictionDraft,
    RestrictionId,
    Spending,
    WorkerId,
)
from manyhands.errors import InvalidInput, NotFound

from .bonus_book import BonusBook
from .client import Query, TolokaClient
from .platform import API
from .public_pools import PublicPools
from .public_tasks import first
from .tariff import TolokaTariff
from .task_keys import key_of
from .wire import decode_assignment, decode_restriction, encode_restriction_draft

__all__ = ["PublicApi"]

#: Items asked for at once.
_PAGES, _RESTRICTIONS = 1000, 500
_SMALLEST_BONUS = Money("0.01")
_UNPAID = frozenset({AssignmentStatus.ACTIVE, AssignmentStatus.SUBMITTED})


class PublicApi(PublicPools):
    """A server of which nothing is known but that it speaks Toloka's public API; what the methods promise is written at `Platform`.

    What the API cannot say stands where only the requester sees it: a project's key in its private comment, a pool's key in its private name, a
    task's key in its input value ``id``. Pages accepted together are accepted one by one. A worker may work in two pools of an exclusive group.

    A budget is kept by publishing no more answers than it can pay in the worst case, and more as pages come in cheaper than that; see
    `BudgetBook` for what this does and does not promise.

    Args:
        client: talks to the server.
        poll_interval: between two looks at a pool.
        tariff: what the platform keeps.
    """

    def __init__(self, client: TolokaClient, *, poll_interval: timedelta, tariff: TolokaTariff) -> None:
        super().__init__(client, poll_interval=poll_interval, tariff=tariff)
        self._bonuses = BonusBook(client)

    def fee(self, reward: Money) -> Money:
        """Return what the platform keeps on top of one reward or bonus."""
        return self._tariff.fee(reward)

    def accept(self, assignment_ids: Sequence[AssignmentId], public_comment: str = "") -> None:
        """Accept submitted (or rejected) pages and pay them, one by one; accepted pages stay as they are."""

        def accept_one(assignment_id: AssignmentId) -> PoolId:
            return self._judge_page(assignment_id, AssignmentStatus.ACCEPTED, public_comment)

        for pool_id in set(self._threads.map(accept_one, assignment_ids)):
            self._on_news(pool_id)

    def reject(self, assignment_id: AssignmentId, public_comment: str) -> None:
        """Reject a submitted page; a rejected page stays as it is."""
        self._on_news(self._judge_page(assignment_id, AssignmentStatus.REJECTED, public_comment))

    def list_assignments(
        self, pool_id: PoolId, after: AssignmentId | None = None, *, limit: int = 1000
    ) -> list[Assignment]:
        """Return up to `limit` assignments of the pool in order of id, from behind `after`."""
        return first(self._iter_pages(pool_id, {"id_gt": after}), limit)

    def restrict(self, draft: RestrictionDraft) -> Restriction:
        """Keep a worker from taking pages until a moment; a restriction in the same place that lasts as long is enough."""
        found = next((known for known in self.list_restrictions(draft.worker_id) if _covers(known, draft)), None)
        if found is not None:
            return found
        path, body = f"{API}/user-restrictions", encode_restriction_draft(draft)
        # Sent again it would end the one it gave and give another: whoever repeats the call finds that one instead.
        return decode_restriction(self._client.request("PUT", path, body=body, is_repeatable=False))

    def lift_restriction(self, restriction_id: RestrictionId) -> None:
        """End a restriction now."""
        self._client.request("DELETE", f"{API}/user-restrictions/{restriction_id}")

    def list_restrictions(self, worker_id: WorkerId | None = None) -> list[Restriction]:
        """Return the requester's restrictions in order of creation; ended ones are not shown by this API."""
        query = {"user_id": worker_id}
        documents = self._client.iter_items(f"{API}/user-restrictions", query, limit=_RESTRICTIONS)
        return sorted(map(decode_restriction, documents), key=lambda restriction: restriction.created)

    def pay_bonus(self, draft: BonusDraft) -> Bonus:
        """Pay a worker a bonus, and the fee on it.

        Raises:
            BudgetExceeded: the budget or the balance does not cover it. Nothing is paid.
        """
        if draft.amount < _SMALLEST_BONUS:
            raise InvalidInput(f"bonus {draft.key!r} is {draft.amount}; the smallest bonus is {_SMALLEST_BONUS}")
        paid = self._bonuses.find(draft)
        if paid is not None:
            return paid
        if draft.assignment_id is None:
            return self._bonuses.pay(draft)
        pool_id = _pool_of(draft.assignment_id)
        key = self._budgets.find_key(pool_id)
        if key is None:
            return self._bonuses.pay(draft)
        # One at a time, so that two do not count on the same money.
        with self._locks.of("bonus", key):
            self._budgets.check_bonus(pool_id, draft, draft.assignment_id)
            bonus = self._bonuses.pay(draft)
            self._budgets.see_bonus(pool_id, draft.assignment_id, amount=draft.amount)
        return bonus

    def release_bonus_reserve(self, assignment_ids: Iterable[AssignmentId]) -> None:
        """Give up what is reserved for bonuses of these pages."""
        for assignment_id in assignment_ids:
            self._budgets.release_bonus(_pool_of(assignment_id), assignment_id)

    def list_bonuses(self, pool_id: PoolId) -> list[Bonus]:
        """Return the bonuses paid for assignments of the pool in order of creation."""
        return [
            bonus
            for bonus in self._bonuses.list()
            if bonus.assignment_id is not None and _pool_of(bonus.assignment_id) == pool_id
        ]

    def spending(self, pool_id: PoolId) -> Spending:
        """Return what the pool has paid and reserved, as far as its pages are known."""
        max_bonus = self._facts(pool_id).config.max_bonus
        paid = sum((self._tariff.cost(bonus.amount) for bonus in self.list_bonuses(pool_id)), Money())
        reserved = Money()
        for page in self._observer.get_pages(pool_id):
            if page.status is AssignmentStatus.ACCEPTED:
                paid += self._tariff.cost(page.reward)
            elif page.status in _UNPAID:
                reserved += self._tariff.cost(page.reward) + self._tariff.cost(max_bonus)
        return Spending(paid=paid, reserved=reserved)

    def list_events(self, pool_ids: Sequence[PoolId], after: int = 0, *, limit: int = 1000) -> EventPage:
        """Return up to `limit` events of these pools with a position above `after`, oldest first."""
        return self._observer.list_events(pool_ids, after, limit=limit)

    def refresh(self, pool_ids: Sequence[PoolId]) -> None:
        """Look at the pages in work and in review of these pools now."""
        self._observer.refresh(pool_ids)

    def wait_for_events(self, after: int, *, until: datetime | None, patience: timedelta) -> None:
        """Return when there may be an event above `after`, when `wake` is called, or when something is due."""
        self._observer.wait_for_events(after, until=until, patience=patience)

    def wake(self) -> None:
        """Make every `wait_for_events` return at once."""
        self._observer.wake()

    def _judge_page(self, assignment_id: AssignmentId, status: AssignmentStatus, public_comment: str) -> PoolId:
        known = self._observer.log.find_page(assignment_id)
        if known is not None and known.status is status:
            return known.pool_id
        document = self._judge(assignment_id, status.value, public_comment=public_comment)
        page = self._read_page(document, PoolId(str(document["pool_id"])))
        self._observer.see_page(page)
        return page.pool_id

    def _iter_pages(self, pool_id: PoolId, query: Query) -> Iterator[Assignment]:
        wanted = {**query, "pool_id": pool_id}
        for document in self._client.iter_items(f"{API}/assignments", wanted, limit=_PAGES):
            yield self._read_page(document, pool_id)

    def _read_page(self, document: object, pool_id: PoolId) -> Assignment:
        config = self._facts(pool_id).config
        page = decode_assignment(document, project_id=config.project_id, duration=config.assignment_duration)
        return replace(page, tasks=tuple(map(_with_key, page.tasks)))


def _with_key(task: IssuedTask) -> IssuedTask:
    return replace(task, key=key_of(task.kind, task.input_values, task_id=task.id))


def _covers(known: Restriction, draft: RestrictionDraft) -> bool:
    """Return whether a restriction keeps the worker out of the same place for at least as long."""
    is_same_place = (known.scope, known.pool_id, known.project_id) == (draft.scope, draft.pool_id, draft.project_id)
    if not is_same_place or known.worker_id != draft.worker_id:
        return False
    return known.until is None or (draft.until is not None and known.until >= draft.until)


def _pool_of(assignment_id: AssignmentId) -> PoolId:
    """Return the pool that an assignment's id names: its first part is the pool's number in hexadecimal digits."""
    try:
        return PoolId(str(int(assignment_id.partition("--")[0], 16)))
    except ValueError as error:
        raise NotFound(f"there is no assignment {assignment_id!r}") from error
