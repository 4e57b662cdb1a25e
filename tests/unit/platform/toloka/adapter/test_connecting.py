"""Whatever a requester has in hand leads to the one platform, journal and runner of their account."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from manyhands.connect import JOURNAL_VARIABLE, TOKEN_VARIABLE, Connection, connect_to
from manyhands.errors import InvalidInput, PlatformError
from manyhands.platform.toloka import TolokaPlatform, create_toloka_client
from manyhands.server import AccountBook, Holder, HolderKind
from tests.contract.platform.ways import TOKEN, serving
from tests.unit.platform.house import House


class TolokaClient:
    """Looks like the client of toloka-kit."""

    __module__ = "toloka.client"

    def __init__(self, token: str, url: str) -> None:
        self.token = token
        self.url = url


@pytest.fixture
def house() -> House:
    """Return a house that the server shows."""
    return House()


class Desk:
    """Connects, and puts everything away at the end."""

    def __init__(self) -> None:
        self._things = ExitStack()

    def client(self, token: str, url: str) -> Any:
        """Return a client of ours."""
        return self._things.enter_context(create_toloka_client(token, url=url))

    def connect(self, place: Any) -> Connection:
        """Connect to a place."""
        connection = connect_to(place)
        if isinstance(connection.platform, TolokaPlatform):
            self._things.callback(connection.platform.close)
        return connection

    def close(self) -> None:
        """Close everything."""
        self._things.close()


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return what connects."""
    desk = Desk()
    yield desk
    desk.close()


@pytest.fixture
def url(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the URL of a server; journals lie in the test's folder."""
    monkeypatch.setenv(JOURNAL_VARIABLE, str(tmp_path / "journals"))
    with serving(house) as found:
        yield found


def test_all_clients_of_a_requester_share_everything(
    url: str, desk: Desk, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our client, one of toloka-kit, the URL, the platform, and a second token of the same requester are one place."""
    second = AccountBook(house.store, clock=house.clock).issue_token(Holder(HolderKind.REQUESTER, "default"))
    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
    first = desk.connect(desk.client(TOKEN, url))
    assert isinstance(first.platform, TolokaPlatform)
    for place in (TolokaClient(TOKEN, url), url, first.platform, desk.client(second, url)):
        connection = desk.connect(place)
        assert connection.platform is first.platform
        assert connection.journal is first.journal
        assert connection.runner is first.runner


def test_each_requester_has_a_journal(url: str, desk: Desk, house: House, tmp_path: Path) -> None:
    """Launches of the same name of two requesters do not meet; the journals are files in the folder that was named."""
    accounts = AccountBook(house.store, clock=house.clock)
    accounts.put_requester("other")
    token = accounts.issue_token(Holder(HolderKind.REQUESTER, "other"))
    mine, other = desk.connect(desk.client(TOKEN, url)), desk.connect(desk.client(token, url))
    assert mine.journal.create("red", {"state": "new"})
    assert other.journal.find("red") is None
    files = {path.name for path in (tmp_path / "journals").glob("*.db")}
    assert len(files) == 2
    assert all(name.startswith("launches-127.0.0.1-") for name in files)


def test_a_url_needs_a_token(url: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says where to put it."""
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)
    with pytest.raises(InvalidInput, match=TOKEN_VARIABLE):
        desk.connect(url)


def test_a_wrong_token_is_told_before_anything_else(url: str, desk: Desk) -> None:
    """The server does not know it."""
    with pytest.raises(PlatformError, match="AUTHENTICATION_ERROR"):
        desk.connect(desk.client("wrong", url))


def test_other_things_are_no_places(desk: Desk) -> None:
    """What is no platform, client, URL or path is refused."""
    with pytest.raises(InvalidInput, match="not a place with workers"):
        desk.connect(7)
