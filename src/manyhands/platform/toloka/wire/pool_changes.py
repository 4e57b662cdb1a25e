"""Pools and trainings that are replaced: what a document says like before, or cannot say at all, stays exactly as it is."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from manyhands.crowd import Pool, PoolConfig

from .keys import EXTENSION
from .pools import decode_pool_config, encode_pool_config
from .training_terms import hide_training_skill, show_training_skill
from .trainings import decode_training_config, encode_training_config

__all__ = ["decode_pool_change", "decode_training_change"]


def decode_pool_change(document: object, before: Pool) -> PoolConfig:
    """Return the config that a requester wants a pool to have from now on.

    Args:
        document: the whole pool, as the API replaces it.
        before: the pool as it is. What the API rounds (such as times), and what it has no words for (such as the budget), stays as it
            is unless the document says something else; the rule by which the API shows the skill of a training is none.

    Raises:
        InvalidInput: the document is no pool; every problem has its field and code.
    """
    is_extended = isinstance(document, dict) and EXTENSION in document
    shown = encode_pool_config(show_training_skill(before), is_extended=is_extended)

    def decode(said: object, *, key: str) -> PoolConfig:
        return hide_training_skill(replace(before, config=decode_pool_config(said, key=key))).config

    return _keep_unsaid(before.config, document, shown=shown, decode=decode)


def decode_training_change(document: object, before: PoolConfig) -> PoolConfig:
    """Return the config that a requester wants a training to have from now on; see `decode_pool_change`.

    Raises:
        InvalidInput: the document is no training; every problem has its field and code.
    """
    return _keep_unsaid(before, document, shown=encode_training_config(before), decode=decode_training_config)


def _keep_unsaid(
    before: PoolConfig, document: object, *, shown: dict[str, Any], decode: Callable[..., PoolConfig]
) -> PoolConfig:
    wanted, as_shown = (decode(said, key=before.key) for said in (document, shown))
    unchanged = [entry.name for entry in fields(PoolConfig) if _equal(wanted, as_shown, entry.name)]
    return replace(wanted, **{name: getattr(before, name) for name in unchanged})


def _equal(wanted: PoolConfig, shown: PoolConfig, name: str) -> bool:
    return bool(getattr(wanted, name) == getattr(shown, name))
