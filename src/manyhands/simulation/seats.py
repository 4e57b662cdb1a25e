"""One simulated worker at work: looking for a page, answering it, resting, leaving."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import numpy as np

from manyhands.crowd import Page, Solution, TaskId, Workplace
from manyhands.errors import PlatformUnavailable, WrongState

from .clock import VirtualClock
from .truth_book import Label, Question, TruthBook
from .work_search import WorkSearch
from .workers import SimulatedWorker, spawn_generator

__all__ = ["PageFate", "Seat", "Setting"]

#: Pages in a row that a worker cannot answer before they give a pool up.
_GIVEN_BACK_IN_ROW = 5

#: Doublings of the idle time after which it is longer than anybody's `Habits.longest_idle`; more would overflow.
_MAX_DOUBLINGS = 20

Questions = Sequence[Question]


@dataclass(slots=True, kw_only=True)
class PageFate:
    """What became of the pages of a crowd so far; changed by its seats."""

    taken_count: int = 0
    submitted_count: int = 0
    skipped_count: int = 0
    lost_count: int = 0
    refusals: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What all seats of a crowd share.

    Attributes:
        clock: what the steps are scheduled on.
        truth: the questions that may come.
        task_duration_hint: the expected time for one task.
        seed: the seed of the crowd.
        fate: where pages are counted.
        on_leave: called when a worker leaves.
    """

    workplace: Workplace
    clock: VirtualClock
    truth: TruthBook
    task_duration_hint: timedelta
    seed: int
    fate: PageFate
    on_leave: Callable[[], None]


class Seat:
    """The way of one worker through their day. Every step is one action on the clock."""

    def __init__(self, worker: SimulatedWorker, setting: Setting) -> None:
        self.worker = worker
        self._setting = setting
        self._clock = setting.clock
        # Answers have a generator of their own, so that looking for work in vain does not change what is answered.
        self._answer_rng: np.random.Generator = spawn_generator(setting.seed, worker.id, "answers")
        self._rng: np.random.Generator = spawn_generator(setting.seed, worker.id, "habits")
        self._search = WorkSearch(
            worker.id,
            setting.workplace,
            clock=setting.clock,
            rng=self._rng,
            returns_after=worker.habits.returns_after,
            counts=setting.fate.refusals,
        )
        self._is_present = False
        self._came = self._clock.now()
        self._idle_since = self._came
        self._idle_count = 0
        self._page_count = 0
        self._page_count_since_break = 0
        self._given_back_in_row = 0

    def draw_arrival(self, window: timedelta) -> timedelta:
        """Return how long after the start the worker comes: their own time, or one within `window`."""
        return self._draw_between(timedelta(0), window) if self.worker.arrives is None else self.worker.arrives

    def arrive(self) -> None:
        """Come to the workplace and begin to look for work."""
        self._is_present = True
        self._came = self._idle_since = self._clock.now()
        self._setting.workplace.register_worker(self.worker.id, self.worker.profile)
        self._look()

    def leave(self) -> None:
        """Go home; a page in hand is left to expire. Somebody who is not there stays away."""
        if self._is_present:
            self._is_present = False
            self._setting.on_leave()

    def _look(self) -> None:
        """Take a page, or look again later, or leave."""
        if self._is_present and self._is_done():
            self.leave()
        if not self._is_present:
            return
        try:
            page = self._search.find_page()
        except PlatformUnavailable:
            page = None
        if page is None:
            self._idle()
        else:
            self._begin(page)

    def _is_done(self) -> bool:
        habits = self.worker.habits
        is_over = habits.time_limit is not None and self._clock.now() - self._came >= habits.time_limit
        return is_over or (habits.page_limit is not None and self._page_count >= habits.page_limit)

    def _idle(self) -> None:
        habits = self.worker.habits
        is_impatient = habits.patience is not None and self._clock.now() - self._idle_since >= habits.patience
        if is_impatient or self._search.is_unwanted():
            self.leave()
            return
        pause = self._draw_between(*habits.first_idle) * 2 ** min(self._idle_count, _MAX_DOUBLINGS)
        self._idle_count += 1
        self._clock.call_in(min(pause, habits.longest_idle), self._look)

    def _begin(self, page: Page) -> None:
        """Decide what will become of the page, and when."""
        self._setting.fate.taken_count += 1
        questions = [self._setting.truth.get_question(task.input_values) for task in page.tasks]
        habits, chance = self.worker.habits, self._rng.random()
        ends = self._clock.now() + self._draw_duration(len(page.tasks))
        if not self._can_answer(page, questions):
            self._after_pause(partial(self._give_back, page))
        elif chance < habits.skip_probability:
            self._after_pause(partial(self._skip, page))
        elif chance < habits.skip_probability + habits.abandon_probability or ends >= page.deadline:
            self._clock.call_at(page.deadline, partial(self._after_pause, self._lose))
        else:
            self._clock.call_at(ends, partial(self._submit, page, questions))

    def _can_answer(self, page: Page, questions: Questions) -> bool:
        """Return whether the worker has an answer to everything; what is right in a training is told in the end."""
        return all(
            self.worker.answers.can_answer(question) or (task.is_training and question.right is not None)
            for task, question in zip(page.tasks, questions, strict=True)
        )

    def _draw_duration(self, task_count: int) -> timedelta:
        return self._setting.task_duration_hint * task_count * self.worker.speed.draw_ratio(self._rng)

    def _give_back(self, page: Page) -> None:
        """Skip a page that the worker cannot answer."""
        self._given_back_in_row += 1
        if self._given_back_in_row >= _GIVEN_BACK_IN_ROW:
            self._given_back_in_row = 0
            self._search.give_up(page.pool_id)
        self._skip(page)

    def _skip(self, page: Page) -> None:
        if not self._is_present:
            return
        try:
            self._setting.workplace.skip(page.assignment_id, self.worker.id)
        except WrongState:
            self._setting.fate.lost_count += 1
        else:
            self._setting.fate.skipped_count += 1
        self._after_pause(self._look)

    def _lose(self) -> None:
        """Notice that the page in hand has expired."""
        self._setting.fate.lost_count += 1
        self._stop_idling()
        self._look()

    def _submit(self, page: Page, questions: Questions) -> None:
        if not self._is_present:
            return
        # Somebody else may have used up the recorded answers in the meantime.
        if not self._can_answer(page, questions):
            self._give_back(page)
            return
        try:
            solutions = self._learn(page, questions, self._solve(questions))
            self._setting.workplace.submit(page.assignment_id, self.worker.id, solutions=solutions)
        except WrongState:
            self._setting.fate.lost_count += 1
        else:
            self._setting.fate.submitted_count += 1
            self._given_back_in_row = 0
        self._rest()

    def _solve(self, questions: Questions) -> list[Solution]:
        attention = self.worker.habits.fatigue.attention(self._page_count_since_break)
        return [
            Solution(output_values={question.field: self._answer(question, attention=attention)})
            for question in questions
        ]

    def _answer(self, question: Question, *, attention: float) -> Label:
        answers = self.worker.answers
        if question.right is not None and not answers.can_answer(question):
            # A training task that a replayed person never saw.
            return question.right
        return answers.answer(question, self._answer_rng, attention=attention)

    def _learn(self, page: Page, questions: Questions, solutions: list[Solution]) -> list[Solution]:
        """Return the solutions with those of training tasks put right: the worker has read the hints."""
        return [
            self._put_right(page, task.id, question, solution) if task.is_training else solution
            for task, question, solution in zip(page.tasks, questions, solutions, strict=True)
        ]

    def _put_right(self, page: Page, task_id: TaskId, question: Question, solution: Solution) -> Solution:
        known = () if question.right is None else (question.right,)
        others = [Solution(output_values={question.field: label}) for label in (*known, *question.labels)]
        for attempt in (solution, *others):
            verdict = self._setting.workplace.check_training_answer(
                page.assignment_id, self.worker.id, task_id=task_id, solution=attempt
            )
            if verdict.is_right:
                return attempt
        return solution

    def _rest(self) -> None:
        """Go on with the next page after a pause or a break.

        The pause is what lets the requester judge a page before the worker takes the next one.
        """
        self._page_count += 1
        self._page_count_since_break += 1
        self._stop_idling()
        fatigue = self.worker.habits.fatigue
        if fatigue.is_break_due(self._page_count_since_break):
            self._page_count_since_break = 0
            self._clock.call_in(fatigue.break_duration, self._look)
        else:
            self._after_pause(self._look)

    def _stop_idling(self) -> None:
        self._idle_since, self._idle_count = self._clock.now(), 0

    def _after_pause(self, step: Callable[[], None]) -> None:
        self._clock.call_in(self._draw_between(*self.worker.habits.pause), step)

    def _draw_between(self, shortest: timedelta, longest: timedelta) -> timedelta:
        return shortest + (longest - shortest) * self._rng.random()
