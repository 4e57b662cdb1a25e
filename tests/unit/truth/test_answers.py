"""Answers as arrays, and the log that collects them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.errors import InvalidInput
from manyhands.truth import AnswerLog, Answers

ROWS = [(0, 2, 1), (3, 0, 0), (0, 1, 2), (3, 0, 2)]

rows_strategy = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(0, 2)), max_size=40)


def rows_of(answers: Answers) -> list[tuple[int, int, int]]:
    """Return the answers as rows (task, worker, label)."""
    return list(zip(answers.task.tolist(), answers.worker.tolist(), answers.label.tolist(), strict=True))


def test_rows_become_int32_columns_and_counts() -> None:
    """Counts reach to the largest index seen, or further when asked."""
    answers = Answers.from_rows(ROWS, label_count=3, worker_count=9)

    assert rows_of(answers) == ROWS
    assert {column.dtype for column in (answers.task, answers.worker, answers.label)} == {np.dtype(np.int32)}
    assert (answers.answer_count, answers.task_count, answers.worker_count, answers.label_count) == (4, 4, 9, 3)
    assert answers.has_answers().tolist() == [True, False, False, True]


def test_answers_cannot_be_changed_and_do_not_freeze_what_they_were_made_of() -> None:
    """The columns are read-only copies."""
    task = np.array([0, 1], dtype=np.int32)
    answers = Answers.from_arrays(task, [0, 0], label=[0, 0], label_count=1)

    task[0] = 5

    assert answers.task.tolist() == [0, 1]
    with pytest.raises(ValueError, match="read-only"):
        answers.task[0] = 5


def test_no_answers_are_answers() -> None:
    """An empty table is a table."""
    answers = Answers.from_rows([], label_count=2, task_count=3)

    assert (answers.answer_count, answers.task_count, answers.worker_count) == (0, 3, 0)
    assert not answers.has_answers().any()


def test_without_repeats_keeps_the_first_answer_of_a_worker_to_a_task() -> None:
    """Worker 0 answered task 3 twice; the first answer stays, order and counts too."""
    answers = Answers.from_rows(ROWS, label_count=3).without_repeats()

    assert rows_of(answers) == ROWS[:3]
    assert answers.task_count == 4


@pytest.mark.parametrize(
    ("columns", "label_count", "message"),
    [
        pytest.param(([0], [0], [2]), 2, "label index is outside 0..1", id="label too large"),
        pytest.param(([0, -1], [0, 0], [0, 0]), 2, "Answer 1 has task -1", id="negative task"),
        pytest.param(([0], [2**31], [0]), 2, "Answer 0 has worker 2147483648", id="worker beyond 32 bits"),
        pytest.param(([0, 1], [0], [0]), 2, "2 tasks, 1 workers and 1 labels", id="columns of different length"),
        pytest.param(([0.5], [0], [0]), 2, "flat row of integers", id="not whole"),
        pytest.param(([[0]], [0], [0]), 2, "flat row of integers", id="not flat"),
        pytest.param(([0], [0], [0]), 0, "needs at least one", id="no labels"),
    ],
)
def test_wrong_columns_are_refused(
    columns: tuple[list[int], list[int], list[int]], label_count: int, message: str
) -> None:
    """The error names what is wrong and where."""
    task, worker, label = columns

    with pytest.raises(InvalidInput, match=message):
        Answers.from_arrays(task, worker, label=label, label_count=label_count)


@given(rows=rows_strategy, cut=st.integers(0, 40))
def test_a_log_holds_what_was_added_by_one_or_by_page(rows: list[tuple[int, int, int]], cut: int) -> None:
    """Single answers and pages end in the same table, and each task and worker finds its own answers in order."""
    log = AnswerLog(3)
    for task, worker, label in rows[:cut]:
        log.append(task, worker, label=label)
    tasks, workers, labels = zip(*rows[cut:], strict=True) if rows[cut:] else ((), (), ())
    log.extend(tasks, workers, label=labels)

    assert rows_of(log.answers()) == rows
    assert (log.answer_count, log.task_count) == (len(rows), max((row[0] + 1 for row in rows), default=0))
    for index in range(8):
        assert log.workers_of_task(index).tolist() == [row[1] for row in rows if row[0] == index]
        assert log.labels_of_task(index).tolist() == [row[2] for row in rows if row[0] == index]
        assert log.tasks_of_worker(index).tolist() == [row[0] for row in rows if row[1] == index]


def test_a_snapshot_stays_as_it_was() -> None:
    """Answers taken from a log do not see later answers."""
    log = AnswerLog(2)
    log.append(0, 0, label=1)
    before = log.answers()

    log.append(0, 1, label=0)

    assert before.answer_count == 1
    assert log.answers().answer_count == 2


@pytest.mark.parametrize("row", [(-1, 0, 0), (0, -1, 0), (0, 0, -1), (0, 0, 2)], ids=str)
def test_a_log_refuses_a_wrong_answer_and_its_whole_page(row: tuple[int, int, int]) -> None:
    """An index out of range adds nothing, alone or among good answers."""
    log = AnswerLog(2)
    task, worker, label = row

    with pytest.raises(InvalidInput):
        log.append(task, worker, label=label)
    with pytest.raises(InvalidInput):
        log.extend([0, task], [0, worker], label=[0, label])

    assert log.answer_count == 0


def test_a_log_needs_a_label() -> None:
    """No labels, no answers."""
    with pytest.raises(InvalidInput, match="at least one"):
        AnswerLog(0)
