"""Run as a script: a manyhands server over a file in which simulated people work on the example's task, on a clock that runs fast.

``python working_server.py FILE PORT START PACE`` prints one line when it listens.
"""

import logging
import socket
import sys
import threading
from datetime import datetime, timedelta
from typing import Any

import uvicorn

import manyhands as mh
from manyhands.server import AccountBook, Holder, HolderKind, create_app
from manyhands.store import open_store
from tests.contract.platform.example_cells import TOKEN, read_example

FEE_SHARE = 0.2


def come_to_work(platform: mh.EmbeddedPlatform, clock: mh.VirtualClock) -> None:
    """Have the example's people come and work for ever."""
    names: dict[str, Any] = {"__name__": "example"}
    exec(read_example()[0], names)  # noqa: S102 - our own example
    pairs, mapping = names["pairs"], names["task_spec_en"].mapping
    recorded = pairs.record_crowd(mapping)
    people = mh.ReplayCrowd(recorded, 0, repeatable=pairs.control_keys(mapping))
    crowd = mh.SimulatedCrowd(
        platform,
        clock,
        workers=people.workers(),
        truth=recorded.truth,
        task_duration_hint=names["params"].task_duration_hint,
        seed=0,
    )
    crowd.start()
    threading.Thread(target=_let_time_pass, args=(clock,), daemon=True).start()


def main(file: str, port: int, *, start: datetime, pace: float) -> None:
    """Serve until the process is killed."""
    clock = mh.VirtualClock(start, pace=pace)
    store = open_store(f"sqlite:///{file}")
    platform = mh.EmbeddedPlatform(store, clock=clock, fee_share=FEE_SHARE, seed=0)
    AccountBook(store, clock=clock).put_token(TOKEN, Holder(HolderKind.REQUESTER, "default"))
    app = create_app(store, clock=clock, fee_share=FEE_SHARE, workplace=platform)
    come_to_work(platform, clock)
    listener = socket.create_server(("127.0.0.1", port))
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)).run(sockets=[listener])


def _let_time_pass(clock: mh.VirtualClock) -> None:
    changed = threading.Condition()
    while True:
        with changed:
            clock.wait(changed, until=None, patience=timedelta(milliseconds=50))


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    main(sys.argv[1], int(sys.argv[2]), start=datetime.fromisoformat(sys.argv[3]), pace=float(sys.argv[4]))
