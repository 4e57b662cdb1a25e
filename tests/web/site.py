"""A server with its pages in this process, on a free port, for a real browser."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import uvicorn

import manyhands as mh
from manyhands.crowd import (
    AssignmentStatus,
    Clock,
    MixerConfig,
    PoolConfig,
    PoolId,
    ProjectConfig,
    SystemClock,
    TaskDraft,
)
from manyhands.platform.embedded import InvitationDraft
from manyhands.server import AccountBook, Holder, HolderKind, ServerSettings, create_app
from manyhands.store import SqliteStore, Store
from manyhands.task import FieldSpec, FieldType
from tests.flow.parity import CONTROLS, PARAMS, SPEC, numbers
from tests.patience import PATIENCE_S

TOKEN = "requester-token-of-the-tests"  # noqa: S105 - opens a server that lives for one test


@dataclass(frozen=True)
class Site:
    """A running server, and the platform behind it."""

    url: str
    platform: mh.EmbeddedPlatform
    accounts: AccountBook

    @property
    def named_url(self) -> str:
        """The address by name: passkeys are not for numbers."""
        return self.url.replace("127.0.0.1", "localhost")

    def invitation(self, *, url: str | None = None, **draft: Any) -> str:
        """Return a new link for workers."""
        return f"{url or self.url}/#/join/{self.platform.create_invitation(InvitationDraft(**draft))}"

    def start(self, count: int = 12, *, name: str = "numbers", **changes: object) -> mh.LaunchHandle:
        """Start a launch on the platform of the server."""
        options = {key: changes.pop(key) for key in ("budget",) if key in changes}
        # People of the tests are quick; speed control would restrict them.
        control = mh.Control(mh.RuleBuilder().add_static_reward(0.5).build())
        params = replace(PARAMS, control=control, task_duration_hint=timedelta(seconds=60), **changes)  # type: ignore[arg-type]
        return mh.start(SPEC, params, numbers(0, count), CONTROLS, self.platform, name=name, **options)  # type: ignore[arg-type]

    def publish(
        self,
        view: object,
        tasks: Sequence[Mapping[str, Any] | TaskDraft],
        *,
        plugins: Sequence[object] = (),
        pool: Mapping[str, Any] | None = None,
        **project: Any,
    ) -> PoolId:
        """Open a pool whose tasks show a view; every page holds all of them, and is accepted when it is sent."""
        drafts = [
            task if isinstance(task, TaskDraft) else TaskDraft(key=str(number), input_values=task, overlap=5)
            for number, task in enumerate(tasks)
        ]
        anything = FieldSpec(type=FieldType.JSON, required=False)
        values = {
            "key": f"project {len(self.platform.list_open_pools())}",
            "name": "A view",
            "input_spec": dict.fromkeys(drafts[0].input_values, anything),
            "output_spec": dict.fromkeys(("v", "w"), anything),
            "view": {"view": view, "plugins": list(plugins)},
            **project,
        }
        config = {
            "project_id": self.platform.put_project(ProjectConfig(**values)).id,
            "key": values["key"],
            "reward": mh.Money("0.05"),
            "assignment_duration": timedelta(minutes=10),
            "mixer": MixerConfig(real_count=len(drafts), is_creation_order_kept=True, is_page_shuffled=False),
            "auto_accept": True,
            **(pool or {}),
        }
        made = self.platform.create_pool(PoolConfig(**config))
        self.platform.add_tasks(made.id, drafts)
        self.platform.open_pool(made.id)
        return made.id

    def answers(self, pool_id: PoolId) -> list[list[Mapping[str, Any]]]:
        """Return the answers on the submitted pages of a pool, page by page, task by task."""
        pages = self.platform.list_assignments(pool_id, limit=10**6)
        return [[solution.output_values for solution in page.solutions] for page in pages if page.solutions]

    def pages(self) -> list[AssignmentStatus]:
        """Return the states of all pages of all launches."""
        journal = mh.connect_to(self.platform).journal
        pools = [entry["pool_id"] for _, entry in journal.list() if "pool_id" in entry]
        return [page.status for pool in pools for page in self.platform.list_assignments(pool, limit=10**6)]


@contextmanager
def running_site(
    clock: Clock | None = None, *, settings: ServerSettings | None = None, store: Store | None = None
) -> Iterator[Site]:
    """Run a server until the block ends; its time is that of this machine unless another clock is given."""
    clock, store = clock or SystemClock(), store or SqliteStore(None)
    platform = mh.EmbeddedPlatform(store, clock=clock)
    accounts = AccountBook(store, clock=clock)
    accounts.put_requester("default")
    accounts.put_token(TOKEN, Holder(HolderKind.REQUESTER, "default"))
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(store, clock=clock, workplace=platform, settings=settings)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1, lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    wait_until(lambda: server.started)
    try:
        yield Site(url=f"http://127.0.0.1:{listener.getsockname()[1]}", platform=platform, accounts=accounts)
    finally:
        server.should_exit = True
        # The platform stays open: launches that wait for pages in work still look at it, and end with the process.
        thread.join(PATIENCE_S)


def wait_until(condition: Callable[[], bool], *, seconds: float = PATIENCE_S) -> None:
    """Return as soon as the condition holds."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            message = f"it did not happen within {seconds} s"
            raise TimeoutError(message)
        time.sleep(0.05)
