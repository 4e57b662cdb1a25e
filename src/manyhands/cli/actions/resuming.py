"""Going on with launches that were stopped."""

from pathlib import Path

from manyhands.cli.exits import ExitCode
from manyhands.cli.screen import show_reading

from .launch_files import load_launch_file
from .launch_records import file_of, find_records
from .launch_run import carry_out
from .places import choose_place, open_place

__all__ = ["resume"]

_SUFFIXES = (".toml", ".py")


def resume(what: str, *, platform: str | None, output: Path | None, is_agreed: bool, is_json: bool) -> ExitCode:
    """Go on with a launch, and return how it ended.

    Args:
        what: its name, or its launch file.
        platform: where workers answer; None leaves it to the file, if it is one, else means the default place.
        output: the folder for results; None leaves it to the file.
        is_agreed: whether the requester need not be asked.
        is_json: whether programs read the output.

    Raises:
        InvalidInput: there is no such platform, launch or file, or it describes another launch now.
        Declined: the requester said no.
    """
    if what.endswith(_SUFFIXES):
        launch_file = load_launch_file(Path(what), show_reading)
        place = choose_place(platform, launch_file.platform)
    else:
        connection = open_place(platform)
        records = find_records(connection.journal, what)
        launch_file = load_launch_file(file_of(records), show_reading).only([record.name for record in records])
        place = choose_place(platform)
    return carry_out(launch_file, place, output=output, is_agreed=is_agreed, is_json=is_json)
