"""Putting tasks into a pool."""

import pytest

from manyhands.crowd import KnownSolution, MixerConfig, PoolStatus, TaskDraft, TaskKind
from manyhands.errors import InvalidData, NotFound
from tests.unit.platform.house import House, control, real, reals

KNOWN = KnownSolution(output_values={"label": "cat"})


def test_ids_come_in_order(house: House) -> None:
    """One for each draft, and their order is that of their creation."""
    pool = house.pool()
    ids = house.platform.add_tasks(pool.id, reals(3)) + house.platform.add_tasks(pool.id, [real("x")])
    assert ids == sorted(set(ids))
    assert [task.id for task in house.platform.list_tasks(pool.id)] == ids
    assert {len(task_id) for task_id in ids} == {36}
    assert ids[0].startswith(f"{int(pool.id):010x}--")


def test_a_task_is_added_once(house: House) -> None:
    """The same key in a pool is the same task, within one call and in later ones; in another pool it is another."""
    pool, other = house.pool(), house.pool()
    first = house.platform.add_tasks(pool.id, [real("a"), real("b"), real("a")])
    assert first[0] == first[2] != first[1]
    again = house.platform.add_tasks(pool.id, [real("b", overlap=7), real("c"), real("a")])
    assert (again[0], again[2]) == (first[1], first[0])
    assert [task.key for task in house.platform.list_tasks(pool.id)] == ["a", "b", "c"]
    assert house.remaining(pool) == {"a": 1, "b": 1, "c": 1}
    assert house.platform.add_tasks(other.id, [real("a")])[0] not in first


def test_a_stream_is_read_once(house: House) -> None:
    """Drafts may come from a generator, many more than are handed to the database at once."""
    pool = house.pool()
    ids = house.platform.add_tasks(pool.id, (real(f"r{number}") for number in range(11_000)))
    assert len(set(ids)) == 11_000
    listed = house.platform.list_tasks(pool.id, ids[10_997], limit=5)
    assert [task.key for task in listed] == ["r10998", "r10999"]


def test_nothing_is_added_by_an_empty_call(house: House) -> None:
    """No drafts, no ids."""
    pool = house.pool()
    assert house.platform.add_tasks(pool.id, []) == []


@pytest.mark.parametrize(
    ("draft", "problem"),
    [
        (real("a", input_values={"text": "a"}), "task 'a': id: expected a string, but it is missing"),
        (real("a", input_values={"text": 1, "id": "a"}), "text: expected a string, found 1"),
        (real("a", input_values={"text": "a", "id": "a", "b": 1}), "b: there is no such field"),
        (real("a", overlap=-1), "overlap: expected 0 or more, found -1"),
        (control("a", right="bird"), "known solution: label: expected one of 'cat', 'dog'"),
        (real("a", known_solutions=(KnownSolution(output_values={"x": 1}),)), "known solution: x: there is no such"),
        (real("a", known_solutions=(KnownSolution(output_values={}, weight=1.5),)), "weight: expected a number from 0"),
    ],
    ids=["missing", "type", "unknown", "overlap", "known value", "known field", "weight"],
)
def test_a_draft_that_does_not_fit_is_refused(house: House, draft: TaskDraft, problem: str) -> None:
    """The error names task and field, and nothing is added, not even what was right."""
    pool = house.pool()
    with pytest.raises(InvalidData, match=problem):
        house.platform.add_tasks(pool.id, [real("good"), draft])
    assert house.platform.list_tasks(pool.id) == []


def test_all_problems_come_at_once_but_not_a_million(house: House) -> None:
    """The first hundred are named, all are counted."""
    pool = house.pool()
    with pytest.raises(InvalidData, match="250 problems") as caught:
        house.platform.add_tasks(pool.id, [real(f"r{number}", overlap=-1) for number in range(250)])
    assert len(caught.value.problems) == 100


def test_kinds_are_told_from_what_a_draft_brings(house: House) -> None:
    """Known solutions make a control task, a hint a training task."""
    pool = house.pool()
    training = control("t", hint="think")
    house.platform.add_tasks(pool.id, [real("r"), control("c"), training])
    kinds = {task.key: task.kind for task in house.platform.list_tasks(pool.id)}
    assert kinds == {"r": TaskKind.REAL, "c": TaskKind.CONTROL, "t": TaskKind.TRAINING}


def test_tasks_may_be_added_to_an_open_pool(house: House) -> None:
    """They are issued at once; adding to a completed pool does not open it."""
    house.worker()
    pool = house.pool(*reals(2))
    house.work("ann", pool)
    house.platform.add_tasks(pool.id, [real("late")])
    assert {key for page in house.work_all("ann", pool) for key in house.keys(page)} > {"late"}
    house.platform.add_tasks(pool.id, [real("too late")])
    assert house.now(pool).status is PoolStatus.CLOSED


def test_a_known_solution_may_leave_fields_out(house: House) -> None:
    """A field that it leaves out does not judge the worker, even a required one."""
    pool = house.pool()
    house.platform.add_tasks(pool.id, [real("c", known_solutions=(KnownSolution(output_values={"note": "x"}),))])
    assert house.platform.list_tasks(pool.id)[0].known_solutions[0].output_values == {"note": "x"}


def test_values_of_any_depth_come_back(house: House) -> None:
    """Texts in any language and quotes are kept exactly."""
    text = "ß \"quoted\" 'single' \\ \n 😀"
    pool = house.pool(real("a", input_values={"text": text, "id": "a"}), mixer=MixerConfig(real_count=1))
    house.worker()
    assert house.keys(house.take("ann", pool)) == {text}


def test_listing_goes_on_from_behind(house: House) -> None:
    """From behind a task, within the pool only."""
    pool, other = house.pool(*reals(3)), house.pool(*reals(3))
    ids = [task.id for task in house.platform.list_tasks(pool.id)]
    assert [task.id for task in house.platform.list_tasks(pool.id, ids[0], limit=1)] == [ids[1]]
    assert house.platform.list_tasks(pool.id, ids[2]) == []
    with pytest.raises(NotFound, match="in pool"):
        house.platform.list_tasks(other.id, ids[0])
