"""Invitations from the command line."""

import json
from pathlib import Path

import pytest

from manyhands.platform import EmbeddedPlatform
from tests.unit.cli.test_server_commands import run
from tests.unit.platform.house import House, reals


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    """Return the URL of a new store."""
    return f"sqlite:///{tmp_path / 'labels.db'}"


def listed(store_url: str, requester: str = "default") -> list[dict[str, object]]:
    """Return what the list prints for programs."""
    code, output = run("invitation", "list", "--requester", requester, "--store", store_url, "--json")
    assert code == 0
    rows: list[dict[str, object]] = json.loads(output)
    return rows


def test_a_new_invitation_is_printed_as_a_link_once(store_url: str) -> None:
    """The code of the link opens; the list shows everything but the code."""
    options = ("--label", "friends", "--skill", "expert", "--lasts", "7d", "--uses", "3")
    code, output = run("invitation", "new", *options, "--address", "https://labels.example/", "--store", store_url)
    assert code == 0
    address, _, secret = output.strip().partition("/#/join/")
    assert address == "https://labels.example"
    with EmbeddedPlatform.connect(store_url) as platform:
        offer = platform.find_offer(secret)
    assert offer is not None
    assert offer.has_skill
    (row,) = listed(store_url)
    assert (row["label"], row["skill"], row["max_uses"], row["use_count"]) == ("friends", "expert", 3, 0)
    assert row["is_open"] is True
    code, table = run("invitation", "list", "--store", store_url)
    assert (code, "0 of 3" in table, secret in table) == (0, True, False)


def test_an_invitation_leads_to_a_pool(store_url: str) -> None:
    """Of the same requester."""
    with EmbeddedPlatform.connect(store_url) as platform:
        pool = House(platform._store).pool(*reals(1))
    assert run("invitation", "new", "--pool", pool.id, "--store", store_url)[0] == 0
    assert [row["pool_id"] for row in listed(store_url)] == [pool.id]
    code, output = run("invitation", "new", "--pool", pool.id, "--requester", "other", "--store", store_url)
    assert (code, pool.id in output) == (1, True)


def test_a_revoked_invitation_lets_nobody_in(store_url: str) -> None:
    """Revoking takes the id from the list; a foreign one is not there."""
    secret = run("invitation", "new", "--store", store_url)[1].strip().rpartition("/")[2]
    ((number,),) = [[str(row["id"])] for row in listed(store_url)]
    assert run("invitation", "revoke", number, "--requester", "other", "--store", store_url)[0] == 1
    assert run("invitation", "revoke", number, "--store", store_url)[0] == 0
    with EmbeddedPlatform.connect(store_url) as platform:
        assert platform.find_offer(secret) is None


def test_a_span_that_cannot_be_read_is_refused(store_url: str) -> None:
    """The message shows how to write one."""
    code, output = run("invitation", "new", "--lasts", "soon", "--store", store_url)
    assert (code, "7d" in output, listed(store_url)) == (2, True, [])
