"""The mapping between the objects of a task and the field values that a platform keeps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from manyhands.errors import InvalidData

from .arguments import Argument
from .classes import Class
from .field_specs import TASK_ID_FIELD, FieldSpec, FieldType, describe_found
from .functions import ClassificationFunction
from .identity import key_of_values
from .metas import ClassMeta
from .objects import InputObjects, Object, Solution


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedField:
    """One argument of the function and the spec of the field that holds it."""

    argument: Argument
    spec: FieldSpec

    @property
    def name(self) -> str:
        """Return the name of the field."""
        return self.argument.name


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskMapping:
    """Turns input objects and solutions into field values and back.

    Attributes:
        inputs: the input fields, in the order of the function.
        outputs: the output fields, in the order of the function.

    >>> from manyhands.task import Text
    >>> class Entailment(Class):
    ...     YES = "yes"
    ...     NO = "no"
    >>> mapping = TaskMapping.of(ClassificationFunction(inputs=(Text,), cls=Entailment))
    >>> mapping.input_values((Text("It rains."),))
    {'text': 'It rains.', 'id': 'a648cf088ff0371eca11f6839cb28378'}
    >>> mapping.solution({"choice": "no"})
    (<Entailment.NO: 'no'>,)
    """

    inputs: tuple[MappedField, ...]
    outputs: tuple[MappedField, ...]

    @classmethod
    def of(cls, function: ClassificationFunction) -> "TaskMapping":
        """Return the mapping of a function."""
        fields = [MappedField(argument=argument, spec=_spec_of(argument)) for argument in function.arguments()]
        return cls(
            inputs=tuple(field for field in fields if not field.argument.is_output),
            outputs=tuple(field for field in fields if field.argument.is_output),
        )

    @property
    def input_spec(self) -> dict[str, FieldSpec]:
        """Return the spec of every input field, with the hidden field that carries the key of the task."""
        task_id = FieldSpec(type=FieldType.STRING, hidden=True)
        return {**{field.name: field.spec for field in self.inputs}, TASK_ID_FIELD: task_id}

    @property
    def output_spec(self) -> dict[str, FieldSpec]:
        """Return the spec of every output field."""
        return {field.name: field.spec for field in self.outputs}

    def input_values(self, objects: InputObjects) -> dict[str, object]:
        """Return the field values of input objects, with the key of the task; a missing object has no value.

        Raises:
            InvalidData: the objects do not fit the function.
        """
        values = _to_values(self.inputs, objects, what="input objects")
        return {**values, TASK_ID_FIELD: key_of_values(values)}

    def input_objects(self, values: Mapping[str, object]) -> InputObjects:
        """Return the input objects that these field values hold; fields that are not arguments are left out.

        Raises:
            InvalidData: a required value is missing, or a value is not what the field expects.
        """
        return _to_objects(self.inputs, values, what="input values")

    def output_values(self, solution: Solution | Object) -> dict[str, object]:
        """Return the field values of a solution.

        Raises:
            InvalidData: the solution does not fit the function.
        """
        return _to_values(self.outputs, as_solution(solution), what="solution")

    def solution(self, values: Mapping[str, object]) -> Solution:
        """Return the solution that these field values hold.

        Raises:
            InvalidData: a required value is missing, or a value is not what the field expects.
        """
        return _to_objects(self.outputs, values, what="output values")

    def task_key(self, objects: InputObjects) -> str:
        """Return the key of the task that these input objects make: a hash of its field values alone.

        It is the same in every process and does not change when a Python class is renamed.

        Raises:
            InvalidData: the objects do not fit the function.
        """
        return key_of_values(_to_values(self.inputs, objects, what="input objects"))

    def find_input_problems(self, objects: object) -> list[str]:
        """Return one sentence for each way in which `objects` do not fit the inputs of the function."""
        return list(_find_object_problems(self.inputs, objects))

    def find_solution_problems(self, solution: object) -> list[str]:
        """Return one sentence for each way in which `solution` does not fit the outputs of the function."""
        return list(
            _find_object_problems(self.outputs, as_solution(solution) if isinstance(solution, Object) else solution)
        )


def as_solution(solution: Solution | Object) -> Solution:
    """Return a solution as a tuple: a bare object stands for the tuple that holds it."""
    return (solution,) if isinstance(solution, Object) else solution


def _spec_of(argument: Argument) -> FieldSpec:
    label_class = argument.meta.type if isinstance(argument.meta, ClassMeta) else None
    return FieldSpec(
        type=argument.field.type,
        required=argument.meta.required,
        hidden=argument.field.hidden,
        allowed_values=None if label_class is None else tuple(sorted(label_class.possible_values())),
    )


def _to_values(fields: Sequence[MappedField], objects: Sequence[Object | None], *, what: str) -> dict[str, object]:
    problems = list(_find_object_problems(fields, objects))
    if problems:
        raise InvalidData(f"The {what} {objects!r} do not fit the function.", problems)
    return {
        field.name: getattr(item, field.argument.field.attribute)
        for field, item in zip(fields, objects, strict=True)
        if item is not None
    }


def _find_object_problems(fields: Sequence[MappedField], objects: object) -> Iterator[str]:
    names = ", ".join(field.argument.meta.type.__name__ for field in fields)
    if not isinstance(objects, tuple):
        yield f"expected a tuple of {len(fields)} ({names}), {describe_found(objects)}"
    elif len(objects) != len(fields):
        yield f"expected {len(fields)} objects ({names}), found {len(objects)}"
    else:
        for field, item in zip(fields, objects, strict=True):
            yield from _find_object_problem(field, item)


def _find_object_problem(field: MappedField, item: object) -> Iterator[str]:
    expected = field.argument.meta.type
    if item is None:
        if field.spec.required:
            yield f"{field.name}: expected {expected.__name__}, but it is missing"
    elif not isinstance(item, expected):
        yield f"{field.name}: expected {expected.__name__}, {describe_found(item)}"
    elif not field.spec.accepts(value := getattr(item, field.argument.field.attribute)):
        yield f"{field.name}: expected {expected.__name__} of {field.spec.describe_expected()}, {describe_found(value)}"


def _to_objects(fields: Sequence[MappedField], values: Mapping[str, object], *, what: str) -> tuple[Object | None, ...]:
    problems = find_value_problems(fields, values)
    if problems:
        raise InvalidData(f"The {what} cannot be read.", problems)
    return tuple(_to_object(field, values.get(field.name)) for field in fields)


def find_value_problems(fields: Sequence[MappedField], values: Mapping[str, object]) -> list[str]:
    """Return one sentence for each field whose value is missing or not what the field expects."""
    return [
        f"{field.name}: expected {field.spec.describe_expected()}, {describe_found(values.get(field.name))}"
        for field in fields
        if not field.spec.accepts(values.get(field.name))
    ]


def _to_object(field: MappedField, value: object) -> Object | None:
    if value is None:
        return None
    object_type = field.argument.meta.type
    if issubclass(object_type, Class) and isinstance(value, str):
        return object_type(value)
    return object_type(**{field.argument.field.attribute: value})
