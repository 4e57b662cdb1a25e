"""Files through the doors: up by workers, down by workers and requesters, streamed both ways."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from manyhands.store import Store
from tests.unit.server.front_desk import FrontDesk, Person, recording_form, task_form

_SOUND = b"RIFF\x24\x00\x00\x00WAVEfmt and so on"
_PART = 1 << 18


def _pool(desk: FrontDesk, **changes: Any) -> str:
    return desk.pool(task_form("a"), task_form("b"), project_id=desk.project(**recording_form()), **changes)


def _upload(worker: Person, page: Any, content: bytes = _SOUND, **query: str) -> Any:
    response = worker.send(f"/api/worker/pages/{page['id']}/files", content, **{"name": "one.wav", **query})
    assert response.status_code == 201, response.text
    return response.json()


def _submit(worker: Person, page: Any, file: Any) -> None:
    body = {"solutions": [{"output_values": {"record": file["id"]}}]}
    worker.ask("POST", f"/api/worker/pages/{page['id']}/submit", body)


@dataclass(frozen=True, kw_only=True)
class _HandedIn:
    """A page that was handed in, and its file."""

    pool_id: str
    page_id: str
    file_id: str


@pytest.fixture
def handed_in(desk: FrontDesk) -> _HandedIn:
    """Return a page that was handed in."""
    worker, pool_id = desk.worker(), _pool(desk)
    page = desk.take(worker, pool_id)
    file = _upload(worker, page)
    _submit(worker, page, file)
    return _HandedIn(pool_id=pool_id, page_id=page["id"], file_id=file["id"])


def test_file_goes_from_worker_to_requester(desk: FrontDesk) -> None:
    """The worker sees it while the page is in hand, the requester once it is handed in."""
    worker, pool_id = desk.worker(), _pool(desk)
    page = desk.take(worker, pool_id)
    file = _upload(worker, page)
    assert (file["name"], file["media_type"], file["size_bytes"]) == ("one.wav", "audio/wav", len(_SOUND))
    files = f"/api/worker/pages/{page['id']}/files"
    assert worker.get(files) == {"items": [file]}
    assert worker.call("GET", f"{files}/{file['id']}").content == _SOUND
    assert desk.ann.refusal("GET", f"/api/v1/attachments/{file['id']}") == (404, "DOES_NOT_EXIST")
    _submit(worker, page, file)
    shown = desk.ann.get(f"/api/v1/attachments/{file['id']}")
    details = {"user_id": "wim", "assignment_id": page["id"], "pool_id": pool_id}
    assert (shown["details"], shown["owner"]) == (details, {"id": "default", "myself": True})
    assert desk.ann.call("GET", f"/api/v1/attachments/{file['id']}/download").content == _SOUND
    assert worker.refusal("GET", files) == (404, "DOES_NOT_EXIST")


@pytest.mark.parametrize("is_for_worker", [True, False], ids=["worker", "requester"])
def test_browser_runs_nothing_that_is_in_a_file(desk: FrontDesk, *, is_for_worker: bool) -> None:
    """Whatever was uploaded comes as a file to be saved, of the type that was found out, under its own name."""
    worker = desk.worker()
    page = desk.take(worker, _pool(desk))
    file = _upload(worker, page, b"<script>alert(1)</script>", name='"größe".html\r\nx: y', type="text/html")
    if not is_for_worker:
        _submit(worker, page, file)
    path = f"/api/worker/pages/{page['id']}/files/{file['id']}"
    answer = (
        worker.call("GET", path)
        if is_for_worker
        else desk.ann.call("GET", f"/api/v1/attachments/{file['id']}/download")
    )
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    said = answer.headers["content-disposition"]
    assert said.startswith('attachment; filename="_gr__e_.htmlx: y"; filename*=UTF-8')
    assert said.endswith("%22gr%C3%B6%C3%9Fe%22.htmlx%3A%20y")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        pytest.param({}, 2, id="all"),
        pytest.param({"pool_id": "{pool}"}, 1, id="pool"),
        pytest.param({"assignment_id": "{page}"}, 1, id="page"),
        pytest.param({"assignment_id": "{page}", "pool_id": "{pool}"}, 1, id="page-and-pool"),
        pytest.param({"pool_id": "{pool}", "name": "two.wav"}, 0, id="name"),
        pytest.param({"pool_id": "{pool}", "user_id": "wim"}, 1, id="worker"),
        pytest.param({"pool_id": "{pool}", "user_id": "eva"}, 0, id="other-worker"),
        pytest.param({"type": "ASSIGNMENT_ATTACHMENT"}, 2, id="type"),
        pytest.param({"id_gt": "{file}", "pool_id": "{pool}"}, 0, id="behind"),
        pytest.param({"id_gte": "{file}", "pool_id": "{pool}", "sort": "-created,id"}, 1, id="from"),
    ],
)
def test_requester_lists_files(desk: FrontDesk, handed_in: _HandedIn, query: dict[str, str], count: int) -> None:
    """Files are found by pool, page, worker, name and id."""
    worker = desk.worker()
    second = desk.take(worker, _pool(desk))
    _submit(worker, second, _upload(worker, second))
    names = {"pool": handed_in.pool_id, "page": handed_in.page_id, "file": handed_in.file_id}
    asked = {name: value.format(**names) for name, value in query.items()}
    assert len(desk.ann.get("/api/v1/attachments", **asked)["items"]) == count


def test_list_goes_on_behind_the_last_file(desk: FrontDesk) -> None:
    """Every file comes once, however few come at a time."""
    worker, pool_id = desk.worker(), _pool(desk)
    page = desk.take(worker, pool_id)
    files = [_upload(worker, page)["id"] for _ in range(5)]
    _submit(worker, page, {"id": files[0]})
    seen: list[str] = []
    while True:
        more = {"id_gt": seen[-1]} if seen else {}
        answer = desk.ann.get("/api/v1/attachments", pool_id=pool_id, sort="id", limit=2, **more)
        seen += [file["id"] for file in answer["items"]]
        if not answer["has_more"]:
            break
    assert seen == files


def test_nobody_reaches_files_of_others(desk: FrontDesk, handed_in: _HandedIn) -> None:
    """Other workers and requesters are told that there is no such file; workers have no door to those of requesters."""
    bob, eva = desk.requester("bob"), desk.worker("eva")
    missing = (404, "DOES_NOT_EXIST")
    there, here = f"/api/v1/attachments/{handed_in.file_id}", f"/api/worker/pages/{handed_in.page_id}/files"
    assert bob.refusal("GET", there) == bob.refusal("GET", f"{there}/download") == missing
    assert bob.refusal("GET", "/api/v1/attachments", pool_id=handed_in.pool_id) == missing
    assert bob.get("/api/v1/attachments")["items"] == []
    assert eva.refusal("GET", f"{here}/{handed_in.file_id}") == missing
    assert eva.refusal("DELETE", f"{here}/{handed_in.file_id}") == missing
    assert eva.send(here, b"x", name="x").status_code == 404
    assert eva.refusal("GET", there) == (403, "ACCESS_DENIED")


def test_too_large_files_are_refused() -> None:
    """One file has a limit, and all files of a page together, and nothing of what was refused is kept."""
    desk = FrontDesk(max_file_bytes=100, max_page_files_bytes=150, max_page_file_count=3)
    worker = desk.worker()
    page = desk.take(worker, _pool(desk))
    path = f"/api/worker/pages/{page['id']}/files"
    answers = [worker.send(path, b"x" * size, name="a") for size in (101, 80, 80, 70)]
    assert [(answer.status_code, answer.json().get("code")) for answer in answers] == [
        (413, "REQUEST_TOO_LARGE"),
        (201, None),
        (400, "VALIDATION_ERROR"),
        (201, None),
    ]
    assert len(worker.get(path)["items"]) == 2
    assert worker.send(path, b"").json()["code"] == "VALIDATION_ERROR"


def test_browser_session_uploads_only_what_no_foreign_page_could_send(desk: FrontDesk) -> None:
    """With a cookie, a body has to have a type that a form of another site cannot have."""
    worker = desk.worker()
    page = desk.take(worker, _pool(desk))
    path = f"/api/worker/pages/{page['id']}/files?name=a.txt&type=text/plain"
    statuses = {}
    for media_type in ("application/octet-stream", "text/plain", "multipart/form-data; boundary=x"):
        headers = {"cookie": f"manyhands_worker={worker.token}", "content-type": media_type}
        statuses[media_type] = desk.client.post(path, content=b"hello", headers=headers).status_code
    assert list(statuses.values()) == [201, 401, 401]
    assert worker.get(path.partition("?")[0])["items"][0]["media_type"] == "text/plain"


def test_content_of_many_parts_comes_back_whole(desk: FrontDesk) -> None:
    """Parts are joined in their order; a request for the headers alone reads none."""
    worker = desk.worker()
    page = desk.take(worker, _pool(desk))
    content = bytes(range(256)) * (3 * _PART // 256) + b"end"
    file = _upload(worker, page, content, name="large.bin")
    path = f"/api/worker/pages/{page['id']}/files/{file['id']}"
    assert worker.call("GET", path).content == content
    head = worker.call("HEAD", path)
    assert (head.headers["content-length"], head.content) == (str(len(content)), b"")


class _Wire:
    """A connection on which a body arrives in pieces; notes how many parts are stored whenever the next one is asked for."""

    def __init__(self, store: Store, pieces: list[bytes]) -> None:
        self._store = store
        self._pieces = pieces
        self.stored: list[int] = []
        self.statuses: list[int] = []

    async def receive(self) -> dict[str, Any]:
        self.stored.append(_count_parts(self._store))
        if self._pieces:
            return {"type": "http.request", "body": self._pieces.pop(0), "more_body": True}
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.statuses.append(message["status"])


def _count_parts(store: Store) -> int:
    with store.reading() as transaction:
        row = transaction.find("find_last_attachment_part", {"attachment_id": 10_000_001})
    return 0 if row is None or row["number"] is None else row["number"] + 1


def test_parts_are_stored_as_they_arrive_and_forgotten_when_the_rest_does_not(desk: FrontDesk) -> None:
    """A part is in the store before the next one is read, so that no file is in memory; a broken connection leaves nothing."""
    worker = desk.worker()
    page = desk.take(worker, _pool(desk))
    wire = _Wire(desk.store, [b"x" * (_PART // 2)] * 5)
    path = f"/api/worker/pages/{page['id']}/files"
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"name=a",
        "headers": [(b"authorization", f"OAuth {worker.token}".encode())],
    }

    async def ask() -> None:
        await desk.app(scope, wire.receive, wire.send)

    asyncio.run(ask())
    assert wire.stored == [0, 0, 1, 1, 2, 2]
    assert wire.statuses == [400]
    assert _count_parts(desk.store) == 0
    assert worker.get(path) == {"items": []}
