"""What the requester's page asks of projects and pools."""

from typing import Any

import pytest

from manyhands.crowd import PoolStatus, SystemClock, TaskDraft
from tests.unit.server.pages.watched import Watched, make_watched


@pytest.fixture
def watched() -> Watched:
    """A server with two finished baskets."""
    return make_watched()


@pytest.fixture(scope="module")
def untouched() -> Watched:
    """The same, for tests that change nothing there."""
    return make_watched()


def _set(watched: Watched, basket: str, **facts: Any) -> None:
    journal = watched.platform.journal
    journal.update(f"day/{basket}", {**(journal.find(f"day/{basket}") or {}), **facts})


def test_projects_are_listed_latest_first(watched: Watched) -> None:
    """With what workers read, and what may be answered."""
    watched.make_pool("bare")
    plain, parity = watched.get("projects")["items"]
    assert (plain["name"], plain["labels"]) == ("Plain", [])
    assert (parity["name"], parity["key"], parity["labels"]) == ("Even or odd?", "parity_EN", ["even", "odd"])
    assert watched.get(f"projects/{parity['id']}") == parity


def test_a_pool_tells_in_words_what_was_chosen(watched: Watched) -> None:
    """What the launch chose, where it is written down, and what the platform knows of any pool."""
    sheet = watched.get(f"pools/{watched.pool('red')}/sheet")
    facts = {fact["name"]: fact["text"] for fact in sheet["facts"]}
    assert sheet["project_name"] == "Even or odd?"
    assert facts["Page"] == "4 objects and 1 control task, $0.05 for an accepted page, and a fee of $0.00"
    assert facts["Answers"] == "2 to 4 answers an object, until it is 90% sure"
    rules = [fact["text"] for fact in sheet["facts"] if fact["name"] in ("Rules of the launch", "")]
    assert "less than 50% of the control tasks right: the page is rejected" in rules
    assert "at most 10% of the expected time: the worker is restricted in this pool for 1 day" in rules
    bare = watched.get(f"pools/{watched.make_pool('bare')}/sheet")
    assert {"name": "Answers", "text": "1 answer an object, unless an object says otherwise"} in bare["facts"]


def test_a_pool_is_opened_and_closed_by_hand(watched: Watched) -> None:
    """And one without tasks is not opened."""
    pool = watched.make_pool("bare")
    assert watched.refusal("POST", f"pools/{pool}/open")[0] == 400
    watched.platform.add_tasks(pool, [TaskDraft(key="a", input_values={})])
    assert watched.call("POST", f"pools/{pool}/open").is_success
    assert watched.platform.get_pool(pool).status is PoolStatus.OPEN
    assert watched.call("POST", f"pools/{pool}/close").is_success
    assert watched.platform.get_pool(pool).status is PoolStatus.CLOSED


def test_a_launch_that_runs_is_asked_to_stop(watched: Watched) -> None:
    """Whoever works on it carries it out, and a wish to resume is over."""
    _set(watched, "red", state="running")
    journal = watched.platform.journal
    journal.attend("day/red", "ann")
    journal.beat("ann", now=SystemClock().now())
    journal.request_resume("day/red")
    assert watched.call("POST", f"pools/{watched.pool('red')}/stop").is_success
    assert (journal.stop_requests(), journal.resume_requests()) == (frozenset({"day/red"}), frozenset())


def test_a_launch_that_nobody_works_on_is_ended_at_once(watched: Watched) -> None:
    """Its pool is closed and its state says so; nobody would carry out a request."""
    _set(watched, "red", state="running")
    watched.platform.open_pool(watched.pool("red"))
    assert watched.call("POST", f"pools/{watched.pool('red')}/stop").is_success
    assert (watched.platform.journal.find("day/red") or {})["state"] == "stopped"
    assert watched.platform.journal.stop_requests() == frozenset()


def test_a_launch_over_http_is_stopped_by_closing_its_pool(watched: Watched) -> None:
    """Whoever launched sees it; and only they can go on."""
    pool = watched.make_pool("launch:far")
    watched.platform.add_tasks(pool, [TaskDraft(key="a", input_values={})])
    watched.platform.open_pool(pool)
    assert watched.call("POST", f"pools/{pool}/stop").is_success
    assert watched.platform.get_pool(pool).status is PoolStatus.CLOSED
    status, message = watched.refusal("POST", f"pools/{pool}/resume")
    assert (status, "launched over HTTP" in message) == (400, True)


def test_a_resume_is_a_wish_that_servers_pick_up(watched: Watched) -> None:
    """It is written down, for this server or any other on the store."""
    _set(watched, "red", state="stopped")
    watched.platform.journal.request_stop("day/red")
    assert watched.call("POST", f"pools/{watched.pool('red')}/resume").is_success
    assert watched.platform.journal.resume_requests() == frozenset({"day/red"})
    assert watched.platform.journal.stop_requests() == frozenset()


@pytest.mark.parametrize(
    ("facts", "is_heard", "told"),
    [
        ({"state": "running"}, True, "Somebody works on"),
        ({"state": "stopped", "params_record": None}, False, "cannot be written down"),
        ({"state": "stopped", "task_count": 3}, False, "not all of its objects"),
    ],
    ids=["attended", "own params", "half published"],
)
def test_why_a_launch_cannot_be_resumed_is_told(
    watched: Watched, facts: dict[str, Any], told: str, *, is_heard: bool
) -> None:
    """At once, and nothing is written down."""
    _set(watched, "red", **facts)
    if is_heard:
        watched.platform.journal.attend("day/red", "ann")
        watched.platform.journal.beat("ann", now=SystemClock().now())
    status, message = watched.refusal("POST", f"pools/{watched.pool('red')}/resume")
    assert (status, told in message) == (400, True)
    assert watched.platform.journal.resume_requests() == frozenset()


def test_baskets_are_stopped_and_resumed_together(watched: Watched) -> None:
    """Those that refuse are named, the others do as asked."""
    bare = watched.make_pool("bare")
    _set(watched, "red", state="stopped")
    pools = [watched.pool("red"), watched.pool("green"), bare]
    answer = watched.call("POST", "resumes", {"pool_ids": pools}).json()
    assert [refusal["pool_id"] for refusal in answer["items"]] == [bare]
    assert watched.platform.journal.resume_requests() == frozenset({"day/red", "day/green"})
    _set(watched, "green", state="running")
    assert watched.call("POST", "stops", {"pool_ids": pools[:2]}).json() == {"items": []}
    assert (watched.platform.journal.find("day/green") or {})["state"] == "stopped"


def test_a_pool_without_a_launch_has_nothing_to_resume(watched: Watched) -> None:
    """And none without a budget has one to raise."""
    pool = watched.make_pool("bare")
    assert watched.refusal("POST", f"pools/{pool}/resume")[0] == 404
    assert watched.refusal("PUT", f"pools/{pool}/budget", {"ceiling": "5"})[0] == 400


@pytest.mark.parametrize(
    ("method", "door"),
    [
        ("GET", "sheet"), ("POST", "open"), ("POST", "close"), ("POST", "stop"), ("POST", "resume"), ("GET", "objects"), ("GET", "object"),
        ("GET", "workers"), ("GET", "worker"), ("GET", "controls"), ("GET", "control"), ("GET", "plots"), ("GET", "reviews"),
        ("GET", "preview"), ("GET", "labels.csv"), ("GET", "answers.jsonl"),
    ],
)  # fmt: skip
def test_a_foreign_pool_is_answered_like_a_missing_one(untouched: Watched, method: str, door: str) -> None:
    """Word for word, but for the number."""
    foreign = untouched.refusal(method, f"pools/{untouched.pool('red')}/{door}", requester="other")
    missing = untouched.refusal(method, f"pools/99999999/{door}", requester="other")
    assert foreign == (404, missing[1].replace("99999999", untouched.pool("red")))


def test_a_foreign_project_and_foreign_baskets_are_not_there(untouched: Watched) -> None:
    """Neither in the list nor by their id or name."""
    (project,) = untouched.get("projects")["items"]
    assert untouched.call("GET", "projects", requester="other").json() == {"items": []}
    assert untouched.refusal("GET", f"projects/{project['id']}", requester="other")[0] == 404
    assert untouched.refusal("GET", "baskets/labels.csv", requester="other", whole="day")[0] == 404
    refused = untouched.call("POST", "stops", {"pool_ids": [untouched.pool("red")]}, requester="other").json()
    assert [refusal["pool_id"] for refusal in refused["items"]] == [untouched.pool("red")]
