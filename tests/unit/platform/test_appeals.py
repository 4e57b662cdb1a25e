"""Appeals: who may make them, when, and what becomes of the page."""

from collections.abc import Callable
from typing import Any

import pytest

from manyhands.crowd import (
    AppealState,
    AssignmentStatus,
    Folder,
    InterlocutorRole,
    Money,
    Page,
    PoolStatus,
    ThreadId,
    WorkerId,
)
from manyhands.errors import BudgetExceeded, InvalidInput, NotFound, WrongState
from manyhands.platform import EmbeddedPlatform
from tests.unit.platform.house import House, reals
from tests.unit.platform.letters import inbox, says

ANN, BEN = WorkerId("ann"), WorkerId("ben")


@pytest.fixture
def house() -> House:
    """Return a platform with two workers."""
    house = House()
    house.workers("ann", "ben")
    return house


def _rejected(house: House, worker: str = "ann", **pool: Any) -> Page:
    page = house.work(worker, house.pool(*reals(2, overlap=2), **pool))
    house.platform.reject(page.assignment_id, "blurred")
    return page


def _appeal(house: House, page: Page) -> ThreadId:
    return house.platform.appeal(page.assignment_id, page.worker_id, says("It is a dog")).id


def test_requester_sees_what_is_appealed_against(house: House) -> None:
    """Page, worker, what they were told, and what they say to it; the thread is among the requester's messages."""
    page = _rejected(house)
    appeal_id = _appeal(house, page)
    (appeal,) = house.platform.list_appeals()
    assert (appeal.assignment_id, appeal.pool_id, appeal.worker_id) == (page.assignment_id, page.pool_id, ANN)
    assert (appeal.rejection, appeal.text, appeal.state) == ("blurred", says("It is a dog"), AppealState.OPEN)
    thread = house.platform.get_thread(appeal_id)
    assert thread.assignment_id == page.assignment_id
    assert thread.folders == {Folder.INBOX, Folder.UNREAD}


def test_granted_appeal_pays_the_page_and_tells_the_worker(house: House) -> None:
    """The page is accepted, the worker is told in their languages, and what the requester said stands on the page."""
    page = _rejected(house)
    appeal_id = _appeal(house, page)
    granted = house.platform.grant_appeal(appeal_id, "You are right")
    assert granted == house.platform.grant_appeal(appeal_id)
    assert (granted.state, granted.answer, granted.rejection) == (AppealState.GRANTED, "You are right", "blurred")
    assignment = house.assignment(page)
    assert (assignment.status, assignment.public_comment) == (AssignmentStatus.ACCEPTED, "You are right")
    assert house.platform.spending(page.pool_id).paid == Money("0.12")
    assert house.platform.list_appeals() == []
    (conversation,) = inbox(house, "ann")
    assert conversation.is_unread
    messages = house.platform.read_conversation(ANN, appeal_id).messages
    assert [message.role for message in messages] == [
        InterlocutorRole.USER,
        InterlocutorRole.REQUESTER,
        InterlocutorRole.SYSTEM,
    ]
    assert set(messages[-1].text) == {"EN", "RU"}
    with pytest.raises(WrongState):
        house.platform.decline_appeal(appeal_id, "no")
    house.audit()


def test_an_open_appeal_keeps_the_pool_from_the_archive(house: House) -> None:
    """In an archived pool it could not be granted any more."""
    page = _rejected(house)
    appeal_id = _appeal(house, page)
    house.platform.close_pool(page.pool_id)
    house.clock.move(days=10)
    with pytest.raises(WrongState, match="open appeal") as caught:
        house.platform.archive_pool(page.pool_id)
    assert caught.value.reason == "rejected_pages"
    house.platform.decline_appeal(appeal_id, "It is a cat")
    assert house.platform.archive_pool(page.pool_id).status is PoolStatus.ARCHIVED


def test_declined_appeal_leaves_the_page_rejected_and_says_why(house: House) -> None:
    """Without a reason it cannot be declined."""
    page = _rejected(house)
    appeal_id = _appeal(house, page)
    with pytest.raises(InvalidInput):
        house.platform.decline_appeal(appeal_id, " ")
    declined = house.platform.decline_appeal(appeal_id, "It is a cat")
    assert declined == house.platform.decline_appeal(appeal_id, "It is a cat")
    assert (declined.state, declined.answer) == (AppealState.DECLINED, "It is a cat")
    assert house.assignment(page).status is AssignmentStatus.REJECTED
    assert [message.text["EN"] for message in house.platform.read_conversation(ANN, appeal_id).messages] == [
        "It is a dog",
        "It is a cat",
    ]
    assert house.platform.list_appeals(AppealState.DECLINED) == [declined]
    assert house.platform.get_thread(appeal_id).folders == {Folder.INBOX, Folder.OUTBOX}
    with pytest.raises(WrongState):
        house.platform.grant_appeal(appeal_id)


def test_page_that_is_accepted_elsewhere_ends_its_appeal(house: House) -> None:
    """However the rejection is taken back, the appeal is granted."""
    page = _rejected(house)
    appeal_id = _appeal(house, page)
    house.accept(page)
    assert house.platform.get_appeal(appeal_id).state is AppealState.GRANTED
    assert house.platform.find_own_appeal(appeal_id, ANN) == house.platform.get_appeal(appeal_id)
    assert inbox(house, "ann")[0].is_unread


def test_appeal_that_cannot_be_paid_stays_open(house: House) -> None:
    """The requester raises the budget, or declines."""
    budget = house.budget("0.12")
    page = _rejected(house, budget_id=budget)
    appeal_id = _appeal(house, page)
    house.platform.close_pool(page.pool_id)
    house.work("ben", house.pool(*reals(1), budget_id=budget))
    with pytest.raises(BudgetExceeded):
        house.platform.grant_appeal(appeal_id)
    assert house.platform.get_appeal(appeal_id).state is AppealState.OPEN
    house.audit()


def test_only_one_appeal_is_open_for_a_page(house: House) -> None:
    """After the answer there may be another one."""
    page = _rejected(house)
    first = _appeal(house, page)
    with pytest.raises(WrongState, match="open appeal"):
        _appeal(house, page)
    house.platform.decline_appeal(first, "no")
    second = _appeal(house, page)
    assert [appeal.id for appeal in house.platform.list_own_appeals(ANN, [page.assignment_id])] == [second]


def test_only_rejected_pages_are_appealed_for(house: House) -> None:
    """Not before they are judged, and not once they are accepted."""
    pool = house.pool(*reals(2))
    page = house.take("ann", pool)
    steps: list[Callable[[], None]] = [lambda: None, lambda: house.hand_in(page), lambda: house.accept(page)]
    for step in steps:
        step()
        with pytest.raises(WrongState, match="only against a rejection"):
            _appeal(house, page)


@pytest.mark.parametrize(("days", "is_late"), [(8.99, False), (9.01, True)])
def test_appeals_have_nine_days(house: House, days: float, *, is_late: bool) -> None:
    """Counted from the rejection; the history says until when."""
    page = _rejected(house)
    until = {page.assignment_id: house.clock.now().replace(day=10)}
    assert house.platform.list_appealable(ANN, [page.assignment_id]) == until
    assert house.platform.list_appealable(BEN, [page.assignment_id]) == {}
    house.clock.move(days=days)
    assert house.platform.list_appealable(ANN, [page.assignment_id]) == ({} if is_late else until)
    if is_late:
        with pytest.raises(WrongState, match="too late"):
            _appeal(house, page)
    else:
        _appeal(house, page)
        assert house.platform.list_appealable(ANN, [page.assignment_id]) == {}


def test_appeals_are_made_by_their_worker_and_decided_by_their_requester(house: House) -> None:
    """For everybody else there is no such page and no such appeal."""
    page = _rejected(house)
    with pytest.raises(NotFound):
        house.platform.appeal(page.assignment_id, BEN, says("x"))
    appeal_id = _appeal(house, page)
    other = EmbeddedPlatform(house.store, clock=house.clock, requester="bob")
    refusals: list[Callable[[], object]] = [
        lambda: other.get_appeal(appeal_id),
        lambda: other.grant_appeal(appeal_id),
        lambda: other.decline_appeal(appeal_id, "no"),
    ]
    for refused in refusals:
        with pytest.raises(NotFound):
            refused()
    assert other.list_appeals() == []
    assert house.platform.find_own_appeal(appeal_id, BEN) is None
    assert house.platform.list_own_appeals(BEN, [page.assignment_id]) == []


def test_appeals_are_read_in_order(house: House) -> None:
    """Oldest first, from behind the last one."""
    ids = [_appeal(house, _rejected(house)) for _ in range(3)]
    first = house.platform.list_appeals(limit=2)
    rest = house.platform.list_appeals(after=first[-1].id)
    assert [appeal.id for appeal in (*first, *rest)] == ids
