"""The demo as a whole: everything in half a minute."""

from pathlib import Path

from manyhands.cli.actions.outcomes import exit_code_of_all, make_folder
from manyhands.cli.exits import ExitCode
from manyhands.cli.screen import is_live, print_json
from manyhands.simulation import load_rte

from .play import play
from .show import show_beginning, show_end
from .totals import describe

__all__ = ["run_demo"]

#: Simulated seconds per second in a terminal: the play takes about an hour and ten minutes, so the show about twelve seconds.
_SHOW_PACE = 350.0


def run_demo(*, seed: int, output: Path, pace: float | None, is_json: bool) -> ExitCode:
    """Play the demo, say what is real, show it live, say what came out, and return how it ended.

    Args:
        seed: decides everything that is left to chance.
        output: the folder for results.
        pace: simulated seconds per second; 0 is as fast as possible, None suits whoever looks on.
        is_json: whether programs read the output.

    Raises:
        InvalidInput: nothing can be written to `output`.
    """
    make_folder(output)
    rte = load_rte()
    speed = (_SHOW_PACE if is_live() and not is_json else None) if pace is None else pace or None
    if not is_json:
        show_beginning(rte, pace=speed)
    outcome = play(rte, seed=seed, pace=speed, folder=output, is_quiet=is_json)
    if is_json:
        print_json(describe(outcome, seed=seed))
    else:
        show_end(outcome)
    return exit_code_of_all([report.outcome.progress for report in outcome.reports])
