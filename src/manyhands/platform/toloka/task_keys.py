"""The keys of tasks, found again in what a platform shows of them."""

from collections.abc import Mapping
from typing import Any

from manyhands.crowd import TaskDraft, TaskKind
from manyhands.errors import InvalidData
from manyhands.task import TASK_ID_FIELD

__all__ = ["CONTROL_KEY_PREFIX", "check_keys", "key_of"]

#: A control task may show an object that is labeled, too, and has a key of its own. Launches name their control tasks so.
CONTROL_KEY_PREFIX = "control-"
_SHOWN = 5


def key_of(kind: TaskKind, input_values: Mapping[str, Any], *, task_id: str) -> str:
    """Return the key of a task: its input value ``id`` (the task's own id without one), with a prefix for a control task.

    Example:
        >>> key_of(TaskKind.CONTROL, {"id": "7"}, task_id="t1")
        'control-7'
    """
    shown = input_values.get(TASK_ID_FIELD)
    key = shown if isinstance(shown, str) and shown else task_id
    return CONTROL_KEY_PREFIX + key if kind is TaskKind.CONTROL else key


def check_keys(drafts: list[TaskDraft]) -> None:
    """Raise if a task would not be recognised after a crash.

    Raises:
        InvalidData: a key is not the one that the task shows, or two tasks have the same.
    """
    strange = [draft.key for draft in drafts if draft.key != key_of(draft.kind, draft.input_values, task_id="")]
    if strange:
        message = (
            f"{len(strange)} tasks have keys that this platform cannot keep; expected the input value {TASK_ID_FIELD!r}, "
            f"with {CONTROL_KEY_PREFIX!r} before it for a control task"
        )
        raise InvalidData(message, strange[:_SHOWN])
