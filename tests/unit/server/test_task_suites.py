"""Task suites of the requester API."""

import uuid
from typing import Any

import pytest

from tests.unit.server.front_desk import SUITES, TASKS, WORK, FrontDesk, suite_form, task_form

ASSIGNMENTS = "/api/v1/assignments"
LESSON = {"known_solutions": [{"output_values": {"label": "cat"}}]}


def suites_of(desk: FrontDesk, pool_id: str, **query: Any) -> list[dict[str, Any]]:
    """Return the task suites of a pool."""
    found: list[dict[str, Any]] = desk.ann.get(SUITES, pool_id=pool_id, **query)["items"]
    return found


def name_of(suite: dict[str, Any]) -> str:
    """Return the name that a suite was made with."""
    name: str = suite["tasks"][0]["input_values"]["id"]
    return name.partition("-")[0]


def test_suite_comes_back_as_it_was_sent(desk: FrontDesk) -> None:
    """With the ids of its tasks, and what nobody here acts on."""
    form = suite_form(
        "a",
        task_form("a-0", localization_config={"default_language": "EN"}),
        task_form("a-1", **LESSON, message_on_unknown_solution="Look again"),
        overlap=3,
        issuing_order_override=10.5,
        reserved_for=["wim"],
        longitude=2.5,
    )
    response = desk.ann.call("POST", SUITES, {**form, "pool_id": desk.suite_pool()})
    shown = response.json()
    tasks = desk.ann.get(TASKS, pool_id=shown["pool_id"])["items"]
    assert response.status_code == 201
    assert [task.pop("id") for task in shown["tasks"]] == [task["id"] for task in tasks]
    shown["tasks"][1]["known_solutions"][0].pop("correctness_weight")
    assert {name: shown[name] for name in form} == form
    assert (shown["infinite_overlap"], shown["remaining_overlap"], shown["mixed"]) == (False, 3, False)
    assert [(task["overlap"], task["reserved_for"]) for task in tasks] == [(3, []), (3, [])]


def test_suite_without_an_overlap_gets_that_of_its_pool(desk: FrontDesk) -> None:
    """If that is wished, and the one for suites."""
    defaults = {"default_overlap_for_new_tasks": 9, "default_overlap_for_new_task_suites": 4}
    form = {**suite_form(), "pool_id": desk.suite_pool(defaults=defaults)}
    refusal = desk.ann.call("POST", SUITES, form).json()
    assert (refusal["code"], refusal["payload"]["overlap"]["code"]) == ("VALIDATION_ERROR", "VALUE_REQUIRED")
    assert desk.ann.ask("POST", SUITES, form, allow_defaults=True)["overlap"] == 4
    assert desk.ann.ask("POST", SUITES, {**form, "infinite_overlap": True}, allow_defaults=True).get("overlap") is None


def test_operation_makes_suites_and_tells_their_ids(desk: FrontDesk) -> None:
    """The log echoes every item; a repeated operation is known, and makes nothing."""
    pool_id, operation_id = desk.suite_pool(), str(uuid.uuid4())
    items = [{**suite_form(name), "pool_id": pool_id, "__item_idx": str(n)} for n, name in enumerate("ab")]
    query = {"operation_id": operation_id, "async_mode": True, "allow_defaults": True, "open_pool": True}
    operation = desk.ann.ask("POST", SUITES, items, **query)
    steps = desk.ann.get(f"/api/v1/operations/{operation_id}/log")
    ids = [suite["id"] for suite in suites_of(desk, pool_id)]
    assert (operation["id"], operation["type"], operation["status"]) == (
        operation_id,
        "TASK_SUITE.BATCH_CREATE",
        "SUCCESS",
    )
    assert steps == [
        {"type": "TASK_SUITE_CREATE", "success": True, "input": item, "output": {"task_suite_id": suite_id}}
        for item, suite_id in zip(items, ids, strict=True)
    ]
    assert desk.ann.get(f"/api/v1/pools/{pool_id}")["status"] == "OPEN"
    assert desk.ann.refusal("POST", SUITES, items, **query) == (409, "OPERATION_ALREADY_EXISTS")
    assert len(suites_of(desk, pool_id)) == 2


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"tasks": [task_form("a"), {"input_values": {"id": "b"}}]}, "tasks.1.input_values.image", "VALUE_REQUIRED"),
        ({"tasks": [task_form(known_solutions=[{"output_values": {"label": "cow"}}])]},
         "tasks.0.known_solutions.0.output_values.label", "VALUE_NOT_ALLOWED"),
        ({"tasks": [task_form(baseline_solutions=[])]}, "tasks.0.baseline_solutions", "VALUE_NOT_ALLOWED"),
        ({"tasks": []}, "tasks", "ARRAY_SIZE_LESS_THAN_MIN"),
        ({"issuing_order_override": 100_000}, "issuing_order_override", "VALUE_GREATER_THAN_MAX"),
        ({"overlap": 30_001}, "overlap", "VALUE_GREATER_THAN_MAX"),
    ],
    ids=["value", "known solution", "baseline", "no tasks", "order", "overlap"],
)  # fmt: skip
def test_wrong_suite_is_described_field_by_field(
    desk: FrontDesk, changes: dict[str, Any], path: str, code: str
) -> None:
    """Nothing is made unless wrong items are to be skipped."""
    pool_id = desk.suite_pool()
    items = [{**suite_form("good"), "pool_id": pool_id}, {**suite_form(), "pool_id": pool_id, **changes}]
    refused = desk.ann.call("POST", SUITES, items, allow_defaults=True)
    assert (refused.status_code, refused.json()["payload"]["1"][path]["code"]) == (400, code)
    assert suites_of(desk, pool_id) == []
    made = desk.ann.ask("POST", SUITES, items, allow_defaults=True, skip_invalid_items=True)
    assert (list(made["items"]), made["validation_errors"]["1"][path]["code"]) == (["0"], code)


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
def test_pool_takes_tasks_or_suites(desk: FrontDesk, *, is_async: bool) -> None:
    """The refusal is final, so it is no 409; it has a code of its own."""
    wrong = (
        (TASKS, {**task_form(), "pool_id": desk.suite_pool()}, "MIXER_CONFIG_REQUIRED"),
        (SUITES, {**suite_form(), "pool_id": desk.pool()}, "POOL_TASK_TYPE_CONFLICT"),
    )
    for path, item, code in wrong:
        if not is_async:
            assert desk.ann.refusal("POST", path, item, allow_defaults=True) == (400, code)
            continue
        operation = desk.ann.ask("POST", path, item, allow_defaults=True, async_mode=True)
        (step,) = desk.ann.get(f"/api/v1/operations/{operation['id']}/log")
        assert (operation["status"], step["success"], step["output"][""]["code"]) == ("FAIL", False, code)


def test_suites_are_filtered_sorted_and_paged(desk: FrontDesk) -> None:
    """By id, creation and overlap; ranges are cut as in every list."""
    pool_id = desk.suite_pool(*(suite_form(name, overlap=n) for n, name in enumerate("abcde", start=1)))
    ids = [suite["id"] for suite in suites_of(desk, pool_id)]
    created = suites_of(desk, pool_id)[0]["created"]
    asked: list[tuple[dict[str, Any], str]] = [
        ({}, "abcde"),
        ({"overlap": 2}, "b"),
        ({"overlap_gte": 2, "overlap_lt": 4}, "bc"),
        ({"id_gt": ids[1]}, "cde"),
        ({"id_gte": ids[0], "id_lte": ids[2]}, "abc"),
        ({"id_gte": ids[1], "id_lt": ids[3]}, "bc"),
        ({"created_lte": created}, "abcde"),
        ({"created_gt": created}, ""),
        ({"sort": "-id", "limit": 2}, "ed"),
    ]
    for query, names in asked:
        assert "".join(name_of(suite) for suite in suites_of(desk, pool_id, **query)) == names
    page = desk.ann.get(SUITES, pool_id=pool_id, sort="id", limit=2)
    seen = [suite["id"] for suite in page["items"]]
    while page["has_more"]:
        page = desk.ann.get(SUITES, pool_id=pool_id, sort="id", limit=2, id_gt=seen[-1])
        seen += [suite["id"] for suite in page["items"]]
    assert seen == ids
    assert desk.ann.refusal("GET", SUITES) == (400, "VALIDATION_ERROR")


def test_suite_is_found_by_its_task(desk: FrontDesk) -> None:
    """And not in another pool."""
    pool_id, other = desk.suite_pool(suite_form("a"), suite_form("b")), desk.suite_pool(suite_form("a"))
    _, suite = suites_of(desk, pool_id)
    for task in suite["tasks"]:
        assert desk.ann.get(SUITES, task_id=task["id"])["items"] == [suite]
    assert desk.ann.get(SUITES, task_id=suite["tasks"][0]["id"], pool_id=other)["items"] == []


def test_suite_is_issued_as_a_page(desk: FrontDesk) -> None:
    """Workers see the tasks in order and nothing of what is known; requesters see the suite of each page, also in tables."""
    pool_id = desk.suite_pool(suite_form("a", task_form("a-0"), task_form("a-1", **LESSON), overlap=1))
    worker = desk.worker()
    page = desk.take(worker, pool_id)
    images = [task["input_values"]["image"] for task in page["tasks"]]
    assert images == ["http://pets.example/a-0.jpg", "http://pets.example/a-1.jpg"]
    assert all(set(task) == {"id", "input_values"} and set(task["input_values"]) == {"image"} for task in page["tasks"])
    desk.answer(worker, pool_id)
    (suite,) = suites_of(desk, pool_id)
    (assignment,) = desk.ann.get(ASSIGNMENTS, task_suite_id=suite["id"])["items"]
    assert (assignment["task_suite_id"], assignment["mixed"], assignment["status"]) == (suite["id"], False, "SUBMITTED")
    assert [task["id"] for task in assignment["tasks"]] == [task["id"] for task in suite["tasks"]]
    assert ["known_solutions" in task for task in assignment["tasks"]] == [False, True]
    assert suite["remaining_overlap"] == 0
    pool = desk.ann.get(f"/api/v1/pools/{pool_id}")
    assert (pool["status"], pool["last_close_reason"]) == ("CLOSED", "COMPLETED")
    table = desk.ann.call("GET", f"/api/new/requester/pools/{pool_id}/assignments.tsv", status="SUBMITTED").text
    assert suite["id"] not in table.splitlines()[0]
    columns = {"status": "SUBMITTED", "column": "ASSIGNMENT:task_suite_id"}
    table = desk.ann.call("GET", f"/api/new/requester/pools/{pool_id}/assignments.tsv", **columns).text
    assert table.count(suite["id"]) == 2


def test_assignments_of_a_suite_are_filtered_further(desk: FrontDesk) -> None:
    """By status and worker; those of other suites are left out."""
    pool_id = desk.suite_pool(suite_form("a", overlap=2), suite_form("b", overlap=2))
    for name in ("wim", "eva"):
        desk.answer(desk.worker(name), pool_id)
    desk.take(desk.worker("kim"), pool_id)
    first, second = suites_of(desk, pool_id)
    asked: list[tuple[dict[str, Any], list[str]]] = [
        ({"task_suite_id": first["id"]}, ["wim", "eva"]),
        ({"task_suite_id": first["id"], "user_id": "eva"}, ["eva"]),
        ({"task_suite_id": second["id"]}, ["kim"]),
        ({"task_suite_id": second["id"], "status": "SUBMITTED"}, []),
        ({"task_suite_id": second["id"], "task_id": first["tasks"][0]["id"]}, []),
        ({"task_suite_id": second["id"], "pool_id": desk.suite_pool()}, []),
    ]
    for query, workers in asked:
        assert [page["user_id"] for page in desk.ann.get(ASSIGNMENTS, **query)["items"]] == workers


def test_page_of_a_mixer_has_a_suite_of_its_own(desk: FrontDesk) -> None:
    """It is shown as mixed, found by pool, task and page, and cannot be changed."""
    mixer = {"real_tasks_count": 2, "golden_tasks_count": 0, "training_tasks_count": 0}
    pool_id = desk.pool(task_form("a"), task_form("b"), mixer_config=mixer)
    for name in ("wim", "eva"):
        desk.answer(desk.worker(name), pool_id)
    pages = desk.ann.get(ASSIGNMENTS, pool_id=pool_id)["items"]
    suites = suites_of(desk, pool_id)
    assert [suite["id"] for suite in suites] == [page["task_suite_id"] for page in pages]
    assert all(suite["mixed"] and suite["overlap"] == 1 and suite["remaining_overlap"] == 0 for suite in suites)
    assert all(page["mixed"] for page in pages)
    for suite, page in zip(suites, pages, strict=True):
        assert [task["id"] for task in suite["tasks"]] == [task["id"] for task in page["tasks"]]
        assert desk.ann.get(f"{SUITES}/{suite['id']}") == suite
        assert desk.ann.get(ASSIGNMENTS, task_suite_id=suite["id"])["items"] == [page]
        assert suites_of(desk, pool_id, id_gte=suite["id"], id_lte=suite["id"]) == [suite]
    assert suites_of(desk, pool_id, id_gt=suites[0]["id"]) == suites[1:]
    assert desk.ann.get(SUITES, task_id=pages[0]["tasks"][0]["id"])["items"] == suites
    for path in ("", "/set-overlap-or-min"):
        refusal = desk.ann.refusal("PATCH", f"{SUITES}/{suites[0]['id']}{path}", {"overlap": 3})
        assert refusal == (400, "POOL_TASK_TYPE_CONFLICT")


def test_overlap_can_be_raised_and_never_falls_below_what_was_handed_out(desk: FrontDesk) -> None:
    """A rejected page consumes it; set-overlap-or-min shows the new value at once, and changes nothing for the task alone."""
    pool_id = desk.suite_pool(suite_form("a", overlap=2))
    page_id = desk.answer(desk.worker(), pool_id)
    desk.ann.ask("PATCH", f"{ASSIGNMENTS}/{page_id}", {"status": "REJECTED", "public_comment": "wrong"})
    (suite,) = suites_of(desk, pool_id)
    path = f"{SUITES}/{suite['id']}/set-overlap-or-min"
    assert desk.ann.ask("PATCH", path, {"overlap": 0})["overlap"] == 1
    assert desk.ann.ask("PATCH", path, {"overlap": 4})["remaining_overlap"] == 3
    assert desk.ann.refusal("PATCH", path, {"infinite_overlap": True}) == (400, "VALIDATION_ERROR")
    task_path = f"{TASKS}/{suite['tasks'][0]['id']}/set-overlap-or-min"
    assert desk.ann.refusal("PATCH", task_path, {"overlap": 9}) == (400, "MIXER_CONFIG_REQUIRED")


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        ({"overlap": 5}, (5, False, 4, 0)),
        ({"overlap": 5, "infinite_overlap": False}, (5, False, 4, 0)),
        ({"overlap": None, "infinite_overlap": True}, (None, True, None, 0)),
        ({"infinite_overlap": False}, (2, False, 1, 0)),
        ({"issuing_order_override": -7.5}, (2, False, 1, -7.5)),
    ],
    ids=["overlap", "pair", "infinite", "no change", "order"],
)
def test_patch_changes_what_it_names(desk: FrontDesk, patch: dict[str, Any], expected: tuple[Any, ...]) -> None:
    """Overlap, infinite overlap, order."""
    pool_id = desk.suite_pool(suite_form("a", overlap=2))
    desk.answer(desk.worker(), pool_id)
    (suite,) = suites_of(desk, pool_id)
    shown = desk.ann.ask("PATCH", f"{SUITES}/{suite['id']}", patch)
    fields = ("overlap", "infinite_overlap", "remaining_overlap", "issuing_order_override")
    assert tuple(shown.get(name) for name in fields) == expected
    assert desk.ann.get(f"{SUITES}/{suite['id']}") == shown


def test_patch_below_what_was_handed_out_is_refused(desk: FrontDesk) -> None:
    """As is an empty one; both are final."""
    pool_id = desk.suite_pool(suite_form("a", overlap=2))
    desk.answer(desk.worker(), pool_id)
    path = f"{SUITES}/{suites_of(desk, pool_id)[0]['id']}"
    assert desk.ann.refusal("PATCH", path, {"overlap": 0}) == (400, "VALIDATION_ERROR")
    assert desk.ann.refusal("PATCH", path, {}) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize("door", ["", "/set-overlap-or-min"])
def test_change_opens_the_pool_when_that_is_wished(desk: FrontDesk, door: str) -> None:
    """A completed pool goes on with what is asked for now."""
    pool_id = desk.suite_pool(suite_form("a", overlap=1))
    desk.answer(desk.worker(), pool_id)
    path = f"{SUITES}/{suites_of(desk, pool_id)[0]['id']}{door}"
    desk.ann.ask("PATCH", path, {"overlap": 2})
    assert desk.ann.get(f"/api/v1/pools/{pool_id}")["status"] == "CLOSED"
    desk.ann.ask("PATCH", path, {"overlap": 3}, open_pool=True)
    assert desk.ann.get(f"/api/v1/pools/{pool_id}")["status"] == "OPEN"
    assert desk.take(desk.worker("eva"), pool_id)["tasks"]


def test_no_requester_sees_the_suites_of_another(desk: FrontDesk) -> None:
    """Ids of others look like ids of nothing."""
    bob, pool_id, mixed = desk.requester("bob"), desk.suite_pool(suite_form("a")), desk.pool(task_form())
    desk.answer(desk.worker(), mixed)
    ids = [suites_of(desk, pool)[0]["id"] for pool in (pool_id, mixed)]
    task_id = suites_of(desk, pool_id)[0]["tasks"][0]["id"]
    paths = [f"task-suites?pool_id={pool_id}", f"task-suites?task_id={task_id}"]
    paths += [f"{stem}{suite_id}" for suite_id in ids for stem in ("task-suites/", "assignments?task_suite_id=")]
    assert {bob.refusal("GET", f"/api/v1/{path}") for path in paths} == {(404, "DOES_NOT_EXIST")}
    for suite_id in (*ids, "x", ids[0][:-1] + "9"):
        assert bob.refusal("PATCH", f"{SUITES}/{suite_id}", {"overlap": 3}) == (404, "DOES_NOT_EXIST")
    form = {**suite_form(), "pool_id": pool_id}
    assert bob.refusal("POST", SUITES, form, allow_defaults=True) == (404, "DOES_NOT_EXIST")


def test_key_of_a_suite_is_told_between_manyhands(desk: FrontDesk) -> None:
    """Whoever names suites gets the same one again."""
    form = {**suite_form(), "pool_id": desk.suite_pool(), "overlap": 1, "manyhands": {"key": "page 1"}}
    first, second = (desk.ann.ask("POST", SUITES, form) for _ in range(2))
    assert first["id"] == second["id"]
    assert "manyhands" not in first


def test_suites_are_counted(desk: FrontDesk) -> None:
    """By their pages and by their tasks; lessons for everybody are no work that has an end."""
    suites = suite_form("a", overlap=2), suite_form("b", overlap=1), suite_form("c", infinite_overlap=True)
    pool_id = desk.suite_pool(*suites)
    desk.answer(desk.worker(), pool_id)
    names = ("real_tasks_count", "completion_percentage", "estimated_assignments_count")
    questions = [{"subject": "POOL", "subject_id": pool_id, "name": name} for name in names]
    answers = desk.ann.ask("POST", "/api/staging/analytics-2", questions)["details"]["value"]
    assert [answer["result"]["value"] for answer in answers] == [4, pytest.approx(100 * 2 / 6), 3]


def test_worker_sees_how_long_the_pages_are(desk: FrontDesk) -> None:
    """The first suite stands for all; a mixer says it itself."""
    mixer = {"real_tasks_count": 1, "golden_tasks_count": 0, "training_tasks_count": 0}
    pools = {
        desk.suite_pool(suite_form("a"), suite_form("b", task_form())): 2,
        desk.pool(task_form(), mixer_config=mixer): 1,
    }
    shown = desk.worker().get("/api/worker/pools")["items"]
    assert {pool["pool_id"]: pool["task_count"] for pool in shown} == pools


def test_worker_who_had_every_suite_is_told_so(desk: FrontDesk) -> None:
    """As in any other pool."""
    pool_id, worker = desk.suite_pool(suite_form("a")), desk.worker()
    desk.answer(worker, pool_id)
    assert worker.refusal("POST", WORK, {"poolId": pool_id}) == (403, "POOL_ASSIGNMENTS_EXHAUSTED")
