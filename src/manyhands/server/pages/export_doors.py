"""What the requester takes away: labels per object, or every answer, of one basket or of all baskets of a launch, as CSV or JSONL."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from manyhands.crowd import Pool, PoolId
from manyhands.errors import NotFound
from manyhands.launches.findings import ObjectFact
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.pool_readings import LAUNCH_KEY, PoolReading, find_launch, read_pool

from .shown import only, shown_fields

__all__ = ["EXPORT_DOORS"]

#: What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_RESULT_PREFIX = "input_"

_Rows = Callable[[PoolReading, Sequence[str]], Iterator[dict[str, Any]]]


def _labels(reading: PoolReading, shown: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield a row per object: what is concluded from the accepted answers, and from how many."""
    for fact in reading.facts.objects.values():
        yield _with_input(
            only(fact.task.input_values, shown),
            {
                "result": fact.label,
                "confidence": fact.confidence,
                "overlap": len(fact.accepted),
                "is_finished": fact.is_finished,
            },
        )


def _answers(reading: PoolReading, shown: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield a row per submitted answer to an object, with what is concluded from the accepted ones."""
    for fact in reading.facts.objects.values():
        for answer in fact.answers:
            yield {
                "task": fact.task.key,
                "input": only(fact.task.input_values, shown),
                "worker": answer.worker_id,
                "answer": dict(answer.values),
                "status": answer.status.value,
                "submitted": None if answer.submitted is None else answer.submitted.isoformat(),
                **_conclusion(fact),
            }


def _conclusion(fact: ObjectFact) -> dict[str, Any]:
    return {"label": fact.label, "confidence": fact.confidence}


def _with_input(values: Mapping[str, Any], result: dict[str, Any]) -> dict[str, Any]:
    return {
        **{f"{_RESULT_PREFIX}{name}" if name in result else name: value for name, value in values.items()},
        **result,
    }


def _as_csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    columns = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return f"'{value}" if value.startswith(_FORMULA) else value
        case float():
            return f"{value:.4f}"
        case _:
            return msgspec.json.encode(value).decode()


def _as_jsonl(rows: Sequence[Mapping[str, Any]]) -> bytes:
    return msgspec.json.Encoder().encode_lines(rows)


_KINDS: Mapping[str, _Rows] = {"labels": _labels, "answers": _answers}
_FORMATS: Mapping[str, tuple[str, Callable[[Sequence[Mapping[str, Any]]], bytes]]] = {
    "csv": ("text/csv", _as_csv),
    "jsonl": ("application/x-ndjson", _as_jsonl),
}


def _export_pool(kind: str, suffix: str) -> Callable[[RequesterDesk, Call], Answer]:
    def export(desk: RequesterDesk, call: Call) -> Answer:
        pool = desk.platform.get_pool(PoolId(call.path["id"]))
        return _file(
            list(_KINDS[kind](read_pool(pool, records=desk.records, journal=desk.journal), shown_fields(desk, pool))),
            kind,
            suffix,
        )

    export.__doc__ = f"Give the {kind} of a launch as {suffix.upper()}."
    return export


def _export_whole(kind: str, suffix: str) -> Callable[[RequesterDesk, Call], Answer]:
    def export(desk: RequesterDesk, call: Call) -> Answer:
        whole = call.query.get("whole", "")
        baskets = list(_baskets(desk, whole))
        if not baskets:
            raise NotFound(f"requester {desk.requester!r} has launched no baskets under {whole!r}")
        rows = [
            {"basket": basket, **row}
            for basket, pool in baskets
            for row in _KINDS[kind](
                read_pool(pool, records=desk.records, journal=desk.journal), shown_fields(desk, pool)
            )
        ]
        return _file(rows, kind, suffix)

    export.__doc__ = (
        f"Give the {kind} of all baskets of a launch as {suffix.upper()}, with a column that names the basket."
    )
    return export


def _baskets(desk: RequesterDesk, whole: str) -> Iterator[tuple[str, Pool]]:
    for pool in desk.records.pools():
        name, document = find_launch(pool, desk.journal)
        known = document.get("whole", ...) if document is not None else ...
        is_basket = name.startswith(f"{whole}/") if known is ... else known == whole
        if whole and pool.config.key.startswith(LAUNCH_KEY) and is_basket:
            yield name.removeprefix(f"{whole}/"), pool


def _file(rows: Sequence[Mapping[str, Any]], kind: str, suffix: str) -> Answer:
    media_type, write = _FORMATS[suffix]
    headers = {"content-disposition": f'attachment; filename="{kind}.{suffix}"', "cache-control": "no-store"}
    return Answer(content=write(rows), media_type=media_type, headers=headers)


_EXPORTS = [(kind, suffix) for kind in _KINDS for suffix in _FORMATS]
EXPORT_DOORS: tuple[Door[RequesterDesk], ...] = (
    *(
        Door(method="GET", path=f"/api/requester/pools/{{id}}/{kind}.{suffix}", handle=_export_pool(kind, suffix))
        for kind, suffix in _EXPORTS
    ),
    *(
        Door(
            method="GET",
            path=f"/api/requester/baskets/{kind}.{suffix}",
            handle=_export_whole(kind, suffix),
            query=("whole",),
        )
        for kind, suffix in _EXPORTS
    ),
)
