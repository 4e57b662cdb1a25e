"""A server in a process of its own, on loopback."""

import re
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.patience import PATIENCE_S

__all__ = ["TOKEN", "LiveServer", "options"]

TOKEN = "requester-token-of-the-tests"  # noqa: S105 - opens nothing but servers of tests

_PROGRAM = """
import sys
from pathlib import Path
from manyhands.server import ServerSettings, serve

store, cert, key, background = sys.argv[1:]
serve(
    store,
    port=0,
    tls_cert=Path(cert) if cert else None,
    tls_key=Path(key) if key else None,
    settings=ServerSettings(background_item_count=int(background), are_private_webhooks_allowed=True),
    say=lambda line: print(line, flush=True),
)
"""
_ADDRESS = re.compile(r"https?://[\w.:]+")


class LiveServer:
    """A server over a file; `address` is where it listens, `said` what it told whoever started it."""

    def __init__(
        self,
        file: Path,
        *,
        cert: Path | None = None,
        key: Path | None = None,
        background: int = 2000,
        token: str = TOKEN,
    ) -> None:
        arguments = [f"sqlite:///{file}", str(cert or ""), str(key or ""), str(background)]
        self.process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *arguments],
            stdout=subprocess.PIPE,
            text=True,
            env={"MANYHANDS_REQUESTER_TOKEN": token, "PATH": ""},
        )
        first = self._line()
        self.said = [first]
        while "requester API" not in self.said[-1]:
            assert self.said[-1], "the server ended before it had told its addresses"
            self.said.append(self._line())
        match = _ADDRESS.search(first)
        assert match, first
        self.address = match.group()
        if not token:
            self.said.append(self._line())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end(signal.SIGKILL)

    def end(self, how: signal.Signals) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(how)
        code = self.process.wait(timeout=PATIENCE_S)
        if self.process.stdout:
            self.process.stdout.close()
        return code

    def _line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()


def options(**more: Any) -> dict[str, Any]:
    """Return what every client of the tests is made with; proxies of the machine are passed by."""
    return {"headers": {"Authorization": f"OAuth {TOKEN}"}, "trust_env": False, "timeout": 30, **more}
