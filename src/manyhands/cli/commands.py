"""The commands and their options; what they do is loaded when they are carried out."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from manyhands.results import ResultView

from . import actions
from .options import FileArgument, JsonOption, NameArgument, OutputOption, PlatformOption, SeedOption, YesOption

__all__ = ["demo", "launch", "results", "resume", "status", "stop"]

#: A process that runs a launch looks for requests twice a second; one that has not answered by then is taken for dead.
_ANSWER_S = 5.0

_REHEARSAL = "With --rehearse"


def demo(
    *,
    seed: SeedOption = 0,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder for results.")] = Path(
        "manyhands-demo"
    ),
    as_json: JsonOption = False,
    pace: Annotated[
        float | None,
        typer.Option(
            help="Simulated seconds per second; 0 is as fast as possible. Without it, about twelve seconds in a terminal and 0 elsewhere.",
            min=0,
            show_default=False,
        ),
    ] = None,
    web: Annotated[
        bool, typer.Option("--web", help="Serve the baskets in real time: work by hand beside the crowd, and watch.")
    ] = False,
    port: Annotated[int, typer.Option(help="With --web: the port; 0 takes a free one.", min=0, max=65535)] = 8000,
) -> None:
    """Show everything in half a minute, without an account, a server or a network.

    Three baskets of 100 real text-entailment pairs are labeled side by side by replayed real people and a few careless ones who are made up.
    You see the launches live, then how right the labels are, what they cost, who was restricted, and which files were written.
    """
    if web:
        actions.run_web_demo(seed=seed, port=port)
        return
    raise typer.Exit(actions.run_demo(seed=seed, output=output, pace=pace, is_json=as_json))


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
    that workers have submitted are then judged and paid, and `manyhands resume FILE` goes on later.

    Exit codes: 0 finished, 1 error, 2 wrong input, 3 stopped before everything was labeled, 4 declined.
    """
    if rehearse:
        cast = actions.Cast(worker_count=workers, accuracy=accuracy, careless=careless, seed=seed, pace=pace)
        code = actions.rehearse(file, cast, output=output, is_json=as_json)
    elif dry_run:
        code = actions.show_plans(file, platform=platform, is_json=as_json)
    else:
        code = actions.launch(file, platform=platform, output=output, is_agreed=yes, is_json=as_json)
    raise typer.Exit(code)


def status(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="One launch, or all baskets launched under this name.", show_default=False
        ),
    ] = None,
    *,
    platform: PlatformOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show launches: where they are, how many answers came in, what was paid.

    Works from another terminal than the one that launched. Without NAME all launches of the platform are shown.
    """
    actions.show_status(name, platform=platform, is_json=as_json)


def stop(
    name: NameArgument,
    *,
    platform: PlatformOption = None,
    as_json: JsonOption = False,
    patience: Annotated[
        float, typer.Option(help="Seconds until a process that does not answer is taken for dead.", min=0)
    ] = _ANSWER_S,
) -> None:
    """Stop a launch, or all baskets launched under this NAME, wherever they run.

    No more pages are handed out, pages that workers have submitted are judged and paid, and the process that launched writes the results it
    has. If that process is dead, its pools are closed from here. `manyhands resume NAME` goes on later.
    """
    actions.stop(name, platform=platform, patience=timedelta(seconds=patience), is_json=as_json)


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
    raise typer.Exit(actions.resume(what, platform=platform, output=output, is_agreed=yes, is_json=as_json))


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
        str | None,
        typer.Option(
            "--format",
            envvar="MANYHANDS_RESULTS_FORMAT",
            metavar="FORMAT",
            help="How to write the table: csv, json, jsonl or parquet. Without it, what the suffix of --output says, else csv.",
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
    actions.show_results(
        name,
        platform=platform,
        output=output,
        export_format="json" if as_json else export_format,
        view=view,
        launch_path=file,
    )
