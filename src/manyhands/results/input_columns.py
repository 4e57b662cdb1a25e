"""The columns of a result table that show the input objects."""

from collections.abc import Collection, Sequence

from manyhands.task import InputObjects, PreparedTaskSpec

__all__ = ["MISSING", "input_columns"]

#: What stands in a column where there is no value, as in every pandas frame.
MISSING = float("nan")

#: Comes before the name of an input field that a result column has taken.
_RENAMED_PREFIX = "input_"


def input_columns(
    input_objects: Sequence[InputObjects], task_spec: PreparedTaskSpec, *, taken: Collection[str]
) -> dict[str, list[object]]:
    """Return one column of values per input field, in the order of the function.

    Args:
        input_objects: the objects, one tuple per row.
        task_spec: tells the fields.
        taken: names of result columns; an input field of such a name becomes ``input_<name>``.

    Raises:
        InvalidData: objects do not fit the function of the task spec.
    """
    rows = [task_spec.mapping.input_values(objects) for objects in input_objects]
    names = [field.name for field in task_spec.mapping.inputs]
    return {
        _free_name(name, {*taken, *names}) if name in taken else name: [row.get(name, MISSING) for row in rows]
        for name in names
    }


def _free_name(name: str, taken: Collection[str]) -> str:
    while name in taken:
        name = f"{_RENAMED_PREFIX}{name}"
    return name
