"""Solved objects and comments as the tasks of a training. Pure."""

from collections.abc import Iterator, Sequence

from manyhands.crowd import INFINITE_OVERLAP, KnownSolution, TaskDraft
from manyhands.task import ControlObject, PreparedTaskSpec, Text, as_solution, find_solved_problems, refuse_if_any

__all__ = ["Comment", "training_drafts"]

#: What a worker reads who has answered wrongly.
Comment = Text | str


def training_drafts(
    task_spec: PreparedTaskSpec, solutions: Sequence[ControlObject], comments: Sequence[Comment]
) -> list[TaskDraft]:
    """Return one training task for each solved object, in order; every worker may get it.

    Args:
        task_spec: tells the fields.
        solutions: (input objects, solution) pairs, each tuple of input objects once.
        comments: for each of them why the solution is right; shown to those who answer otherwise.

    Raises:
        InvalidData: records do not fit the function, repeat, or have no comment; all problems in one error, by position from 0.
    """
    problems = [*find_solved_problems(solutions, task_spec.mapping, name="solutions"), *_comment_problems(comments)]
    if len(solutions) != len(comments):
        problems.append(f"there are {len(solutions)} solutions and {len(comments)} comments; expected one for each")
    refuse_if_any(problems, "The training tasks cannot be used as they are; nothing was published.")
    pairs = zip(solutions, comments, strict=True)
    return [_draft(task_spec, solved, comment) for solved, comment in pairs]


def _comment_problems(comments: Sequence[object]) -> Iterator[str]:
    for position, comment in enumerate(comments):
        text = comment.text if isinstance(comment, Text) else comment
        if not isinstance(text, str) or not text.strip():
            yield f"comments[{position}]: expected a text for workers who answer wrongly, found {comment!r:.80}"


def _draft(task_spec: PreparedTaskSpec, solved: ControlObject, comment: Comment) -> TaskDraft:
    inputs, solution = solved
    mapping = task_spec.mapping
    return TaskDraft(
        key=mapping.task_key(inputs),
        input_values=mapping.input_values(inputs),
        known_solutions=(KnownSolution(output_values=mapping.output_values(as_solution(solution))),),
        hint=comment.text if isinstance(comment, Text) else comment,
        overlap=INFINITE_OVERLAP,
    )
