"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "FileArgument",
    "JsonOption",
    "NameArgument",
    "OutputOption",
    "PlatformOption",
    "SeedOption",
    "YesOption",
]

PlatformOption = Annotated[
    str | None,
    typer.Option(
        "--platform",
        envvar="MANYHANDS_PLATFORM",
        metavar="URL",
        help="Where workers answer: the path of a database file, or a URL such as sqlite:///labels.db or postgresql://host/name. "
        "Without it, what the launch file says, else manyhands.db in this folder.",
        show_default=False,
    ),
]

JsonOption = Annotated[
    bool, typer.Option("--json", envvar="MANYHANDS_JSON", help="Print JSON for programs instead of tables for people.")
]

YesOption = Annotated[
    bool, typer.Option("--yes", "-y", envvar="MANYHANDS_YES", help="Do not ask before publishing and paying.")
]

OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="DIR", help="The folder for results.", show_default=False),
]

SeedOption = Annotated[int, typer.Option("--seed", help="Decides everything that is left to chance.")]

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A launch file: .toml or .py.", show_default=False)]

NameArgument = Annotated[
    str,
    typer.Argument(
        metavar="NAME", help="The name of a launch, or of several baskets launched together.", show_default=False
    ),
]
