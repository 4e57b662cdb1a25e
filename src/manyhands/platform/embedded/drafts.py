"""Whether a task draft fits its project. Pure."""

from collections.abc import Iterator

from manyhands.crowd import KnownSolution, ProjectConfig, TaskDraft
from manyhands.task import find_field_problems

__all__ = ["find_draft_problems"]


def find_draft_problems(draft: TaskDraft, config: ProjectConfig) -> list[str]:
    """Return one sentence for everything about the draft that does not fit, none if all is well.

    Known solutions may leave out output fields, even required ones: such a field does not judge the worker.
    """
    problems = find_field_problems(draft.input_values, config.input_spec)
    if draft.overlap is not None and draft.overlap < 0:
        problems.append(f"overlap: expected 0 or more, found {draft.overlap}")
    for known in draft.known_solutions:
        problems.extend(_known_solution_problems(known, config))
    return [f"task {draft.key!r}: {problem}" for problem in problems] if problems else problems


def _known_solution_problems(known: KnownSolution, config: ProjectConfig) -> Iterator[str]:
    specs = {name: spec for name, spec in config.output_spec.items() if name in known.output_values}
    for problem in find_field_problems(known.output_values, specs):
        yield f"known solution: {problem}"
    if not 0.0 <= known.weight <= 1.0:
        yield f"known solution: weight: expected a number from 0 to 1, found {known.weight}"
