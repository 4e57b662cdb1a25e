"""Trainings and exams: what is asked, what counts, who gets in, and for how long."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from manyhands.crowd import (
    AllOf,
    AssignmentStatus,
    Comparison,
    ControlTasks,
    Course,
    CourseKind,
    FilterCategory,
    FilterCondition,
    FilterOperator,
    KnownSolution,
    MixerConfig,
    Money,
    Page,
    Pool,
    PoolId,
    PoolType,
    QualityCondition,
    QualityRule,
    SetWorkerSkill,
    SkillId,
    TaskChange,
    TaskId,
    TaskKind,
    TrainingRequirement,
    TrainingTerms,
    WorkerId,
)
from manyhands.errors import InvalidData, InvalidParams, NotFound, WrongState
from tests.unit.platform.house import CAT, DOG, House, control, controls, project_config, real, reals, solution, suite

ANN = WorkerId("ann")
HINT = "look at the ears"


def lesson(key: str, **changes: Any) -> Any:
    """Return a training task whose right answer is cat."""
    return control(key, **{"hint": HINT, **changes})


def training(
    house: House,
    *,
    task_count: int = 4,
    page_size: int = 2,
    pages_to_pass: int = 2,
    retry_after: timedelta | None = None,
    **changes: Any,
) -> Pool:
    """Return an open training."""
    house.workers("ann", "ben")
    values = {
        "mixer": MixerConfig(real_count=0, training_count=page_size, is_creation_order_kept=True),
        "type": PoolType.TRAINING,
        "reward": Money(0),
        "training_terms": TrainingTerms(pages_to_pass=pages_to_pass, retry_after=retry_after),
    }
    return house.pool(*(lesson(f"t{number}") for number in range(task_count)), **{**values, **changes})


def demanding(house: House, taught: Pool, *, passing_skill: float = 0.75, **changes: Any) -> Pool:
    """Return an open pool that requires a training."""
    requirement = TrainingRequirement(training_pool_id=taught.id, passing_skill=passing_skill)
    return house.pool(*reals(3, overlap=2), training_requirement=requirement, **changes)


def check(house: House, page: Page, place: int, label: str, worker: str = "ann") -> Any:
    """Check one answer."""
    return house.platform.check_training_answer(
        page.assignment_id, WorkerId(worker), task_id=page.tasks[place].id, solution=solution(label)
    )


def learn(house: House, taught: Pool, *labels: str, worker: str = "ann") -> Page:
    """Do a page of a training with these first answers, and put them right."""
    page = house.take(worker, taught)
    for place, label in enumerate(labels):
        check(house, page, place, label, worker)
    house.hand_in(page)
    return page


def values(house: House, worker: str = "ann") -> list[float]:
    """Return the values of a worker's skills."""
    return [skill.value for skill in house.platform.list_skills(WorkerId(worker))]


def course(house: House, taught: Pool, worker: str = "ann") -> Course:
    """Return a training as a worker sees it."""
    (found,) = [each for each in house.platform.list_courses(WorkerId(worker)) if each.pool.id == taught.id]
    return found


def test_a_wrong_answer_shows_the_hint(house: House) -> None:
    """A right one shows nothing; the same answer again tells the same."""
    page = house.take("ann", training(house))
    wrong, right = check(house, page, 0, DOG), check(house, page, 0, CAT)
    assert (wrong.is_right, wrong.hint) == (False, HINT)
    assert (right.is_right, right.hint) == (True, "")
    assert (check(house, page, 0, DOG), check(house, page, 0, CAT)) == (wrong, right)


def test_a_task_without_a_hint_teaches_too(house: House) -> None:
    """In a training every task with a known solution is a training task, whatever overlap it names."""
    house.worker()
    mixer = MixerConfig(real_count=0, training_count=1)
    taught = house.pool(control("c", overlap=1), mixer=mixer, type=PoolType.TRAINING, reward=Money(0))
    (task,) = house.platform.list_tasks(taught.id)
    assert (task.kind, task.hint, task.overlap) == ("training", None, None)
    assert check(house, house.take("ann", taught), 0, DOG).hint == ""


def test_a_task_without_a_solution_teaches_nothing(house: House) -> None:
    """It is refused, and nothing is added."""
    taught = training(house)
    with pytest.raises(InvalidData, match="'r': expected a known solution"):
        house.platform.add_tasks(taught.id, [lesson("more"), real("r")])
    assert len(house.platform.list_tasks(taught.id)) == 4


def test_a_page_is_handed_in_when_all_is_right(house: House) -> None:
    """A wrong answer is told with its hint, the page stays active; the right ones end it, and nobody has to judge it."""
    page = house.take("ann", training(house))
    with pytest.raises(InvalidData, match=HINT):
        house.hand_in(page, CAT, DOG)
    assert house.assignment(page).status is AssignmentStatus.ACTIVE
    house.hand_in(page)
    house.hand_in(page)
    assert house.assignment(page).status is AssignmentStatus.ACCEPTED


def test_only_first_answers_make_the_skill(house: House) -> None:
    """What was put right afterwards does not count; the skill comes with the last page that passing takes, not before."""
    taught = training(house)
    pool = demanding(house, taught)
    learn(house, taught, CAT, DOG)
    assert values(house) == []
    assert house.refusal("ann", pool) == "training_required"
    learn(house, taught, CAT, CAT)
    assert values(house) == [0.75]
    house.take("ann", pool)


def test_an_answer_that_was_never_checked_counts_when_it_is_handed_in(house: House) -> None:
    """The first try is what counts, through whatever door it comes."""
    taught = training(house, task_count=2, pages_to_pass=1)
    page = house.take("ann", taught)
    with pytest.raises(InvalidData):
        house.hand_in(page, DOG, CAT)
    house.hand_in(page, CAT, CAT)
    assert values(house) == [0.5]


def test_what_does_not_fit_is_no_first_answer(house: House) -> None:
    """An answer outside the project's specs is refused and forgotten, checked or handed in."""
    taught = training(house, task_count=2, pages_to_pass=1)
    page = house.take("ann", taught)
    with pytest.raises(InvalidData, match="does not fit"):
        check(house, page, 0, "cow")
    with pytest.raises(InvalidData, match="do not fit"):
        house.hand_in(page, CAT, "cow")
    with pytest.raises(InvalidData, match="has 2 tasks, but 1 solutions"):
        house.hand_in(page, DOG)
    house.hand_in(page)
    assert values(house) == [1.0]


def test_too_little_skill_keeps_out_and_is_not_asked_again(house: House) -> None:
    """Who did badly holds the skill, too: the training is over for them."""
    taught = training(house, task_count=2, pages_to_pass=1)
    pool = demanding(house, taught)
    learn(house, taught, DOG, CAT)
    assert house.refusal("ann", pool) == "training_required"
    assert house.refusal("ann", taught) == "trained"


@pytest.mark.parametrize(("passing_skill", "is_in"), [(0.5, True), (0.51, False)])
def test_the_passing_skill_is_enough(house: House, passing_skill: float, *, is_in: bool) -> None:
    """Pools may ask for different levels of one training."""
    taught = training(house, task_count=2, pages_to_pass=1)
    pool = demanding(house, taught, passing_skill=passing_skill)
    learn(house, taught, DOG, CAT)
    assert (house.refusal("ann", pool) if not is_in else house.take("ann", pool).pool_id) in {
        "training_required",
        pool.id,
    }


def test_a_training_with_too_few_tasks_can_be_passed(house: House) -> None:
    """The last page may be small, and the skill comes when nothing is left."""
    taught = training(house, task_count=3, pages_to_pass=5)
    learn(house, taught, CAT, CAT)
    assert values(house) == []
    assert len(learn(house, taught, DOG).tasks) == 1
    assert values(house) == [pytest.approx(2 / 3)]


def test_one_skill_for_all_trainings_of_a_project(house: House) -> None:
    """It has the project's name, is there as soon as there is a training, and closes all of its trainings."""
    first, second = training(house, pages_to_pass=1), training(house)
    assert first.training_skill_id == second.training_skill_id is not None
    assert house.pool().training_skill_id is None
    names = {skill.id: skill.name for skill in [house.platform.put_skill("Cats and dogs - training")]}
    assert names == {first.training_skill_id: "Cats and dogs - training"}
    learn(house, first, CAT, CAT)
    assert house.refusal("ann", second) == "trained"


def test_projects_of_one_name_have_skills_of_their_own(house: House) -> None:
    """Also where the requester has used the name for something else."""
    taken = house.platform.put_skill("Cats and dogs - training")
    first = training(house)
    other = house.platform.put_project(project_config(key="other"))
    second = training(house, project_id=other.id)
    assert len({taken.id, first.training_skill_id, second.training_skill_id}) == 3


def test_a_skipped_page_comes_again_with_its_first_answers(house: House) -> None:
    """Looking at hints and skipping does not help; nor does letting the page expire."""
    taught = training(house, task_count=2, pages_to_pass=1)
    page = house.take("ann", taught)
    check(house, page, 0, DOG)
    house.platform.skip(page.assignment_id, ANN)
    check(house, house.take("ann", taught), 1, DOG)
    house.clock.move(minutes=10)
    again = learn(house, taught, CAT, CAT)
    assert house.keys(again) == {"t0", "t1"}
    assert values(house) == [0.0]
    house.audit()


def test_first_answers_are_shown_to_the_requester(house: House) -> None:
    """Only where one was wrong, and never to the worker."""
    taught = training(house)
    wrong, right = learn(house, taught, CAT, DOG), learn(house, taught, CAT, CAT)
    assert house.assignment(right).first_solutions == ()
    assert house.assignment(wrong).first_solutions == (solution(CAT), solution(DOG))
    assert house.assignment(wrong).solutions == (solution(CAT), solution(CAT))
    assert {task.hint for task in house.assignment(wrong).tasks} == {HINT}


def test_the_skill_is_dropped_after_a_while(house: House) -> None:
    """Then the training is done anew from its beginning, and what was answered before does not count."""
    taught = training(house, task_count=2, pages_to_pass=1, retry_after=timedelta(days=30))
    pool = demanding(house, taught)
    learn(house, taught, DOG, DOG)
    house.clock.move(days=30, seconds=-1)
    assert (values(house), house.refusal("ann", taught)) == ([0.0], "trained")
    house.clock.move(seconds=1)
    assert values(house) == []
    learn(house, taught, CAT, CAT)
    assert values(house) == [1.0]
    house.take("ann", pool)
    house.audit()


def test_work_keeps_the_skill(house: House) -> None:
    """The time counts from the last page in a pool that requires the training, not in others."""
    taught = training(house, task_count=2, pages_to_pass=1, retry_after=timedelta(days=30))
    pool, other = demanding(house, taught), house.pool(*reals(2))
    learn(house, taught, CAT, CAT)
    house.clock.move(days=20)
    house.work("ann", pool)
    house.clock.move(days=20)
    house.work("ann", other)
    assert values(house) == [1.0]
    house.clock.move(days=10)
    assert values(house) == []
    assert house.refusal("ann", pool) == "training_required"


def test_a_skill_that_was_set_by_hand_stays(house: House) -> None:
    """It opens and closes doors like one that was earned, and does not expire."""
    taught = training(house, retry_after=timedelta(days=1))
    pool = demanding(house, taught)
    assert taught.training_skill_id is not None
    house.platform.set_skill(ANN, taught.training_skill_id, value=0.9)
    house.clock.move(days=9)
    assert house.refusal("ann", taught) == "trained"
    house.take("ann", pool)


def test_a_skill_that_was_taken_away_is_earned_anew(house: House) -> None:
    """The requester deletes it, and the training begins again."""
    taught = training(house, task_count=2, pages_to_pass=1)
    learn(house, taught, DOG, DOG)
    assert taught.training_skill_id is not None
    house.platform.set_skill(ANN, taught.training_skill_id, value=None)
    learn(house, taught, CAT, CAT)
    assert values(house) == [1.0]


def test_workers_are_trained_apart(house: House) -> None:
    """What one answers does not move the other."""
    taught = training(house, task_count=2, pages_to_pass=1)
    learn(house, taught, DOG, DOG)
    learn(house, taught, CAT, CAT, worker="ben")
    assert (values(house), values(house, "ben")) == ([0.0], [1.0])


def test_checking_finds_no_control_tasks(house: House) -> None:
    """Real and control tasks of a pool are refused in the same words, whatever is answered; only training tasks are told."""
    house.worker()
    mixer = MixerConfig(real_count=1, control_count=1, training_count=1)
    page = house.take("ann", house.pool(real("r"), control("c"), lesson("t"), mixer=mixer))
    told = []
    for task in page.tasks:
        for label in (CAT, DOG, "cow"):
            try:
                house.platform.check_training_answer(page.assignment_id, ANN, task_id=task.id, solution=solution(label))
            except InvalidData as error:
                told.append(str(error).replace(task.id, "X"))
    refusals = [words for words in told if "no training task" in words]
    assert (len(refusals), len(set(refusals))) == (6, 1)
    assert [task.is_training for task in page.tasks].count(True) == 1


def test_training_tasks_of_a_pool_are_put_right_too(house: House) -> None:
    """Among paid work the hint is shown as well; real and control answers are taken as they are."""
    house.worker()
    mixer = MixerConfig(real_count=1, control_count=1, training_count=1)
    pool = house.pool(real("r"), control("c"), lesson("t"), mixer=mixer)
    page = house.take("ann", pool)
    (place,) = [number for number, task in enumerate(page.tasks) if task.is_training]
    with pytest.raises(InvalidData, match=HINT):
        house.hand_in(page, DOG, DOG, DOG)
    labels = [CAT if number == place else DOG for number in range(3)]
    house.hand_in(page, *labels)
    assert house.assignment(page).status is AssignmentStatus.SUBMITTED
    assert house.assignment(page).first_solutions == tuple(map(solution, [DOG] * 3))
    assert values(house) == []


def test_training_tasks_of_suites_are_put_right_too(house: House) -> None:
    """Requesters who put pages together by hand may mix lessons in."""
    house.worker()
    pool = house.suite_pool(suite("a", real("r"), lesson("t")))
    page = house.take("ann", pool)
    assert [task.is_training for task in page.tasks] == [False, True]
    with pytest.raises(InvalidData, match=HINT):
        house.hand_in(page, DOG, DOG)
    house.hand_in(page, DOG, CAT)
    assert house.assignment(page).first_solutions == (solution(DOG), solution(DOG))


@pytest.mark.parametrize("case", ["stranger", "over", "elsewhere"])
def test_only_tasks_in_hand_are_checked(house: House, case: str) -> None:
    """Not those of others, of pages that are over, or of other pages."""
    taught = training(house)
    page, theirs = house.take("ann", taught), house.take("ben", taught)
    if case == "over":
        house.hand_in(page)
    error = {"stranger": NotFound, "over": WrongState, "elsewhere": NotFound}[case]
    task_id = theirs.tasks[0].id if case == "elsewhere" else page.tasks[0].id
    with pytest.raises(error):
        house.platform.check_training_answer(
            page.assignment_id, WorkerId("ben" if case == "stranger" else "ann"), task_id=task_id, solution=solution()
        )


@pytest.mark.parametrize(
    ("requirement", "error"),
    [
        ({"training_pool_id": PoolId("99999999")}, NotFound),
        ({}, InvalidParams),
        ({"skill_id": SkillId("99999999")}, NotFound),
    ],
    ids=["no such pool", "no training", "no such skill"],
)
def test_a_requirement_that_nobody_can_fulfil_is_refused(
    house: House, requirement: dict[str, Any], error: type[Exception]
) -> None:
    """The pool is not created."""
    said = {"training_pool_id": house.pool().id, "passing_skill": 0.5, **requirement}
    with pytest.raises(error):
        house.pool(training_requirement=TrainingRequirement(**said))


def test_a_course_tells_how_far_the_worker_is(house: House) -> None:
    """Pages done, pages to do, what it opens, and when it can be done again."""
    taught = training(house, retry_after=timedelta(days=7))
    pool = demanding(house, taught)
    before = course(house, taught)
    assert (before.kind, before.pages_done, before.pages_to_pass) == (CourseKind.TRAINING, 0, 2)
    assert (before.skill, before.is_available) == (None, True)
    assert [(each.pool.id, each.passing_skill, each.is_reached) for each in before.openings] == [(pool.id, 0.75, False)]
    learn(house, taught, CAT, CAT)
    assert course(house, taught).pages_done == 1
    learn(house, taught, CAT, DOG)
    after = course(house, taught)
    assert (after.skill, after.is_available, after.retry_at) == (0.75, False, house.clock.now() + timedelta(days=7))
    assert [each.is_reached for each in after.openings] == [True]
    house.clock.move(days=7)
    assert (course(house, taught).pages_done, course(house, taught).skill) == (0, None)


def test_an_exam_is_a_pool_of_control_tasks_that_opens_others(house: House) -> None:
    """It is listed where an open pool asks for its skill; the worker is not told the value, only whether it is enough."""
    house.workers("ann", "ben")
    skill = house.platform.put_skill("exam").id
    rule = QualityRule(
        collector=ControlTasks(),
        conditions=(QualityCondition(key="total_count", comparison=Comparison.GTE, threshold=2),),
        action=SetWorkerSkill(skill_id=skill),
    )
    exam = house.pool(*controls(2), mixer=MixerConfig(real_count=0, control_count=2), quality_rules=(rule,))
    assert house.platform.list_courses(ANN) == []
    needed = FilterCondition(category=FilterCategory.SKILL, key=skill, operator=FilterOperator.GT, value=0.5)
    pool = house.pool(*reals(2), worker_filter=AllOf((needed,)))
    house.work("ann", exam, CAT, CAT)
    house.work("ben", exam, CAT, DOG)
    for worker, is_reached in (("ann", True), ("ben", False)):
        found = course(house, exam, worker)
        assert (found.kind, found.pages_done, found.skill) == (CourseKind.EXAM, 1, None)
        assert [(each.pool.id, each.is_reached) for each in found.openings] == [(pool.id, is_reached)]


def test_a_pool_with_real_tasks_is_no_exam(house: House) -> None:
    """Nothing tells that a pool has control tasks."""
    house.worker()
    skill = house.platform.put_skill("quality").id
    rule = QualityRule(collector=ControlTasks(), conditions=(), action=SetWorkerSkill(skill_id=skill))
    house.pool(real("r"), control("c"), mixer=MixerConfig(real_count=1, control_count=1), quality_rules=(rule,))
    needed = FilterCondition(category=FilterCategory.SKILL, key=skill, operator=FilterOperator.GTE, value=0.5)
    house.pool(*reals(2), worker_filter=needed)
    assert house.platform.list_courses(ANN) == []


def test_trainings_survive_a_restart(house: House) -> None:
    """First answers and progress are in the store."""
    taught = training(house, task_count=2, pages_to_pass=1)
    page = house.take("ann", taught)
    check(house, page, 0, DOG)
    again = House(house.store)
    again.platform.submit(page.assignment_id, ANN, solutions=[solution(), solution()])
    assert values(again) == [0.5]


def test_an_unknown_task_is_not_found(house: House) -> None:
    """A task that is not on the page cannot be asked about."""
    page = house.take("ann", training(house))
    with pytest.raises(NotFound, match="nowhere"):
        house.platform.check_training_answer(page.assignment_id, ANN, task_id=TaskId("nowhere"), solution=solution())


def test_a_task_of_a_training_stays_one_for_everybody(house: House) -> None:
    """Whatever overlap it gets, and without its hint; its known solution may change, but not go."""
    taught = training(house, task_count=1, page_size=1)
    (first,) = house.platform.list_tasks(taught.id)
    house.platform.raise_overlaps(taught.id, {first.id: 3})
    for change in (TaskChange(overlap=2), TaskChange(is_endless=False), TaskChange(hint="")):
        changed = house.platform.change_task(first.id, change)
        assert (changed.kind, changed.overlap) == (TaskKind.TRAINING, None)
    with pytest.raises(InvalidData, match="expected a known solution"):
        house.platform.change_task(first.id, TaskChange(known_solutions=()))
    house.platform.change_task(first.id, TaskChange(known_solutions=(KnownSolution(output_values={"label": DOG}),)))
    page = house.take("ann", taught)
    assert not check(house, page, 0, CAT).is_right
    assert check(house, page, 0, DOG).is_right


def test_lessons_on_pages_in_hand_have_to_be_right_after_the_pool_has_changed(house: House) -> None:
    """The page is older than the config, which knows of no training tasks any more."""
    house.worker()
    pool = house.pool(*reals(3), lesson("t"), mixer=MixerConfig(real_count=1, training_count=1))
    page = house.take("ann", pool)
    house.platform.close_pool(pool.id)
    house.platform.update_pool(pool.id, replace(house.now(pool).config, mixer=MixerConfig(real_count=1)))
    with pytest.raises(InvalidData, match="put the answers right"):
        house.hand_in(page, DOG, DOG)
    house.hand_in(page)


def test_the_time_until_a_training_can_be_done_again_may_change(house: House) -> None:
    """The next page in a pool that requires it counts with the new time."""
    taught = training(house, retry_after=timedelta(days=2))
    pool = demanding(house, taught)
    for _ in range(2):
        learn(house, taught)
    house.platform.close_pool(taught.id)
    terms = TrainingTerms(pages_to_pass=2, retry_after=timedelta(days=9))
    house.platform.update_pool(taught.id, replace(house.now(taught).config, training_terms=terms))
    house.work("ann", pool)
    house.clock.move(days=8)
    assert values(house) == [1.0]
    house.clock.move(days=2)
    assert values(house) == []
