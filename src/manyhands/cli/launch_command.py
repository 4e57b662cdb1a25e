"""``manyhands launch``: label what a launch file describes."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Annotated

import typer
from rich.console import Console

from manyhands.connect import Place, connect_to
from manyhands.launches import Preflight
from manyhands.launches.display import preflight_summary
from manyhands.platform.embedded import EmbeddedPlatform

from .exits import ExitCode
from .launch_files import LaunchFile, load_launch_file
from .launch_records import remember_file
from .launching import ask, launch_and_write, prepare_all
from .options import FileArgument, JsonOption, OutputOption, PlatformOption, YesOption
from .outcomes import LaunchOutcome, as_usd, exit_code_of_all
from .places import choose_place, has_nothing_yet
from .rehearsal import Cast, rehearse_and_write
from .screen import print_error, print_json, show_reading

__all__ = ["carry_out", "launch"]

_REHEARSAL = "With --rehearse"


def launch(
    file: FileArgument,
    *,
    yes: YesOption = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check everything and show the price; publish nothing.")
    ] = False,
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="Play the launch in memory with simulated workers; nobody is paid.")
    ] = False,
    platform: PlatformOption = None,
    output: OutputOption = None,
    as_json: JsonOption = False,
    workers: Annotated[int, typer.Option(help="How many simulated workers.", min=1, rich_help_panel=_REHEARSAL)] = 40,
    accuracy: Annotated[
        float, typer.Option(help="Mean accuracy of serious workers, between 0 and 1.", rich_help_panel=_REHEARSAL)
    ] = 0.85,
    careless: Annotated[
        float, typer.Option(help="Share of workers who click without reading, from 0 to 1.", rich_help_panel=_REHEARSAL)
    ] = 0.1,
    seed: Annotated[
        int, typer.Option(help="Decides everything that is left to chance.", rich_help_panel=_REHEARSAL)
    ] = 0,
    pace: Annotated[
        float | None,
        typer.Option(
            rich_help_panel=_REHEARSAL,
            help="Simulated seconds per second; 0 is as fast as possible. Without it, about ten seconds in a terminal.",
            min=0,
            show_default=False,
        ),
    ] = None,
) -> None:
    """Label what a launch FILE (.toml or .py) describes.

    Shows the price and asks, publishes, shows how it goes, and writes the results of every basket, also when you stop it with Ctrl-C: pages
    that workers have submitted are then judged and paid, and `manyhands resume NAME` goes on later.

    Exit codes: 0 finished, 1 error, 2 wrong input, 3 stopped before everything was labeled, 4 declined.
    """
    launch_file = load_launch_file(file, show_reading)
    if rehearse:
        cast = Cast(worker_count=workers, accuracy=accuracy, careless=careless, seed=seed, pace=pace)
        folder = output or Path(f"{launch_file.name}-rehearsal")
        code = rehearse_and_write(launch_file, cast, folder=folder, is_json=as_json)
    else:
        place = choose_place(platform, launch_file.platform)
        if dry_run:
            code = _show_plans(launch_file, place, is_json=as_json)
        else:
            code = carry_out(launch_file, place, output=output, is_agreed=yes, is_json=as_json)
    raise typer.Exit(code)


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
    connection = connect_to(place)
    for preflight in prepare_all(launch_file, connection.platform.fee):
        remember_file(connection.journal, preflight.plan, launch_file.path, now=connection.platform.clock.now())
    folder = output or launch_file.output or Path(f"{launch_file.name}-results")
    outcomes = launch_and_write(launch_file, place, folder=folder, interrupted=Event(), is_quiet=is_json)
    if is_json:
        print_json({"name": launch_file.name, "launches": [outcome.describe() for outcome in outcomes]})
    else:
        _print_end(launch_file.path, outcomes)
    return exit_code_of_all([outcome.progress for outcome in outcomes])


def _prepare(launch_file: LaunchFile, place: Place) -> list[Preflight]:
    platform = EmbeddedPlatform.in_memory() if has_nothing_yet(place) else connect_to(place).platform
    return prepare_all(launch_file, platform.fee)


def _show_plans(launch_file: LaunchFile, place: Place, *, is_json: bool) -> ExitCode:
    preflights = _prepare(launch_file, place)
    if is_json:
        print_json({"name": launch_file.name, "launches": [_describe(preflight) for preflight in preflights]})
    else:
        console = Console()
        console.print(preflight_summary(preflights))
        console.print("\nThis was a dry run: nothing was published.")
    return ExitCode.FINISHED


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
