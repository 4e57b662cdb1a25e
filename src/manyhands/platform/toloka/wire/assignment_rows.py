"""Assignments as rows of a table, one for each task: what the API serves as tab-separated text."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from manyhands.crowd import Assignment, AssignmentStatus

from .json_text import encode_json
from .kinds import MOMENT, choice
from .moments import write_moment
from .reading import Kind, Place, Reader
from .texts import FLAG_TEXT, write_text

__all__ = [
    "AssignmentColumn",
    "RowsQuery",
    "format_rows_query",
    "iter_rows",
    "parse_rows_query",
    "read_rows",
    "write_rows",
]

T = TypeVar("T")


class AssignmentColumn(StrEnum):
    """The columns that tell of the assignment; others are ``INPUT:…``, ``OUTPUT:…``, ``GOLDEN:…`` and ``HINT:text``."""

    #: Where the assignment can be seen.
    LINK = "ASSIGNMENT:link"
    #: Its id.
    ASSIGNMENT_ID = "ASSIGNMENT:assignment_id"
    #: The id of the row's task.
    TASK_ID = "ASSIGNMENT:task_id"
    #: The id of its task suite.
    TASK_SUITE_ID = "ASSIGNMENT:task_suite_id"
    #: Who worked.
    WORKER_ID = "ASSIGNMENT:worker_id"
    #: Its status; an accepted one is called APPROVED.
    STATUS = "ASSIGNMENT:status"
    #: When it was taken.
    STARTED = "ASSIGNMENT:started"
    #: When it was submitted.
    SUBMITTED = "ASSIGNMENT:submitted"
    #: When it was accepted.
    ACCEPTED = "ASSIGNMENT:accepted"
    #: When it was rejected.
    REJECTED = "ASSIGNMENT:rejected"
    #: When it was given back.
    SKIPPED = "ASSIGNMENT:skipped"
    #: When it expired.
    EXPIRED = "ASSIGNMENT:expired"
    #: What is paid for it, in US dollars.
    REWARD = "ASSIGNMENT:reward"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsQuery:
    """Which rows a requester wants.

    Attributes:
        statuses: of the assignments.
        columns: that tell of the assignment, in order.
        submitted_from: the first moment of submission; None is the beginning.
        submitted_to: the last moment of submission; None is now.
        is_without_banned: whether to leave out workers who are restricted.
        has_row_delimiter: whether a blank line stands between assignments.
    """

    statuses: tuple[AssignmentStatus, ...] = (AssignmentStatus.ACCEPTED,)
    columns: tuple[str, ...] = (
        AssignmentColumn.LINK,
        AssignmentColumn.ASSIGNMENT_ID,
        AssignmentColumn.WORKER_ID,
        AssignmentColumn.STATUS,
        AssignmentColumn.STARTED,
    )
    submitted_from: datetime | None = None
    submitted_to: datetime | None = None
    is_without_banned: bool = False
    has_row_delimiter: bool = True


def parse_rows_query(parameters: Mapping[str, str]) -> RowsQuery:
    """Return what query parameters ask for; unknown ones are passed over.

    Raises:
        InvalidInput: a parameter is wrong.

    Example:
        >>> parse_rows_query({"status": "APPROVED,SUBMITTED"}).statuses[0]
        <AssignmentStatus.ACCEPTED: 'ACCEPTED'>
    """
    reader = Reader.open({name: text for name, text in parameters.items() if text})
    default = RowsQuery()
    query = RowsQuery(
        statuses=reader.get("status", _STATUSES, default.statuses),
        columns=reader.get("field", _COLUMNS, default.columns),
        submitted_from=reader.find("startTimeFrom", MOMENT),
        submitted_to=reader.find("startTimeTo", MOMENT),
        is_without_banned=reader.get("excludeBanned", FLAG_TEXT, default.is_without_banned),
        has_row_delimiter=reader.get("addRowDelimiter", FLAG_TEXT, default.has_row_delimiter),
    )
    reader.close("query")
    return query


def format_rows_query(query: RowsQuery) -> dict[str, str]:
    """Return the query parameters that ask for this."""
    parameters = {
        "status": ",".join(_status(status) for status in query.statuses),
        "field": ",".join(query.columns),
        "startTimeFrom": _moment(query.submitted_from),
        "startTimeTo": _moment(query.submitted_to),
        "excludeBanned": write_text(query.is_without_banned),
        "addRowDelimiter": write_text(query.has_row_delimiter),
    }
    return {name: text for name, text in parameters.items() if text}


def iter_rows(assignment: Assignment, columns: Sequence[str], *, link: str = "") -> Iterator[dict[str, str]]:
    """Return the rows of an assignment, lazily: column → text, one row for each task.

    Args:
        assignment: with the tasks.
        columns: those of `AssignmentColumn` that are wanted, in order. They follow the values.
        link: where the assignment can be seen.
    """
    facts = _facts(assignment, link)
    for place, task in enumerate(assignment.tasks):
        row = _columns("INPUT", task.input_values)
        if assignment.solutions:
            row.update(_columns("OUTPUT", assignment.solutions[place].output_values))
        if task.known_solutions:
            row.update(_columns("GOLDEN", task.known_solutions[0].output_values))
        if task.hint:
            row["HINT:text"] = task.hint
        facts[AssignmentColumn.TASK_ID] = task.id
        row.update({column: facts[column] for column in columns if column in facts})
        yield row


def write_rows(rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> str:
    """Return rows as tab-separated text with a header.

    Args:
        rows: column → text; what a row does not say stays empty.
        columns: all columns, in order.

    Example:
        >>> write_rows([{"INPUT:text": "a cat", "OUTPUT:label": "yes"}], ["INPUT:text", "OUTPUT:label"]).split()
        ['INPUT:text', 'OUTPUT:label', 'a', 'cat', 'yes']
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, dialect="excel-tab", lineterminator="\n", extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def read_rows(text: str) -> list[dict[str, str]]:
    """Return the rows of tab-separated text with a header: column → text; blank lines between assignments are passed over."""
    return list(csv.DictReader(io.StringIO(text), dialect="excel-tab"))


def _facts(assignment: Assignment, link: str) -> dict[str, str]:
    return {
        AssignmentColumn.LINK: link,
        AssignmentColumn.ASSIGNMENT_ID: assignment.id,
        AssignmentColumn.TASK_SUITE_ID: assignment.task_suite_id or "",
        AssignmentColumn.WORKER_ID: assignment.worker_id,
        AssignmentColumn.STATUS: _status(assignment.status),
        AssignmentColumn.STARTED: write_moment(assignment.created),
        AssignmentColumn.SUBMITTED: _moment(assignment.submitted),
        AssignmentColumn.ACCEPTED: _moment(assignment.accepted),
        AssignmentColumn.REJECTED: _moment(assignment.rejected),
        AssignmentColumn.SKIPPED: _moment(assignment.skipped),
        AssignmentColumn.EXPIRED: _moment(assignment.expired),
        AssignmentColumn.REWARD: f"{assignment.reward.usd.normalize():f}",
    }


def _status(status: AssignmentStatus) -> str:
    return _APPROVED if status is AssignmentStatus.ACCEPTED else status.value


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else write_moment(moment)


def _columns(prefix: str, values: Mapping[str, Any]) -> dict[str, str]:
    return {f"{prefix}:{name}": _text(value) for name, value in values.items()}


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case _:
            return encode_json(value).decode()


def _read_status(text: Any, place: Place) -> AssignmentStatus:
    return AssignmentStatus.ACCEPTED if text == _APPROVED else _STATUS.read(text, place)


def _split(kind: Kind[T]) -> Kind[tuple[T, ...]]:
    return Kind(
        read=lambda text, place: tuple(kind.read(part.strip(), place) for part in str(text).split(",")), blank=()
    )


#: What the table calls an accepted assignment.
_APPROVED = "APPROVED"
_STATUS = choice(AssignmentStatus, AssignmentStatus.ACCEPTED)
_STATUSES = _split(Kind(read=_read_status, blank=AssignmentStatus.ACCEPTED))
_COLUMNS: Kind[tuple[str, ...]] = _split(choice(AssignmentColumn, AssignmentColumn.LINK))
