"""Whether the control tasks, taken for objects, would have got the right labels, and how sure the launch would have been."""

from collections.abc import Mapping, Sequence

import numpy as np

from manyhands.crowd import Assignment, AssignmentStatus, TaskId
from manyhands.launches import AggregationAlgorithm, Belief
from manyhands.quality import PageEvaluation
from manyhands.task import make_class
from manyhands.truth import top_labels

from .facts import LaunchFacts, is_right

__all__ = ["judge_controls"]

#: Each part of the control tasks is judged by what the other parts say about the workers.
_PART_COUNT = 5
_JUDGED = frozenset({AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED})


def judge_controls(facts: LaunchFacts, pages: Sequence[Assignment]) -> list[tuple[float, bool]]:
    """Return, per answered control task, the confidence of the label that its answers give it, and whether that label is right.

    No control task testifies for itself: they are split into five parts, and the workers are estimated without the part that is judged.
    Cost: five aggregations.

    Args:
        facts: the launch.
        pages: its pages.
    """
    known = [(task_id, fact.label) for task_id, fact in facts.controls.items() if fact.label is not None]
    if facts.belief is None:
        return []
    judged: list[tuple[float, bool]] = []
    for part in range(min(_PART_COUNT, len(known))):
        judged += _judge(facts, pages, dict(known[part::_PART_COUNT]))
    return judged


def _judge(facts: LaunchFacts, pages: Sequence[Assignment], hidden: Mapping[TaskId, str]) -> list[tuple[float, bool]]:
    """Return confidence and rightness of the hidden control tasks, by workers of whom only the other ones are known."""
    part = _Part(facts, hidden)
    for page in pages:
        if page.status in _JUDGED:
            part.add(page)
    part.belief.refresh(is_final=True)
    probabilities = part.belief.probabilities()[: len(hidden)]
    answered = ~np.isnan(probabilities[:, 0])
    chosen = top_labels(np.nan_to_num(probabilities))
    return [
        (float(probabilities[place, chosen[place]]), facts.labels[int(chosen[place])] == label)
        for place, label in enumerate(hidden.values())
        if answered[place]
    ]


class _Part:
    """A belief in which some control tasks are objects, in front of all others."""

    def __init__(self, facts: LaunchFacts, hidden: Mapping[TaskId, str]) -> None:
        self._facts = facts
        self._hidden = hidden
        self._numbers = {label: number for number, label in enumerate(facts.labels)}
        # Weights come from control tasks alone; algorithms that estimate workers learn from the objects, too.
        objects = [] if facts.scheme.algorithm is AggregationAlgorithm.MAX_LIKELIHOOD else list(facts.objects)
        self._positions = {task_id: place for place, task_id in enumerate([*hidden, *objects])}
        self._controls = {task_id: place for place, task_id in enumerate(facts.controls) if task_id not in hidden}
        labels = [fact.label if task_id not in hidden else None for task_id, fact in facts.controls.items()]
        self.belief = Belief(
            facts.scheme.algorithm,
            list(make_class(facts.labels)),
            object_count=len(self._positions),
            control_labels=[None if label is None else self._numbers.get(label) for label in labels],
        )

    def add(self, page: Assignment) -> None:
        """Take a judged page in."""
        checks = [
            is_right(task, solution.output_values)
            for task, solution in zip(page.tasks, page.solutions, strict=True)
            if task.id in self._controls
        ]
        self.belief.add_evaluation(page, PageEvaluation(correct_count=sum(checks), control_count=len(checks)))
        if page.status is AssignmentStatus.ACCEPTED:
            self.belief.add_answers(page.worker_id, self._answers(page, self._positions))
            self.belief.add_control_answers(page.worker_id, self._answers(page, self._controls))

    def _answers(self, page: Assignment, places: Mapping[TaskId, int]) -> list[tuple[int, int]]:
        read = (
            (task.id, self._numbers.get(self._facts.scheme.label_of(solution.output_values) or ""))
            for task, solution in zip(page.tasks, page.solutions, strict=True)
        )
        return [(places[task_id], label) for task_id, label in read if label is not None and task_id in places]
