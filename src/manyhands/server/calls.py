"""A request as handlers see it, and what they answer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from manyhands.platform.toloka.wire import decode_json, encode_json

from .refusals import Refused, Word
from .visitors import Visitor

__all__ = ["Answer", "Call"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that has been read.

    Attributes:
        request_id: names the request in answers and logs.
        path: the parts of the path that the route leaves open.
        query: the query's fields; of a field that comes twice, the last.
        body: the body, empty when there is none.
        media_type: what the caller says of the body; empty for nothing.
        is_extended: whether the caller understands what only manyhands says, such as the keys of records.
        look_at_visitor: returns who sends it; few handlers want to know, and those of workers' pages have no time to lose.
    """

    request_id: str
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    media_type: str = ""
    is_extended: bool = False
    look_at_visitor: Callable[[], Visitor] = Visitor

    @property
    def visitor(self) -> Visitor:
        """Who sends it, as far as the connection and the browser tell."""
        return self.look_at_visitor()

    def json(self) -> Any:
        """Return the JSON value of the body; None when the body is empty.

        Raises:
            InvalidInput: the body is not JSON.
        """
        return decode_json(self.body) if self.body else None

    def read(self, record_type: type[T]) -> T:
        """Return the body as a record.

        Raises:
            Refused: the body is not JSON, or does not fit the record.
        """
        try:
            return msgspec.json.decode(self.body, type=record_type)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Refused(Word.VALIDATION_ERROR, f"The body is not as expected: {error}.") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a handler answers: a value that becomes JSON, a content that is ready to be sent, or parts that are read while they are sent.

    Attributes:
        payload: the value; not used where there is a content.
        content: bytes to be sent as they are; empty bytes make an answer without a body.
        parts: what is sent instead of a content; each part is asked for in a thread, when the one before it has gone.
        size_bytes: of all parts together.
    """

    status: int = 200
    payload: Any = None
    content: bytes | None = None
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    parts: Iterator[bytes] | None = None
    size_bytes: int = 0

    def body(self) -> bytes:
        """Return the bytes to be sent."""
        return encode_json(self.payload) if self.content is None else self.content
