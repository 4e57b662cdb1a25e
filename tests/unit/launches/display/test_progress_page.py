"""Launches as HTML for notebooks."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from manyhands.launches import ConfusionCount, Progress
from manyhands.launches.display.progress_page import progress_page
from tests.unit.launches.display.progresses import FINISHED, NOW, RUNNING, WAITING, make_budget, make_many


class Outline(HTMLParser):
    """Checks that elements are nested and collects their texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.texts: list[str] = []
        self.widths: list[float] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of an element."""
        self.tags.add(tag)
        self.open += [tag]
        self.widths += [float(value or 0) for name, value in attrs if tag == "rect" and name == "width"]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of an element without content."""
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Check that the innermost element ends."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect a text that is shown."""
        if "style" not in self.open:
            self.texts.append(data)


@pytest.mark.parametrize(
    "launches",
    [[RUNNING], [WAITING], [RUNNING, WAITING, FINISHED], make_many(100), []],
    ids=["one", "waiting", "three", "many", "none"],
)
def test_the_page_is_one_element_that_needs_nothing_else(launches: list[Progress]) -> None:
    """Elements are nested; there are no scripts, no widgets and no addresses; bars are within their width."""
    page = progress_page(launches, now=NOW)
    outline = Outline(page)
    assert page.startswith('<div class="mh">')
    assert outline.open == []
    assert outline.tags.isdisjoint({"script", "img", "link", "iframe", "object"})
    assert "http" not in page
    assert "url(" not in page
    assert all(0 <= width <= 100 for width in outline.widths)


def test_everything_about_a_launch_is_on_the_page() -> None:
    """All columns and all panels."""
    texts = Outline(progress_page([replace(RUNNING, budget=make_budget("a"))], now=NOW)).texts
    for text in (
        "entailment/red",
        "running",
        "67%",
        "67/100",
        "248",
        "83%",
        "94%",
        "▸3 ?1 ✓46 ✗4 ○2",
        "15",
        "$2.39",
        "3 min",
    ):
        assert text in texts
    for title in ("Time per task", "Confidence", "Answers per object", "Pages", "Control tasks", "Money and workers"):
        assert title in texts
    assert "◂ hint 10 s" in texts
    assert "$7.00 of $10.00" in texts


def test_texts_are_escaped() -> None:
    """Names, problems and labels come from data and stay text."""
    evil = "<script>alert('x')</script>&\""
    launch = replace(RUNNING, name=evil, problem=evil, confusion=(ConfusionCount(truth=evil, answer=evil, count=1),))
    for launches in ([launch], [launch, WAITING]):
        page = progress_page(launches, now=NOW)
        outline = Outline(page)
        assert "script" not in outline.tags
        assert evil in outline.texts


def test_many_launches_show_the_busiest_and_count_the_rest() -> None:
    """Twenty rows and a total."""
    texts = Outline(progress_page(make_many(1000), now=NOW)).texts
    assert sum(text.startswith("city-") for text in texts) == 20
    assert any(text.startswith("and 980 more: ") for text in texts)
    assert "67,000/100,000" in texts


@pytest.mark.parametrize(
    ("label_count", "heading"), [(6, "right ↓ answer →"), (7, "right → answered instead")], ids=["few", "many"]
)
def test_many_labels_are_told_by_their_mistakes(label_count: int, heading: str) -> None:
    """A matrix that is too wide gives way to a list of the most frequent confusions."""
    labels = [f"label {number}" for number in range(label_count)]
    cells = [ConfusionCount(truth=a, answer=b, count=1) for a in labels for b in labels]
    assert heading in Outline(progress_page([replace(RUNNING, confusion=tuple(cells))], now=NOW)).texts


def test_colours_follow_the_page_around_it() -> None:
    """Text takes the colour of its surroundings, so that light and dark pages both work."""
    page = progress_page([RUNNING], now=NOW)
    assert "color:inherit" in page
    assert "currentColor" in page
    assert "prefers-color-scheme:dark" in page
