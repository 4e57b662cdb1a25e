"""The twenty rules that make a server of this API one that its clients can live with, over HTTP against our server.

The rules are those of the conformance list in the reference (§6.2); every test is named for its rule. The server runs in this process over a
settable clock, but for the two things that only a process of its own can show.
"""

import logging
import uuid
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import httpx
import pytest

from manyhands.store import SqliteStore
from tests.contract.server.live_server import LiveServer, options
from tests.unit.server.front_desk import (
    TASKS,
    WORK,
    FrontDesk,
    Person,
    pool_form,
    project_form,
    recording_form,
    task_form,
)

ASSIGNMENTS = "/api/v1/assignments"
ATTACHMENTS = "/api/v1/attachments"
CAT = [{"output_values": {"label": "cat"}}]


@pytest.fixture
def desk() -> Iterator[FrontDesk]:
    """Return a fresh server over a store in memory."""
    desk = FrontDesk()
    with desk.client:
        yield desk
    desk.store.close()


def mixer(real: int = 1, golden: int = 0, training: int = 0, **changes: Any) -> dict[str, Any]:
    """Return how a page is put together."""
    counts = {"real_tasks_count": real, "golden_tasks_count": golden, "training_tasks_count": training}
    return {**counts, **changes}


def golden(name: str, **changes: Any) -> dict[str, Any]:
    """Return a control task for everybody."""
    return task_form(name, **{"known_solutions": CAT, "infinite_overlap": True, **changes})


def rule(collector: dict[str, Any], conditions: dict[str, Any], action: dict[str, Any]) -> dict[str, Any]:
    """Return a quality-control config with one rule; of a condition, its key leads to operator and value."""
    return {
        "collector_config": {"uuid": str(uuid.uuid4()), "parameters": {}, **collector},
        "rules": [
            {
                "conditions": [
                    {"key": key, "operator": operator, "value": value} for key, (operator, value) in conditions.items()
                ],
                "action": action,
            }
        ],
    }


def ban(hours: int = 1, comment: str = "rule") -> dict[str, Any]:
    """Return an action that keeps a worker out of the project."""
    parameters = {"scope": "PROJECT", "duration": hours, "duration_unit": "HOURS", "private_comment": comment}
    return {"type": "RESTRICTION_V2", "parameters": parameters}


def shown(desk: FrontDesk, pool_id: str) -> Any:
    """Return the pool as the requester sees it."""
    return desk.ann.get(f"/api/v1/pools/{pool_id}")


def state(desk: FrontDesk, pool_id: str) -> tuple[str, str | None]:
    """Return a pool's status and why it was closed."""
    pool = shown(desk, pool_id)
    return pool["status"], pool.get("last_close_reason")


def names(page: Any) -> set[str]:
    """Return what the tasks of a worker's page are called."""
    return {task["input_values"]["image"].rpartition("/")[2].removesuffix(".jpg") for task in page["tasks"]}


def hand_in(worker: Person, page: Any, *labels: str) -> None:
    """Hand a page in: one label for each task, or cats for all."""
    chosen = labels or ["cat"] * len(page["tasks"])
    solutions = [{"output_values": {"label": label}} for label in chosen]
    assert worker.ask("POST", f"{WORK}/{page['id']}/submit", {"solutions": solutions}) == {"success": True}


def judge(desk: FrontDesk, page_id: str, status: str) -> Any:
    """Accept or reject a page."""
    return desk.ann.ask("PATCH", f"{ASSIGNMENTS}/{page_id}", {"status": status, "public_comment": ""})


def the_task(desk: FrontDesk, pool_id: str) -> Any:
    """Return the only task of a pool."""
    (task,) = desk.ann.get(TASKS, pool_id=pool_id)["items"]
    return task


# Rule 1: ids are strings of fixed width within a kind, and their string order is the order of creation; ranges and `sort=id` compare strings.


def test_rule_01_ids_are_ordered_as_strings(desk: FrontDesk) -> None:
    """Of every kind that has many: what a client cuts out between its smallest and its greatest id is all that it made."""
    pool_id = desk.pool(*(task_form(str(number)) for number in range(20)))
    tasks = [task["id"] for task in desk.ann.get(TASKS, pool_id=pool_id)["items"]]
    worker = desk.worker()
    pages = [desk.answer(worker, pool_id) for _ in range(18)]
    pools = [desk.pool(is_open=False) for _ in range(12)]
    for ids in (tasks, pages, pools):
        assert all(isinstance(each, str) for each in ids)
        assert ids == sorted(ids)
        assert len({len(each) for each in ids}) == 1
    found = desk.ann.get(TASKS, pool_id=pool_id, id_gte=min(tasks), id_lte=max(tasks), sort="id")["items"]
    assert [task["id"] for task in found] == tasks
    behind = desk.ann.get(ASSIGNMENTS, pool_id=pool_id, id_gt=pages[8], sort="id")["items"]
    assert [page["id"] for page in behind] == pages[9:]
    falling = desk.ann.get("/api/v1/pools", sort="-id")["items"]
    assert [pool["id"] for pool in falling] == [*reversed(pools), pool_id]


# Rule 2: lists have `items` and `has_more`; ranges, comma lists and `sort` with `-`; paging by `id_gt` is stable while objects are added.


def test_rule_02_lists_can_be_cut_sorted_and_paged(desk: FrontDesk) -> None:
    """Bounds are included or not as their names say; a comma separates values, a minus turns the order round."""
    pool_id = desk.pool(*(task_form(name) for name in "abcd"))
    worker, other = desk.worker("wim"), desk.worker("eva")
    first = desk.answer(worker, pool_id)
    desk.clock.move(seconds=1)
    second = desk.answer(other, pool_id)
    judge(desk, first, "ACCEPTED")
    both = desk.ann.get(ASSIGNMENTS, pool_id=pool_id, status="SUBMITTED,ACCEPTED", sort="-created")
    assert ([page["id"] for page in both["items"]], both["has_more"]) == ([second, first], False)
    created = both["items"][0]["created"]
    cut = {name: desk.ann.get(ASSIGNMENTS, pool_id=pool_id, **{f"created_{name}": created}) for name in ("lt", "gte")}
    assert {name: [page["id"] for page in found["items"]] for name, found in cut.items()} == {
        "lt": [first],
        "gte": [second],
    }


def test_rule_02_paging_is_stable_while_tasks_are_added(desk: FrontDesk) -> None:
    """Asking behind the last id gives everything once, also what came in between."""
    pool_id, seen, has_more = desk.pool(*(task_form(str(number)) for number in range(5))), [""], True
    while has_more:
        page = desk.ann.get(TASKS, pool_id=pool_id, sort="id", limit=2, **({"id_gt": seen[-1]} if seen[-1] else {}))
        seen += [task["id"] for task in page["items"]]
        has_more = page["has_more"]
        if len(seen) == 3:
            desk.ann.ask("POST", TASKS, {**task_form("late"), "pool_id": pool_id}, allow_defaults=True)
    assert len(seen) == len(set(seen)) == 7


# Rule 3: an asynchronous creation has the operation id that the client gave, refuses it a second time, echoes every item, and fails as a whole.


def test_rule_03_an_asynchronous_creation_is_an_operation(desk: FrontDesk) -> None:
    """Its log echoes the items with their markers and names what was made; the markers are not kept; small batches are over at once."""
    pool_id, operation_id = desk.pool(), str(uuid.uuid4())
    items = [
        {**task_form(name), "pool_id": pool_id, marker: str(place)}
        for place, (name, marker) in enumerate((("a", "__item_idx"), ("b", "__client_uuid")))
    ]
    query = {"operation_id": operation_id, "async_mode": True, "allow_defaults": True}
    operation = desk.ann.ask("POST", TASKS, items, **query)
    assert (operation["id"], operation["status"], operation["progress"]) == (operation_id, "SUCCESS", 100)
    assert desk.ann.refusal("POST", TASKS, items, **query) == (409, "OPERATION_ALREADY_EXISTS")
    assert desk.ann.get(f"/api/v1/operations/{operation_id}")["status"] == "SUCCESS"
    tasks = desk.ann.get(TASKS, pool_id=pool_id)["items"]
    assert desk.ann.get(f"/api/v1/operations/{operation_id}/log") == [
        {"type": "TASK_CREATE", "success": True, "input": item, "output": {"task_id": task["id"]}}
        for item, task in zip(items, tasks, strict=True)
    ]
    assert not any(field.startswith("__") for task in tasks for field in task)


def test_rule_03_one_wrong_item_fails_the_whole_operation(desk: FrontDesk) -> None:
    """Unless wrong ones are to be skipped nothing is made, and the log says what is wrong with which field."""
    pool_id = desk.pool()
    items = [{**task_form("a"), "pool_id": pool_id}, {"pool_id": pool_id, "input_values": {"id": "b"}}]
    operation = desk.ann.ask("POST", TASKS, items, async_mode=True, allow_defaults=True, skip_invalid_items=False)
    (step,) = [each for each in desk.ann.get(f"/api/v1/operations/{operation['id']}/log") if not each["success"]]
    assert operation["status"] == "FAIL"
    assert (step["type"], step["output"]["input_values.image"]["code"]) == ("TASK_VALIDATE", "VALUE_REQUIRED")
    assert desk.ann.get(TASKS, pool_id=pool_id)["items"] == []


# Rule 4: without `async_mode`, one object in gives one object out (201), a list gives `items` and `validation_errors` by position.


def test_rule_04_a_synchronous_creation_answers_in_kind(desk: FrontDesk) -> None:
    """An object for an object, positions for a list."""
    pool_id = desk.pool()
    single = desk.ann.call("POST", TASKS, {**task_form("a"), "pool_id": pool_id, "overlap": 1}, async_mode=False)
    assert (single.status_code, single.json()["pool_id"]) == (201, pool_id)
    items = [{"pool_id": pool_id, "input_values": {"nonsense": 1}}, {**task_form("b"), "pool_id": pool_id}]
    made = desk.ann.ask("POST", TASKS, items, async_mode=False, allow_defaults=True, skip_invalid_items=True)
    assert {place: task["input_values"]["id"] for place, task in made["items"].items()} == {"1": "b"}
    assert made["validation_errors"]["0"]["input_values.nonsense"]["code"] == "VALUE_NOT_ALLOWED"


# Rule 5: open, close and archive answer 202 and an operation, or 204 and nothing; an empty pool is refused; parameters name the pool or training.


@pytest.mark.parametrize(("kind", "subject"), [("pools", "pool_id"), ("trainings", "training_id")])
def test_rule_05_changes_of_state_are_operations_or_nothing(desk: FrontDesk, kind: str, subject: str) -> None:
    """Once there is something to do, and never twice."""
    record_id = desk.pool(task_form(), is_open=False) if kind == "pools" else training(desk, is_open=False)
    for change in ("open", "close", "archive"):
        path = f"/api/v1/{kind}/{record_id}/{change}"
        first, second = desk.ann.call("POST", path), desk.ann.call("POST", path)
        operation = first.json()
        assert (first.status_code, operation["type"]) == (202, f"{kind[:-1].upper()}.{change.upper()}")
        assert (operation["status"], operation["parameters"]) == ("SUCCESS", {subject: record_id})
        assert (second.status_code, second.content) == (204, b"")


def test_rule_05_an_empty_pool_cannot_be_opened(desk: FrontDesk) -> None:
    """The refusal is final, so its status is none that clients repeat."""
    assert desk.ann.refusal("POST", f"/api/v1/pools/{desk.pool()}/open") == (400, "EMPTY_POOL")


# Rule 6: a new pool is CLOSED/MANUAL; it closes by itself (COMPLETED) when no overlap is left and nobody is at work, whatever the review.


def test_rule_06_a_pool_closes_by_itself_when_nothing_is_left(desk: FrontDesk) -> None:
    """Nobody is at work and nothing remains; pages in review do not keep it open, pages in hand do."""
    pool_id = desk.pool(task_form("a", overlap=1), task_form("b", overlap=1), is_open=False)
    assert state(desk, pool_id) == ("CLOSED", "MANUAL")
    desk.ann.ask("POST", f"/api/v1/pools/{pool_id}/open")
    worker, other = desk.worker("wim"), desk.worker("eva")
    page = desk.take(other, pool_id)
    desk.answer(worker, pool_id)
    assert state(desk, pool_id)[0] == "OPEN"
    hand_in(other, page)
    assert state(desk, pool_id) == ("CLOSED", "COMPLETED")


def test_rule_06_a_pool_opens_again_when_there_is_something_to_issue(desk: FrontDesk) -> None:
    """Opened without, it closes again at once."""
    pool_id = desk.pool(task_form(overlap=1))
    desk.answer(desk.worker(), pool_id)
    desk.ann.ask("POST", f"/api/v1/pools/{pool_id}/open")
    assert state(desk, pool_id) == ("CLOSED", "COMPLETED")
    task_id = the_task(desk, pool_id)["id"]
    desk.ann.ask("PATCH", f"{TASKS}/{task_id}/set-overlap-or-min", {"overlap": 2})
    desk.ann.ask("POST", f"/api/v1/pools/{pool_id}/open")
    assert state(desk, pool_id)[0] == "OPEN"
    assert desk.take(desk.worker("eva"), pool_id)["tasks"]


# Rule 7: submitted, accepted and rejected pages consume overlap, skipped and expired ones give it back; set-overlap-or-min never goes below.


@pytest.mark.parametrize(
    ("fate", "remaining"), [("submit", 2), ("ACCEPTED", 2), ("REJECTED", 2), ("skip", 3), ("expire", 3)]
)
def test_rule_07_what_consumes_overlap_and_what_gives_it_back(desk: FrontDesk, fate: str, remaining: int) -> None:
    """The requested overlap is set, or what is consumed if that is more, and the task shows it at once."""
    pool_id, worker = desk.pool(task_form(overlap=3)), desk.worker()
    page = desk.take(worker, pool_id)
    if fate == "skip":
        worker.ask("POST", f"{WORK}/{page['id']}/skip")
    elif fate == "expire":
        desk.clock.move(seconds=600)
    else:
        hand_in(worker, page)
        if fate.isupper():
            judge(desk, page["id"], fate)
    task = the_task(desk, pool_id)
    assert (task["overlap"], task["remaining_overlap"]) == (3, remaining)
    path = f"{TASKS}/{task['id']}/set-overlap-or-min"
    assert desk.ann.ask("PATCH", path, {"overlap": 0})["overlap"] == 3 - remaining
    assert the_task(desk, pool_id)["overlap"] == 3 - remaining
    assert desk.ann.ask("PATCH", path, {"overlap": 5})["remaining_overlap"] == 5 - (3 - remaining)


# Rule 8: the mixer gives exact counts, control tasks once per worker, real tasks never twice, an incomplete last page only if forced, and
# tasks only to those for whom they are.


def test_rule_08_pages_are_mixed_exactly(desk: FrontDesk) -> None:
    """Control tasks come once to a worker, so they limit the number of pages; real tasks never come twice."""
    tasks = [*(task_form(f"r{n}") for n in range(9)), *(golden(f"g{n}") for n in range(4))]
    pool_id = desk.pool(*tasks, mixer_config=mixer(real=3, golden=2))
    worker, seen = desk.worker(), []
    for _ in range(2):
        page = desk.take(worker, pool_id)
        found = names(page)
        assert (sum(name[0] == "r" for name in found), sum(name[0] == "g" for name in found)) == (3, 2)
        seen += sorted(found)
        hand_in(worker, page)
    assert len(seen) == len(set(seen)) == 10
    assert worker.refusal("POST", WORK, {"poolId": pool_id}) == (404, "DOES_NOT_EXIST")


@pytest.mark.parametrize(("is_forced", "size"), [(True, 1), (False, None)])
def test_rule_08_an_incomplete_last_page_is_forced_or_kept_back(
    desk: FrontDesk, size: int | None, *, is_forced: bool
) -> None:
    """Fewer real tasks than a page needs are issued only where the pool says so."""
    chosen = mixer(real=2, force_last_assignment=is_forced)
    pool_id = desk.pool(*(task_form(name) for name in "abc"), mixer_config=chosen)
    worker = desk.worker()
    desk.answer(worker, pool_id)
    if size is None:
        assert worker.refusal("POST", WORK, {"poolId": pool_id}) == (403, "POOL_ASSIGNMENTS_EXHAUSTED")
    else:
        assert len(desk.take(worker, pool_id)["tasks"]) == size


def test_rule_08_tasks_go_only_to_those_for_whom_they_are(desk: FrontDesk) -> None:
    """Reserved for some, unavailable for others; ids that nobody has are accepted."""
    pool_id = desk.pool(
        task_form("for-wim", reserved_for=["wim", "nobody"]),
        task_form("not-for-wim", unavailable_for=["wim", "a-model"]),
        mixer_config=mixer(real=5),
    )
    assert names(desk.take(desk.worker("wim"), pool_id)) == {"for-wim"}
    assert names(desk.take(desk.worker("eva"), pool_id)) == {"not-for-wim"}


# Rule 9: assignments show known solutions to the requester only, solutions parallel to tasks, times below a second, and SUBMITTED until judged.


def test_rule_09_assignments_are_complete_for_the_requester(desk: FrontDesk) -> None:
    """The worker sees neither known solutions nor hidden fields; solutions are absent until the page is handed in."""
    pool_id = desk.pool(task_form("r"), golden("g"), mixer_config=mixer(real=1, golden=1))
    worker = desk.worker()
    desk.clock.move(milliseconds=1)
    page = desk.take(worker, pool_id)
    path = f"{ASSIGNMENTS}/{page['id']}"
    assert "solutions" not in desk.ann.get(path)
    desk.clock.move(seconds=30, microseconds=250)
    hand_in(worker, page, "cat", "dog")
    assignment = desk.ann.get(path)
    assert [solution["output_values"]["label"] for solution in assignment["solutions"]] == ["cat", "dog"]
    hidden = [task["input_values"]["id"] for task in assignment["tasks"]]
    assert [f"http://pets.example/{name}.jpg" for name in hidden] == [
        task["input_values"]["image"] for task in page["tasks"]
    ]
    assert [name for name, task in zip(hidden, assignment["tasks"], strict=True) if "known_solutions" in task] == ["g"]
    assert all("known_solutions" not in task and "id" not in task["input_values"] for task in page["tasks"])
    assert assignment["status"] == "SUBMITTED"
    assert assignment["created"].startswith("2026-01-01T00:00:00.001")
    assert assignment["submitted"].startswith("2026-01-01T00:00:30.00125")


# Rule 10: the JSON of a project comes back byte for byte; PUT replaces it.


def test_rule_10_projects_come_back_byte_for_byte(desk: FrontDesk) -> None:
    """Config text, instructions, specs and comments; what PUT does not say is gone."""
    sent = project_form(private_comment="t-1_EN", metadata={"team": ["a", "b"]})
    project = desk.ann.ask("POST", "/api/v1/projects", sent)
    stored = desk.ann.get(f"/api/v1/projects/{project['id']}")
    view, wanted = (document["task_spec"]["view_spec"] for document in (stored, sent))
    assert {name: view[name] for name in wanted} == wanted
    assert {name: stored[name] for name in sent if name != "task_spec"} == {
        name: value for name, value in sent.items() if name != "task_spec"
    }
    for spec in ("input_spec", "output_spec"):
        assert stored["task_spec"][spec] == sent["task_spec"][spec]
    desk.ann.ask("PUT", f"/api/v1/projects/{project['id']}", project_form(public_description=None))
    replaced = desk.ann.get(f"/api/v1/projects/{project['id']}")
    assert replaced["id"] == project["id"]
    assert "metadata" not in replaced
    assert "public_description" not in replaced


# Rule 11: a training is a pool that shows its skill; its tasks are for everybody; there is a way to pass it, or to grant the skill.


def training(desk: FrontDesk, *, is_open: bool = True, project_id: str | None = None) -> str:
    """Return a training of two tasks, both on one page."""
    form = {
        "project_id": project_id or desk.project(),
        "private_name": "first steps",
        "inherited_instructions": True,
        "training_tasks_in_task_suite_count": 2,
        "task_suites_required_to_pass": 1,
        "assignment_max_duration_seconds": 600,
    }
    training_id = str(desk.ann.ask("POST", "/api/v1/trainings", form)["id"])
    hints = {"known_solutions": CAT, "message_on_unknown_solution": "Look at the ears"}
    tasks = [task_form(name, pool_id=training_id, **hints) for name in ("t1", "t2")]
    desk.ann.ask("POST", TASKS, tasks, allow_defaults=True, open_pool=is_open)
    return training_id


def skill_of(desk: FrontDesk, training_id: str) -> str:
    """Return the skill that a training gives, as clients find it: in the rules of its pool."""
    configs = shown(desk, training_id)["quality_control"]["configs"]
    actions = [rule["action"] for config in configs for rule in config["rules"]]
    (action,) = [each for each in actions if each["type"] == "SET_SKILL_FROM_OUTPUT_FIELD"]
    return str(action["parameters"]["skill_id"])


def demanding(desk: FrontDesk, training_id: str, project_id: str) -> str:
    """Return an open pool that requires three quarters of a training."""
    required = {"training_pool_id": training_id, "training_passing_skill_value": 75}
    return desk.pool(task_form(), project_id=project_id, quality_control={"training_requirement": required})


def test_rule_11_a_training_is_a_pool_with_a_skill(desk: FrontDesk) -> None:
    """Its tasks have no end, and its skill has the name of the project."""
    training_id = training(desk)
    assert shown(desk, training_id)["type"] == "TRAINING"
    assert {task["infinite_overlap"] for task in desk.ann.get(TASKS, pool_id=training_id)["items"]} == {True}
    assert desk.ann.get(f"/api/v1/skills/{skill_of(desk, training_id)}")["name"] == "Cats and dogs - training"


@pytest.mark.parametrize(("first", "skill", "is_in"), [(["cat", "cat"], 100, True), (["cat", "dog"], 50, False)])
def test_rule_11_a_training_is_passed_by_first_answers(
    desk: FrontDesk, first: list[str], skill: int, *, is_in: bool
) -> None:
    """A wrong answer brings the hint and has to be put right; the share of first answers that were right opens the pool or does not."""
    project_id, worker = desk.project(), desk.worker()
    training_id = training(desk, project_id=project_id)
    pool_id = demanding(desk, training_id, project_id)
    assert worker.refusal("POST", WORK, {"poolId": pool_id}) == (403, "ACCESS_DENIED")
    page = desk.take(worker, training_id)
    for task, label in zip(page["tasks"], first, strict=True):
        form = {"task_id": task["id"], "output_values": {"label": label}}
        verdict = worker.ask("POST", f"/api/worker/pages/{page['id']}/check", form)
        assert verdict == {"is_right": label == "cat", "hint": "" if label == "cat" else "Look at the ears"}
    hand_in(worker, page)
    (held,) = desk.ann.get("/api/v1/user-skills", user_id=worker.name)["items"]
    assert (held["skill_id"], held["value"]) == (skill_of(desk, training_id), skill)
    attempt = worker.call("POST", WORK, {"poolId": pool_id})
    assert attempt.is_success is is_in


def test_rule_11_the_skill_of_a_training_can_be_granted(desk: FrontDesk) -> None:
    """A program that cannot be trained is let in by its requester."""
    project_id, worker = desk.project(), desk.worker()
    training_id = training(desk, project_id=project_id)
    pool_id = demanding(desk, training_id, project_id)
    value = {"skill_id": skill_of(desk, training_id), "user_id": worker.name, "value": 75}
    desk.ann.ask("PUT", "/api/v1/user-skills", value)
    assert desk.take(worker, pool_id)["tasks"]


# Rule 12: an overlap of 0 for new tasks and a reward of 0 are accepted.


def test_rule_12_nothing_is_a_number(desk: FrontDesk) -> None:
    """Pools whose first attempt is made elsewhere, and pools that nobody is paid for."""
    defaults = {"default_overlap_for_new_tasks": 0, "default_overlap_for_new_task_suites": 0}
    pool_id = desk.pool(task_form(), is_open=False, reward_per_assignment=0, defaults=defaults)
    assert (the_task(desk, pool_id)["overlap"], shown(desk, pool_id)["reward_per_assignment"]) == (0, 0)
    assert shown(desk, pool_id)["defaults"]["default_overlap_for_new_tasks"] == 0


# Rule 13: quality-control rules are evaluated; restrictions show comment and end, and who is restricted gets nothing.


def _skip_twice(desk: FrontDesk, worker: Person, pool_id: str) -> None:
    for _ in range(2):
        worker.ask("POST", f"{WORK}/{desk.take(worker, pool_id)['id']}/skip")


def _answer_in(desk: FrontDesk, worker: Person, pool_id: str, *, seconds: float, label: str = "cat") -> None:
    page = desk.take(worker, pool_id)
    desk.clock.move(seconds=seconds)
    hand_in(worker, page, *[label] * len(page["tasks"]))


@pytest.mark.parametrize(
    ("collector", "conditions", "behaviour"),
    [
        pytest.param(
            {"type": "SKIPPED_IN_ROW_ASSIGNMENTS"}, {"skipped_in_row_count": ("GTE", 2)}, "skip", id="skipped in a row"
        ),
        pytest.param(
            {
                "type": "ASSIGNMENT_SUBMIT_TIME",
                "parameters": {"history_size": 5, "fast_submit_threshold_seconds": 10},
            },
            {"total_submitted_count": ("GTE", 1), "fast_submitted_count": ("GTE", 1)},
            "hurry",
            id="too fast",
        ),
        pytest.param(
            {"type": "GOLDEN_SET", "parameters": {"history_size": 2}},
            {"total_answers_count": ("GTE", 2), "correct_answers_rate": ("LT", 50)},
            "err",
            id="control tasks",
        ),
        pytest.param({"type": "ANSWER_COUNT"}, {"assignments_accepted_count": ("GTE", 2)}, "work", id="enough"),
    ],
)
def test_rule_13_rules_restrict_workers(
    desk: FrontDesk, collector: dict[str, Any], conditions: dict[str, Any], behaviour: str
) -> None:
    """For the time that they name, from the moment at which they held, and with their comment."""
    tasks = [*(task_form(f"r{n}") for n in range(5)), *(golden(f"g{n}") for n in range(5))]
    control = {"configs": [rule(collector, conditions, ban(hours=2, comment=behaviour))]}
    pool_id = desk.pool(*tasks, mixer_config=mixer(real=1, golden=1), quality_control=control)
    worker = desk.worker()
    match behaviour:
        case "skip":
            _skip_twice(desk, worker, pool_id)
        case "hurry":
            _answer_in(desk, worker, pool_id, seconds=9)
        case _:
            for _ in range(2):
                _answer_in(desk, worker, pool_id, seconds=10, label="dog" if behaviour == "err" else "cat")
    (given,) = desk.ann.get("/api/v1/user-restrictions", user_id=worker.name)["items"]
    assert (given["scope"], given["private_comment"]) == ("PROJECT", behaviour)
    assert worker.refusal("POST", WORK, {"poolId": pool_id}) == (403, "INAPPROPRIATE_STATUS")
    desk.clock.move(hours=2)
    assert desk.ann.get("/api/v1/user-restrictions", user_id=worker.name)["items"] == []
    assert desk.take(worker, pool_id)["tasks"]


@pytest.mark.parametrize("answers", ["ccd", "cdd"])
def test_rule_13_rules_set_skills(desk: FrontDesk, answers: str) -> None:
    """From the share of right control answers among the last two."""
    skill = desk.ann.ask("POST", "/api/v1/skills", {"name": "quality"})["id"]
    action = {
        "type": "SET_SKILL_FROM_OUTPUT_FIELD",
        "parameters": {"skill_id": skill, "from_field": "correct_answers_rate"},
    }
    collector = {"type": "GOLDEN_SET", "parameters": {"history_size": 2}}
    control = {"configs": [rule(collector, {"total_answers_count": ("GTE", 2)}, action)]}
    tasks = [*(task_form(f"r{n}") for n in range(3)), *(golden(f"g{n}") for n in range(3))]
    pool_id = desk.pool(*tasks, mixer_config=mixer(real=1, golden=1), quality_control=control)
    worker = desk.worker()
    for answer in answers:
        _answer_in(desk, worker, pool_id, seconds=10, label={"c": "cat", "d": "dog"}[answer])
    (held,) = desk.ann.get("/api/v1/user-skills", skill_id=skill)["items"]
    assert held["value"] == {"ccd": 50, "cdd": 0}[answers]


def test_rule_13_rules_ask_rejected_work_again(desk: FrontDesk) -> None:
    """One answer more for what was rejected, and the pool opens again."""
    collector = {"type": "ASSIGNMENTS_ASSESSMENT"}
    action = {"type": "CHANGE_OVERLAP", "parameters": {"delta": 1, "open_pool": True}}
    control = {"configs": [rule(collector, {"assessment_event": ("EQ", "REJECT")}, action)]}
    pool_id = desk.pool(task_form(overlap=1), quality_control=control)
    page_id = desk.answer(desk.worker("wim"), pool_id)
    assert state(desk, pool_id) == ("CLOSED", "COMPLETED")
    judge(desk, page_id, "REJECTED")
    assert (state(desk, pool_id)[0], the_task(desk, pool_id)["overlap"]) == ("OPEN", 2)
    assert desk.take(desk.worker("eva"), pool_id)["tasks"]


# Rule 14: filters are evaluated on profiles and skills, tests for the absence of a skill included.


@pytest.mark.parametrize(
    ("condition", "admitted"),
    [
        ({"category": "profile", "key": "languages", "operator": "IN", "value": "DE"}, "eva"),
        ({"category": "profile", "key": "country", "operator": "EQ", "value": "RU"}, "wim"),
        ({"category": "profile", "key": "adult_allowed", "operator": "EQ", "value": True}, "wim"),
        ({"category": "computed", "key": "region_by_phone", "operator": "IN", "value": 225}, "wim"),
        ({"category": "computed", "key": "client_type", "operator": "EQ", "value": "BROWSER"}, "eva"),
        ({"category": "skill", "key": "{skill}", "operator": "GT", "value": 80}, "eva"),
        ({"category": "skill", "key": "{skill}", "operator": "EQ"}, "wim"),
        ({"category": "skill", "key": "{skill}", "operator": "NE", "value": None}, "eva"),
    ],
    ids=lambda value: f"{value['key']} {value['operator']}" if isinstance(value, dict) else value,
)
def test_rule_14_filters_choose_workers(desk: FrontDesk, condition: dict[str, Any], admitted: str) -> None:
    """The one of two workers whom the condition means gets a page."""
    wim = {"languages": frozenset({"RU", "EN"}), "country": "RU", "attributes": {"region_by_phone": 225}}
    eva = {"languages": frozenset({"DE"}), "country": "DE", "attributes": {"client_type": "BROWSER"}}
    workers = [desk.worker("wim", **wim), desk.worker("eva", is_adult_content_allowed=False, **eva)]
    skill = desk.ann.ask("POST", "/api/v1/skills", {"name": "expert"})["id"]
    desk.ann.ask("PUT", "/api/v1/user-skills", {"skill_id": skill, "user_id": "eva", "value": 81})
    meant = {**condition, "key": condition["key"].format(skill=skill)}
    pool_id = desk.pool(task_form(), filter={"and": [{"or": [meant]}]})
    found = {worker.name: worker.call("POST", WORK, {"poolId": pool_id}) for worker in workers}
    assert [name for name, response in found.items() if response.is_success] == [admitted]
    (refused,) = [response for response in found.values() if not response.is_success]
    assert (refused.status_code, refused.json()["code"]) == (403, "ACCESS_DENIED")


# Rule 15: errors are JSON with code, message and request id; nothing final is a 409; no 429 has Retry-After; connections are kept and many.


def test_rule_15_errors_are_json_with_a_code(desk: FrontDesk) -> None:
    """Whatever is refused; `refusal` looks at message and request id."""
    pool_id, worker = desk.pool(task_form(overlap=1)), desk.worker()
    page_id = desk.answer(worker, pool_id)
    judge(desk, page_id, "ACCEPTED")
    refusals = {
        desk.ann.refusal("GET", "/api/v1/no-such-thing"): (404, "DOES_NOT_EXIST"),
        desk.ann.refusal("GET", "/api/v1/pools/99999999"): (404, "DOES_NOT_EXIST"),
        desk.ann.refusal("POST", "/api/v1/pools", pool_form("99999999")): (404, "DOES_NOT_EXIST"),
        desk.ann.refusal("POST", "/api/v1/projects", {}): (400, "VALIDATION_ERROR"),
        desk.ann.refusal("PATCH", f"{ASSIGNMENTS}/{page_id}", {"status": "REJECTED"}): (400, "INAPPROPRIATE_STATUS"),
        worker.refusal("POST", WORK, {"poolId": pool_id}): (403, "POOL_INAPPROPRIATE_STATUS"),
    }
    assert all(found == wanted for found, wanted in refusals.items())
    payload = desk.ann.call("POST", "/api/v1/projects", {}).json()["payload"]
    assert payload["public_name"]["code"] == "VALUE_REQUIRED"


def test_rule_15_too_many_guesses_are_refused_without_retry_after() -> None:
    """The header breaks clients."""
    desk = FrontDesk(guesses_per_minute=1)
    answers = [desk.client.get("/api/v1/requester") for _ in range(3)]
    assert (answers[-1].status_code, answers[-1].json()["code"]) == (429, "TOO_MANY_REQUESTS")
    assert "retry-after" not in answers[-1].headers


@pytest.mark.slow
def test_rule_15_connections_are_kept_and_many_wait(tmp_path: Path) -> None:
    """HTTP/1.1 with keep-alive, and room for 128 connections that come at once."""
    with LiveServer(tmp_path / "server.db") as server:
        connections = [HTTPConnection(server.address.removeprefix("http://")) for _ in range(128)]
        for connection in connections:
            connection.connect()
        for _ in range(2):
            for connection in connections:
                connection.request("GET", "/health")
                answer = connection.getresponse()
                assert (answer.status, answer.version, answer.read()) == (200, 11, b'{"status":"ok"}')
        for connection in connections:
            connection.close()


# Rule 16: `OAuth x` and `ApiKey x` both come in; a wrong token is 401 or 403; secrets are never logged.


def test_rule_16_tokens_come_in_both_ways_and_are_never_logged(
    desk: FrontDesk, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the right ones nor the wrong ones."""
    caplog.set_level(logging.DEBUG)
    wrong = "wrong-secret-of-somebody"
    answers = {
        scheme: desk.client.get("/api/v1/requester", headers={"Authorization": f"{scheme} {desk.ann.token}"})
        for scheme in ("OAuth", "ApiKey")
    }
    assert {scheme: answer.status_code for scheme, answer in answers.items()} == {"OAuth": 200, "ApiKey": 200}
    refused = desk.client.get("/api/v1/requester", headers={"Authorization": f"OAuth {wrong}"})
    assert (refused.status_code, refused.json()["code"]) == (401, "AUTHENTICATION_ERROR")
    assert desk.worker().refusal("GET", "/api/v1/requester") == (403, "ACCESS_DENIED")
    said = caplog.text + refused.text
    assert desk.ann.token not in said
    assert wrong not in said


# Rule 17: the balance falls by a reward when a page is accepted and by a bonus at once; amounts have five decimals.


def test_rule_17_money_is_exact(desk: FrontDesk) -> None:
    """Long decimals of clients are rounded; review and rejection cost nothing."""
    pool_id = desk.pool(*(task_form(name) for name in "abc"), reward_per_assignment=0.01234000000000000055)
    worker = desk.worker()

    def balance() -> float:
        return float(desk.ann.get("/api/v1/requester")["balance"])

    before = balance()
    accepted, rejected, _waiting = (desk.answer(worker, pool_id) for _ in range(3))
    assert balance() == before
    assert judge(desk, accepted, "ACCEPTED")["reward"] == 0.01234
    judge(desk, rejected, "REJECTED")
    assert round(before - balance(), 5) == 0.01234
    bonus = {"user_id": worker.name, "amount": 0.5, "without_message": True, "assignment_id": accepted}
    desk.ann.ask("POST", "/api/v1/user-bonuses", bonus)
    assert round(before - balance(), 5) == 0.51234


# Rule 18: outputs of the type url may hold ids of attachments; what is uploaded ends in `/attachments`.


def test_rule_18_an_output_of_the_type_url_holds_an_attachment(desk: FrontDesk) -> None:
    """A worker uploads a file and answers with its id; the requester finds it among the attachments and fetches it."""
    pool_id, worker = desk.pool(task_form(), project_id=desk.project(**recording_form())), desk.worker()
    page, sound = desk.take(worker, pool_id), b"RIFF\x24\x00\x00\x00WAVEfmt and so on"
    uploaded = worker.send(f"/api/worker/pages/{page['id']}/files", sound, name="one.wav").json()
    worker.ask("POST", f"{WORK}/{page['id']}/submit", {"solutions": [{"output_values": {"record": uploaded["id"]}}]})
    (solution,) = desk.ann.get(f"{ASSIGNMENTS}/{page['id']}")["solutions"]
    found = desk.ann.get(ATTACHMENTS, pool_id=pool_id)
    assert [solution["output_values"]["record"]] == [item["id"] for item in found["items"]]
    (attachment,) = found["items"]
    assert (attachment["attachment_type"], attachment["name"]) == ("ASSIGNMENT_ATTACHMENT", "one.wav")
    assert attachment["details"] == {"user_id": "wim", "assignment_id": page["id"], "pool_id": pool_id}
    assert desk.ann.call("GET", f"{ATTACHMENTS}/{attachment['id']}/download").content == sound


def test_rule_18_an_output_of_the_type_url_may_hold_an_address(desk: FrontDesk) -> None:
    """What looks like no file of ours is taken as it is, and given back."""
    pool_id, worker = desk.pool(task_form(), project_id=desk.project(**recording_form())), desk.worker()
    page, foreign_id = desk.take(worker, pool_id), "3fa85f64-5717-4562-b3fc-2c963f66afa6"
    worker.ask("POST", f"{WORK}/{page['id']}/submit", {"solutions": [{"output_values": {"record": foreign_id}}]})
    (solution,) = desk.ann.get(f"{ASSIGNMENTS}/{page['id']}")["solutions"]
    assert solution["output_values"] == {"record": foreign_id}


# Rule 19: all times come from one clock that can be set: creation, submission, expiry, automatic acceptance, restrictions, the end of a pool.


def test_rule_19_everything_follows_one_clock(desk: FrontDesk) -> None:
    """What is due happens when the clock says so, at the moment at which it was due."""
    pool_id = desk.pool(
        task_form("a"),
        task_form("b"),
        auto_accept_period_day=2,
        assignment_max_duration_seconds=60,
        will_expire="2026-01-10T00:00:00",
    )
    worker, other = desk.worker("wim"), desk.worker("eva")
    page_id = desk.answer(worker, pool_id)
    left = desk.take(other, pool_id)
    restriction = {"scope": "POOL", "pool_id": pool_id, "user_id": "wim", "will_expire": "2026-01-02T00:00:00"}
    desk.ann.ask("PUT", "/api/v1/user-restrictions", restriction)
    assert worker.refusal("POST", WORK, {"poolId": pool_id})[1] == "INAPPROPRIATE_STATUS"
    desk.clock.move(days=1)
    expired = desk.ann.get(f"{ASSIGNMENTS}/{left['id']}")
    assert (expired["status"], expired["expired"]) == ("EXPIRED", "2026-01-01T00:01:00")
    assert desk.take(worker, pool_id)["tasks"]
    desk.clock.move(days=2)
    accepted = desk.ann.get(f"{ASSIGNMENTS}/{page_id}")
    assert (accepted["status"], accepted["accepted"]) == ("ACCEPTED", "2026-01-03T00:00:00")
    desk.clock.move(days=30)
    pool = shown(desk, pool_id)
    assert (pool["status"], pool["last_close_reason"], pool["last_stopped"]) == (
        "CLOSED",
        "EXPIRED",
        "2026-01-10T00:00:00",
    )


# Rule 20: after a restart an operation's id is still known, and pages have expired while the server was down.


def test_rule_20_a_restart_forgets_nothing(tmp_path: Path) -> None:
    """A new server over the same store knows the operation, the token and the page, and what was due meanwhile has happened."""
    file, operation_id = tmp_path / "server.db", str(uuid.uuid4())
    query = {"operation_id": operation_id, "async_mode": True, "allow_defaults": True}
    before = FrontDesk(SqliteStore(file))
    pool_id = before.pool()
    item = {**task_form(overlap=1), "pool_id": pool_id}
    before.ann.ask("POST", TASKS, item, **query)
    before.ann.ask("POST", f"/api/v1/pools/{pool_id}/open")
    worker = before.worker()
    page = before.take(worker, pool_id)
    before.store.close()
    after = FrontDesk(SqliteStore(file))
    after.clock.move(seconds=601)
    ann, again = Person(after.client, "default", before.ann.token), Person(after.client, worker.name, worker.token)
    assert ann.refusal("POST", TASKS, item, **query) == (409, "OPERATION_ALREADY_EXISTS")
    assert ann.get(f"/api/v1/operations/{operation_id}")["status"] == "SUCCESS"
    assert len(ann.get(TASKS, pool_id=pool_id)["items"]) == 1
    expired = ann.get(f"{ASSIGNMENTS}/{page['id']}")
    assert (expired["status"], expired["expired"]) == ("EXPIRED", "2026-01-01T00:10:00")
    assert again.refusal("POST", f"{WORK}/{page['id']}/submit", {"solutions": CAT}) == (400, "INAPPROPRIATE_STATUS")
    assert ann.get(f"/api/v1/pools/{pool_id}")["status"] == "OPEN"
    after.store.close()


@pytest.mark.slow
def test_rule_20_a_kill_forgets_nothing(tmp_path: Path) -> None:
    """The same with a process that was killed: what was answered is done."""
    file = tmp_path / "server.db"
    with LiveServer(file) as server:
        before = _ask(server, "POST", "/api/v1/projects", project_form())
    with LiveServer(file) as server:
        after = _ask(server, "GET", f"/api/v1/projects/{before['id']}")
    assert after == before


def _ask(server: LiveServer, method: str, path: str, body: Any = None) -> Any:
    response = httpx.request(method, f"{server.address}{path}", json=body, **options())
    assert response.is_success, response.text
    return response.json()
