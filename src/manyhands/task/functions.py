"""Functions: the signature of a task, from the objects it shows to what a worker answers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from manyhands.errors import InvalidTaskSpec

from .arguments import Argument, as_meta, find_name_problems, find_type_problems, name_arguments
from .classes import Class
from .conditions import If
from .metas import ClassMeta, LabelsDisplayType, ObjectMeta, TextMeta
from .objects import Metadata, Object

#: Fewer labels than this leave nothing to choose.
_MIN_LABEL_COUNT = 2


@dataclass(frozen=True, slots=True)
class ClassificationFunction:
    """A task in which a worker looks at the inputs and chooses one label of a class.

    Attributes:
        inputs: the types of the objects that are shown, or their metas.
        cls: the class to choose from, or its meta.

    >>> from manyhands.task import Text
    >>> class Entailment(Class):
    ...     YES = "yes"
    ...     NO = "no"
    >>> function = ClassificationFunction(inputs=(Text, Text), cls=Entailment)
    >>> [argument.name for argument in function.arguments()]
    ['text_1', 'text_2', 'choice']

    Raises:
        InvalidTaskSpec: types, names, labels or conditions contradict the rules; all of it in one error.
    """

    inputs: Sequence[type[Object] | ObjectMeta]
    cls: type[Class] | ClassMeta

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", _as_tuple(self.inputs))
        problems = list(_find_problems(self))
        if problems:
            msg = "The classification function contradicts itself; correct it before anything is published."
            raise InvalidTaskSpec(msg, problems)

    @property
    def label_class(self) -> type[Class]:
        """Return the class to choose from."""
        return self.cls.type if isinstance(self.cls, ClassMeta) else self.cls

    def arguments(self) -> tuple[Argument, ...]:
        """Return the arguments with their field names: the inputs in their order, then the class."""
        return name_arguments([as_meta(declared) for declared in self.inputs], [as_meta(self.cls)])


def _as_tuple(inputs: object) -> tuple[object, ...]:
    # Without its comma, (Text,) is only Text; a class would even be taken for the sequence of its members.
    if isinstance(inputs, type) or not isinstance(inputs, Iterable):
        msg = f"The inputs must be a tuple, such as (Text,), but are {inputs!r}."
        raise InvalidTaskSpec(msg)
    return tuple(inputs)


def _find_problems(function: ClassificationFunction) -> Iterator[str]:
    if not _is_class(function.cls):
        yield f"cls: expected a Class or a ClassMeta, found {function.cls!r}"
        return
    inputs, output = [as_meta(declared) for declared in function.inputs], as_meta(function.cls)
    type_problems = find_type_problems([*inputs, output])
    yield from type_problems
    if not output.required:
        yield "cls: the class to choose from must be required"
    if isinstance(output, ClassMeta) and output.input_display_type is LabelsDisplayType.MONO:
        yield "cls: MONO shows a class that is an input; a worker needs all labels to choose from"
    if any(isinstance(meta, TextMeta) and meta.validation is not None for meta in inputs):
        yield "inputs: a validation is for a text that a worker writes, and an input is not"
    if all(meta.type is Metadata for meta in inputs):
        yield "inputs: there is nothing to show to a worker; add an input that is not Metadata"
    yield from find_name_problems([*inputs, output], implicit_name="choice")
    # Labels and conditions are only readable where the types are right.
    if not type_problems:
        yield from _find_class_problems(function.arguments())


def _is_class(declared: object) -> bool:
    return isinstance(declared, ClassMeta) or (isinstance(declared, type) and issubclass(declared, Class))


def _find_class_problems(arguments: Sequence[Argument]) -> Iterator[str]:
    for position, argument in enumerate(arguments):
        if isinstance(argument.meta, ClassMeta):
            yield from _find_label_problems(argument.name, argument.meta.type)
            if argument.meta.available_labels is not None:
                yield from _find_condition_problems(argument, argument.meta.available_labels, arguments[:position])


def _find_label_problems(name: str, label_class: type[Class]) -> Iterator[str]:
    members = label_class.possible_instances()
    if len(members) < _MIN_LABEL_COUNT:
        yield f"{name}: {label_class.__name__} has {len(members)} labels; expected at least {_MIN_LABEL_COUNT}"
    for alias, member in label_class.__members__.items():
        if alias != member.name:
            yield f"{name}: {alias} and {member.name} of {label_class.__name__} share the value {member.value!r}"
    labels = label_class.labels()
    missing = [member.name for member in members if member not in labels]
    if missing:
        yield f"{name}: {label_class.__name__}.labels() says nothing about {', '.join(missing)}"


def _find_condition_problems(argument: Argument, available: If, earlier: Sequence[Argument]) -> Iterator[str]:
    by_name = {other.name: other for other in earlier}
    for condition in available.conditions():
        decider = by_name.get(condition.what)
        if decider is None:
            known = ", ".join(by_name) or "none"
            yield f"{argument.name}: its labels depend on {condition.what!r}; expected an argument before it: {known}"
        elif isinstance(decider.meta, ClassMeta) and condition.to not in decider.meta.type.possible_values():
            yield f"{argument.name}: its labels depend on {condition.what} being {condition.to!r}, which it never is"
    members = argument.meta.type
    for label in available.all_labels():
        if not isinstance(label, members):
            yield f"{argument.name}: the conditional label {label!r} is not one of {members.__name__}"
