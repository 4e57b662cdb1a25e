"""What requesters want projects and pools to be; what would be promised and not done is refused."""

from collections.abc import Mapping
from typing import Any

from manyhands.crowd import Pool, PoolConfig, ProjectConfig
from manyhands.errors import InvalidInput
from manyhands.platform.toloka.wire import decode_pool_change, decode_pool_config, decode_project_config, find_unapplied
from manyhands.server.calls import Call

__all__ = ["read_pool_form", "read_project_form"]


def read_pool_form(call: Call, *, key: str) -> PoolConfig:
    """Return the pool that the body describes.

    Args:
        call: with the form.
        key: the pool's key if the form brings none of its own.

    Raises:
        InvalidInput: the body is no pool, or it asks for what cannot be done.
    """
    config = decode_pool_config(call.json(), key=key)
    _refuse_unapplied(config.foreign)
    return config


def read_pool_change(call: Call, before: Pool) -> PoolConfig:
    """Return what the body wants a pool to be from now on.

    Args:
        call: with the whole pool.
        before: the pool as it is.

    Raises:
        InvalidInput: the body is no pool, or it asks for what cannot be done.
    """
    config = decode_pool_change(call.json(), before)
    _refuse_unapplied(config.foreign)
    return config


def read_project_form(call: Call, *, key: str) -> ProjectConfig:
    """Return the project that the body describes.

    Args:
        call: with the form.
        key: the project's key if the form brings none of its own.

    Raises:
        InvalidInput: the body is no project, or it asks for what cannot be done.
    """
    config = decode_project_config(call.json(), key=key)
    _refuse_unapplied(config.foreign)
    return config


def _refuse_unapplied(foreign: Mapping[str, Any]) -> None:
    problems = find_unapplied(foreign)
    if problems:
        raise InvalidInput("Not everything that is asked for can be done here; nothing was changed.", problems)
