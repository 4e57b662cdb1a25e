"""Accounts are taken from whatever client a requester has, and never shown."""

import pytest

from manyhands.errors import InvalidInput
from manyhands.platform.toloka import Account, create_toloka_client, find_account

SECRET = "y0_AgAAAAB-secret"  # noqa: S105 - opens nothing
API_KEY = "a" * 22 + ".b.c"


class TolokaClient:
    """Looks like the client of toloka-kit."""

    __module__ = "toloka.client"

    def __init__(self, url: str | None = "https://toloka.dev", token: str = SECRET) -> None:
        self.url = url
        self.token = token
        self.act_under_account_id = "someone"
        self.verify = False


class AsyncTolokaClient:
    """Looks like the async client of toloka-kit, which shows the fields of the sync one inside."""

    __module__ = "toloka.async_client.client"

    def __init__(self) -> None:
        self._sync_client = TolokaClient()

    def __getattr__(self, name: str) -> object:
        return getattr(self._sync_client, name)


@pytest.mark.parametrize("client", [TolokaClient(), AsyncTolokaClient()], ids=["sync", "async"])
def test_a_client_of_toloka_kit_gives_its_account(client: object) -> None:
    """URL, token, the requester it acts for and how certificates are checked are taken over."""
    account = find_account(client)
    assert account == Account(url="https://toloka.dev", token=SECRET, acts_for="someone")
    assert account is not None
    assert account.verify is False
    assert account.headers["X-Act-Under-Account-ID"] == "someone"


@pytest.mark.parametrize("other", [None, "https://toloka.dev", 7, object()])
def test_anything_else_gives_none(other: object) -> None:
    """What is no client of toloka-kit has no account."""
    assert find_account(other) is None


def test_a_client_without_a_url_is_refused() -> None:
    """A client of some other version is recognised and refused with what was expected."""
    with pytest.raises(InvalidInput, match=r"toloka-kit 1\.x"):
        find_account(TolokaClient(url=None))


@pytest.mark.parametrize(
    ("token", "scheme"),
    [
        (SECRET, "OAuth"),
        (API_KEY, "ApiKey"),
        ("a" * 21 + ".b.c", "OAuth"),
        ("a" * 25 + ".b.c", "OAuth"),
        ("a" * 22 + ".b", "OAuth"),
    ],
    ids=["oauth", "api key", "dot too early", "dot too late", "one dot"],
)
def test_the_scheme_follows_from_the_token(token: str, scheme: str) -> None:
    """An API key has two dots, the first of them at a certain place."""
    assert Account.at(token, url="https://toloka.dev").headers["Authorization"] == f"{scheme} {token}"


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({"environment": "production"}, "https://toloka.dev"),
        ({"environment": "SANDBOX"}, "https://sandbox.toloka.dev"),
        ({"url": "http://127.0.0.1:8000/"}, "http://127.0.0.1:8000"),
        ({"url": "https://tasks.yandex.ru/api"}, "https://tasks.yandex.ru"),
    ],
    ids=["production", "sandbox", "slash", "api"],
)
def test_servers_are_named_by_environment_or_url(given: dict[str, str], url: str) -> None:
    """An environment is one of Toloka's own servers, a URL any other."""
    assert Account.at(SECRET, **given).url == url


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"environment": "PRODUCTION", "url": "https://toloka.dev"},
        {"environment": "MOON"},
        {"url": "toloka.dev"},
        {"url": "https://user:word@toloka.dev"},
    ],
    ids=["nothing", "both", "unknown", "no scheme", "password"],
)
def test_other_places_are_refused(given: dict[str, str]) -> None:
    """Exactly one of the two, and one that is there."""
    with pytest.raises(InvalidInput):
        Account.at(SECRET, **given)


@pytest.mark.parametrize("token", ["", "two words", "schlüssel"])
def test_what_cannot_be_a_token_is_refused(token: str) -> None:
    """Without a word of the token in the message."""
    with pytest.raises(InvalidInput) as refusal:
        Account.at(token, url="https://toloka.dev")
    assert not token or token not in str(refusal.value)


def test_nobody_sees_the_token() -> None:
    """Neither the account nor the client shows it."""
    client = create_toloka_client(SECRET, url="https://toloka.dev")
    assert SECRET not in repr(client.account) + repr(client) + str(client)
    client.close()
