"""Launching for whoever sits in front of the terminal: checks, questions, files, and what to do next."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event

from rich.console import Console

from manyhands.cli.exits import ExitCode
from manyhands.cli.screen import print_error, print_json, show_reading
from manyhands.connect import Place, connect_to
from manyhands.launches import Preflight
from manyhands.launches.display import preflight_summary
from manyhands.platform.embedded import EmbeddedPlatform

from .launch_files import LaunchFile, load_launch_file
from .launch_records import remember_file
from .launching import ask, launch_and_write, prepare_all
from .outcomes import LaunchOutcome, as_usd, exit_code_of_all, make_folder
from .places import choose_place, has_nothing_yet

__all__ = ["carry_out", "launch", "show_plans"]


def launch(launch_path: Path, *, platform: str | None, output: Path | None, is_agreed: bool, is_json: bool) -> ExitCode:
    """Launch what a file describes, and return how it ended.

    Args:
        launch_path: the launch file.
        platform: where workers answer; None leaves it to the file.
        output: the folder for results; None leaves it to the file.
        is_agreed: whether the requester need not be asked.
        is_json: whether programs read the output.

    Raises:
        InvalidInput: everything that is wrong, in one error, before anything is published.
        Declined: the requester said no.
    """
    launch_file = load_launch_file(launch_path, show_reading)
    place = choose_place(platform, launch_file.platform)
    return carry_out(launch_file, place, output=output, is_agreed=is_agreed, is_json=is_json)


def show_plans(launch_path: Path, *, platform: str | None, is_json: bool) -> ExitCode:
    """Show what a launch file would publish and at which price; publish nothing.

    Raises:
        InvalidInput: everything that is wrong, in one error.
    """
    launch_file = load_launch_file(launch_path, show_reading)
    preflights = _prepare(launch_file, choose_place(platform, launch_file.platform))
    if is_json:
        print_json({"name": launch_file.name, "launches": [_describe(preflight) for preflight in preflights]})
    else:
        console = Console()
        console.print(preflight_summary(preflights))
        console.print("\nThis was a dry run: nothing was published.")
    return ExitCode.FINISHED


def carry_out(
    launch_file: LaunchFile, place: Place, *, output: Path | None, is_agreed: bool, is_json: bool
) -> ExitCode:
    """Ask, launch, write and report; return how it ended.

    Args:
        launch_file: what to launch.
        place: where workers answer.
        output: the folder for results; None means the one of the file, else ``<name>-results`` in the current folder.
        is_agreed: whether the requester need not be asked.
        is_json: whether programs read the output.

    Raises:
        InvalidInput: everything that is wrong, in one error, before anything is published.
        Declined: the requester said no.
    """
    # Checked and asked before the platform is opened, which would make its file.
    ask(_prepare(launch_file, place), is_agreed=is_agreed, is_json=is_json)
    folder = output or launch_file.output or Path(f"{launch_file.name}-results")
    make_folder(folder)
    connection = connect_to(place)
    for preflight in prepare_all(launch_file, connection.platform.fee):
        remember_file(connection.journal, preflight.plan, launch_file.path, now=connection.platform.clock.now())
    outcomes = launch_and_write(launch_file, place, folder=folder, interrupted=Event(), is_quiet=is_json)
    if is_json:
        print_json({"name": launch_file.name, "launches": [outcome.describe() for outcome in outcomes]})
    else:
        _print_end(launch_file.path, outcomes)
    return exit_code_of_all([outcome.progress for outcome in outcomes])


def _prepare(launch_file: LaunchFile, place: Place) -> list[Preflight]:
    platform = EmbeddedPlatform.in_memory() if has_nothing_yet(place) else connect_to(place).platform
    return prepare_all(launch_file, platform.fee)


def _describe(preflight: Preflight) -> dict[str, object]:
    price = preflight.price.precise
    return {
        "name": preflight.plan.name,
        "object_count": preflight.plan.object_count,
        "control_count": preflight.plan.control_count,
        "least_price_usd": as_usd(price.least),
        "most_price_usd": as_usd(price.most),
        "budget_usd": None if preflight.plan.budget is None else as_usd(preflight.plan.budget.ceiling),
        "advice": [advice.text for advice in preflight.advice],
    }


def _print_end(file: Path, outcomes: Sequence[LaunchOutcome]) -> None:
    for outcome in outcomes:
        if outcome.failure:
            print_error(outcome.failure)
    console = Console(highlight=False, markup=False)
    console.print("\nResults are in:")
    for outcome in outcomes:
        for path in outcome.files:
            console.print(f"  {path}", soft_wrap=True)
    if exit_code_of_all([outcome.progress for outcome in outcomes]) is not ExitCode.FINISHED:
        console.print(f"\nNot everything is labeled yet. To go on: manyhands resume {file}", soft_wrap=True)
