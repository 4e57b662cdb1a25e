"""People who answer the pages of the example launch, from another process than the one that launched."""

from pathlib import Path

from manyhands.crowd import Solution, WorkerId
from manyhands.errors import NoWork
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.simulation import simulated_profile

__all__ = ["answer_pages", "take_page"]

#: What everybody answers to every text.
ANSWERS = {
    "It rains.": "yes",
    "It snows.": "no",
    "It hails.": "no",
    "It thunders.": "no",
    "Water is wet.": "yes",
    "Fire is cold.": "no",
}


def answer_pages(database: Path, *names: str, page_limit: int = 100) -> int:
    """Let workers take pages and answer them right, as long as there are any; return how many were submitted."""
    with EmbeddedPlatform.in_file(database) as platform:
        return sum(_answer_all(platform, WorkerId(name), page_limit) for name in names)


def take_page(database: Path, name: str) -> None:
    """Let a worker take a page and keep it."""
    with EmbeddedPlatform.in_file(database) as platform:
        platform.register_worker(WorkerId(name), simulated_profile())
        platform.take(WorkerId(name), platform.list_open_pools()[0].id)


def _answer_all(platform: EmbeddedPlatform, worker: WorkerId, page_limit: int) -> int:
    platform.register_worker(worker, simulated_profile())
    count = 0
    for pool in platform.list_open_pools():
        while count < page_limit:
            try:
                page = platform.take(worker, pool.id)
            except NoWork:
                break
            solutions = [
                Solution(output_values={"choice": ANSWERS[str(task.input_values["text"])]}) for task in page.tasks
            ]
            platform.submit(page.assignment_id, worker, solutions=solutions)
            count += 1
    return count
