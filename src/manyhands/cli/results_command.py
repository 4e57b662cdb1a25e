"""``manyhands results``: what is known so far, from any terminal."""

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import pandas as pd
import typer
from rich.console import Console

from manyhands.errors import InvalidInput
from manyhands.results import ExportFormat, ResultView, export

from .launch_files import load_launch_file
from .launch_records import file_of, find_records
from .options import JsonOption, NameArgument, PlatformOption
from .places import open_place
from .screen import show_reading
from .stored_results import read_results

__all__ = ["results"]

_BASKET = "basket"


def results(
    name: NameArgument,
    *,
    platform: PlatformOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this file; its suffix may say the format.",
            show_default=False,
        ),
    ] = None,
    export_format: Annotated[
        ExportFormat | None,
        typer.Option(
            "--format",
            envvar="MANYHANDS_RESULTS_FORMAT",
            help="How to write the table. Without it, what the suffix of --output says, else csv.",
            show_default=False,
        ),
    ] = None,
    view: Annotated[
        ResultView, typer.Option("--view", help="Which table: a label per object, probabilities, or every answer.")
    ] = ResultView.PREDICTION,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", help="The launch file, if it is not the one that the launch remembers.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Print or write the results of a launch, finished or not; those of several baskets in one table.

    Answers on pages that are not judged yet do not count.
    """
    connection = open_place(platform)
    records = find_records(connection.journal, name)
    names = [record.name for record in records]
    launch_file = load_launch_file(file or file_of(records), show_reading).only(names)
    tables = {record.name: read_results(record, launch_file, connection).view(view) for record in records}
    _write(_joined(tables), output, ExportFormat.JSON if as_json else export_format)


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
