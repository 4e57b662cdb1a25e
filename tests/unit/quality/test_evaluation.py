"""What control tasks say about a page."""

from dataclasses import replace

import pytest

from manyhands.crowd import Assignment, IssuedTask, KnownSolution, Solution, TaskKind
from manyhands.errors import WrongState
from manyhands.quality import PageEvaluation, evaluate_page

from .conftest import build_page


def _with_control_answer(page: Assignment, *known: dict[str, object], answer: dict[str, object]) -> Assignment:
    """The page with its last task made a control task with these known solutions and this answer."""
    solutions = tuple(KnownSolution(output_values=values) for values in known)
    control = replace(page.tasks[-1], kind=TaskKind.CONTROL, known_solutions=solutions)
    return replace(
        page,
        tasks=(*page.tasks[:-1], control),
        solutions=(*page.solutions[:-1], Solution(output_values=answer)),
    )


@pytest.mark.parametrize(
    ("right", "accuracy", "wrong"),
    [("yy", 1.0, ()), ("yn", 0.5, (3,)), ("nn", 0.0, (2, 3)), ("nyyn", 0.5, (2, 5)), ("", None, ())],
)
def test_accuracy_is_the_share_of_right_control_answers(
    right: str, accuracy: float | None, wrong: tuple[int, ...]
) -> None:
    """Positions count all tasks of the page, from 0; a page without control tasks has no accuracy."""
    evaluation = evaluate_page(build_page(right))
    assert (evaluation.accuracy, evaluation.wrong_positions) == (accuracy, wrong)
    assert (evaluation.correct_count, evaluation.control_count) == (right.count("y"), len(right))


@pytest.mark.parametrize(
    ("known", "answer", "is_right"),
    [
        ([{"choice": "cat"}], {"choice": "cat", "comment": "clear"}, True),
        ([{"choice": "cat", "colour": "red"}], {"choice": "cat"}, False),
        ([{"choice": "cat", "colour": None}], {"choice": "cat"}, False),
        ([{"choice": "cat"}, {"choice": "dog"}], {"choice": "dog"}, True),
        ([{"choice": "cat"}, {"choice": "dog"}], {"choice": "crow"}, False),
    ],
    ids=["extra output", "missing output", "missing is not None", "second known solution", "no known solution"],
)
def test_an_answer_is_right_when_it_contains_a_known_solution(
    known: list[dict[str, object]], answer: dict[str, object], *, is_right: bool
) -> None:
    """Extra outputs do not matter, missing ones do, and one of several known solutions is enough."""
    evaluation = evaluate_page(_with_control_answer(build_page("y"), *known, answer=answer))
    assert evaluation == PageEvaluation(
        correct_count=int(is_right), control_count=1, wrong_positions=() if is_right else (2,)
    )


def test_training_tasks_do_not_count() -> None:
    """Only control tasks judge a worker."""
    taught = build_page("yn")
    tasks: tuple[IssuedTask, ...] = (*taught.tasks[:-1], replace(taught.tasks[-1], kind=TaskKind.TRAINING))
    assert evaluate_page(replace(taught, tasks=tasks)) == PageEvaluation(correct_count=1, control_count=1)


def test_a_page_without_solutions_is_refused() -> None:
    """The error names the page and what to do."""
    with pytest.raises(WrongState, match="assignment page has 3 tasks and 0 solutions"):
        evaluate_page(replace(build_page("y"), solutions=()))
