"""JSON values as text."""

from typing import Any

import msgspec

from manyhands.errors import InvalidInput

from .problems import ProblemCode, WireProblem

__all__ = ["decode_json", "encode_json"]

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def encode_json(value: object) -> bytes:
    """Return a JSON value as UTF-8 text; decimals become numbers.

    Example:
        >>> encode_json({"reward": 0.05})
        b'{"reward":0.05}'
    """
    return _ENCODER.encode(value)


def decode_json(text: bytes | str) -> Any:
    """Return the JSON value of a text.

    Raises:
        InvalidInput: the text is not JSON; its one problem has the code JSON_EXPECTED and no field.
    """
    try:
        return msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        problem = WireProblem("", ProblemCode.JSON_EXPECTED, message=f"expected JSON: {error}")
        message = "The text is not JSON; nothing was changed."
        raise InvalidInput(message, [problem]) from error
