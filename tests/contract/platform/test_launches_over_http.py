"""The example's cells run over HTTP, whatever client is given, and whoever is killed in the middle."""

import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from manyhands import EmbeddedPlatform
from manyhands.crowd import AssignmentStatus, Money, PoolId, TaskKind
from manyhands.store import open_store
from tests.contract.platform.example_cells import BASKETS
from tests.contract.platform.processes import Works
from tests.unit.platform.audit import find_violations

pytestmark = pytest.mark.slow

OWN_WAYS = ("own server", "public API")
KIT_WAYS = ("toloka-kit", "toloka-kit async")
#: Reward and fee of a page in the example.
PAGE = Money("0.06")


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    """Return a folder to work in; no process outlives the test."""
    works = Works(tmp_path)
    yield works
    works.end()


def check_results(works: Works) -> None:
    """Every basket has its file, with a label for each of its objects."""
    results = works.read_results()
    assert {basket: len(rows) for basket, rows in results.items()} == dict.fromkeys(BASKETS, 100)
    assert all(row["result"] in ("yes", "no") and row["overlap"] >= 2 for rows in results.values() for row in rows)


def check_server(works: Works, *, is_over: bool = True) -> None:
    """Nothing was published or paid twice, what is paid is in the results, pools are closed, pages are judged unless more is to come."""
    paid_answers = 0
    with closing(open_store(f"sqlite:///{works.folder / 'server.db'}")) as store:
        platform = EmbeddedPlatform(store)
        with store.reading() as transaction:
            pools = [PoolId(str(row["id"])) for row in transaction.rows("list_own_pools", {"requester": "default"})]
        assert len(pools) == len(BASKETS)
        for pool_id in pools:
            keys = Counter(task.key for task in platform.list_tasks(pool_id, limit=10_000))
            assert set(keys.values()) == {1}
            assert len(keys) >= 100
            pages = platform.list_assignments(pool_id, limit=10_000)
            accepted = (page for page in pages if page.status is AssignmentStatus.ACCEPTED)
            paid_answers += sum(task.kind is TaskKind.REAL for page in accepted for task in page.tasks)
            statuses = Counter(page.status for page in pages)
            assert not (is_over and statuses[AssignmentStatus.SUBMITTED])
            assert platform.get_pool(pool_id).status == "CLOSED"
            assert platform.spending(pool_id).paid == PAGE * statuses[AssignmentStatus.ACCEPTED]
        assert find_violations(store) == []
    assert paid_answers == sum(row["overlap"] for rows in works.read_results().values() for row in rows)


@pytest.mark.parametrize("way", OWN_WAYS)
def test_the_cells_run_on_a_server(works: Works, way: str) -> None:
    """Three baskets are labeled side by side over HTTP."""
    server = works.start_server()
    works.finish(works.start_launches(way))
    works.kill(server)
    check_results(works)
    check_server(works)


@pytest.mark.parametrize("way", KIT_WAYS)
def test_the_cells_run_with_a_client_of_toloka_kit(works: Works, kit_python: Path, way: str) -> None:
    """What the requester already has, an unmodified client of toloka-kit, is all that is given."""
    server = works.start_server()
    works.finish(works.start_launches(way, python=kit_python))
    works.kill(server)
    check_results(works)
    check_server(works)


@pytest.mark.parametrize("killed", ["launches", "server", "both"])
@pytest.mark.parametrize("way", OWN_WAYS)
def test_whoever_is_killed_the_same_cells_go_on(works: Works, way: str, killed: str) -> None:
    """After SIGKILL of the launching process, of the server, or of both, in the middle of the work, the same cells end as if nothing had happened."""
    _kill_and_go_on(works, way, killed, sys.executable)


@pytest.mark.parametrize("killed", ["launches", "server", "both"])
def test_whoever_is_killed_the_same_cells_go_on_with_a_client_of_toloka_kit(
    works: Works, kit_python: Path, killed: str
) -> None:
    """The journal and the server know all that is needed."""
    _kill_and_go_on(works, "toloka-kit", killed, kit_python)


def _kill_and_go_on(works: Works, way: str, killed: str, python: Path | str) -> None:
    server, launches = works.start_server(), works.start_launches(way, python=python)
    works.wait_for_pages(12)
    if killed != "server":
        works.kill(launches)
    if killed != "launches":
        works.kill(server)
        server = works.start_server()
    works.finish(launches if killed == "server" else works.start_launches(way, python=python))
    works.kill(server)
    check_results(works)
    check_server(works)


@pytest.mark.parametrize("way", OWN_WAYS)
def test_interrupted_launches_end_and_the_same_cells_go_on(works: Works, way: str) -> None:
    """Ctrl-C in the middle of the work closes every pool at once, saves what is known of every basket, and loses nothing."""
    _interrupt_and_go_on(works, way, sys.executable)


def test_interrupted_launches_end_with_a_client_of_toloka_kit_too(works: Works, kit_python: Path) -> None:
    """The unmodified client is all that is given."""
    _interrupt_and_go_on(works, "toloka-kit", kit_python)


def _interrupt_and_go_on(works: Works, way: str, python: Path | str) -> None:
    # Slow enough for many pages to be in hand at the end, and for others to come in afterwards, one after the other.
    server = works.start_server(pace=40.0)
    launches = works.start_launches(way, python=python)
    works.wait_for_pages(12)
    launches.send_signal(signal.SIGINT)
    works.finish(launches)
    works.kill(server)
    rows = [row for rows in works.read_results().values() for row in rows]
    assert len(rows) == 100 * len(BASKETS)
    assert any(row["overlap"] > 0 for row in rows)
    check_server(works, is_over=False)
    server = works.start_server()
    works.finish(works.start_launches(way, python=python))
    works.kill(server)
    check_results(works)
    check_server(works)
