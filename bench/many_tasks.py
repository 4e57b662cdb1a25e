"""Very many tasks: created through the API, imported through the library, and taken from a large pool as from a small one.

python bench/many_tasks.py [--tasks 1000000] [--api-tasks 100000]
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence

import httpx
from rich.console import Console
from rich.table import Table
from running_server import TOKEN, pool_config, project_config, serve

from manyhands.crowd import Pool, Solution, TaskDraft, WorkerId, WorkerProfile
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.store import open_store

__all__ = ["main"]

#: Tasks in one request, as the API recommends.
_BATCH_SIZE = 10_000
_SMALL_COUNT = 1_000
_TAKE_COUNT = 300
_PATIENCE_S = 120.0
_LIMITS = {"api_s": 15.0, "import_s": 60.0, "import_mb": 1000.0, "take_ratio": 2.0}
#: Label Studio 1.23.2 by its API, on two cores as well.
_PEER_API_S_PER_100_000 = 37.4


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print a table.

    Args:
        arguments: options, as on the command line.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--tasks", type=int, default=1_000_000)
    parser.add_argument("--api-tasks", type=int, default=100_000)
    parser.add_argument("--import-into", help="import tasks into this database, print seconds and megabytes, and end")
    options = parser.parse_args(arguments)
    if options.import_into:
        _import(options.import_into, options.tasks)
        return
    table = Table(title="Very many tasks")
    for column in ("what", "measured", "limit", "peer"):
        table.add_column(column, justify="left" if column == "what" else "right")
    with tempfile.TemporaryDirectory() as folder:
        seconds = _create_by_api(f"sqlite:///{folder}/api.db", options.api_tasks)
        peer_s = _PEER_API_S_PER_100_000 * options.api_tasks / 100_000
        what = f"{options.api_tasks:,} tasks created through the API"
        table.add_row(what, f"{seconds:.1f} s", f"{_LIMITS['api_s']:.0f} s", f"{peer_s:.1f} s: {peer_s / seconds:.1f}x")
        url = f"sqlite:///{folder}/large.db"
        import_s, cpu_s, memory_mb = _import_elsewhere(url, options.tasks)
        what = f"{options.tasks:,} tasks imported through the library"
        table.add_row(what, f"{import_s:.1f} s ({cpu_s:.1f} s of processor)", f"{_LIMITS['import_s']:.0f} s", "")
        table.add_row("memory of that process", f"{memory_mb:.0f} MB", f"{_LIMITS['import_mb']:.0f} MB", "")
        small_ms, large_ms = _take_from_both(url, f"sqlite:///{folder}/small.db")
        table.add_row(f"take from {_SMALL_COUNT:,} tasks, median", f"{small_ms:.2f} ms", "", "")
        ratio = f"{large_ms / small_ms:.2f}x"
        limit = f"{_LIMITS['take_ratio']:.0f}x"
        table.add_row(f"take from {options.tasks:,} tasks, median", f"{large_ms:.2f} ms: {ratio}", limit, "")
    Console().print(table)


def _create_by_api(url: str, count: int) -> float:
    with serve(url) as server, httpx.Client(base_url=f"{server.address}/api/v1", trust_env=False) as client:
        client.headers["authorization"] = f"OAuth {TOKEN}"
        client.timeout = httpx.Timeout(_PATIENCE_S)
        project_form = {
            "public_name": "bench",
            "public_description": "bench",
            "task_spec": {
                "input_spec": {"text": {"type": "string"}},
                "output_spec": {"label": {"type": "string"}},
                "view_spec": {"type": "tb", "config": '{"view": {"type": "view.list", "items": []}}', "lock": {}},
            },
        }
        project_id = client.post("/projects", json=project_form).raise_for_status().json()["id"]
        pool_form: dict[str, object] = {
            "project_id": project_id,
            "private_name": "bench",
            "may_contain_adult_content": False,
            "will_expire": "2040-01-01T00:00:00",
            "reward_per_assignment": 0.01,
            "assignment_max_duration_seconds": 600,
            "defaults": {"default_overlap_for_new_tasks": 1, "default_overlap_for_new_task_suites": 1},
            "mixer_config": {"real_tasks_count": 1, "golden_tasks_count": 0, "training_tasks_count": 0},
        }
        pool_id = client.post("/pools", json=pool_form).raise_for_status().json()["id"]
        started = time.perf_counter()
        query = {"async_mode": "true", "allow_defaults": "true"}
        operations = [
            client.post("/tasks", params=query, json=_forms(pool_id, first, min(first + _BATCH_SIZE, count)))
            for first in range(0, count, _BATCH_SIZE)
        ]
        for operation in operations:
            _wait_for(client, operation.raise_for_status().json()["id"])
        return time.perf_counter() - started


def _forms(pool_id: str, first: int, last: int) -> list[dict[str, object]]:
    return [{"pool_id": pool_id, "input_values": {"text": f"text {number}"}} for number in range(first, last)]


def _wait_for(client: httpx.Client, operation_id: str) -> None:
    while (status := client.get(f"/operations/{operation_id}").json()["status"]) != "SUCCESS":
        if status == "FAIL":
            sys.exit(f"operation {operation_id} failed")
        time.sleep(0.1)


def _import_elsewhere(url: str, count: int) -> tuple[float, float, float]:
    command = [sys.executable, __file__, "--tasks", str(count), "--import-into", url]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    wall_s, cpu_s, memory_mb = (float(part) for part in printed.split())
    return wall_s, cpu_s, memory_mb


def _import(url: str, count: int) -> None:
    with EmbeddedPlatform(open_store(url)) as platform:
        pool = _make_pool(platform)
        started_s, started_cpu_s = time.perf_counter(), time.process_time()
        platform.add_tasks(pool.id, _drafts(count))
        wall_s, cpu_s = time.perf_counter() - started_s, time.process_time() - started_cpu_s
    print(wall_s, cpu_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)


def _make_pool(platform: EmbeddedPlatform) -> Pool:
    return platform.create_pool(pool_config(platform.put_project(project_config()).id))


def _drafts(count: int) -> Iterator[TaskDraft]:
    return (TaskDraft(key=str(number), input_values={"text": f"text {number}"}) for number in range(count))


def _take_from_both(large_url: str, small_url: str) -> tuple[float, float]:
    """Return the median milliseconds of taking, measured in turns, so that a busy machine is busy for both."""
    with EmbeddedPlatform(open_store(small_url)) as small, EmbeddedPlatform(open_store(large_url)) as large:
        small.add_tasks(_make_pool(small).id, _drafts(_SMALL_COUNT))
        takers = [_taker(platform) for platform in (small, large)]
        seconds: list[list[float]] = [[], []]
        for _ in range(_TAKE_COUNT):
            for taker, found in zip(takers, seconds, strict=True):
                found.append(next(taker))
    small_s, large_s = (statistics.median(found) for found in seconds)
    return small_s * 1000, large_s * 1000


def _taker(platform: EmbeddedPlatform) -> Iterator[float]:
    pool, worker = _make_pool(platform), WorkerId("bench")
    platform.register_worker(worker, WorkerProfile())
    platform.open_pool(pool.id)
    while True:
        started = time.perf_counter()
        page = platform.take(worker, pool.id)
        yield time.perf_counter() - started
        platform.submit(page.assignment_id, worker, solutions=[Solution(output_values={"label": "a"})])


if __name__ == "__main__":
    main(sys.argv[1:])
