"""Projects: a task spec on a platform.

In: a task spec, solved objects to learn from, and a platform, of which only the port is known. Out: the project that is there, what differs, what
became of it, its trainings. It never prompts or prints, and never changes a project that nobody asked to change.
"""

from .definition import (
    DefinitionOutcome,
    Standing,
    TaskDefinition,
    define,
    ensure_project,
    find_standing,
    refuse_if_outdated,
    refuse_other_fields,
)
from .difference import SpecDifference, compare_projects
from .html_lines import html_lines
from .project_form import project_config
from .training_creation import create_training
from .training_tasks import Comment, training_drafts
from .trainings import find_requirement

__all__ = [
    "Comment",
    "DefinitionOutcome",
    "SpecDifference",
    "Standing",
    "TaskDefinition",
    "compare_projects",
    "create_training",
    "define",
    "ensure_project",
    "find_requirement",
    "find_standing",
    "html_lines",
    "project_config",
    "refuse_if_outdated",
    "refuse_other_fields",
    "training_drafts",
]
