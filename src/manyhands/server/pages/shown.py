"""What of a task is shown to the requester: everything but its hidden fields."""

from collections.abc import Iterable
from typing import Any

from manyhands.crowd import Pool, Values
from manyhands.server.desks import RequesterDesk

__all__ = ["only", "shown_fields"]


def shown_fields(desk: RequesterDesk, pool: Pool) -> list[str]:
    """Return the names of the input fields of a pool that are not hidden."""
    config = desk.platform.get_project_of_pool(pool.id).config
    return [name for name, spec in config.input_spec.items() if not spec.hidden]


def only(values: Values, names: Iterable[str]) -> dict[str, Any]:
    """Return the values of these fields."""
    return {name: values[name] for name in names if name in values}
