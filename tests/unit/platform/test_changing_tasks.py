"""Changing tasks after they were made."""

import pytest

from manyhands.crowd import (
    CloseReason,
    KnownSolution,
    MixerConfig,
    Pool,
    PoolStatus,
    Task,
    TaskChange,
    TaskId,
    TaskKind,
)
from manyhands.errors import InvalidData, InvalidInput, NoMixer, NotFound, WrongState
from manyhands.platform import EmbeddedPlatform
from tests.unit.platform.house import CAT, DOG, House, control, controls, real, reals, suite

KNOWN_CAT, KNOWN_DOG = (KnownSolution(output_values={"label": label}) for label in (CAT, DOG))


def task_id(house: House, pool: Pool, key: str) -> TaskId:
    """Return the id of a task."""
    return next(task.id for task in house.platform.list_tasks(pool.id) if task.key == key)


def change(house: House, pool: Pool, key: str, change: TaskChange) -> Task:
    """Change a task twice, which is the same as once, and return it."""
    found = [house.platform.change_task(task_id(house, pool, key), change) for _ in range(2)]
    assert found[0] == found[1]
    house.audit()
    return found[0]


def test_overlap_is_set_exactly(house: House) -> None:
    """It may rise and fall, down to what is consumed and no further."""
    house.workers("ann", "ben")
    pool = house.pool(*reals(1, overlap=2))
    house.take("ann", pool)
    assert change(house, pool, "r0", TaskChange(overlap=5)).remaining_overlap == 4
    assert change(house, pool, "r0", TaskChange(overlap=1)).remaining_overlap == 0
    assert house.refusal("ben", pool) == "exhausted"
    with pytest.raises(InvalidInput, match="1 solutions are there"):
        house.platform.change_task(task_id(house, pool, "r0"), TaskChange(overlap=0))
    change(house, pool, "r0", TaskChange(overlap=2))
    house.take("ben", pool)


def test_an_overlap_may_lose_its_end_and_get_one_again(house: House) -> None:
    """Without an end every worker gets the task; with one again it gets the pool's usual overlap, or what is consumed."""
    house.workers("ann", "ben", "cay")
    pool = house.pool(*reals(1, overlap=1), default_overlap=2)
    assert change(house, pool, "r0", TaskChange(is_endless=True)).overlap is None
    for worker in ("ann", "ben", "cay"):
        house.work(worker, pool)
    assert house.now(pool).status is PoolStatus.OPEN
    task = change(house, pool, "r0", TaskChange(is_endless=False))
    assert (task.overlap, task.remaining_overlap) == (3, 0)
    assert house.now(pool).close_reason is CloseReason.COMPLETED
    assert change(house, pool, "r0", TaskChange(is_endless=False)).overlap == 3


def test_known_solutions_make_a_control_task_of_a_real_one(house: House) -> None:
    """It is issued as one from then on, to whoever has not seen it, and nobody waits for its answers any more."""
    house.workers("ann", "ben")
    mixer = MixerConfig(real_count=1, control_count=1)
    pool = house.pool(*reals(2, overlap=2), control("c"), mixer=mixer)
    house.work("ann", pool)
    house.work("ben", pool)
    change(house, pool, "r1", TaskChange(known_solutions=(KNOWN_CAT,), is_endless=True))
    kinds = {task.key: task.kind for task in house.platform.list_tasks(pool.id)}
    assert kinds == {"r0": TaskKind.REAL, "r1": TaskKind.CONTROL, "c": TaskKind.CONTROL}
    issued = [house.work_all(worker, pool) for worker in ("ann", "ben")]
    seen = [house.keys(page) for pages in issued for page in pages]
    assert all(keys <= {"r0", "r1"} for keys in seen)
    assert house.now(pool).status is (PoolStatus.OPEN if house.remaining(pool)["r0"] else PoolStatus.CLOSED)


def test_taking_known_solutions_away_makes_a_real_task(house: House) -> None:
    """Its overlap is wanted again, and workers who had passed it get it."""
    house.workers("ann", "ben")
    pool = house.pool(*reals(1, overlap=2), control("c", overlap=2))
    house.work("ann", pool)
    assert house.refusal("ann", pool) == "exhausted"
    task = change(house, pool, "c", TaskChange(known_solutions=()))
    assert (task.kind, task.known_solutions, task.remaining_overlap) == (TaskKind.REAL, (), 2)
    assert house.keys(house.work("ann", pool)) == {"c"}
    assert {key for page in house.work_all("ben", pool) for key in house.keys(page)} == {"c", "r0"}
    assert house.now(pool).close_reason is CloseReason.COMPLETED


@pytest.mark.parametrize(
    ("change_of_task", "kind"),
    [
        pytest.param(TaskChange(known_solutions=(KNOWN_CAT,)), TaskKind.CONTROL, id="control"),
        pytest.param(TaskChange(known_solutions=(KNOWN_CAT,), hint="look"), TaskKind.TRAINING, id="training"),
        pytest.param(TaskChange(hint="look"), TaskKind.REAL, id="hint alone"),
        pytest.param(TaskChange(), TaskKind.REAL, id="nothing"),
    ],
)
def test_kind_is_told_from_what_the_task_has(house: House, change_of_task: TaskChange, kind: TaskKind) -> None:
    """Known solutions make a control task, together with a hint a training task."""
    pool = house.pool(*reals(1, overlap=3), is_open=False)
    task = change(house, pool, "r0", change_of_task)
    assert (task.kind, task.hint, task.overlap) == (kind, change_of_task.hint, 3)


def test_a_hint_goes_when_it_is_emptied(house: House) -> None:
    """A training task without its hint is a control task."""
    pool = house.pool(control("t", hint="look"), is_open=False)
    task = change(house, pool, "t", TaskChange(hint=""))
    assert (task.kind, task.hint) == (TaskKind.CONTROL, None)


def test_workers_are_judged_by_what_is_right_when_they_hand_in(house: House) -> None:
    """The requester sees the new known solution on the page, too."""
    house.worker()
    pool = house.pool(control("c", right=CAT), mixer=MixerConfig(real_count=0, control_count=1))
    page = house.take("ann", pool)
    assert house.assignment(page).tasks[0].known_solutions == (KNOWN_CAT,)
    change(house, pool, "c", TaskChange(known_solutions=(KNOWN_DOG,)))
    assert house.assignment(page).tasks[0].known_solutions == (KNOWN_DOG,)
    house.hand_in(page, DOG)
    (listed,) = house.platform.list_assignments(pool.id)
    assert listed.tasks[0].known_solutions == (KNOWN_DOG,)


def test_a_task_of_a_suite_has_the_overlap_of_the_suite(house: House) -> None:
    """What is right may change, how often it is wanted may not."""
    pool = house.suite_pool(suite("s", *reals(2)), is_open=False)
    found = house.platform.list_tasks(pool.id)[0].id
    for refused in (TaskChange(overlap=4), TaskChange(is_endless=True), TaskChange(is_endless=False)):
        with pytest.raises(NoMixer, match="change the overlap of the suite"):
            house.platform.change_task(found, refused)
    assert house.platform.change_task(found, TaskChange(known_solutions=(KNOWN_CAT,))).kind is TaskKind.CONTROL


def test_a_suite_without_real_tasks_is_not_waited_for(house: House) -> None:
    """Only suites with a real task keep a pool open; one that gets a real task does so again."""
    house.workers("ann", "ben")
    pool = house.suite_pool(suite("s"), suite("t", real("t-0"), overlap=2))
    tasks = {task.key: task.id for task in house.platform.list_tasks(pool.id)}
    house.work("ann", pool)
    house.work("ann", pool)
    house.platform.change_task(tasks["t/0"], TaskChange(known_solutions=(KNOWN_CAT,)))
    assert house.now(pool).close_reason is CloseReason.COMPLETED
    house.audit()
    house.platform.change_task(tasks["t/0"], TaskChange(known_solutions=()))
    house.platform.open_pool(pool.id)
    house.work("ben", pool)
    assert house.now(pool).close_reason is CloseReason.COMPLETED


def test_a_page_that_comes_back_counts_as_what_its_task_has_become(house: House) -> None:
    """A real task that became a control task while it was out leaves no slot behind."""
    house.workers("ann", "ben")
    pool = house.pool(*reals(2))
    page = house.take("ann", pool)
    (key,) = house.keys(page)
    change(house, pool, key, TaskChange(known_solutions=(KNOWN_CAT,)))
    house.platform.skip(page.assignment_id, page.worker_id)
    house.audit()
    house.work_all("ben", pool)
    assert house.now(pool).close_reason is CloseReason.COMPLETED


def test_known_solutions_must_fit_the_project(house: House) -> None:
    """Nothing is changed by a wrong one."""
    pool = house.pool(*controls(1), is_open=False)
    wrong = KnownSolution(output_values={"label": "bird"})
    with pytest.raises(InvalidData, match="expected one of 'cat', 'dog'"):
        house.platform.change_task(task_id(house, pool, "c0"), TaskChange(overlap=4, known_solutions=(wrong,)))
    (task,) = house.platform.list_tasks(pool.id)
    assert (task.overlap, task.known_solutions) == (None, (KNOWN_CAT,))


def test_foreign_fields_take_the_place_of_those_of_the_same_name(house: House) -> None:
    """The others stay."""
    pool = house.pool(real("a", foreign={"traits": ["x"], "baseline_solutions": []}), is_open=False)
    task = change(house, pool, "a", TaskChange(foreign={"baseline_solutions": [1]}))
    assert task.foreign == {"traits": ["x"], "baseline_solutions": [1]}


def test_an_archived_pool_keeps_its_tasks(house: House) -> None:
    """What is archived is final."""
    pool = house.pool(*reals(1), is_open=False)
    house.platform.archive_pool(pool.id)
    with pytest.raises(WrongState, match="archived"):
        house.platform.change_task(task_id(house, pool, "r0"), TaskChange(overlap=4))


def test_nobody_changes_the_task_of_another(house: House) -> None:
    """A foreign task is answered like one that is not there."""
    pool = house.pool(*reals(1), is_open=False)
    found = task_id(house, pool, "r0")
    with pytest.raises(NotFound):
        EmbeddedPlatform(house.store, clock=house.clock, requester="bob").change_task(found, TaskChange(overlap=4))
    with pytest.raises(NotFound):
        house.platform.change_task(TaskId(found[:-1] + "f"), TaskChange(overlap=4))
