"""The play of the demo: three launches side by side on a platform in memory."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event

from manyhands.cli.actions.closing_time import stop_when_deserted
from manyhands.cli.actions.launching import wait_until_over
from manyhands.cli.actions.outcomes import write_outcome
from manyhands.cli.actions.stop_signals import stop_signals
from manyhands.client import start_baskets
from manyhands.crowd import Restriction
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.simulation import CrowdReport, RteDataset, VirtualClock

from .basket_reports import BasketReport, report_on
from .entailment import BASKETS, BUDGET, FEE_SHARE, PARAMS, control_objects, task_spec
from .people import gather_crowd

__all__ = ["Play", "play"]

_NAME = "demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """What happened.

    Attributes:
        reports: one per basket.
        duration: simulated time from the first page to the end.
        pages: what became of the pages that workers took.
    """

    reports: tuple[BasketReport, ...]
    duration: timedelta
    pages: CrowdReport


def play(rte: RteDataset, *, seed: int, pace: float | None, folder: Path, is_quiet: bool) -> Play:
    """Launch the baskets, let the crowd work, write the results, and return what happened. Ctrl-C stops it gracefully.

    Args:
        rte: pairs and real answers.
        seed: decides everything that is left to chance.
        pace: simulated seconds per second; None is as fast as possible.
        folder: where results are written.
        is_quiet: whether nothing may be printed.
    """
    clock = VirtualClock(pace=pace)
    platform = EmbeddedPlatform.in_memory(clock=clock, fee_share=FEE_SHARE, seed=seed)
    spec, interrupted, everything_is_published = task_spec(), Event(), Event()
    crowd = gather_crowd(rte, spec, platform=platform, clock=clock, seed=seed)
    start = clock.now()
    # While an action runs time stands still, so nobody comes before all baskets are there, and the same seed brings the same play.
    clock.call_in(timedelta(0), partial(_wait_for, everything_is_published))
    crowd.start()
    stop_when_deserted(crowd, clock, interrupted)
    baskets = {basket: [pair.objects for pair in rte.list_basket(basket)] for basket in BASKETS}
    with stop_signals(interrupted):
        try:
            handles = start_baskets(
                baskets,
                spec,
                PARAMS,
                control_objects(rte),
                platform,
                interrupted=interrupted,
                name=_NAME,
                budget=BUDGET,
            )
        finally:
            everything_is_published.set()
        wait_until_over(list(handles.values()), clock=clock, is_quiet=is_quiet)
        outcomes = {
            basket: write_outcome(handle, folder, input_objects=baskets[basket], task_spec=spec)
            for basket, handle in handles.items()
        }
    restrictions = {basket: _restrictions_in(platform, handle.name) for basket, handle in handles.items()}
    return Play(
        reports=tuple(report_on(outcomes, rte, restrictions=restrictions, seed=seed)),
        duration=clock.now() - start,
        pages=crowd.report(),
    )


def _wait_for(event: Event) -> None:
    event.wait()


def _restrictions_in(platform: EmbeddedPlatform, launch_name: str) -> list[Restriction]:
    document = platform.journal.find(launch_name) or {}
    pool_id = document.get("pool_id")
    return [restriction for restriction in platform.list_restrictions() if restriction.pool_id == pool_id]
