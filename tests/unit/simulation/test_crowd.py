"""Simulated crowds on the real engine: who takes, answers, skips, loses and leaves what."""

import threading
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from scipy import stats

from manyhands.crowd import (
    Assignment,
    AssignmentStatus,
    FilterCategory,
    FilterCondition,
    FilterOperator,
    KnownSolution,
    MixerConfig,
    Money,
    Pool,
    PoolConfig,
    PoolType,
    RestrictionDraft,
    RestrictionScope,
    TaskDraft,
    TaskKind,
    TrainingRequirement,
    TrainingTerms,
    WorkerId,
)
from manyhands.errors import InvalidInput, NotFound
from manyhands.simulation import (
    FLYING,
    MEDIUM,
    Fatigue,
    Habits,
    RandomClicks,
    RecordedAnswer,
    RecordedCrowd,
    ReplayCrowd,
    ReplayedAnswers,
    Routine,
    SimulatedWorker,
    TruthBook,
    UniformErrors,
    UniformSpeed,
    mixed_crowd,
    simulated_profile,
    visible_key,
)

from .conftest import HINT, IMPATIENT, LABELS, World, open_world, parity

CERTAINTY = 1 - 1e-7
DONE = (AssignmentStatus.ACCEPTED, AssignmentStatus.SUBMITTED)


def worker(name: str = "ann", *, accuracy: float = 1.0, habits: Habits = IMPATIENT) -> SimulatedWorker:
    """Return a worker of ordinary speed."""
    return SimulatedWorker(id=WorkerId(name), answers=UniformErrors(accuracy=accuracy), speed=MEDIUM, habits=habits)


def count_right(assignments: list[Assignment]) -> tuple[int, int]:
    """Return how many answers are right, of how many."""
    verdicts = [
        solution.output_values["parity"] == parity(task.input_values["n"])
        for assignment in assignments
        for task, solution in zip(assignment.tasks, assignment.solutions, strict=True)
    ]
    return sum(verdicts), len(verdicts)


def is_plausible(count: int, total: int, probability: float) -> bool:
    """Return whether the count is within the binomial bounds of the probability."""
    low, high = stats.binom.interval(CERTAINTY, total, probability)
    return bool(low <= count <= high)


def test_a_crowd_answers_every_task_as_often_as_asked(world: World) -> None:
    """Sixty tasks with an overlap of three are 180 answers, and everybody goes home."""
    pool = world.publish(60, overlap=3)
    crowd = world.crowd([worker(f"w{number}") for number in range(8)])
    crowd.start()

    report = crowd.run_until_idle()

    answers = Counter(task.key for page in world.assignments(pool, *DONE) for task in page.tasks)
    assert answers == {str(n): 3 for n in range(60)}
    assert report.submitted_count == report.taken_count
    assert (report.left_count, crowd.present_count) == (8, 0)


@pytest.mark.parametrize("accuracy", [0.6, 0.9])
def test_the_answers_are_as_accurate_as_asked(world: World, accuracy: float) -> None:
    """Within binomial bounds."""
    pool = world.publish(500, overlap=4)
    crowd = world.crowd([worker(f"w{number}", accuracy=accuracy) for number in range(20)])
    crowd.start()
    crowd.run_until_idle()

    right, total = count_right(world.assignments(pool, *DONE))

    assert total == 2000
    assert is_plausible(right, total, accuracy)


def play(seed: int) -> list[object]:
    """Return everything that a mixed crowd did in a fresh world."""
    with open_world() as world:
        pool = world.publish(60, overlap=3, controls=10, mixer=MixerConfig(real_count=4, control_count=1))
        crowd = world.crowd(mixed_crowd(count=10, careless=0.3, routine=Routine(habits=IMPATIENT)), seed=seed)
        crowd.start()
        crowd.run_until_idle()
        return [
            (page.worker_id, page.created, page.submitted, [solution.output_values for solution in page.solutions])
            for page in world.assignments(pool)
        ]


def test_the_same_seed_brings_the_same_run() -> None:
    """Who, when and what, to the microsecond; another seed brings another run."""
    assert play(7) == play(7)
    assert play(7) != play(8)


def test_a_workers_answers_do_not_depend_on_the_others() -> None:
    """Given the same tasks in the same order, ann answers the same, alone or among others, early or late."""

    def answers_of_ann(others: int, arrives: timedelta) -> list[object]:
        mixer = MixerConfig(real_count=5, is_creation_order_kept=True, is_page_shuffled=False)
        with open_world() as world:
            pool = world.publish(50, overlap=None, mixer=mixer)
            ann = replace(worker("ann", accuracy=0.6), arrives=arrives)
            crowd = world.crowd([*(worker(f"w{number}") for number in range(others)), ann])
            crowd.start()
            crowd.run_until_idle()
            return [page.solutions for page in world.assignments(pool, *DONE) if page.worker_id == "ann"]

    alone = answers_of_ann(0, timedelta(0))

    assert len(alone) == 10
    assert alone == answers_of_ann(5, timedelta(minutes=3))


def test_pages_take_the_time_of_the_worker(world: World) -> None:
    """Between 0.9 and 1.1 times the hint for each of the five tasks, to the microsecond and not to the second."""
    pool = world.publish(50)
    crowd = world.crowd([worker()])
    crowd.start()
    crowd.run_until_idle()

    durations = [page.duration for page in world.assignments(pool, *DONE)]

    assert all(duration is not None and 0.9 * 5 * HINT <= duration <= 1.1 * 5 * HINT for duration in durations)
    assert any(duration is not None and duration.microseconds for duration in durations)


def test_workers_arrive_within_the_window_or_at_their_own_time(world: World) -> None:
    """Not all in the same second."""
    pool = world.publish(200)
    late = replace(worker("late"), arrives=timedelta(minutes=2))
    started = world.clock.now()
    crowd = world.crowd([late, *(worker(f"w{number}") for number in range(9))])
    crowd.start()
    crowd.run_until_idle()

    arrivals: dict[str, timedelta] = {}
    for page in world.assignments(pool):
        arrivals.setdefault(page.worker_id, page.created - started)

    assert arrivals.pop("late") == timedelta(minutes=2)
    assert len({int(arrival.total_seconds()) for arrival in arrivals.values()}) > 3
    assert max(arrivals.values()) <= timedelta(minutes=1)


def test_a_worker_stays_with_a_pool_and_prefers_higher_priority(world: World) -> None:
    """The urgent pool is done first, whatever else is open."""
    urgent = world.publish(30, key="urgent", priority=80)
    usual = [world.publish(30, key=f"usual {number}") for number in range(3)]
    crowd = world.crowd([worker()])
    crowd.start()
    crowd.run_until_idle()

    pages = sorted((page.created, page.pool_id) for pool in [urgent, *usual] for page in world.assignments(pool))
    order = [pool_id for _, pool_id in pages]

    assert order[:6] == [urgent.id] * 6
    assert sum(before != after for before, after in pairwise(order)) == 3


def test_skipped_pages_have_the_asked_share_and_come_back_to_others(world: World) -> None:
    """A third of the pages are given back; all tasks are answered all the same."""
    pool = world.publish(600, overlap=1)
    habits = replace(IMPATIENT, skip_probability=1 / 3)
    crowd = world.crowd([worker(f"w{number}", habits=habits) for number in range(30)])
    crowd.start()

    report = crowd.run_until_idle()

    assert is_plausible(report.skipped_count, report.taken_count, 1 / 3)
    assert report.skipped_count == len(world.assignments(pool, AssignmentStatus.SKIPPED))
    assert count_right(world.assignments(pool, *DONE))[1] == 600


def test_abandoned_pages_expire(world: World) -> None:
    """A worker who walks away from every page loses them all at their deadline."""
    pool = world.publish(10)
    crowd = world.crowd([worker(habits=replace(IMPATIENT, abandon_probability=1.0))])
    crowd.start()

    report = crowd.run_until_idle()

    assert report.lost_count == report.taken_count > 0
    assert not world.assignments(pool, *DONE)


def test_a_worker_who_is_too_slow_for_the_deadline_loses_the_page(world: World) -> None:
    """Five tasks in eight minutes do not fit into five minutes."""
    pool = world.publish(5, assignment_duration=timedelta(minutes=5))
    slow = replace(worker(), speed=UniformSpeed(low=10, high=10))
    crowd = world.crowd([slow])
    crowd.start()

    report = crowd.run_until_idle()

    assert (report.submitted_count, report.lost_count) == (0, report.taken_count)
    assert not world.assignments(pool, *DONE)


def test_a_worker_leaves_after_their_pages(world: World) -> None:
    """Four workers of three pages each do twelve of the forty pages."""
    pool = world.publish(200)
    crowd = world.crowd([worker(f"w{number}", habits=replace(IMPATIENT, page_limit=3)) for number in range(4)])
    crowd.start()
    crowd.run_until_idle()

    assert Counter(page.worker_id for page in world.assignments(pool)) == {f"w{number}": 3 for number in range(4)}


def test_a_worker_leaves_after_their_hours(world: World) -> None:
    """The page in hand when the time is over is done."""
    pool = world.publish(500)
    crowd = world.crowd(
        [replace(worker(habits=replace(IMPATIENT, time_limit=timedelta(minutes=10))), arrives=timedelta(0))]
    )
    started = world.clock.now()
    crowd.start()
    crowd.run_until_idle()

    last = world.assignments(pool)[-1]

    assert last.created < started + timedelta(minutes=10)
    assert last.submitted is not None
    assert last.submitted >= started + timedelta(minutes=10)


def test_tired_workers_err_more_until_they_take_a_break(world: World) -> None:
    """Always right on the first page, by chance after ten pages, right again after the break."""
    pool = world.publish(100, overlap=None, mixer=MixerConfig(real_count=5))
    fatigue = Fatigue(decay=0.5, break_after=10, break_duration=timedelta(minutes=30))
    crowd = world.crowd([worker(f"w{number}", habits=replace(IMPATIENT, fatigue=fatigue)) for number in range(40)])
    crowd.start()
    crowd.run_until_idle()

    numbered: dict[int, list[Assignment]] = {}
    seen: Counter[str] = Counter()
    for page in world.assignments(pool, *DONE):
        numbered.setdefault(seen[page.worker_id], []).append(page)
        seen[page.worker_id] += 1

    assert sorted(numbered) == list(range(20))
    for number, pages in numbered.items():
        right, total = count_right(pages)
        assert is_plausible(right, total, 0.5 + 0.5 * 0.5 ** (number % 10)), number


def test_a_restricted_worker_takes_no_further_page(world: World) -> None:
    """A worker who flies through the first page is restricted before they take the next one, and leaves."""
    pool = world.publish(100)
    careless = SimulatedWorker(
        id=WorkerId("careless"), answers=RandomClicks(), speed=FLYING, habits=replace(IMPATIENT, returns_after=None)
    )
    crowd = world.crowd([careless, worker("ann")])
    crowd.start()
    alone = threading.Condition()
    with alone:
        while crowd.present_count > 0:
            world.clock.wait(alone, until=None, patience=timedelta(seconds=1))
            restrict_who_is_fast(world, pool)

    assert Counter(page.worker_id for page in world.assignments(pool)) == {"careless": 1, "ann": 19}
    assert crowd.report().refused_counts["restricted"] == 1


def restrict_who_is_fast(world: World, pool: Pool) -> None:
    """Do what a launch does between two actions of the clock."""
    for page in world.assignments(pool, *DONE):
        if page.duration is not None and page.duration < timedelta(seconds=10):
            world.platform.restrict(
                RestrictionDraft(
                    key=f"fast {page.id}", worker_id=page.worker_id, scope=RestrictionScope.POOL, pool_id=pool.id
                )
            )


def test_a_filtered_worker_leaves_without_a_page(world: World) -> None:
    """The filter asks for German, the simulated profile speaks English unless told otherwise."""
    german = FilterCondition(category=FilterCategory.PROFILE, key="languages", operator=FilterOperator.IN, value="DE")
    pool = world.publish(10, worker_filter=german)
    english = worker("ann", habits=replace(IMPATIENT, returns_after=None))
    crowd = world.crowd([english, replace(worker("bea"), profile=simulated_profile("DE"))])
    crowd.start()
    crowd.run_until_idle()

    assert {page.worker_id for page in world.assignments(pool)} == {"bea"}


def test_without_work_a_worker_looks_seldom_and_leaves(world: World) -> None:
    """Twelve hours of patience are some eighty looks, not three thousand."""
    crowd = world.crowd([worker(habits=Habits())])
    started, looks, alone = world.clock.now(), 0, threading.Condition()
    crowd.start()

    with alone:
        while crowd.present_count > 0:
            world.clock.wait(alone, until=None, patience=timedelta(seconds=1))
            looks += 1

    assert 20 < looks < 100
    assert timedelta(hours=12) <= world.clock.now() - started < timedelta(hours=13)


def test_after_a_restart_workers_go_on_with_the_page_in_hand(world: World) -> None:
    """A crowd that was stopped in the middle leaves active pages; a new crowd of the same people submits them."""
    pool = world.publish(60, overlap=2)
    people = [worker(f"w{number}") for number in range(6)]
    first = world.crowd(people)
    first.start()
    world.clock.run_until(world.clock.now() + timedelta(minutes=3))
    first.stop()
    in_hand = {page.id for page in world.assignments(pool, AssignmentStatus.ACTIVE)}
    second = world.crowd(people, seed=8)
    second.start()
    second.run_until_idle()

    assert in_hand
    assert in_hand <= {page.id for page in world.assignments(pool, *DONE)}
    assert not world.assignments(pool, AssignmentStatus.EXPIRED)
    assert count_right(world.assignments(pool, *DONE)) == (120, 120)


def test_control_answers_tell_good_workers_from_bad_ones(world: World) -> None:
    """Workers answer control tasks as they answer any task: the share of right ones follows their accuracy."""
    accuracies = {"good": 0.95, "fair": 0.75, "poor": 0.55}
    pool = world.publish(2000, overlap=3, controls=400, mixer=MixerConfig(real_count=5, control_count=5))
    crowd = world.crowd([worker(name, accuracy=accuracy) for name, accuracy in accuracies.items()])
    crowd.start()
    crowd.run_until_idle()

    for name, accuracy in accuracies.items():
        verdicts = [
            solution == task.known_solutions[0].output_values["parity"]
            for page in world.assignments(pool, *DONE)
            if page.worker_id == name
            for task, solution in zip(page.tasks, (s.output_values["parity"] for s in page.solutions), strict=True)
            if task.kind is TaskKind.CONTROL
        ]
        assert is_plausible(sum(verdicts), len(verdicts), accuracy), name


def recorded_parity(*, people: int, answers_each: int) -> RecordedCrowd:
    """Return people who each answered some of forty numbers, from a place of their own, with some errors."""
    truth = TruthBook.from_values([({"n": n}, parity(n)) for n in range(40)], field="parity", labels=LABELS)
    return RecordedCrowd(
        truth,
        [
            RecordedAnswer(
                key=visible_key({"n": n}), person=WorkerId(f"p{number}"), label=LABELS[(n + (n * number) % 3) % 2]
            )
            for number in range(people)
            for n in ((4 * number + place) % 40 for place in range(answers_each))
        ],
    )


def test_replayed_people_give_real_answers_each_at_most_once(world: World) -> None:
    """Whatever pages the engine makes, every answer to a task is one that a real person gave to this task."""
    recorded = recorded_parity(people=10, answers_each=36)
    world.truth = recorded.truth
    pool = world.publish(40, overlap=5)
    replay = ReplayCrowd(recorded, 7)
    crowd = world.crowd(replay.workers(routine=Routine(habits=IMPATIENT)))
    crowd.start()
    crowd.run_until_idle()

    answered = Counter(
        (visible_key(task.input_values), solution.output_values["parity"])
        for page in world.assignments(pool, *DONE)
        for task, solution in zip(page.tasks, page.solutions, strict=True)
    )
    real = Counter(
        (answer.key, answer.label) for n in range(40) for answer in recorded.list_answers_to(visible_key({"n": n}))
    )
    assert answered.total() == 200
    assert answered <= real
    assert {page.worker_id for page in world.assignments(pool)} <= set(recorded.list_people())


def test_strict_people_answer_only_what_is_reserved_for_them(world: World) -> None:
    """With `reserved_for` from the dataset every answer is the worker's very own."""
    recorded = recorded_parity(people=6, answers_each=20)
    world.truth = recorded.truth
    pool = world.publish(
        40,
        overlap=2,
        reserved_for={n: recorded.people_who_answered({"n": n}) or frozenset({WorkerId("nobody")}) for n in range(40)},
    )
    crowd = world.crowd(recorded.strict_workers(routine=Routine(habits=IMPATIENT)))
    crowd.start()

    report = crowd.run_until_idle()

    pages = world.assignments(pool, *DONE)
    assert report.skipped_count == 0
    assert sum(len(page.tasks) for page in pages) > 40
    for page in pages:
        own = recorded.list_answers_of(page.worker_id)
        assert [own[visible_key(task.input_values)] for task in page.tasks] == [
            solution.output_values["parity"] for solution in page.solutions
        ]


def test_people_without_an_answer_give_the_page_back_and_then_the_pool_up(world: World) -> None:
    """Nobody answered these tasks, so nothing is submitted and nobody tries for ever."""
    recorded = recorded_parity(people=3, answers_each=5)
    pool = world.publish(200)
    crowd = world.crowd(
        recorded.strict_workers(routine=Routine(habits=replace(IMPATIENT, patience=timedelta(minutes=30))))
    )
    crowd.start()

    report = crowd.run_until_idle()

    assert report.submitted_count == len(world.assignments(pool, *DONE))
    assert 0 < report.skipped_count <= 3 * 10


def test_a_task_that_nobody_knows_stops_the_simulation(world: World) -> None:
    """A truth book with gaps is a mistake of the experiment, so it comes out where the clock is waited on."""
    world.truth = TruthBook()
    world.publish(5)
    crowd = world.crowd([worker()])
    crowd.start()

    with pytest.raises(NotFound, match="truth book"):
        crowd.run_until_idle()


def test_two_workers_of_one_id_are_refused(world: World) -> None:
    """The platform would take them for one."""
    with pytest.raises(InvalidInput, match="ann"):
        world.crowd([worker("ann"), worker("ann")])


def train(world: World) -> Pool:
    """Open a training of four numbers above 3000, two on a page, two pages to pass."""
    project = world.publish(0, overlap=0, controls=1).config.project_id
    taught = world.platform.create_pool(
        PoolConfig(
            project_id=project,
            key="training",
            reward=Money(0),
            assignment_duration=timedelta(minutes=20),
            mixer=MixerConfig(real_count=0, training_count=2),
            type=PoolType.TRAINING,
            training_terms=TrainingTerms(pages_to_pass=2),
        )
    )
    known = [
        TaskDraft(
            key=str(n),
            input_values={"n": n},
            known_solutions=(KnownSolution(output_values={"parity": parity(n)}),),
            hint="divide by two",
        )
        for n in range(3000, 3004)
    ]
    world.platform.add_tasks(taught.id, known)
    return world.platform.open_pool(taught.id)


@pytest.mark.parametrize(("accuracy", "is_in"), [(1.0, True), (0.0, False)])
def test_workers_are_trained_for_the_pools_that_require_it(world: World, accuracy: float, *, is_in: bool) -> None:
    """They put every answer right; whether they get in depends on their first ones."""
    taught = train(world)
    requirement = TrainingRequirement(training_pool_id=taught.id, passing_skill=0.75)
    pool = world.publish(10, key="paid", training_requirement=requirement)
    crowd = world.crowd([worker("w", accuracy=accuracy)])
    crowd.start()
    report = crowd.run_until_idle()
    assert len(world.assignments(taught, AssignmentStatus.ACCEPTED)) == 2
    assert len(world.assignments(pool, AssignmentStatus.ACCEPTED)) == (2 if is_in else 0)
    assert report.submitted_count == (4 if is_in else 2)
    assert [skill.value for skill in world.platform.list_skills(WorkerId("w"))] == [accuracy]


def test_nobody_is_trained_for_nothing(world: World) -> None:
    """Without a pool that requires it, a training is left alone."""
    taught = train(world)
    pool = world.publish(5, key="paid")
    crowd = world.crowd([worker()])
    crowd.start()
    crowd.run_until_idle()
    assert (len(world.assignments(taught)), len(world.assignments(pool))) == (0, 1)


def test_replayed_people_pass_trainings_that_they_never_saw(world: World) -> None:
    """They have no answers of their own to its tasks and are told the right ones."""
    taught = train(world)
    requirement = TrainingRequirement(training_pool_id=taught.id, passing_skill=0.75)
    pool = world.publish(5, key="paid", training_requirement=requirement)
    answers = ReplayedAnswers(labels={visible_key({"n": n}): "odd" for n in range(5)})
    crowd = world.crowd([SimulatedWorker(id=WorkerId("w"), answers=answers, habits=IMPATIENT)])
    crowd.start()
    crowd.run_until_idle()
    assert len(world.assignments(pool, AssignmentStatus.ACCEPTED)) == 1
