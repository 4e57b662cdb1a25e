"""What the requester's page asks of one launch, over HTTP."""

from typing import Any

import pytest

import manyhands as mh
from manyhands.crowd import PoolStatus, RestrictionDraft, RestrictionScope, WorkerId
from tests.flow.parity import make_params
from tests.unit.server.pages.watched import Watched, make_watched


@pytest.fixture(scope="module")
def watched() -> Watched:
    """A server with two finished baskets."""
    return make_watched()


def _objects(watched: Watched, basket: str = "green") -> list[dict[str, Any]]:
    return watched.get(f"pools/{watched.pool(basket)}/objects")["items"]  # type: ignore[no-any-return]  # JSON


def test_objects_come_with_the_least_sure_first(watched: Watched) -> None:
    """Each with its label in a word, and its answers."""
    entries = _objects(watched)
    confidences = [entry["confidence"] for entry in entries]
    assert confidences == sorted(confidences)
    assert {entry["label"] for entry in entries} == {"even", "odd"}
    assert all(entry["answers"] and entry["is_finished"] for entry in entries)


def test_an_object_tells_how_its_label_came_about(watched: Watched) -> None:
    """Step by step, with what it cost; its input is shown without hidden fields."""
    entry = max(_objects(watched), key=lambda entry: len(entry["answers"]))
    story = watched.get(f"pools/{watched.pool('green')}/object", task_id=entry["id"])
    assert story["object"] == entry
    assert set(entry["input_values"]) == {"text"}
    assert story["algorithm"] == "max-likelihood"
    assert story["labels"] == ["even", "odd"]
    assert len(story["steps"]) >= len(entry["answers"])
    assert story["cost"] == pytest.approx(sum(step["cost"] for step in story["steps"]))
    last = [step for step in story["steps"] if step["probabilities"]][-1]
    assert last["probabilities"][entry["label"]] == pytest.approx(entry["confidence"])


def test_a_worker_tells_pages_pay_and_restrictions(watched: Watched) -> None:
    """In this launch; other pools of the requester are named."""
    workers = watched.get(f"pools/{watched.pool('green')}/workers")["items"]
    worker = max(workers, key=lambda worker: worker["pages"].get("ACCEPTED", 0))
    watched.platform.restrict(
        RestrictionDraft(key="r", worker_id=WorkerId(worker["worker_id"]), scope=RestrictionScope.ALL_PROJECTS)
    )
    story = watched.get(f"pools/{watched.pool('green')}/worker", worker_id=worker["worker_id"])
    assert sum(worker["pages"].values()) == len(story["pages"])
    assert story["hourly"] == pytest.approx(story["earned"] / story["hours"])
    assert story["hint_seconds"] == 10
    assert 0 <= story["agreement"] <= 1
    assert 0 <= story["label_agreement"] <= 1
    assert set(story["says"]) == {"even", "odd"}
    assert (story["restrictions"][0]["scope"], story["restrictions"][0]["until"]) == ("ALL_PROJECTS", None)
    assert story["worker"]["is_restricted"]
    assert watched.pool("green") in story["pools"]


def test_a_control_task_tells_who_answered_it(watched: Watched) -> None:
    """Good workers first, and how they answered."""
    (control, *_) = watched.get(f"pools/{watched.pool('green')}/controls")["items"]
    story = watched.get(f"pools/{watched.pool('green')}/control", task_id=control["id"])
    assert story["control"] == control
    assert len(story["answers"]) == control["answer_count"]
    goods = [answer["is_by_good"] for answer in story["answers"]]
    assert goods == sorted(goods, reverse=True)
    assert story["good_count"] == sum(goods)
    assert story["good_right_count"] == sum(one["is_right"] and one["is_by_good"] for one in story["answers"])


def test_plots_are_drawn_from_everything_there_is(watched: Watched) -> None:
    """Every page, object and control answer is in one of the bars; the timeline ends at what was paid."""
    plots = watched.get(f"pools/{watched.pool('green')}/plots")
    pool = watched.pool("green")
    pages = watched.platform.list_assignments(pool, limit=10_000)
    assert sum(bar["count"] for bar in plots["durations"]) == sum(page.submitted is not None for page in pages)
    assert sum(bar["count"] for bar in plots["overlaps"]) == 30
    assert sum(bar["count"] for bar in plots["confidences"]) == 30
    assert {cell["truth"] for cell in plots["confusion"]} == {"even", "odd"}
    assert all(entry["low"] <= entry["right_share"] <= entry["high"] for entry in plots["calibration"])
    assert plots["calibration_gap"] is not None
    assert plots["hint_seconds"] == 10
    assert [bar["is_marked"] for bar in plots["durations"]].count(True) == 1
    assert plots["timeline"]["paid"][-1] == pytest.approx(float(watched.platform.spending(pool).paid))
    assert plots["timeline"]["finished"][-1] == 30
    assert len(plots["timeline"]["moments"]) == len(plots["timeline"]["active"])


@pytest.mark.parametrize(("door", "query"), [("object", "task_id"), ("worker", "worker_id"), ("control", "task_id")])
def test_what_is_not_there_is_said(watched: Watched, door: str, query: str) -> None:
    """An object, a worker or a control task of another pool, or none at all."""
    path = f"pools/{watched.pool('green')}/{door}"
    assert watched.refusal("GET", path, **{query: "nothing"})[0] == 404
    assert watched.refusal("GET", path)[0] == 404
    foreign = _objects(watched, "red")[0]["id"]
    assert watched.refusal("GET", path, **{query: foreign})[0] == 404


def test_a_pool_without_answers_has_empty_plots() -> None:
    """Nothing is drawn from nothing."""
    watched = make_watched()
    plots = watched.get(f"pools/{watched.make_pool('bare')}/plots")
    assert (plots["labels"], plots["confusion"], plots["durations"], plots["calibration"]) == ([], [], [], [])
    assert (plots["calibration_gap"], plots["timeline"]["moments"]) == (None, [])


def test_what_was_read_once_is_kept_until_something_happens() -> None:
    """Looking again costs nothing; a change of the pool, by hand or by a worker, is seen at once."""
    watched = make_watched()
    desk, pool = watched.desk, watched.pool("red")
    options = {"platform": desk.platform, "records": desk.records, "journal": desk.journal}
    first = desk.readings.get(pool, **options)  # type: ignore[arg-type]  # options of a test
    assert desk.readings.get(pool, **options) is first  # type: ignore[arg-type]
    assert first.pool.status is PoolStatus.CLOSED
    watched.platform.open_pool(pool)
    second = desk.readings.get(pool, **options)  # type: ignore[arg-type]
    assert second is not first
    for key in "abc":
        desk.readings.get(watched.make_pool(key), **options)  # type: ignore[arg-type]
    assert desk.readings.get(pool, **options) is not second  # type: ignore[arg-type]


@pytest.mark.parametrize("algorithm", mh.AggregationAlgorithm)
def test_every_algorithm_has_its_stories(algorithm: mh.AggregationAlgorithm) -> None:
    """Objects, workers and plots, whatever weighs the answers."""
    watched = make_watched(params=make_params(aggregation_algorithm=algorithm))
    entry = _objects(watched)[0]
    assert watched.get(f"pools/{watched.pool('green')}/object", task_id=entry["id"])["algorithm"] == algorithm.value
    worker = entry["answers"][0]["worker_id"]
    story = watched.get(f"pools/{watched.pool('green')}/worker", worker_id=worker)
    assert (story["weight"] is None) is (algorithm is not mh.AggregationAlgorithm.MAX_LIKELIHOOD)
    assert watched.get(f"pools/{watched.pool('green')}/plots")["calibration"]
