"""How well a page was answered, as far as its control tasks tell."""

from dataclasses import dataclass

from manyhands.crowd import Assignment, IssuedTask, Solution, TaskKind, Values
from manyhands.errors import WrongState

__all__ = ["PageEvaluation", "evaluate_page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEvaluation:
    """What the control tasks of one page say.

    Attributes:
        correct_count: control tasks answered right.
        control_count: control tasks on the page.
        wrong_positions: places on the page of the control tasks answered wrong, from 0, rising.
    """

    correct_count: int
    control_count: int
    wrong_positions: tuple[int, ...] = ()

    @property
    def accuracy(self) -> float | None:
        """Share of right control answers in [0, 1]; None without control tasks."""
        return self.correct_count / self.control_count if self.control_count else None


def evaluate_page(assignment: Assignment) -> PageEvaluation:
    """Return how well the control tasks of a submitted page were answered.

    An answer is right when it has every output value of one known solution; further outputs, such as comments, do not matter.

    Raises:
        WrongState: the page has no solutions yet.
    """
    if len(assignment.solutions) != len(assignment.tasks):
        message = (
            f"assignment {assignment.id} has {len(assignment.tasks)} tasks and {len(assignment.solutions)} solutions; "
            "expected one solution for each task: evaluate a page after it was submitted"
        )
        raise WrongState(message)
    answered = list(enumerate(zip(assignment.tasks, assignment.solutions, strict=True)))
    checked = [(place, _is_right(task, solution)) for place, (task, solution) in answered if _is_control(task)]
    wrong = tuple(place for place, is_right in checked if not is_right)
    return PageEvaluation(correct_count=len(checked) - len(wrong), control_count=len(checked), wrong_positions=wrong)


def _is_control(task: IssuedTask) -> bool:
    return task.kind is TaskKind.CONTROL and bool(task.known_solutions)


def _is_right(task: IssuedTask, solution: Solution) -> bool:
    return any(_has_all(solution.output_values, known.output_values) for known in task.known_solutions)


def _has_all(actual: Values, expected: Values) -> bool:
    return all(field in actual and actual[field] == value for field, value in expected.items())
