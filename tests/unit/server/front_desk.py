"""A server in this process, for tests: every field has a default, the clock stands still."""

from collections.abc import Mapping
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from manyhands.crowd import WorkerId, WorkerProfile
from manyhands.platform import EmbeddedPlatform
from manyhands.server import AccountBook, Holder, HolderKind, ServerSettings, create_app
from manyhands.store import SqliteStore, Store
from tests.settable_clock import SettableClock

__all__ = [
    "SUITES",
    "TASKS",
    "WORK",
    "FrontDesk",
    "Person",
    "pool_form",
    "project_form",
    "recording_form",
    "suite_form",
    "task_form",
]

TASKS = "/api/v1/tasks"
SUITES = "/api/v1/task-suites"
WORK = "/api/i-v2/assignment-executions"


class Person:
    """Somebody with a token."""

    def __init__(self, client: TestClient, name: str, token: str) -> None:
        self._client = client
        self.name = name
        self.token = token

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> Response:
        """Send a request."""
        headers = {"Authorization": f"OAuth {self.token}"}
        params = {name: str(value).lower() if isinstance(value, bool) else value for name, value in query.items()}
        response: Response = self._client.request(method, path, json=body, params=params or None, headers=headers)
        return response

    def send(
        self, path: str, content: bytes, *, media_type: str = "application/octet-stream", **query: str
    ) -> Response:
        """Send a file."""
        headers = {"Authorization": f"OAuth {self.token}", "content-type": media_type}
        response: Response = self._client.request("POST", path, content=content, params=query, headers=headers)
        return response

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """Send a request that has to succeed, and return the JSON of the answer; None for none."""
        response = self.call(method, path, body, **query)
        assert response.is_success, response.text
        return response.json() if response.content else None

    def get(self, path: str, **query: Any) -> Any:
        """Return what is there."""
        return self.ask("GET", path, **query)

    def refusal(self, method: str, path: str, body: Any = None, **query: Any) -> tuple[int, str]:
        """Send a request that has to be refused, and return status and code."""
        response = self.call(method, path, body, **query)
        document = response.json()
        assert document["request_id"] == response.headers["x-request-id"]
        assert document["message"]
        return response.status_code, document["code"]


class FrontDesk:
    """A server, its clock, and shortcuts for what requesters and workers do."""

    def __init__(self, store: Store | None = None, **settings: Any) -> None:
        self.store = store or SqliteStore(None)
        self.clock = SettableClock()
        self.app = create_app(
            self.store, clock=self.clock, settings=ServerSettings(**{"token_memory_s": 0.0, **settings})
        )
        # An exception that the server does not answer is to be seen as what it is.
        self.client = TestClient(self.app)
        self.accounts = AccountBook(self.store, clock=self.clock)
        self.ann = self.requester("default")

    def requester(self, name: str) -> Person:
        """Return a requester with an account."""
        self.accounts.put_requester(name)
        return Person(self.client, name, self.accounts.issue_token(Holder(HolderKind.REQUESTER, name)))

    def worker(self, name: str = "wim", **profile: Any) -> Person:
        """Return a worker who is registered."""
        EmbeddedPlatform(self.store, clock=self.clock).register_worker(WorkerId(name), WorkerProfile(**profile))
        return Person(self.client, name, self.accounts.issue_token(Holder(HolderKind.WORKER, name)))

    def project(self, person: Person | None = None, **changes: Any) -> str:
        """Create a project and return its id."""
        return str((person or self.ann).ask("POST", "/api/v1/projects", project_form(**changes))["id"])

    def pool(
        self, *tasks: Mapping[str, Any], person: Person | None = None, is_open: bool = True, **changes: Any
    ) -> str:
        """Create a project and a pool with tasks, open where there are any, and return the pool's id."""
        requester = person or self.ann
        project_id = changes.pop("project_id", None) or self.project(requester)
        pool_id = str(requester.ask("POST", "/api/v1/pools", pool_form(project_id, **changes))["id"])
        if tasks:
            forms = [{**task, "pool_id": pool_id} for task in tasks]
            requester.ask("POST", TASKS, forms, allow_defaults=True)
            if is_open:
                requester.ask("POST", f"/api/v1/pools/{pool_id}/open")
        return pool_id

    def suite_pool(self, *suites: Mapping[str, Any], person: Person | None = None, **changes: Any) -> str:
        """Create a project and a pool with task suites in their order, open where there are any, and return the pool's id."""
        requester = person or self.ann
        issuing = {"issue_task_suites_in_creation_order": True}
        values = {"mixer_config": None, "assignments_issuing_config": issuing, **changes}
        pool_id = self.pool(person=requester, **values)
        if suites:
            forms = [{**suite, "pool_id": pool_id} for suite in suites]
            requester.ask("POST", SUITES, forms, allow_defaults=True, open_pool=True)
        return pool_id

    def take(self, worker: Person, pool_id: str) -> Any:
        """Return a page."""
        return worker.ask("POST", WORK, {"poolId": pool_id})

    def answer(self, worker: Person, pool_id: str, label: str = "cat") -> str:
        """Take a page, hand it in, and return its id."""
        page = self.take(worker, pool_id)
        solutions = [{"output_values": {"label": label}} for _ in page["tasks"]]
        worker.ask("POST", f"{WORK}/{page['id']}/submit", {"solutions": solutions})
        return str(page["id"])


def project_form(**changes: Any) -> dict[str, Any]:
    """Return a project as a requester sends it."""
    form = {
        "public_name": "Cats and dogs",
        "public_description": "Tell them apart",
        "public_instructions": "<p>Look &amp; choose</p>",
        "private_comment": "pets_EN",
        "task_spec": {
            "input_spec": {
                "image": {"type": "url", "required": True, "hidden": False},
                "id": {"type": "string", "required": True, "hidden": True},
            },
            "output_spec": {
                "label": {"type": "string", "required": True, "hidden": False, "allowed_values": ["cat", "dog"]}
            },
            "view_spec": {
                "type": "tb",
                "config": '{\n  "view": {"type": "view.list",   "items": []}}',
                "lock": {"core": "1.0.0", "view.list": "1.0.0"},
                "inferDataSpec": False,
            },
        },
        "assignments_issuing_type": "AUTOMATED",
    }
    return {**form, **changes}


def recording_form(**changes: Any) -> dict[str, Any]:
    """Return a project whose answers are files, as a requester sends it."""
    spec = {**project_form()["task_spec"], "output_spec": {"record": {"type": "url", "required": True}}}
    return project_form(public_name="Say it aloud", task_spec=spec, **changes)


def pool_form(project_id: str, **changes: Any) -> dict[str, Any]:
    """Return a pool as a requester sends it."""
    form = {
        "project_id": project_id,
        "private_name": "first basket",
        "may_contain_adult_content": False,
        "will_expire": "2030-01-01T00:00:00",
        "reward_per_assignment": 0.02,
        "assignment_max_duration_seconds": 600,
        "auto_accept_solutions": False,
        "defaults": {"default_overlap_for_new_tasks": 2, "default_overlap_for_new_task_suites": 2},
        "mixer_config": {"real_tasks_count": 1, "golden_tasks_count": 0, "training_tasks_count": 0},
    }
    return {**form, **changes}


def task_form(name: str = "a", **changes: Any) -> dict[str, Any]:
    """Return a task as a requester sends it, without its pool."""
    return {"input_values": {"image": f"http://pets.example/{name}.jpg", "id": name}, **changes}


def suite_form(name: str = "s", *tasks: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a task suite as a requester sends it, without its pool; with two tasks if nothing else is said."""
    return {"tasks": list(tasks) or [task_form(f"{name}-0"), task_form(f"{name}-1")], **changes}
