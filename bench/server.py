"""How many answers a second a server takes: workers on keep-alive connections take pages of one task and hand them in.

    python bench/server.py [--workers 64] [--seconds 10] [--store sqlite]

Server and load generator run as two processes of the same machine.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table
from running_server import pool_config, project_config, serve

from manyhands.crowd import PoolId, TaskDraft, WorkerId, WorkerProfile
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.server import AccountBook, Holder, HolderKind
from manyhands.store import open_store

__all__ = ["main"]

_OVERLAP = 3
_ANSWER = json.dumps({"solutions": [{"output_values": {"label": "a"}}]}).encode()
_LEAST_ANSWERS_PER_S = 500
_MOST_P95_MS = 100
#: As measured on two cores as well, with what a new user gets; see the measured section of the notes on peers.
_PEERS = (
    ("Label Studio 1.23.2, 16 people", "2.3", "", "9,800 (next alone)", ""),
    ("Potato 2.12.1, 16 simulated users", "26", "", "", ""),
    ("Potato 2.12.1, 8 raw clients", "17", "109 (save alone)", "257 (save alone)", ""),
)


@dataclass(slots=True)
class Tally:
    """What happened to the pages of all workers, in seconds, waiting for nothing else."""

    takes: list[float] = field(default_factory=list)
    submits: list[float] = field(default_factory=list)
    error_count: int = 0

    @property
    def pages(self) -> list[float]:
        """Seconds for taking and submitting each page."""
        return [take + submit for take, submit in zip(self.takes, self.submits, strict=True)]


class Connection:
    """One keep-alive connection of one worker."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: str) -> None:
        self._reader = reader
        self._writer = writer
        self._token = token

    async def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Send a request and return status and body."""
        head = (
            f"POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: OAuth {self._token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._writer.write(head.encode() + body)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        status = int(answer[9:12])
        length = next(int(line[15:]) for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        return status, await self._reader.readexactly(length)


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print a table.

    Args:
        arguments: options, as on the command line.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--store", default="sqlite")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db" if options.store == "sqlite" else options.store
        pool_id, tokens = _prepare(url, options.workers)
        with serve(url) as server:
            # The first pages pay for what is loaded once.
            asyncio.run(_load(server.port, pool_id, tokens, seconds=1.0))
            cpu_s = server.cpu_s()
            tally = asyncio.run(_load(server.port, pool_id, tokens, seconds=options.seconds))
            cpu_s = server.cpu_s() - cpu_s
    _report(tally, options.seconds, cpu_s=cpu_s, title=f"{options.workers} workers, pages of one task, {options.store}")


def _prepare(url: str, worker_count: int) -> tuple[PoolId, list[str]]:
    store = open_store(url)
    platform = EmbeddedPlatform(store)
    pool = platform.create_pool(pool_config(platform.put_project(project_config()).id))
    drafts = (TaskDraft(key=str(n), input_values={"text": f"text {n}"}, overlap=_OVERLAP) for n in range(50_000))
    platform.add_tasks(pool.id, drafts)
    platform.open_pool(pool.id)
    accounts = AccountBook(store, clock=platform.clock)
    workers = [WorkerId(f"worker{n:04}") for n in range(worker_count)]
    for worker in workers:
        platform.register_worker(worker, WorkerProfile())
    tokens = [accounts.issue_token(Holder(HolderKind.WORKER, worker)) for worker in workers]
    platform.close()
    return pool.id, tokens


async def _load(port: int, pool_id: PoolId, tokens: list[str], *, seconds: float) -> Tally:
    tally = Tally()
    end = time.perf_counter() + seconds
    await asyncio.gather(*(_work(port, pool_id, token, tally=tally, end=end) for token in tokens))
    return tally


async def _work(port: int, pool_id: PoolId, token: str, *, tally: Tally, end: float) -> None:
    connection = Connection(*await asyncio.open_connection("127.0.0.1", port), token)
    wish = json.dumps({"poolId": pool_id}).encode()
    while time.perf_counter() < end:
        started = time.perf_counter()
        status, page = await connection.post("/api/i-v2/assignment-executions", wish)
        if status != 200:
            tally.error_count += 1
            continue
        taken = time.perf_counter()
        path = f"/api/i-v2/assignment-executions/{json.loads(page)['id']}/submit"
        status, _ = await connection.post(path, _ANSWER)
        tally.error_count += status != 200
        tally.takes.append(taken - started)
        tally.submits.append(time.perf_counter() - taken)


def _report(tally: Tally, seconds: float, *, cpu_s: float, title: str) -> None:
    table = Table(title=title)
    for column in ("", "answers/s", "p50 ms", "p95 ms", "p99 ms", "errors"):
        table.add_column(column, justify="right" if column else "left")
    rate = f"{len(tally.pages) / seconds:.0f}"
    table.add_row("take", "", *_cuts(tally.takes), "")
    table.add_row("submit", "", *_cuts(tally.submits), "")
    table.add_row("take + submit", rate, *_cuts(tally.pages), str(tally.error_count), end_section=True)
    table.add_row("wanted", f">= {_LEAST_ANSWERS_PER_S}", "", f"< {_MOST_P95_MS}", "", "0", end_section=True)
    for peer in _PEERS:
        table.add_row(*peer, "")
    Console().print(table)
    print(f"server: {cpu_s / max(1, len(tally.pages)) * 1000:.2f} ms of processor time per answer")


def _cuts(seconds: list[float]) -> tuple[str, str, str]:
    cuts = statistics.quantiles(seconds, n=100)
    return f"{cuts[49] * 1000:.0f}", f"{cuts[94] * 1000:.0f}", f"{cuts[98] * 1000:.0f}"


if __name__ == "__main__":
    main(sys.argv[1:])
