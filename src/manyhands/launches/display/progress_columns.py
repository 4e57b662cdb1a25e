"""The columns in which launches are shown, whatever draws them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from .progress_rows import ProgressRow
from .progress_words import NOTHING, amount, moment_in_words, page_signs, share

__all__ = ["DONE", "LAUNCH", "PAGES", "STATE", "Column", "columns_for", "fit_columns"]

#: No column with this importance ever leaves.
_ALWAYS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Attributes:
        title: its heading.
        meaning: what it says, in words.
        text: the cell of a row at a moment.
        is_number: whether cells are aligned to the right.
        importance: columns of less importance leave first when there is little room.
        least_width: characters to which it may shrink; None means that it does not.
        most_width: characters to which it grows when there is room; None means as wide as its longest cell.
    """

    title: str
    meaning: str
    text: Callable[[ProgressRow, datetime], str]
    is_number: bool = True
    importance: int
    least_width: int | None = None
    most_width: int | None = None


def columns_for(rows: Iterable[ProgressRow]) -> list[Column]:
    """Return the columns that say something about these rows: what is left of a budget only when there is one."""
    has_budget = any(row.left is not None for row in rows)
    return [column for column in _COLUMNS if has_budget or column is not _LEFT]


def fit_columns(
    columns: Sequence[Column], natural_widths: Mapping[str, int], *, room: int, gap: int
) -> dict[Column, int]:
    """Return the columns that fit into `room` characters with their widths.

    Columns come in the order of their importance, each shrunk, as long as they fit; room that is left then lets states, names and bars grow.

    Args:
        columns: in their order on the screen.
        natural_widths: title → characters of the longest cell or of the title.
        room: characters of a line.
        gap: characters between two columns.
    """
    least_widths = {column: _least_width(column, natural_widths[column.title]) for column in columns}
    chosen: dict[Column, int] = {}
    for column in sorted(columns, key=lambda column: -column.importance):
        if column.importance == _ALWAYS or _width({**chosen, column: least_widths[column]}, gap) <= room:
            chosen[column] = least_widths[column]
    widths = {column: chosen[column] for column in columns if column in chosen}
    for column in (STATE, LAUNCH, DONE):
        spare = max(0, room - _width(widths, gap))
        grown = min(_most_width(column, natural_widths[column.title]), widths[column] + spare)
        # A state is told in full or in one word, so that part of the room does not help it.
        if column is not STATE or grown == natural_widths[column.title]:
            widths[column] = grown
    return widths


def _least_width(column: Column, natural: int) -> int:
    return natural if column.least_width is None else min(natural, column.least_width)


def _most_width(column: Column, natural: int) -> int:
    return natural if column.most_width is None else column.most_width


def _width(widths: Mapping[Column, int], gap: int) -> int:
    return sum(widths.values()) + gap * (len(widths) - 1)


def _eta_text(row: ProgressRow, now: datetime) -> str:
    return "" if row.is_over else moment_in_words(row.eta, now)


def _worker_text(row: ProgressRow, _now: datetime) -> str:
    # Launches may share workers, so that the sum of a total is only an upper bound.
    return f"≤{row.worker_count:,}" if row.state is None and row.worker_count else f"{row.worker_count:,}"


def _overlap_text(row: ProgressRow, _now: datetime) -> str:
    return f"{row.mean_overlap:.1f}" if row.answer_count else NOTHING


LAUNCH = Column(
    title="launch",
    meaning="name of the launch",
    text=lambda row, _: row.name,
    is_number=False,
    importance=_ALWAYS,
    least_width=14,
)
STATE = Column(
    title="state",
    meaning="where the launch is, and why it ended early",
    text=lambda row, _: row.state_text,
    is_number=False,
    importance=_ALWAYS,
    least_width=len("pool expired"),
)
DONE = Column(
    title="done",
    meaning="share of the objects that want no more answers",
    text=lambda row, _: share(row.completion),
    is_number=False,
    importance=_ALWAYS,
    least_width=len("━━━━━━ 100%"),
    most_width=26,
)
PAGES = Column(
    title="pages",
    meaning="number of pages by state",
    text=lambda row, _: page_signs(row.pages),
    is_number=False,
    importance=50,
)
_LEFT = Column(
    title="left", meaning="what the budget still allows", text=lambda row, _: amount(row.left), importance=55
)
_COLUMNS = (
    LAUNCH,
    STATE,
    DONE,
    Column(
        title="objects",
        meaning="objects that want no more answers, of all",
        text=lambda row, _: f"{row.finished_count:,}/{row.object_count:,}",
        importance=95,
    ),
    Column(title="answers", meaning="accepted answers", text=lambda row, _: f"{row.answer_count:,}", importance=80),
    Column(title="overlap", meaning="accepted answers per object", text=_overlap_text, importance=60),
    Column(
        title="conf.",
        meaning="mean confidence of the labels so far",
        text=lambda row, _: share(row.confidence),
        importance=65,
    ),
    Column(
        title="control",
        meaning="share of right answers to control tasks",
        text=lambda row, _: share(row.control_accuracy),
        importance=70,
    ),
    Column(title="workers", meaning="workers who took a page", text=_worker_text, importance=45),
    Column(
        title="restr.",
        meaning="restrictions given to workers",
        text=lambda row, _: f"{row.restriction_count:,}",
        importance=35,
    ),
    Column(title="paid", meaning="rewards, bonuses and fees paid", text=lambda row, _: amount(row.paid), importance=90),
    Column(
        title="reserved",
        meaning="money promised to pages in work or in review",
        text=lambda row, _: amount(row.reserved),
        importance=40,
    ),
    _LEFT,
    Column(title="ETA", meaning="time left at the pace so far", text=_eta_text, importance=85),
    PAGES,
)
