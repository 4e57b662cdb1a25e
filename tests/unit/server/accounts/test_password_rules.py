"""Which user names and passwords are taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.server.accounts.password_rules import (
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    find_name_problem,
    find_password_problem,
    fold_name,
    tidy,
)


@pytest.mark.parametrize("name", ["ada", "Ада", "ada.lovelace@example", "x" * 64, "a_b-c+d", "李小龍"])
def test_a_name_may_be_of_any_script(name: str) -> None:
    """Letters, digits and the signs of addresses."""
    assert find_name_problem(name) is None


@pytest.mark.parametrize("name", ["ab", "x" * 65, "ada lovelace", "ada\n", "ada\0b", "<ada>", ""])
def test_a_name_that_cannot_be_written_on_a_line_is_refused(name: str) -> None:
    """Too short, too long, spaces, control characters."""
    assert find_name_problem(name) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ada", "aDA"), ("\uff21\uff24\uff21", "ada"), ("STRASSE", "straße"), ("ЮЛЯ", "юля")],
    ids=["case", "width", "german", "russian"],
)
def test_names_that_look_alike_are_one(one: str, other: str) -> None:
    """Case and width do not tell people apart."""
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    "password",
    [
        "red horse, green stair",
        "несколько простых слов",
        "qX9$mmPq7#kL2vB",
        "ada lovelace likes numbers",
        "x1" * 3 + " and something else",
        "😀 enough words with it",
    ],
)
def test_length_is_enough_for_a_password(password: str) -> None:
    """Nothing is asked of its characters."""
    assert find_password_problem(password, name="ada") is None


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "x" * 14,
        "x" * 300,
        "aaaaaaaaaaaaaaaaaaaa",
        "abababababababab",
        "passwordpassword",
        "passwordpasswordpass",
        "123456789012345",
        "abcdefghijklmnopq",
        "qwertyuiopasdfgh",
        "йцукенгшщзхъфыва",
        "987654321098765",
        "adalovelaceadalovelace1",
        "manyhandsmanyhands12",
    ],
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    """Too short or long, one thing repeated, a row of the keyboard, the own name."""
    assert find_password_problem(password, name="AdaLovelace") is not None


@given(st.text(max_size=400), st.text(max_size=30))
def test_every_text_is_judged(password: str, name: str) -> None:
    """Whatever is typed, there is an answer; the length limits hold for every text."""
    problem = find_password_problem(password, name=name)
    if not SHORTEST_PASSWORD <= len(tidy(password)) <= LONGEST_PASSWORD:
        assert problem is not None
