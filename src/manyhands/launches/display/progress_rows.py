"""What a display says about a launch, or about many together, as one row."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add

from manyhands.crowd import AssignmentStatus, Budget, Money
from manyhands.launches import LaunchState, Progress

from .progress_words import state_in_words

__all__ = ["ProgressRow", "busiest", "row_of", "short_name", "total_of", "whole_name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRow:
    """One launch or the total of many, ready to be shown.

    Attributes:
        name: what the row is about.
        state: where the launch is; None for a total.
        state_text: the same in words, with the reason of an early end; empty for a total.
        state_word: the same in one or two words: the reason of an early end, or else the state.
        object_count: input objects.
        finished_count: objects that want no more answers.
        answer_count: accepted answers.
        confidence: mean confidence over answered objects; None before the first answer.
        pages: number of pages by state.
        control_accuracy: share of right answers to control tasks; None before the first.
        worker_count: workers who took a page; in a total, one who works in two launches counts twice.
        restriction_count: restrictions given.
        paid: rewards, bonuses and fees paid.
        reserved: money promised to pages in work or in review.
        left: what the budgets still allow; None without one.
        eta: when it will be over; None when that cannot be said.
        is_over: whether nothing more happens.
    """

    name: str
    state: LaunchState | None
    state_text: str
    state_word: str
    object_count: int
    finished_count: int
    answer_count: int
    confidence: float | None
    pages: Mapping[AssignmentStatus, int]
    control_accuracy: float | None
    worker_count: int
    restriction_count: int
    paid: Money
    reserved: Money
    left: Money | None
    eta: datetime | None
    is_over: bool

    @property
    def completion(self) -> float:
        """Share of objects that want no more answers, in [0, 1]; 1 without objects."""
        return self.finished_count / self.object_count if self.object_count else 1.0

    @property
    def mean_overlap(self) -> float:
        """Accepted answers per object; 0 without objects."""
        return self.answer_count / self.object_count if self.object_count else 0.0

    @property
    def acceptance(self) -> float | None:
        """Share of accepted pages among those judged, in [0, 1]; None before the first."""
        accepted = self.pages.get(AssignmentStatus.ACCEPTED, 0)
        judged = accepted + self.pages.get(AssignmentStatus.REJECTED, 0)
        return accepted / judged if judged else None


def row_of(progress: Progress, *, whole: str = "") -> ProgressRow:
    """Return the row of one launch; `whole` is the start of its name that need not be repeated."""
    return ProgressRow(
        name=short_name(progress, whole),
        state=progress.state,
        state_text=state_in_words(progress.state, progress.stop_reason),
        state_word=(progress.stop_reason or progress.state).value,
        object_count=progress.object_count,
        finished_count=progress.finished_count,
        answer_count=progress.answer_count,
        confidence=progress.mean_confidence,
        pages=progress.pages,
        control_accuracy=progress.control_accuracy,
        worker_count=progress.worker_count,
        restriction_count=progress.restriction_count,
        paid=progress.paid,
        reserved=progress.reserved,
        left=None if progress.budget is None else progress.budget.left,
        eta=progress.eta,
        is_over=progress.state.is_over,
    )


def total_of(progresses: Sequence[Progress]) -> ProgressRow:
    """Return the row of all launches together.

    Means are over answers and objects, not over launches. A budget that launches share counts once; what is left is None unless every launch
    has a budget. The end is that of the last launch, and unknown as long as that of one of them is.
    """
    return ProgressRow(
        name=f"all {len(progresses):,}",
        state=None,
        state_text="",
        state_word="",
        object_count=sum(progress.object_count for progress in progresses),
        finished_count=sum(progress.finished_count for progress in progresses),
        answer_count=sum(progress.answer_count for progress in progresses),
        confidence=_confidence(progresses),
        pages=_pages(progresses),
        control_accuracy=_control_accuracy(progresses),
        worker_count=sum(progress.worker_count for progress in progresses),
        restriction_count=sum(progress.restriction_count for progress in progresses),
        paid=_sum(progress.paid for progress in progresses),
        reserved=_sum(progress.reserved for progress in progresses),
        left=_left([progress.budget for progress in progresses]),
        eta=_latest([progress.eta for progress in progresses if not progress.state.is_over]),
        is_over=all(progress.state.is_over for progress in progresses),
    )


def busiest(progresses: Sequence[Progress], limit: int) -> list[Progress]:
    """Return at most `limit` launches in the given order: failed ones before running ones with many pages in work before idle and ended ones."""
    if len(progresses) <= limit:
        return list(progresses)
    ranked = sorted(range(len(progresses)), key=lambda position: _rank(progresses[position]))
    return [progresses[position] for position in sorted(ranked[:limit])]


def whole_name(progresses: Sequence[Progress]) -> str:
    """Return the part before the last slash that the names of several launches have in common; empty when there is none.

    Baskets are called ``<whole>/<basket>``, so their rows need only say the basket.
    """
    wholes = {progress.name.rpartition("/")[0] for progress in progresses}
    return wholes.pop() if len(wholes) == 1 and len(progresses) > 1 else ""


def short_name(progress: Progress, whole: str) -> str:
    """Return the name of a launch without that of the whole that it is part of."""
    return progress.name.removeprefix(f"{whole}/")


def _rank(progress: Progress) -> tuple[bool, bool, int]:
    open_count = progress.pages.get(AssignmentStatus.ACTIVE, 0) + progress.pages.get(AssignmentStatus.SUBMITTED, 0)
    return progress.state is not LaunchState.FAILED, progress.state.is_over, -open_count


def _confidence(progresses: Sequence[Progress]) -> float | None:
    counted = sum(len(progress.confidences) for progress in progresses)
    return sum(sum(progress.confidences) for progress in progresses) / counted if counted else None


def _pages(progresses: Sequence[Progress]) -> Mapping[AssignmentStatus, int]:
    counts: Counter[AssignmentStatus] = Counter()
    for progress in progresses:
        counts.update(progress.pages)
    return counts


def _control_accuracy(progresses: Sequence[Progress]) -> float | None:
    cells = [cell for progress in progresses for cell in progress.confusion]
    answered = sum(cell.count for cell in cells)
    return sum(cell.count for cell in cells if cell.truth == cell.answer) / answered if answered else None


def _left(budgets: Sequence[Budget | None]) -> Money | None:
    lefts = {budget.id: budget.left for budget in budgets if budget is not None}
    amounts = [left for left in lefts.values() if left is not None]
    return _sum(amounts) if amounts and None not in budgets and len(amounts) == len(lefts) else None


def _latest(etas: Sequence[datetime | None]) -> datetime | None:
    known = [eta for eta in etas if eta is not None]
    return max(known) if known and len(known) == len(etas) else None


def _sum(amounts: Iterable[Money]) -> Money:
    return reduce(add, amounts, Money())
