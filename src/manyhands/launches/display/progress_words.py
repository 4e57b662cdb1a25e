"""Numbers of a launch in the words of a display."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from math import floor

from manyhands.crowd import AssignmentStatus, Money
from manyhands.launches import LaunchState, StopReason

__all__ = [
    "NOTHING",
    "PAGE_SIGNS",
    "PAGE_WORDS",
    "amount",
    "count",
    "in_words",
    "moment_in_words",
    "page_legend",
    "page_signs",
    "share",
    "short",
    "state_in_words",
    "states_in_words",
]

#: Stands where nothing can be said yet.
NOTHING = "-"

#: States of a page in the order of its life, in words.
PAGE_WORDS: Mapping[AssignmentStatus, str] = {
    AssignmentStatus.ACTIVE: "in work",
    AssignmentStatus.SUBMITTED: "in review",
    AssignmentStatus.ACCEPTED: "accepted",
    AssignmentStatus.REJECTED: "rejected",
    AssignmentStatus.SKIPPED: "skipped",
    AssignmentStatus.EXPIRED: "expired",
}

#: States of a page as signs one character wide.
PAGE_SIGNS: Mapping[AssignmentStatus, str] = {
    AssignmentStatus.ACTIVE: "▸",
    AssignmentStatus.SUBMITTED: "?",
    AssignmentStatus.ACCEPTED: "✓",
    AssignmentStatus.REJECTED: "✗",
    AssignmentStatus.SKIPPED: "↷",
    AssignmentStatus.EXPIRED: "○",
}

#: Amounts from this on are shown to the cent: what is lost is less than a twentieth.
_EXACT_BELOW = Money("0.10")

_SHORT_FROM = 1_000

#: A longer time is not known to the second.
_SECONDS_BELOW_S = 120

_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def in_words(duration: timedelta) -> str:
    """Return a duration in its two largest units; seconds only below two minutes.

    >>> in_words(timedelta(seconds=102)), in_words(timedelta(minutes=3, seconds=5)), in_words(timedelta(hours=26, minutes=5))
    ('1 min 42 s', '3 min', '1 d 2 h')
    """
    seconds = max(0, round(duration.total_seconds()))
    for (unit, size), (smaller, smaller_size) in pairwise(_UNITS):
        if seconds >= size:
            rest = seconds % size // smaller_size
            is_short = rest == 0 or (smaller == "s" and seconds >= _SECONDS_BELOW_S)
            return f"{seconds // size} {unit}" if is_short else f"{seconds // size} {unit} {rest} {smaller}"
    return f"{seconds} s"


def moment_in_words(moment: datetime | None, now: datetime) -> str:
    """Return how far away a moment is; one that is past may come any moment."""
    if moment is None:
        return NOTHING
    return "soon" if moment <= now else in_words(moment - now)


def share(value: float | None) -> str:
    """Return a share as a whole percentage, rounded down, so that 100% means all of it; a dash for None.

    >>> share(0.999), share(0.29), share(None)
    ('99%', '29%', '-')
    """
    # A little more than the rounding errors of floats, so that 0.29 * 100 is 29.
    return NOTHING if value is None else f"{floor(value * 100 + 1e-9)}%"


def count(number: int, singular: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> count(1, "page"), count(2400, "page")
    ('1 page', '2,400 pages')
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def amount(money: Money | None) -> str:
    """Return an amount of money, to the cent from ten cents on and exact below; a dash for None.

    >>> amount(Money("2244.24952")), amount(Money("0.013"))
    ('$2,244.25', '$0.013')
    """
    if money is None:
        return NOTHING
    return str(money) if money < _EXACT_BELOW else f"${money.usd:,.2f}"


def short(number: int) -> str:
    """Return a number that takes little room.

    >>> short(999), short(2_114), short(39_883)
    ('999', '2.1k', '39.9k')
    """
    return str(number) if number < _SHORT_FROM else f"{number / 1000:,.1f}k"


def page_signs(pages: Mapping[AssignmentStatus, int]) -> str:
    """Return the number of pages by state, states without pages left out; a dash without pages.

    >>> page_signs({AssignmentStatus.ACCEPTED: 60, AssignmentStatus.ACTIVE: 3, AssignmentStatus.EXPIRED: 0})
    '▸3 ✓60'
    """
    return (
        " ".join(f"{sign}{short(pages[status])}" for status, sign in PAGE_SIGNS.items() if pages.get(status)) or NOTHING
    )


def page_legend(pages: Mapping[AssignmentStatus, int]) -> str:
    """Return what the signs of the states in which there are pages mean."""
    return "   ".join(f"{sign} {PAGE_WORDS[status]}" for status, sign in PAGE_SIGNS.items() if pages.get(status))


def state_in_words(state: LaunchState, reason: StopReason | None) -> str:
    """Return where a launch is, and why when it ended early.

    >>> state_in_words(LaunchState.STOPPED, StopReason.BUDGET)
    'stopped: budget'
    """
    return state.value if reason is None else f"{state.value}: {reason.value}"


def states_in_words(states: Iterable[LaunchState]) -> str:
    """Return how many launches are in which state, in the order of a launch's life.

    >>> states_in_words([LaunchState.FINISHED, LaunchState.RUNNING, LaunchState.FINISHED])
    '1 running, 2 finished'
    """
    present = list(states)
    return ", ".join(f"{present.count(state):,} {state.value}" for state in LaunchState if state in present)
