"""A browser and a server for the tests of the pages; without a browser or without built pages they are skipped, and say why."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

import manyhands
from tests.patience import PATIENCE_MS
from tests.web.chromium import FLAGS
from tests.web.looks import DEVICES
from tests.web.site import Site, running_site

expect.set_options(timeout=PATIENCE_MS)
_DIST = Path(manyhands.__file__).parent / "server" / "pages" / "dist"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, with an empty profile."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed: bash scripts/browser.sh")
    if not (_DIST / "worker.html").exists():
        pytest.skip("the pages are not built: bash scripts/web.sh")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def site(browser: Browser) -> Iterator[Site]:  # noqa: ARG001 - no server without a browser
    """A server with its pages."""
    with running_site() as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Open pages of people who know nothing of each other; whatever a page reports as an error fails the test."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_one(address: str = "", **options: object) -> Page:
        context = browser.new_context(**{"locale": "en-US", **options})  # type: ignore[arg-type]  # options of a test
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: _note(message, problems))
        page.goto(address if address.startswith("http") else site.url + address)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert problems == []


def _note(message: ConsoleMessage, problems: list[str]) -> None:
    # Answers such as 401 before signing in, and a connection that a test cuts, are what the pages are for.
    if message.type == "error" and "Failed to load resource" not in message.text:
        problems.append(message.text)


@pytest.fixture(params=DEVICES)
def device(request: pytest.FixtureRequest) -> str:
    """The name of a device."""
    return request.param  # type: ignore[no-any-return]  # a parameter of pytest
