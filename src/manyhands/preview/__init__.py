"""Previews: one task as workers see it.

In: a task spec and objects. Out: an address, or a page of one file that needs no server. Both show the task with the renderer of the worker's page.
It sends nothing anywhere.
"""

from .task_preview import TaskPreview

__all__ = ["TaskPreview"]
