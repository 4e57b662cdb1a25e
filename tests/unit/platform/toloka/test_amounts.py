"""Money, shares and moments on the wire: exact on the way there and back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import Bonus, BonusId, FilterCategory, FilterCondition, FilterOperator, Money, WorkerId
from manyhands.platform.toloka.wire import (
    decode_bonus,
    decode_filter,
    decode_json,
    encode_bonus,
    encode_filter,
    encode_json,
    parse_moment,
    write_moment,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@given(st.integers(0, 10**14).map(Money.from_units))
def test_money_survives_text(amount: Money) -> None:
    """To the hundred-thousandth of a dollar, up to a billion dollars."""
    bonus = Bonus(id=BonusId("1"), created=NOW, worker_id=WorkerId("w"), amount=amount)
    assert decode_bonus(decode_json(encode_json(encode_bonus(bonus)))).amount == amount


@given(st.integers(0, 10**9).map(lambda parts: parts / 10**9))
def test_shares_survive_percent(share: float) -> None:
    """No dust of binary fractions stays behind."""
    condition = FilterCondition(category=FilterCategory.SKILL, key="1", operator=FilterOperator.GT, value=share)
    assert decode_filter(decode_json(encode_json(encode_filter(condition)))) == condition


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_survive_text(moment: datetime) -> None:
    """To the microsecond."""
    assert parse_moment(write_moment(moment)) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022-12-01", datetime(2022, 12, 1, tzinfo=UTC)),
        ("2030-09-01T13:00", datetime(2030, 9, 1, 13, tzinfo=UTC)),
        ("2030-01-01T00:00:00.000Z", datetime(2030, 1, 1, tzinfo=UTC)),
        ("2026-11-22T09:08:00.2678241", datetime(2026, 11, 22, 9, 8, 0, 267824, tzinfo=UTC)),
        ("2026-11-22T12:00:00+03:00", datetime(2026, 11, 22, 9, tzinfo=UTC)),
    ],
)
def test_every_way_of_writing_a_moment_is_read(text: str, moment: datetime) -> None:
    """Dates, any number of decimals, and zones, although the API writes none."""
    assert parse_moment(text) == moment


def test_moments_are_written_in_utc() -> None:
    """Whatever zone they come in."""
    assert write_moment(datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=3)))) == "2026-11-22T09:00:00"
