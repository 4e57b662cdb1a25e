"""Instructions as lines."""

import pytest

from manyhands.projects import html_lines

RULES = '<h2>Rules</h2><ol class="a" id="b"><li>Zero &amp; <b>two</b> are even.</li></ol>'


@pytest.mark.parametrize(
    "written_anew",
    [
        pytest.param(
            "<h2>\n Rules\n</h2>\n<ol class='a' id='b'>\n <li>Zero &amp;\n<b>two</b> are  even.</li></ol>\n",
            id="spaces",
        ),
        pytest.param(RULES.replace('class="a" id="b"', "id=b class=a"), id="attributes"),
        pytest.param(RULES.replace("&amp;", "&#38;"), id="entity"),
        pytest.param(RULES.replace("li>", "LI>"), id="case"),
        pytest.param(f"<!-- by hand -->{RULES}", id="comment"),
    ],
)
def test_html_that_was_written_anew_is_the_same(written_anew: str) -> None:
    """What a platform does to HTML without changing what a worker sees does not count."""
    assert html_lines(written_anew) == html_lines(RULES)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(RULES.replace("even", "odd"), id="word"),
        pytest.param(RULES.replace("<b>", "<i>").replace("</b>", "</i>"), id="tag"),
        pytest.param(RULES.replace('id="b"', 'id="c"'), id="attribute"),
        pytest.param(RULES.replace("&amp;", "&amp;amp;"), id="text that looks like an entity"),
    ],
)
def test_another_html_is_another(changed: str) -> None:
    """Everything that a worker could see counts."""
    assert html_lines(changed) != html_lines(RULES)


def test_lines_of_html_can_be_read() -> None:
    """One line for each tag and each piece of text."""
    assert html_lines("<p>Zero is <b>even</b>.<br/>Always.</p>") == [
        "<p>", "Zero is", "<b>", "even", "</b>", ".", "<br>", "Always.", "</p>",
    ]  # fmt: skip


def test_markdown_keeps_its_lines() -> None:
    """In a text without tags a paragraph is made by an empty line, so lines count, and 1 < 2 is no tag."""
    assert html_lines("1 < 2  \n\nZero.\n") == ["1 < 2", "", "Zero."]
    assert html_lines("One\nTwo") != html_lines("One Two")
