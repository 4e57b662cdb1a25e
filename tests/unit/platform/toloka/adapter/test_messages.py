"""Writing to workers over Toloka's API."""

import json
from collections.abc import Iterator

import httpx
import pytest

from manyhands.crowd import FilterCategory, FilterCondition, FilterOperator, Messenger
from manyhands.errors import PlatformError, PlatformUnavailable
from manyhands.platform.toloka import TolokaPlatform, open_toloka
from tests.unit.platform.toloka.adapter.test_client import make_client, refusal

SPEAKERS = FilterCondition(category=FilterCategory.PROFILE, key="languages", operator=FilterOperator.IN, value="EN")


class Post:
    """A server of which nothing is known but what it says to a message."""

    def __init__(self) -> None:
        self.answer = httpx.Response(201, json={"id": "1"})
        self.sent: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer a message; there are no other doors."""
        if not request.url.path.endswith("/message-threads/compose"):
            return refusal(404, "DOES_NOT_EXIST")
        self.sent.append(request)
        return self.answer


@pytest.fixture
def post() -> Post:
    """Return a server."""
    return Post()


@pytest.fixture
def platform(post: Post) -> Iterator[TolokaPlatform]:
    """Return the platform at the other end."""
    with make_client(post) as client, open_toloka(client) as platform:
        yield platform


def test_a_message_goes_to_those_whom_the_filter_admits(post: Post, platform: TolokaPlatform) -> None:
    """Topic and text stand in the language, and workers can answer."""
    assert isinstance(platform, Messenger)
    assert platform.write_to_workers("News", "Read it again.", lang="EN", to=SPEAKERS)
    body = json.loads(post.sent[0].content)
    chosen = body.pop("recipients_filter")
    assert "languages" in json.dumps(chosen)
    assert body == {
        "topic": {"EN": "News"},
        "text": {"EN": "Read it again."},
        "answerable": True,
        "recipients_select_type": "FILTER",
    }


def test_without_a_filter_it_goes_to_everybody(post: Post, platform: TolokaPlatform) -> None:
    """To all who ever worked for the requester."""
    platform.write_to_workers("News", "Read it again.", lang="EN", to=None)
    body = json.loads(post.sent[0].content)
    assert (body["recipients_select_type"], "recipients_filter" in body) == ("ALL", False)


def test_that_nobody_was_there_is_no_error(post: Post, platform: TolokaPlatform) -> None:
    """It is the answer."""
    post.answer = refusal(400, "INCORRECT_RECIPIENTS")
    assert not platform.write_to_workers("News", "Read it again.", lang="EN", to=SPEAKERS)


def test_a_server_without_messages_says_so(post: Post, platform: TolokaPlatform) -> None:
    """Its missing door is not taken for a missing record."""
    post.answer = refusal(404, "DOES_NOT_EXIST")
    with pytest.raises(PlatformError, match="http://server has no messages to workers"):
        platform.write_to_workers("News", "Read it again.", lang="EN", to=SPEAKERS)


def test_a_message_is_not_sent_twice(post: Post, platform: TolokaPlatform) -> None:
    """Where nobody knows whether it arrived, it is not repeated."""
    post.answer = refusal(500, "INTERNAL_ERROR")
    with pytest.raises(PlatformUnavailable):
        platform.write_to_workers("News", "Read it again.", lang="EN", to=SPEAKERS)
    assert len(post.sent) == 1
