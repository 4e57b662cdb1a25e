"""Writing to workers over Toloka's API."""

import json
from collections.abc import Iterator

import httpx
import pytest

from manyhands.crowd import MessageDraft, Recipients, RecipientsSelectType
from manyhands.errors import NoRecipients, PlatformError, PlatformUnavailable
from manyhands.platform.toloka import TolokaPlatform, open_toloka
from tests.unit.platform.toloka.adapter.test_client import make_client, refusal

NEWS = MessageDraft(
    topic={"EN": "News"},
    text={"EN": "Read it again."},
    is_answerable=True,
    recipients=Recipients(select=RecipientsSelectType.ALL),
)
THREAD = {"id": "7", "topic": {"EN": "News"}}


class Post:
    """A server of which nothing is known but what it says to a message."""

    def __init__(self) -> None:
        self.answer = httpx.Response(201, json=THREAD)
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


def test_a_message_is_sent_as_it_is(post: Post, platform: TolokaPlatform) -> None:
    """The thread that it begins is named."""
    assert platform.send_message(NEWS) == "7"
    assert json.loads(post.sent[0].content) == {
        "topic": {"EN": "News"},
        "text": {"EN": "Read it again."},
        "answerable": True,
        "recipients_select_type": "ALL",
    }


def test_that_nobody_was_there_is_said(post: Post, platform: TolokaPlatform) -> None:
    """As on every platform."""
    post.answer = refusal(400, "INCORRECT_RECIPIENTS")
    with pytest.raises(NoRecipients):
        platform.send_message(NEWS)


def test_a_server_without_messages_says_so(post: Post, platform: TolokaPlatform) -> None:
    """Its missing door is not taken for a missing record."""
    post.answer = refusal(404, "DOES_NOT_EXIST")
    with pytest.raises(PlatformError, match="http://server has no messages to workers"):
        platform.send_message(NEWS)


def test_a_message_is_not_sent_twice(post: Post, platform: TolokaPlatform) -> None:
    """Where nobody knows whether it arrived, it is not repeated."""
    post.answer = refusal(500, "INTERNAL_ERROR")
    with pytest.raises(PlatformUnavailable):
        platform.send_message(NEWS)
    assert len(post.sent) == 1
