"""Messages: who gets what, and who sees it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from manyhands.crowd import (
    FilterCategory,
    FilterCondition,
    FilterOperator,
    Folder,
    MessageThread,
    Recipients,
    RecipientsSelectType,
    SkillId,
    ThreadId,
    ThreadKind,
    WorkerId,
)
from manyhands.errors import InvalidInput, NoRecipients, NotFound, WrongState
from manyhands.platform import EmbeddedPlatform
from tests.unit.platform.house import House, reals
from tests.unit.platform.letters import draft, inbox, says, texts, to

ANN, BEN, CAY = WorkerId("ann"), WorkerId("ben"), WorkerId("cay")


@pytest.fixture
def house() -> House:
    """Return a platform on which three workers have taken a page, and one has not."""
    house = House()
    pool = house.pool(*reals(4, overlap=4))
    for name in house.workers("ann", "ben", "cay"):
        house.take(name, pool)
    house.worker("dan")
    return house


def _folders(house: House, thread: MessageThread) -> set[str]:
    return set(house.platform.get_thread(thread.id).folders)


def _skilled(house: House, *names: str) -> SkillId:
    skill = house.platform.put_skill("pets")
    for name in names:
        house.platform.set_skill(WorkerId(name), skill.id, value=0.8)
    return skill.id


def _with(category: FilterCategory, key: str, operator: FilterOperator, value: object) -> Recipients:
    condition = FilterCondition(category=category, key=key, operator=operator, value=value)
    return Recipients(select=RecipientsSelectType.FILTER, filter=condition)


def test_message_goes_to_those_who_worked_for_the_requester(house: House) -> None:
    """Everybody is everybody who took a page or has a skill of the requester; strangers are left alone."""
    assert house.platform.compose(draft()).members == (ANN, BEN, CAY)
    _skilled(house, "dan")
    assert house.platform.compose(draft()).members == (ANN, BEN, CAY, WorkerId("dan"))
    assert [len(inbox(house, name)) for name in ("ann", "dan")] == [2, 1]


@pytest.mark.parametrize(
    ("names", "members"),
    [(["ben"], ["ben"]), (["cay", "ann", "ann"], ["ann", "cay"]), (["ann", "dan", "nobody"], ["ann"])],
    ids=["one", "two", "strangers-left-out"],
)
def test_message_goes_to_those_who_are_named(house: House, names: list[str], members: list[str]) -> None:
    """As far as they know the requester."""
    assert list(house.platform.compose(draft(recipients=to(*names))).members) == members


def test_message_goes_to_those_whom_the_filter_admits(house: House) -> None:
    """Skills and profiles are looked at as for a pool."""
    skill = _skilled(house, "ben", "dan")
    skilled = _with(FilterCategory.SKILL, skill, FilterOperator.GTE, 0.5)
    assert house.platform.compose(draft(recipients=skilled)).members == (BEN, WorkerId("dan"))
    speaking = _with(FilterCategory.PROFILE, "languages", FilterOperator.IN, "EN")
    with pytest.raises(NoRecipients):
        house.platform.compose(draft(recipients=speaking))


@pytest.mark.parametrize("recipients", [to("dan"), to("nobody"), to()], ids=["stranger", "nobody", "none"])
def test_message_to_nobody_is_not_sent(house: House, recipients: Recipients) -> None:
    """The requester is told, and no thread begins."""
    with pytest.raises(NoRecipients):
        house.platform.compose(draft(recipients=recipients))
    assert house.platform.list_threads() == []


@pytest.mark.parametrize(
    "changes",
    [{"topic": {}}, {"text": {"EN": " "}}, {"text": {"EN": "x" * 10_001}}, {"text": {"not a language": "x"}}],
    ids=["no-topic", "blank", "too-long", "language"],
)
def test_message_has_a_topic_and_a_text(house: House, changes: dict[str, Any]) -> None:
    """In languages that there may be."""
    with pytest.raises(InvalidInput):
        house.platform.compose(replace(draft(), **changes))


def test_thread_to_many_looks_like_a_thread_to_oneself(house: House) -> None:
    """What one worker answers is seen by the requester, in a thread of its own, and by no other worker."""
    thread = house.platform.compose(draft("Hello all"))
    house.platform.answer(ANN, thread.id, says("I am ann"))
    house.platform.answer(BEN, thread.id, says("I am ben"))
    house.platform.answer(ANN, thread.id, says("again"))
    assert texts(house.platform.read_conversation(ANN, thread.id)) == ["Hello all", "I am ann", "again"]
    assert texts(house.platform.read_conversation(BEN, thread.id)) == ["Hello all", "I am ben"]
    assert texts(house.platform.read_conversation(CAY, thread.id)) == ["Hello all"]
    first, below_ann, below_ben = house.platform.list_threads()
    assert (texts(first), first.member_count, first.parent_id) == (["Hello all"], 3, None)
    assert (texts(below_ann), below_ann.members, below_ann.parent_id) == (["I am ann", "again"], (ANN,), thread.id)
    assert (texts(below_ben), below_ben.members, below_ben.parent_id) == (["I am ben"], (BEN,), thread.id)


def test_requester_answers_one_worker_or_all(house: House) -> None:
    """In the worker's own thread, or in the one to all; each worker has one conversation of it."""
    thread = house.platform.compose(draft("Hello all"))
    house.clock.move(minutes=1)
    house.platform.answer(ANN, thread.id, says("Why?"))
    house.clock.move(minutes=1)
    house.platform.reply(house.platform.list_threads()[1].id, says("Because"))
    house.clock.move(minutes=1)
    house.platform.reply(thread.id, says("Bye all"))
    assert [texts(house.platform.read_conversation(worker, thread.id)) for worker in (ANN, BEN)] == [
        ["Hello all", "Why?", "Because", "Bye all"],
        ["Hello all", "Bye all"],
    ]
    assert len(inbox(house, "ann")) == 1
    with pytest.raises(NotFound):
        house.platform.read_conversation(ANN, house.platform.list_threads()[1].id)


def test_thread_with_one_worker_is_answered_in_itself(house: House) -> None:
    """There is nobody else to keep the answer from."""
    thread = house.platform.compose(draft("Hello ben", recipients=to("ben")))
    house.platform.answer(BEN, thread.id, says("Hello"))
    (found,) = house.platform.list_threads()
    assert (texts(found), [message.worker_id for message in found.messages]) == (["Hello ben", "Hello"], [BEN, None])


def test_only_members_read_and_answer(house: House) -> None:
    """A thread of others is as if it were not there, for workers and requesters."""
    thread = house.platform.compose(draft(recipients=to("ann")))
    other = EmbeddedPlatform(house.store, clock=house.clock, requester="bob")
    refusals: list[Callable[[], object]] = [
        lambda: house.platform.read_conversation(BEN, thread.id),
        lambda: house.platform.answer(BEN, thread.id, says("x")),
        lambda: house.platform.read_conversation(ANN, ThreadId("99999999")),
        lambda: other.get_thread(thread.id),
        lambda: other.reply(thread.id, says("x")),
        lambda: other.move_thread(thread.id, add=[Folder.IMPORTANT]),
    ]
    for refused in refusals:
        with pytest.raises(NotFound):
            refused()
    assert other.list_threads() == []
    assert texts(house.platform.get_thread(thread.id)) == ["Hello"]


def test_thread_that_is_not_to_be_answered_is_not(house: House) -> None:
    """The requester may still write on."""
    thread = house.platform.compose(draft(is_answerable=False))
    with pytest.raises(WrongState):
        house.platform.answer(ANN, thread.id, says("x"))
    assert texts(house.platform.reply(thread.id, says("more"))) == ["Hello", "more"]
    assert len(house.platform.list_threads()) == 1


def test_folders_follow_the_messages_and_the_requester(house: House) -> None:
    """Sent, received, not read, important."""
    thread = house.platform.compose(draft(recipients=to("ann")))
    assert _folders(house, thread) == {"OUTBOX"}
    house.platform.answer(ANN, thread.id, says("x"))
    assert _folders(house, thread) == {"OUTBOX", "INBOX", "UNREAD"}
    house.platform.move_thread(thread.id, remove=[Folder.UNREAD], add=[Folder.IMPORTANT])
    assert _folders(house, thread) == {"OUTBOX", "INBOX", "IMPORTANT"}
    house.platform.answer(ANN, thread.id, says("y"))
    house.platform.reply(thread.id, says("z"))
    assert _folders(house, thread) == {"OUTBOX", "INBOX", "IMPORTANT"}


def test_worker_knows_what_they_have_not_read(house: House) -> None:
    """Reading and answering end it, a new message begins it; one's own messages are no news."""

    def unread() -> list[int]:
        return [house.platform.list_conversations(worker).unread_count for worker in (ANN, BEN)]

    thread = house.platform.compose(draft())
    assert unread() == [1, 1]
    house.platform.read_conversation(ANN, thread.id)
    assert unread() == [0, 1]
    house.platform.answer(BEN, thread.id, says("x"))
    assert unread() == [0, 0]
    house.platform.reply(house.platform.list_threads()[1].id, says("y"))
    assert unread() == [0, 1]
    house.platform.reply(thread.id, says("z"))
    assert unread() == [1, 1]
    assert [conversation.is_unread for conversation in inbox(house, "ann")] == [True]


def test_conversations_come_by_their_last_message(house: House) -> None:
    """The latest first, each once, however few come at a time; an old one with news is first again."""
    ids = []
    for number in range(5):
        house.clock.move(minutes=number % 2)
        ids.append(house.platform.compose(draft(str(number), recipients=to("ann"))).id)
    house.clock.move(minutes=1)
    house.platform.reply(ids[1], says("news"))

    def pages() -> Iterable[str]:
        cursor = None
        while True:
            page = house.platform.list_conversations(ANN, cursor, limit=2)
            yield from (conversation.id for conversation in page.conversations)
            cursor = page.cursor
            if cursor is None:
                return

    assert list(pages()) == [ids[1], ids[4], ids[3], ids[2], ids[0]]
    for wrong in ("", "1", "-1", "x-1", f"{'9' * 30}-1"):
        with pytest.raises(NotFound):
            house.platform.list_conversations(ANN, wrong)


def test_worker_writes_about_a_page_or_a_pool(house: House) -> None:
    """The requester learns what it is about; it is called like the project unless the worker says otherwise."""
    pool = house.pool(*reals(2))
    page = house.take("ann", pool)
    about_page = house.platform.report(ANN, says("The picture is missing"), assignment_id=page.assignment_id)
    about_pool = house.platform.report(BEN, says("How long is it open?"), pool_id=pool.id, topic={"EN": "Time"})
    found = [house.platform.get_thread(conversation.id) for conversation in (about_page, about_pool)]
    assert [(thread.topic["EN"], thread.assignment_id, thread.pool_id, thread.project_id) for thread in found] == [
        ("Cats and dogs", page.assignment_id, pool.id, house.project.id),
        ("Time", None, pool.id, house.project.id),
    ]
    assert {thread.kind for thread in found} == {ThreadKind.REPORT}
    assert [_folders(house, thread) for thread in found] == [{"INBOX", "UNREAD"}] * 2
    house.platform.reply(about_page.id, says("Thank you"))
    assert texts(house.platform.read_conversation(ANN, about_page.id)) == ["The picture is missing", "Thank you"]


def test_worker_writes_about_what_they_know_only(house: House) -> None:
    """Neither about pages of others nor about closed pools in which they never worked."""
    closed, open_pool = house.pool(*reals(1), is_open=False), house.pool(*reals(2))
    page = house.take("ann", open_pool)
    house.platform.close_pool(open_pool.id)
    house.platform.report(ANN, says("x"), pool_id=open_pool.id)
    refusals: list[Callable[[], object]] = [
        lambda: house.platform.report(BEN, says("x"), assignment_id=page.assignment_id),
        lambda: house.platform.report(BEN, says("x"), pool_id=open_pool.id),
        lambda: house.platform.report(ANN, says("x"), pool_id=closed.id),
        lambda: house.platform.report(ANN, says("x")),
    ]
    for refused in refusals:
        with pytest.raises(NotFound):
            refused()
