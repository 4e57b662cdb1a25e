"""Durations as people write them."""

from datetime import timedelta

import pytest

from manyhands.cli.actions.launch_files import parse_duration


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("15s", timedelta(seconds=15), id="seconds"),
        pytest.param("2m", timedelta(minutes=2), id="minutes"),
        pytest.param("1h 30m", timedelta(minutes=90), id="two parts"),
        pytest.param("1d2h", timedelta(hours=26), id="without a gap"),
        pytest.param("1.5h", timedelta(minutes=90), id="a fraction"),
        pytest.param("15", None, id="without a unit"),
        pytest.param("soon", None, id="a word"),
        pytest.param("", None, id="nothing"),
        pytest.param("-5s", None, id="negative"),
    ],
)
def test_a_duration_is_numbers_with_units(text: str, expected: timedelta | None) -> None:
    """Parts with units add up; anything else is no duration."""
    assert parse_duration(text) == expected
