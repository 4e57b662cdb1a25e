"""A server in a process of its own, and a project to work in."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import httpx
import psutil

from manyhands.crowd import MixerConfig, Money, PoolConfig, ProjectConfig
from manyhands.task import FieldSpec, FieldType

__all__ = ["TOKEN", "RunningServer", "pool_config", "project_config", "serve"]

#: The requester's token.
TOKEN = "bench-" + "0" * 40
_STARTS_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningServer:
    """Where the server is, and its process."""

    address: str
    port: int
    process: psutil.Process

    def cpu_s(self) -> float:
        """Return the seconds of processor time that the server has used."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


@contextmanager
def serve(url: str) -> Iterator[RunningServer]:
    """Serve a store on a free port until the block ends."""
    port = _find_port()
    code = f"from manyhands.server import serve; serve({url!r}, port={port})"
    environment = {"MANYHANDS_REQUESTER_TOKEN": TOKEN, "PATH": ""}
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(address)
        yield RunningServer(address=address, port=port, process=psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait()


def project_config() -> ProjectConfig:
    """Return a project with one text to look at and one label to give."""
    text = FieldSpec(type=FieldType.STRING)
    return ProjectConfig(key="bench", name="bench", input_spec={"text": text}, output_spec={"label": text}, view={})


def pool_config(project_id: str, *, key: str = "bench") -> PoolConfig:
    """Return a pool with pages of one task, accepted at once."""
    return PoolConfig(
        project_id=project_id,  # type: ignore[arg-type] # ids come as plain text from the API
        key=key,
        reward=Money("0.01"),
        assignment_duration=timedelta(minutes=10),
        mixer=MixerConfig(real_count=1),
        auto_accept=True,
    )


def _find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(address: str) -> None:
    ends_at = time.monotonic() + _STARTS_S
    while True:
        try:
            httpx.get(f"{address}/health", trust_env=False)
        except httpx.TransportError:
            if time.monotonic() > ends_at:
                raise
            time.sleep(0.05)
        else:
            return
