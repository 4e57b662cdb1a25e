"""What a launch knows of its objects: the pages, the answers on them, and what they are worth."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import numpy as np

from manyhands.crowd import Assignment, AssignmentStatus, WorkerId
from manyhands.quality import evaluate_page
from manyhands.results import RawResult, Vote

from .belief import Belief
from .commands import Command, RestrictFor
from .demand import Demand
from .judging import page_commands
from .pages import Pages
from .plan import LabelingPlan
from .progress import ConfusionCount

__all__ = ["Labeling"]

#: Two numbers of a control task's answer: the right label and the chosen one.
_Cell = tuple[int, int]

#: Seen so, a page's answers were decided upon already.
_SEEN_ANSWERED = (AssignmentStatus.SUBMITTED, AssignmentStatus.REJECTED)


class _Vote(NamedTuple):
    """An accepted answer. Sorted by the time of submission, so that live and replayed launches list the same votes in the same order."""

    submitted: datetime
    worker_id: WorkerId
    label: int


class Labeling:
    """Takes pages in whatever order they are seen and keeps answers, beliefs and demand current.

    Args:
        plan: what is to be labeled and how.
    """

    def __init__(self, plan: LabelingPlan) -> None:
        self._plan = plan
        drafts = plan.drafts(0, plan.control_count)
        control_labels = [plan.label_of(draft.known_solutions[0].output_values) for draft in drafts]
        self._control_labels = control_labels
        self._numbers = {draft.key: number for number, draft in enumerate(drafts)}
        self._positions = {key: position for position, key in enumerate(plan.task_keys)}
        self.pages = Pages()
        self.belief = Belief(
            plan.params.aggregation_algorithm,
            plan.labels,
            object_count=plan.object_count,
            control_labels=control_labels,
        )
        self.demand = Demand(
            plan.params.overlap,
            plan.object_count,
            attempt_limit=plan.params.attempt_limit,
            page_size=plan.params.pricing_config.real_tasks_count,
        )
        self._votes: list[list[_Vote]] = [[] for _ in range(plan.object_count)]
        self._touched: set[int] = set()
        self._confusion: Counter[_Cell] = Counter()
        self.restriction_count = 0
        self.first_taken: datetime | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is out: no slot to issue, no page in work, none in review."""
        return self.is_nobody_at_work and not self.demand.open_slot_count

    @property
    def is_nobody_at_work(self) -> bool:
        """Whether no page is in work and none in review."""
        return not (self.pages.active_count or self.pages.unjudged_count)

    def observe(self, assignment: Assignment) -> list[Command]:
        """Take a page in and return what has to be done about it. A page seen again in the same state changes nothing."""
        before = self.pages.see(assignment)
        positions = self._positions_of(assignment)
        if before is None:
            self.first_taken = self.first_taken or assignment.created
            self.demand.on_taken(positions)
        if before is assignment.status:
            return []
        match assignment.status:
            case AssignmentStatus.ACTIVE:
                return []
            case AssignmentStatus.SKIPPED | AssignmentStatus.EXPIRED:
                self.demand.on_returned(positions)
                return []
            case AssignmentStatus.ACCEPTED:
                self.demand.on_accepted(positions, was_rejected=before is AssignmentStatus.REJECTED)
                self._take_answers(assignment, positions)
            case AssignmentStatus.REJECTED:
                self.demand.on_rejected(positions)
            case AssignmentStatus.SUBMITTED:
                pass
        return self._judge(assignment, is_known=before in _SEEN_ANSWERED)

    def review(self, *, is_final: bool = False) -> None:
        """Bring beliefs and demand up to date with the answers that came in.

        Args:
            is_final: estimate workers and labels from the start, as the batch algorithm would.
        """
        if is_final or self.belief.is_refresh_due():
            self._touched.update(self.belief.refresh(is_final=is_final))
        self.demand.review(self._touched, self.belief)
        self._touched.clear()

    def raw_results(self) -> list[RawResult]:
        """Return what is known about every object, in order."""
        labels = self._plan.labels
        probabilities = self.belief.probabilities()
        known = ~np.isnan(probabilities[:, 0])
        return [
            RawResult(
                dict(zip(labels, map(float, probabilities[position]), strict=True)) if known[position] else None,
                [Vote(labels[vote.label], vote.worker_id) for vote in sorted(votes)],
            )
            for position, votes in enumerate(self._votes)
        ]

    def confidences(self) -> tuple[float, ...]:
        """Return the probability of the most probable label of every answered object, in order of the objects."""
        highest = self.belief.probabilities().max(axis=1, initial=0.0)
        return tuple(highest[~np.isnan(highest)].tolist())

    def overlaps(self) -> dict[int, int]:
        """Return how many objects have how many accepted answers, by number of answers."""
        return dict(sorted(Counter(self.demand.accepted).items()))

    def confusion(self) -> tuple[ConfusionCount, ...]:
        """Return the answers to control tasks on pages that were not rejected, by right label and answer."""
        labels = self._plan.labels
        return tuple(
            ConfusionCount(truth=str(labels[truth].value), answer=str(labels[answer].value), count=count)
            for (truth, answer), count in sorted(self._confusion.items())
        )

    def _judge(self, assignment: Assignment, *, is_known: bool) -> list[Command]:
        evaluation = evaluate_page(assignment)
        if assignment.status is not AssignmentStatus.SUBMITTED:
            self.belief.add_evaluation(assignment, evaluation)
        commands = page_commands(
            assignment,
            self._plan.params.control,
            evaluation=evaluation,
            task_hint=self._plan.params.task_duration_hint,
            lang=self._plan.language,
            is_known=is_known,
        )
        self.restriction_count += sum(isinstance(command, RestrictFor) for command in commands)
        return commands

    def _take_answers(self, assignment: Assignment, positions: Iterable[int]) -> None:
        answers: list[tuple[int, int]] = []
        controls: list[tuple[int, int]] = []
        for task, solution in zip(assignment.tasks, assignment.solutions, strict=True):
            label = self._plan.label_of(solution.output_values)
            if label is None:
                continue
            if task.key in self._numbers:
                controls.append((self._numbers[task.key], label))
            elif task.key in self._positions:
                answers.append((self._positions[task.key], label))
        self.belief.add_answers(assignment.worker_id, answers)
        self.belief.add_control_answers(assignment.worker_id, controls)
        submitted = assignment.submitted or assignment.created
        for position, label in answers:
            self._votes[position].append(_Vote(submitted, assignment.worker_id, label))
        for number, label in controls:
            truth = self._control_labels[number]
            if truth is not None:
                self._confusion[truth, label] += 1
        self._touched.update(positions)

    def _positions_of(self, assignment: Assignment) -> list[int]:
        # Tasks that somebody else has put into the pool are not ours to count.
        return [self._positions[task.key] for task in assignment.tasks if task.key in self._positions]
