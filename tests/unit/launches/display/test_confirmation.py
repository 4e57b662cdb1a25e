"""Asking before anything is published."""

import io
import sys

import pytest
from rich.console import Console

from manyhands.launches.display.confirmation import confirm
from tests.unit.launches.display.preflights import make_preflight


def answer(monkeypatch: pytest.MonkeyPatch, typed: str, *names: str) -> tuple[bool, str]:
    """Return the answer to somebody who types this, and what was shown."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    console = Console(file=io.StringIO(), width=160)
    with console.capture() as capture:
        agreed = confirm([make_preflight(name) for name in names], console=console)
    return agreed, capture.get()


@pytest.mark.parametrize(
    ("typed", "agreed"),
    [("y\n", True), ("Yes\n", True), (" Y \n", True), ("n\n", False), ("NO\n", False), ("\n", False)],
    ids=["y", "yes", "with spaces", "n", "no", "return"],
)
def test_yes_and_no_are_understood(monkeypatch: pytest.MonkeyPatch, typed: str, *, agreed: bool) -> None:
    """A bare return key is the no that the question shows."""
    given, text = answer(monkeypatch, typed, "red")
    assert given is agreed
    assert "[y/n] (n)" in text


def test_nonsense_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a clear answer counts."""
    agreed, text = answer(monkeypatch, "perhaps\nyy\ny\n", "red")
    assert agreed
    assert text.count("Publish 40 objects for $0.65 to $1.30?") == 3
    assert text.count("Please answer y for yes or n for no.") == 2


def test_the_end_of_the_input_is_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    """A script without anybody to answer publishes nothing."""
    agreed, text = answer(monkeypatch, "", "red")
    assert not agreed
    assert "nothing is published" in text


def test_the_question_is_about_all_launches(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the summary comes one question with the price of everything."""
    agreed, text = answer(monkeypatch, "y\n", "red", "green")
    assert agreed
    assert text.index("red") < text.index("Publish 80 objects in 2 launches for $1.30 to $2.60?")


def test_unpaid_work_is_asked_about_without_a_price(monkeypatch: pytest.MonkeyPatch) -> None:
    """Zero to zero dollars is no price."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    console = Console(file=io.StringIO(), width=160)
    with console.capture() as capture:
        assert confirm([make_preflight("red", reward="0")], console=console)
    assert "Publish 40 objects without payment?" in capture.get()


def test_without_launches_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to agree to."""
    assert answer(monkeypatch, "") == (True, "")
