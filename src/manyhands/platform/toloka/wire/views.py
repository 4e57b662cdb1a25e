"""What workers see, as `view_spec` holds it: a Template Builder document in a string, or HTML, styles and a script."""

from collections.abc import Mapping
from typing import Any

import msgspec

from .foreign import keep, recall, with_foreign
from .kinds import TEXT
from .problems import ProblemCode
from .reading import Kind, Place, Reader

__all__ = ["decode_view", "encode_view"]

_TEMPLATE_BUILDER = "tb"
_CLASSIC = "classic"


def encode_view(view: Mapping[str, Any], lock: Mapping[str, str], *, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return a `view_spec`.

    Args:
        view: the Template Builder document; empty for a classic page, which is in `kept`.
        lock: component type → version.
        kept: what `decode_view` left: the string of the document, settings, and everything else.
    """
    if not view:
        return with_foreign({}, {"type": _CLASSIC, "settings": {}, **kept})
    text = msgspec.json.encode(view).decode()
    document = {
        "type": _TEMPLATE_BUILDER,
        "config": recall(kept, "config", kind=_CONFIG, value=dict(view), canonical=text),
        "lock": dict(lock),
        "settings": kept.get("settings", {}),
    }
    return with_foreign(document, kept)


def decode_view(reader: Reader, kept: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the Template Builder document (empty if there is none) and the versions of its components.

    Args:
        reader: of the `view_spec`.
        kept: gets everything that the two do not say.
    """
    config = reader.raw("config")
    kind = reader.get("type", TEXT, _CLASSIC if config is None else _TEMPLATE_BUILDER)
    if kind != _TEMPLATE_BUILDER:
        kept.update({name: reader.raw(name) for name in reader})
        return {}, {}
    view = reader.require("config", _CONFIG)
    lock = reader.get("lock", _LOCK, {})
    keep(kept, "config", config, canonical=msgspec.json.encode(view).decode())
    keep(kept, "settings", reader.raw("settings"), canonical={})
    kept.update(reader.rest())
    return view, lock


def _read_config(value: Any, place: Place) -> dict[str, Any]:
    try:
        document = msgspec.json.decode(value) if isinstance(value, str) else value
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        place.refuse(ProblemCode.JSON_EXPECTED, f"expected a Template Builder document as JSON: {error}")
        return {}
    if not isinstance(document, dict) or "view" not in document:
        place.refuse(ProblemCode.INVALID_VALUE, "expected a Template Builder document: an object with a view in it")
        return {}
    return document


def _read_lock(value: Any, place: Place) -> dict[str, str]:
    reader = Reader(value, place)
    return {name: reader.require(name, TEXT) for name in reader}


_CONFIG: Kind[dict[str, Any]] = Kind(read=_read_config, blank={})
_LOCK: Kind[dict[str, str]] = Kind(read=_read_lock, blank={})
