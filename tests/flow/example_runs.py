"""The example of the page *Asynchronous launches* in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

__all__ = ["BASKETS", "EXAMPLE", "REPORT", "SLOW", "read_results", "run_example"]

EXAMPLE = Path(__file__).parents[2] / "examples" / "asynchronous_launches.py"
BASKETS = ("red", "green", "blue")

#: Put in front of the example: a clock that runs so slowly that the launches are in the middle when the interrupt comes, and a report at the end.
SLOW = """
import functools, threading, time, manyhands as mh
mh.VirtualClock = functools.partial(mh.VirtualClock, pace=30.0)

def tell_the_middle():
    while True:
        time.sleep(0.05)
        entries = mh.connect_to(toloka_client).journal.list() if "toloka_client" in globals() else []
        pools = [entry["pool_id"] for _, entry in entries if "pool_id" in entry]
        if sum(page.status == "ACCEPTED" for pool in pools for page in toloka_client.list_assignments(pool)) >= 10:
            print("middle", flush=True)
            return

threading.Thread(target=tell_the_middle, daemon=True).start()
"""
#: Put behind the example: what became of its pools and pages.
REPORT = """
import json, sys
pools = [pool for pool in (toloka_client.get_pool(entry["pool_id"]) for _, entry in mh.connect_to(toloka_client).journal.list())]
pages = [page for pool in pools for page in toloka_client.list_assignments(pool.id, limit=100000)]
print(json.dumps({"pools": [pool.status for pool in pools], "pages": [page.status for page in pages]}))
"""


def run_example(folder: Path, *, before: str = "", after: str = "") -> "subprocess.Popen[str]":
    """Start the example in a folder of its own, with code before and after it."""
    script = folder / "run.py"
    script.write_text(f"{before}\nexec(compile(open({str(EXAMPLE)!r}).read(), {str(EXAMPLE)!r}, 'exec'))\n{after}")
    return subprocess.Popen(
        [sys.executable, str(script)], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def read_results(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that each basket's file holds."""
    return {basket: json.loads((folder / f"{basket}_results.json").read_text()) for basket in BASKETS}
