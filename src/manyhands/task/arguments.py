"""Arguments: the inputs and outputs of a function, each with the field that holds it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .classes import Class
from .field_specs import TASK_ID_FIELD
from .metas import ClassMeta, ObjectMeta, TextMeta
from .object_fields import OBJECT_TYPE_NAMES, ObjectField, find_object_field
from .objects import Object, Text

_NAME = re.compile(r"\w{1,30}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One input or output of a function.

    Attributes:
        name: the name of its field, unique in the function.
        meta: its type and how it is shown.
        field: how its objects become values of the field.
        is_output: whether a worker answers it.
    """

    name: str
    meta: ObjectMeta
    field: ObjectField
    is_output: bool = False


def as_meta(declared: type[Object] | ObjectMeta) -> ObjectMeta:
    """Return what was declared as the meta of its type: `ClassMeta` for a class, `TextMeta` for a text."""
    meta = declared if isinstance(declared, ObjectMeta) else ObjectMeta(declared)
    if type(meta) is not ObjectMeta or not isinstance(meta.type, type):
        return meta
    if issubclass(meta.type, Class):
        return ClassMeta(meta.type, name=meta.name, title=meta.title, required=meta.required)
    if issubclass(meta.type, Text):
        return TextMeta(meta.type, name=meta.name, title=meta.title, required=meta.required)
    return meta


def find_type_problems(metas: Sequence[ObjectMeta]) -> list[str]:
    """Return a sentence for each meta whose type is no type of object, or is not the type that the meta is for."""
    problems = []
    for position, meta in enumerate(metas, start=1):
        expected = {ClassMeta: Class, TextMeta: Text}.get(type(meta), Object)
        if find_object_field(meta.type) is None:
            names = ", ".join(OBJECT_TYPE_NAMES)
            problems.append(f"argument {position}: expected a type of object ({names}), found {meta.type!r}")
        elif not issubclass(meta.type, expected):
            problems.append(
                f"argument {position}: {type(meta).__name__} is for {expected.__name__}, found {meta.type.__name__}"
            )
    return problems


def find_name_problems(metas: Sequence[ObjectMeta], *, implicit_name: str) -> list[str]:
    """Return a sentence for each rule of names that the arguments break.

    Args:
        metas: the inputs, then the output.
        implicit_name: the name of the output when it has none and the inputs are named.
    """
    names = [meta.name for meta in metas]
    if all(name is None for name in names):
        return []
    names[-1] = names[-1] or implicit_name
    problems = [
        f"argument {position} has no name; name all arguments or none"
        for position, name in enumerate(names, start=1)
        if name is None
    ]
    given = [name for name in names if name is not None]
    problems += [problem for name in dict.fromkeys(given) if (problem := _find_name_problem(name))]
    problems += [f"{count} arguments are named {name!r}" for name, count in Counter(given).items() if count > 1]
    return problems


def _find_name_problem(name: str) -> str | None:
    if not _NAME.fullmatch(name):
        return f"the name {name!r} must be 1 to 30 ASCII letters, digits or underscores"
    if name.startswith("_"):
        return f"the name {name!r} begins with an underscore, which is reserved"
    if name == TASK_ID_FIELD:
        return f"the name {name!r} is reserved for the key of the task"
    return None


def name_arguments(inputs: Sequence[ObjectMeta], outputs: Sequence[ObjectMeta]) -> tuple[Argument, ...]:
    """Return the arguments with their field names, inputs first.

    An argument without a name takes that of its type (``text``, ``choice``, …). Where no argument has a name and a
    type repeats, its arguments are numbered from 1 over inputs and outputs together (``text_1``, ``text_2``).
    """
    arguments = [
        Argument(name=meta.name or field.name, meta=meta, field=field, is_output=position >= len(inputs))
        for position, meta in enumerate((*inputs, *outputs))
        if (field := find_object_field(meta.type)) is not None
    ]
    return tuple(_number_repeated(arguments))


def _number_repeated(arguments: Iterable[Argument]) -> list[Argument]:
    arguments = list(arguments)
    totals = Counter(argument.name for argument in arguments)
    seen: Counter[str] = Counter()
    numbered = []
    for argument in arguments:
        seen[argument.name] += 1
        suffix = f"_{seen[argument.name]}" if totals[argument.name] > 1 else ""
        numbered.append(replace(argument, name=argument.name + suffix))
    return numbered
