"""One simulated worker at work: looking for a page, answering it, resting, leaving."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby, islice

from manyhands.crowd import Page, Pool, PoolId, Solution, Workplace
from manyhands.errors import NoWork, PlatformUnavailable, WrongState

from .clock import VirtualClock
from .truth_book import TruthBook
from .workers import SimulatedWorker, spawn_generator

__all__ = ["Seat"]

#: Pools that a worker tries before giving up for now: a person does not try a thousand, and it keeps a look's cost bounded.
_POOLS_PER_LOOK = 10

#: Pages in a row that a worker cannot answer before they give a pool up.
_GIVEN_BACK_IN_ROW = 5

#: What a pool says to a worker who need not ask again.
_TURNED_AWAY = frozenset({"restricted", "filtered", "training_required", "exclusive", "control_exhausted"})


class Seat:
    """The way of one worker through their day. Every step is one action on the clock.

    Args:
        worker: who sits here.
        workplace: where the work is.
        clock: what the steps are scheduled on.
        truth: the questions that may come.
        task_duration_hint: the expected time for one task.
        seed: the seed of the crowd.
        counts: where pages are counted, by what became of them.
    """

    def __init__(
        self,
        worker: SimulatedWorker,
        workplace: Workplace,
        *,
        clock: VirtualClock,
        truth: TruthBook,
        task_duration_hint: timedelta,
        seed: int,
        counts: Counter[str],
    ) -> None:
        self.worker = worker
        self.is_present = False
        self._workplace = workplace
        self._clock = clock
        self._truth = truth
        self._task_duration_hint = task_duration_hint
        self._counts = counts
        # Answers have a generator of their own, so that looking for work in vain does not change what is answered.
        self._answer_rng = spawn_generator(seed, worker.id, "answers")
        self._habit_rng = spawn_generator(seed, worker.id, "habits")
        self._pool_id: PoolId | None = None
        self._turned_away: dict[PoolId, datetime] = {}
        self._came = clock.now()
        self._idle_since: datetime | None = None
        self._idle_count = 0
        self._page_count = 0
        self._page_count_since_break = 0
        self._given_back_in_row = 0

    def draw_arrival(self, window: timedelta) -> timedelta:
        """Return how long after the start the worker comes: their own time, or one within `window`."""
        return self._between(timedelta(0), window) if self.worker.arrives is None else self.worker.arrives

    def arrive(self) -> None:
        """Come to the workplace and begin to look for work."""
        self.is_present = True
        self._counts["came"] += 1
        self._came = self._clock.now()
        self._workplace.register_worker(self.worker.id, self.worker.profile)
        self.look()

    def leave(self) -> None:
        """Go home; a page in hand is left to expire."""
        if self.is_present:
            self.is_present = False
            self._counts["left"] += 1

    def look(self) -> None:
        """Take a page, or look again later, or leave."""
        if not self.is_present:
            return
        if self._is_done():
            self.leave()
            return
        try:
            page = self._find_page()
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

    def _find_page(self) -> Page | None:
        if self._pool_id is not None and (page := self._take(self._pool_id)):
            return page
        pools = self._choose_pools(self._workplace.list_open_pools())
        return next((page for pool in islice(pools, _POOLS_PER_LOOK) if (page := self._take(pool.id))), None)

    def _choose_pools(self, pools: list[Pool]) -> Iterator[Pool]:
        """Yield the pools worth trying: those of higher priority first, in any order within a priority."""
        for _, group in groupby(pools, key=lambda pool: pool.config.priority):
            equals = [pool for pool in group if pool.id != self._pool_id and not self._is_turned_away(pool.id)]
            if len(equals) > 1:
                equals = [equals[place] for place in self._habit_rng.permutation(len(equals))]
            yield from equals

    def _is_turned_away(self, pool_id: PoolId) -> bool:
        since, pause = self._turned_away.get(pool_id), self.worker.habits.returns_after
        return since is not None and (pause is None or self._clock.now() < since + pause)

    def _take(self, pool_id: PoolId) -> Page | None:
        try:
            page = self._workplace.take(self.worker.id, pool_id)
        except NoWork as refusal:
            self._counts[f"refused: {refusal.reason}"] += 1
            if refusal.reason in _TURNED_AWAY:
                self._turned_away[pool_id] = self._clock.now()
            self._pool_id = None if pool_id == self._pool_id else self._pool_id
            return None
        self._pool_id = pool_id
        return page

    def _idle(self) -> None:
        now, habits = self._clock.now(), self.worker.habits
        self._idle_since = self._idle_since or now
        is_unwanted = self._has_turned_away_everywhere()
        if is_unwanted or (habits.patience is not None and now - self._idle_since >= habits.patience):
            self.leave()
            return
        pause = self._between(*habits.first_idle) * 2.0 ** min(self._idle_count, 30)
        self._idle_count += 1
        self._clock.call_in(min(pause, habits.longest_idle), self.look)

    def _has_turned_away_everywhere(self) -> bool:
        if not self._turned_away or self.worker.habits.returns_after is not None:
            return False
        pools = self._workplace.list_open_pools()
        return bool(pools) and all(pool.id in self._turned_away for pool in pools)

    def _begin(self, page: Page) -> None:
        self._counts["taken"] += 1
        self._idle_since, self._idle_count = None, 0
        habits = self.worker.habits
        fate = self._habit_rng.random()
        if not self._can_answer(page):
            self._after_pause(partial(self._give_back, page))
        elif fate < habits.skip_probability:
            self._after_pause(partial(self._skip, page))
        else:
            ends = self._clock.now() + self._draw_duration(page)
            is_abandoned = fate < habits.skip_probability + habits.abandon_probability
            if is_abandoned or ends >= page.deadline:
                self._clock.call_at(page.deadline, partial(self._after_pause, self._lose))
            else:
                self._clock.call_at(ends, partial(self._submit, page))

    def _can_answer(self, page: Page) -> bool:
        model = self.worker.answers
        return all(model.can_answer(self._truth.get_question(task.input_values)) for task in page.tasks)

    def _draw_duration(self, page: Page) -> timedelta:
        return self._task_duration_hint * len(page.tasks) * self.worker.speed.draw_ratio(self._habit_rng)

    def _give_back(self, page: Page) -> None:
        self._given_back_in_row += 1
        if self._given_back_in_row >= _GIVEN_BACK_IN_ROW:
            self._turned_away[page.pool_id] = self._clock.now()
            self._given_back_in_row = 0
            self._pool_id = None
        self._skip(page)

    def _skip(self, page: Page) -> None:
        try:
            self._workplace.skip(page.assignment_id, self.worker.id)
            self._counts["skipped"] += 1
        except WrongState:
            self._counts["lost"] += 1
        self._after_pause(self.look)

    def _lose(self) -> None:
        self._counts["lost"] += 1
        self.look()

    def _submit(self, page: Page) -> None:
        if not self.is_present:
            return
        if not self._can_answer(page):
            self._give_back(page)
            return
        try:
            self._workplace.submit(page.assignment_id, self.worker.id, solutions=self._solve(page))
            self._counts["submitted"] += 1
            self._given_back_in_row = 0
        except WrongState:
            self._counts["lost"] += 1
        self._rest()

    def _solve(self, page: Page) -> list[Solution]:
        attention = self.worker.habits.fatigue.attention(self._page_count_since_break)
        model = self.worker.answers
        questions = [self._truth.get_question(task.input_values) for task in page.tasks]
        return [
            Solution(output_values={question.field: model.answer(question, self._answer_rng, attention=attention)})
            for question in questions
        ]

    def _rest(self) -> None:
        """Go on with the next page after a pause or a break.

        The pause is what lets the requester judge a page before the worker takes the next one.
        """
        self._page_count += 1
        self._page_count_since_break += 1
        fatigue = self.worker.habits.fatigue
        if fatigue.is_break_due(self._page_count_since_break):
            self._page_count_since_break = 0
            self._clock.call_in(fatigue.break_duration, self.look)
        else:
            self._after_pause(self.look)

    def _after_pause(self, step: Callable[[], None]) -> None:
        self._clock.call_in(self._between(*self.worker.habits.pause), step)

    def _between(self, shortest: timedelta, longest: timedelta) -> timedelta:
        return shortest + (longest - shortest) * self._habit_rng.random()
