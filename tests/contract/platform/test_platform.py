"""The port `Platform` is kept in every way: by the embedded platform, and over HTTP."""

from datetime import timedelta
from typing import Any

import pytest

from manyhands.crowd import (
    AssignmentId,
    AssignmentStatus,
    BonusDraft,
    CloseReason,
    Event,
    EventKind,
    FilterCategory,
    FilterCondition,
    FilterOperator,
    MessageDraft,
    MixerConfig,
    Money,
    PoolConfig,
    PoolId,
    PoolStatus,
    PoolType,
    ProjectId,
    Recipients,
    RecipientsSelectType,
    RestrictionDraft,
    RestrictionScope,
    TaskDraft,
    TaskId,
    TaskKind,
    TrainingRequirement,
    TrainingTerms,
    WorkerId,
)
from manyhands.errors import BudgetExceeded, EmptyPool, InvalidInput, NoRecipients, NotFound, WrongState
from tests.contract.platform.ways import Scene
from tests.unit.platform.house import CAT, control, project_config, real, reals

ANN = WorkerId("ann")
PAGE = Money("0.12")


def control_task(key: str = "control-c") -> TaskDraft:
    """Return a control task whose key says what it shows."""
    return control(key, input_values={"text": key, "id": key.removeprefix("control-")})


def training(scene: Scene, **changes: Any) -> PoolConfig:
    """Return the config of a training with two tasks on a page."""
    values: dict[str, Any] = {
        "type": PoolType.TRAINING,
        "reward": Money(),
        "mixer": MixerConfig(real_count=0, training_count=2, is_creation_order_kept=True),
        "auto_accept": True,
        "priority": 0,
        "training_terms": TrainingTerms(pages_to_pass=1, retry_after=timedelta(days=30)),
    }
    return scene.config(**{**values, **changes})


class TestPlatform:
    """What every platform promises."""

    def test_a_project_is_made_once_and_replaced_where_it_differs(self, scene: Scene) -> None:
        """The same config again returns the same project; another one under the same key changes it."""
        first = scene.platform.put_project(project_config())
        again = scene.platform.put_project(project_config())
        changed = scene.platform.put_project(project_config(name="Dogs and cats"))
        found = scene.platform.find_project("pets")
        assert (first.id, first.config) == (again.id, again.config)
        assert (changed.id, changed.config.name) == (first.id, "Dogs and cats")
        assert found is not None
        assert (found.id, found.config.key, found.config.name) == (first.id, "pets", "Dogs and cats")
        assert scene.platform.find_project("birds") is None

    def test_a_project_keeps_what_workers_see(self, scene: Scene) -> None:
        """Specs, view and texts come back as they were given."""
        config = project_config(description="Which pet?", instruction="<p>Look & say</p>")
        project = scene.platform.put_project(config)
        kept = project.config
        assert (kept.input_spec, kept.output_spec, kept.view) == (config.input_spec, config.output_spec, config.view)
        assert (kept.description, kept.instruction) == ("Which pet?", "<p>Look & say</p>")

    def test_a_pool_is_made_once_and_closed(self, scene: Scene) -> None:
        """The same key again returns the same pool, which is closed until it is opened."""
        condition = FilterCondition(
            category=FilterCategory.PROFILE, key="languages", operator=FilterOperator.IN, value="EN"
        )
        config = scene.config(worker_filter=condition, private_note="a note", max_bonus=Money("0.05"))
        pool, again = scene.platform.create_pool(config), scene.platform.create_pool(config)
        seen = scene.platform.get_pool(pool.id)
        assert pool.id == again.id == seen.id
        assert (pool.status, pool.close_reason) == (PoolStatus.CLOSED, CloseReason.MANUAL)
        for kept in (pool.config, seen.config):
            assert (kept.key, kept.reward, kept.mixer) == (config.key, config.reward, config.mixer)
            assert (kept.assignment_duration, kept.max_bonus) == (config.assignment_duration, config.max_bonus)
            assert kept.private_note == "a note"
            assert kept.auto_accept is False

    def test_a_training_is_made_once_and_listed_by_its_project(self, scene: Scene) -> None:
        """The same key again returns the same training; the list has those of the project in order of creation, and no other pools."""
        other = scene.platform.put_project(project_config(key="birds"))
        scene.pool(real("a"))
        config = training(scene)
        first, again = scene.platform.create_pool(config), scene.platform.create_pool(config)
        second = scene.platform.create_pool(training(scene))
        scene.platform.create_pool(training(scene, project_id=other.id))
        listed = scene.platform.list_trainings(scene.project.id)
        assert first.id == again.id
        assert [found.id for found in listed] == [first.id, second.id]
        for found in (first, listed[0], scene.platform.get_pool(first.id)):
            assert (found.status, found.config.type, found.config.key) == (
                PoolStatus.CLOSED,
                PoolType.TRAINING,
                config.key,
            )
            assert found.config.mixer == config.mixer
            assert found.config.assignment_duration == config.assignment_duration
            assert found.config.training_terms == config.training_terms

    def test_a_project_that_is_not_there_has_no_trainings(self, scene: Scene) -> None:
        """Asking for them is an error, not an empty list."""
        assert scene.platform.list_trainings(scene.project.id) == []
        with pytest.raises(NotFound):
            scene.platform.list_trainings(ProjectId("999999999"))

    def test_a_training_keeps_its_tasks_and_opens(self, scene: Scene) -> None:
        """Known solutions and hints come back; it opens, closes and is archived like any pool, and stays in the list."""
        made = scene.platform.create_pool(training(scene))
        with pytest.raises(EmptyPool):
            scene.platform.open_pool(made.id)
        drafts = [control(key, hint=f"{key} is a cat") for key in ("a", "b")]
        ids = scene.platform.add_tasks(made.id, drafts)
        assert scene.platform.add_tasks(made.id, drafts) == ids
        tasks = scene.platform.list_tasks(made.id)
        assert [(task.key, task.kind, task.hint) for task in tasks] == [
            ("a", TaskKind.TRAINING, "a is a cat"),
            ("b", TaskKind.TRAINING, "b is a cat"),
        ]
        assert [task.known_solutions[0].output_values for task in tasks] == [{"label": CAT}] * 2
        assert scene.platform.open_pool(made.id).status is PoolStatus.OPEN
        assert scene.platform.close_pool(made.id).status is PoolStatus.CLOSED
        assert scene.platform.archive_pool(made.id).status is PoolStatus.ARCHIVED
        assert [found.status for found in scene.platform.list_trainings(scene.project.id)] == [PoolStatus.ARCHIVED]

    def test_a_pool_admits_those_who_passed_its_training(self, scene: Scene) -> None:
        """Nobody else gets a page."""
        drafts = [control(key, hint="a cat") for key in ("a", "b")]
        made = scene.platform.create_pool(training(scene))
        scene.platform.add_tasks(made.id, drafts)
        scene.platform.open_pool(made.id)
        requirement = TrainingRequirement(training_pool_id=made.id, passing_skill=0.75)
        pool = scene.pool(real("r"), training_requirement=requirement)
        assert pool.config.training_requirement == requirement
        assert scene.refusal("ann", pool) == "training_required"
        scene.work("ann", made)
        scene.take("ann", pool)

    def test_a_pool_without_tasks_cannot_be_opened(self, scene: Scene) -> None:
        """Opening an empty pool is refused, and it stays closed."""
        pool = scene.pool()
        with pytest.raises(EmptyPool):
            scene.platform.open_pool(pool.id)
        assert scene.platform.get_pool(pool.id).status is PoolStatus.CLOSED

    def test_opening_and_closing_again_changes_nothing(self, scene: Scene) -> None:
        """A pool that is open stays open, a closed one stays closed, an archived one stays archived."""
        pool = scene.pool(real("a"))
        assert scene.platform.open_pool(pool.id).status is PoolStatus.OPEN
        for _ in range(2):
            closed = scene.platform.close_pool(pool.id)
            assert (closed.status, closed.close_reason) == (PoolStatus.CLOSED, CloseReason.MANUAL)
        for _ in range(2):
            assert scene.platform.archive_pool(pool.id).status is PoolStatus.ARCHIVED

    def test_an_open_pool_cannot_be_archived(self, scene: Scene) -> None:
        """Archiving an open pool is refused."""
        pool = scene.pool(real("a"))
        with pytest.raises(WrongState):
            scene.platform.archive_pool(pool.id)

    def test_a_pool_gets_more_time(self, scene: Scene) -> None:
        """Extending moves its end, whether it is open or closed because its time was over; the same or an earlier moment changes nothing."""
        start = scene.house.clock.now()
        pool = scene.pool(real("a", overlap=2), expires=start + timedelta(hours=1), private_note="a note")
        for expires in (start + timedelta(days=2), start + timedelta(days=2), start + timedelta(hours=2)):
            extended = scene.platform.extend_pool(pool.id, expires)
            assert (extended.status, extended.config.expires) == (PoolStatus.OPEN, start + timedelta(days=2))
        assert (extended.config.private_note, extended.config.reward) == ("a note", Money("0.10"))
        scene.house.clock.move(days=1)
        scene.work("ann", pool)
        scene.house.clock.move(days=1)
        expired = scene.platform.get_pool(pool.id)
        assert (expired.status, expired.close_reason) == (PoolStatus.CLOSED, CloseReason.EXPIRED)
        extended = scene.platform.extend_pool(pool.id, start + timedelta(days=9))
        assert (extended.status, extended.config.expires) == (PoolStatus.CLOSED, start + timedelta(days=9))
        assert scene.platform.open_pool(pool.id).status is PoolStatus.OPEN
        scene.work("ben", pool)

    def test_a_pool_without_an_end_needs_no_time(self, scene: Scene) -> None:
        """It stays without one; an archived pool gets no time any more."""
        pool = scene.pool(real("a"))
        assert scene.platform.extend_pool(pool.id, scene.house.clock.now()).config.expires is None
        ending = scene.pool(real("a"), is_open=False, expires=scene.house.clock.now() + timedelta(hours=1))
        scene.platform.archive_pool(ending.id)
        with pytest.raises(WrongState):
            scene.platform.extend_pool(ending.id, scene.house.clock.now() + timedelta(days=1))

    @pytest.mark.parametrize("pool_id", ["999999999", "nonsense"])
    def test_a_pool_that_is_not_there_is_not_found(self, scene: Scene, pool_id: str) -> None:
        """Whatever is asked about an unknown pool, it is not found."""
        for ask in (scene.platform.get_pool, scene.platform.open_pool, scene.platform.list_tasks):
            with pytest.raises(NotFound):
                ask(PoolId(pool_id))
        with pytest.raises(NotFound):
            scene.platform.extend_pool(PoolId(pool_id), scene.house.clock.now())

    def test_tasks_are_added_once_in_order(self, scene: Scene) -> None:
        """The same tasks again, alone or among new ones, return the same ids; listing gives them back with their keys, page by page."""
        drafts = [*reals(5), control_task()]
        pool = scene.pool()
        ids = scene.platform.add_tasks(pool.id, drafts)
        more = scene.platform.add_tasks(pool.id, [*drafts, real("new")])
        listed = scene.platform.list_tasks(pool.id, limit=4)
        rest = scene.platform.list_tasks(pool.id, listed[-1].id)
        assert more[:6] == ids
        assert [task.id for task in (*listed, *rest)] == more
        assert [task.key for task in (*listed, *rest)] == ["r0", "r1", "r2", "r3", "r4", "control-c", "new"]
        assert [task.kind for task in rest] == [TaskKind.REAL, TaskKind.CONTROL, TaskKind.REAL]

    def test_a_task_keeps_what_it_was_given(self, scene: Scene) -> None:
        """Values, known solutions, overlap and reservations come back."""
        pool = scene.pool()
        drafts = [
            real("a", overlap=3, unavailable_for=frozenset({WorkerId("m")}), reserved_for=frozenset({ANN})),
            control_task(),
        ]
        scene.platform.add_tasks(pool.id, drafts)
        task, known = scene.platform.list_tasks(pool.id)
        assert (task.input_values, task.overlap, task.remaining_overlap) == ({"text": "a", "id": "a"}, 3, 3)
        assert (task.unavailable_for, task.reserved_for) == (frozenset({WorkerId("m")}), frozenset({ANN}))
        assert (known.overlap, known.known_solutions[0].output_values) == (None, {"label": CAT})

    def test_a_wrong_task_spoils_all_that_come_with_it(self, scene: Scene) -> None:
        """Where one task does not fit the project, none is added, and mending it makes all of them."""
        pool = scene.pool()
        with pytest.raises(InvalidInput):
            scene.platform.add_tasks(pool.id, [real("a"), real("b", input_values={"id": "b", "text": 7})])
        assert scene.platform.list_tasks(pool.id) == []
        assert len(scene.platform.add_tasks(pool.id, [real("a"), real("b")])) == 2

    def test_events_tell_everything_in_order(self, scene: Scene) -> None:
        """Opening, taking, submitting, judging, giving back and closing are told, each once, with rising positions and the page as it is."""
        pool = scene.pool(real("a", overlap=2), real("b"))
        first = scene.work("ann", pool)
        scene.platform.accept([first.assignment_id])
        second = scene.work("ben", pool)
        scene.platform.reject(second.assignment_id, "no")
        third = scene.take("cid", pool)
        scene.events([pool], until=EventKind.TAKEN, count=3)
        scene.house.platform.skip(third.assignment_id, third.worker_id)
        scene.events([pool], until=EventKind.SKIPPED)
        scene.platform.close_pool(pool.id)
        events = scene.events([pool], until=EventKind.POOL_CLOSED)
        kinds = [event.kind for event in events]
        assert kinds[0] is EventKind.POOL_OPENED
        assert kinds[-1] is EventKind.POOL_CLOSED
        of_page = {
            page.assignment_id: [
                event.kind for event in events if event.assignment and event.assignment.id == page.assignment_id
            ]
            for page in (first, second, third)
        }
        taken, submitted = EventKind.TAKEN, EventKind.SUBMITTED
        assert of_page == {
            first.assignment_id: [taken, submitted, EventKind.ACCEPTED],
            second.assignment_id: [taken, submitted, EventKind.REJECTED],
            third.assignment_id: [taken, EventKind.SKIPPED],
        }
        positions = [event.position for event in events]
        assert positions == sorted(set(positions))
        assert events[-1].close_reason is CloseReason.MANUAL
        accepted = next(event.assignment for event in events if event.kind is EventKind.ACCEPTED)
        assert accepted is not None
        assert (accepted.status, accepted.worker_id, len(accepted.solutions)) == (AssignmentStatus.ACCEPTED, ANN, 1)
        assert accepted.tasks[0].key in {"a", "b"}

    def test_events_go_on_behind_a_position(self, scene: Scene) -> None:
        """Reading on from a position brings what is new and nothing twice; other pools are left out."""
        pool, other = scene.pool(real("a", overlap=2)), scene.pool(real("a"))
        scene.work("ann", pool)
        scene.work("ann", other)
        before = scene.events([pool], until=EventKind.SUBMITTED)
        scene.work("ben", pool)
        after = scene.events([pool], until=EventKind.SUBMITTED, after=before[-1].position)
        assert [event.kind for event in after if event.assignment] == [EventKind.TAKEN, EventKind.SUBMITTED]
        assert {event.pool_id for event in (*before, *after)} == {pool.id}
        assert min(event.position for event in after) > before[-1].position

    def test_events_of_many_pools_come_page_by_page(self, scene: Scene) -> None:
        """With a small limit nothing is lost."""
        pools = [scene.pool(real("a")) for _ in range(3)]
        for pool in pools:
            scene.work("ann", pool)
        whole = scene.events(pools, until=EventKind.SUBMITTED, count=3)
        after, found = 0, list[Event]()
        while page := scene.platform.list_events([pool.id for pool in pools], after, limit=2).events:
            found += page
            after = page[-1].position
        assert [event.position for event in found[: len(whole)]] == [event.position for event in whole]

    def test_a_completed_pool_closes_and_says_so(self, scene: Scene) -> None:
        """When nothing is left to issue the pool closes by itself; asking for more and opening it goes on."""
        pool = scene.pool(real("a"))
        page = scene.work("ann", pool)
        closed = scene.events([pool], until=EventKind.POOL_CLOSED)[-1]
        scene.platform.accept([page.assignment_id])
        scene.platform.raise_overlaps(pool.id, {scene.ids(pool)["a"]: 2})
        assert scene.platform.open_pool(pool.id).status is PoolStatus.OPEN
        scene.work("ben", pool)
        again = scene.events([pool], until=EventKind.POOL_CLOSED, after=closed.position)
        assert closed.close_reason is CloseReason.COMPLETED
        assert EventKind.POOL_OPENED in [event.kind for event in again]

    def test_an_update_of_a_pool_is_told(self, scene: Scene) -> None:
        """A pool that somebody closes to change it says so, when it opens by itself, and when it is closed for good instead."""
        pool = scene.pool(real("a", overlap=2))
        scene.events([pool], until=EventKind.POOL_OPENED)
        scene.house.platform.close_pool_for_update(pool.id)
        closed = scene.events([pool], until=EventKind.POOL_CLOSED)[-1]
        scene.house.clock.move(minutes=15)
        opened = scene.events([pool], until=EventKind.POOL_OPENED, after=closed.position)[-1]
        scene.house.platform.close_pool_for_update(pool.id)
        again = scene.events([pool], until=EventKind.POOL_CLOSED, after=opened.position)[-1]
        scene.house.platform.close_pool(pool.id)
        decided = scene.events([pool], until=EventKind.POOL_CLOSED, after=again.position)[-1]
        reasons = [event.close_reason for event in (closed, again, decided)]
        assert reasons == [CloseReason.FOR_UPDATE, CloseReason.FOR_UPDATE, CloseReason.MANUAL]

    def test_a_wait_ends_when_it_is_waked(self, scene: Scene) -> None:
        """`wake` ends a wait that begins afterwards, too."""
        pool = scene.pool(real("a"))
        position = scene.platform.list_events([pool.id]).position
        scene.platform.wake()
        scene.platform.wait_for_events(position, until=None, patience=timedelta(minutes=5))

    def test_overlap_goes_up_and_down_but_not_below_what_is_used(self, scene: Scene) -> None:
        """Zero stops issuing; a page in work counts; the same again changes nothing."""
        pool = scene.pool(real("a", overlap=3), real("b", overlap=3))
        ids = scene.ids(pool)
        scene.take("ann", pool)
        for _ in range(2):
            scene.platform.raise_overlaps(pool.id, dict.fromkeys(ids.values(), 0))
        assert sorted(task.overlap or 0 for task in scene.platform.list_tasks(pool.id)) == [0, 1]
        assert scene.refusal("ben", pool) == "exhausted"
        scene.platform.raise_overlaps(pool.id, dict.fromkeys(ids.values(), 2))
        assert [task.overlap for task in scene.platform.list_tasks(pool.id)] == [2, 2]
        scene.take("ben", pool)

    def test_a_task_that_is_not_there_has_no_overlap(self, scene: Scene) -> None:
        """Asking for answers to an unknown task is refused."""
        pool = scene.pool(real("a"))
        unknown = TaskId(scene.ids(pool)["a"][:-1] + "f")
        with pytest.raises(NotFound):
            scene.platform.raise_overlaps(pool.id, {unknown: 5})

    def test_judging_again_changes_nothing(self, scene: Scene) -> None:
        """Accepting an accepted page and rejecting a rejected one succeed; each page is paid once."""
        pool = scene.pool(real("a"), real("b"))
        good, bad = scene.work("ann", pool), scene.work("ben", pool)
        for _ in range(2):
            scene.platform.accept([good.assignment_id])
            scene.platform.reject(bad.assignment_id, "no")
        pages = {page.id: page for page in scene.platform.list_assignments(pool.id)}
        assert pages[good.assignment_id].status is AssignmentStatus.ACCEPTED
        assert pages[bad.assignment_id].status is AssignmentStatus.REJECTED
        assert pages[bad.assignment_id].public_comment == "no"
        assert scene.platform.spending(pool.id).paid == PAGE

    def test_a_rejection_may_be_taken_back(self, scene: Scene) -> None:
        """A rejected page can be accepted, an accepted one not rejected."""
        pool = scene.pool(real("a"))
        page = scene.work("ann", pool)
        scene.platform.reject(page.assignment_id, "no")
        scene.platform.accept([page.assignment_id], "yes")
        with pytest.raises(WrongState):
            scene.platform.reject(page.assignment_id, "no")
        assert scene.platform.list_assignments(pool.id)[0].status is AssignmentStatus.ACCEPTED

    def test_a_page_in_work_cannot_be_judged(self, scene: Scene) -> None:
        """Neither accepting nor rejecting an active page is allowed."""
        page = scene.take("ann", scene.pool(real("a")))
        with pytest.raises(WrongState):
            scene.platform.accept([page.assignment_id])
        with pytest.raises(WrongState):
            scene.platform.reject(page.assignment_id, "no")

    def test_a_page_that_is_not_there_cannot_be_judged(self, scene: Scene) -> None:
        """An unknown page is not found."""
        with pytest.raises(NotFound):
            scene.platform.accept([AssignmentId("0000989681--0000000000000000000000ff")])

    def test_assignments_are_listed_page_by_page(self, scene: Scene) -> None:
        """In order of id, from behind one, with what was asked and answered."""
        pool = scene.pool(
            real("a", overlap=3), control_task(), mixer=MixerConfig(real_count=1, control_count=1, min_real_count=1)
        )
        pages = [scene.work(name, pool) for name in ("ann", "ben", "cid")]
        first = scene.platform.list_assignments(pool.id, limit=2)
        rest = scene.platform.list_assignments(pool.id, first[-1].id)
        found = [*first, *rest]
        assert [page.id for page in found] == sorted(page.assignment_id for page in pages)
        assert {task.key for page in found for task in page.tasks} == {"a", "control-c"}
        assert all(len(page.solutions) == len(page.tasks) == 2 for page in found)
        assert all(page.project_id == scene.project.id and page.reward == Money("0.10") for page in found)
        assert all(page.deadline - page.created == timedelta(minutes=10) for page in found)

    def test_money_is_reserved_then_paid_or_released(self, scene: Scene) -> None:
        """A page in work reserves reward and fee; accepting pays it, rejecting and skipping give it back."""
        pool = scene.pool(real("a", overlap=3))
        page, other = scene.work("ann", pool), scene.work("ben", pool)
        scene.events([pool], until=EventKind.SUBMITTED, count=2)
        assert scene.platform.spending(pool.id).reserved == PAGE * 2
        scene.platform.accept([page.assignment_id])
        scene.platform.reject(other.assignment_id, "no")
        scene.events([pool], until=EventKind.REJECTED)
        spending = scene.platform.spending(pool.id)
        assert (spending.paid, spending.reserved) == (PAGE, Money())
        assert scene.platform.fee(Money("0.10")) == Money("0.02")

    def test_a_bonus_is_paid_once(self, scene: Scene) -> None:
        """The same key again returns the bonus that was paid."""
        pool = scene.pool(real("a"))
        page = scene.work("ann", pool)
        scene.platform.accept([page.assignment_id])
        draft = BonusDraft(
            key="b1", worker_id=ANN, amount=Money("0.03"), assignment_id=page.assignment_id, public_message="Thanks"
        )
        first, again = scene.platform.pay_bonus(draft), scene.platform.pay_bonus(draft)
        assert first == again
        assert [bonus.id for bonus in scene.platform.list_bonuses(pool.id)] == [first.id]
        assert (first.amount, first.public_message) == (Money("0.03"), "Thanks")
        assert scene.platform.spending(pool.id).paid == PAGE + Money("0.036")

    def test_a_bonus_below_a_cent_is_refused(self, scene: Scene) -> None:
        """Nothing is paid."""
        pool = scene.pool(real("a"))
        page = scene.work("ann", pool)
        draft = BonusDraft(key="b", worker_id=ANN, amount=Money("0.009"), assignment_id=page.assignment_id)
        with pytest.raises(InvalidInput):
            scene.platform.pay_bonus(draft)
        assert scene.platform.list_bonuses(pool.id) == []

    def test_a_restriction_keeps_a_worker_out_until_it_is_lifted(self, scene: Scene) -> None:
        """The same key again gives no second one; lifting it lets the worker in."""
        pool = scene.pool(real("a", overlap=2))
        scene.house.worker("ann")
        draft = RestrictionDraft(
            key="r1",
            worker_id=ANN,
            scope=RestrictionScope.POOL,
            pool_id=pool.id,
            until=scene.house.clock.now() + timedelta(hours=1),
            private_comment="too fast",
        )
        first, again = scene.platform.restrict(draft), scene.platform.restrict(draft)
        assert first == again
        assert (first.scope, first.pool_id, first.until) == (draft.scope, pool.id, draft.until)
        assert [found.id for found in scene.platform.list_restrictions(ANN)] == [first.id]
        assert [found.id for found in scene.platform.list_restrictions()] == [first.id]
        assert scene.refusal("ann", pool) == "restricted"
        scene.platform.lift_restriction(first.id)
        scene.take("ann", pool)

    def test_skills_are_set_changed_and_taken_away(self, scene: Scene) -> None:
        """A skill exists once by name; its value on a worker lies from 0 to 1."""
        scene.house.worker("ann")
        skill = scene.platform.put_skill("pets")
        assert scene.platform.put_skill("pets").id == skill.id
        for value in (0.25, 0.875):
            scene.platform.set_skill(ANN, skill.id, value=value)
        (found,) = scene.platform.list_skills(ANN)
        assert (found.skill_id, found.worker_id, found.value) == (skill.id, ANN, 0.875)
        with pytest.raises(InvalidInput):
            scene.platform.set_skill(ANN, skill.id, value=1.5)
        for _ in range(2):
            scene.platform.set_skill(ANN, skill.id, value=None)
        assert scene.platform.list_skills(ANN) == []

    def test_a_budget_is_put_once_and_may_be_raised(self, scene: Scene) -> None:
        """The same key is the same budget; its ceiling follows the last call; what is spent is shown."""
        first = scene.platform.put_budget("mine", Money(1))
        again = scene.platform.put_budget("mine", Money(2))
        pool = scene.pool(real("a"), budget_id=first.id)
        page = scene.work("ann", pool)
        scene.platform.accept([page.assignment_id])
        scene.events([pool], until=EventKind.ACCEPTED)
        found = scene.platform.get_budget(first.id)
        assert first.id == again.id == found.id
        assert (found.key, found.ceiling, found.spending.paid) == ("mine", Money(2), PAGE)

    def test_a_ceiling_is_not_lowered_below_what_is_spent(self, scene: Scene) -> None:
        """Lowering it further than what is paid and reserved is refused and changes nothing."""
        budget = scene.budget("1.00")
        pool = scene.pool(real("a"), budget_id=budget)
        scene.work("ann", pool)
        scene.events([pool], until=EventKind.SUBMITTED)
        with pytest.raises(BudgetExceeded):
            scene.platform.put_budget("budget", Money("0.10"))
        assert scene.platform.get_budget(budget).ceiling == Money(1)

    def test_two_pools_never_spend_more_than_their_budget(self, scene: Scene) -> None:
        """However many workers come, paid and reserved stay below the ceiling, and the money is used up to less than a page."""
        budget = scene.budget("0.66")
        pools = [scene.pool(*reals(5, overlap=2), budget_id=budget) for _ in range(2)]
        workers = [f"w{number}" for number in range(6)]
        accepted = 0
        for _ in range(8):
            for pool in pools:
                if scene.platform.get_pool(pool.id).status is not PoolStatus.OPEN:
                    scene.platform.open_pool(pool.id)
                scene.drain(pool, workers)
                spent = scene.platform.get_budget(budget).spending
                assert spent.paid + spent.reserved <= Money("0.66")
            seen = [page for pool in pools for page in scene.platform.list_assignments(pool.id)]
            scene.platform.accept([page.id for page in seen])
            accepted = len(seen)
        assert accepted == 5
        assert scene.platform.get_budget(budget).spending.paid == PAGE * 5

    def test_a_pool_without_money_closes_for_lack_of_it(self, scene: Scene) -> None:
        """Opening a pool whose budget covers no page ends closed, with the reason told in the events; more money lets it go on."""
        budget = scene.budget("0.10")
        pool = scene.pool(real("a"), is_open=False, budget_id=budget)
        opened = scene.platform.open_pool(pool.id)
        assert (opened.status, opened.close_reason) == (PoolStatus.CLOSED, CloseReason.NOT_ENOUGH_BALANCE)
        closed = scene.events([pool], until=EventKind.POOL_CLOSED)[-1]
        assert closed.close_reason is CloseReason.NOT_ENOUGH_BALANCE
        scene.budget("1.00")
        assert scene.platform.open_pool(pool.id).status is PoolStatus.OPEN
        scene.work("ann", pool)

    def test_a_bonus_does_not_pass_the_ceiling(self, scene: Scene) -> None:
        """A bonus that the budget does not cover is refused and not paid; with more money it is."""
        budget = scene.budget("0.20")
        pool = scene.pool(real("a"), budget_id=budget)
        page = scene.work("ann", pool)
        scene.platform.accept([page.assignment_id])
        scene.events([pool], until=EventKind.ACCEPTED)
        draft = BonusDraft(key="b", worker_id=ANN, amount=Money("0.09"), assignment_id=page.assignment_id)
        with pytest.raises(BudgetExceeded):
            scene.platform.pay_bonus(draft)
        assert scene.platform.list_bonuses(pool.id) == []
        scene.budget("1.00")
        assert scene.platform.pay_bonus(draft).amount == Money("0.09")

    def test_what_is_reserved_for_bonuses_is_given_up(self, scene: Scene) -> None:
        """The reserve of an accepted page is free for other pages when no bonus will be paid; giving it up again changes nothing."""
        budget = scene.budget("0.36")
        pool = scene.pool(real("a", overlap=2), budget_id=budget, max_bonus=Money("0.10"))
        page = scene.work("ann", pool)
        scene.platform.accept([page.assignment_id])
        scene.events([pool], until=EventKind.ACCEPTED)
        for _ in range(2):
            scene.platform.release_bonus_reserve([page.assignment_id])
        if scene.platform.get_pool(pool.id).status is not PoolStatus.OPEN:
            scene.platform.open_pool(pool.id)
        scene.work("ben", pool)
        spent = scene.platform.get_budget(budget).spending
        assert spent.paid + spent.reserved <= Money("0.36")

    def test_a_message_goes_to_workers_who_know_the_requester(self, scene: Scene) -> None:
        """To nobody else: without any it is refused. It begins a thread, and each call sends another one."""
        draft = MessageDraft(
            topic={"EN": "News"},
            text={"EN": "Read it again."},
            is_answerable=True,
            recipients=Recipients(select=RecipientsSelectType.ALL),
        )
        scene.house.worker("ann")
        with pytest.raises(NoRecipients):
            scene.platform.send_message(draft)
        scene.work("ann", scene.pool(real("a")))
        threads = [scene.platform.send_message(draft) for _ in range(2)]
        listed = scene.house.platform.list_threads()
        assert [thread.id for thread in listed] == threads
        assert [(thread.members, thread.topic, thread.messages[0].text) for thread in listed] == [
            ((ANN,), draft.topic, draft.text)
        ] * 2

    def test_the_clock_and_the_features_are_there(self, scene: Scene) -> None:
        """Time does not go back, and the platform says what it can."""
        first, second = scene.platform.clock.now(), scene.platform.clock.now()
        assert first <= second
        assert scene.platform.features.has_budgets is (scene.way != "public API")
        assert scene.platform.features.poll_interval <= timedelta(seconds=1)
