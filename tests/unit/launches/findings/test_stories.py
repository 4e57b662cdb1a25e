"""The stories of objects and workers, as a launch wrote them."""

from collections import Counter
from datetime import timedelta

import pytest

import manyhands as mh
from manyhands.crowd import Assignment, AssignmentStatus, PoolId, TaskId, WorkerId
from manyhands.launches.findings import (
    LaunchFacts,
    ObjectStory,
    StepKind,
    read_facts,
    scheme_of,
    tell_object,
    tell_worker,
)
from tests.flow.parity import Scene, make_params, make_scene, numbers
from tests.unit.launches.pages import NOON, make_page

RULES = (
    mh.RuleBuilder()
    .add_dynamic_reward(0.01, 0.03, 0.8, 0.6, bonus_granularity_num=2)
    .add_speed_control(0.1, 0.3)
    .build()
)


class Told:
    """A launch that has finished, and what it left."""

    def __init__(self, scene: Scene) -> None:
        scene.launch(numbers(0, 40), name="red")
        self.platform = scene.platform
        document = scene.platform.journal.find("red") or {}
        self.pool = PoolId(document["pool_id"])
        self.pages: list[Assignment] = scene.platform.list_assignments(self.pool, limit=10_000)
        tasks = scene.platform.list_tasks(self.pool)
        self.facts: LaunchFacts = read_facts(tasks, self.pages, scheme_of(document))

    def objects(self) -> dict[TaskId, ObjectStory]:
        """Return the stories of all objects."""
        bonuses = self.platform.list_bonuses(self.pool)
        return {
            task_id: tell_object(task_id, self.facts, self.pages, fee=self.platform.fee, bonuses=bonuses)
            for task_id in self.facts.objects
        }


@pytest.fixture(scope="module")
def told() -> Told:
    """A launch with rejections, bonuses and fees, on a crowd of which some are careless."""
    return Told(make_scene(accuracy=0.8, careless=0.3, params=make_params(control=mh.Control(RULES))))


def test_an_object_ends_with_the_probability_of_its_label(told: Told) -> None:
    """The last accepted answer leads to what the launch concluded."""
    for task_id, story in told.objects().items():
        fact = told.facts.objects[task_id]
        last = [step for step in story.steps if step.probabilities][-1]
        assert last.probabilities[fact.label or ""] == pytest.approx(max(last.probabilities.values()), abs=1e-9)
        assert max(last.probabilities.values()) == pytest.approx(fact.confidence, abs=1e-9)
        assert sum(last.probabilities.values()) == pytest.approx(1.0)


def test_every_step_says_why_it_went_on(told: Told) -> None:
    """Too few at first, then unsure, until it is enough or at the limit; rejected answers do not count."""
    overlap = told.facts.scheme.params.overlap if told.facts.scheme.params else None
    assert isinstance(overlap, mh.DynamicOverlap)
    kinds: Counter[StepKind] = Counter()
    for story in told.objects().values():
        accepted = [step for step in story.steps if step.status is AssignmentStatus.ACCEPTED]
        kinds.update(step.kind for step in story.steps)
        assert [step.kind for step in accepted[: overlap.min_overlap - 1]] == [StepKind.TOO_FEW] * (
            overlap.min_overlap - 1
        )
        for step in accepted[overlap.min_overlap - 1 :]:
            confidence, needed = max(step.probabilities.values()), overlap.required_confidence("even")
            if step.kind is StepKind.UNSURE:
                assert confidence < needed
            elif step.kind is StepKind.ENOUGH:
                assert confidence >= needed
        assert all(step.kind is StepKind.REJECTED for step in story.steps if step.status is AssignmentStatus.REJECTED)
    assert {StepKind.TOO_FEW, StepKind.UNSURE, StepKind.ENOUGH, StepKind.REJECTED} <= set(kinds)


def test_the_objects_together_cost_what_the_launch_cost(told: Told) -> None:
    """Rewards, fees and bonuses, to the cent."""
    paid = float(told.platform.spending(told.pool).paid)
    assert sum(story.cost for story in told.objects().values()) == pytest.approx(paid)


def test_a_good_worker_alone_says_more_than_a_bad_one(told: Told) -> None:
    """What one answer says is the worker's weight, which is never below chance."""
    ranked = sorted(
        (worker for worker in told.facts.workers.values() if worker.control_count >= 3),
        key=lambda worker: worker.control_accuracy or 0.0,
    )
    worst, best = (tell_worker(one.worker_id, told.facts, told.pages) for one in (ranked[0], ranked[-1]))
    assert min(best.says.values()) > max(worst.says.values()) >= 0.5
    assert best.weight == pytest.approx(best.says["even"])


def test_what_workers_earn_is_what_was_paid(told: Told) -> None:
    """Rewards of accepted pages and bonuses, without fees."""
    bonuses = told.platform.list_bonuses(told.pool)
    stories = [tell_worker(worker, told.facts, told.pages, bonuses=bonuses) for worker in told.facts.workers]
    rewards = sum(float(page.reward) for page in told.pages if page.status is AssignmentStatus.ACCEPTED)
    assert sum(story.earned for story in stories) == pytest.approx(rewards + sum(float(one.amount) for one in bonuses))
    hours = sum((page.duration for page in told.pages if page.duration), timedelta(0)) / timedelta(hours=1)
    assert sum(story.hours for story in stories) == pytest.approx(hours)
    assert all(story.hourly == pytest.approx(story.earned / story.hours) for story in stories if story.hours)


def test_a_worker_is_told_page_by_page(told: Told) -> None:
    """Accuracy so far is that of all control answers up to the page, and the last is that of the worker."""
    for worker_id, fact in told.facts.workers.items():
        story = tell_worker(worker_id, told.facts, told.pages)
        assert len(story.pages) == fact.pages.total()
        assert [page.taken for page in story.pages] == sorted(page.taken for page in story.pages)
        assert sum(page.control_count for page in story.pages) == fact.control_count
        assert story.pages[-1].accuracy_so_far == fact.control_accuracy
        assert sum(story.confusion.values()) == fact.control_count


def test_agreement_counts_pairs_with_others(told: Told) -> None:
    """The mean over workers, weighted by their pairs, is the agreement of the launch."""
    pairs = {
        worker: sum(
            len(fact.accepted) - 1
            for fact in told.facts.objects.values()
            if any(answer.worker_id == worker for answer in fact.accepted)
        )
        for worker in told.facts.workers
    }
    stories = {worker: tell_worker(worker, told.facts, told.pages) for worker in told.facts.workers}
    equal = sum((stories[worker].agreement or 0.0) * count for worker, count in pairs.items())
    assert equal / sum(pairs.values()) == pytest.approx(told.facts.agreement)


def test_nobody_and_nothing_have_empty_stories() -> None:
    """No page, no answer: unknown, not zero."""
    facts = read_facts([], [])
    story = tell_worker(WorkerId("nobody"), facts, [])
    assert (story.pages, story.weight, story.agreement, story.label_agreement, story.hourly) == (
        [],
        None,
        None,
        None,
        None,
    )
    assert tell_object(TaskId("nothing"), facts, [], fee=lambda amount: amount).steps == []


def test_an_object_in_work_is_open_and_one_given_back_is_returned() -> None:
    """Neither costs anything, and an acceptance of which nobody wrote down what it was for says no more than that."""
    pages = [
        make_page(1, AssignmentStatus.ACTIVE, objects=(3,), created=NOON + timedelta(hours=1)),
        make_page(2, AssignmentStatus.SKIPPED, objects=(3,), skipped=NOON + timedelta(minutes=1)),
        make_page(3, AssignmentStatus.ACCEPTED, objects=(3,), accepted=NOON + timedelta(minutes=2)),
    ]
    story = tell_object(TaskId("task-3"), read_facts([], pages), pages, fee=lambda amount: amount)
    assert [step.kind for step in story.steps] == [StepKind.RETURNED, StepKind.ACCEPTED, StepKind.OPEN]
    assert [step.cost for step in story.steps] == [0.0, pytest.approx(0.1), 0.0]
