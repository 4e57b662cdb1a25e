"""How soon a worker's page can be used on a slow phone, and how long a worker waits between two pages of tasks.

    python bench/worker_pages.py [--rounds 5]

The phone is Lighthouse's mobile one, as its protocol throttles it: a processor four times as slow as this machine's, 1.6 Mbit/s down, 0.75 Mbit/s
up, 150 ms for every request, 360 x 740 pixels. A page can be used when what one does on it is there and the main thread is free: the end of the last
task that blocked it for 50 ms or more counts. The wait between two pages is measured at full speed, from the last key to the next task.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from rich.console import Console
from rich.table import Table
from running_server import serve

from manyhands.crowd import MixerConfig, Money, PoolConfig, ProjectConfig, TaskDraft, WorkerId, WorkerProfile
from manyhands.platform.embedded import EmbeddedPlatform, InvitationDraft
from manyhands.server import AccountBook, Holder, HolderKind
from manyhands.store import open_store
from manyhands.task import FieldSpec, FieldType

__all__ = ["main"]

_PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
_NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
_SLOWER = 4
_MOST_FIRST_MS = 1000
_MOST_WAIT_MS = 100
_QUIET_MS = 1500
_PAGE_COUNT = 10
_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    # The address bar has two pages of its own in every window, which load at the same time as ours.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,AimEnabled,PaintHolding",
]
_WATCH = """
(selector) => {
  const seen = { there: 0, busy: 0 };
  new PerformanceObserver((list) => list.getEntries().forEach((one) => (seen.busy = one.startTime + one.duration)))
    .observe({ type: 'longtask', buffered: true });
  const look = () => {
    if (seen.there || !document.querySelector(selector)) return;
    seen.there = performance.now();
    setTimeout(() => setTimeout(() => (seen.there = performance.now())));
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  window.whenUsable = () => Math.max(seen.there, seen.busy);
}
"""
_VIEW = {
    "view": {
        "type": "view.list",
        "items": [
            {"type": "view.text", "content": {"type": "data.input", "path": "text"}},
            {
                "type": "field.radio-group",
                "data": {"type": "data.output", "path": "label"},
                "options": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}],
                "validation": {"type": "condition.required"},
            },
        ],
    },
    "plugins": [
        {
            "type": "plugin.hotkeys",
            "1": {"type": "action.set", "data": {"type": "data.output", "path": "label"}, "payload": "a"},
        }
    ],
}


@dataclass(frozen=True, slots=True)
class Place:
    """A page that is measured.

    Attributes:
        path: where it is, from the server's address on.
        selector: what one uses on it.
        limit: how soon it has to be usable on the first visit; empty for a page that nobody sees first.
    """

    name: str
    path: str
    selector: str
    is_signed_in: bool
    limit: str = f"{_MOST_FIRST_MS} ms"


@dataclass(frozen=True, slots=True)
class Bench:
    """A running server, and the keys to it."""

    url: str
    token: str
    pool_id: str
    invitation: str

    def places(self) -> list[Place]:
        """Return the pages that somebody may see first."""
        return [
            Place("invitation", f"/#/join/{self.invitation}", "form button", is_signed_in=False),
            Place("welcome", "/", "form button", is_signed_in=False),
            Place("tasks to choose from", "/", "main ul a[href*=work]", is_signed_in=True),
            Place("page of tasks", f"/#/work/{self.pool_id}", ".mh-option input", is_signed_in=True, limit=""),
        ]


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print a table.

    Args:
        arguments: options, as on the command line.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("chromium is not installed: bash scripts/browser.sh")
    columns = ("page", "language", "first visit", "at best", "limit", "again", "at best")
    table = Table(*columns, title="The worker's page on a slow phone, medians and best of rounds")
    with _bench() as bench, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        for language in ("en-US", "ru-RU"):
            for place in bench.places():
                rounds = [_visit_twice(browser, bench, place, language) for _ in range(options.rounds)]
                first, again = zip(*rounds, strict=True)
                table.add_row(place.name, language, *_show(first), place.limit, *_show(again))
        waits = _waits(browser, bench)
        browser.close()
    console = Console()
    console.print(table)
    load, cores = os.getloadavg()[1], os.cpu_count()
    console.print(
        f"load of this machine meanwhile: {load:.1f} on {cores} cores; what else it does slows the phone down, too"
    )
    p95 = statistics.quantiles(waits, n=20)[-1]
    console.print(
        f"from the last key of a page to the next task: p50 {statistics.median(waits):.0f} ms, p95 {p95:.0f} ms, "
        f"limit {_MOST_WAIT_MS} ms, {len(waits)} pages"
    )


def _show(times: Sequence[float]) -> tuple[str, str]:
    return f"{statistics.median(times):.0f} ms", f"{min(times):.0f} ms"


def _visit_twice(browser: Browser, bench: Bench, place: Place, language: str) -> tuple[float, float]:
    """Return after how many milliseconds a page could be used by a browser that was never there, and by one that was."""
    context = _context(browser, bench, place, language=language, **_PHONE)
    first, again = _visit(context, bench, place), _visit(context, bench, place)
    context.close()
    return first, again


def _context(browser: Browser, bench: Bench, place: Place, *, language: str, **options: object) -> BrowserContext:
    context = browser.new_context(locale=language, **options)  # type: ignore[arg-type]  # options of a device
    if place.is_signed_in:
        api, ask = f"{bench.url}/api/worker", context.request
        ask.post(f"{api}/session", data={"key": bench.token})
        ask.post(f"{api}/consent", data={"version": ask.get(f"{api}/entrance").json()["consent"]["version"]})
    return context


def _visit(context: BrowserContext, bench: Bench, place: Place) -> float:
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.add_init_script(f"({_WATCH})({place.selector!r})")
    page.goto(bench.url + place.path)
    page.wait_for_selector(place.selector, state="attached")
    page.wait_for_timeout(_QUIET_MS)
    usable: float = page.evaluate("whenUsable()")
    page.close()
    return usable


def _waits(browser: Browser, bench: Bench) -> list[float]:
    """Return for some pages how many milliseconds passed from the key that sent the page to the first task of the next one."""
    place = bench.places()[-1]
    context = _context(browser, bench, place, language="en-US")
    page = context.new_page()
    page.goto(bench.url + place.path)
    waits = [_wait(page) for _ in range(_PAGE_COUNT)]
    context.close()
    return waits


def _wait(page: Page) -> float:
    page.wait_for_selector(".mh-option input:not(:disabled)")
    text = page.inner_text(".mh-text")
    waited: float = page.evaluate(
        """(before) => new Promise((resolve) => {
          const start = performance.now();
          const look = () => {
            const text = document.querySelector('.mh-text');
            if (text && text.innerText !== before) resolve(performance.now() - start);
            else requestAnimationFrame(look);
          };
          document.dispatchEvent(new KeyboardEvent('keydown', { key: '1', code: 'Digit1', bubbles: true }));
          look();
        })""",
        text,
    )
    return waited


@contextmanager
def _bench() -> Iterator[Bench]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        fill = _prepare(url)
        with serve(url) as server:
            yield fill(server.address)


def _prepare(url: str) -> Callable[[str], Bench]:
    store = open_store(url)
    platform = EmbeddedPlatform(store)
    text = FieldSpec(type=FieldType.STRING)
    project = platform.put_project(
        ProjectConfig(key="bench", name="Letters", input_spec={"text": text}, output_spec={"label": text}, view=_VIEW)
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
    platform.add_tasks(
        pool.id, (TaskDraft(key=str(n), input_values={"text": f"text {n}"}, overlap=3) for n in range(1000))
    )
    platform.open_pool(pool.id)
    accounts = AccountBook(store, clock=platform.clock)
    accounts.put_requester("default")
    invitation = platform.create_invitation(InvitationDraft())
    worker = WorkerId("bench-worker")
    platform.register_worker(worker, WorkerProfile())
    token = accounts.issue_token(Holder(HolderKind.WORKER, worker))
    platform.close()
    return lambda address: Bench(url=address, token=token, pool_id=pool.id, invitation=invitation)


if __name__ == "__main__":
    main(sys.argv[1:])
