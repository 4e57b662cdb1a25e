"""A launch over time."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import manyhands as mh
from manyhands.crowd import (
    Assignment,
    AssignmentStatus,
    Bonus,
    BonusId,
    MixerConfig,
    PoolConfig,
    PoolId,
    PoolStatus,
    ProjectConfig,
    TaskId,
    WorkerId,
)
from manyhands.launches import Timeline, end_of_timeline, read_timeline, timeline_of
from tests.flow.parity import make_params, make_scene, numbers
from tests.unit.launches.pages import NOON, make_page

MINUTE = timedelta(minutes=1)


def _fee(amount: mh.Money) -> mh.Money:
    return amount * 0.2


def _page(number: int, *, taken: float, submitted: float | None = None, **judged: float) -> Assignment:
    """Return a page of two objects; times are minutes after noon."""
    moments: dict[str, Any] = {name: NOON + minutes * MINUTE for name, minutes in judged.items()}
    last = next(reversed(judged), "active" if submitted is None else "submitted")
    return make_page(
        number,
        AssignmentStatus(last.upper()),
        objects=(2 * number, 2 * number + 1),
        controls=(),
        reward=mh.Money("0.10"),
        created=NOON + taken * MINUTE,
        submitted=None if submitted is None else NOON + submitted * MINUTE,
        **moments,
    )


PAGES = [
    _page(1, taken=0, submitted=10, accepted=20),
    _page(2, taken=5, submitted=15, rejected=30, accepted=50),
    _page(3, taken=10, submitted=20, rejected=30),
    _page(4, taken=20, expired=40),
    _page(5, taken=60, submitted=90),
    _page(6, taken=95),
]


def _at(timeline: Timeline, minutes: float) -> dict[str, float]:
    place = min(range(len(timeline.moments)), key=lambda place: abs(timeline.moments[place] - NOON - minutes * MINUTE))
    names = ("active", "submitted", "accepted", "rejected", "returned", "answers", "paid", "reserved")
    return {name: getattr(timeline, name)[place] for name in names}


def test_pages_are_counted_by_what_they_were_at_each_moment() -> None:
    """A rejection that was taken back later counts as none; what ended in no answer is returned."""
    timeline = timeline_of(PAGES, fee=_fee, now=NOON + 100 * MINUTE)
    assert timeline.moments[0] == NOON
    assert timeline.moments[-1] == NOON + 100 * MINUTE
    assert _at(timeline, 7) | {"paid": 0, "reserved": 0} == {
        "active": 2, "submitted": 0, "accepted": 0, "rejected": 0, "returned": 0, "answers": 0, "paid": 0, "reserved": 0,
    }  # fmt: skip
    assert (_at(timeline, 17)["active"], _at(timeline, 17)["submitted"]) == (1, 2)
    assert (_at(timeline, 35)["accepted"], _at(timeline, 35)["rejected"], _at(timeline, 35)["answers"]) == (1, 1, 2)
    assert (_at(timeline, 45)["returned"], _at(timeline, 55)["accepted"]) == (1, 2)
    assert (_at(timeline, 100)["active"], _at(timeline, 100)["submitted"], _at(timeline, 100)["answers"]) == (1, 1, 4)


def test_money_is_reserved_from_taking_to_judging_and_paid_from_then_on() -> None:
    """Fees and bonuses are in it; a rejection that was taken back is paid when it is."""
    bonus = Bonus(id=BonusId("1"), created=NOON + 40 * MINUTE, worker_id=WorkerId("ann"), amount=mh.Money("0.05"))
    timeline = timeline_of(PAGES, fee=_fee, bonuses=[bonus], now=NOON + 100 * MINUTE)
    moments = {7: (0.24, 0), 25: (0.36, 0.12), 45: (0, 0.18), 100: (0.24, 0.3)}
    for minutes, (reserved, paid) in moments.items():
        assert _at(timeline, minutes)["reserved"] == pytest.approx(reserved), minutes
        assert _at(timeline, minutes)["paid"] == pytest.approx(paid), minutes


def test_objects_are_finished_with_the_last_answer_that_they_got() -> None:
    """Those that still want answers are not."""
    done = frozenset({TaskId("task-2"), TaskId("task-4"), TaskId("task-10")})
    timeline = timeline_of(PAGES, fee=_fee, now=NOON + 100 * MINUTE, finished=done)
    assert timeline.finished[-1] == 2
    assert timeline.finished[0] == 0
    assert timeline_of(PAGES, fee=_fee, now=NOON + 100 * MINUTE).finished == []


@pytest.mark.parametrize(
    ("status", "pages", "expected"),
    [
        (PoolStatus.OPEN, PAGES[:4], 100),
        (PoolStatus.CLOSED, PAGES, 100),
        (PoolStatus.CLOSED, PAGES[:4], 50),
        (PoolStatus.CLOSED, PAGES[:1], 45),
        (PoolStatus.CLOSED, [], 45),
    ],
    ids=["open", "page in work", "judged later", "closed later", "no pages"],
)
def test_a_timeline_ends_with_the_last_thing_that_happened(
    status: PoolStatus, pages: list[Assignment], expected: int
) -> None:
    """Not with the moment at which somebody looks at a launch that is long over."""
    platform = mh.EmbeddedPlatform.in_memory()
    project = platform.put_project(ProjectConfig(key="p", name="P", input_spec={}, output_spec={}, view={}))
    config = PoolConfig(
        project_id=project.id,
        key="p",
        reward=mh.Money("0.1"),
        assignment_duration=MINUTE,
        mixer=MixerConfig(real_count=1),
    )
    pool = replace(platform.create_pool(config), status=status, created=NOON, last_stopped=NOON + 45 * MINUTE)
    assert end_of_timeline(pool, pages, now=NOON + 100 * MINUTE) == NOON + expected * MINUTE


def test_nothing_has_no_timeline() -> None:
    """And a single moment has one point."""
    assert timeline_of([], fee=_fee, now=NOON) == Timeline()
    assert len(timeline_of([_page(1, taken=0)], fee=_fee, now=NOON).moments) == 1


def test_the_end_of_a_timeline_is_what_the_platform_says() -> None:
    """Pages, answers and money of a whole launch with bonuses, rejections and fees."""
    rules = mh.RuleBuilder().add_dynamic_reward(0.01, 0.03, 0.8, 0.6, bonus_granularity_num=2).build()
    scene = make_scene(accuracy=0.8, careless=0.2, params=make_params(control=mh.Control(rules)))
    handle = scene.start(numbers(0, 30), name="red")
    handle.wait()
    progress = handle.progress()
    timeline = read_timeline(scene.platform, PoolId((scene.platform.journal.find("red") or {})["pool_id"]))
    assert timeline.answers[-1] == progress.answer_count
    assert timeline.accepted[-1] == progress.pages[AssignmentStatus.ACCEPTED]
    assert timeline.rejected[-1] == progress.pages[AssignmentStatus.REJECTED]
    assert timeline.paid[-1] == pytest.approx(float(progress.paid))
    assert timeline.reserved[-1] == 0
    assert scene.platform.list_bonuses(scene.pools[0])
