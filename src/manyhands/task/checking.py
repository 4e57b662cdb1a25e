"""Checking input objects and control objects before anything is published."""

from collections.abc import Iterator, Mapping, Sequence

from .field_specs import TASK_ID_FIELD
from .mapping import MappedField, TaskMapping, as_solution
from .metas import ClassMeta
from .objects import ControlObject, InputObjects
from .problems import refuse_if_any

#: The places of a control object: its input objects and its solution.
_CONTROL_PLACE_COUNT = 2


def check_objects(
    input_objects: Sequence[InputObjects], control_objects: Sequence[ControlObject], mapping: TaskMapping
) -> None:
    """Refuse input and control objects that cannot be launched together.

    Each must fit the function and occur once; a control object must not occur among the input objects, because its
    answers would be counted for both; with conditional labels, its solution must be one of those that are offered.

    Raises:
        InvalidData: all problems in one error, by position from 0; it spells out the first 20.

    >>> from manyhands.task import Class, ClassificationFunction, Text
    >>> class Entailment(Class):
    ...     YES = "yes"
    ...     NO = "no"
    >>> mapping = TaskMapping.of(ClassificationFunction(inputs=(Text,), cls=Entailment))
    >>> check_objects([(Text("It rains."),)], [((Text("It rains."),), (Entailment.YES,))], mapping)
    Traceback (most recent call last):
    ...
    manyhands.errors.InvalidData: The input and control objects cannot be launched as they are; correct them first.
      - control_objects[0] has the same input objects as input_objects[0]; remove one of them
    """
    seen: dict[str, str] = {}
    problems = [
        problem
        for position, objects in enumerate(input_objects)
        for problem in _iter_input_problems(objects, f"input_objects[{position}]", mapping, seen)
    ]
    problems += _iter_solved_problems(control_objects, "control_objects", mapping, seen)
    refuse_if_any(problems, "The input and control objects cannot be launched as they are; correct them first.")


def find_solved_problems(solved: Sequence[ControlObject], mapping: TaskMapping, *, name: str) -> list[str]:
    """Return one sentence for each way in which solved objects do not fit the function, repeat, or have a solution that is not offered.

    Args:
        solved: (input objects, solution) pairs.
        mapping: of the function.
        name: what the list is called in the sentences.
    """
    return list(_iter_solved_problems(solved, name, mapping, {}))


def _iter_solved_problems(
    solved: Sequence[ControlObject], name: str, mapping: TaskMapping, seen: dict[str, str]
) -> Iterator[str]:
    for position, pair in enumerate(solved):
        yield from _iter_pair_problems(pair, f"{name}[{position}]", mapping, seen)


def _iter_input_problems(
    objects: InputObjects, place: str, mapping: TaskMapping, seen: dict[str, str]
) -> Iterator[str]:
    problems = mapping.find_input_problems(objects)
    yield from (f"{place}: {problem}" for problem in problems)
    if problems:
        return
    values = mapping.input_values(objects)
    before = seen.setdefault(str(values[TASK_ID_FIELD]), place)
    if before != place:
        yield f"{place} has the same input objects as {before}; remove one of them"
    for field in mapping.outputs:
        if _offered_values(field, values) == ():
            yield f"{place}: none of the conditional labels of {field.name} is offered; nobody could answer"


def _iter_pair_problems(
    control: ControlObject, place: str, mapping: TaskMapping, seen: dict[str, str]
) -> Iterator[str]:
    if not _is_pair(control):
        yield f"{place}: expected (input objects, solution), found {control!r:.80}"
        return
    objects, solution = control
    yield from _iter_input_problems(objects, place, mapping, seen)
    problems = mapping.find_solution_problems(solution)
    yield from (f"{place}: {problem}" for problem in problems)
    if problems or mapping.find_input_problems(objects):
        return
    inputs, outputs = mapping.input_values(objects), mapping.output_values(as_solution(solution))
    for field in mapping.outputs:
        offered = _offered_values(field, inputs)
        if offered and outputs[field.name] not in offered:
            yield f"{place}: {field.name} is {outputs[field.name]!r}, but only {', '.join(offered)} are offered"


def _is_pair(control: object) -> bool:
    return isinstance(control, tuple) and len(control) == _CONTROL_PLACE_COUNT


def _offered_values(field: MappedField, values: Mapping[str, object]) -> tuple[str, ...] | None:
    """Return the labels that a worker is offered for these inputs; None if the labels are not conditional."""
    meta = field.argument.meta
    if not isinstance(meta, ClassMeta) or meta.available_labels is None:
        return None
    return tuple(label.value for label in meta.available_labels.choose(values))
