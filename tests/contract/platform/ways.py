"""The ways to a platform: at hand, on our server with all that it can, on our server with nothing but Toloka's API."""

import importlib
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import uvicorn

from manyhands.crowd import (
    BudgetId,
    Event,
    EventKind,
    MixerConfig,
    Money,
    Page,
    Platform,
    Pool,
    PoolConfig,
    Project,
    TaskDraft,
)
from manyhands.errors import NoWork
from manyhands.platform.toloka import (
    Account,
    RetryPolicy,
    TolokaClient,
    TolokaPlatform,
    TolokaTariff,
    find_account,
    open_toloka,
)
from manyhands.server import AccountBook, Holder, HolderKind, ServerSettings, create_app
from tests.patience import PATIENCE_S
from tests.unit.platform.house import House, project_config

__all__ = ["FEE_SHARE", "INTERVAL", "TOKEN", "WAYS", "Scene", "open_way", "reaching", "serving"]

TOKEN = "token-of-the-contract"  # noqa: S105 - opens nothing but servers of tests
FEE_SHARE = 0.2
INTERVAL = timedelta(milliseconds=20)
#: A client of toloka-kit is a way, too, where it is installed: in an environment of its own, see `test_toloka_kit_contract.py`.
WAYS = tuple(os.environ.get("MANYHANDS_TEST_WAYS", "embedded,own server,public API").split(","))


@dataclass
class Scene:
    """A platform as a launch sees it, and a house in which workers work on it."""

    way: str
    house: House
    platform: Platform
    _pool_count: int = 0
    _projects: list[Project] = field(default_factory=list)

    @property
    def project(self) -> Project:
        """The project of the scene, made when it is first needed."""
        if not self._projects:
            self._projects.append(self.platform.put_project(project_config()))
        return self._projects[0]

    def config(self, **changes: Any) -> PoolConfig:
        """Return the config of a pool with a key of its own."""
        self._pool_count += 1
        values: dict[str, Any] = {
            "project_id": self.project.id,
            "key": f"pool {self._pool_count}",
            "reward": Money("0.10"),
            "assignment_duration": timedelta(minutes=10),
            "mixer": MixerConfig(real_count=1),
        }
        return PoolConfig(**{**values, **changes})

    def pool(self, *drafts: TaskDraft, is_open: bool = True, **changes: Any) -> Pool:
        """Return a pool with tasks, open where there are any."""
        pool = self.platform.create_pool(self.config(**changes))
        self.platform.add_tasks(pool.id, drafts)
        return self.platform.open_pool(pool.id) if drafts and is_open else pool

    def budget(self, ceiling: str, key: str = "budget") -> BudgetId:
        """Return a budget of this many dollars."""
        return self.platform.put_budget(key, Money(ceiling)).id

    def work(self, worker: str, pool: Pool) -> Page:
        """Have a worker, who is registered if need be, take a page and submit it."""
        self.house.worker(worker)
        return self.house.work(worker, pool)

    def take(self, worker: str, pool: Pool) -> Page:
        """Have a worker take a page."""
        self.house.worker(worker)
        return self.house.take(worker, pool)

    def refusal(self, worker: str, pool: Pool) -> str:
        """Return why a worker gets nothing."""
        self.house.worker(worker)
        return self.house.refusal(worker, pool)

    def ids(self, pool: Pool) -> dict[str, Any]:
        """Return the ids of the tasks of a pool by key."""
        return {task.key: task.id for task in self.platform.list_tasks(pool.id, limit=10_000)}

    def events(self, pools: Iterable[Pool], *, until: EventKind, count: int = 1, after: int = 0) -> list[Event]:
        """Return the events of pools as a launch reads them, from behind a position until there are `count` of a kind."""
        seen: list[Event] = []
        ends_s = time.monotonic() + PATIENCE_S
        pool_ids = [pool.id for pool in pools]
        while sum(event.kind is until for event in seen) < count:
            page = self.platform.list_events(pool_ids, after)
            seen += page.events
            after = page.position
            assert time.monotonic() < ends_s, [event.kind for event in seen]
            if not page.has_more:
                self.platform.wait_for_events(after, until=None, patience=timedelta(milliseconds=50))
        return seen

    def eventually(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds, looking at events as a launch does."""
        ends_s = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < ends_s
            time.sleep(INTERVAL.total_seconds())

    def drain(self, pool: Pool, workers: Iterable[str]) -> list[Page]:
        """Have workers submit pages until none gets one any more, again and again until nothing changes."""
        pages: list[Page] = []
        for worker in workers:
            self.house.worker(worker)
            try:
                pages.append(self.house.work(worker, pool))
            except NoWork:
                continue
        return pages


@contextmanager
def open_way(way: str) -> Iterator[Scene]:
    """Open a way to an empty platform."""
    house = House(fee_share=FEE_SHARE)
    if way == "embedded":
        yield Scene(way, house, house.platform)
        return
    with serving(house) as url, reaching(url, way) as platform:
        yield Scene(way, house, platform)


@contextmanager
def reaching(
    url: str, way: str, *, transport: httpx.BaseTransport | None = None, interval: timedelta = INTERVAL
) -> Iterator[TolokaPlatform]:
    """Reach a server over HTTP, as a process of its own would."""
    retries = RetryPolicy(first_pause_s=0.01, longest_pause_s=0.05)
    with TolokaClient(_account(url, way), retries=retries, transport=transport) as client:
        platform = open_toloka(
            client,
            poll_interval=interval,
            is_public_api_only=way == "public API",
            tariff=TolokaTariff(fee_share=FEE_SHARE, min_fee=Money()),
        )
        with platform:
            yield platform


def _account(url: str, way: str) -> Account:
    if way != "toloka-kit":
        return Account.at(TOKEN, url=url)
    client = importlib.import_module("toloka.client").TolokaClient(TOKEN, url=url)
    account = find_account(client)
    assert account is not None
    return account


@contextmanager
def serving(house: House, **settings: Any) -> Iterator[str]:
    """Serve a house on loopback, in a thread, and yield its URL."""
    AccountBook(house.store, clock=house.clock).put_token(TOKEN, Holder(HolderKind.REQUESTER, "default"))
    app = create_app(
        house.store,
        clock=house.clock,
        settings=ServerSettings(**settings),
        fee_share=FEE_SHARE,
        workplace=house.platform,
    )
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=5))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
