"""What a whole crowd makes of a launch: difficulty, quality, careless workers, money and restrictions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import mean

import pytest

import manyhands as mh
from manyhands.crowd import Assignment, AssignmentStatus, PoolId, RestrictionScope, WorkerId
from manyhands.planning import price_of
from manyhands.results import RawResult
from manyhands.simulation import (
    FAST,
    FLYING,
    HASTY,
    MEDIUM,
    SLOW,
    Habits,
    RandomClicks,
    SimulatedWorker,
    SpeedModel,
    UniformErrors,
)
from tests.patience import PATIENCE

OBJECT_COUNT = 240


class Remainder(mh.Class):
    """What remains of a number divided by three."""

    NOUGHT = "nought"
    ONE = "one"
    TWO = "two"


SPEC = mh.PreparedTaskSpec(
    mh.TaskSpec(
        id="remainder",
        function=mh.ClassificationFunction(inputs=(mh.Text,), cls=Remainder),
        name={"EN": "By three"},
        description={"EN": "Say what remains of a number divided by three."},
        instruction={"EN": "Add up the digits."},
    ),
    "EN",
)
PRICING = mh.PoolPricingConfig(assignment_price=0.05, real_tasks_count=8, control_tasks_count=4)
OVERLAP = mh.DynamicOverlap(min_overlap=2, max_overlap=5, confidence=0.9)
RULES = mh.RuleBuilder().add_static_reward(0.5).add_speed_control(0.1, 0.3).add_control_task_control(4, 0, 2).build()
PARAMS = mh.Params(
    task_duration_hint=timedelta(seconds=10),
    pricing_config=PRICING,
    overlap=OVERLAP,
    control=mh.Control(RULES),
    work_duration_before_vacation=None,
)
#: Name → accuracy (None clicks at random), speed, number of workers; those of Crowdom's own end-to-end tests.
GROUPS: dict[str, tuple[float | None, SpeedModel, int]] = {
    "excellent": (0.95, SLOW, 8),
    "good": (0.9, MEDIUM, 10),
    "fair": (0.8, FAST, 5),
    "poor": (0.5, HASTY, 4),
    "random": (None, FLYING, 7),
}
#: Share of answers in which even a good worker guesses, by the last digit of the number: three eighths easy, a half harder, an eighth hard.
DIFFICULTIES = {"easy": 0.0, "ok": 0.35, "hard": 0.85}


def difficulty_of(number: int) -> str:
    """Return how difficult a number is; control objects are easy."""
    return "easy" if number >= OBJECT_COUNT or number % 8 < 3 else "ok" if number % 8 < 7 else "hard"


def solve(number: int) -> Remainder:
    """Return the right label."""
    return (Remainder.NOUGHT, Remainder.ONE, Remainder.TWO)[number % 3]


def objects_of(*numbers: int) -> list[tuple[mh.Text]]:
    """Return numbers as input objects."""
    return [(mh.Text(str(number)),) for number in numbers]


@dataclass(frozen=True)
class Outcome:
    """A finished launch and its crowd."""

    platform: mh.EmbeddedPlatform
    pool_id: PoolId
    result: mh.LaunchResult
    progress: mh.Progress

    @property
    def pages(self) -> list[Assignment]:
        """All pages."""
        return self.platform.list_assignments(self.pool_id, limit=10**6)

    def by_difficulty(self, of: Callable[[int], float]) -> list[float]:
        """Return the mean over easy, harder and hard numbers."""
        return [
            mean(of(number) for number in range(OBJECT_COUNT) if difficulty_of(number) == name) for name in DIFFICULTIES
        ]


def label(workers: list[SimulatedWorker], params: mh.Params, count: int = OBJECT_COUNT, *, seed: int = 3) -> Outcome:
    """Launch with these workers and return how it ended."""
    clock = mh.VirtualClock()
    platform = mh.EmbeddedPlatform.in_memory(clock=clock, fee_share=0.3, seed=seed)
    numbers = range(OBJECT_COUNT + 160)
    solved = [(objects, (solve(number),)) for number, objects in zip(numbers, objects_of(*numbers), strict=True)]
    truth = mh.TruthBook.from_objects(SPEC.mapping, solved).with_difficulty(
        {f'{{"text":"{number}"}}': DIFFICULTIES[difficulty_of(number)] for number in numbers}
    )
    crowd = mh.SimulatedCrowd(
        platform, clock, workers=workers, truth=truth, task_duration_hint=timedelta(seconds=10), seed=seed
    )
    crowd.start()
    handle = mh.start(SPEC, params, objects_of(*range(count)), solved[OBJECT_COUNT:], platform)
    result = handle.wait(PATIENCE)
    ((_, entry),) = platform.journal.list()
    return Outcome(platform=platform, pool_id=entry["pool_id"], result=result, progress=handle.progress())


def employ(group: str, number: int, habits: Habits | None = None) -> SimulatedWorker:
    """Return a worker of a group."""
    accuracy, speed, _ = GROUPS[group]
    answers = RandomClicks() if accuracy is None else UniformErrors(accuracy=accuracy)
    return SimulatedWorker(
        id=WorkerId(f"{group}-{number}"), answers=answers, speed=speed, habits=habits or Habits(skip_probability=0.02)
    )


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """A crowd of thirty-four workers of five kinds has labeled 240 numbers of three difficulties."""
    return label([employ(group, number) for group, (_, _, count) in GROUPS.items() for number in range(count)], PARAMS)


def test_confidence_falls_and_overlap_rises_with_difficulty(outcome: Outcome) -> None:
    """Easy objects are labeled surely with few answers, hard ones unsurely with many; accuracy goes with confidence."""
    raw = outcome.result.raw_results
    confidence = outcome.by_difficulty(lambda number: max((raw[number].probas or {}).values()))
    overlap = outcome.by_difficulty(lambda number: len(raw[number].votes))
    right = outcome.by_difficulty(lambda number: _label_of(raw[number]) is solve(number))
    assert confidence == sorted(confidence, reverse=True)
    assert overlap == sorted(overlap)
    assert right == sorted(right, reverse=True)


def test_every_object_is_labeled_surely_enough_or_as_often_as_allowed(outcome: Outcome) -> None:
    """Where fewer answers than the largest overlap were taken, the confidence that was asked for is reached; the whole is accurate."""
    raw = outcome.result.raw_results
    assert raw.is_finished
    assert all(OVERLAP.min_overlap <= len(votes) <= OVERLAP.max_overlap for _, votes in raw)
    assert all(max((probas or {}).values()) >= 0.9 for probas, votes in raw if len(votes) < OVERLAP.max_overlap)
    assert mean(_label_of(result) is solve(number) for number, result in enumerate(raw)) >= 0.75


def test_random_clickers_contribute_nothing(outcome: Outcome) -> None:
    """Their pages were submitted, and none of their answers is among the votes."""
    clickers = {page.worker_id for page in outcome.pages if page.worker_id.startswith("random") and page.submitted}
    voters = {vote.worker for _, votes in outcome.result.raw_results for vote in votes}
    assert len(clickers) == 7
    assert not clickers & voters


def test_weights_grow_with_quality(outcome: Outcome) -> None:
    """The mean weight rises with the accuracy; the two best groups, which two dozen control answers do not tell apart, count as one."""
    weights = outcome.result.worker_weights or {}
    levels = (("excellent", "good"), ("fair",), ("poor",), ("random",))
    means = [mean(weight for worker, weight in weights.items() if worker.startswith(level)) for level in levels]
    assert means == sorted(means, reverse=True)


def test_money_spent_lies_between_the_prices_told_before(outcome: Outcome) -> None:
    """Accepted pages are paid, each in full with its fee, incomplete ones too; rejected pages are not.

    Full pages alone can never cost more than the largest price; that the incomplete pages of later rounds do not lift the sum above it is so
    because few objects need the largest overlap.
    """
    price = price_of(OBJECT_COUNT, PRICING, fee=outcome.platform.fee, min_overlap=2, max_overlap=5).precise
    page_cost = PRICING.assignment_price + outcome.platform.fee(PRICING.assignment_price)
    accepted = [page for page in outcome.pages if page.status is AssignmentStatus.ACCEPTED]
    full = [page for page in accepted if len(page.tasks) == PRICING.get_tasks_count()]
    assert outcome.progress.paid == page_cost * len(accepted)
    assert outcome.progress.reserved == mh.Money()
    assert price.least <= outcome.progress.paid <= price.most
    assert page_cost * len(full) <= price.most
    assert outcome.progress.pages[AssignmentStatus.REJECTED] >= 7


def test_incomplete_pages_are_few(outcome: Outcome) -> None:
    """Additional answers are asked for by the page, so that at most a tenth of what is paid is paid for incomplete pages."""
    accepted = [page for page in outcome.pages if page.status is AssignmentStatus.ACCEPTED]
    empty = sum(PRICING.get_tasks_count() - len(page.tasks) for page in accepted)
    assert empty / (PRICING.get_tasks_count() * len(accepted)) <= 0.1


def test_careless_workers_get_exactly_the_restriction_that_was_chosen_and_take_no_further_page() -> None:
    """One day for a page far too fast, one hour for wrong control answers, from the moment of submission; nobody else is restricted."""
    habits = Habits(returns_after=timedelta(minutes=1), patience=timedelta(minutes=30))
    wrong = replace(employ("good", 9, habits), id=WorkerId("wrong"), answers=UniformErrors(accuracy=0.0))
    fast = replace(employ("random", 9, habits), id=WorkerId("fast"), answers=UniformErrors(accuracy=1.0))
    good = [replace(employ("excellent", number), answers=UniformErrors(accuracy=1.0)) for number in range(2)]
    rules = mh.RuleBuilder().add_static_reward(0.5).add_speed_control(0.1, 0).add_control_task_control(4, 0, 2).build()
    params = replace(PARAMS, control=mh.Control(rules), overlap=mh.StaticOverlap(2))
    outcome = label([fast, wrong, *good], params, 24)
    restrictions = {given.worker_id: given for given in outcome.platform.list_restrictions()}
    durations = {"fast": timedelta(days=1), "wrong": timedelta(hours=1)}
    assert len(outcome.platform.list_restrictions()) == len(restrictions) == 2
    for worker_id, duration in durations.items():
        (page,) = (page for page in outcome.pages if page.worker_id == worker_id)
        given = restrictions[WorkerId(worker_id)]
        assert page.status is AssignmentStatus.REJECTED
        assert page.submitted is not None
        assert given.until == page.submitted + duration
        assert (given.scope, given.pool_id) == (RestrictionScope.POOL, outcome.pool_id)
        assert given.private_comment
    assert {vote.worker for _, votes in outcome.result.raw_results for vote in votes} == {worker.id for worker in good}


def _label_of(result: RawResult) -> object:
    probas = result.probas or {}
    return max(probas, key=lambda label: probas[label])
