"""A manyhands server: what Toloka's API has no words for is asked at the server's own doors."""

import math
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import msgspec

from manyhands.crowd import (
    Assignment,
    AssignmentId,
    Bonus,
    BonusDraft,
    Budget,
    BudgetId,
    EventPage,
    Money,
    PlatformFeatures,
    Pool,
    PoolConfig,
    PoolId,
    PoolType,
    Project,
    ProjectConfig,
    Restriction,
    RestrictionDraft,
    RestrictionId,
    Spending,
    Task,
    TaskDraft,
    TaskId,
    WorkerId,
)

from .client import Query, TolokaClient
from .operations import carry_out_batch
from .platform import API, TolokaPlatform
from .port_forms import (
    PORT_PATH,
    AcceptForm,
    AssignmentPage,
    BonusList,
    BudgetForm,
    EventsAnswer,
    EventsForm,
    ExtensionForm,
    FeeAnswer,
    OverlapsForm,
    PagesForm,
    RestrictionList,
)
from .wire import (
    decode_list,
    decode_pool,
    decode_project,
    decode_task,
    decode_training,
    encode_pool_config,
    encode_project_config,
    encode_task_draft,
    encode_training_config,
)

__all__ = ["EXTENSION_HEADERS", "OwnServer"]

T = TypeVar("T")
#: Tells the server that the caller understands the keys of records.
EXTENSION_HEADERS = {"X-Manyhands-Client": "1"}
_CHUNK = 5000
_EXACT = timedelta()


class OwnServer(TolokaPlatform):
    """A manyhands server; what the methods promise is written at `Platform`.

    Events come from the server's own list, those of all pools together in one request per poll interval.

    Args:
        client: talks to the server, with `EXTENSION_HEADERS`.
        features: what the server announced.
    """

    def __init__(self, client: TolokaClient, *, features: PlatformFeatures) -> None:
        super().__init__(client, features=features, is_extended=True)
        self._fees: dict[Money, Money] = {}
        self._changed = threading.Condition()
        self._wake_count = 0
        self._readings, self._seen = _Readings(), _Seen()

    def fee(self, reward: Money) -> Money:
        """Return what the platform keeps on top of one reward or bonus."""
        if reward not in self._fees:
            query = {"amount": f"{reward.usd:f}"}
            self._fees[reward] = self._call("GET", "/fee", FeeAnswer, query=query).fee
        return self._fees[reward]

    def find_project(self, key: str) -> Project | None:
        """Return the active project of this key."""
        found = self._client.get(f"{PORT_PATH}/projects", {"key": key})["items"]
        return decode_project(found[0]) if found else None

    def put_project(self, config: ProjectConfig) -> Project:
        """Create the project of this key, or replace its config where it differs."""
        body = encode_project_config(config, is_extended=True)
        return decode_project(self._client.request("POST", f"{API}/projects", body=body))

    def put_budget(self, key: str, ceiling: Money | None) -> Budget:
        """Create the budget of this key, or set its ceiling."""
        return self._call("PUT", "/budgets", Budget, body=BudgetForm(key=key, ceiling=ceiling))

    def get_budget(self, budget_id: BudgetId) -> Budget:
        """Return the budget as it is now."""
        return self._call("GET", f"/budgets/{budget_id}", Budget)

    def create_pool(self, config: PoolConfig) -> Pool:
        """Create a closed pool; one of the type TRAINING is a training of its project."""
        if config.type is PoolType.TRAINING:
            body = encode_training_config(config, is_extended=True)
            return decode_training(self._client.request("POST", f"{API}/trainings", body=body))
        body = encode_pool_config(config, is_extended=True)
        return decode_pool(self._client.request("POST", f"{API}/pools", body=body))

    def extend_pool(self, pool_id: PoolId, expires: datetime) -> Pool:
        """Let the pool close by itself no earlier than `expires`; one that closes later, or never, stays as it is."""
        self._tell("POST", f"/pools/{pool_id}/extend", ExtensionForm(expires=expires))
        return self.get_pool(pool_id)

    def add_tasks(self, pool_id: PoolId, drafts: Iterable[TaskDraft]) -> list[TaskId]:
        """Add tasks to the pool and return their ids in order; each chunk of 5,000 is added whole or not at all."""
        listed = list(drafts)
        if not listed:
            self.get_pool(pool_id)
        task_ids: list[TaskId] = []
        for start in range(0, len(listed), _CHUNK):
            chunk = listed[start : start + _CHUNK]
            items = [encode_task_draft(draft, pool_id, is_extended=True) for draft in chunk]
            name = ("tasks", pool_id, *(draft.key for draft in chunk))
            made = carry_out_batch(self._client, f"{API}/tasks", items, name=name, id_field="task_id")
            task_ids += map(TaskId, made)
        return task_ids

    def list_tasks(self, pool_id: PoolId, after: TaskId | None = None, *, limit: int = 1000) -> list[Task]:
        """Return up to `limit` tasks of the pool in order of id, from behind `after`."""
        tasks: list[Task] = []
        while len(tasks) < limit:
            query = {"pool_id": pool_id, "id_gt": after, "sort": "id", "limit": limit - len(tasks)}
            page = decode_list(self._client.get(f"{API}/tasks", query), decode_task)
            tasks += page.items
            if not page.has_more:
                break
            after = tasks[-1].id
        return tasks

    def raise_overlaps(self, pool_id: PoolId, overlaps: Mapping[TaskId, int]) -> None:
        """Set each task's overlap to the larger of what is asked for and what is consumed."""
        self._tell(
            "POST",
            f"/pools/{pool_id}/overlaps",
            OverlapsForm(overlaps={str(task): overlap for task, overlap in overlaps.items()}),
        )

    def accept(self, assignment_ids: Sequence[AssignmentId], public_comment: str = "") -> None:
        """Accept submitted (or rejected) pages and pay them; accepted pages stay as they are."""
        self._tell("POST", "/accept", AcceptForm(assignment_ids=tuple(assignment_ids), public_comment=public_comment))

    def reject(self, assignment_id: AssignmentId, public_comment: str) -> None:
        """Reject a submitted page; a rejected page stays as it is."""
        self._judge(assignment_id, "REJECTED", public_comment=public_comment)

    def list_assignments(
        self, pool_id: PoolId, after: AssignmentId | None = None, *, limit: int = 1000
    ) -> list[Assignment]:
        """Return up to `limit` assignments of the pool in order of id, from behind `after`."""
        pages: list[Assignment] = []
        while len(pages) < limit:
            query = {"after": after, "limit": limit - len(pages)}
            found = self._call("GET", f"/pools/{pool_id}/assignments", AssignmentPage, query=query).items
            if not found:
                break
            pages += found
            after = pages[-1].id
        return pages

    def restrict(self, draft: RestrictionDraft) -> Restriction:
        """Keep a worker from taking pages until a moment."""
        return self._call("PUT", "/restrictions", Restriction, body=draft)

    def lift_restriction(self, restriction_id: RestrictionId) -> None:
        """End a restriction now."""
        self._tell("DELETE", f"/restrictions/{restriction_id}")

    def list_restrictions(self, worker_id: WorkerId | None = None) -> list[Restriction]:
        """Return the requester's restrictions in order of creation, ended ones too."""
        return self._call("GET", "/restrictions", RestrictionList, query={"worker_id": worker_id}).items

    def pay_bonus(self, draft: BonusDraft) -> Bonus:
        """Pay a worker a bonus, and the fee on it."""
        return self._call("PUT", "/bonuses", Bonus, body=draft)

    def release_bonus_reserve(self, assignment_ids: Iterable[AssignmentId]) -> None:
        """Give up what is reserved for bonuses of these pages."""
        self._tell("POST", "/release-bonus-reserve", PagesForm(assignment_ids=tuple(assignment_ids)))

    def list_bonuses(self, pool_id: PoolId) -> list[Bonus]:
        """Return the bonuses paid for assignments of the pool in order of creation."""
        return self._call("GET", f"/pools/{pool_id}/bonuses", BonusList).items

    def spending(self, pool_id: PoolId) -> Spending:
        """Return what the pool has paid and reserved: rewards, bonuses and fees."""
        return self._call("GET", f"/pools/{pool_id}/spending", Spending)

    def list_events(self, pool_ids: Sequence[PoolId], after: int = 0, *, limit: int = 1000) -> EventPage:
        """Return up to `limit` events of these pools with a position above `after`, oldest first.

        Whoever asks about pools again before the poll interval is over, from where they were read to, is told that there is nothing.
        """
        next_look_s = self._readings.find_next_look_s(pool_ids, after)
        if next_look_s > time.monotonic():
            self._seen.position, self._seen.next_look_s = after, next_look_s
            return EventPage(events=(), has_more=False, position=after)
        form = EventsForm(pool_ids=tuple(pool_ids), after=after, limit=limit)
        sent = datetime.now(UTC)
        answer = self._call("POST", "/events", EventsAnswer, body=form)
        self.clock.see(answer.now, sent=sent, received=datetime.now(UTC), width=_EXACT)
        if not answer.page.has_more:
            self._seen.position = answer.page.position
            self._seen.next_look_s = time.monotonic() + self._features.poll_interval.total_seconds()
            self._readings.note(pool_ids, answer.page.position, next_look_s=self._seen.next_look_s)
        return answer.page

    def refresh(self, pool_ids: Sequence[PoolId]) -> None:
        """Let the next `list_events` of these pools ask the server, though the poll interval is not over."""
        self._readings.forget(pool_ids)

    def wait_for_events(self, after: int, *, until: datetime | None, patience: timedelta) -> None:
        """Return when it is time to look for events again, when `wake` is called, or when something is due."""
        pause = timedelta(seconds=min(patience.total_seconds(), self._seen.pause_s(after)))
        with self._changed:
            if self._seen.wake_count == self._wake_count:
                self.clock.wait(self._changed, until=until, patience=pause)
            self._seen.wake_count = self._wake_count

    def wake(self) -> None:
        """Make every `wait_for_events` return at once, also one that is just about to begin."""
        with self._changed:
            self._wake_count += 1
            self._changed.notify_all()

    def _call(
        self, method: str, path: str, answer_type: type[T], *, query: Query | None = None, body: object = None
    ) -> T:
        document = self._client.request(method, PORT_PATH + path, query=query, body=body)
        return msgspec.convert(document, answer_type)

    def _tell(self, method: str, path: str, body: object = None) -> None:
        self._client.request(method, PORT_PATH + path, body=body)


class _Readings:
    """Up to where each pool was read and when it may be looked at again, whichever thread read it. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read: dict[PoolId, tuple[int, float]] = {}

    def find_next_look_s(self, pool_ids: Sequence[PoolId], after: int) -> float:
        """Return until when nothing behind `after` in any of these pools is as good as known; 0 when it is not, infinity for no pools."""
        with self._lock:
            known = [self._read.get(pool_id, (after + 1, 0.0)) for pool_id in pool_ids]
        return min((next_look_s if position <= after else 0.0 for position, next_look_s in known), default=math.inf)

    def note(self, pool_ids: Sequence[PoolId], position: int, *, next_look_s: float) -> None:
        """Take note that these pools were read up to a position."""
        with self._lock:
            self._read.update(dict.fromkeys(pool_ids, (position, next_look_s)))

    def forget(self, pool_ids: Sequence[PoolId]) -> None:
        """Know nothing of these pools any more."""
        with self._lock:
            for pool_id in pool_ids:
                self._read.pop(pool_id, None)


class _Seen(threading.local):
    """What one thread knows: up to where it has read, when the next look is, and how many calls of `wake` it has noticed."""

    def __init__(self) -> None:
        self.wake_count = 0
        self.position = 0
        self.next_look_s = 0.0

    def pause_s(self, after: int) -> float:
        """Return the seconds until the next look."""
        return max(0.0, self.next_look_s - time.monotonic()) if after >= self.position else 0.0
