"""Over HTTP: answers that get lost, questions that are counted, processes that begin where others ended."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

import httpx
import pytest

from manyhands.crowd import (
    AssignmentStatus,
    BonusDraft,
    EventKind,
    Money,
    Platform,
    RestrictionDraft,
    RestrictionScope,
    WorkerId,
)
from manyhands.errors import PlatformUnavailable
from tests.contract.platform.ways import FEE_SHARE, Scene, reaching, serving
from tests.unit.platform.house import House, real, reals

T = TypeVar("T")
WAYS = ("own server", "public API")
HALF_A_SECOND = timedelta(milliseconds=500)
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Wire(httpx.BaseTransport):
    """Carries requests, counts them, and may lose the answers to those that change something.

    Args:
        lost_every: of the answers to changing requests, each so-and-so-many-th is lost; 0 loses none.
    """

    def __init__(self, lost_every: int = 0) -> None:
        self.asked: list[tuple[str, str]] = []
        self.lost_count = 0
        self._lost_every = lost_every
        self._changes = 0
        self._lock = threading.Lock()
        self._inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry a request; the server has done what was asked even if its answer is lost."""
        response = self._inner.handle_request(request)
        response.read()
        with self._lock:
            self.asked.append((request.method, request.url.path))
            if request.method in CHANGING and "events" not in request.url.path:
                self._changes += 1
                if self._lost_every and self._changes % self._lost_every == 0:
                    self.lost_count += 1
                    message = "the answer is lost"
                    raise httpx.ReadError(message)
        return response

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


class Insisting:
    """A platform whose calls are repeated until they go through, as a launch repeats them."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def __getattr__(self, name: str) -> object:
        attribute = getattr(self._platform, name)
        if not callable(attribute):
            return attribute

        def insist(*args: object, **options: object) -> object:
            for _ in range(20):
                try:
                    return attribute(*args, **options)
                except PlatformUnavailable:
                    continue
            message = f"{name} never went through"
            raise AssertionError(message)

        return insist


@pytest.fixture
def house() -> House:
    """Return a house that the server shows."""
    return House(fee_share=FEE_SHARE)


@pytest.fixture
def url(house: House) -> Iterator[str]:
    """Return the URL of a server in front of the house."""
    with serving(house) as found:
        yield found


@contextmanager
def scene_at(
    url: str,
    way: str,
    house: House,
    *,
    wire: Wire | None = None,
    wrap: Callable[[Platform], Platform] = lambda platform: platform,
    interval: timedelta = timedelta(milliseconds=20),
) -> Iterator[Scene]:
    """Yield a scene at a server."""
    with reaching(url, way, transport=wire, interval=interval) as platform:
        yield Scene(way, house, wrap(platform))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("lost_every", [1, 2, 3])
def test_nothing_happens_twice_when_answers_get_lost(url: str, house: House, way: str, lost_every: int) -> None:
    """However many answers are lost after the server has done what was asked, there is one of everything, and it is paid once."""
    wire = Wire(lost_every)
    # Where every answer is lost, nobody could ever know of a success: the first of each is lost, the repetition comes through.
    with scene_at(url, way, house, wire=wire if lost_every > 1 else _FirstLost(), wrap=_insisting) as scene:
        budget = scene.platform.put_budget("mine", Money(5)).id
        until = house.clock.now() + timedelta(days=400)
        config = scene.config(budget_id=budget, expires=house.clock.now() + timedelta(days=1))
        pool = scene.platform.create_pool(config)
        ids = scene.platform.add_tasks(pool.id, reals(4, overlap=2))
        scene.platform.open_pool(pool.id)
        good, bad = scene.work("ann", pool), scene.work("ben", pool)
        scene.platform.accept([good.assignment_id])
        scene.platform.reject(bad.assignment_id, "no")
        draft = BonusDraft(key="b", worker_id=WorkerId("ann"), amount=Money("0.05"), assignment_id=good.assignment_id)
        scene.platform.pay_bonus(draft)
        scene.platform.extend_pool(pool.id, until)
        scene.platform.restrict(
            RestrictionDraft(
                key="r", worker_id=WorkerId("ben"), scope=RestrictionScope.POOL, pool_id=pool.id, until=until
            )
        )
        scene.platform.raise_overlaps(pool.id, dict.fromkeys(ids, 3))
        skill = scene.platform.put_skill("pets")
        scene.platform.set_skill(WorkerId("ann"), skill.id, value=0.5)
        scene.platform.close_pool(pool.id)
    truth = house.platform
    tasks = truth.list_tasks(pool.id)
    assert [(task.id, task.overlap) for task in tasks] == [(task_id, 3) for task_id in ids]
    statuses = Counter(page.status for page in truth.list_assignments(pool.id))
    assert statuses == {AssignmentStatus.ACCEPTED: 1, AssignmentStatus.REJECTED: 1}
    assert [bonus.amount for bonus in truth.list_bonuses(pool.id)] == [Money("0.05")]
    assert truth.spending(pool.id).paid == Money("0.12") + Money("0.06")
    assert truth.get_pool(pool.id).config.expires == until
    assert len(truth.list_restrictions()) == 1
    with house.store.reading() as transaction:
        assert len(transaction.rows("list_own_pools", {"requester": "default"})) == 1
        # One of the house itself, one of the scene with the same key.
        assert len(transaction.rows("list_projects", {"requester": "default"})) == 1
    house.audit()


class _FirstLost(Wire):
    """Loses the answer to every changing request that was not sent before."""

    def __init__(self) -> None:
        super().__init__()
        self._sent: set[tuple[str, str, bytes]] = set()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry a request; only the first answer of its kind is lost."""
        response = super().handle_request(request)
        sent = (request.method, str(request.url), request.content)
        if request.method in CHANGING and "events" not in request.url.path and sent not in self._sent:
            self._sent.add(sent)
            message = "the answer is lost"
            raise httpx.ReadError(message)
        return response


def _insisting(platform: Platform) -> Platform:
    insisting: Platform = Insisting(platform)  # type: ignore[assignment]  # it passes every call on
    return insisting


@pytest.mark.parametrize("way", WAYS)
def test_another_process_finds_everything_again(url: str, house: House, way: str) -> None:
    """A process that comes after another one has its pools, tasks, events and budget, by the same calls."""
    with scene_at(url, way, house) as first:
        config = first.config(budget_id=first.budget("0.50"))
        pool = first.platform.create_pool(config)
        ids = first.platform.add_tasks(pool.id, reals(3))
        first.platform.open_pool(pool.id)
        page = first.work("ann", pool)
        first.platform.accept([page.assignment_id])
        events = first.events([pool], until=EventKind.ACCEPTED)
    with scene_at(url, way, house) as second:
        assert second.platform.put_project(first.project.config).id == first.project.id
        budget = second.platform.put_budget("budget", Money("0.50"))
        assert budget.spending.paid == Money("0.12")
        found = second.platform.create_pool(config)
        assert (found.id, found.config.budget_id) == (pool.id, budget.id)
        assert second.platform.add_tasks(pool.id, [*reals(3), real("new")])[:3] == ids
        again = second.events([pool], until=EventKind.ACCEPTED)
        assert [event.kind for event in again] == [event.kind for event in events]
        second.drain(pool, ["ben", "cid", "dan", "eve"])
        spent = second.platform.get_budget(budget.id).spending
        assert spent.paid + spent.reserved <= Money("0.50")


@pytest.mark.parametrize("way", WAYS)
def test_whoever_ends_does_not_wait_for_the_next_interval(url: str, house: House, way: str) -> None:
    """Between two looks nothing is asked, unless somebody wants to know it now."""
    with scene_at(url, way, house, interval=timedelta(hours=1)) as scene:
        pool = scene.pool(real("a"))
        before = scene.platform.list_events([pool.id])
        scene.work("ann", pool)
        assert not scene.platform.list_events([pool.id], before.position).events
        scene.platform.refresh([pool.id])
        events = scene.platform.list_events([pool.id], before.position).events
        assert {EventKind.TAKEN, EventKind.SUBMITTED} <= {event.kind for event in events}


@pytest.mark.parametrize("way", WAYS)
def test_waiting_costs_one_question_per_interval(url: str, house: House, way: str) -> None:
    """A launch that waits asks our server once per interval for all pools together, any other server once for each pool."""
    wire = Wire()
    with scene_at(url, way, house, wire=wire, interval=HALF_A_SECOND) as scene:
        pools = [scene.pool(*reals(2)) for _ in range(4)]
        pool_ids = [pool.id for pool in pools]
        position = scene.platform.list_events(pool_ids).position
        wire.asked.clear()
        began_s = time.monotonic()
        while time.monotonic() - began_s < 3 * HALF_A_SECOND.total_seconds():
            position = scene.platform.list_events(pool_ids, position).position
            scene.platform.wait_for_events(position, until=None, patience=timedelta(milliseconds=50))
        asked = Counter(path for _, path in wire.asked)
        interval_count = int((time.monotonic() - began_s) / HALF_A_SECOND.total_seconds()) + 1
    most = interval_count * (1 if way == "own server" else len(pools))
    assert 0 < asked.total() <= most, asked
