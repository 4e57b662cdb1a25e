"""What can be found out about a launch from its tasks and pages alone, by whoever did not launch it.

In: tasks and pages as the platform keeps them, and what the journal says of the launch. Out: progress, agreement, confidence, workers, control
tasks, and how each of them came about. It decides nothing and changes nothing.
"""

from .calibration import judge_controls
from .facts import AnswerFact, ControlAnswer, ControlFact, LaunchFacts, ObjectFact, WorkerFact, is_right, read_facts
from .object_story import ObjectStory, Step, StepKind, tell_object
from .reading import Findings, find_out
from .scheme import Scheme, scheme_of
from .worker_story import WorkerPage, WorkerStory, tell_worker

__all__ = [
    "AnswerFact",
    "ControlAnswer",
    "ControlFact",
    "Findings",
    "LaunchFacts",
    "ObjectFact",
    "ObjectStory",
    "Scheme",
    "Step",
    "StepKind",
    "WorkerFact",
    "WorkerPage",
    "WorkerStory",
    "find_out",
    "is_right",
    "judge_controls",
    "read_facts",
    "scheme_of",
    "tell_object",
    "tell_worker",
]
