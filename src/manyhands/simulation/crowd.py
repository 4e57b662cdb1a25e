"""A crowd of simulated workers at a workplace."""

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from manyhands.crowd import Workplace
from manyhands.errors import InvalidInput

from .clock import VirtualClock
from .seats import PageFate, Seat, Setting
from .truth_book import TruthBook
from .workers import SimulatedWorker

__all__ = ["CrowdReport", "SimulatedCrowd"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdReport:
    """What became of the pages that a crowd took.

    Attributes:
        taken_count: pages taken, counting a page again each time it is returned by `take`.
        submitted_count: pages handed in.
        skipped_count: pages given back.
        lost_count: pages that expired, or could not be handed in any more.
        left_count: workers who have gone home.
        refused_counts: reason → how often a pool had no page for a worker for this reason.
    """

    taken_count: int
    submitted_count: int
    skipped_count: int
    lost_count: int
    left_count: int
    refused_counts: dict[str, int]


class SimulatedCrowd:
    """Workers who come to a workplace, take pages, answer and submit them on a virtual clock.

    Nothing runs by itself: the steps are carried out by whoever waits on the clock, such as the runner of a launch, or by `run_until_idle`.
    A worker's answers depend on the seed, their id and the order of their own tasks, not on the other workers. After a restart a new crowd goes on:
    a worker who has a page in hand is given it again by `take`.

    Args:
        workplace: where the work is.
        clock: the clock of the workplace.
        workers: their ids must differ.
        truth: every question that may come.
        task_duration_hint: the expected time for one task, which speeds are relative to.
        seed: decides everything that is left to chance.
        arrival_window: workers without a time of their own arrive within this time after the start.

    Raises:
        InvalidInput: two workers have the same id.
    """

    def __init__(
        self,
        workplace: Workplace,
        clock: VirtualClock,
        *,
        workers: Iterable[SimulatedWorker],
        truth: TruthBook,
        task_duration_hint: timedelta,
        seed: int,
        arrival_window: timedelta = timedelta(minutes=1),
    ) -> None:
        self._clock = clock
        self._arrival_window = arrival_window
        self._fate = PageFate()
        self._coming_count = 0
        self._present_count = 0
        self._left_count = 0
        self._is_stopped = False
        setting = Setting(
            workplace=workplace,
            clock=clock,
            truth=truth,
            task_duration_hint=task_duration_hint,
            seed=seed,
            fate=self._fate,
            on_leave=self._note_leaving,
        )
        self._seats = [Seat(worker, setting) for worker in workers]
        repeated = [name for name, times in Counter(seat.worker.id for seat in self._seats).items() if times > 1]
        if repeated:
            raise InvalidInput(
                "Simulated workers need ids of their own.", [f"{name} is there more than once" for name in repeated]
            )

    @property
    def present_count(self) -> int:
        """Workers who are on their way or at work."""
        return self._coming_count + self._present_count

    def start(self) -> None:
        """Schedule the arrival of every worker; call it before anybody waits on the clock."""
        for seat in self._seats:
            self._coming_count += 1
            self._clock.call_in(seat.draw_arrival(self._arrival_window), partial(self._let_in, seat))

    def _let_in(self, seat: Seat) -> None:
        self._coming_count -= 1
        if not self._is_stopped:
            self._present_count += 1
            seat.arrive()

    def _note_leaving(self) -> None:
        self._present_count -= 1
        self._left_count += 1

    def stop(self) -> None:
        """Send every worker home, those on their way too; pages in hand are left to expire."""
        self._is_stopped = True
        for seat in self._seats:
            seat.leave()

    def run_until_idle(self) -> CrowdReport:
        """Let time pass until every worker has left, and return what became of the pages.

        It does not end while workers without a limit of patience are there.
        """
        alone = threading.Condition()
        with alone:
            while self.present_count > 0 and self._clock.next_moment() is not None:
                self._clock.wait(alone, until=None, patience=timedelta(seconds=1))
        return self.report()

    def report(self) -> CrowdReport:
        """Return what became of the pages so far."""
        fate = self._fate
        return CrowdReport(
            taken_count=fate.taken_count,
            submitted_count=fate.submitted_count,
            skipped_count=fate.skipped_count,
            lost_count=fate.lost_count,
            left_count=self._left_count,
            refused_counts=dict(fate.refusals),
        )
