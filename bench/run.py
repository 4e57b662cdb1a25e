"""All benchmarks, one after the other; each prints a table with ratios or limits."""

import sys
from pathlib import Path

from baskets import main as measure_baskets
from interrupts import main as measure_interrupts
from many_tasks import main as measure_many_tasks
from requester_pages import main as measure_requester_pages
from server import main as measure_server
from truth import main as measure_truth
from worker_pages import main as measure_worker_pages

BENCHMARKS = {
    "truth": measure_truth,
    "baskets": measure_baskets,
    "interrupts": measure_interrupts,
    "server": measure_server,
    "many-tasks": measure_many_tasks,
    "requester-pages": measure_requester_pages,
    "worker-pages": measure_worker_pages,
}


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all of them."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"{Path(__file__).name}: there is no benchmark {unknown}; expected some of {list(BENCHMARKS)}")
    for name in names or BENCHMARKS:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
