"""Asking for one answer more, until the accepted ones are confident enough."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import (
    CloseReason,
    EventKind,
    GrowingOverlap,
    MixerConfig,
    Money,
    Page,
    Pool,
    SkillId,
    TaskId,
    WorkerId,
)
from manyhands.errors import InvalidParams, NotFound
from manyhands.platform.embedded.confidence import Vote, count_options, rate_confidence
from manyhands.task import FieldSpec, FieldType
from manyhands.truth import Answers, WeightedLikelihood
from tests.unit.platform.house import CAT, DOG, House, control, project_config, real

SURE = "sure"


def growing(
    house: House, *, min_confidence: float = 0.85, max_overlap: int = 4, keys: str = "a", **changes: Any
) -> Pool:
    """Return an open pool that starts with one answer a task."""
    skill = house.platform.put_skill(SURE).id
    overlap = GrowingOverlap(
        max_overlap=max_overlap, min_confidence=min_confidence, weight_skill_id=skill, fields=("label",)
    )
    return house.pool(*(real(key) for key in keys), **{"growing_overlap": overlap, "auto_accept": True, **changes})


def trust(house: House, **values: float) -> None:
    """Register workers of these skills."""
    house.workers(*values)
    for worker, value in values.items():
        house.platform.set_skill(WorkerId(worker), house.platform.put_skill(SURE).id, value=value)


def overlap(house: House, pool: Pool) -> list[int | None]:
    """Return the overlaps of all real tasks."""
    return [task.overlap for task in house.platform.list_tasks(pool.id) if task.kind == "real"]


def told(house: House, pool: Pool) -> list[TaskId | None]:
    """Return the tasks of which it was told that they want no more answers."""
    events = house.platform.list_events([pool.id]).events
    return [event.task_id for event in events if event.kind is EventKind.OVERLAP_COMPLETED]


@pytest.mark.parametrize(
    ("votes", "percent"),
    [
        ([("OK", 0.7), ("OK", 0.9)], 97.7),
        ([("OK", 0.7), ("BAD", 0.9)], 76.1),
        ([("OK", 0.7), ("BAD", 0.9), ("BAD", 0.8)], 96.2),
    ],
)
def test_the_confidence_of_the_documented_example(votes: list[tuple[str, float]], percent: float) -> None:
    """The example of the API's documentation: three options, workers of skill 70, 90 and 80."""
    confidence = rate_confidence([Vote(*vote) for vote in votes], option_count=3)
    assert round(100 * confidence, 1) == percent


@pytest.mark.parametrize(
    ("votes", "option_count", "confidence"),
    [([], 3, 0.0), ([("a", 0.2)], 1, 1.0), ([("a", 0.5)], 2, 0.5), ([("a", 1.0), ("b", 1.0)], 2, 0.5)],
)
def test_the_confidence_at_the_edges(votes: list[tuple[str, float]], option_count: int, confidence: float) -> None:
    """Without answers none, with one option all, and workers who are never wrong and disagree."""
    found = rate_confidence([Vote(*vote) for vote in votes], option_count=option_count)
    assert found == pytest.approx(confidence)


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0.3, 1)), min_size=1, max_size=8))
def test_the_confidence_is_that_of_the_weighted_likelihood(votes: list[tuple[int, float]]) -> None:
    """The aggregation in numbers is the reference."""
    rows = [(0, worker, label) for worker, (label, _) in enumerate(votes)]
    answers = Answers.from_rows(rows, label_count=4)
    posterior = WeightedLikelihood(raw=True).fit(answers, weights=[weight for _, weight in votes])
    sums = [sum(weight for label, weight in votes if label == each) for each in range(4)]
    expected = max(p for p, total in zip(posterior.probabilities[0], sums, strict=True) if total >= max(sums))
    found = rate_confidence([Vote(str(label), weight) for label, weight in votes], option_count=4)
    assert found == pytest.approx(float(expected), abs=1e-9)


@pytest.mark.parametrize(
    ("spec", "count"),
    [
        (FieldSpec(type=FieldType.BOOLEAN), 2),
        (FieldSpec(type=FieldType.STRING, allowed_values=("a", "b", "c")), 3),
        (FieldSpec(type=FieldType.INTEGER, min_value=1, max_value=5), 5),
        (FieldSpec(type=FieldType.INTEGER, min_value=0, max_value=33), None),
        (FieldSpec(type=FieldType.INTEGER, min_value=0), None),
        (FieldSpec(type=FieldType.STRING), None),
        (FieldSpec(type=FieldType.ARRAY_STRING, allowed_values=("a",)), None),
    ],
)
def test_how_many_options_a_field_has(spec: FieldSpec, count: int | None) -> None:
    """Only fields with a few values can be looked at."""
    assert count_options(spec) == count


def test_one_answer_more_until_it_is_sure(house: House) -> None:
    """A worker of whom much is known is enough; others are asked until they agree."""
    trust(house, ann=0.9, ben=0.7, cay=0.8, dan=0.7)
    pool = growing(house)
    house.work("ben", pool)
    assert (overlap(house, pool), house.now(pool).status) == ([2], "OPEN")
    house.work("cay", pool, DOG)
    assert overlap(house, pool) == [3]
    house.work("dan", pool)
    assert overlap(house, pool) == [4]
    house.work("ann", pool)
    assert (overlap(house, pool), house.now(pool).close_reason) == ([4], CloseReason.COMPLETED)
    sure = growing(house)
    house.work("ann", sure)
    assert (overlap(house, sure), house.now(sure).close_reason) == ([1], CloseReason.COMPLETED)
    house.audit()


def test_nothing_is_asked_beyond_the_most(house: House) -> None:
    """The task stays unsure."""
    house.workers("ann", "ben", "cay")
    pool = growing(house, max_overlap=2)
    house.work("ann", pool)
    house.work("ben", pool, DOG)
    assert (overlap(house, pool), house.now(pool).close_reason) == ([2], CloseReason.COMPLETED)


def test_it_is_told_once_that_a_task_wants_no_more_answers(house: House) -> None:
    """Because it is sure, or because no more may be asked for; what is judged anew later is not told again."""
    trust(house, ann=0.9, ben=0.6, cay=0.6)
    pool = growing(house, keys="ab", max_overlap=2, auto_accept=False, auto_close_delay=timedelta(days=1))
    house.accept(house.work("ann", pool))
    (sure,) = told(house, pool)
    house.accept(house.work("ben", pool))
    page = house.work("cay", pool, DOG)
    assert told(house, pool) == [sure]
    house.platform.reject(page.assignment_id, "no")
    house.accept(page)
    (unsure,) = set(told(house, pool)) - {sure}
    assert told(house, pool) == [sure, unsure]
    assert {task.id for task in house.platform.list_tasks(pool.id)} == {sure, unsure}


def test_only_judged_answers_count(house: House) -> None:
    """A task is looked at when all that was asked for is judged; a rejected answer tells nothing but is one of them."""
    trust(house, ann=0.9, ben=0.9)
    house.workers("cay")
    pool = growing(house, auto_accept=False, auto_close_delay=timedelta(days=1))
    house.overlaps(pool, {"a": 2})
    first, second = house.work("ann", pool), house.work("cay", pool)
    house.accept(first)
    assert overlap(house, pool) == [2]
    house.platform.reject(second.assignment_id, "no")
    assert overlap(house, pool) == [2]
    house.accept(second)
    assert overlap(house, pool) == [2]


def test_a_rejected_answer_is_replaced(house: House) -> None:
    """Without an accepted answer nothing is sure."""
    trust(house, ann=0.9, ben=0.9)
    pool = growing(house, auto_accept=False, auto_close_delay=timedelta(days=1))
    house.platform.reject(house.work("ann", pool).assignment_id, "no")
    assert overlap(house, pool) == [2]
    house.accept(house.work("ben", pool))
    assert overlap(house, pool) == [2]


def test_a_complete_pool_opens_again_but_not_one_that_was_closed(house: House) -> None:
    """What the platform closed because nothing was left, it opens when there is something; what the requester closed stays."""
    house.workers("ann", "ben")
    complete, closed = (growing(house, auto_accept=False, keys=keys) for keys in ("a", "ab"))
    page, other = house.work("ann", complete), house.work("ann", closed)
    house.platform.close_pool(closed.id)
    assert house.now(complete).close_reason is CloseReason.COMPLETED
    house.accept(page, other)
    assert (house.now(complete).status, house.now(closed).status) == ("OPEN", "CLOSED")
    assert sorted(map(str, overlap(house, closed))) == ["1", "2"]
    house.audit()


def test_control_tasks_and_pools_without_it_are_left_alone(house: House) -> None:
    """Only real tasks of the pool grow."""
    house.workers("ann")
    mixer = MixerConfig(real_count=1, control_count=1)
    pool = growing(house, mixer=mixer)
    house.platform.add_tasks(pool.id, [control("c")])
    plain = house.pool(real("a"), auto_accept=True)
    house.work("ann", plain)
    house.work("ann", pool)
    assert (overlap(house, pool), overlap(house, plain)) == ([2], [1])
    assert [task.overlap for task in house.platform.list_tasks(pool.id) if task.kind == "control"] == [None]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"max_overlap": 1}, "max_overlap of at least 2, found 1"),
        ({"min_confidence": 1.1}, "min_confidence from 0 to 1"),
        ({"fields": ()}, "at least one output field"),
        ({"fields": ("colour",)}, "colour is no output field"),
        ({"fields": ("note",)}, "note may have any number of values"),
    ],
)
def test_an_overlap_that_cannot_grow_is_refused(house: House, changes: dict[str, Any], problem: str) -> None:
    """The pool is not created, the problem is named."""
    values = {
        "max_overlap": 3,
        "min_confidence": 0.8,
        "weight_skill_id": house.platform.put_skill(SURE).id,
        "fields": ("label",),
    }
    with pytest.raises(InvalidParams, match=problem):
        house.pool(default_overlap=2, growing_overlap=GrowingOverlap(**{**values, **changes}))


def test_suites_do_not_grow(house: House) -> None:
    """They are asked for as a whole, so a pool without a mixer is refused."""
    skill = house.platform.put_skill(SURE).id
    overlap = GrowingOverlap(max_overlap=3, min_confidence=0.8, weight_skill_id=skill, fields=("label",))
    with pytest.raises(InvalidParams, match="expected a mixer"):
        house.suite_pool(growing_overlap=overlap)


def test_the_skill_has_to_be_there(house: House) -> None:
    """Otherwise nobody could be weighed."""
    lost = GrowingOverlap(max_overlap=3, min_confidence=0.8, weight_skill_id=SkillId("99999999"), fields=("label",))
    with pytest.raises(NotFound):
        house.pool(growing_overlap=lost)


def test_several_fields_have_to_be_sure(house: House) -> None:
    """Each by itself; an optional one that nobody filled in is not."""
    other = house.platform.put_project(
        project_config(
            key="two",
            output_spec={
                "label": FieldSpec(type=FieldType.STRING, allowed_values=(CAT, DOG)),
                "is_big": FieldSpec(type=FieldType.BOOLEAN, required=False),
            },
        )
    )
    trust(house, ann=0.95)
    skill = house.platform.put_skill(SURE).id
    both = GrowingOverlap(max_overlap=2, min_confidence=0.9, weight_skill_id=skill, fields=("label", "is_big"))
    pool = house.pool(real("a"), project_id=other.id, growing_overlap=both, auto_accept=True)
    house.work("ann", pool)
    assert overlap(house, pool) == [2]


def test_trust_is_what_the_skill_says_at_the_time(house: House) -> None:
    """A worker without the skill counts one half, which among two options says nothing."""
    house.workers("ann")
    unsure = growing(house, min_confidence=0.51)
    house.work("ann", unsure)
    trust(house, ann=0.6)
    sure = growing(house, min_confidence=0.51)
    house.work("ann", sure)
    assert (overlap(house, unsure), overlap(house, sure)) == ([2], [1])


def test_money_follows_the_overlap(house: House) -> None:
    """Every answer more is paid like the first, and no budget is passed."""
    house.workers("ann", "ben", "cay")
    pool = growing(house, budget_id=house.budget("0.24"))
    pages: list[Page] = [house.work(worker, pool) for worker in ("ann", "ben")]
    assert [house.assignment(page).reward for page in pages] == [Money("0.10")] * 2
    assert overlap(house, pool) == [3]
    assert house.now(pool).close_reason is CloseReason.NOT_ENOUGH_BALANCE
    house.audit()


def test_the_reference_takes_the_same_trust() -> None:
    """Numbers of the reference are finite where ours are."""
    assert np.isfinite(rate_confidence([Vote("a", 0.0), Vote("b", 1.0)], option_count=2))
