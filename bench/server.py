"""How many answers a second a server takes: workers on keep-alive connections take pages of one task and hand them in.

    python bench/server.py [--workers 64] [--seconds 10] [--store sqlite]

Server and load generator run as two processes of the same machine.
"""

import argparse
import asyncio
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from manyhands.crowd import MixerConfig, Money, PoolConfig, PoolId, ProjectConfig, TaskDraft, WorkerId, WorkerProfile
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.server import AccountBook, Holder, HolderKind
from manyhands.store import open_store
from manyhands.task import FieldSpec, FieldType

_OVERLAP = 3
_ANSWER = json.dumps({"solutions": [{"output_values": {"label": "a"}}]}).encode()


@dataclass(slots=True)
class Tally:
    """What happened to the pages of all workers; seconds for taking and submitting one page, waiting for nothing else."""

    seconds: list[float] = field(default_factory=list)
    error_count: int = 0


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
    parser.add_argument("--port", type=int, default=8321)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db" if options.store == "sqlite" else options.store
        pool_id, tokens = _prepare(url, options.workers)
        with _serve(url, options.port):
            tally = asyncio.run(_load(options.port, pool_id, tokens, options.seconds))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"server CPU {(used.ru_utime + used.ru_stime) / max(1, len(tally.seconds)) * 1000:.2f} ms per answer, start included"
    )
    _report(tally, options.seconds)


def _prepare(url: str, worker_count: int) -> tuple[PoolId, list[str]]:
    store = open_store(url)
    platform = EmbeddedPlatform(store)
    text = FieldSpec(type=FieldType.STRING)
    project = platform.put_project(
        ProjectConfig(key="bench", name="bench", input_spec={"text": text}, output_spec={"label": text}, view={})
    )
    pool = platform.create_pool(
        PoolConfig(
            project_id=project.id,
            key="bench",
            reward=Money("0.01"),
            assignment_duration=timedelta(minutes=10),
            mixer=MixerConfig(real_count=1),
            auto_accept=True,
        )
    )
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


@contextmanager
def _serve(url: str, port: int) -> Iterator[None]:
    code = f"from manyhands.server import serve; serve({url!r}, port={port})"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL)
    try:
        _wait_until_up(port)
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_until_up(port: int) -> None:
    async def look() -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()

    for _ in range(100):
        try:
            asyncio.run(look())
        except OSError:
            time.sleep(0.1)
        else:
            return


async def _load(port: int, pool_id: PoolId, tokens: list[str], seconds: float) -> Tally:
    tally = Tally()
    end = time.perf_counter() + seconds
    await asyncio.gather(*(_work(port, pool_id, token, tally, end) for token in tokens))
    return tally


async def _work(port: int, pool_id: PoolId, token: str, tally: Tally, end: float) -> None:
    connection = Connection(*await asyncio.open_connection("127.0.0.1", port), token)
    wish = json.dumps({"poolId": pool_id}).encode()
    while time.perf_counter() < end:
        started = time.perf_counter()
        status, page = await connection.post("/api/i-v2/assignment-executions", wish)
        if status != 200:
            tally.error_count += 1
            continue
        path = f"/api/i-v2/assignment-executions/{json.loads(page)['id']}/submit"
        status, _ = await connection.post(path, _ANSWER)
        tally.error_count += status != 200
        tally.seconds.append(time.perf_counter() - started)


def _report(tally: Tally, seconds: float) -> None:
    cuts = statistics.quantiles(tally.seconds, n=100)
    print(f"{len(tally.seconds) / seconds:.0f} answers/s, {tally.error_count} errors")
    print(f"take + submit: p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
