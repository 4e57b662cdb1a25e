"""The names of result columns, and the views of results that they make up."""

from enum import StrEnum

__all__ = [
    "CONFIDENCE_FIELD",
    "LABEL_FIELD",
    "OVERLAP_FIELD",
    "PROBA_FIELD_PREFIX",
    "RESULT_FIELD",
    "TASK_FIELD",
    "WORKER_FIELD",
    "WORKER_WEIGHT_FIELD",
    "ResultView",
]

#: The value of the most probable label.
RESULT_FIELD = "result"
#: The probability of the most probable label.
CONFIDENCE_FIELD = "confidence"
#: How many accepted answers the object has.
OVERLAP_FIELD = "overlap"
#: Comes before the value of a label; the column holds the probability of the label.
PROBA_FIELD_PREFIX = "proba_"
#: The position of the object among the input objects.
TASK_FIELD = "task"
#: The value of the label that a worker gave.
LABEL_FIELD = "label"
#: The id of a worker.
WORKER_FIELD = "worker"
#: How far the aggregation trusts the worker.
WORKER_WEIGHT_FIELD = "worker_weight"


class ResultView(StrEnum):
    """The tables that results can be read as."""

    #: One row per object: its label, confidence and overlap.
    PREDICTION = "prediction"
    #: One row per object: the probability of every label.
    PROBABILITIES = "probabilities"
    #: One row per answer, with the fields of the object.
    WORKER_LABELS = "worker_labels"
    #: One row per answer: task, worker, label and nothing else, as crowd-kit reads it.
    ANSWERS = "answers"
