"""The house that every test of the embedded platform starts with."""

from collections.abc import Iterator

import pytest

from tests.unit.platform.house import House


@pytest.fixture
def house() -> Iterator[House]:
    """Return a fresh platform in memory; what always has to hold is checked when the test ends."""
    house = House()
    yield house
    house.audit()
    house.platform.close()
