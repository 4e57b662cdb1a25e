"""Whether drafts of tasks and task suites fit their project. Pure."""

from collections.abc import Iterable, Iterator

from manyhands.crowd import KnownSolution, ProjectConfig, TaskDraft, TaskSuiteDraft
from manyhands.task import find_field_problems

__all__ = ["find_draft_problems", "find_known_solution_problems", "find_order_problems", "find_suite_problems"]

#: Toloka's bound of an order override, on either side of zero.
_FARTHEST_ORDER = 99_999.99999


def find_draft_problems(draft: TaskDraft, config: ProjectConfig) -> list[str]:
    """Return one sentence for everything about the draft that does not fit, none if all is well.

    Known solutions may leave out output fields, even required ones: such a field does not judge the worker.
    """
    problems = find_field_problems(draft.input_values, config.input_spec)
    if draft.overlap is not None and draft.overlap < 0:
        problems.append(f"overlap: expected 0 or more, found {draft.overlap}")
    problems.extend(find_known_solution_problems(draft.known_solutions, config))
    return [f"task {draft.key!r}: {problem}" for problem in problems] if problems else problems


def find_suite_problems(draft: TaskSuiteDraft) -> list[str]:
    """Return one sentence for everything about the draft that does not fit, its tasks aside; none if all is well."""
    problems = find_order_problems(draft.issuing_order_override)
    if draft.overlap is not None and draft.overlap < 0:
        problems.append(f"overlap: expected 0 or more, found {draft.overlap}")
    if not draft.tasks:
        problems.append("tasks: expected at least one, found none")
    return [f"task suite {draft.key!r}: {problem}" for problem in problems]


def find_order_problems(issuing_order_override: float) -> list[str]:
    """Return a sentence about an order override that is out of range, none if all is well."""
    if -_FARTHEST_ORDER <= issuing_order_override <= _FARTHEST_ORDER:
        return []
    return [f"issuing_order_override: expected a number within ±{_FARTHEST_ORDER}, found {issuing_order_override}"]


def find_known_solution_problems(known_solutions: Iterable[KnownSolution], config: ProjectConfig) -> list[str]:
    """Return one sentence for everything about the known solutions of a task that does not fit, none if all is well."""
    return [problem for known in known_solutions for problem in _known_solution_problems(known, config)]


def _known_solution_problems(known: KnownSolution, config: ProjectConfig) -> Iterator[str]:
    specs = {name: spec for name, spec in config.output_spec.items() if name in known.output_values}
    for problem in find_field_problems(known.output_values, specs):
        yield f"known solution: {problem}"
    if not 0.0 <= known.weight <= 1.0:
        yield f"known solution: weight: expected a number from 0 to 1, found {known.weight}"
