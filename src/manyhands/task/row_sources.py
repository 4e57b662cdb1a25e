"""Row sources: files, open files, frames and iterables, each read into rows of plain values."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from os import PathLike
from pathlib import Path
from typing import IO, TypeGuard

import pandas as pd

from manyhands.errors import InvalidData, MissingExtra

from .field_specs import describe_found

#: A path or an open file.
File = str | PathLike[str] | IO[str] | IO[bytes]

#: Where rows come from: a path, an open file, a frame, or dicts.
RowSource = File | pd.DataFrame | Iterable[Mapping[str, object]]


class FileFormat(StrEnum):
    """How rows are written in a file; also the file's suffix."""

    #: One list of flat objects.
    JSON = "json"
    #: One flat object per line.
    JSONL = "jsonl"
    #: A header and comma-separated cells; an empty cell is a missing value.
    CSV = "csv"
    #: A header and tab-separated cells; an empty cell is a missing value.
    TSV = "tsv"
    #: An Apache Parquet file; needs the extra ``manyhands[parquet]``.
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class UnreadableRow:
    """A row that holds no fields at all, and what was expected instead."""

    problem: str


#: A row of field values, None where one is missing.
Row = Mapping[str, object] | UnreadableRow


def read_rows(source: RowSource, *, format: str | None = None) -> list[Row]:  # noqa: A002  # the word that users know
    """Return the rows of `source`, in their order.

    Args:
        source: a path, an open file, a frame, or an iterable of dicts.
        format: a `FileFormat` or its value; None takes it from the suffix of the file.

    Raises:
        InvalidData: the source is of no such kind, there is no such file, its format is not known, or it is not written in that format.
        MissingExtra: it is a Parquet file and pyarrow is not installed.
    """
    if isinstance(source, pd.DataFrame):
        return _read_frame(source)
    if isinstance(source, str | PathLike) or _is_open_file(source):
        return _read_file(source, describe_source(source), format)
    if not isinstance(source, Iterable):
        msg = f"Rows cannot come from a {type(source).__name__}; expected a path, an open file, a frame, or dicts."
        raise InvalidData(msg)
    return [_as_row(row) for row in source]


def _is_open_file(source: object) -> TypeGuard[IO[str] | IO[bytes]]:
    return hasattr(source, "read")


def _read_file(source: File, name: str, given_format: str | None) -> list[Row]:
    file_format = _find_format(name, given_format)
    content = _read_content(source, name)
    if file_format is FileFormat.PARQUET:
        return _read_parquet(content, name)
    text = _decode(content, name)
    if file_format is FileFormat.JSON:
        return _read_json(text, name)
    if file_format is FileFormat.JSONL:
        return [_read_json_line(line) for line in text.split("\n") if line.strip()]
    return _read_cells(text, name, delimiter="," if file_format is FileFormat.CSV else "\t")


def describe_source(source: RowSource) -> str:
    """Return how a message names `source`: the file name where there is one."""
    if isinstance(source, str | PathLike):
        return Path(source).name
    if isinstance(source, pd.DataFrame):
        return "the frame"
    return Path(str(getattr(source, "name", "the file"))).name if _is_open_file(source) else "the rows"


def _find_format(name: str, given: str | None) -> FileFormat:
    found = given or Path(name).suffix.removeprefix(".")
    known = ", ".join(FileFormat)
    if not found:
        raise InvalidData(f"The name {name} does not say the format of the file; pass format= as one of {known}.")
    try:
        return FileFormat(found.lower())
    except ValueError as error:
        msg = f"The format {found!r} of {name} is not known; pass format= as one of {known}."
        raise InvalidData(msg) from error


def _read_content(source: File, name: str) -> bytes:
    if not isinstance(source, str | PathLike):
        content = source.read()
        return content.encode() if isinstance(content, str) else content
    try:
        return Path(source).read_bytes()
    except OSError as error:
        msg = f"{name} cannot be read: {error.strerror}: {str(source)!r}."
        raise InvalidData(msg) from error


def _decode(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{name} is not UTF-8 text: byte {error.start} is {content[error.start]:#04x}; save it as UTF-8."
        raise InvalidData(msg) from error


def _as_row(row: object) -> Row:
    return row if isinstance(row, Mapping) else UnreadableRow(f"expected an object with fields, {describe_found(row)}")


def _read_json(text: str, name: str) -> list[Row]:
    try:
        rows = json.loads(text)
    except json.JSONDecodeError as error:
        msg = f"{name} is not JSON: {error}."
        raise InvalidData(msg) from error
    if not isinstance(rows, list):
        msg = f"{name} must hold a list of objects, but holds one {type(rows).__name__}; write [{{...}}, {{...}}]."
        raise InvalidData(msg)
    return [_as_row(row) for row in rows]


def _read_json_line(line: str) -> Row:
    try:
        return _as_row(json.loads(line))
    except json.JSONDecodeError as error:
        return UnreadableRow(f"expected one JSON object on the line: {error}")


def _read_cells(text: str, name: str, *, delimiter: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = [row for row in _iter_cells(reader) if row]
    if not rows or isinstance(rows[0], UnreadableRow):
        msg = f"{name} has no header; its first line must name the fields."
        raise InvalidData(msg)
    header = rows[0]
    repeated = [column for column, count in Counter(header).items() if count > 1]
    if repeated:
        msg = f"{name} has several columns named {', '.join(repeated)}; rename or drop all but one."
        raise InvalidData(msg)
    return [row if isinstance(row, UnreadableRow) else _name_cells(header, row) for row in rows[1:]]


def _iter_cells(reader: Iterable[list[str]]) -> Iterator[list[str] | UnreadableRow]:
    try:
        yield from reader
    except csv.Error as error:
        # The reader cannot find the next row after this, so the rows below stay unread.
        yield UnreadableRow(f"the cells cannot be told apart from here on: {error}")


def _name_cells(header: list[str], cells: list[str]) -> Row:
    if len(cells) != len(header):
        return UnreadableRow(f"expected {len(header)} cells as in the header, found {len(cells)}")
    return {column: cell or None for column, cell in zip(header, cells, strict=True)}


def _read_parquet(content: bytes, name: str) -> list[Row]:
    try:
        return _read_frame(pd.read_parquet(io.BytesIO(content)))
    except ImportError as error:
        msg = f"{name} is a Parquet file, which needs pyarrow; install it with: pip install 'manyhands[parquet]'"
        raise MissingExtra(msg) from error
    except ValueError as error:
        msg = f"{name} is not a Parquet file: {error}"
        raise InvalidData(msg) from error


def _read_frame(frame: pd.DataFrame) -> list[Row]:
    columns = [str(column) for column in frame.columns]
    repeated = [column for column, count in Counter(columns).items() if count > 1]
    if repeated:
        msg = f"The frame has several columns named {', '.join(repeated)}; rename or drop all but one."
        raise InvalidData(msg)
    values = frame.astype(object).where(frame.notna(), None).to_numpy()
    return [dict(zip(columns, row, strict=True)) for row in values]
