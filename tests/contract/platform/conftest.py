"""Every way to a platform there is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.kit_environment import find_kit_python
from tests.contract.platform.ways import WAYS, Scene, open_way


@pytest.fixture(params=WAYS)
def scene(request: pytest.FixtureRequest) -> Iterator[Scene]:
    """Return an empty platform that is reached in one of the ways."""
    with open_way(request.param) as found:
        yield found


@pytest.fixture(scope="session")
def kit_python() -> Path:
    """Return an interpreter with toloka-kit."""
    found = find_kit_python()
    if isinstance(found, str):
        pytest.skip(found)
    return found
