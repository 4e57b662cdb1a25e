"""What is known so far, printed or written."""

import sys
from pathlib import Path

import msgspec
import pandas as pd
from rich.console import Console

from manyhands.cli.screen import show_reading
from manyhands.errors import InvalidInput
from manyhands.results import ExportFormat, ResultView, export

from .launch_files import load_launch_file
from .launch_records import file_of, find_records
from .places import open_place
from .stored_results import read_results

__all__ = ["show_results"]

_BASKET = "basket"


def show_results(
    name: str,
    *,
    platform: str | None,
    output: Path | None,
    export_format: str | None,
    view: ResultView,
    launch_path: Path | None,
) -> None:
    """Print or write the results of a launch, or of the baskets launched under one name.

    Args:
        name: which.
        platform: where; None means the default place.
        output: the file to write; None prints.
        export_format: the value of an `ExportFormat`; None leaves it to the suffix of `output`.
        view: which table.
        launch_path: the launch file; None means the one that the launch remembers.

    Raises:
        InvalidInput: there is no such platform, launch, file or format, or the data have changed.
    """
    chosen = None if export_format is None else _find_format(export_format)
    connection = open_place(platform)
    records = find_records(connection.journal, name)
    names = [record.name for record in records]
    launch_file = load_launch_file(launch_path or file_of(records), show_reading).only(names)
    tables = {record.name: read_results(record, launch_file, connection).view(view) for record in records}
    _write(_joined(tables), output, chosen)


def _find_format(text: str) -> ExportFormat:
    try:
        return ExportFormat(text)
    except ValueError as error:
        raise InvalidInput(f"{text!r} is no format; expected one of {', '.join(ExportFormat)}.") from error


def _joined(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    if len(tables) == 1:
        return next(iter(tables.values()))
    named = []
    for name, table in tables.items():
        column = pd.Series([name.rpartition("/")[2]] * len(table), dtype=object, name=_BASKET)
        named.append(pd.concat([column, table], axis=1))
    return pd.concat(named, ignore_index=True)


def _write(table: pd.DataFrame, output: Path | None, export_format: ExportFormat | None) -> None:
    if output is None:
        _print(table, export_format or ExportFormat.CSV)
        return
    path = output if export_format is None else output.with_suffix(f".{export_format}")
    path.parent.mkdir(parents=True, exist_ok=True)
    export(table, path)
    Console(stderr=True, highlight=False, markup=False).print(f"{len(table):,} rows are in {path}", soft_wrap=True)


def _print(table: pd.DataFrame, export_format: ExportFormat) -> None:
    match export_format:
        case ExportFormat.CSV:
            sys.stdout.write(table.to_csv(index=False, lineterminator="\n"))
        case ExportFormat.JSON:
            sys.stdout.write(msgspec.json.encode(table.to_dict("records")).decode() + "\n")
        case ExportFormat.JSONL:
            sys.stdout.write(msgspec.json.Encoder().encode_lines(table.to_dict("records")).decode())
        case ExportFormat.PARQUET:
            raise InvalidInput("A Parquet table is not text; name a file for it with --output.")
