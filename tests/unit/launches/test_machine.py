"""What a launch does about workers, meddling hands, money and time, step by step."""

from dataclasses import replace
from datetime import timedelta

import pytest

import manyhands as mh
from manyhands.crowd import AssignmentStatus, PoolStatus, TaskDraft
from manyhands.launches import SharedBudget
from tests.unit.launches.desk import Desk, make_plan

BONUSES = mh.Control(
    mh.RuleBuilder().add_dynamic_reward(0.01, 0.02, 0.9, min_accuracy_for_accept=0, bonus_granularity_num=2).build()
)
STATIC = {"overlap": mh.StaticOverlap(2)}


def open_desk(**changes: object) -> Desk:
    """Return a desk whose launch runs."""
    desk = Desk(make_plan(**changes))  # type: ignore[arg-type]  # changes of a test
    desk.work()
    return desk


def test_a_launch_publishes_and_opens_and_then_waits() -> None:
    """Nothing more is asked of the platform until somebody does something."""
    desk = open_desk()
    assert desk.launch.state is mh.LaunchState.RUNNING
    assert desk.platform.get_pool(desk.pool).status is PoolStatus.OPEN
    assert desk.watched.calls["open_pool"] == 1
    assert desk.work() == 0


def test_a_launch_ends_when_every_object_has_its_answers() -> None:
    """Two workers answer everything; the pool is closed and the journal knows."""
    desk = open_desk(**STATIC)
    desk.answer("ann", "ben", "ann", "ben")
    assert desk.is_over
    assert desk.launch.state is mh.LaunchState.FINISHED
    assert {len(votes) for _, votes in desk.launch.results()[0]} == {2}
    ((_, entry),) = desk.platform.journal.list()
    assert entry["state"] == "finished"


@pytest.mark.parametrize("status", ["rejected", "expired", "skipped"])
def test_answers_that_are_lost_are_asked_again(status: str) -> None:
    """A page that comes to nothing costs an attempt only when it was answered."""
    desk = open_desk(object_count=2, **STATIC)
    page = desk.take("ann")
    assert page is not None
    if status == "skipped":
        desk.platform.skip(page.assignment_id, page.worker_id)
    else:
        desk.submit(page, is_right=False, seconds=60 if status == "rejected" else 10**5)
    desk.work()
    assert {task.overlap for task in desk.real_tasks().values()} == {3 if status == "rejected" else 2}
    assert desk.statuses()[AssignmentStatus(status.upper())] == 1


def test_an_object_is_given_up_when_its_attempts_are_used_up() -> None:
    """The launch finishes, and says which objects it has not labeled."""
    desk = open_desk(object_count=2, max_attempts=3, **STATIC)
    desk.answer("ann", "ben", "cay", is_right=False)
    assert desk.launch.state is mh.LaunchState.FINISHED
    assert desk.launch.progress().given_up_count == 2
    assert desk.launch.results()[0].unfinished == (0, 1)


def test_a_pool_that_is_closed_by_hand_ends_the_launch_after_pages_in_work() -> None:
    """The page in hand is still judged; then the launch stops and says why."""
    desk = open_desk()
    page = desk.take("ann")
    assert page is not None
    desk.platform.close_pool(page.pool_id)
    desk.work()
    assert not desk.is_over
    desk.submit(page)
    desk.work()
    assert desk.launch.state is mh.LaunchState.STOPPED
    assert desk.launch.progress().stop_reason is mh.StopReason.POOL_CLOSED
    assert desk.statuses() == {AssignmentStatus.ACCEPTED: 1}


def test_an_interrupt_shortens_every_ending() -> None:
    """A launch that waits for pages in work, because its pool was closed by hand, ends when it is interrupted."""
    desk = open_desk()
    page = desk.take("ann")
    assert page is not None
    desk.platform.close_pool(page.pool_id)
    desk.work()
    desk.launch.request_stop(timedelta(seconds=1))
    desk.work()
    assert not desk.is_over
    desk.clock.move(seconds=1)
    desk.work()
    assert desk.launch.state is mh.LaunchState.STOPPED
    assert desk.launch.progress().stop_reason is mh.StopReason.POOL_CLOSED


def test_the_shortest_grace_counts_from_when_it_was_asked_for() -> None:
    """A second, shorter stop does not wait for the first; a longer one changes nothing."""
    desk = open_desk()
    desk.take("ann")
    for grace in (60, 5, 600):
        desk.launch.request_stop(timedelta(seconds=grace))
        desk.work()
    desk.clock.move(seconds=5)
    desk.work()
    assert desk.is_over


def test_a_page_that_comes_within_the_grace_is_judged_and_paid() -> None:
    """The pool is closed at once, but who is at work may finish."""
    desk = open_desk()
    page = desk.take("ann")
    assert page is not None
    desk.launch.request_stop(timedelta(minutes=5))
    desk.work()
    assert desk.take("ben") is None
    desk.submit(page, seconds=60)
    desk.work()
    assert desk.is_over
    assert desk.statuses() == {AssignmentStatus.ACCEPTED: 1}


def test_pages_that_come_after_the_grace_do_not_hold_the_end_up() -> None:
    """One that came in time is waited for until it is paid and counts; later ones wait for the next call, however many come one after the other."""
    desk = open_desk(object_count=40, **STATIC)
    first, *others = [page for name in range(20) if (page := desk.take(f"w{name}"))]
    desk.clock.move(seconds=60)
    desk.launch.request_stop(timedelta(seconds=1))
    desk.work()
    desk.submit(first, seconds=0.5)
    desk.clock.move(seconds=1)
    count = 0
    while not desk.is_over:
        desk.submit(others[count], seconds=1)
        desk.work(limit=1)
        count += 1
    assert count < len(others) / 2
    assert desk.statuses()[AssignmentStatus.SUBMITTED] == count
    (accepted,) = (page for page in desk.pages() if page.status is AssignmentStatus.ACCEPTED)
    assert accepted.id == first.assignment_id
    assert desk.launch.progress().answer_count == sum(task.key in desk.plan.task_keys for task in accepted.tasks) > 0
    for page in others[count:]:
        desk.submit(page, seconds=1)
    desk.call()
    desk.work()
    assert set(desk.statuses()) == {AssignmentStatus.ACCEPTED}


def test_a_pool_whose_time_is_over_ends_the_launch() -> None:
    """The launch stops and says why."""
    desk = open_desk(pool_lifetime=timedelta(hours=1))
    desk.clock.move(hours=1)
    desk.work()
    assert desk.launch.state is mh.LaunchState.STOPPED
    assert desk.launch.progress().stop_reason is mh.StopReason.POOL_EXPIRED


def test_the_same_call_gives_an_expired_pool_more_time() -> None:
    """The pool opens again for as long as it would have been open at first, and the launch goes on to its end."""
    desk = open_desk(pool_lifetime=timedelta(hours=1), **STATIC)
    desk.answer("ann")
    desk.clock.move(hours=2)
    desk.work()
    assert desk.launch.progress().stop_reason is mh.StopReason.POOL_EXPIRED
    pool_id = desk.pool
    desk.call()
    desk.work()
    pool = desk.platform.get_pool(pool_id)
    assert (pool.status, pool.config.expires) == (PoolStatus.OPEN, desk.clock.now() + timedelta(hours=1))
    desk.answer_all()
    assert desk.launch.state is mh.LaunchState.FINISHED


def test_a_call_that_comes_soon_leaves_the_time_of_the_pool() -> None:
    """As long as little of it is over, nothing is changed for it."""
    desk = open_desk(pool_lifetime=timedelta(hours=10))
    desk.clock.move(minutes=59)
    desk.call()
    desk.work()
    assert desk.watched.calls["extend_pool"] == 0
    desk.clock.move(minutes=2)
    desk.call()
    desk.work()
    assert desk.watched.calls["extend_pool"] == 1


def test_a_launch_waits_while_somebody_changes_its_pool() -> None:
    """A pool that is closed for an update opens by itself, and the launch goes on with what it has become."""
    desk = open_desk(**STATIC)
    desk.answer("ann")
    config = desk.platform.close_pool_for_update(desk.pool).config
    desk.work()
    assert not desk.is_over
    desk.platform.update_pool(desk.pool, replace(config, reward=mh.Money("0.25")))
    desk.work()
    assert desk.platform.get_pool(desk.pool).status is PoolStatus.CLOSED
    desk.clock.move(minutes=15)
    page = desk.take("ben")
    assert page is not None
    assert page.reward == mh.Money("0.25")
    desk.submit(page)
    desk.answer_all()
    assert desk.launch.state is mh.LaunchState.FINISHED


def test_a_pool_that_is_closed_for_good_during_an_update_ends_the_launch() -> None:
    """Whoever changed it has thought better of it."""
    desk = open_desk(**STATIC)
    desk.platform.close_pool_for_update(desk.pool)
    desk.work()
    desk.platform.close_pool(desk.pool)
    desk.work()
    assert desk.launch.state is mh.LaunchState.STOPPED
    assert desk.launch.progress().stop_reason is mh.StopReason.POOL_CLOSED


def test_a_pool_that_was_archived_by_hand_can_still_be_read() -> None:
    """The same call returns what is known, pays nobody, and says that the pool is gone."""
    desk = open_desk()
    desk.answer("ann")
    desk.launch.request_stop(timedelta(0))
    desk.work()
    desk.platform.archive_pool(desk.pool)
    spent = desk.platform.spending(desk.pool)
    desk.call()
    desk.work()
    assert desk.launch.state is mh.LaunchState.STOPPED
    assert desk.launch.progress().stop_reason is mh.StopReason.POOL_CLOSED
    assert sum(len(votes) for _, votes in desk.launch.results()[0]) == 2
    assert desk.platform.spending(desk.pool) == spent


def test_a_pool_that_is_archived_while_the_launch_thinks_ends_it() -> None:
    """Between two rounds the pool is closed; archived then, it cannot be opened for the next."""
    desk = open_desk(object_count=2, overlap=mh.StaticOverlap(1))
    page = desk.take("ann")
    assert page is not None
    desk.submit(page, is_right=False)
    desk.platform.reject(page.assignment_id, "by hand")
    desk.clock.move(days=9)
    desk.platform.archive_pool(page.pool_id)
    desk.work()
    assert desk.launch.state is mh.LaunchState.STOPPED
    assert desk.launch.progress().stop_reason is mh.StopReason.POOL_CLOSED


def test_a_launch_ends_when_its_budget_is_used_up_and_goes_on_with_a_larger_one() -> None:
    """Six pages fit into the first budget; the same call with a larger one labels the rest."""
    desk = open_desk(budget="0.30", object_count=8, **STATIC)
    desk.answer_all()
    assert desk.launch.progress().stop_reason is mh.StopReason.BUDGET
    assert desk.launch.progress().paid == mh.Money("0.30")
    desk.plan = desk.plan.paid_by(SharedBudget(key="budget", ceiling=mh.Money(5)))
    desk.call()
    desk.work()
    desk.answer_all()
    assert desk.launch.state is mh.LaunchState.FINISHED
    assert desk.launch.progress().stop_reason is None


def test_hands_may_judge_before_the_launch_does() -> None:
    """What was rejected or accepted by hand while the launch was about to do otherwise stays so, and the launch goes on."""
    desk = open_desk(object_count=4, **STATIC)
    good, bad = desk.take("ann"), desk.take("ben")
    assert good is not None
    assert bad is not None
    desk.submit(good)
    desk.submit(bad, is_right=False)
    desk.platform.reject(good.assignment_id, "by hand")
    desk.platform.accept([bad.assignment_id])
    desk.work()
    assert desk.platform.get_assignment(good.assignment_id).status is AssignmentStatus.REJECTED
    desk.answer_all()
    assert desk.launch.state is mh.LaunchState.FINISHED
    assert {len(votes) for _, votes in desk.launch.results()[0]} == {2}


def test_a_rejection_that_is_taken_back_counts_and_is_not_judged_again() -> None:
    """The answers come in, the overlap is asked for as before, and no second restriction is given."""
    control = mh.Control(mh.RuleBuilder().add_static_reward(0.5).add_control_task_control(1, 0, 1).build())
    desk = open_desk(object_count=2, control=control, **STATIC)
    (page_id,) = desk.answer("ann", is_right=False)
    restriction_count = desk.launch.progress().restriction_count
    desk.platform.accept([page_id])
    desk.work()
    assert desk.launch.progress().restriction_count == restriction_count == 1
    assert desk.launch.progress().answer_count == 2
    assert {task.overlap for task in desk.real_tasks().values()} == {2}


def test_a_bonus_is_paid_once_the_page_is_accepted_and_otherwise_its_reserve_is_released() -> None:
    """Money for a bonus is not kept back when a page has earned none."""
    desk = open_desk(object_count=4, budget="5", control=BONUSES, **STATIC)
    desk.answer("ann")
    desk.answer("ben", is_right=False)
    spending = desk.platform.spending(desk.pool)
    assert desk.statuses() == {AssignmentStatus.ACCEPTED: 2}
    assert len(desk.platform.list_bonuses(desk.pool)) == 1
    assert spending.reserved == mh.Money()
    assert spending.paid == mh.Money("0.12")
    assert desk.watched.calls["pay_bonus"] == 1


def test_a_page_accepted_by_hand_brings_its_bonus() -> None:
    """Who judges does not matter for what was earned."""
    desk = open_desk(object_count=2, control=BONUSES, **STATIC)
    page = desk.take("ann")
    assert page is not None
    desk.submit(page)
    desk.platform.accept([page.assignment_id])
    desk.work()
    assert [bonus.amount for bonus in desk.platform.list_bonuses(page.pool_id)] == [mh.Money("0.02")]


def test_progress_tells_since_when_nobody_works() -> None:
    """While answers are wanted and nobody has a page, the moment of the last thing that happened; otherwise nothing."""
    desk = open_desk()
    opened = desk.clock.now()
    desk.clock.move(hours=2)
    desk.work()
    assert desk.launch.progress().idle_since == opened
    page = desk.take("ann")
    desk.work()
    assert desk.launch.progress().idle_since is None
    assert page is not None
    desk.submit(page)
    desk.work()
    assert desk.launch.progress().idle_since == desk.clock.now()
    desk.answer_all()
    assert desk.launch.progress().idle_since is None


def test_overlaps_that_were_lowered_by_hand_are_asked_for_again() -> None:
    """The platform closes the pool as complete; the launch asks once more instead of opening and opening it."""
    desk = open_desk(object_count=4, **STATIC)
    desk.answer("ann")
    desk.platform.raise_overlaps(desk.pool, {task.id: 0 for task in desk.real_tasks().values()})
    assert desk.work(100) < 10
    assert {task.overlap for task in desk.real_tasks().values()} == {2}
    desk.answer_all()
    assert desk.launch.state is mh.LaunchState.FINISHED


def test_tasks_that_somebody_else_put_into_the_pool_are_not_counted() -> None:
    """The launch judges pages with them and labels its own objects."""
    desk = open_desk(object_count=2, **STATIC)
    alien = TaskDraft(key="alien", input_values={"text": "7", "id": "alien"}, overlap=2)
    desk.platform.add_tasks(desk.pool, [alien])
    desk.answer_all()
    assert desk.launch.state is mh.LaunchState.FINISHED
    assert {len(votes) for _, votes in desk.launch.results()[0]} == {2}


def test_a_call_again_remembers_restrictions_and_pays_nobody_twice() -> None:
    """Killed after everything, the same call finds the same and changes nothing."""
    desk = open_desk(object_count=4, control=BONUSES, **STATIC)
    desk.answer("ann", "ben")
    before = (desk.platform.spending(desk.pool), desk.statuses(), desk.launch.progress().answer_count)
    desk.call()
    desk.work()
    assert (
        desk.platform.spending(desk.pool),
        desk.statuses(),
        desk.launch.progress().answer_count,
    ) == before


def test_raises_wait_until_they_fill_a_page() -> None:
    """Of six objects two are unsure; while somebody works on the others, half a page is not asked for."""
    desk = open_desk(object_count=6, real_count=3, overlap=mh.DynamicOverlap(1, 3, 0.99))
    first, second = desk.take("ann"), desk.take("ben")
    assert first is not None
    assert second is not None
    desk.submit(first)
    desk.work()
    asked = sorted(task.overlap or 0 for task in desk.real_tasks().values())
    assert asked == [1, 1, 1, 2, 2, 2]


def test_an_interrupt_before_anything_publishes_nothing() -> None:
    """The call returns at once with every object unfinished."""
    desk = Desk(make_plan())
    desk.launch.request_stop(timedelta(0))
    desk.work()
    assert desk.launch.state is mh.LaunchState.STOPPED
    assert desk.launch.results()[0].unfinished == (0, 1, 2, 3)
    assert desk.watched.calls["put_project"] == 0


def test_a_stop_that_waits_for_a_judgement_waits_for_the_event_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the grace is over there is no moment to wait for, or whoever serves the launch would not sleep any more."""
    desk = open_desk()
    page = desk.take("ann")
    assert page is not None
    desk.submit(page)
    # Somebody else judges it, and that is not known yet.
    monkeypatch.setattr(desk.watched, "accept", lambda *_: None)
    desk.launch.request_stop(timedelta(seconds=1))
    desk.work()
    assert desk.launch.next_moment == desk.clock.now() + timedelta(seconds=1)
    desk.clock.move(seconds=2)
    desk.work()
    assert desk.launch.state is mh.LaunchState.STOPPING
    assert desk.launch.next_moment is None
    desk.platform.accept([page.assignment_id])
    desk.work()
    assert desk.is_over
