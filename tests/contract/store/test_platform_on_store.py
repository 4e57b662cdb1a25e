"""The embedded platform keeps its promises on every store."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from manyhands.crowd import (
    AcceptedCount,
    BonusDraft,
    ChangeOverlap,
    CloseReason,
    Comparison,
    ControlTasks,
    EventKind,
    MajorityAgreement,
    MixerConfig,
    Money,
    Pool,
    QualityCondition,
    QualityRule,
    RejectAll,
    RestrictionDraft,
    RestrictionScope,
    RestrictWorker,
    SkippedInRow,
    SubmitTime,
    TaskDraft,
    TrainingRequirement,
    WorkerId,
)
from manyhands.errors import BudgetExceeded, NoWork
from manyhands.platform import EmbeddedPlatform
from manyhands.store import Store
from tests.unit.platform.house import CAT, DOG, House, control, controls, real, reals, solution

#: For tests that open a database twice: one in memory has a single store.
SHARED = pytest.mark.parametrize("store_url", ["sqlite-file", "postgres"], indirect=True)


def make_rule(collector: object, key: str, threshold: float, action: object) -> QualityRule:
    """Return a rule with one condition."""
    condition = QualityCondition(key=key, comparison=Comparison.GTE, threshold=threshold)  # type: ignore[arg-type]
    return QualityRule(collector=collector, conditions=(condition,), action=action)  # type: ignore[arg-type]


def test_a_pool_goes_its_way(store: Store) -> None:
    """Pages are taken, submitted, skipped, expired, judged and paid; events tell it in order; money and overlap are exact."""
    house = House(store)
    house.workers("ann", "ben")
    budget = house.budget("10.00")
    mixer = MixerConfig(real_count=2, control_count=1)
    drafts = [*reals(4, overlap=2), *controls(4)]
    pool = house.pool(*drafts, mixer=mixer, budget_id=budget, max_bonus=Money("0.05"))
    first = house.work("ann", pool)
    skipped = house.take("ann", pool)
    house.platform.skip(skipped.assignment_id, skipped.worker_id)
    house.take("ben", pool)
    house.clock.move(minutes=11)
    assert house.refusal("ann", pool) == "exhausted"
    second = house.work("ben", pool)
    house.accept(first)
    draft = BonusDraft(key="b", worker_id=WorkerId("ann"), amount=Money("0.03"), assignment_id=first.assignment_id)
    assert house.platform.pay_bonus(draft) == house.platform.pay_bonus(draft)
    house.platform.reject(second.assignment_id, "no")
    house.overlaps(pool, {"r0": 5, "r1": 0})
    kinds = ["pool_opened", "taken", "submitted", "taken", "skipped", "taken", "expired", "taken", "submitted"]
    assert house.events(pool) == [EventKind(kind) for kind in [*kinds, "accepted", "rejected"]]
    assert house.platform.spending(pool.id).paid == Money("0.12") + Money("0.036")
    house.platform.close_pool(pool.id)
    house.platform.archive_pool(pool.id)
    house.audit()


def test_rules_restrictions_skills_and_groups_work(store: Store) -> None:
    """What the platform decides by itself about workers is stored and honoured."""
    house = House(store)
    house.workers("ann", "ben", "cay")
    hour = RestrictWorker(scope=RestrictionScope.PROJECT, duration=timedelta(hours=1))
    rules = (
        make_rule(SkippedInRow(), "skipped_in_row_count", 2, hour),
        make_rule(SubmitTime(fast_threshold=timedelta(seconds=5), history_size=3), "fast_count", 3, hour),
        make_rule(ControlTasks(history_size=2), "incorrect_share", 0.5, RejectAll(public_comment="careless")),
        make_rule(MajorityAgreement(answer_threshold=2), "total_count", 1, ChangeOverlap(delta=1)),
        make_rule(AcceptedCount(), "accepted_count", 9, hour),
    )
    mixer = MixerConfig(real_count=1, control_count=1)
    drafts = [*reals(6, overlap=2), *controls(6)]
    pool = house.pool(*drafts, mixer=mixer, quality_rules=rules, exclusive_group="g")
    page = house.take("ann", pool)
    house.hand_in(page, DOG, DOG)
    assert house.assignment(page).status == "REJECTED"
    for _ in range(2):
        skipped = house.take("ben", pool)
        house.platform.skip(skipped.assignment_id, skipped.worker_id)
    assert house.refusal("ben", pool) == "restricted"
    skill = house.platform.put_skill("pets")
    house.platform.set_skill(WorkerId("cay"), skill.id, value=0.5)
    other = house.pool(real("a"), exclusive_group="g")
    assert house.refusal("ann", other) == "exclusive"
    for restriction in house.platform.list_restrictions():
        house.platform.lift_restriction(restriction.id)
    draft = RestrictionDraft(key="k", worker_id=WorkerId("cay"), scope=RestrictionScope.ALL_PROJECTS)
    assert house.platform.restrict(draft) == house.platform.restrict(draft)
    assert house.refusal("cay", other) == "restricted"
    requirement = TrainingRequirement(training_pool_id=pool.id, passing_skill=0.4, skill_id=skill.id)
    assert house.refusal("ben", house.pool(real("b"), training_requirement=requirement)) == "training_required"
    assert [entry.value for entry in house.platform.list_skills(WorkerId("cay"))] == [0.5]


def test_limited_tasks_and_foreign_fields_come_back(store: Store) -> None:
    """Everything that a draft says is found in the task."""
    house = House(store)
    ann = house.worker("ann")
    drafts = [
        real("a", overlap=0, reserved_for=frozenset({ann}), foreign={"traits": ["x"]}),
        control("c", unavailable_for=frozenset({ann, WorkerId("nobody")}), hint="look again"),
    ]
    pool = house.pool(*drafts, is_open=False)
    tasks = house.platform.list_tasks(pool.id)
    fields = ("key", "input_values", "known_solutions", "hint", "overlap", "reserved_for", "unavailable_for", "foreign")
    assert [[getattr(task, name) for name in fields] for task in tasks] == [
        [getattr(draft, name) for name in fields] for draft in drafts
    ]


def test_money_is_never_promised_twice(store: Store) -> None:
    """Two pools that share a budget never spend more than it has, from many threads."""
    house = House(store)
    workers = house.workers(*(f"w{number}" for number in range(8)))
    budget = house.budget("1.20")
    pools = [house.pool(*reals(20, overlap=3), budget_id=budget) for _ in range(2)]
    with ThreadPoolExecutor(8) as threads:
        counts = list(threads.map(lambda worker: work_until_done(house.platform, worker, pools), workers))
    spending = house.platform.get_budget(budget).spending
    assert (sum(counts), spending.paid, spending.reserved) == (10, Money("1.20"), Money(0))
    assert {house.now(pool).close_reason for pool in pools} == {CloseReason.NOT_ENOUGH_BALANCE}
    with pytest.raises(BudgetExceeded):
        house.platform.put_budget("budget", Money("1.19"))
    house.audit()


def work_until_done(platform: EmbeddedPlatform, worker: WorkerId, pools: list[Pool]) -> int:
    """Work in the pools until both give nothing; return the number of pages."""
    count = 0
    for pool in pools:
        for _ in range(100):
            try:
                page = platform.take(worker, pool.id)
            except NoWork:
                break
            platform.submit(page.assignment_id, worker, solutions=[solution(CAT)])
            platform.accept([page.assignment_id])
            count += 1
    return count


def test_a_cursor_skips_no_event(store: Store) -> None:
    """Who reads on from the last event while others write sees every event once, in order."""
    house = House(store)
    workers = house.workers(*(f"w{number}" for number in range(6)))
    pools = [house.pool(*reals(8, overlap=6)) for _ in range(3)]
    is_over = threading.Event()
    with ThreadPoolExecutor(7) as threads:
        reader = threads.submit(read_positions, house.platform, pools, is_over)
        for job in [threads.submit(work_until_done, house.platform, worker, pools) for worker in workers]:
            job.result()
        is_over.set()
        positions = reader.result()
    assert positions == list(range(1, len(positions) + 1))
    assert len(positions) == 3 * 2 + 3 * 8 * 6 * 3
    house.audit()


def read_positions(platform: EmbeddedPlatform, pools: list[Pool], is_over: threading.Event) -> list[int]:
    """Read events by cursor until the work is over."""
    positions = [0]
    while True:
        was_over = is_over.is_set()
        page = platform.list_events([pool.id for pool in pools], positions[-1], limit=7)
        positions.extend(event.position for event in page.events)
        if was_over and not page.events:
            return positions[1:]


@SHARED
def test_another_process_is_noticed(open_again: Callable[[], Store]) -> None:
    """What happens through another store ends the wait long before patience does."""
    store = open_again()
    house = House(store)
    house.worker("ann")
    pool = house.pool(real("a"))
    elsewhere = EmbeddedPlatform(open_again(), clock=house.clock)
    after = house.platform.list_events([pool.id]).events[-1].position
    with ThreadPoolExecutor(1) as threads:
        wait = threads.submit(house.platform.wait_for_events, after, until=None, patience=timedelta(seconds=30))
        elsewhere.take(WorkerId("ann"), pool.id)
        wait.result(timeout=5)
    assert [event.kind for event in house.platform.list_events([pool.id], after).events] == [EventKind.TAKEN]


def test_adding_tasks_is_all_or_nothing(store: Store) -> None:
    """Drafts that end in an error leave no task behind."""
    house = House(store)
    pool = house.pool(is_open=False)

    def drafts() -> list[TaskDraft]:
        return [real("a"), real("b", overlap=-1)]

    with pytest.raises(Exception, match="overlap: expected 0 or more"):
        house.platform.add_tasks(pool.id, drafts())
    assert house.platform.list_tasks(pool.id) == []
