"""``manyhands demo``: everything in half a minute."""

from pathlib import Path
from typing import Annotated

import typer

from manyhands.cli.exits import ExitCode
from manyhands.cli.options import JsonOption, SeedOption
from manyhands.cli.outcomes import exit_code_of_all
from manyhands.cli.screen import is_live, print_json
from manyhands.simulation import load_rte

from .play import play
from .show import show_beginning, show_end
from .totals import describe

__all__ = ["demo"]

#: Simulated seconds per second in a terminal: the play takes about an hour and ten minutes, so the show about twelve seconds.
_SHOW_PACE = 350.0


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
            help=f"Simulated seconds per second; 0 is as fast as possible. Without it, {_SHOW_PACE:g} in a terminal and 0 elsewhere.",
            min=0,
            show_default=False,
        ),
    ] = None,
) -> None:
    """Show everything in half a minute, without an account, a server or a network.

    Three baskets of 100 real text-entailment pairs are labeled side by side by replayed real people and a few careless ones who are made up.
    You see the launches live, then how right the labels are, what they cost, who was restricted, and which files were written.
    """
    rte = load_rte()
    speed = (_SHOW_PACE if is_live() and not as_json else None) if pace is None else pace or None
    if not as_json:
        show_beginning(rte, pace=speed)
    outcome = play(rte, seed=seed, pace=speed, folder=output, is_quiet=as_json)
    if as_json:
        print_json(describe(outcome, seed=seed))
    else:
        show_end(outcome)
    code = exit_code_of_all([report.outcome.progress for report in outcome.reports])
    if code is not ExitCode.FINISHED:
        raise typer.Exit(code)
