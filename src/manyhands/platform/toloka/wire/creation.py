"""Query parameters of requests that create many things."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from .problems import ProblemCode
from .reading import Kind, Place, Reader
from .texts import FLAG_TEXT, write_text

__all__ = ["CreationParameters", "format_creation", "parse_creation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreationParameters:
    """How many things are to be created.

    Attributes:
        operation_id: the requester's own id of the operation, a UUID; repeated, it names the same operation.
        async_mode: whether to answer with an operation instead of with what was made.
        skip_invalid_items: whether to make the good ones although others are wrong.
        allow_defaults: whether the pool says what items leave out, such as the overlap.
        open_pool: whether to open the pool afterwards.
    """

    operation_id: str | None = None
    async_mode: bool = False
    skip_invalid_items: bool = False
    allow_defaults: bool = False
    open_pool: bool = False


def parse_creation(parameters: Mapping[str, str]) -> CreationParameters:
    """Return what query parameters ask for; unknown ones are passed over.

    Raises:
        InvalidInput: a parameter is wrong.

    Example:
        >>> parse_creation({"async_mode": "true"}).async_mode
        True
    """
    reader = Reader.open(dict(parameters))
    creation = CreationParameters(
        operation_id=reader.find("operation_id", _OPERATION_ID),
        async_mode=reader.get("async_mode", FLAG_TEXT, False),
        skip_invalid_items=reader.get("skip_invalid_items", FLAG_TEXT, False),
        allow_defaults=reader.get("allow_defaults", FLAG_TEXT, False),
        open_pool=reader.get("open_pool", FLAG_TEXT, False),
    )
    reader.close("query")
    return creation


def format_creation(creation: CreationParameters) -> dict[str, str]:
    """Return the query parameters that ask for this."""
    flags = {
        "async_mode": creation.async_mode,
        "skip_invalid_items": creation.skip_invalid_items,
        "allow_defaults": creation.allow_defaults,
        "open_pool": creation.open_pool,
    }
    said = {name: write_text(flag) for name, flag in flags.items()}
    return said if creation.operation_id is None else {"operation_id": creation.operation_id, **said}


def _read_operation_id(value: str, place: Place) -> str:
    try:
        UUID(value)
    except ValueError:
        place.refuse(ProblemCode.UUID_EXPECTED, f"expected a UUID, found {value!r:.60}")
    return value


_OPERATION_ID: Kind[str] = Kind(read=_read_operation_id, blank="")
