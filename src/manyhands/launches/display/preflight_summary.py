"""What is about to be launched, and at which price."""

from collections.abc import Sequence
from functools import reduce
from operator import add

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from manyhands.crowd import Money
from manyhands.launches import Preflight, SharedBudget
from manyhands.planning import PriceRange

from .encodable import Encodable
from .progress_words import count, in_words

__all__ = ["preflight_summary", "price_of_all"]

_ROW_LIMIT = 20
_NAME_LIMIT = 3
_LINE_LIMIT = 5

_WHAT_IS_IN_THE_PRICE = (
    "The price is for the fewest and for the most answers, every page in full, fees included. Bonuses come on top, and pages that stay partly "
    "empty because answers are asked for again. Rejected pages cost nothing."
)


def preflight_summary(preflights: Sequence[Preflight]) -> RenderableType:
    """Return what is about to be launched as something that rich prints: pages, price, budget and everything that is doubtful.

    Args:
        preflights: the launches, checked, in the order of the rows; of many the first are shown and the rest is counted.
    """
    return Encodable(Group(_table(preflights), "", _remarks(preflights)))


def price_of_all(preflights: Sequence[Preflight]) -> PriceRange:
    """Return what all launches cost together, with every page in full and all fees."""
    return PriceRange(
        least=_sum([preflight.price.precise.least for preflight in preflights]),
        most=_sum([preflight.price.precise.most for preflight in preflights]),
    )


def _table(preflights: Sequence[Preflight]) -> Table:
    table = Table(
        box=box.SIMPLE,
        show_edge=False,
        pad_edge=False,
        padding=(0, 2, 0, 0),
        header_style="dim",
        border_style="bright_black",
        footer_style="bold",
        show_footer=len(preflights) > 1,
    )
    object_count = sum(preflight.plan.object_count for preflight in preflights)
    table.add_column("launch", footer=f"all {len(preflights):,}", overflow="fold", style="bold")
    table.add_column("objects", footer=f"{object_count:,}", justify="right", no_wrap=True)
    table.add_column("control objects", justify="right", no_wrap=True)
    table.add_column("price", footer=str(price_of_all(preflights)), justify="right", no_wrap=True)
    for preflight in preflights[:_ROW_LIMIT]:
        plan = preflight.plan
        table.add_row(
            Text(plan.name), f"{plan.object_count:,}", f"{plan.control_count:,}", str(preflight.price.precise)
        )
    if len(preflights) > _ROW_LIMIT:
        table.add_row(Text(f"and {len(preflights) - _ROW_LIMIT:,} more", style="dim"))
    return table


def _remarks(preflights: Sequence[Preflight]) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    for line in [*_term_lines(preflights), _WHAT_IS_IN_THE_PRICE, *_budget_lines(preflights)]:
        grid.add_row(Text("·", style="dim"), Text(line))
    for line in _warning_lines(preflights):
        grid.add_row(Text("!", style="bold yellow"), Text(line, style="yellow"))
    return grid


def _term_lines(preflights: Sequence[Preflight]) -> list[str]:
    """Return what a page is, once for all launches whose pages are alike."""
    groups: dict[str, list[Preflight]] = {}
    for preflight in preflights:
        groups.setdefault(_terms(preflight), []).append(preflight)
    return _limited([_for_whom(terms, group, preflights) for terms, group in groups.items()])


def _terms(preflight: Preflight) -> str:
    params = preflight.plan.params
    pricing = params.pricing_config
    tasks = f"{count(pricing.real_tasks_count, 'object')} and {count(pricing.control_tasks_count, 'control task')}"
    reward = f"a reward of {pricing.assignment_price}" if pricing.assignment_price else "no reward"
    answers = f"{params.overlap} {'answer' if params.overlap.max_overlap == 1 else 'answers'}"
    return (
        f"A page has {tasks}, takes about {in_words(params.page_hint)} and brings {reward}. Each object gets {answers}."
    )


def _budget_lines(preflights: Sequence[Preflight]) -> list[str]:
    """Return what each budget covers of the price of all launches that share it."""
    groups: dict[SharedBudget | None, list[Preflight]] = {}
    for preflight in preflights:
        groups.setdefault(preflight.plan.budget, []).append(preflight)
    return _limited(
        [_for_whom(_coverage(budget, price_of_all(group)), group, preflights) for budget, group in groups.items()]
    )


def _coverage(budget: SharedBudget | None, price: PriceRange) -> str:
    if budget is None:
        return "There is no budget: nothing limits what comes on top of the price."
    if budget.ceiling >= price.most:
        return f"The budget of {budget.ceiling} is never exceeded."
    limit = "lowest" if budget.ceiling < price.least else "highest"
    return f"The budget of {budget.ceiling} is below the {limit} price; when it is used up, objects stay unfinished."


def _warning_lines(preflights: Sequence[Preflight]) -> list[str]:
    """Return everything that is doubtful, once for all launches of which it is true in the same words."""
    groups: dict[str, list[Preflight]] = {}
    for preflight in preflights:
        for advice in preflight.advice:
            groups.setdefault(advice.text, []).append(preflight)
    return [_for_whom(text, group, preflights) for text, group in groups.items()]


def _for_whom(text: str, group: Sequence[Preflight], everyone: Sequence[Preflight]) -> str:
    """Return the text with the names of the launches that it is for, unless it is for all."""
    if len(group) == len(everyone):
        return text
    names = ", ".join(preflight.plan.name for preflight in group[:_NAME_LIMIT])
    further = len(group) - _NAME_LIMIT
    return f"{names}{f' and {further:,} more' if further > 0 else ''}: {text}"


def _limited(lines: Sequence[str]) -> list[str]:
    further = len(lines) - _LINE_LIMIT
    return [*lines[:_LINE_LIMIT], *([f"and {further:,} more such lines"] if further > 0 else [])]


def _sum(amounts: Sequence[Money]) -> Money:
    return reduce(add, amounts, Money())
