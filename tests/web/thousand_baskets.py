"""A thousand baskets on the requester's page, and what showing them costs the browser: measured by its own trace, in time on the processor.

Run as a module it prints the figures: ``python -m tests.web.thousand_baskets``.
"""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright
from rich.console import Console
from rich.table import Table

import manyhands as mh
from manyhands.crowd import MixerConfig, PoolConfig, ProjectConfig, SystemClock
from tests.patience import PATIENCE_MS
from tests.web.chromium import FLAGS
from tests.web.people import sign_in
from tests.web.site import TOKEN, Site, running_site

__all__ = ["COUNT", "Smoothness", "fill", "measure"]

COUNT = 1000
_RUNNER = "a process that runs them all"
_CATEGORIES = ["toplevel", "devtools.timeline", "v8"]
#: In the trace: a task of the main thread, and what in it is scripting.
_TASKS = frozenset({"RunTask", "ThreadControllerImpl::RunTask"})
_SCRIPTING = frozenset({"FunctionCall", "EvaluateScript", "RunMicrotasks", "V8.GCScavenger"})
_UPDATE_COUNT = 5


@dataclass(frozen=True, kw_only=True)
class Smoothness:
    """What a thousand baskets cost.

    Attributes:
        first_row_s: from opening the page to the first row, on the wall.
        scripting_ms: on the processor, for an update in which every row changed.
        longest_task_ms: the longest task of the page's thread, on the processor, while rows changed and the list was scrolled.
    """

    first_row_s: float
    scripting_ms: float
    longest_task_ms: float


def fill(site: Site) -> None:
    """Put a thousand running baskets on the platform, which share a budget and on which somebody works."""
    platform = site.platform
    project = platform.put_project(ProjectConfig(key="many", name="Many", input_spec={}, output_spec={}, view={}))
    budget = platform.put_budget("baskets:many", mh.Money(100))
    for number in range(COUNT):
        name = f"many/{number:04}"
        config = PoolConfig(
            project_id=project.id,
            key=f"launch:{name}",
            reward=mh.Money("0.05"),
            assignment_duration=timedelta(minutes=5),
            mixer=MixerConfig(real_count=1),
            budget_id=budget.id,
        )
        pool = platform.create_pool(config).id
        platform.journal.create(name, {"state": "running", "input_count": 10, "whole": "many", "pool_id": pool})
        platform.journal.attend(name, _RUNNER)
    platform.journal.beat(_RUNNER, now=SystemClock().now() + timedelta(hours=1))


def measure(browser: Browser, site: Site) -> Smoothness:
    """Open the page, change every row some times, and scroll through them."""
    with _opened(browser, site) as page:
        begun_s = time.monotonic()
        page.reload()
        expect(page.locator(".requester-basket").first).to_be_visible(timeout=PATIENCE_MS)
        first_row_s = time.monotonic() - begun_s
        # What was told first has to be complete, so that updates alone are measured.
        expect(page.get_by_text("10 objects").first).to_be_visible(timeout=PATIENCE_MS)
        page.wait_for_timeout(2_000)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "trace.json"
            browser.start_tracing(page=page, path=path, categories=_CATEGORIES)
            for number in range(_UPDATE_COUNT):
                ceiling = 200 + number
                site.platform.put_budget("baskets:many", mh.Money(ceiling))
                expect(page.get_by_text(f"of ${ceiling}.00 left").first).to_be_visible(timeout=PATIENCE_MS)
            for place in range(10):
                page.evaluate(f"scrollTo(0, document.body.scrollHeight * {place / 9})")
                page.wait_for_timeout(50)
            browser.stop_tracing()
            events = json.loads(path.read_text())["traceEvents"]
    return Smoothness(
        first_row_s=first_row_s,
        scripting_ms=sum(_durations_ms(events, _SCRIPTING, is_outermost=True)) / _UPDATE_COUNT,
        longest_task_ms=max(_durations_ms(events, _TASKS), default=0.0),
    )


@contextmanager
def _opened(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 860})
    page = context.new_page()
    page.goto(f"{site.url}/requester")
    sign_in(page, TOKEN)
    # A deep link into the list itself; signing in is kept in the tab.
    page.goto(f"{site.url}/requester#/whole/many")
    expect(page.locator(".requester-basket").first).to_be_visible(timeout=PATIENCE_MS)
    yield page
    context.close()


def _durations_ms(events: list[dict[str, Any]], names: frozenset[str], *, is_outermost: bool = False) -> list[float]:
    """Return the time on the processor of what happened on the page's own thread; of nested ones only the outermost if asked."""
    threads = {
        (event["pid"], event["tid"])
        for event in events
        if event.get("name") == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    found = sorted(
        (event["ts"], event.get("dur", 0), event.get("tdur", event.get("dur", 0)))
        for event in events
        if event.get("name") in names and event.get("ph") == "X" and (event["pid"], event["tid"]) in threads
    )
    durations: list[float] = []
    end = 0.0
    for start, duration, busy in found:
        if is_outermost and start < end:
            continue
        end = max(end, start + duration)
        durations.append(busy / 1000)
    return durations


def main() -> None:
    """Print what a thousand baskets cost."""
    with sync_playwright() as playwright, running_site() as site:
        fill(site)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        found = measure(browser, site)
        browser.close()
    table = Table(title=f"{COUNT:,} baskets on the requester's page")
    table.add_column("what")
    table.add_column("measured", justify="right")
    table.add_column("limit", justify="right")
    table.add_row("from opening the page to the first row", f"{found.first_row_s:.2f} s", "")
    table.add_row("scripting, for an update in which every row changes", f"{found.scripting_ms:.1f} ms", "")
    table.add_row("longest task of the page's thread", f"{found.longest_task_ms:.1f} ms", "100 ms")
    Console().print(table)


if __name__ == "__main__":
    main()
