"""What the demo says to whoever looks on."""

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from manyhands.simulation import RteDataset

from .basket_reports import BasketReport
from .entailment import BUDGET, FEE_SHARE, PARAMS
from .people import CARELESS_COUNT
from .play import Play
from .totals import Totals

__all__ = ["show_beginning", "show_end"]

#: Longer lines are hard to read, however wide the terminal is.
_TEXT_WIDTH = 100

_BASKET_STYLES = {"red": "red", "green": "green", "blue": "blue"}


def show_beginning(rte: RteDataset, *, pace: float | None) -> None:
    """Say what is going to happen, and what of it is real.

    Args:
        rte: the pairs and their answers.
        pace: simulated seconds per second; None is as fast as possible.
    """
    people_count = len({answer.worker for answer in rte.answers})
    how_fast = "as fast as it can" if pace is None else f"{pace:,.0f} times as fast"
    _say(
        f"Three baskets of {len(rte.inputs) // 3} text-entailment pairs are launched side by side: does the statement follow from the text? "
        f"Workers answer on a platform in memory, where time runs {how_fast}. Nothing leaves this machine and nobody is paid.",
        "[bold]Real:[/] pairs, experts' labels, and every answer of the "
        f"{people_count} people, who come as often as they did in the source and are replayed. "
        f"[bold]Made up:[/] {CARELESS_COUNT} careless workers who click at random, and everybody's speed.",
    )


def show_end(play: Play) -> None:
    """Say how right the labels are, what they cost, who was restricted, and where the files are."""
    console, totals = Console(), Totals(play.reports)
    pricing = PARAMS.pricing_config
    console.print()
    console.print(_table(play.reports, totals))
    console.print()
    if not totals.is_finished:
        _say("[bold yellow]Stopped early:[/] pairs without a label count as wrong here.")
    _say(
        f"[bold]Majority:[/] what the same money buys without control tasks and without judging anybody: the first {totals.majority_answer_count:,} "
        "real answers in a drawn order, as many for each pair, none of them from the careless; mean of 200 draws. "
        f"[bold]Paid:[/] {pricing.assignment_price} and a fee of {FEE_SHARE:.0%} for each accepted page of {pricing.real_tasks_count} pairs and "
        f"{pricing.control_tasks_count} control tasks, of a budget of {BUDGET} that all baskets share.",
        f"[bold]Caught:[/] {len(totals.caught)} of {CARELESS_COUNT} careless workers, by their speed or by control tasks; so were "
        f"{len(totals.restricted_workers) - len(totals.caught)} of the real people, who had given wrong answers to the control pairs.",
    )
    console.print(
        f"The play took {play.duration.total_seconds() / 60:.0f} minutes of its own time. Its files:", highlight=False
    )
    for report in play.reports:
        for path in report.outcome.files:
            console.print(Text(f"  {path}"), soft_wrap=True)


def _say(*paragraphs: str) -> None:
    console = Console(highlight=False)
    for paragraph in paragraphs:
        console.print(Padding(paragraph, (0, 0, 1, 0)), width=min(_TEXT_WIDTH, console.width))


def _table(reports: tuple[BasketReport, ...], totals: Totals) -> Table:
    table = Table(
        box=box.SIMPLE,
        show_edge=False,
        pad_edge=False,
        padding=(0, 2, 0, 0),
        header_style="dim",
        footer_style="bold",
        show_footer=True,
    )
    columns = {
        "basket": "all",
        "accuracy": f"{totals.accuracy:.1%}",
        "majority, same cost": f"{totals.majority_accuracy:.1%}",
        "answers": f"{totals.answer_count:,}",
        "paid": f"${totals.paid.usd:,.2f}",
        "rejected pages": f"{totals.rejected_count:,}",
        "restrictions": f"{totals.restriction_count:,}",
    }
    for title, footer in columns.items():
        table.add_column(title, footer=footer, justify="left" if title == "basket" else "right")
    for report in reports:
        table.add_row(
            Text(report.basket, style=_BASKET_STYLES.get(report.basket, "")),
            Text(f"{report.accuracy:.0%}", style="bold"),
            f"{report.majority_accuracy:.1%}",
            f"{report.answer_count:,}",
            f"${report.paid.usd:,.2f}",
            f"{report.rejected_count:,}",
            f"{len(report.restrictions):,}",
        )
    return table
