"""Sections: one table read key by key, with everything wrong noted."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum

import pytest

from manyhands.cli.actions.launch_files.section import Section
from manyhands.errors import InvalidInput


class Color(StrEnum):
    """Two colors."""

    LIGHT_RED = "LIGHT_RED"
    BLUE = "BLUE"


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        pytest.param(lambda s: s.text("k"), "x", "x", id="text"),
        pytest.param(lambda s: s.count("k"), 3, 3, id="count"),
        pytest.param(lambda s: s.number("k"), 3, 3.0, id="a whole number is a number"),
        pytest.param(lambda s: s.flag("k", default=False), True, True, id="flag"),
        pytest.param(lambda s: s.amount("k"), 4.5, "4.5", id="an amount without quotes"),
        pytest.param(lambda s: s.duration("k"), "2m", timedelta(minutes=2), id="duration"),
        pytest.param(lambda s: s.text_or_count("k", "e"), 3, "3", id="a count as text"),
        pytest.param(lambda s: s.texts("k"), ["a", "b"], ["a", "b"], id="texts"),
        pytest.param(lambda s: s.choice("k", Color, default=Color.BLUE), "light-red", Color.LIGHT_RED, id="choice"),
        pytest.param(lambda s: s.localized("k", "DE"), "ja", {"EN": "ja", "DE": "ja"}, id="a text in one language"),
        pytest.param(
            lambda s: s.localized("k", "DE"), {"EN": "yes", "DE": "ja"}, {"EN": "yes", "DE": "ja"}, id="a text in two"
        ),
    ],
)
def test_a_right_value_is_returned_and_nothing_noted(
    read: Callable[[Section], object], value: object, expected: object
) -> None:
    """Every getter returns a value of its type."""
    problems: list[str] = []
    assert read(Section({"k": value}, problems)) == expected
    assert problems == []


@pytest.mark.parametrize(
    ("read", "value"),
    [
        pytest.param(lambda s: s.text("k"), 3, id="text"),
        pytest.param(lambda s: s.count("k"), "3", id="count"),
        pytest.param(lambda s: s.count("k"), True, id="a flag is no count"),
        pytest.param(lambda s: s.number("k"), "0.5", id="number"),
        pytest.param(lambda s: s.flag("k", default=False), 1, id="a count is no flag"),
        pytest.param(lambda s: s.duration("k"), "soon", id="duration"),
        pytest.param(lambda s: s.texts("k"), ["a", 1], id="texts"),
        pytest.param(lambda s: s.choice("k", Color, default=Color.BLUE), "green", id="choice"),
        pytest.param(lambda s: s.localized("k", "EN"), {"EN": 3}, id="localized"),
        pytest.param(lambda s: s.localized("k", "EN"), "", id="an empty text"),
        pytest.param(lambda s: s.section("k", "a table"), "x", id="section"),
        pytest.param(lambda s: s.sections("k", "tables"), [1], id="sections"),
    ],
)
def test_a_wrong_value_is_noted_once_under_its_key(read: Callable[[Section], object], value: object) -> None:
    """Reading goes on, and the problem names the key, what was expected and what was found."""
    problems: list[str] = []
    read(Section({"k": value}, problems, "params"))
    assert len(problems) == 1
    assert problems[0].startswith("params.k: expected ")
    assert ", found " in problems[0]


def test_a_missing_key_is_noted_with_what_was_expected() -> None:
    """A key that has to be there and is not is one problem."""
    problems: list[str] = []
    assert Section({}, problems).duration("hint") == timedelta(0)
    assert problems == ['hint: missing; expected a duration such as "15s", "2m" or "1h 30m"']


def test_unknown_keys_are_noted_with_the_nearest_known_one() -> None:
    """A slip in a key is found, and one that is like nothing is answered with all keys."""
    problems: list[str] = []
    section = Section({"overlap": "3", "confidnce": 0.9, "zzz": 1}, problems, "params")
    section.has("overlap")
    section.has("confidence")
    section.finish()
    assert problems == [
        "params.confidnce: this key is not known; did you mean confidence?",
        "params.zzz: this key is not known; expected one of confidence, overlap",
    ]


def test_tables_in_a_list_are_counted_from_one() -> None:
    """A problem in the second table of a list says so."""
    problems: list[str] = []
    for table in Section({"inputs": [{"name": "a"}, {}]}, problems, "task").sections("inputs", "tables"):
        table.text("name")
    assert problems == ["task.inputs[2].name: missing; expected a text"]


def test_what_a_constructor_refuses_is_noted_under_the_table() -> None:
    """Problems of an `InvalidInput` become problems of the table; an error without problems is one itself."""

    def refuse() -> None:
        raise InvalidInput("All wrong.", ["too big", "too small"])

    problems: list[str] = []
    assert Section({}, problems, "params").build(refuse) is None
    assert problems == ["params: too big", "params: too small"]


def test_nothing_is_built_from_a_table_with_problems() -> None:
    """A constructor is not called with the placeholders of wrong values; a neighbour with a similar name does not count."""
    problems: list[str] = ["params.page.price: wrong"]
    assert Section({}, problems, "params").build(lambda: "built") is None
    assert Section({}, problems, "param").build(lambda: "built") == "built"
