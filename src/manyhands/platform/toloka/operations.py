"""Requests that take a while: sent under an id of ours, waited for, and found again after a crash."""

import time
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from manyhands.errors import InvalidData, ManyhandsError, PlatformError, PlatformUnavailable

from .client import Query, TolokaClient
from .wire import Failure, FailureCode, to_error

__all__ = ["carry_out_batch", "finish_operation", "name_operation"]

_PATH = "/api/v1/operations"
_NAMESPACE = uuid.UUID("5b0f6f0e-6f0b-4a52-9b2b-6d616e790a01")
#: Marks an item, so that its step in the log is found.
_MARKER = "__item_idx"
_FINISHED = frozenset({"SUCCESS", "FAIL"})
_FIRST_PAUSE_S, _LONGEST_PAUSE_S, _PATIENCE_S = 0.05, 2.0, 600.0
#: Operations of the same items that failed, one after the other, before a crash or a change of circumstances.
_MOST_ATTEMPTS = 100


def name_operation(*words: str) -> str:
    """Return the id of the operation that these words name, always the same.

    Example:
        >>> name_operation("7", "a") == name_operation("7", "a")
        True
    """
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(words)))


def carry_out_batch(
    client: TolokaClient, path: str, items: Sequence[Mapping[str, Any]], *, name: Sequence[str], id_field: str
) -> list[str]:
    """Make items, all or none, and return their ids in order; the same items under the same name are made once.

    Args:
        client: the server.
        path: where the items are posted.
        items: what is to be made.
        name: the words that name these items for ever.
        id_field: how the log calls the id of what was made.

    Raises:
        InvalidData: the server refuses items; its problems name their places.
        PlatformError: the server refuses, for instance because the money does not suffice.
    """
    for attempt in range(_MOST_ATTEMPTS):
        operation_id = name_operation(*name, str(attempt))
        is_new, operation = _begin(client, path, items, operation_id=operation_id)
        if operation["status"] == "SUCCESS" or is_new:
            return _read_log(client, operation_id, count=len(items), id_field=id_field)
        # It failed in an earlier call; what was wrong then may be right now.
    raise PlatformError(f"{path}: {_MOST_ATTEMPTS} operations on the same items have failed; look at the last one")


def finish_operation(client: TolokaClient, operation: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the operation when it is over.

    Raises:
        PlatformUnavailable: it takes too long.
    """
    pause_s, ends_at = _FIRST_PAUSE_S, time.monotonic() + _PATIENCE_S
    while operation["status"] not in _FINISHED:
        if time.monotonic() > ends_at:
            message = f"operation {operation['id']} is not over after {_PATIENCE_S:.0f} s; it is looked for again"
            raise PlatformUnavailable(message)
        time.sleep(pause_s)
        pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
        operation = client.get(f"{_PATH}/{operation['id']}")
    return operation


def _begin(
    client: TolokaClient, path: str, items: Sequence[Mapping[str, Any]], *, operation_id: str
) -> tuple[bool, Mapping[str, Any]]:
    """Return whether the operation was made by this call, and the operation when it is over."""
    query: Query = {
        "operation_id": operation_id,
        "async_mode": True,
        "allow_defaults": True,
        "skip_invalid_items": False,
    }
    marked = [{**item, _MARKER: str(place)} for place, item in enumerate(items)]
    answer = client.ask("POST", path, query=query, body=marked)
    if isinstance(answer, Failure):
        if answer.code != FailureCode.OPERATION_ALREADY_EXISTS:
            raise to_error(answer)
        return False, finish_operation(client, client.get(f"{_PATH}/{operation_id}"))
    return True, finish_operation(client, answer.document)


def _read_log(client: TolokaClient, operation_id: str, *, count: int, id_field: str) -> list[str]:
    made: dict[int, str] = {}
    problems: dict[int, Mapping[str, Any]] = {}
    for step in client.get(f"{_PATH}/{operation_id}/log"):
        item, output = step.get("input") or {}, step.get("output") or {}
        if _MARKER not in item:
            continue
        if step.get("success") and id_field in output:
            made[int(item[_MARKER])] = output[id_field]
        else:
            problems[int(item[_MARKER])] = output
    if len(made) == count:
        return [made[place] for place in range(count)]
    raise _refusal(operation_id, problems)


def _refusal(operation_id: str, problems: Mapping[int, Mapping[str, Any]]) -> ManyhandsError:
    described = [(place, field, entry) for place, fields in problems.items() for field, entry in fields.items()]
    for _, field, entry in described:
        # What concerns no field is a refusal of the whole, such as a lack of money.
        if not field and isinstance(entry, dict):
            message = str(entry.get("message", "the platform refused"))
            return to_error(Failure(status=400, code=str(entry.get("code", "")), message=message))
    shown = [
        f"item {place}: {field}: {entry.get('message') or entry.get('code') if isinstance(entry, dict) else entry}"
        for place, field, entry in described
    ]
    return InvalidData(f"operation {operation_id} failed; nothing was made", shown)
