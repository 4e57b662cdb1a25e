"""The crowd of the demo: real people who come as often as they did, and a few who are made up."""

from manyhands.cli.actions.demo.entailment import PARAMS, task_spec
from manyhands.cli.actions.demo.people import CARELESS_COUNT, CARELESS_PREFIX, gather_crowd
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.simulation import VirtualClock, load_rte


def test_people_have_as_many_pages_as_they_had_in_the_source() -> None:
    """The pages that everybody is willing to do add up to the answers of the source, within the chance of rounding."""
    rte, clock = load_rte(), VirtualClock()
    crowd = gather_crowd(rte, task_spec(), platform=EmbeddedPlatform.in_memory(clock=clock), clock=clock, seed=1)
    workers = [seat.worker for seat in crowd._seats]
    people = [worker for worker in workers if not worker.id.startswith(CARELESS_PREFIX)]
    page_count = sum(worker.habits.page_limit or 0 for worker in people)
    expected = len(rte.answers) / PARAMS.pricing_config.real_tasks_count
    assert len(workers) - len(people) == CARELESS_COUNT
    assert abs(page_count - expected) < 30
