"""Restrictions of workers."""

from typing import Any

from manyhands.crowd import (
    PoolId,
    ProjectId,
    Restriction,
    RestrictionDraft,
    RestrictionId,
    RestrictionScope,
    WorkerId,
)

from .foreign import with_foreign
from .keys import EXTENSION
from .kinds import IDENTIFIER, MOMENT, TEXT, choice, text
from .moments import write_moment
from .reading import Kind, Place, Reader

__all__ = ["decode_restriction", "decode_restriction_draft", "encode_restriction", "encode_restriction_draft"]

#: Workers whom the platform itself has banned; here they may not work for the requester.
_SYSTEM = "SYSTEM"
_COMMENT = text(most=499)


def encode_restriction_draft(draft: RestrictionDraft, *, is_extended: bool = False) -> dict[str, Any]:
    """Return a restriction to be given.

    Args:
        draft: the restriction.
        is_extended: whether to add the key, which only a manyhands server understands.
    """
    document = _encode(draft)
    return {**document, EXTENSION: {"key": draft.key}} if is_extended else document


def decode_restriction_draft(document: object, *, key: str = "") -> RestrictionDraft:
    """Return the restriction that a requester wants to give.

    Args:
        document: the restriction.
        key: the draft's key if the document brings none of its own.

    Raises:
        InvalidInput: the document is no restriction, or does not say where it holds.
    """
    reader = Reader.open(document)
    scope = reader.require("scope", _SCOPE)
    needed = _NEEDED.get(scope)
    if needed is not None and reader.raw(needed) is None:
        reader.miss(needed, f"expected an id for the scope {scope}, found none")
    own_key = reader.get_object(EXTENSION).find("key", TEXT)
    draft = RestrictionDraft(
        key=key if own_key is None else own_key,
        worker_id=WorkerId(reader.require("user_id", IDENTIFIER)),
        scope=scope,
        pool_id=_read_pool(reader) if scope is RestrictionScope.POOL else None,
        project_id=_read_project(reader) if scope is RestrictionScope.PROJECT else None,
        until=reader.find("will_expire", MOMENT),
        private_comment=reader.get("private_comment", _COMMENT, ""),
    )
    reader.close("restriction")
    return draft


def encode_restriction(restriction: Restriction) -> dict[str, Any]:
    """Return a restriction as a platform shows it."""
    document = {"id": restriction.id, **_encode(restriction), "created": write_moment(restriction.created)}
    # A ban by the platform itself has a scope of its own.
    return with_foreign({**document, **restriction.foreign}, {})


def decode_restriction(document: object) -> Restriction:
    """Return a restriction that a platform shows; one that the platform itself gave holds in all projects.

    Raises:
        InvalidInput: the document is no restriction.
    """
    reader = Reader.open(document)
    scope = reader.require("scope", _SHOWN_SCOPE)
    restriction = Restriction(
        id=RestrictionId(reader.require("id", IDENTIFIER)),
        created=reader.require("created", MOMENT),
        worker_id=WorkerId(reader.require("user_id", IDENTIFIER)),
        scope=scope,
        pool_id=_read_pool(reader),
        project_id=_read_project(reader),
        until=reader.find("will_expire", MOMENT),
        private_comment=reader.get("private_comment", TEXT, ""),
        foreign={**reader.rest(), **({"scope": _SYSTEM} if reader.raw("scope") == _SYSTEM else {})},
    )
    reader.close("restriction")
    return restriction


def _encode(restriction: Restriction | RestrictionDraft) -> dict[str, Any]:
    document = {
        "scope": restriction.scope.value,
        "user_id": restriction.worker_id,
        "project_id": restriction.project_id,
        "pool_id": restriction.pool_id,
        "private_comment": restriction.private_comment,
        "will_expire": None if restriction.until is None else write_moment(restriction.until),
    }
    return with_foreign(document, {})


def _read_pool(reader: Reader) -> PoolId | None:
    pool_id = reader.find("pool_id", IDENTIFIER)
    return None if pool_id is None else PoolId(pool_id)


def _read_project(reader: Reader) -> ProjectId | None:
    project_id = reader.find("project_id", IDENTIFIER)
    return None if project_id is None else ProjectId(project_id)


def _read_shown_scope(value: Any, place: Place) -> RestrictionScope:
    return RestrictionScope.ALL_PROJECTS if value == _SYSTEM else _SCOPE.read(value, place)


_SCOPE = choice(RestrictionScope, RestrictionScope.ALL_PROJECTS)
_SHOWN_SCOPE: Kind[RestrictionScope] = Kind(read=_read_shown_scope, blank=RestrictionScope.ALL_PROJECTS)
_NEEDED = {RestrictionScope.POOL: "pool_id", RestrictionScope.PROJECT: "project_id"}
