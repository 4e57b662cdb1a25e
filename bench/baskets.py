"""A thousand baskets that wait for workers: what they cost in threads, memory and CPU, and how soon they stop."""

import gc
import threading
import time
from datetime import timedelta

import psutil
from rich.console import Console
from rich.table import Table

import manyhands as mh
from manyhands import client

__all__ = ["main"]

BASKET_COUNT = 1000
OBJECT_COUNT = 100
WATCH_S = 10.0
#: What the system that the page grew from costs with 256 launches; see the measured section of the design.
PEER_THREADS_PER_LAUNCH = 259 / 256


class Parity(mh.Class):
    """Whether a number is even."""

    EVEN = "even"
    ODD = "odd"


SPEC = mh.PreparedTaskSpec(
    mh.TaskSpec(
        id="parity",
        function=mh.ClassificationFunction(inputs=(mh.Text,), cls=Parity),
        name={"EN": "Even or odd?"},
        description={"EN": "Say whether a number is even."},
        instruction={"EN": "Look at the last digit."},
    ),
    "EN",
)
PARAMS = mh.Params(
    task_duration_hint=timedelta(seconds=10),
    pricing_config=mh.PoolPricingConfig(assignment_price=0.05, real_tasks_count=8, control_tasks_count=2),
    overlap=mh.DynamicOverlap(min_overlap=2, max_overlap=4, confidence=0.9),
    control=mh.Control(mh.RuleBuilder().add_static_reward(0.5).build()),
)
CONTROLS = [((mh.Text(str(number)),), (Parity.EVEN,)) for number in range(-60, -20, 2)]


def main() -> None:
    """Start the baskets, watch them wait, stop them, and print what that cost."""
    process = psutil.Process()
    client.launch_baskets({}, SPEC, PARAMS, CONTROLS, mh.EmbeddedPlatform.in_memory())
    gc.collect()
    memory_before, threads_before = process.memory_info().rss, threading.active_count()
    platform = mh.EmbeddedPlatform.in_memory()
    baskets = {
        f"basket-{number:04}": [(mh.Text(str(number * OBJECT_COUNT + place)),) for place in range(OBJECT_COUNT)]
        for number in range(BASKET_COUNT)
    }
    started_s = time.perf_counter()
    handles = client.start_baskets(baskets, SPEC, PARAMS, CONTROLS, platform)
    prepared_s = time.perf_counter() - started_s
    while not all(handle.state is mh.LaunchState.RUNNING for handle in handles.values()):
        time.sleep(0.1)
    published_s = time.perf_counter() - started_s
    time.sleep(1)
    gc.collect()
    memory, threads = process.memory_info().rss, threading.active_count()
    cpu_before, watched_s = process.cpu_times(), time.perf_counter()
    time.sleep(WATCH_S)
    cpu, watched_s = process.cpu_times(), time.perf_counter() - watched_s
    cpu_share = (cpu.user + cpu.system - cpu_before.user - cpu_before.system) / watched_s
    stopped_s = time.perf_counter()
    for handle in handles.values():
        handle.stop()
    for handle in handles.values():
        handle.wait()
    stopped_s = time.perf_counter() - stopped_s
    table = Table(title=f"{BASKET_COUNT:,} baskets of {OBJECT_COUNT} objects wait in one process")
    for column in ("figure", "measured", "per basket", "limit or peer"):
        table.add_column(column, justify="left" if column == "figure" else "right")
    added = threads - threads_before
    table.add_row("prepare and check", f"{prepared_s:.1f} s", f"{prepared_s / BASKET_COUNT * 1000:.1f} ms", "")
    table.add_row("until all are open", f"{published_s:.1f} s", f"{published_s / BASKET_COUNT * 1000:.1f} ms", "")
    table.add_row("threads added", str(added), f"{added / BASKET_COUNT:.3f}", f"peer {PEER_THREADS_PER_LAUNCH:.2f}")
    table.add_row(
        "memory added",
        f"{(memory - memory_before) / 1e6:.0f} MB",
        f"{(memory - memory_before) / BASKET_COUNT / 1e3:.0f} kB",
        "",
    )
    table.add_row("CPU while waiting", f"{cpu_share:.1%} of a core", f"{cpu_share / BASKET_COUNT:.4%}", "")
    table.add_row("stop all, results in hand", f"{stopped_s:.1f} s", f"{stopped_s / BASKET_COUNT * 1000:.1f} ms", "")
    Console().print(table)


if __name__ == "__main__":
    main()
