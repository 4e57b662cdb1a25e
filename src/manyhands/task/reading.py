"""Reading input objects and control objects from files, frames and dicts."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Literal, overload

import pandas as pd

from manyhands.errors import InvalidInput

from .mapping import MappedField, TaskMapping, find_value_problems
from .objects import ControlObject, InputObjects
from .problems import refuse_if_any
from .row_sources import Row, RowSource, UnreadableRow, describe_source, read_rows
from .task_spec import PreparedTaskSpec


def read_input_objects(
    source: RowSource,
    spec: PreparedTaskSpec | TaskMapping,
    *,
    format: str | None = None,  # noqa: A002  # the word that users know
) -> list[InputObjects]:
    """Return the input objects in `source`, one tuple per row, in the order of the rows.

    A row has one field per input, named as in `file_format`; other fields are left out. An optional field may be
    missing. In CSV and TSV an empty cell is a missing value.

    Args:
        source: a path, an open file, a frame, or an iterable of dicts.
        spec: the task whose inputs they are.
        format: ``json``, ``jsonl``, ``csv``, ``tsv`` or ``parquet``; None takes it from the suffix of the file.

    Raises:
        InvalidInput: `spec` is no such task.
        InvalidData: the file cannot be read, a row is wrong, or a row repeats another one. One error names every such
            row, counted from 1 without the header; it spells out the first 20 problems.
        MissingExtra: it is a Parquet file and pyarrow is not installed.

    >>> from manyhands.task import Class, ClassificationFunction, Text
    >>> class Entailment(Class):
    ...     YES = "yes"
    ...     NO = "no"
    >>> mapping = TaskMapping.of(ClassificationFunction(inputs=(Text,), cls=Entailment))
    >>> read_input_objects([{"text": "It rains."}], mapping)
    [(Text(text='It rains.'),)]
    """
    mapping = _as_mapping(spec)
    rows = _read_checked(source, mapping.inputs, mapping, format)
    return [mapping.input_objects(row) for row in rows]


def read_control_objects(
    source: RowSource,
    spec: PreparedTaskSpec | TaskMapping,
    *,
    format: str | None = None,  # noqa: A002  # the word that users know
) -> list[ControlObject]:
    """Return the control objects in `source`: (input objects, solution) pairs, in the order of the rows.

    As `read_input_objects`, with one more field per output: the value of the class member that is right.

    Raises:
        InvalidData: as in `read_input_objects`; rows with equal inputs repeat each other whatever their solutions.
        MissingExtra: it is a Parquet file and pyarrow is not installed.
    """
    mapping = _as_mapping(spec)
    rows = _read_checked(source, (*mapping.inputs, *mapping.outputs), mapping, format)
    return [(mapping.input_objects(row), mapping.solution(row)) for row in rows]


@overload
def read_tasks(
    source: RowSource,
    spec: PreparedTaskSpec | TaskMapping,
    *,
    has_solutions: Literal[False] = ...,
    format: str | None = ...,  # the word that users know
) -> list[InputObjects]: ...
@overload
def read_tasks(
    source: RowSource,
    spec: PreparedTaskSpec | TaskMapping,
    *,
    has_solutions: Literal[True],
    format: str | None = ...,  # the word that users know
) -> list[ControlObject]: ...
def read_tasks(
    source: RowSource,
    spec: PreparedTaskSpec | TaskMapping,
    *,
    has_solutions: bool = False,
    format: str | None = None,  # noqa: A002  # the word that users know
) -> list[InputObjects] | list[ControlObject]:
    """Return what `read_control_objects` returns if the rows have solutions, else what `read_input_objects` does.

    Raises:
        InvalidData: as in these two.
        MissingExtra: it is a Parquet file and pyarrow is not installed.
    """
    if has_solutions:
        return read_control_objects(source, spec, format=format)
    return read_input_objects(source, spec, format=format)


def file_format(spec: PreparedTaskSpec | TaskMapping, *, has_solutions: bool = False) -> pd.DataFrame:
    """Return the fields that a row must have.

    The columns are ``name``, ``type`` (in the words of the platform), ``required`` and ``expected`` (in words).
    """
    mapping = _as_mapping(spec)
    fields = (*mapping.inputs, *mapping.outputs) if has_solutions else mapping.inputs
    rows = [
        (field.name, field.spec.type.value, field.spec.required, field.spec.describe_expected()) for field in fields
    ]
    return pd.DataFrame(rows, columns=["name", "type", "required", "expected"])


def _as_mapping(spec: object) -> TaskMapping:
    if isinstance(spec, PreparedTaskSpec):
        return spec.mapping
    if not isinstance(spec, TaskMapping):
        msg = f"spec is a {type(spec).__name__}; expected a PreparedTaskSpec, such as PreparedTaskSpec(spec, 'EN')."
        raise InvalidInput(msg)
    return spec


def _read_checked(
    source: RowSource, fields: Sequence[MappedField], mapping: TaskMapping, file_format: str | None
) -> list[Mapping[str, object]]:
    rows = read_rows(source, format=file_format)
    absent = _find_absent(rows, fields)
    problems = [
        f"no row has the field {field.name} ({field.spec.describe_expected()}); the rows have {_list_names(rows)}"
        for field in absent
    ]
    present = [field for field in fields if field not in absent]
    problems += _iter_row_problems(rows, present)
    problems += _iter_repeats(rows, mapping.inputs)
    name = describe_source(source)
    counted = (
        "row cannot be used as it is; correct it" if len(rows) == 1 else "rows cannot be used as they are; correct them"
    )
    refuse_if_any(problems, f"{name}: the {len(rows)} {counted} and read again.")
    return [row for row in rows if isinstance(row, Mapping)]


def _find_absent(rows: Sequence[Row], fields: Sequence[MappedField]) -> list[MappedField]:
    # A column that is missing altogether is one problem, not one in every row.
    readable = [row for row in rows if isinstance(row, Mapping)]
    return [f for f in fields if f.spec.required and readable and not any(f.name in row for row in readable)]


def _list_names(rows: Sequence[Row]) -> str:
    names = dict.fromkeys(str(name) for row in rows if isinstance(row, Mapping) for name in row)
    return ", ".join(names) or "no fields"


def _iter_row_problems(rows: Sequence[Row], fields: Sequence[MappedField]) -> Iterator[str]:
    for number, row in enumerate(rows, start=1):
        if isinstance(row, UnreadableRow):
            yield f"row {number}: {row.problem}"
        else:
            yield from (f"row {number}: {problem}" for problem in find_value_problems(fields, row))


def _iter_repeats(rows: Sequence[Row], inputs: Sequence[MappedField]) -> Iterator[str]:
    first: dict[Hashable, int] = {}
    for number, row in enumerate(rows, start=1):
        if isinstance(row, UnreadableRow) or find_value_problems(inputs, row):
            continue
        before = first.setdefault(tuple(row.get(field.name) for field in inputs), number)
        if before != number:
            yield f"rows {before} and {number} have the same input objects; keep one of them"
