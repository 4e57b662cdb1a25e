"""The tasks of a pool as we know them: ids by key, and the overlaps that the platform was asked for."""

import threading
from collections.abc import Iterable, Mapping

from manyhands.crowd import Task, TaskId

__all__ = ["TaskBook"]


class TaskBook:
    """Keys, ids and overlaps of the tasks of one pool; whoever adds tasks holds `adding`.

    Args:
        tasks: those that are in the pool already.
    """

    def __init__(self, tasks: Iterable[Task]) -> None:
        self.adding = threading.RLock()
        self._ids: dict[str, TaskId] = {}
        self._overlaps: dict[TaskId, int | None] = {}
        for task in tasks:
            self.add(task.key, task.id, overlap=task.overlap)

    @property
    def overlaps(self) -> Mapping[TaskId, int | None]:
        """The overlaps that the platform was asked for; None is infinite."""
        return self._overlaps

    def add(self, key: str, task_id: TaskId, *, overlap: int | None) -> None:
        """Take note of a task."""
        self._ids[key] = task_id
        self._overlaps[task_id] = overlap

    def get(self, key: str) -> TaskId:
        """Return the id of the task of this key, which is known."""
        return self._ids[key]

    def find(self, key: str) -> TaskId | None:
        """Return the id of the task of this key."""
        return self._ids.get(key)

    def changes(self, overlaps: Mapping[TaskId, int]) -> dict[TaskId, int]:
        """Return the overlaps that are not what the platform was asked for already."""
        return {task_id: overlap for task_id, overlap in overlaps.items() if self._overlaps.get(task_id) != overlap}

    def see_overlap(self, task_id: TaskId, overlap: int | None) -> None:
        """Take note of an overlap as the platform knows it now."""
        self._overlaps[task_id] = overlap
