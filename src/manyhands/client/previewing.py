"""What a requester sees of a task before workers do."""

from manyhands.preview import TaskPreview

__all__ = ["TaskPreview"]
