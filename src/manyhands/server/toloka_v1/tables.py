"""Assignments as tab-separated text, one row per task."""

from collections.abc import Iterator

from manyhands.crowd import Assignment, PoolId, ProjectConfig
from manyhands.platform.toloka.wire import RowsQuery, iter_rows, parse_rows_query, write_rows
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door

__all__ = ["TABLE_DOORS"]

_MEDIA_TYPE = "text/tab-separated-values; charset=utf-8"


def download_assignments(desk: RequesterDesk, call: Call) -> Answer:
    """Show the pages of a pool as a table; by default those that were accepted."""
    query, pool_id = parse_rows_query(call.query), PoolId(call.path["id"])
    project = desk.platform.get_project_of_pool(pool_id).config
    pages = _select(desk, pool_id, query)
    rows = [row for page in pages for row in (*iter_rows(page, query.columns), *([{}] * query.has_row_delimiter))]
    text = write_rows(rows, [*_value_columns(project), *query.columns])
    return Answer(content=text.encode(), media_type=_MEDIA_TYPE)


def _select(desk: RequesterDesk, pool_id: PoolId, query: RowsQuery) -> Iterator[Assignment]:
    banned = {found.worker_id for found in desk.platform.list_restrictions()} if query.is_without_banned else set()
    for page in desk.records.assignments(pool_id):
        is_late = query.submitted_from is None or (
            page.submitted is not None and page.submitted >= query.submitted_from
        )
        is_early = query.submitted_to is None or (page.submitted is not None and page.submitted <= query.submitted_to)
        if page.status in query.statuses and is_late and is_early and page.worker_id not in banned:
            yield page


def _value_columns(project: ProjectConfig) -> list[str]:
    inputs = [f"INPUT:{name}" for name in project.input_spec]
    outputs = [f"{prefix}:{name}" for prefix in ("OUTPUT", "GOLDEN") for name in project.output_spec]
    return [*inputs, *outputs, "HINT:text"]


TABLE_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/new/requester/pools/{id}/assignments.tsv", handle=download_assignments),
)
