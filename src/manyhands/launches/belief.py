"""What the answers so far say about every object and every worker."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from manyhands.crowd import Assignment, WorkerId
from manyhands.quality import ControlHistory, PageEvaluation
from manyhands.task import Class
from manyhands.truth import (
    Aggregation,
    DawidSkene,
    IncrementalDawidSkene,
    IncrementalMajorityVote,
    IncrementalWeightedLikelihood,
    OneCoinDawidSkene,
)

from .params import AggregationAlgorithm

__all__ = ["Belief"]

#: Answers that wait for the workers to be estimated again, as a share of all answers: each answer is then looked at about
#: 1 / share times, whatever the number of answers.
_REFRESH_SHARE = 0.02
#: EM looks at every answer several times, so it runs less often.
_EM_REFRESH_SHARE = 0.1
#: In a launch most workers have few answers at first. Without shrinkage Dawid-Skene can fall below the majority vote on such data, so every
#: worker begins with this many answers per label, spread as those of all workers.
_SHRINKAGE = 2.0


class Belief:
    """Answers in, a probability per label and a weight per worker out, up to date after every page.

    Objects are numbered by position, control tasks by number, labels by their place in `labels`. Not thread-safe.

    Args:
        algorithm: how answers become probabilities.
        labels: the labels that can be answered.
        object_count: number of objects.
        control_labels: the right label of every control task; None where none of the labels is right.
    """

    def __init__(
        self,
        algorithm: AggregationAlgorithm,
        labels: Sequence[Class],
        *,
        object_count: int,
        control_labels: Sequence[int | None],
    ) -> None:
        self._labels = labels
        self._object_count = object_count
        self._algorithm = algorithm
        self._aggregation = _aggregation(algorithm, len(labels), object_count)
        known = {object_count + number: label for number, label in enumerate(control_labels) if label is not None}
        if self._estimates_workers:
            self._aggregation.set_known_labels(known)
        self._workers: dict[WorkerId, int] = {}
        self._history = ControlHistory()
        self._unseen_count = 0
        self._answer_count = 0
        self._weighed_count = 0

    @property
    def answer_count(self) -> int:
        """Accepted answers to objects."""
        return self._answer_count

    def add_evaluation(self, assignment: Assignment, evaluation: PageEvaluation) -> None:
        """Count the control answers of a judged page, accepted or rejected, towards the worker's weight; a page counts once."""
        self._number(assignment.worker_id)
        self._history.add(assignment, evaluation)
        self._unseen_count += evaluation.control_count

    def add_answers(self, worker_id: WorkerId, answers: Sequence[tuple[int, int]]) -> None:
        """Add the accepted answers of a page: (position, label) pairs."""
        worker = self._number(worker_id)
        for position, label in answers:
            self._aggregation.add(position, worker, label=label)
        self._unseen_count += len(answers)
        self._answer_count += len(answers)

    def add_control_answers(self, worker_id: WorkerId, answers: Sequence[tuple[int, int]]) -> None:
        """Let algorithms that estimate workers learn from answers to control tasks: (control number, label) pairs."""
        if not self._estimates_workers:
            return
        worker = self._number(worker_id)
        for number, label in answers:
            self._aggregation.add(self._object_count + number, worker, label=label)

    def is_refresh_due(self) -> bool:
        """Return whether enough is new for the workers to be estimated again, or answers have come from a worker without a weight."""
        if self._algorithm is AggregationAlgorithm.MAX_LIKELIHOOD and len(self._workers) > self._weighed_count:
            # Until they are weighed their answers count for nothing, and answers that nobody needs would be asked for.
            return True
        share = _EM_REFRESH_SHARE if self._estimates_workers else _REFRESH_SHARE
        return self._unseen_count > share * self._answer_count

    def refresh(self, *, is_final: bool = False) -> Sequence[int]:
        """Estimate the workers again and return the positions whose probabilities may have changed.

        Args:
            is_final: estimate from the start, so that the result is that of the batch algorithm.
        """
        self._unseen_count, self._weighed_count = 0, len(self._workers)
        if self._estimates_workers:
            self._aggregation.refresh(warm=not is_final)
            return range(self._object_count)
        touched = self._aggregation.set_worker_weights([self._history.weight(worker_id) for worker_id in self._workers])
        positions: list[int] = touched.tolist()
        return positions

    def top(self, position: int) -> tuple[str | None, float]:
        """Return the most probable label's value and its probability; None and 0 without answers."""
        probabilities = self._aggregation.posterior(position)
        if probabilities is None:
            return None, 0.0
        best = int(probabilities.argmax())
        return str(self._labels[best].value), float(probabilities[best])

    def trace(self, answers: Sequence[tuple[WorkerId, int]]) -> list[npt.NDArray[np.float64]]:
        """Return the probability of every label after each of these answers to one object, by what is known of the workers now.

        Args:
            answers: (worker, label) pairs in order.
        """
        workers = np.array([self._number(worker_id) for worker_id, _ in answers], dtype=np.int32)
        labels = np.array([label for _, label in answers], dtype=np.int32)
        return [self._aggregation.read(workers[:count], labels=labels[:count]) for count in range(1, len(answers) + 1)]

    def probabilities(self) -> npt.NDArray[np.float64]:
        """Return the probability of every label for every object: shape (object_count, label_count), NaN without answers."""
        return self._aggregation.posteriors().probabilities[: self._object_count]

    def worker_weights(self) -> dict[WorkerId, float] | None:
        """Return the weight in [0, 1] of every worker who answered; None when the algorithm does not weigh workers so."""
        if self._algorithm is not AggregationAlgorithm.MAX_LIKELIHOOD:
            return None
        return {worker_id: self._history.weight(worker_id) for worker_id in self._workers}

    @property
    def _estimates_workers(self) -> bool:
        return self._algorithm in (AggregationAlgorithm.DAWID_SKENE, AggregationAlgorithm.ONE_COIN_DAWID_SKENE)

    def _number(self, worker_id: WorkerId) -> int:
        return self._workers.setdefault(worker_id, len(self._workers))


def _aggregation(algorithm: AggregationAlgorithm, label_count: int, task_count: int) -> Aggregation:
    match algorithm:
        case AggregationAlgorithm.MAJORITY_VOTE:
            return IncrementalMajorityVote(label_count, task_count=task_count)
        case AggregationAlgorithm.MAX_LIKELIHOOD:
            return IncrementalWeightedLikelihood(label_count, task_count=task_count)
        case AggregationAlgorithm.DAWID_SKENE:
            return IncrementalDawidSkene(label_count, DawidSkene(shrinkage=_SHRINKAGE), task_count=task_count)
        case AggregationAlgorithm.ONE_COIN_DAWID_SKENE:
            return IncrementalDawidSkene(label_count, OneCoinDawidSkene(shrinkage=_SHRINKAGE), task_count=task_count)
