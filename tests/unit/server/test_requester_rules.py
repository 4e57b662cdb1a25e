"""What holds of every list, operation and error of the requester API."""

import uuid

import pytest

from tests.unit.server.front_desk import TASKS, FrontDesk, pool_form, project_form, task_form


def test_ids_are_strings_of_one_width_in_order_of_creation(desk: FrontDesk) -> None:
    """Clients compare ids as text and drop what a numeric order would hide."""
    pool_id = desk.pool(*(task_form(str(n)) for n in range(20)))
    ids = [task["id"] for task in desk.ann.get(TASKS, pool_id=pool_id)["items"]]
    assert ids == sorted(ids)
    assert {len(task_id) for task_id in ids} == {36}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        pytest.param({"id_gt": 1}, "cde", id="behind"),
        pytest.param({"id_gte": 1}, "bcde", id="from"),
        pytest.param({"id_lt": 2}, "ab", id="before"),
        pytest.param({"id_gte": 1, "id_lte": 3}, "bcd", id="between"),
        pytest.param({"sort": "-id"}, "edcba", id="falling"),
    ],
)
def test_lists_are_cut_by_ranges_of_ids(desk: FrontDesk, query: dict[str, object], names: str) -> None:
    """Ranges include or exclude their bounds as their names say."""
    pool_id = desk.pool(*(task_form(name) for name in "abcde"))
    ids = [task["id"] for task in desk.ann.get(TASKS, pool_id=pool_id)["items"]]
    asked = {name: ids[value] if isinstance(value, int) else value for name, value in query.items()}
    found = desk.ann.get(TASKS, pool_id=pool_id, **asked)["items"]
    assert "".join(task["input_values"]["id"] for task in found) == names


def test_paging_misses_nothing_while_tasks_are_added(desk: FrontDesk) -> None:
    """Asking for what lies behind the last id gives every task once."""
    pool_id = desk.pool(*(task_form(str(n)) for n in range(5)))
    seen: list[str] = []
    has_more = True
    while has_more:
        behind = {"id_gt": seen[-1]} if seen else {}
        page = desk.ann.get(TASKS, pool_id=pool_id, sort="id", limit=2, **behind)
        seen += [task["id"] for task in page["items"]]
        has_more = page["has_more"]
        if len(seen) == 2:
            desk.ann.ask("POST", TASKS, {**task_form("late"), "pool_id": pool_id}, allow_defaults=True)
    assert len(seen) == len(set(seen)) == 6


def test_several_statuses_are_separated_by_commas(desk: FrontDesk) -> None:
    """A list of pools shows those whose status is among the named ones."""
    opened, closed = desk.pool(task_form()), desk.pool()
    found = desk.ann.get("/api/v1/pools", status="OPEN,CLOSED", sort="-created,id")["items"]
    assert {pool["id"] for pool in found} == {opened, closed}
    assert [pool["id"] for pool in desk.ann.get("/api/v1/pools", status="OPEN")["items"]] == [opened]


def test_operation_has_the_id_that_the_client_gave(desk: FrontDesk) -> None:
    """Small batches are over when they are answered, and their log echoes every item with its marker."""
    pool_id, operation_id = desk.pool(), str(uuid.uuid4())
    item = {**task_form(), "pool_id": pool_id, "__item_idx": "0"}
    operation = desk.ann.ask("POST", TASKS, [item], operation_id=operation_id, async_mode=True, allow_defaults=True)
    (step,) = desk.ann.get(f"/api/v1/operations/{operation_id}/log")
    (task,) = desk.ann.get(TASKS, pool_id=pool_id)["items"]
    assert (operation["id"], operation["status"], operation["type"]) == (operation_id, "SUCCESS", "TASK.BATCH_CREATE")
    assert step == {"type": "TASK_CREATE", "success": True, "input": item, "output": {"task_id": task["id"]}}
    assert "__item_idx" not in task


def test_operation_that_is_repeated_is_refused_and_makes_nothing(desk: FrontDesk) -> None:
    """A client that lost the answer asks for the operation instead."""
    pool_id, operation_id = desk.pool(), str(uuid.uuid4())
    query = {"operation_id": operation_id, "async_mode": True, "allow_defaults": True}
    desk.ann.ask("POST", TASKS, {**task_form(), "pool_id": pool_id}, **query)
    refusal = desk.ann.refusal("POST", TASKS, {**task_form(), "pool_id": pool_id}, **query)
    assert refusal == (409, "OPERATION_ALREADY_EXISTS")
    assert len(desk.ann.get(TASKS, pool_id=pool_id)["items"]) == 1


def test_one_wrong_item_makes_the_whole_operation_fail(desk: FrontDesk) -> None:
    """Unless invalid items are to be skipped nothing is made, and the log tells what is wrong."""
    pool_id = desk.pool()
    items = [{**task_form("a"), "pool_id": pool_id}, {"pool_id": pool_id, "input_values": {"id": "b"}}]
    operation = desk.ann.ask("POST", TASKS, items, async_mode=True, allow_defaults=True)
    (step,) = desk.ann.get(f"/api/v1/operations/{operation['id']}/log")
    assert operation["status"] == "FAIL"
    assert (step["type"], step["output"]["input_values.image"]["code"]) == ("TASK_VALIDATE", "VALUE_REQUIRED")
    assert desk.ann.get(TASKS, pool_id=pool_id)["items"] == []


def test_invalid_items_are_skipped_when_that_is_wished(desk: FrontDesk) -> None:
    """What was made and what was wrong stand under their places in the request."""
    pool_id = desk.pool()
    items = [{"pool_id": pool_id, "input_values": {"nonsense": 1}}, {**task_form("b"), "pool_id": pool_id}]
    made = desk.ann.ask("POST", TASKS, items, skip_invalid_items=True, allow_defaults=True)
    assert list(made["items"]) == ["1"]
    assert made["validation_errors"]["0"]["input_values.nonsense"]["code"] == "VALUE_NOT_ALLOWED"


def test_single_object_comes_back_as_an_object(desk: FrontDesk) -> None:
    """Without async_mode one object in means one object out, with status 201."""
    pool_id = desk.pool()
    response = desk.ann.call("POST", TASKS, {**task_form(), "pool_id": pool_id, "overlap": 3})
    assert response.status_code == 201
    assert response.json()["overlap"] == response.json()["remaining_overlap"] == 3


def test_sync_request_that_is_sent_again_makes_nothing_new(desk: FrontDesk) -> None:
    """The operation's id names the items for ever, also without async_mode."""
    pool_id, operation_id = desk.pool(), str(uuid.uuid4())
    item = {**task_form(), "pool_id": pool_id, "overlap": 1}
    first, second = (desk.ann.ask("POST", TASKS, item, operation_id=operation_id) for _ in range(2))
    assert first["id"] == second["id"]


def test_opening_and_closing_answer_with_an_operation_or_with_nothing(desk: FrontDesk) -> None:
    """A pool that is in the wanted state already gives 204 and no body."""
    pool_id = desk.pool(task_form(), is_open=False)
    first, second = (desk.ann.call("POST", f"/api/v1/pools/{pool_id}/open") for _ in range(2))
    assert (first.status_code, first.json()["type"], first.json()["status"]) == (202, "POOL.OPEN", "SUCCESS")
    assert first.json()["parameters"] == {"pool_id": pool_id}
    assert (second.status_code, second.content) == (204, b"")
    assert [desk.ann.call("POST", f"/api/v1/pools/{pool_id}/close").status_code for _ in range(2)] == [202, 204]


def test_pool_without_tasks_cannot_be_opened(desk: FrontDesk) -> None:
    """The refusal is final, so it is no 409."""
    assert desk.ann.refusal("POST", f"/api/v1/pools/{desk.pool()}/open") == (400, "EMPTY_POOL")


def test_new_pool_is_closed_by_hand(desk: FrontDesk) -> None:
    """A pool begins closed, with the reason MANUAL."""
    pool = desk.ann.get(f"/api/v1/pools/{desk.pool()}")
    assert (pool["status"], pool["last_close_reason"], pool["type"]) == ("CLOSED", "MANUAL", "REGULAR")


def test_pool_closes_when_everything_is_answered_whatever_the_review(desk: FrontDesk) -> None:
    """Pages in review keep no pool open."""
    pool_id = desk.pool(task_form(overlap=1))
    desk.answer(desk.worker(), pool_id)
    pool = desk.ann.get(f"/api/v1/pools/{pool_id}")
    assert (pool["status"], pool["last_close_reason"]) == ("CLOSED", "COMPLETED")


def test_overlap_can_be_raised_and_never_falls_below_what_was_handed_out(desk: FrontDesk) -> None:
    """A rejected page consumes its overlap; set-overlap-or-min shows the new value at once."""
    pool_id = desk.pool(task_form(overlap=2))
    page_id = desk.answer(desk.worker(), pool_id)
    desk.ann.ask("PATCH", f"/api/v1/assignments/{page_id}", {"status": "REJECTED", "public_comment": "wrong"})
    (task,) = desk.ann.get(TASKS, pool_id=pool_id)["items"]
    path = f"{TASKS}/{task['id']}/set-overlap-or-min"
    assert desk.ann.ask("PATCH", path, {"overlap": 0})["overlap"] == 1
    assert desk.ann.ask("PATCH", path, {"overlap": 4})["overlap"] == 4
    assert desk.ann.get(f"{TASKS}/{task['id']}")["remaining_overlap"] == 3


def test_project_comes_back_byte_for_byte(desk: FrontDesk) -> None:
    """Clients compare config, instructions and specs with what they sent."""
    sent = project_form()
    shown = desk.ann.ask("POST", "/api/v1/projects", sent)
    view, sent_view = (document["task_spec"].pop("view_spec") for document in (shown, sent))
    assert {name: shown[name] for name in sent} == sent
    assert {name: view[name] for name in sent_view} == sent_view


def test_project_is_replaced_as_a_whole(desk: FrontDesk) -> None:
    """PUT leaves nothing of what is not said again."""
    project_id = desk.project()
    desk.ann.ask("PUT", f"/api/v1/projects/{project_id}", project_form(public_description=None, public_name="Pets"))
    shown = desk.ann.get(f"/api/v1/projects/{project_id}")
    assert shown["public_name"] == "Pets"
    assert "public_description" not in shown


def test_pools_may_be_free_and_hold_tasks_back(desk: FrontDesk) -> None:
    """Reward 0 and a default overlap of 0 are accepted."""
    defaults = {"default_overlap_for_new_tasks": 0, "default_overlap_for_new_task_suites": 0}
    pool_id = desk.pool(task_form(), is_open=False, reward_per_assignment=0, defaults=defaults)
    (task,) = desk.ann.get(TASKS, pool_id=pool_id)["items"]
    assert (task["overlap"], desk.ann.get(f"/api/v1/pools/{pool_id}")["reward_per_assignment"]) == (0, 0)


def test_requester_sees_known_solutions_and_workers_do_not(desk: FrontDesk) -> None:
    """A control task can be told in the assignment, never on the page."""
    known = [{"output_values": {"label": "cat"}}]
    mixer = {"real_tasks_count": 1, "golden_tasks_count": 1, "training_tasks_count": 0}
    tasks = task_form("real"), task_form("gold", known_solutions=known, infinite_overlap=True)
    pool_id = desk.pool(*tasks, mixer_config=mixer)
    page = desk.take(desk.worker(), pool_id)
    (assignment,) = desk.ann.get("/api/v1/assignments", pool_id=pool_id)["items"]
    assert all(set(task) == {"id", "input_values"} for task in page["tasks"])
    assert all("id" not in task["input_values"] for task in page["tasks"])
    assert sum("known_solutions" in task for task in assignment["tasks"]) == 1


def test_money_is_rounded_and_the_balance_falls_when_it_is_paid(desk: FrontDesk) -> None:
    """Amounts have five decimals; rewards are paid on acceptance, bonuses at once."""
    desk.accounts.credit("default", desk.accounts.get_requester("default").balance)
    pool_id, worker = desk.pool(task_form(), reward_per_assignment=0.02000000000000000041633363), desk.worker()
    page_id = desk.answer(worker, pool_id)
    assert desk.ann.get("/api/v1/requester")["balance"] == 0
    desk.ann.ask("PATCH", f"/api/v1/assignments/{page_id}", {"status": "ACCEPTED", "public_comment": ""})
    bonus = {"user_id": worker.name, "amount": 0.5, "without_message": True}
    desk.ann.ask("POST", "/api/v1/user-bonuses", bonus)
    assert desk.ann.get("/api/v1/requester")["balance"] == -0.52


def test_expiry_follows_the_clock_of_the_server(desk: FrontDesk) -> None:
    """A page that is not handed in goes back when its time is over, and times have no zone."""
    pool_id = desk.pool(task_form(overlap=1))
    page = desk.take(desk.worker(), pool_id)
    desk.clock.move(seconds=601)
    shown = desk.ann.get(f"/api/v1/assignments/{page['id']}")
    assert shown["status"] == "EXPIRED"
    assert not shown["expired"].endswith("Z")


def test_restriction_replaces_the_one_in_the_same_place(desk: FrontDesk) -> None:
    """A worker has one restriction per scope; it shows comment and end, and goes when it is deleted."""
    worker, pool_id = desk.worker(), desk.pool(task_form())
    form = {"scope": "POOL", "pool_id": pool_id, "user_id": worker.name, "private_comment": "too fast"}
    desk.ann.ask("PUT", "/api/v1/user-restrictions", form)
    desk.ann.ask("PUT", "/api/v1/user-restrictions", {**form, "private_comment": "wrong"})
    (shown,) = desk.ann.get("/api/v1/user-restrictions", user_id=worker.name)["items"]
    assert (shown["private_comment"], "will_expire" in shown) == ("wrong", False)
    assert worker.refusal("POST", "/api/i-v2/assignment-executions", {"poolId": pool_id})[1] == "INAPPROPRIATE_STATUS"
    assert desk.ann.call("DELETE", f"/api/v1/user-restrictions/{shown['id']}").status_code == 204
    assert desk.take(worker, pool_id)["tasks"]


def test_no_requester_sees_the_records_of_another(desk: FrontDesk) -> None:
    """Ids of others look like ids of nothing, and lists leave them out."""
    bob = desk.requester("bob")
    pool_id = desk.pool(task_form())
    (task,) = desk.ann.get(TASKS, pool_id=pool_id)["items"]
    page_id = desk.answer(desk.worker(), pool_id)
    project_id = desk.ann.get(f"/api/v1/pools/{pool_id}")["project_id"]
    operation = desk.ann.get("/api/v1/operations")["items"][0]
    paths = [f"pools/{pool_id}", f"projects/{project_id}", f"tasks/{task['id']}", f"assignments/{page_id}"]
    paths += [f"operations/{operation['id']}", f"tasks?pool_id={pool_id}", f"assignments?pool_id={pool_id}"]
    assert {bob.refusal("GET", f"/api/v1/{path}") for path in paths} == {(404, "DOES_NOT_EXIST")}
    assert bob.refusal("POST", "/api/v1/pools", pool_form(project_id)) == (404, "DOES_NOT_EXIST")
    assert all(
        bob.get(f"/api/v1/{name}")["items"] == [] for name in ("pools", "projects", "operations", "user-bonuses")
    )
