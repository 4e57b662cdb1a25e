"""The embedded platform keeps its promises on every store."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from manyhands.crowd import (
    AcceptedCount,
    AccessLoss,
    AssignmentStatus,
    BonusDraft,
    ChangeOverlap,
    CloseReason,
    Comparison,
    ControlTasks,
    DailyIncome,
    EventKind,
    FilterCategory,
    FilterCondition,
    FilterOperator,
    Folder,
    FrequencyStep,
    GrowingOverlap,
    HistoryScope,
    KnownSolution,
    MajorityAgreement,
    MixerConfig,
    Money,
    Pool,
    PoolType,
    PriceStep,
    QualityCondition,
    QualityRule,
    RejectAll,
    RestrictionDraft,
    RestrictionScope,
    RestrictWorker,
    ReviewedPages,
    SetWorkerSkill,
    SkillPrices,
    SkippedInRow,
    SubmitTime,
    TaskChange,
    TaskDraft,
    TaskFrequency,
    TrainingRequirement,
    TrainingTerms,
    WebhookDraft,
    WorkerId,
    WorkerProfile,
)
from manyhands.errors import BudgetExceeded, NotFound, NoWork, WrongState
from manyhands.platform import EmbeddedPlatform
from manyhands.platform.embedded import InvitationDraft
from manyhands.store import Store
from tests.patience import PATIENCE, PATIENCE_S
from tests.unit.platform.files import answer, recording_pool, upload
from tests.unit.platform.house import CAT, DOG, House, control, controls, project_config, real, reals, solution, suite
from tests.unit.platform.letters import draft, says, texts

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
    house.clock.move(days=9)
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


def test_trainings_are_kept(store: Store) -> None:
    """First answers, progress, the skill and its end come back from every database."""
    house = House(store)
    house.worker("ann")
    terms = TrainingTerms(pages_to_pass=2, retry_after=timedelta(days=1))
    mixer = MixerConfig(real_count=0, training_count=1)
    taught = house.pool(
        control("a", hint="think"), control("b"), mixer=mixer, type=PoolType.TRAINING, training_terms=terms
    )
    requirement = TrainingRequirement(training_pool_id=taught.id, passing_skill=0.5)
    pool = house.pool(real("r"), training_requirement=requirement)
    for labels in ([DOG, CAT], [CAT]):
        page = house.take("ann", taught)
        for label in labels:
            house.platform.check_training_answer(
                page.assignment_id, WorkerId("ann"), task_id=page.tasks[0].id, solution=solution(label)
            )
        house.hand_in(page)
    (course,) = house.platform.list_courses(WorkerId("ann"))
    assert (course.skill, course.openings[0].is_reached) == (0.5, True)
    house.work("ann", pool)
    house.clock.move(days=1)
    assert house.platform.list_skills(WorkerId("ann")) == []
    house.take("ann", taught)
    house.audit()


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


def test_task_suites_are_issued_and_changed(store: Store) -> None:
    """Access, order, coming back, changes and rules work, and suites are found by pool and by task, mixed ones too."""
    house = House(store)
    ann, _ = house.workers("ann", "ben")
    disagree = make_rule(MajorityAgreement(answer_threshold=2), "total_count", 1, ChangeOverlap(delta=1))
    pool = house.suite_pool(
        suite("urgent", issuing_order_override=0.5, foreign={"traits": ["x"]}),
        suite("not ann", unavailable_for=frozenset({ann})),
        suite("for ann", reserved_for=frozenset({ann, WorkerId("nobody")}), overlap=None),
        suite("last", real("a"), control("c"), overlap=3),
        quality_rules=(disagree,),
    )
    given_up = house.take("ann", pool)
    assert [house.suite_of(page) for page in house.work_all("ben", pool)] == ["not ann", "last"]
    house.platform.skip(given_up.assignment_id, given_up.worker_id)
    assert [house.suite_of(page) for page in house.work_all("ben", pool)] == ["urgent"]
    house.change_suite(pool, "last", issuing_order_override=1, overlap=2)
    assert [house.suite_of(page) for page in house.work_all("ann", pool)] == ["last", "for ann"]
    found = house.suites(pool)
    # The rule held once for each of the two workers.
    assert (found["last"].overlap, found["urgent"].foreign) == (2 + 2, {"traits": ["x"]})
    assert house.raise_suite(pool, "last", 0).remaining_overlap == 0
    assert house.change_suite(pool, "for ann", is_endless=False).overlap == 1
    assert house.platform.list_task_suites(pool.id, task_id=found["last"].tasks[1].id)[0].key == "last"
    assert len(house.platform.list_assignments_of_suite(found["last"].id)) == 2
    assert house.now(pool).close_reason is CloseReason.COMPLETED
    house.audit()


def test_pages_of_a_mixer_are_task_suites(store: Store) -> None:
    """They are found by their id, by pool, and by each of their tasks, whatever the number of the task."""
    house = House(store)
    house.worker("ann")
    pool = house.pool(*reals(12), mixer=MixerConfig(real_count=5))
    pages = house.work_all("ann", pool)
    suites = house.platform.list_task_suites(pool.id)
    assert [found.id for found in suites] == [house.assignment(page).task_suite_id for page in pages]
    assert [len(found.tasks) for found in suites] == [5, 5, 2]
    for found in suites:
        assert house.platform.get_task_suite(found.id) == found
        assert [house.platform.list_task_suites(pool.id, task_id=task.id) for task in found.tasks] == [
            [found] for _ in found.tasks
        ]


@SHARED
def test_suites_are_exact_over_several_stores(open_again: Callable[[], Store]) -> None:
    """Workers of several processes never take more pages of a suite than are wanted, nor one twice."""
    houses = [House(open_again()) for _ in range(3)]
    workers = houses[0].workers(*(f"w{number}" for number in range(9)))
    pool = houses[0].suite_pool(*(suite(f"s{number}", real("r"), overlap=5) for number in range(12)))
    jobs = [(houses[number % 3].platform, worker) for number, worker in enumerate(workers)]
    with ThreadPoolExecutor(9) as threads:
        counts = list(threads.map(lambda job: work_until_done(job[0], job[1], [pool]), jobs))
    assert sum(counts) == 12 * 5
    houses[0].audit()


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


def test_pages_in_hand_are_limited_under_any_concurrency(store: Store) -> None:
    """One worker asks in eight pools of a project at once, and gets as many pages as the project allows."""
    house = House(store)
    house.platform.put_project(project_config(max_active_pages=3))
    ann = house.worker("ann")
    pools = [house.pool(*reals(2)) for _ in range(8)]

    def try_to_take(pool: Pool) -> str:
        try:
            house.platform.take(ann, pool.id)
        except NoWork as refusal:
            return refusal.reason
        return "page"

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(try_to_take, pools)) == ["page"] * 3 + ["too_many_pages"] * 5
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
        wait = threads.submit(house.platform.wait_for_events, after, until=None, patience=2 * PATIENCE)
        elsewhere.take(WorkerId("ann"), pool.id)
        wait.result(timeout=PATIENCE_S)
    assert [event.kind for event in house.platform.list_events([pool.id], after).events] == [EventKind.TAKEN]


@SHARED
def test_a_profile_changed_elsewhere_is_seen_by_filters(open_again: Callable[[], Store]) -> None:
    """Another process has changed it; what this one remembers is old."""
    house = House(open_again())
    lives_in_france = FilterCondition(
        category=FilterCategory.PROFILE, key="country", operator=FilterOperator.EQ, value="FR"
    )
    pool = house.pool(*reals(3), worker_filter=lives_in_france)
    house.worker("ann", country="DE")
    assert house.refusal("ann", pool) == "filtered"
    elsewhere = EmbeddedPlatform(open_again(), clock=house.clock)
    elsewhere.change_profile(WorkerId("ann"), WorkerProfile(country="FR"))
    house.work("ann", pool)


def test_many_people_accept_an_invitation_at_once(store: Store) -> None:
    """As many get in as it says, however many come at the same time; whoever comes twice counts once."""
    house = House(store)
    names = [f"worker {number}" for number in range(8)]
    house.workers(*names)
    code = house.platform.create_invitation(InvitationDraft(skill="expert", max_uses=5))

    def accept(name: str) -> bool:
        try:
            with house.platform.writing() as books:
                house.platform.accept_invitation(books, WorkerId(name), code)
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        twice = list(threads.map(accept, names * 2))
    assert twice.count(True) == 10
    assert [bool(house.platform.list_skills(WorkerId(name))) for name in names].count(True) == 5
    assert house.platform.list_invitations()[0].use_count == 5


@SHARED
def test_changes_made_elsewhere_hold_at_once(open_again: Callable[[], Store]) -> None:
    """A process that remembers a pool and its tasks goes on with what another one has made of them."""
    house = House(open_again())
    house.workers("ann", "ben")
    mixer = MixerConfig(real_count=0, control_count=1)
    pool = house.pool(*controls(2, right=CAT), mixer=mixer)
    elsewhere = EmbeddedPlatform(open_again(), clock=house.clock)
    page = house.take("ann", pool)
    assert house.assignment(page).tasks[0].known_solutions[0].output_values == {"label": CAT}
    known = (KnownSolution(output_values={"label": DOG}),)
    for task in elsewhere.list_tasks(pool.id):
        elsewhere.change_task(task.id, TaskChange(known_solutions=known))
    elsewhere.close_pool_for_update(pool.id)
    elsewhere.update_pool(pool.id, replace(pool.config, reward=Money("0.30"), auto_accept=True))
    elsewhere.open_pool(pool.id)
    assert house.now(pool).config.reward == house.take("ben", pool).reward == Money("0.30")
    house.hand_in(page)
    found = house.assignment(page)
    assert (found.status, found.reward) == (AssignmentStatus.ACCEPTED, Money("0.10"))
    assert found.tasks[0].known_solutions == known
    house.audit()


def test_a_task_changes_its_kind_on_every_store(store: Store) -> None:
    """A real task becomes a control task and a real one again; the pool counts it right each time."""
    house = House(store)
    house.workers("ann", "ben")
    pool = house.pool(*reals(2, overlap=2), mixer=MixerConfig(real_count=1))
    house.work("ann", pool)
    task_id = house.platform.list_tasks(pool.id)[0].id
    for known in ((KnownSolution(output_values={"label": CAT}),), ()):
        house.platform.change_task(task_id, TaskChange(known_solutions=known, overlap=3))
        house.audit()
    assert len(house.work_all("ben", pool)) == 2


def test_adding_tasks_is_all_or_nothing(store: Store) -> None:
    """Drafts that end in an error leave no task behind."""
    house = House(store)
    pool = house.pool(is_open=False)

    def drafts() -> list[TaskDraft]:
        return [real("a"), real("b", overlap=-1)]

    with pytest.raises(Exception, match="overlap: expected 0 or more"):
        house.platform.add_tasks(pool.id, drafts())
    assert house.platform.list_tasks(pool.id) == []


def test_files_are_kept_in_the_store(store: Store) -> None:
    """Contents go in and out in parts, byte by byte; what nobody handed in goes, what was handed in stays."""
    house = House(store)
    house.workers("ann", "ben")
    pool = recording_pool(house)
    page, other = house.take("ann", pool), house.take("ben", pool)
    parts = [bytes(range(256)) * 1024, b"\x00\xff%s:name"]
    file, stray = upload(house, page, *parts, most_bytes=10**6), upload(house, other)
    answer(house, page, file.id)
    house.clock.move(minutes=71)
    assert house.platform.remove_stray_files() == 1
    assert house.platform.list_attachments(pool.id) == [house.platform.get_attachment(file.id)] == [file]
    assert list(house.platform.iter_content(file)) == parts
    with pytest.raises(NotFound):
        list(house.platform.iter_content(stray))


def test_messages_and_appeals_are_kept(store: Store) -> None:
    """Threads, answers, folders, what is unread, and decisions."""
    house = House(store)
    ann, ben = house.workers("ann", "ben")
    pages = [house.work(name, house.pool(*reals(1))) for name in ("ann", "ben")]
    platform = house.platform
    thread = platform.compose(draft("Hello"))
    platform.answer(ann, thread.id, says("Größe 😀 %s :x"))
    platform.move_thread(thread.id, add=[Folder.IMPORTANT])
    below = platform.list_threads()[1]
    assert (texts(below), below.members) == (["Größe 😀 %s :x"], (ann,))
    assert below.folders == {Folder.INBOX, Folder.UNREAD}
    platform.reject(pages[0].assignment_id, "no")
    appeal = platform.appeal(pages[0].assignment_id, ann, says("yes"))
    assert platform.list_appealable(ann, [page.assignment_id for page in pages]) == {}
    assert platform.list_appeals() == [appeal] == platform.list_own_appeals(ann, [pages[0].assignment_id])
    platform.grant_appeal(appeal.id, "well")
    assert house.assignment(pages[0]).status == "ACCEPTED"
    assert [page.unread_count for page in map(platform.list_conversations, (ann, ben))] == [1, 1]
    assert platform.list_conversations(ann, limit=1).conversations[0].id == appeal.id
    assert texts(platform.read_conversation(ann, appeal.id))[:2] == ["yes", "well"]
    assert len(platform.list_threads(thread.id)) == 2


def test_answers_and_appeals_at_once_are_one(store: Store) -> None:
    """A worker who answers from many windows has one thread; a page has one open appeal; every message is there."""
    house = House(store)
    ann, _ben = house.workers("ann", "ben")
    page = house.work("ann", house.pool(*reals(1)))
    house.work("ben", house.pool(*reals(1)))
    house.platform.reject(page.assignment_id, "no")
    thread = house.platform.compose(draft())

    def act(number: int) -> bool:
        house.platform.answer(ann, thread.id, says(str(number)))
        try:
            house.platform.appeal(page.assignment_id, ann, says(str(number)))
        except WrongState:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(act, range(8))) == 1
    found = house.platform.list_threads()
    assert [len(entry.messages) for entry in found if entry.parent_id == thread.id] == [8]
    assert len(house.platform.list_appeals()) == 1


@SHARED
def test_webhooks_are_told_by_one_process_at_a_time(open_again: Callable[[], Store]) -> None:
    """However many processes look at the same webhook at once, one of them gets each event, and none is left out."""
    house = House(open_again())
    house.worker("ann")
    pool = house.pool(*reals(30))
    draft = WebhookDraft(url="https://example.com", event_type="x", kind=EventKind.SUBMITTED, pool_id=pool.id)
    (webhook,) = house.platform.put_webhooks([draft])
    platforms = [house.platform, *(EmbeddedPlatform(open_again(), clock=house.clock) for _ in range(3))]
    is_over = threading.Event()

    def tell(platform: EmbeddedPlatform) -> list[str]:
        told: list[str] = []
        while not (is_over.is_set() and not platform.list_due_webhooks(limit=1)):
            delivery = platform.take_delivery(webhook.id)
            if delivery is not None:
                told += [event.uuid for event in delivery.events]
                platform.confirm_delivery(delivery)
        return told

    with ThreadPoolExecutor(4) as threads:
        jobs = [threads.submit(tell, platform) for platform in platforms]
        house.work_all("ann", pool)
        is_over.set()
        uuids = [uuid for job in jobs for uuid in job.result()]
    assert len(uuids) == len(set(uuids)) == 30


def test_webhooks_survive(store: Store) -> None:
    """What is told is kept with its leases, failures and secrets."""
    house = House(store)
    house.worker("ann")
    pool = house.pool(*reals(2))
    draft = WebhookDraft(
        url="https://example.com",
        event_type="x",
        kind=EventKind.TAKEN,
        pool_id=pool.id,
        secret="%s",  # noqa: S106
    )
    (webhook,) = house.platform.put_webhooks([draft])
    house.take("ann", pool)
    first = house.platform.take_delivery(webhook.id)
    assert first is not None
    assert first.secret == draft.secret
    house.platform.fail_delivery(first)
    assert house.platform.list_due_webhooks(limit=1) == []
    house.clock.move(seconds=1)
    assert house.platform.put_webhooks([draft]) == house.platform.list_webhooks() == [webhook]
    again = house.platform.take_delivery(webhook.id)
    assert again is not None
    assert again.events == first.events
    house.platform.release_delivery(again)
    house.platform.remove_webhook(webhook.id)
    assert house.platform.list_webhooks() == []


def test_rules_about_judgements_are_kept(store: Store) -> None:
    """Shares of judged pages, income, work that is asked again, and votes on growing overlaps, on every database."""
    house = House(store)
    house.workers("ann", "ben")
    skill = house.platform.put_skill("sure").id
    accepted = SetWorkerSkill(skill_id=skill, source="accepted_share")
    word = QualityCondition(key="reason", comparison=Comparison.EQ, threshold="RESTRICTION")
    rules = (
        make_rule(ReviewedPages(history_size=5), "total_count", 2, accepted),
        make_rule(
            DailyIncome(), "income", 0.2, RestrictWorker(scope=RestrictionScope.POOL, duration=timedelta(hours=1))
        ),
        QualityRule(collector=AccessLoss(), conditions=(word,), action=ChangeOverlap(delta=1)),
    )
    growing = GrowingOverlap(max_overlap=2, min_confidence=0.9, weight_skill_id=skill, fields=("label",))
    frequency = TaskFrequency(
        scope=HistoryScope.PROJECT, steps=(FrequencyStep(first=2, last=None, every=2),), window=timedelta(days=1)
    )
    prices = SkillPrices(skill_id=skill, steps=(PriceStep(lowest=0.5, highest=1.0, reward=Money("0.20")),))
    pool = house.pool(
        *reals(6),
        *controls(6),
        mixer=MixerConfig(real_count=2, control_frequency=frequency),
        quality_rules=rules,
        growing_overlap=growing,
        skill_prices=prices,
    )
    first, second = house.work("ann", pool), house.work("ann", pool)
    house.accept(first)
    assert sorted(str(task.overlap) for task in house.platform.list_tasks(pool.id) if task.kind == "real")[-1] == "2"
    house.platform.reject(second.assignment_id, "no")
    assert [each.value for each in house.platform.list_skills(WorkerId("ann"))] == [0.5]
    third = house.work("ann", pool)
    house.accept(third)
    assert (house.assignment(third).reward, house.refusal("ann", pool)) == (Money("0.20"), "restricted")
    (key,) = [key for key in house.keys(first) if key.startswith("r")]
    assert {task.key: task.overlap for task in house.platform.list_tasks(pool.id)}[key] == 3
    house.audit()
