"""Files of pages: who may upload, answer with and fetch what, and when files go."""

import pytest

from manyhands.crowd import WorkerId
from manyhands.errors import InvalidData, InvalidInput, NotFound, WrongState
from manyhands.platform import EmbeddedPlatform
from manyhands.store import Store
from manyhands.task import FieldType
from tests.unit.platform.files import LIMITS, answer, recording_pool, upload
from tests.unit.platform.house import House


def count_parts(store: Store) -> int:
    """Return how many parts of files are stored."""
    with store.reading() as transaction:
        rows = [transaction.find("find_last_attachment_part", {"attachment_id": 10_000_001 + n}) for n in range(9)]
    return sum(0 if row is None or row["number"] is None else row["number"] + 1 for row in rows)


def test_file_is_answered_with_and_fetched_by_the_requester() -> None:
    """The id in the answer leads to the content, once the page is handed in."""
    house = House()
    house.worker("ann")
    pool = recording_pool(house)
    page = house.take("ann", pool)
    file = upload(house, page, b"RIFF....WAVE", b"sound", name="C:\\records\\one.wav")
    assert (file.name, file.media_type, file.size_bytes) == ("one.wav", "audio/wav", 17)
    with pytest.raises(NotFound):
        house.platform.get_attachment(file.id)
    assert house.platform.list_attachments(pool.id) == house.platform.list_attachments_of(page.assignment_id) == []
    answer(house, page, file.id)
    assert house.platform.get_attachment(file.id) == file
    assert house.platform.list_attachments(pool.id) == house.platform.list_attachments_of(page.assignment_id) == [file]
    assert list(house.platform.iter_content(file)) == [b"RIFF....WAVE", b"sound"]
    house.audit()


@pytest.mark.parametrize(
    ("kind", "value", "is_taken"),
    [
        pytest.param(FieldType.FILE, "http://example.com/a.wav", False, id="address-for-a-file"),
        pytest.param(FieldType.FILE, "99999999", False, id="no-file"),
        pytest.param(FieldType.URL, "99999999", False, id="no-file-for-an-address"),
        pytest.param(FieldType.URL, "http://example.com/a.wav", True, id="address"),
        pytest.param(FieldType.STRING, "99999999", True, id="text"),
        pytest.param(FieldType.ARRAY_FILE, ["99999999"], False, id="list"),
        pytest.param(FieldType.ARRAY_FILE, [], True, id="empty-list"),
    ],
)
def test_only_files_of_the_page_are_answers(kind: FieldType, value: object, is_taken: bool) -> None:  # noqa: FBT001
    """A file field takes the ids of the page's files; an address field takes addresses, too."""
    house = House()
    house.worker("ann")
    page = house.take("ann", recording_pool(house, type=kind))
    if is_taken:
        answer(house, page, value)
        return
    with pytest.raises(InvalidData, match="upload it first"):
        answer(house, page, value)


def test_file_of_another_page_is_no_answer() -> None:
    """Neither another worker's file nor one of one's own earlier page can be handed in."""
    house = House()
    house.workers("ann", "ben")
    pool = recording_pool(house, "a", "b", "c", type=FieldType.ARRAY_URL)
    first = house.take("ann", pool)
    foreign = upload(house, house.take("ben", pool))
    earlier = upload(house, first)
    answer(house, first, [earlier.id])
    page = house.take("ann", pool)
    own = upload(house, page)
    for value in ([foreign.id], [earlier.id], [own.id, foreign.id]):
        with pytest.raises(InvalidData):
            answer(house, page, value)
    answer(house, page, [own.id, "http://example.com"])


def test_nobody_touches_files_of_pages_that_they_do_not_have() -> None:
    """Uploading, listing, reading and removing need the page in hand."""
    house = House()
    house.workers("ann", "ben")
    page = house.take("ann", recording_pool(house))
    file, platform, ben = upload(house, page), house.platform, WorkerId("ben")
    for refused in (
        lambda: platform.upload(page.assignment_id, ben, name="a", **LIMITS),
        lambda: platform.list_uploads(page.assignment_id, ben),
        lambda: platform.get_upload(page.assignment_id, ben, file.id),
        lambda: platform.remove_upload(page.assignment_id, ben, file.id),
    ):
        with pytest.raises(NotFound):
            refused()
    assert platform.list_uploads(page.assignment_id, page.worker_id) == [file]


def test_requester_sees_own_files_only() -> None:
    """The file of another requester is as if it were not there."""
    house = House()
    house.worker("ann")
    pool = recording_pool(house)
    page = house.take("ann", pool)
    file = upload(house, page)
    answer(house, page, file.id)
    other = EmbeddedPlatform(house.store, clock=house.clock, requester="bob")
    for refused in (
        lambda: other.get_attachment(file.id),
        lambda: other.list_attachments(pool.id),
        lambda: other.list_attachments_of(page.assignment_id),
    ):
        with pytest.raises(NotFound):
            refused()


def test_limits_hold() -> None:
    """A page has so many files and so many bytes and no more; what was refused leaves nothing."""
    house = House()
    house.worker("ann")
    page = house.take("ann", recording_pool(house))
    arriving = house.platform.upload(page.assignment_id, page.worker_id, name="a", most_bytes=10, most_count=2)
    arriving.add(b"12345678")
    with pytest.raises(InvalidInput, match="10 bytes together"):
        arriving.add(b"90a")
    arriving.give_up()
    assert count_parts(house.store) == 0
    for _ in range(2):
        upload(house, page, b"12345", most_bytes=10, most_count=2)
    with pytest.raises(InvalidInput, match="2 files already"):
        upload(house, page, b"", most_count=2)
    for name in ("", "../", "\x00"):
        with pytest.raises(InvalidInput, match="no name"):
            upload(house, page, name=name)
    with pytest.raises(InvalidInput, match="empty"):
        house.platform.upload(page.assignment_id, page.worker_id, name="a", most_bytes=10, most_count=9).finish()


def test_file_that_is_removed_is_no_answer() -> None:
    """A worker who recorded again takes the first file back."""
    house = House()
    house.worker("ann")
    page = house.take("ann", recording_pool(house))
    first, second = upload(house, page, *(b"x" for _ in range(70))), upload(house, page)
    house.platform.remove_upload(page.assignment_id, page.worker_id, first.id)
    assert house.platform.list_uploads(page.assignment_id, page.worker_id) == [second]
    assert count_parts(house.store) == 2
    with pytest.raises(InvalidData):
        answer(house, page, first.id)
    with pytest.raises(NotFound, match="removed"):
        list(house.platform.iter_content(first))


def test_upload_ends_with_its_page() -> None:
    """What is still arriving when the page expires is refused."""
    house = House()
    house.worker("ann")
    page = house.take("ann", recording_pool(house))
    arriving = house.platform.upload(page.assignment_id, page.worker_id, name="a", **LIMITS)
    arriving.add(b"1")
    house.clock.move(minutes=11)
    house.platform.settle()
    for refused in (lambda: arriving.add(b"2"), arriving.finish):
        with pytest.raises(WrongState):
            refused()


def test_files_go_that_nobody_handed_in() -> None:
    """Some time after the deadline files of skipped and expired pages and broken uploads are removed, and no others."""
    house = House()
    house.workers("ann", "ben", "cay")
    pool = recording_pool(house)
    handed_in, skipped, expired = (house.take(name, pool) for name in ("ann", "ben", "cay"))
    kept = upload(house, handed_in)
    upload(house, skipped)
    upload(house, expired)
    house.platform.upload(handed_in.assignment_id, WorkerId("ann"), name="broken", **LIMITS).add(b"1")
    answer(house, handed_in, kept.id)
    house.platform.skip(skipped.assignment_id, skipped.worker_id)
    assert house.platform.remove_stray_files() == 0
    house.clock.move(minutes=71)
    assert house.platform.remove_stray_files() == 3
    assert house.platform.remove_stray_files() == 0
    assert house.platform.list_attachments(pool.id) == [kept]
    assert count_parts(house.store) == 2
