"""The server that every test of the doors starts with."""

from collections.abc import Iterator

import pytest

from tests.unit.server.front_desk import FrontDesk


@pytest.fixture
def desk() -> Iterator[FrontDesk]:
    """Return a fresh server over a store in memory."""
    desk = FrontDesk()
    with desk.client:
        yield desk
    desk.store.close()
