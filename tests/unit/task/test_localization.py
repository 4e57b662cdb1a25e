"""Localized texts: lookup, fallback and sums."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.errors import InvalidTaskSpec
from manyhands.task import LocalizedString

LANGS = st.sampled_from(["EN", "RU", "DE", "KK", "TR"])
TEXTS = st.dictionaries(LANGS, st.text(max_size=5)).map(lambda texts: {"EN": "", **texts})


def test_lookup_falls_back_to_english() -> None:
    """A language that is missing reads as the text in EN, but is not among the languages."""
    text = LocalizedString({"EN": "one", "RU": "один"})
    assert (text["RU"], text["DE"]) == ("один", "one")
    assert ("DE" in text, text.get("DE"), list(text)) == (False, None, ["EN", "RU"])


def test_lookup_without_english_names_both_languages() -> None:
    """Where there is nothing to fall back to, the error says which texts would help."""
    with pytest.raises(InvalidTaskSpec, match="no text in RU and none in EN"):
        LocalizedString({"DE": "eins"})["RU"]


def test_equals_the_dict_it_was_made_from() -> None:
    """A localized string and a plain dict with the same texts are equal, and equal ones have equal hashes."""
    texts = {"EN": "one", "DE": "eins"}
    assert LocalizedString(texts) == texts
    assert hash(LocalizedString(texts)) == hash(LocalizedString(dict(reversed(texts.items()))))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(
            {"EN": "one "}, {"EN": "two", "DE": "zwei"}, {"EN": "one two", "DE": "one zwei"}, id="left falls back"
        ),
        pytest.param(
            {"EN": "one ", "DE": "einer "}, {"EN": "two"}, {"EN": "one two", "DE": "einer two"}, id="right falls back"
        ),
        pytest.param({"DE": "eins "}, {"DE": "zwei"}, {"DE": "eins zwei"}, id="no English needed"),
    ],
)
def test_sum_covers_the_languages_of_both_sides(
    left: dict[str, str], right: dict[str, str], expected: dict[str, str]
) -> None:
    """A sum has every language of either side; the side that lacks one gives its English."""
    assert LocalizedString(left) + LocalizedString(right) == expected
    assert LocalizedString(left) + right == expected
    assert left + LocalizedString(right) == expected


def test_sum_of_three_falls_back_term_by_term() -> None:
    """Each term falls back on its own."""
    total = (
        LocalizedString({"EN": "a", "RU": "ж"})
        + LocalizedString({"EN": "b", "DE": "B"})
        + LocalizedString({"EN": "c", "KK": "Қ"})
    )
    assert total == {"EN": "abc", "RU": "жbc", "DE": "aBc", "KK": "abҚ"}


def test_sum_without_common_language_is_refused() -> None:
    """A language on one side only needs English on the other."""
    with pytest.raises(InvalidTaskSpec, match="no text in"):
        LocalizedString({"DE": "eins"}) + LocalizedString({"EN": "two"})


def test_sum_with_a_string_adds_it_to_every_language() -> None:
    """A plain string is the same in every language, on either side."""
    assert "(" + LocalizedString({"EN": "one", "DE": "eins"}) + ")" == {"EN": "(one)", "DE": "(eins)"}


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        pytest.param({}, "Expected texts by language", id="empty"),
        pytest.param("one", "Expected texts by language", id="a string"),
        pytest.param({"en": "one"}, "two upper-case letters", id="lower case"),
        pytest.param({"ENG": "one"}, "two upper-case letters", id="three letters"),
        pytest.param({"EN": 1}, "expected a string, found 1", id="a number"),
    ],
)
def test_wrong_texts_are_refused(texts: Mapping[str, str], message: str) -> None:
    """Languages and texts are checked where they are written."""
    with pytest.raises(InvalidTaskSpec, match=message):
        LocalizedString(texts)


@given(TEXTS, TEXTS, TEXTS, LANGS)
def test_addition_reads_as_its_parts_in_every_language(
    a: dict[str, str], b: dict[str, str], c: dict[str, str], lang: str
) -> None:
    """Whatever the grouping, a sum reads in each language as its parts read one after another."""
    x, y, z = LocalizedString(a), LocalizedString(b), LocalizedString(c)
    assert ((x + y) + z)[lang] == (x + (y + z))[lang] == x[lang] + y[lang] + z[lang]
