"""The demo in a browser, as a newcomer starts it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.patience import PATIENCE_S
from tests.web.people import join_by_form


@pytest.fixture
def demo() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running demo, and what it said."""
    command = [sys.executable, "-c", "from manyhands.cli import main; main()", "demo", "--web", "--port", "0"]
    # No browser of this machine is opened.
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "BROWSER": "true"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        said = ""
        while "Ctrl-C" not in said and (line := process.stdout.readline()):
            said += line
        yield process, said
        if process.poll() is None:
            process.kill()


def test_a_newcomer_works_beside_the_crowd_and_watches(
    demo: tuple[subprocess.Popen[str], str], open_page: Callable[..., Page]
) -> None:
    """Both links open without anything to type in but oneself; Ctrl-C ends everything."""
    process, said = demo
    worker_link, requester_link = re.findall(r"http\S+", said)
    worker = open_page(worker_link)
    join_by_form(worker)
    # Three baskets of the same work are one entry.
    expect(worker.get_by_role("link", name="Start")).to_have_count(1)
    requester = open_page(requester_link)
    expect(requester.get_by_text("demo/green")).to_be_visible()
    assert "enter" not in requester.url
    worker.get_by_role("link", name="Start").first.click()
    expect(worker.get_by_role("dialog").locator("strong")).to_have_text("yes")
    expect(requester.get_by_text("in work · 0 in review").filter(has_text=re.compile("^[1-9]")).first).to_be_visible()
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE_S) == 0
