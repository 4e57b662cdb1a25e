"""Rows of pools and launches, and what is told of them."""

import json
import time
from datetime import timedelta
from typing import Any

import pytest

import manyhands as mh
from manyhands.crowd import PoolType, SystemClock
from manyhands.server.pages.figures import estimate_eta
from manyhands.server.pages.watch import PoolRow, PoolWatch, RowKind
from tests.unit.server.pages.watched import Watched, make_watched


@pytest.fixture(autouse=True)
def now_s(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds by which watches measure; only a test moves them, so that no look is cut short on a busy machine."""
    seconds = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: seconds[0])
    return seconds


@pytest.fixture
def watched() -> Watched:
    """A server with two finished baskets."""
    return make_watched()


def _rows(watched: Watched, watch: PoolWatch | None = None) -> dict[str, PoolRow]:
    return {row.name: row for row in (watch or PoolWatch()).look(watched.desk)}


def test_baskets_are_rows_of_one_whole(watched: Watched) -> None:
    """Each tells its state, its pages, its money, and the budget that it shares."""
    red, green = _rows(watched)["day/red"], _rows(watched)["day/green"]
    assert (red.kind, red.whole, red.state, red.pool_state) == (RowKind.LAUNCH, "day", "finished", "CLOSED")
    assert (red.object_count, red.finished_count, green.object_count) == (20, 20, 30)
    assert red.budget_id == green.budget_id
    assert red.budget == 40.0
    assert red.budget_left == pytest.approx(40 - red.paid - green.paid)
    assert red.paid == float(watched.platform.spending(watched.pool("red")).paid)
    assert red.pages["ACCEPTED"] > 0
    assert red.obstacle == ""
    assert not red.is_left_alone


def test_quality_is_told_with_how_sure_it_is(watched: Watched) -> None:
    """Confidence, agreement with and without chance, and what the control tasks let expect."""
    row = _rows(watched)["day/green"]
    assert row.confidence is not None
    assert row.agreement is not None
    assert row.alpha is not None
    assert row.alpha < row.agreement < row.confidence
    assert row.expected is not None
    assert row.expected_low is not None
    assert row.expected_high is not None
    assert row.expected_low < row.expected < row.expected_high
    assert row.expected_count > 0


def test_pools_that_nobody_launched_are_rows_of_their_own(watched: Watched) -> None:
    """Those of launches over HTTP are told by their key, and trainings by their type."""
    watched.make_pool("bare", private_note="by hand")
    watched.make_pool("launch:far/away")
    watched.make_pool("lesson", type=PoolType.TRAINING)
    rows = _rows(watched)
    assert (rows["by hand"].kind, rows["by hand"].whole, rows["by hand"].state) == (RowKind.POOL, "", "")
    assert (rows["far/away"].kind, rows["far/away"].whole) == (RowKind.ELSEWHERE, "far")
    assert rows["lesson"].kind is RowKind.TRAINING


def test_a_launch_of_the_same_name_elsewhere_is_another_one(watched: Watched) -> None:
    """What the journal says of a launch is believed of its own pool only."""
    watched.platform.journal.create("twin", {"state": "running", "pool_id": watched.pool("red")})
    watched.make_pool("launch:twin")
    assert _rows(watched)["twin"].kind is RowKind.ELSEWHERE


@pytest.mark.parametrize(
    ("state", "is_heard", "expected"),
    [("running", True, False), ("running", False, True), ("stopped", False, False)],
    ids=["attended", "killed", "over"],
)
def test_a_launch_that_nobody_works_on_is_left_alone(
    watched: Watched, state: str, *, is_heard: bool, expected: bool
) -> None:
    """Whoever works on it is heard of."""
    journal = watched.platform.journal
    journal.update("day/red", {**(journal.find("day/red") or {}), "state": state})
    journal.attend("day/red", "ann")
    if is_heard:
        journal.beat("ann", now=SystemClock().now())
    assert _rows(watched)["day/red"].is_left_alone is expected


def test_what_was_asked_for_is_told(watched: Watched) -> None:
    """A stop or a resume that was not carried out yet, an error, and why nobody else can go on."""
    journal = watched.platform.journal
    journal.request_stop("day/red")
    journal.request_resume("day/green")
    document = {**(journal.find("day/green") or {}), "problem": "no room", "params_record": None, "is_hosted": True}
    journal.update("day/green", {**document, "file": "/home/ann/day.toml"})
    red, green = _rows(watched)["day/red"], _rows(watched)["day/green"]
    assert (red.is_stop_requested, red.is_resume_requested) == (True, False)
    assert (green.is_stop_requested, green.is_resume_requested, green.is_hosted) == (False, True, True)
    assert (green.problem, green.file) == ("no room", "/home/ann/day.toml")
    assert "cannot be written down" in green.obstacle


def test_launches_of_older_versions_are_wholes_by_their_name(watched: Watched) -> None:
    """Nobody wrote down what they are baskets of."""
    journal = watched.platform.journal
    document = {name: value for name, value in (journal.find("day/red") or {}).items() if name != "whole"}
    journal.update("day/red", document)
    assert _rows(watched)["day/red"].whole == "day"


def test_only_what_changed_is_told(watched: Watched, now_s: list[float]) -> None:
    """All rows first; then nothing until something happens; a mark of another watch means nothing."""
    watch = PoolWatch()
    first = watch.changes(watched.desk, "")
    assert {json.loads(row)["name"] for row in first.rows} == {"day/red", "day/green"}
    now_s[0] += 1
    assert watch.changes(watched.desk, first.mark) == (first.mark, [])
    watched.platform.put_budget("baskets:day", mh.Money(50))
    watched.make_pool("bare")
    now_s[0] += 1
    second = watch.changes(watched.desk, first.mark)
    assert {json.loads(row)["name"] for row in second.rows} == {"day/red", "day/green", "bare"}
    assert watch.knows(second.mark)
    other = PoolWatch()
    assert not other.knows(second.mark)
    assert len(other.changes(watched.desk, second.mark).rows) == 3


def test_many_who_watch_cost_one_look(watched: Watched, now_s: list[float]) -> None:
    """Within a moment everybody sees the same."""
    watch = PoolWatch()
    rows = watch.look(watched.desk)
    watched.make_pool("bare")
    assert watch.look(watched.desk) is rows
    now_s[0] += 1
    assert len(watch.look(watched.desk)) == 3


def test_a_pool_that_takes_long_to_read_is_read_seldom(
    watched: Watched, now_s: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tenth of the time at most goes into reading it; money and state are current all the same."""
    reads: list[str] = []
    platform = type(watched.platform)
    original = platform.list_tasks

    def slow(self: Any, pool_id: Any, *rest: Any, **options: Any) -> Any:
        reads.append(pool_id)
        now_s[0] += 3
        return original(self, pool_id, *rest, **options)

    monkeypatch.setattr(platform, "list_tasks", slow)
    watch = PoolWatch()
    for _ in range(3):
        now_s[0] += 1
        watch.look(watched.desk)
    assert sorted(reads) == sorted([watched.pool("red"), watched.pool("green")])
    watched.platform.close_pool(watched.pool("red"))
    now_s[0] += 2
    watch.look(watched.desk)
    assert len(reads) == 2
    now_s[0] += 31
    watch.look(watched.desk)
    assert reads[2:] == [watched.pool("red")]


@pytest.mark.parametrize(("finished_count", "expected"), [(2, False), (3, True)], ids=["too few", "enough"])
def test_an_estimate_needs_a_pace(finished_count: int, *, expected: bool) -> None:
    """And its range holds the middle."""
    eta = estimate_eta(elapsed=timedelta(minutes=9), finished_count=finished_count, object_count=10)
    assert (eta is not None) is expected
    assert eta is None or eta.low < eta.middle < eta.high
