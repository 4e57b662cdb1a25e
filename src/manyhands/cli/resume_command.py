"""``manyhands resume``: go on with launches that were stopped."""

from pathlib import Path
from typing import Annotated

import typer

from .launch_command import carry_out
from .launch_files import load_launch_file
from .launch_records import file_of, find_records
from .options import JsonOption, OutputOption, PlatformOption, YesOption
from .places import choose_place, open_place
from .screen import show_reading

__all__ = ["resume"]

_SUFFIXES = (".toml", ".py")


def resume(
    what: Annotated[
        str, typer.Argument(metavar="NAME|FILE", help="The name of a launch, or its launch file.", show_default=False)
    ],
    *,
    yes: YesOption = False,
    platform: PlatformOption = None,
    output: OutputOption = None,
    as_json: JsonOption = False,
) -> None:
    """Go on with a launch that was stopped or whose process died.

    Nothing is published twice and nobody is paid twice. The launch file is remembered under the NAME of the launch; a basket alone goes on as
    `manyhands resume NAME/BASKET`. Exit codes are those of `manyhands launch`.
    """
    if what.endswith(_SUFFIXES):
        launch_file = load_launch_file(Path(what), show_reading)
        place = choose_place(platform, launch_file.platform)
    else:
        connection = open_place(platform)
        records = find_records(connection.journal, what)
        launch_file = load_launch_file(file_of(records), show_reading).only([record.name for record in records])
        place = choose_place(platform)
    raise typer.Exit(carry_out(launch_file, place, output=output, is_agreed=yes, is_json=as_json))
