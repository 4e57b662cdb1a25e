"""Writing tables to files: whole or not at all."""

import os
import uuid
from collections.abc import Callable, Mapping
from enum import StrEnum
from io import BufferedWriter
from pathlib import Path
from typing import Protocol

import msgspec
import pandas as pd

from manyhands.errors import InvalidInput, MissingExtra

from .result_fields import ResultView

__all__ = ["ExportFormat", "HasViews", "export", "export_frame"]


class ExportFormat(StrEnum):
    """The formats of exported files; the value is the suffix of the file's name."""

    #: UTF-8, comma-separated, with a header; a missing value is empty.
    CSV = "csv"
    #: One JSON array of objects; a missing value is null.
    JSON = "json"
    #: One JSON object per line; a missing value is null.
    JSONL = "jsonl"
    #: Typed columns; needs the extra ``parquet``.
    PARQUET = "parquet"


class HasViews(Protocol):
    """Results that can be read as tables."""

    def view(self, view: ResultView) -> pd.DataFrame:
        """Return the table of this name."""
        ...


def export(
    table: "pd.DataFrame | HasViews", path: str | os.PathLike[str], *, view: ResultView = ResultView.PREDICTION
) -> None:
    """Write a data frame, or one table of results, in the format that the suffix of `path` names.

    The file appears, or is replaced, only when all of it is written: whoever reads it never sees a part, and a crash
    leaves the old one. The index is not written.

    Args:
        table: a data frame, or results such as `ClassificationResults`.
        path: ends in ``.csv``, ``.json``, ``.jsonl`` or ``.parquet``.
        view: which table of the results; of no meaning for a data frame.

    Raises:
        InvalidInput: the suffix names no format, or there is no such folder.
        MissingExtra: the file is to be Parquet and the extra ``parquet`` is not installed.
        OSError: the file cannot be written there.
    """
    export_format = _format_of(Path(path))
    export_frame(table if isinstance(table, pd.DataFrame) else table.view(view), path, export_format=export_format)


def export_frame(frame: pd.DataFrame, path: str | os.PathLike[str], *, export_format: ExportFormat) -> None:
    """Write a data frame in this format, whatever the suffix of `path`; see `export`.

    Raises:
        InvalidInput: there is no such folder.
        MissingExtra: the file is to be Parquet and the extra ``parquet`` is not installed.
        OSError: the file cannot be written there.
    """
    target = Path(path)
    if not target.parent.is_dir():
        # Otherwise the error would name the draft, which nobody has asked for.
        raise InvalidInput(f"There is no folder {target.parent} for {target.name}; make it, or write elsewhere.")
    # In the same folder, because only within one file system a rename replaces the file at once.
    draft = target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")
    try:
        with draft.open("xb") as file:
            _WRITERS[export_format](frame, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _format_of(path: Path) -> ExportFormat:
    suffix = path.suffix.removeprefix(".").lower()
    if suffix not in set(ExportFormat):
        formats = ", ".join(f".{export_format}" for export_format in ExportFormat)
        message = f"{path.name!r} does not say in which format to write; expected a name that ends in {formats}."
        raise InvalidInput(message)
    return ExportFormat(suffix)


def _write_csv(frame: pd.DataFrame, file: BufferedWriter) -> None:
    frame.to_csv(file, index=False, encoding="utf-8", lineterminator="\n")


# pandas writes floats to JSON with at most 15 digits; msgspec writes them so that they are read back equal.
def _write_json(frame: pd.DataFrame, file: BufferedWriter) -> None:
    file.write(msgspec.json.encode(frame.to_dict("records")))


def _write_jsonl(frame: pd.DataFrame, file: BufferedWriter) -> None:
    file.write(msgspec.json.Encoder().encode_lines(frame.to_dict("records")))


def _write_parquet(frame: pd.DataFrame, file: BufferedWriter) -> None:
    # A text column without any text would be written without a type, and the files of two baskets would not fit together.
    texts = {name: "string" for name, column in frame.items() if _is_text(column)}
    try:
        frame.astype(texts).to_parquet(file, engine="pyarrow", index=False)
    except ImportError as error:
        raise MissingExtra("Parquet needs pyarrow; install it with: pip install 'manyhands[parquet]'") from error


def _is_text(column: pd.Series) -> bool:
    return bool(column.dtype == object and column.dropna().map(lambda value: isinstance(value, str)).all())


_WRITERS: Mapping[ExportFormat, Callable[[pd.DataFrame, BufferedWriter], None]] = {
    ExportFormat.CSV: _write_csv,
    ExportFormat.JSON: _write_json,
    ExportFormat.JSONL: _write_jsonl,
    ExportFormat.PARQUET: _write_parquet,
}
