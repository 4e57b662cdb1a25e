"""Every way to a platform there is."""

from collections.abc import Iterator

import pytest

from tests.contract.platform.ways import WAYS, Scene, open_way


@pytest.fixture(params=WAYS)
def scene(request: pytest.FixtureRequest) -> Iterator[Scene]:
    """Return an empty platform that is reached in one of the ways."""
    with open_way(request.param) as found:
        yield found
