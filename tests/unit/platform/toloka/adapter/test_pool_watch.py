"""The watch finds everything that happens in a pool, one question at a time."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from manyhands.crowd import Assignment, AssignmentStatus, EventKind
from manyhands.platform.toloka.page_log import PageLog
from manyhands.platform.toloka.pool_watch import Look, PoolWatch, Question
from manyhands.platform.toloka.wire import parse_moment
from tests.unit.platform.toloka.adapter.pages import NOON, POOL_ID, make_page
from tests.unit.platform.toloka.adapter.test_page_log import make_pool

S = AssignmentStatus
MINUTE = timedelta(minutes=1)


def answer(question: Question, pages: list[Assignment]) -> list[Assignment]:
    """Return what the API answers."""
    query = question.query
    found = pages
    if statuses := query.get("status"):
        found = [page for page in found if page.status in str(statuses).split(",")]
    if "id_gte" in query:
        found = [page for page in found if str(query["id_gte"]) <= page.id <= str(query["id_lte"])]
    for name in ("created", "accepted"):
        if bound := query.get(f"{name}_gte"):
            moments = {page.id: getattr(page, name) for page in found}
            found = [page for page in found if moments[page.id] and moments[page.id] >= parse_moment(str(bound))]
    return found


def look(watch: PoolWatch, log: PageLog, pages: list[Assignment]) -> Look | None:
    """Ask the next question and take the answer in."""
    question = watch.next_question()
    if question is None or question.look is Look.POOL:
        return None if question is None else Look.POOL
    found = answer(question, pages)
    log.note_pages(found)
    watch.hear(question, [log.find_page(page.id) or page for page in found])
    return question.look


@pytest.mark.parametrize("seed", range(20))
def test_everything_that_happens_is_found(seed: int) -> None:
    """Pages are taken, handed in, skipped, expire and are judged by others between the looks: in the end each is known as it is."""
    chance, pages = Random(seed), dict[str, Assignment]()  # noqa: S311
    log, watch = PageLog(), PoolWatch(POOL_ID, [])
    log.note_history(make_pool(), [])
    watch.is_open, watch.is_pool_doubtful = True, False
    for turn in range(60):
        now = NOON + turn * MINUTE / 10
        for _ in range(chance.randrange(3)):
            name = f"p{len(pages):03}"
            pages[name] = make_page(name, created=now)
        for name, page in pages.items():
            if page.status is S.ACTIVE and chance.random() < 0.3:
                end = chance.choice([S.SUBMITTED, S.SKIPPED, S.EXPIRED])
                pages[name] = replace(make_page(name, end), created=page.created)
            elif page.status is S.SUBMITTED and chance.random() < 0.2:
                judged = replace(make_page(name, chance.choice([S.ACCEPTED, S.REJECTED])), created=page.created)
                pages[name] = replace(judged, accepted=now) if judged.accepted else judged
        look(watch, log, list(pages.values()))
    for _ in range(20):
        look(watch, log, list(pages.values()))
    assert {page.id: page.status for page in log.pages_of(POOL_ID)} == {
        name: page.status for name, page in pages.items()
    }


def test_a_pool_without_work_is_left_alone_most_of_the_time() -> None:
    """A closed pool in which nobody works is looked at now and then only."""
    watch = PoolWatch(POOL_ID, [])
    watch.is_pool_doubtful = False
    asked = [watch.next_question() for _ in range(40)]
    assert sum(question is not None for question in asked) == 10
    assert {question.look for question in asked if question is not None} == {Look.POOL}


def test_a_page_that_is_missing_is_asked_for_next() -> None:
    """What was in work and is no more is looked up at once."""
    page = make_page("p1")
    log, watch = PageLog(), PoolWatch(POOL_ID, [page])
    log.note_history(make_pool(), [page])
    watch.is_open, watch.is_pool_doubtful = True, False
    skipped = [make_page("p1", S.SKIPPED)]
    looks = [look(watch, log, skipped) for _ in range(4)]
    assert Look.LIVE in looks
    assert looks[looks.index(Look.LIVE) + 1] is Look.GONE
    kinds = [event.kind for event in log.list_events([POOL_ID], 0, limit=10).events]
    assert kinds[-1] is EventKind.SKIPPED


def test_a_page_that_we_judged_meanwhile_is_not_missing() -> None:
    """An answer that was on its way while we accepted a page does not send us looking for it."""
    page = make_page("p1", S.SUBMITTED)
    watch = PoolWatch(POOL_ID, [page])
    watch.is_open, watch.is_pool_doubtful = True, False
    question = next(found for _ in range(9) if (found := watch.next_question()) and found.look is Look.LIVE)
    watch.see([make_page("p1", S.ACCEPTED)])
    watch.hear(question, [])
    following = watch.next_question()
    assert following is not None
    assert following.look is not Look.GONE


def test_a_closed_pool_is_told_after_its_last_pages() -> None:
    """While the end of a pool is to be told, the pages that are alive are asked for first."""
    watch = PoolWatch(POOL_ID, [])
    watch.closing = make_pool()
    question = watch.next_question()
    assert question is not None
    assert question.look is Look.LIVE
