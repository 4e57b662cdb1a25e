"""Trainings: pools of training tasks, in a form of their own."""

from datetime import timedelta
from typing import Any

from manyhands.crowd import MixerConfig, Money, Pool, PoolConfig, PoolType, ProjectId

from .amounts import to_seconds
from .foreign import keep, with_foreign
from .keys import EXTENSION, read_key, write_name
from .kinds import FLAG, IDENTIFIER, SECONDS, TEXT, integer
from .reading import Reader
from .states import READ_ONLY, encode_state, read_pool
from .training_terms import encode_terms, read_terms

__all__ = ["decode_training", "decode_training_config", "encode_training", "encode_training_config"]

_KEY_FIELD = "private_name"
_COUNT = integer(least=0, most=500)
#: Time for a page of a training that names none.
_PAGE_DURATION = timedelta(hours=1)
_SHORTEST_PAGE_S = 5
_IS_INHERITED, _INSTRUCTIONS = "inherited_instructions", "public_instructions"
#: What is said of a training whose tasks nobody puts together; a platform refuses to make one.
_NO_TASKS = MixerConfig(real_count=0)


def encode_training_config(config: PoolConfig, *, is_extended: bool = False) -> dict[str, Any]:
    """Return a training to be created or changed.

    Args:
        config: of a pool of the type TRAINING; of its mixer only the number of training tasks and the two orders count.
        is_extended: whether to add the key, which only a manyhands server understands.
    """
    mixer = config.mixer or _NO_TASKS
    document = {
        "project_id": config.project_id,
        _KEY_FIELD: write_name(_KEY_FIELD, config.key, config.foreign),
        _IS_INHERITED: not config.instruction and config.foreign.get(_IS_INHERITED, True),
        _INSTRUCTIONS: config.instruction or config.foreign.get(_INSTRUCTIONS),
        "may_contain_adult_content": config.may_contain_adult_content,
        "assignment_max_duration_seconds": max(_SHORTEST_PAGE_S, to_seconds(config.assignment_duration)),
        "mix_tasks_in_creation_order": mixer.is_creation_order_kept,
        "shuffle_tasks_in_task_suite": mixer.is_page_shuffled,
        "training_tasks_in_task_suite_count": mixer.training_count,
        **encode_terms(config.training_terms),
        EXTENSION: {"key": config.key} if is_extended else None,
    }
    return with_foreign(document, config.foreign)


def encode_training(pool: Pool, *, is_extended: bool = False) -> dict[str, Any]:
    """Return a training as a platform shows it."""
    return {**encode_training_config(pool.config, is_extended=is_extended), **encode_state(pool)}


def decode_training_config(document: object, *, key: str | None = None) -> PoolConfig:
    """Return the pool of the type TRAINING that a requester wants to have: unpaid, accepted at once, for ever.

    Args:
        document: a form, or a whole training, whose read-only fields are passed over.
        key: the config's key if the document brings none of its own; None takes the private name.

    Raises:
        InvalidInput: the document is no training; every problem has its field and code.
    """
    reader = Reader.open(document)
    config = _read_config(reader, key)
    reader.close("training")
    return config


def decode_training(document: object, *, key: str | None = None) -> Pool:
    """Return a training that a platform shows.

    Raises:
        InvalidInput: the document is no training.
    """
    reader = Reader.open(document)
    pool = read_pool(reader, _read_config(reader, key))
    reader.close("training")
    return pool


def _read_config(reader: Reader, key: str | None) -> PoolConfig:
    foreign: dict[str, Any] = {}
    own_key = read_key(reader, _KEY_FIELD, given=key, foreign=foreign)
    instruction = _read_instruction(reader, foreign)
    config = PoolConfig(
        project_id=ProjectId(reader.require("project_id", IDENTIFIER)),
        key=own_key,
        reward=Money(),
        assignment_duration=reader.get("assignment_max_duration_seconds", SECONDS, _PAGE_DURATION),
        mixer=MixerConfig(
            real_count=0,
            training_count=reader.require("training_tasks_in_task_suite_count", _COUNT),
            is_creation_order_kept=reader.get("mix_tasks_in_creation_order", FLAG, True),
            is_page_shuffled=reader.get("shuffle_tasks_in_task_suite", FLAG, True),
        ),
        auto_accept=True,
        priority=0,
        type=PoolType.TRAINING,
        training_terms=read_terms(reader),
        instruction=instruction,
        may_contain_adult_content=reader.get("may_contain_adult_content", FLAG, False),
        foreign=foreign,
    )
    foreign.update(reader.rest(without=(*READ_ONLY, EXTENSION)))
    return config


def _read_instruction(reader: Reader, foreign: dict[str, Any]) -> str:
    """Return the training's own instruction; one that is not to be shown, and how little was said, is kept."""
    is_inherited, text = reader.require(_IS_INHERITED, FLAG), reader.find(_INSTRUCTIONS, TEXT)
    if text and not is_inherited:
        return text
    keep(foreign, _IS_INHERITED, is_inherited, canonical=True)
    if text is not None:
        foreign[_INSTRUCTIONS] = text
    return ""
