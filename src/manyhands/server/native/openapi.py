"""The OpenAPI document of our own doors, made from the records that they take and give."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from manyhands.server.doors import JSON_MEDIA, KEYLESS, Door, Key, UploadDoor

__all__ = ["Documented", "describe_api"]

_VERSION = "1.0.0"
_PART = re.compile(r"\{(\w+)\}")
_REF = "#/components/schemas/{name}"
#: What may be refused where a token is needed, a record is named, a body is read, or work is taken.
_REFUSALS = {
    "400": "The request is wrong.",
    "401": "The token is missing or unknown.",
    "403": "The token does not open this door, or the state does not allow this.",
    "404": "There is no such record.",
    "413": "The request is too large.",
    "429": "Too many requests without a valid token.",
}
_FAILURE = {
    "type": "object",
    "required": ["request_id", "code", "message"],
    "properties": {
        "request_id": {"type": "string"},
        "code": {"type": "string"},
        "message": {"type": "string"},
        "payload": {},
    },
}

_BYTES = {"type": "string", "format": "binary"}
_FILE_MEDIA = "application/octet-stream"

_AnyDoor = Door[Any] | UploadDoor[Any]
#: A door and who may come in.
Documented = tuple[_AnyDoor, Key]


def describe_api(doors: Iterable[Documented]) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of these doors."""
    listed = list(doors)
    types = [record for door, _ in listed for record in (_taken(door), door.gives) if record is not None]
    _, schemas = msgspec.json.schema_components(types, ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for door, key in listed:
        paths.setdefault(door.path, {})[door.method.lower()] = _describe(door, key)
    return {
        "openapi": "3.1.0",
        "info": {"title": "manyhands", "version": _VERSION},
        "paths": paths,
        "components": {
            "schemas": {**schemas, "Failure": _FAILURE},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _describe(door: _AnyDoor, key: Key) -> dict[str, Any]:
    function = door.handle if isinstance(door, Door) else door.begin
    described: dict[str, Any] = {
        "operationId": function.__name__ if key is not Key.REQUESTER else f"requester_{function.__name__}",
        "summary": (function.__doc__ or "").split("\n", 1)[0],
        "tags": [key.value],
        "parameters": [_parameter(name, "path") for name in _PART.findall(door.path)]
        + [_parameter(name, "query") for name in door.query],
        "responses": {str(door.status): _given(door), **_refusals()},
    }
    if isinstance(door, UploadDoor):
        described["requestBody"] = {"required": True, "content": _content(_BYTES, _FILE_MEDIA)}
    elif door.takes is not None:
        described["requestBody"] = {"required": True, "content": _content(_reference(door.takes))}
    if key not in KEYLESS:
        described["security"] = [{"token": []}]
    return described


def _taken(door: _AnyDoor) -> type | None:
    return door.takes if isinstance(door, Door) else None


def _given(door: _AnyDoor) -> dict[str, Any]:
    schema = _reference(door.gives) if door.media_type == JSON_MEDIA else _BYTES
    return _answer("What was asked for.", schema, door.media_type)


def _refusals() -> dict[str, Any]:
    schema = {"$ref": _REF.format(name="Failure")}
    return {status: _answer(description, schema) for status, description in _REFUSALS.items()}


def _parameter(name: str, place: str) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1} if place == "path" else {"type": "string"}
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


def _answer(description: str, schema: Mapping[str, Any], media_type: str = JSON_MEDIA) -> dict[str, Any]:
    return {"description": description, "content": _content(schema, media_type)}


def _content(schema: Mapping[str, Any], media_type: str = JSON_MEDIA) -> dict[str, Any]:
    return {media_type: {"schema": schema}}


def _reference(record: type | None) -> dict[str, Any]:
    return {} if record is None else {"$ref": _REF.format(name=record.__name__)}
