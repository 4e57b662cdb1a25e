"""Which tasks a worker gets on a page."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manyhands.crowd import KnownSolution, MixerConfig, PoolId, TaskKind, WorkerId
from manyhands.errors import NotFound
from manyhands.platform import EmbeddedPlatform
from manyhands.store import SqliteStore
from tests.unit.platform.house import House, control, controls, project_config, real, reals


def kinds(house: House, worker: str, pool_mixer: MixerConfig) -> list[TaskKind]:
    """Return the kinds of the tasks on the worker's first page."""
    pool = house.pool(*reals(9), *controls(9), mixer=pool_mixer)
    page = house.take(worker, pool)
    return [task.kind for task in house.assignment(page).tasks]


@pytest.mark.parametrize(("real_count", "control_count"), [(1, 0), (3, 0), (2, 1), (5, 4)])
def test_a_full_page_has_exactly_what_the_mixer_says(house: House, real_count: int, control_count: int) -> None:
    """As many real and control tasks as asked for, no more."""
    house.worker()
    found = kinds(house, "ann", MixerConfig(real_count=real_count, control_count=control_count))
    assert (found.count(TaskKind.REAL), found.count(TaskKind.CONTROL)) == (real_count, control_count)
    assert len(found) == real_count + control_count


def test_a_second_take_returns_the_page_in_hand(house: House) -> None:
    """A worker has one page at a time in a pool, the same one whenever it is asked for."""
    house.worker()
    pool = house.pool(*reals(4))
    assert house.take("ann", pool) == house.take("ann", pool)
    assert len(house.platform.list_assignments(pool.id)) == 1


def test_a_page_in_hand_is_returned_although_the_pool_is_closed(house: House) -> None:
    """Closing a pool takes no page away."""
    house.worker()
    pool = house.pool(*reals(4))
    page = house.take("ann", pool)
    house.platform.close_pool(pool.id)
    assert house.take("ann", pool) == page


def test_a_worker_may_have_a_page_in_each_of_two_pools(house: House) -> None:
    """One page at a time is meant for each pool."""
    house.worker()
    first, second = house.pool(*reals(1)), house.pool(*reals(1))
    assert house.take("ann", first).pool_id != house.take("ann", second).pool_id


@pytest.mark.parametrize("ending", ["submit", "skip", "expire"])
def test_a_worker_never_gets_a_task_twice(house: House, ending: str) -> None:
    """Neither after answering it, nor after giving it back or letting it expire."""
    house.worker()
    pool = house.pool(*reals(3, overlap=5))
    seen: list[str] = []
    for _ in range(3):
        page = house.take("ann", pool)
        seen.extend(house.keys(page))
        if ending == "submit":
            house.hand_in(page)
        elif ending == "skip":
            house.platform.skip(page.assignment_id, page.worker_id)
        else:
            house.clock.move(minutes=10)
    assert sorted(seen) == ["r0", "r1", "r2"]
    assert house.refusal("ann", pool) == "exhausted"


def test_control_tasks_come_once_per_worker_and_then_the_worker_gets_nothing(house: House) -> None:
    """When the control tasks are used up, no page is issued without them."""
    house.workers("ann", "ben")
    pool = house.pool(*reals(9), *controls(2), mixer=MixerConfig(real_count=1, control_count=1))
    seen = {key for _ in range(2) for key in house.keys(house.work("ann", pool)) if key.startswith("c")}
    assert seen == {"c0", "c1"}
    assert house.refusal("ann", pool) == "control_exhausted"
    assert any(key.startswith("c") for key in house.keys(house.take("ben", pool)))


def test_control_tasks_added_later_come_too(house: House) -> None:
    """A worker who has seen every control task goes on when there are new ones."""
    house.worker()
    pool = house.pool(*reals(9), *controls(2), mixer=MixerConfig(real_count=1, control_count=1))
    for _ in range(2):
        house.work("ann", pool)
    assert house.refusal("ann", pool) == "control_exhausted"
    house.platform.add_tasks(pool.id, [control("new")])
    assert "new" in house.keys(house.work("ann", pool))


def test_workers_begin_with_different_control_tasks(house: House) -> None:
    """Workers who talk to each other do not find all control tasks at once."""
    workers = house.workers(*(f"w{number}" for number in range(12)))
    pool = house.pool(*reals(1, overlap=12), *controls(40), mixer=MixerConfig(real_count=1, control_count=1))
    first = {key for worker in workers for key in house.keys(house.take(worker, pool)) if key.startswith("c")}
    assert len(first) > 4


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 2),
        ({"min_real_count": 2, "is_last_page_forced": False}, 2),
        ({"min_real_count": 3, "is_last_page_forced": False}, "exhausted"),
        ({"is_last_page_forced": False}, "exhausted"),
        ({"last_page_delay": timedelta(seconds=1)}, "exhausted"),
    ],
    ids=["forced", "enough", "too few", "full pages only", "too soon"],
)
def test_an_incomplete_last_page(house: House, changes: dict[str, object], expected: object) -> None:
    """Fewer real tasks than a full page has are issued only when that is enough, or forced after the delay."""
    house.worker()
    pool = house.pool(*reals(2), mixer=MixerConfig(real_count=4, **changes))  # type: ignore[arg-type]  # a table of fields
    found = house.refusal("ann", pool) if isinstance(expected, str) else len(house.take("ann", pool).tasks)
    assert found == expected


def test_a_forced_last_page_comes_when_its_delay_is_over(house: House) -> None:
    """The delay counts from the last change of the pool's tasks."""
    house.worker()
    mixer = MixerConfig(real_count=4, last_page_delay=timedelta(minutes=5))
    pool = house.pool(*reals(2), mixer=mixer)
    house.clock.move(minutes=4)
    house.platform.add_tasks(pool.id, [real("late")])
    house.clock.move(minutes=4)
    assert house.refusal("ann", pool) == "exhausted"
    house.clock.move(minutes=1)
    assert len(house.take("ann", pool).tasks) == 3


@pytest.mark.parametrize(
    ("mixer", "expected"),
    [
        (MixerConfig(real_count=1, control_count=3), "control_exhausted"),
        (MixerConfig(real_count=1, control_count=3, min_control_count=2), 3),
        (MixerConfig(real_count=1, training_count=1), "exhausted"),
        (MixerConfig(real_count=1, training_count=1, min_training_count=0), 1),
    ],
    ids=["control is short", "less control is enough", "training is short", "no training is enough"],
)
def test_control_and_training_have_to_be_complete(house: House, mixer: MixerConfig, expected: object) -> None:
    """Down to the minimum that the mixer names, and on the last page too."""
    house.worker()
    pool = house.pool(*reals(1), *controls(2), mixer=mixer)
    found = house.refusal("ann", pool) if isinstance(expected, str) else len(house.take("ann", pool).tasks)
    assert found == expected


def test_what_is_not_issued_is_there_for_the_next_page(house: House) -> None:
    """A worker refused for want of control tasks gets the same real tasks when there are some."""
    house.worker()
    pool = house.pool(*reals(2), mixer=MixerConfig(real_count=2, control_count=1))
    assert house.refusal("ann", pool) == "control_exhausted"
    house.platform.add_tasks(pool.id, controls(1))
    assert house.keys(house.take("ann", pool)) == {"r0", "r1", "c0"}


def test_a_page_of_control_tasks_only(house: House) -> None:
    """An examination has no real tasks, issues pages all the same, and never completes."""
    house.worker()
    pool = house.pool(*controls(2), mixer=MixerConfig(real_count=0, control_count=2))
    assert house.keys(house.work("ann", pool)) == {"c0", "c1"}
    assert house.now(pool).close_reason is None
    assert house.refusal("ann", pool) == "control_exhausted"


def test_training_tasks_are_mixed_in(house: House) -> None:
    """Training tasks come in their order of creation, each once."""
    house.worker()
    training = [control(f"t{number}", hint="think") for number in range(2)]
    pool = house.pool(*reals(4), *training, mixer=MixerConfig(real_count=1, training_count=1))
    found = [key for _ in range(2) for key in house.keys(house.work("ann", pool)) if key.startswith("t")]
    assert found == ["t0", "t1"]
    assert house.refusal("ann", pool) == "exhausted"


def test_reserved_and_unavailable_tasks(house: House) -> None:
    """A reserved task goes to those it is for, an unavailable one never to those named, known or not."""
    ann, ben = house.workers("ann", "ben")
    drafts = [
        real("for-ann", reserved_for=frozenset({ann})),
        real("not-ann", unavailable_for=frozenset({ann, WorkerId("stranger")})),
        real("nobody", reserved_for=frozenset({WorkerId("stranger")})),
        real("never", reserved_for=frozenset({ben}), unavailable_for=frozenset({ben})),
    ]
    pool = house.pool(*drafts, mixer=MixerConfig(real_count=4))
    assert house.keys(house.take("ann", pool)) == {"for-ann"}
    assert house.keys(house.take("ben", pool)) == {"not-ann"}


def test_creation_order_is_kept_when_asked_for(house: House) -> None:
    """Tasks come one after another as they were added."""
    house.worker()
    mixer = MixerConfig(real_count=1, is_creation_order_kept=True)
    pool = house.pool(*reals(5), mixer=mixer)
    house.platform.add_tasks(pool.id, [real("late")])
    assert [house.keys(house.work("ann", pool)).pop() for _ in range(6)] == ["r0", "r1", "r2", "r3", "r4", "late"]


def test_tasks_come_at_random_otherwise(house: House) -> None:
    """The order of a pool is not that of its creation."""
    house.worker()
    pool = house.pool(*reals(30))
    found = [house.keys(house.work("ann", pool)).pop() for _ in range(30)]
    assert sorted(found) == sorted(f"r{number}" for number in range(30))
    assert found != [f"r{number}" for number in range(30)]


def test_a_seed_makes_the_order_repeatable() -> None:
    """Two platforms with one seed issue the same pages."""
    orders = []
    for _ in range(2):
        house = House()
        house.worker()
        pool = house.pool(*reals(9), *controls(3), mixer=MixerConfig(real_count=3, control_count=1))
        orders.append([[task.input_values["text"] for task in house.work("ann", pool).tasks] for _ in range(3)])
    assert orders[0] == orders[1]


@pytest.mark.parametrize("is_shuffled", [True, False])
def test_the_place_of_the_control_task_tells_nothing(house: House, *, is_shuffled: bool) -> None:
    """On shuffled pages the control task stands in every place; unshuffled it comes last."""
    workers = house.workers(*(f"w{number}" for number in range(30)))
    mixer = MixerConfig(real_count=2, control_count=1, is_page_shuffled=is_shuffled)
    pool = house.pool(*reals(2, overlap=30), *controls(1), mixer=mixer)
    pages = [house.take(worker, pool) for worker in workers]
    places = {[task.input_values["text"][0] for task in page.tasks].index("c") for page in pages}
    assert places == ({0, 1, 2} if is_shuffled else {2})


def test_a_page_tells_no_control_task(house: House) -> None:
    """Hidden values, the order of values and ids are those of any task; ids are not the tasks' own."""
    house.worker()
    backwards = control("c0", input_values={"id": "c0", "text": "c0"})
    pool = house.pool(real("r0"), backwards, mixer=MixerConfig(real_count=1, control_count=1))
    page = house.take("ann", pool)
    assert {tuple(task.input_values) for task in page.tasks} == {("text",)}
    own_ids = {task.id for task in house.platform.list_tasks(pool.id)}
    assert own_ids.isdisjoint(task.id for task in page.tasks)
    assert [task.id for task in page.tasks] == sorted(task.id for task in page.tasks)
    assert len({len(task.id) for task in page.tasks} | {len(task_id) for task_id in own_ids}) == 1


def test_fields_hidden_later_are_left_out_of_new_pages(house: House) -> None:
    """A page follows the project as it is now."""
    house.worker()
    pool = house.pool(*reals(2))
    spec = project_config().input_spec
    both = {**spec, "text": spec["id"]}
    house.platform.put_project(project_config(input_spec=both))
    assert dict(house.take("ann", pool).tasks[0].input_values) == {}


def test_the_price_is_that_of_the_moment_of_taking(house: House) -> None:
    """Page and assignment name reward, times and worker."""
    house.worker()
    pool = house.pool(*reals(1))
    page = house.take("ann", pool)
    now = house.clock.now()
    assert (page.reward, page.created, page.deadline) == (pool.config.reward, now, now + timedelta(minutes=10))
    assignment = house.assignment(page)
    assert (assignment.id, assignment.worker_id, assignment.status) == (page.assignment_id, "ann", "ACTIVE")
    assert assignment.tasks[0].input_values == {"text": "r0", "id": "r0"}


def test_known_solutions_are_for_the_requester_only(house: House) -> None:
    """The assignment has them, the page has no place for them."""
    house.worker()
    pool = house.pool(real("r0"), control("c0"), mixer=MixerConfig(real_count=1, control_count=1))
    page = house.take("ann", pool)
    known = {task.key: task.known_solutions for task in house.assignment(page).tasks}
    assert known == {"r0": (), "c0": (KnownSolution(output_values={"label": "cat"}),)}


def test_strangers_and_unknown_pools_are_named(house: House) -> None:
    """A worker has to be registered, a pool has to be there."""
    pool = house.pool(*reals(1))
    with pytest.raises(NotFound, match="register the worker first"):
        house.take("stranger", pool)
    house.worker()
    for pool_id in ("12345678", "x"):
        with pytest.raises(NotFound, match=f"no pool '?{pool_id}"):
            house.platform.take(WorkerId("ann"), PoolId(pool_id))


@settings(max_examples=40, deadline=None)
@given(
    real_count=st.integers(1, 4),
    control_count=st.integers(0, 3),
    task_count=st.integers(0, 9),
    overlap=st.integers(0, 3),
    worker_count=st.integers(1, 5),
)
def test_every_solution_asked_for_is_given_out(
    real_count: int, control_count: int, task_count: int, overlap: int, worker_count: int
) -> None:
    """With forced last pages and enough workers and control tasks, every task reaches its overlap, and no more."""
    house = House()
    mixer = MixerConfig(real_count=real_count, control_count=control_count)
    pool = house.pool(*reals(task_count, overlap=overlap), *controls(30), mixer=mixer)
    for worker in house.workers(*(f"w{number}" for number in range(worker_count))):
        house.work_all(worker, pool)
    expected = max(0, overlap - worker_count) * task_count
    left = [count for key, count in house.remaining(pool).items() if key.startswith("r") and count is not None]
    assert sum(left) == expected
    house.audit()
    house.platform.close()


def test_platforms_on_one_store_share_everything(house: House) -> None:
    """A page taken through one platform is in hand at the other, and closing pools is seen by both."""
    house.worker()
    pool = house.pool(*reals(2))
    assert isinstance(house.store, SqliteStore)
    other = EmbeddedPlatform(house.store, clock=house.clock)
    assert other.take(WorkerId("ann"), pool.id) == house.take("ann", pool)
    other.close_pool(pool.id)
    assert house.now(pool).close_reason == "MANUAL"
