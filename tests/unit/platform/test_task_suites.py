"""Task suites: putting them into a pool, how often they are given out, and looking at them."""

import itertools
from datetime import timedelta

import pytest

from manyhands.crowd import (
    ChangeOverlap,
    CloseReason,
    Comparison,
    ControlTasks,
    KnownSolution,
    MajorityAgreement,
    MixerConfig,
    PoolStatus,
    PoolType,
    QualityCondition,
    QualityRule,
    TaskId,
    TaskSuiteChange,
    TaskSuiteDraft,
    TaskSuiteId,
    WorkerId,
)
from manyhands.errors import (
    EmptyPool,
    HasMixer,
    InvalidData,
    InvalidInput,
    InvalidParams,
    NoMixer,
    NotFound,
    WrongState,
)
from manyhands.platform import EmbeddedPlatform
from tests.unit.platform.house import CAT, DOG, House, control, real, reals, suite


def test_ids_come_in_order_and_tasks_are_tasks_of_the_pool(house: House) -> None:
    """A suite has an id of its own; its tasks are listed in its order, with its overlap, and named after it."""
    pool = house.suite_pool()
    ids = house.platform.add_task_suites(pool.id, [suite("a", overlap=3), suite("b", real("x"), overlap=None)])
    ids += house.platform.add_task_suites(pool.id, [suite("c")])
    assert ids == sorted(set(ids))
    assert [found.id for found in house.platform.list_task_suites(pool.id)] == ids
    tasks = house.platform.list_tasks(pool.id)
    assert [(task.key, task.overlap, task.remaining_overlap) for task in tasks] == [
        ("a/0", 3, 3),
        ("a/1", 3, 3),
        ("b/0", None, None),
        ("c/0", 1, 1),
        ("c/1", 1, 1),
    ]
    assert house.platform.get_task_suite(ids[0]).tasks == tuple(tasks[:2])


def test_everything_that_a_draft_says_comes_back(house: House) -> None:
    """Workers, order, known solutions, hints and foreign fields."""
    ann = house.worker("ann")
    tasks = real("r", foreign={"a": 1}), control("c", hint="think")
    draft = suite(
        "s",
        *tasks,
        overlap=7,
        reserved_for=frozenset({ann}),
        unavailable_for=frozenset({WorkerId("nobody")}),
        issuing_order_override=-99_999.99999,
        foreign={"longitude": 2.5},
    )
    pool = house.suite_pool(draft, is_open=False)
    found = house.suites(pool)["s"]
    names = ("key", "overlap", "reserved_for", "unavailable_for", "issuing_order_override", "foreign")
    assert [getattr(found, name) for name in names] == [getattr(draft, name) for name in names]
    assert (found.pool_id, found.created, found.is_mixed) == (pool.id, house.clock.now(), False)
    fields = ("input_values", "known_solutions", "hint", "kind", "foreign")
    assert [[getattr(task, name) for name in fields] for task in found.tasks] == [
        [getattr(task, name) for name in fields] for task in tasks
    ]


def test_a_suite_is_added_once(house: House) -> None:
    """The same key in a pool is the same suite, within one call and in later ones, and keeps what it was."""
    pool = house.suite_pool()
    first = house.platform.add_task_suites(pool.id, [suite("a"), suite("b"), suite("a", overlap=9)])
    again = house.platform.add_task_suites(pool.id, [suite("b", overlap=7), suite("c")])
    assert first[0] == first[2] != first[1] == again[0]
    assert {key: found.overlap for key, found in house.suites(pool).items()} == {"a": 1, "b": 1, "c": 1}
    assert len(house.platform.list_tasks(pool.id)) == 6
    assert house.platform.add_task_suites(pool.id, []) == []


def test_suites_may_come_from_a_stream(house: House) -> None:
    """Many more than are handed to the database at once; a list goes on from behind a suite."""
    pool = house.suite_pool()
    ids = house.platform.add_task_suites(pool.id, (suite(f"s{number}", real("r")) for number in range(2_500)))
    assert len(set(ids)) == len(house.platform.list_tasks(pool.id, limit=9_000)) == 2_500
    listed = house.platform.list_task_suites(pool.id, ids[2_497], limit=5)
    assert [found.key for found in listed] == ["s2498", "s2499"]


@pytest.mark.parametrize(
    ("draft", "problem"),
    [
        (TaskSuiteDraft(key="s", tasks=()), "task suite 's': tasks: expected at least one, found none"),
        (suite("s", overlap=-1), "task suite 's': overlap: expected 0 or more, found -1"),
        (suite("s", issuing_order_override=1e5), "issuing_order_override: expected a number within ±99999.99999"),
        (suite("s", issuing_order_override=float("nan")), "issuing_order_override: expected a number within"),
        (suite("s", real("r"), real("r", input_values={"text": "a"})), "task 's/1': id: expected a string"),
        (suite("s", real("r", known_solutions=(KnownSolution(output_values={"x": 1}),))), "known solution: x: there"),
    ],
    ids=["tasks", "overlap", "order", "no order", "values", "known solution"],
)
def test_a_draft_that_does_not_fit_is_refused(house: House, draft: TaskSuiteDraft, problem: str) -> None:
    """The error names suite or task, and nothing is added, not even what was right."""
    pool = house.suite_pool()
    with pytest.raises(InvalidData, match=problem):
        house.platform.add_task_suites(pool.id, [suite("good"), draft])
    assert (house.platform.list_task_suites(pool.id), house.platform.list_tasks(pool.id)) == ([], [])


def test_a_pool_takes_tasks_or_suites(house: House) -> None:
    """It has a mixer or it has none; an archived one takes nothing."""
    mixed, pool = house.pool(), house.suite_pool()
    with pytest.raises(HasMixer, match="add tasks"):
        house.platform.add_task_suites(mixed.id, [suite()])
    with pytest.raises(NoMixer, match="add task suites"):
        house.platform.add_tasks(pool.id, [real()])
    with pytest.raises(EmptyPool):
        house.platform.open_pool(pool.id)
    house.platform.archive_pool(pool.id)
    with pytest.raises(WrongState, match="is archived"):
        house.platform.add_task_suites(pool.id, [suite()])
    with pytest.raises(InvalidParams, match="a training needs one"):
        house.suite_pool(type=PoolType.TRAINING)


@pytest.mark.parametrize(("wanted", "overlap"), [(0, 2), (1, 2), (2, 2), (3, 3), (9, 9)])
def test_a_raised_overlap_is_never_below_what_is_consumed(house: House, wanted: int, overlap: int) -> None:
    """The larger of what is asked for and what is given out holds, for the tasks, too."""
    pool = house.suite_pool(suite("a", overlap=5))
    for worker in house.workers("ann", "ben"):
        house.work(worker, pool)
    found = house.raise_suite(pool, "a", wanted)
    assert (found.overlap, found.remaining_overlap) == (overlap, overlap - 2)
    assert [task.overlap for task in found.tasks] == [overlap, overlap]


def test_zero_stops_a_suite_and_the_pool_is_complete(house: House) -> None:
    """What is given out may still be handed in."""
    house.workers("ann", "ben")
    pool = house.suite_pool(suite("a", overlap=5))
    page = house.take("ann", pool)
    house.raise_suite(pool, "a", 0)
    assert house.refusal("ben", pool) == "exhausted"
    house.hand_in(page)
    assert house.now(pool).close_reason is CloseReason.COMPLETED
    house.raise_suite(pool, "a", 2)
    house.platform.open_pool(pool.id)
    assert house.refusal("ann", pool) == "exhausted"
    assert house.suite_of(house.take("ben", pool)) == "a"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (TaskSuiteChange(overlap=4), (4, 3)),
        (TaskSuiteChange(overlap=1), (1, 0)),
        (TaskSuiteChange(is_endless=True), (None, None)),
        (TaskSuiteChange(is_endless=True, overlap=4), (None, None)),
        (TaskSuiteChange(is_endless=False, overlap=4), (4, 3)),
        (TaskSuiteChange(is_endless=False), (2, 1)),
        (TaskSuiteChange(issuing_order_override=1), (2, 1)),
    ],
    ids=["more", "enough", "endless", "endless wins", "an end", "has an end", "order"],
)
def test_a_change_of_overlap(house: House, change: TaskSuiteChange, expected: tuple[int | None, int | None]) -> None:
    """What is not named stays."""
    house.worker()
    pool = house.suite_pool(suite("a", overlap=2))
    house.work("ann", pool)
    found = house.platform.change_task_suite(house.suites(pool)["a"].id, change)
    assert (found.overlap, found.remaining_overlap) == expected


def test_a_change_is_not_below_what_is_consumed(house: House) -> None:
    """It is refused, unlike the wish to have as few as possible, and nothing changes, the order neither."""
    house.worker()
    pool = house.suite_pool(suite("a", overlap=2))
    house.work("ann", pool)
    with pytest.raises(InvalidInput, match="1 pages are there or in work already; its overlap cannot be 0"):
        house.change_suite(pool, "a", overlap=0, issuing_order_override=3)
    with pytest.raises(InvalidInput, match="expected a number within"):
        house.change_suite(pool, "a", overlap=9, issuing_order_override=1e6)
    found = house.suites(pool)["a"]
    assert (found.overlap, found.issuing_order_override) == (2, 0)


def test_an_endless_suite_gets_the_default_of_its_pool_as_its_end(house: House) -> None:
    """Or what is consumed, when that is more."""
    house.workers("ann", "ben")
    pool = house.suite_pool(suite("a", overlap=None), suite("b", overlap=None), default_overlap=1)
    for worker in ("ann", "ben"):
        house.work(worker, pool)
    assert house.now(pool).status is PoolStatus.OPEN
    assert [house.change_suite(pool, key, is_endless=False).overlap for key in "ab"] == [2, 1]


def test_a_task_of_a_suite_has_no_overlap_that_could_be_changed(house: House) -> None:
    """The suite has."""
    pool = house.suite_pool(suite("a"))
    with pytest.raises(NoMixer, match="change the overlap of the suite"):
        house.overlaps(pool, {"a/0": 4})
    assert house.suites(pool)["a"].overlap == 1


def test_an_archived_pool_keeps_its_suites(house: House) -> None:
    """What is archived is final."""
    pool = house.suite_pool(suite("a"))
    house.platform.close_pool(pool.id)
    house.platform.archive_pool(pool.id)
    with pytest.raises(WrongState, match="are final"):
        house.raise_suite(pool, "a", 2)
    with pytest.raises(WrongState, match="are final"):
        house.change_suite(pool, "a", issuing_order_override=2)


def test_suites_without_real_tasks_do_not_keep_a_pool_open(house: House) -> None:
    """A lesson for everybody is no work; when the rest is done, the pool is complete."""
    house.worker()
    lesson = suite("lesson", control("c"), overlap=None, issuing_order_override=1)
    pool = house.suite_pool(suite("a"), lesson)
    assert [house.suite_of(page) for page in house.work_all("ann", pool)] == ["lesson", "a"]
    assert house.now(pool).close_reason is CloseReason.COMPLETED


def test_a_pool_of_suites_without_real_tasks_is_never_complete(house: House) -> None:
    """An examination goes on until somebody closes it."""
    house.workers("ann", "ben")
    pool = house.suite_pool(suite("exam", control("c"), overlap=1))
    page = house.take("ann", pool)
    house.platform.skip(page.assignment_id, page.worker_id)
    house.audit()
    house.work("ben", pool)
    assert house.refusal("ann", pool) == "exhausted"
    assert house.now(pool).status is PoolStatus.OPEN


def test_a_pool_expires_and_completes_like_others(house: House) -> None:
    """After its delay, and not while a page is in work."""
    house.workers("ann", "ben")
    pool = house.suite_pool(suite("a", overlap=2), auto_close_delay=timedelta(minutes=1))
    house.work("ann", pool)
    page = house.take("ben", pool)
    house.clock.move(minutes=5)
    assert house.now(pool).status is PoolStatus.OPEN
    house.hand_in(page)
    assert house.now(pool).status is PoolStatus.OPEN
    house.clock.move(minutes=1)
    assert house.now(pool).close_reason is CloseReason.COMPLETED


def rule(collector: object, key: str, threshold: float, delta: int) -> QualityRule:
    """Return a rule that asks for more or fewer solutions."""
    condition = QualityCondition(key=key, comparison=Comparison.GTE, threshold=threshold)  # type: ignore[arg-type]
    return QualityRule(collector=collector, conditions=(condition,), action=ChangeOverlap(delta=delta))  # type: ignore[arg-type]


def test_control_tasks_of_suites_are_rated_and_a_rule_changes_the_suite_once(house: House) -> None:
    """However many real tasks are on the page."""
    house.workers("ann", "ben")
    tasks = [*reals(3), control("c"), control("d", right=DOG)]
    rules = (rule(ControlTasks(), "incorrect_share", 0.4, 2),)
    pool = house.suite_pool(suite("a", *tasks, overlap=2), quality_rules=rules)
    house.work("ann", pool, CAT, CAT, CAT, CAT, DOG)
    assert house.suites(pool)["a"].overlap == 2
    house.work("ben", pool, CAT, CAT, CAT, CAT, CAT)
    found = house.suites(pool)["a"]
    assert (found.overlap, found.remaining_overlap) == (4, 2)


def test_an_endless_suite_stays_endless_under_a_rule(house: House) -> None:
    """There is no end to be moved."""
    house.worker()
    rules = (rule(ControlTasks(), "total_count", 1, 1),)
    pool = house.suite_pool(suite("a", real("r"), control("c"), overlap=None), quality_rules=rules)
    house.work("ann", pool)
    assert house.suites(pool)["a"].overlap is None


def test_majorities_are_found_task_by_task(house: House) -> None:
    """A task on which two agree is no reason for more, one on which they do not is."""
    house.workers("ann", "ben", "cay")
    rules = (rule(MajorityAgreement(answer_threshold=2), "incorrect_share", 0.5, 1),)
    pool = house.suite_pool(suite("a", *reals(2), overlap=3), quality_rules=rules)
    house.work("ann", pool, CAT, CAT)
    house.work("ben", pool, CAT, CAT)
    house.work("cay", pool, CAT, DOG)
    assert house.suites(pool)["a"].overlap == 4


def test_a_suite_of_a_task_is_found(house: House) -> None:
    """A task is in one suite only."""
    pool = house.suite_pool(suite("a"), suite("b"))
    found = house.suites(pool)
    task_id = found["b"].tasks[1].id
    assert house.platform.list_task_suites(pool.id, task_id=task_id) == [found["b"]]
    assert house.platform.list_task_suites(pool.id, found["b"].id, task_id=task_id) == []
    missing = TaskId(task_id[:-1] + "9")
    assert house.platform.list_task_suites(pool.id, task_id=missing) == []


def test_a_page_of_a_mixer_is_a_suite_of_its_own(house: House) -> None:
    """It cannot be changed, was issued once, and is listed by pool and by task, for ever in the same order."""
    house.workers("ann", "ben")
    pool = house.pool(*reals(12, overlap=2), mixer=MixerConfig(real_count=1))
    pages = [house.work(worker, pool) for worker in ("ann", "ben", "ann")]
    suites = house.platform.list_task_suites(pool.id)
    assert [found.id for found in suites] == [house.assignment(page).task_suite_id for page in pages]
    assert [found.id for found in suites] == sorted({found.id for found in suites})
    assert {(found.overlap, found.remaining_overlap, found.is_mixed, found.key) for found in suites} == {
        (1, 0, True, "")
    }
    assert [found.tasks[0].id for found in suites] == [house.assignment(page).tasks[0].id for page in pages]
    assert house.platform.get_task_suite(suites[1].id) == suites[1]
    assert house.platform.list_task_suites(pool.id, suites[0].id, limit=1) == [suites[1]]
    for task in house.platform.list_tasks(pool.id):
        held = [found for found in suites if found.tasks[0].id == task.id]
        assert house.platform.list_task_suites(pool.id, task_id=task.id) == held
    with pytest.raises(HasMixer, match="change the overlap of its tasks"):
        house.platform.raise_suite_overlap(suites[0].id, 3)


def test_pages_of_a_suite_are_listed(house: House) -> None:
    """All that were issued of it, whatever became of them; the page of a mixer is the only one of its suite."""
    house.workers("ann", "ben")
    pool, mixed = house.suite_pool(suite("a", overlap=2), suite("b")), house.pool(*reals(2))
    for worker in ("ann", "ben"):
        house.work(worker, pool)
    suite_id = house.suites(pool)["a"].id
    assert [page.worker_id for page in house.platform.list_assignments_of_suite(suite_id)] == ["ann", "ben"]
    assert house.platform.list_assignments_of_suite(house.suites(pool)["b"].id) == []
    page = house.assignment(house.take("ann", mixed))
    assert page.task_suite_id is not None
    assert house.platform.list_assignments_of_suite(page.task_suite_id) == [page]


def test_what_is_not_there_is_not_found(house: House) -> None:
    """Neither ids of nothing, nor of other records, nor of other requesters."""
    house.worker()
    pool, mixed = house.suite_pool(suite("a")), house.pool(*reals(2))
    page, suite_id = house.take("ann", pool), house.suites(pool)["a"].id
    never_mixed = f"{page.assignment_id[:12]}{1:012x}{0:012x}"
    texts = (
        "x",
        suite_id[:-1] + "9",
        never_mixed,
        f"{suite_id[:12]}{1:012x}{1:012x}",
        f"{int(mixed.id):010x}--{0:024x}",
    )
    looks = (
        house.platform.get_task_suite,
        house.platform.list_assignments_of_suite,
        lambda found: house.platform.raise_suite_overlap(found, 3),
        lambda found: house.platform.change_task_suite(found, TaskSuiteChange(overlap=3)),
    )
    for text, look in itertools.product(texts, looks):
        with pytest.raises(NotFound):
            look(TaskSuiteId(text))
    stranger = EmbeddedPlatform(house.store, clock=house.clock, requester="stranger")
    for look in (stranger.get_task_suite, stranger.list_assignments_of_suite):
        with pytest.raises(NotFound, match="there is no pool"):
            look(suite_id)
    with pytest.raises(NotFound, match="there is no pool"):
        stranger.list_task_suites(pool.id)
    with pytest.raises(NotFound, match="in pool"):
        house.platform.list_task_suites(mixed.id, suite_id)
