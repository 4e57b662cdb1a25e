"""Who may take a page where."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from manyhands.crowd import (
    AllOf,
    AnyOf,
    FilterCategory,
    FilterCondition,
    FilterOperator,
    Money,
    Obstacle,
    Pool,
    RestrictionDraft,
    RestrictionScope,
    SkillDraft,
    SkillId,
    TrainingRequirement,
    WorkerId,
    WorkerProfile,
)
from manyhands.errors import InvalidInput, NotFound, NoWork
from manyhands.platform import EmbeddedPlatform
from tests.unit.platform.house import House, project_config, reals

PROFILE, SKILL = FilterCategory.PROFILE, FilterCategory.SKILL
ANN = WorkerId("ann")


def condition(category: FilterCategory, key: str, operator: str, value: Any = None) -> FilterCondition:
    """Return a condition."""
    return FilterCondition(category=category, key=key, operator=FilterOperator(operator), value=value)


def is_admitted(house: House, worker: str, pool: Pool) -> bool:
    """Return whether the worker gets a page; the only other answer is that the filter says no."""
    try:
        house.take(worker, pool)
    except NoWork as error:
        return {"filtered": False}[error.reason]
    return True


@pytest.mark.parametrize(
    ("expression", "is_in"),
    [
        (None, True),
        (condition(PROFILE, "languages", "IN", "EN"), True),
        (condition(PROFILE, "languages", "NOT_IN", "EN"), False),
        (condition(PROFILE, "languages", "IN", ["RU", "TR"]), False),
        (condition(PROFILE, "country", "EQ", "DE"), True),
        (condition(PROFILE, "date_of_birth", "LT", 946684800), True),
        (condition(FilterCategory.COMPUTED, "client_type", "EQ", "BROWSER"), True),
        (condition(FilterCategory.COMPUTED, "region_by_phone", "IN", 225), False),
        (AllOf((condition(PROFILE, "country", "EQ", "DE"), condition(PROFILE, "languages", "IN", "RU"))), False),
        (AnyOf((condition(PROFILE, "country", "EQ", "DE"), condition(PROFILE, "languages", "IN", "RU"))), True),
        (AnyOf(()), False),
    ],
)
def test_profiles_are_filtered(house: House, expression: Any, *, is_in: bool) -> None:
    """A filter over the profile admits whom it describes."""
    attributes = {"client_type": "BROWSER"}
    house.worker("ann", languages=frozenset({"EN"}), country="DE", birth_date=date(1990, 1, 1), attributes=attributes)
    pool = house.pool(*reals(1), worker_filter=expression)
    assert is_admitted(house, "ann", pool) is is_in


@pytest.mark.parametrize(
    ("operator", "threshold", "value", "is_in"),
    [("GTE", 0.5, 0.5, True), ("GT", 0.5, 0.5, False), ("EQ", None, None, True), ("EQ", None, 0.1, False)],
)
def test_skills_are_filtered(
    house: House, operator: str, threshold: float | None, value: float | None, *, is_in: bool
) -> None:
    """A filter over a skill looks at its value now; asked for no value it wants the skill absent."""
    house.worker()
    skill = house.platform.put_skill("cats").id
    expression = AllOf((AnyOf((condition(SKILL, skill, operator, threshold),)),))
    pool = house.pool(*reals(1), worker_filter=expression)
    house.platform.set_skill(ANN, skill, value=0.9)
    house.platform.set_skill(ANN, skill, value=value)
    assert is_admitted(house, "ann", pool) is is_in


def test_adult_content_is_for_those_who_allow_it(house: House) -> None:
    """Others are not asked."""
    house.worker("ann", is_adult_content_allowed=False)
    house.worker("ben")
    pool = house.pool(*reals(1), may_contain_adult_content=True)
    assert house.refusal("ann", pool) == "filtered"
    house.take("ben", pool)


@pytest.mark.parametrize(
    ("scope", "is_same_pool", "is_same_project", "is_kept_out"),
    [
        ("POOL", True, True, True),
        ("POOL", False, True, False),
        ("PROJECT", False, True, True),
        ("PROJECT", False, False, False),
        ("ALL_PROJECTS", False, False, True),
    ],
)
def test_where_a_restriction_holds(
    house: House, scope: str, *, is_same_pool: bool, is_same_project: bool, is_kept_out: bool
) -> None:
    """In the pool, in the project, or everywhere."""
    house.worker()
    pool = house.pool(*reals(1))
    project = house.project
    if not is_same_project:
        project = house.platform.put_project(project_config(key="cars"))
    target = pool if is_same_pool else house.pool(*reals(1), project_id=project.id)
    draft = RestrictionDraft(
        key="k", worker_id=ANN, scope=RestrictionScope(scope), pool_id=pool.id, project_id=house.project.id
    )
    house.platform.restrict(draft)
    if is_kept_out:
        assert house.refusal("ann", target) == "restricted"
    else:
        house.take("ann", target)


def test_a_restriction_ends_at_its_moment(house: House) -> None:
    """At that moment the worker may work again; a page in hand may be handed in all the time."""
    house.worker()
    pool = house.pool(*reals(3))
    page = house.take("ann", pool)
    until = house.clock.now() + timedelta(minutes=5)
    house.platform.restrict(RestrictionDraft(key="k", worker_id=ANN, scope=RestrictionScope.ALL_PROJECTS, until=until))
    house.hand_in(page)
    house.clock.move(minutes=4, seconds=59)
    assert house.refusal("ann", pool) == "restricted"
    house.clock.move(seconds=1)
    house.take("ann", pool)


def test_a_restriction_is_given_once_and_lifted(house: House) -> None:
    """The same key gives the same restriction; lifting ends it now and leaves it listed."""
    ann, ben = house.workers("ann", "ben")
    pool = house.pool(*reals(1))
    draft = RestrictionDraft(key="k", worker_id=ann, scope=RestrictionScope.POOL, pool_id=pool.id, private_comment="x")
    given = house.platform.restrict(draft)
    assert house.platform.restrict(draft) == given
    other = house.platform.restrict(RestrictionDraft(key="l", worker_id=ben, scope=RestrictionScope.ALL_PROJECTS))
    lifted = house.clock.move(minutes=1)
    for _ in range(2):
        house.platform.lift_restriction(given.id)
        house.clock.move(minutes=1)
    house.take("ann", pool)
    listed = house.platform.list_restrictions()
    assert [(each.id, each.until) for each in listed] == [(given.id, lifted), (other.id, None)]
    assert [each.id for each in house.platform.list_restrictions(ben)] == [other.id]


@pytest.mark.parametrize("scope", ["POOL", "PROJECT"])
def test_a_restriction_has_to_say_where(house: House, scope: str) -> None:
    """A scope without its pool or project is refused."""
    house.worker()
    with pytest.raises(InvalidInput, match=f"scope {scope} and names no"):
        house.platform.restrict(RestrictionDraft(key="k", worker_id=ANN, scope=RestrictionScope(scope)))


def test_another_requester_s_restriction_does_not_count(house: House) -> None:
    """ALL_PROJECTS means all of one requester, who alone sees and lifts it."""
    house.worker()
    pool = house.pool(*reals(1))
    other = EmbeddedPlatform(house.store, clock=house.clock, requester="other")
    given = other.restrict(RestrictionDraft(key="k", worker_id=ANN, scope=RestrictionScope.ALL_PROJECTS))
    assert house.platform.list_restrictions() == []
    with pytest.raises(NotFound):
        house.platform.lift_restriction(given.id)
    house.take("ann", pool)


def test_a_group_binds_a_worker_to_one_pool(house: House) -> None:
    """Who took a page in one pool of the group gets none in the others, whatever became of it."""
    house.workers("ann", "ben")
    first, second = (house.pool(*reals(3, overlap=2), exclusive_group="g") for _ in range(2))
    other = house.pool(*reals(1), exclusive_group="h")
    page = house.take("ann", first)
    house.platform.skip(page.assignment_id, page.worker_id)
    assert house.refusal("ann", second) == "exclusive"
    house.take("ann", first)
    house.take("ann", other)
    house.take("ben", second)
    assert house.refusal("ben", first) == "exclusive"


def test_a_refusal_binds_nobody(house: House) -> None:
    """Who got nothing in one pool of the group may work in another."""
    house.worker()
    empty = house.pool(*reals(1), exclusive_group="g", budget_id=house.budget("0.01"), reward=Money("0.10"))
    full = house.pool(*reals(1), exclusive_group="g")
    assert house.refusal("ann", empty) in {"budget_exhausted", "pool_closed"}
    house.take("ann", full)


@pytest.mark.parametrize(("value", "is_in"), [(None, False), (0.79, False), (0.8, True)])
def test_a_training_is_required(house: House, value: float | None, *, is_in: bool) -> None:
    """Only a skill of at least the passing value opens the pool."""
    house.worker()
    skill = house.platform.put_skill("trained").id
    house.platform.set_skill(ANN, skill, value=value)
    requirement = TrainingRequirement(training_pool_id=house.pool().id, passing_skill=0.8, skill_id=skill)
    pool = house.pool(*reals(1), training_requirement=requirement)
    if is_in:
        house.take("ann", pool)
    else:
        assert house.refusal("ann", pool) == "training_required"


def test_skills_are_kept(house: House) -> None:
    """A skill has one id; values are set, replaced and taken away."""
    house.worker()
    cats, dogs = house.platform.put_skill("cats"), house.platform.put_skill("dogs")
    assert house.platform.put_skill("cats") == cats
    house.platform.set_skill(ANN, dogs.id, value=1.0)
    house.platform.set_skill(ANN, cats.id, value=0.0)
    moment = house.clock.move(minutes=1)
    house.platform.set_skill(ANN, cats.id, value=0.25)
    listed = house.platform.list_skills(ANN)
    assert [(each.skill_id, each.value) for each in listed] == [(cats.id, 0.25), (dogs.id, 1.0)]
    assert listed[0].modified == moment
    house.platform.set_skill(ANN, dogs.id, value=None)
    assert [each.skill_id for each in house.platform.list_skills(ANN)] == [cats.id]


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_a_skill_is_a_share(house: House, value: float) -> None:
    """Values outside [0, 1] are refused."""
    house.worker()
    skill = house.platform.put_skill("cats").id
    with pytest.raises(InvalidInput, match="from 0 to 1"):
        house.platform.set_skill(ANN, skill, value=value)


def test_unknown_skills_and_workers_are_named(house: House) -> None:
    """Neither a skill nor a worker is made by the way."""
    house.worker()
    skill = house.platform.put_skill("cats").id
    with pytest.raises(NotFound, match="12345678"):
        house.platform.set_skill(ANN, SkillId("12345678"), value=1.0)
    with pytest.raises(NotFound, match="stranger"):
        house.platform.set_skill(WorkerId("stranger"), skill, value=1.0)
    with pytest.raises(NotFound, match="stranger"):
        house.platform.list_skills(WorkerId("stranger"))


def test_a_worker_is_registered_once(house: House) -> None:
    """A second registration returns the worker as known already, to every platform on the store."""
    house.worker("ann", languages=frozenset({"EN"}), birth_date=date(1990, 1, 1))
    first = house.platform.register_worker(ANN, WorkerProfile(country="DE"))
    assert (first.profile.languages, first.profile.country) == (frozenset({"EN"}), "")
    other = EmbeddedPlatform(house.store, clock=house.clock)
    assert other.register_worker(ANN, WorkerProfile()) == first


@pytest.mark.parametrize("ending", ["submit", "skip", "expire"])
def test_a_worker_has_no_more_pages_in_hand_than_the_project_allows(house: House, ending: str) -> None:
    """Over all pools of the project; a page that is over makes room, and the page in hand is shown again all the time."""
    house.workers("ann", "ben")
    house.platform.put_project(project_config(max_active_pages=2))
    pools = [house.pool(*reals(3)) for _ in range(3)]
    first, second = house.take("ann", pools[0]), house.take("ann", pools[1])
    assert house.refusal("ann", pools[2]) == "too_many_pages"
    assert house.take("ann", pools[0]) == first
    house.take("ben", pools[2])
    match ending:
        case "submit":
            house.hand_in(second)
        case "skip":
            house.platform.skip(second.assignment_id, ANN)
        case _:
            house.clock.move(minutes=10)
    house.take("ann", pools[2])


def test_pages_of_other_projects_do_not_count(house: House) -> None:
    """Nor does anything where the project sets no limit."""
    house.worker()
    cars = house.platform.put_project(project_config(key="cars", max_active_pages=1))
    for pool in [house.pool(*reals(1)) for _ in range(3)]:
        house.take("ann", pool)
    house.take("ann", house.pool(*reals(1), project_id=cars.id))
    assert house.refusal("ann", house.pool(*reals(1), project_id=cars.id)) == "too_many_pages"


def test_what_restricts_a_worker_in_a_place_is_changed(house: House) -> None:
    """However many restrictions held there before, one does afterwards: the latest, as it is said now; other places keep theirs."""
    house.workers("ann", "ben")
    pool, other = house.pool(*reals(3)), house.pool(*reals(3))
    now = house.clock.now()

    def draft(key: str, place: Pool = pool, **changes: Any) -> RestrictionDraft:
        return RestrictionDraft(key=key, worker_id=ANN, scope=RestrictionScope.POOL, pool_id=place.id, **changes)

    first, second = (house.platform.restrict(draft(key)) for key in ("a", "b"))
    elsewhere = house.platform.restrict(draft("c", other))
    put = house.platform.put_restriction(draft("d", until=now + timedelta(minutes=5), private_comment="better"))
    assert put == replace(second, until=now + timedelta(minutes=5), private_comment="better")
    assert house.platform.list_restrictions(ANN) == [replace(first, until=now), put, elsewhere]
    house.clock.move(minutes=5)
    house.take("ann", pool)
    assert house.refusal("ann", other) == "restricted"
    again = house.platform.put_restriction(draft("a"))
    assert again.id not in {first.id, second.id, elsewhere.id}
    assert again.until is None


def test_obstacles_tell_what_a_worker_lacks(house: House) -> None:
    """Only pools that are not for the worker are named, each with what would have to hold."""
    speaks, lives = condition(PROFILE, "languages", "IN", "RU"), condition(PROFILE, "country", "IN", ["RU", "DE"])
    house.worker(ANN, languages=frozenset({"EN"}), country="FR")
    open_to_all = house.pool(*reals(1), key="all")
    either = house.pool(*reals(1), key="either", worker_filter=AnyOf((speaks, lives)))
    both = house.pool(*reals(1), key="both", worker_filter=AllOf((AnyOf((speaks, lives)), speaks)))
    adult = house.pool(*reals(1), key="adult", may_contain_adult_content=True)
    found = house.platform.find_obstacles(ANN)
    assert found.keys() == {either.id, both.id}
    assert open_to_all.id not in found
    assert adult.id not in found
    assert found[either.id] == Obstacle(reason="filtered", wanted=((speaks, lives),))
    assert found[both.id].wanted == ((speaks, lives), (speaks,))


@pytest.mark.parametrize("is_hidden", [True, False])
def test_obstacles_tell_public_skills_by_name_and_hidden_ones_not_at_all(house: House, is_hidden: bool) -> None:  # noqa: FBT001 - a parameter of a test
    """Neither number nor value of a skill that workers do not see."""
    house.worker(ANN)
    skill = house.platform.create_skill(SkillDraft(name="cats", is_hidden=is_hidden))
    wanted = condition(SKILL, skill.id, "GTE", 0.8)
    pool = house.pool(*reals(1), worker_filter=AllOf((wanted,)))
    ((told,),) = house.platform.find_obstacles(ANN)[pool.id].wanted
    assert (told.key, told.value) == (("", None) if is_hidden else ("cats", 0.8))


def test_obstacles_are_the_refusals_of_take(house: House) -> None:
    """Whoever is told of no obstacle gets a page while there are tasks; whoever is told of one gets none, for this reason."""
    house.worker(ANN, is_adult_content_allowed=False)
    pools = [
        house.pool(*reals(1), key="free"),
        house.pool(*reals(1), key="adult", may_contain_adult_content=True),
        house.pool(*reals(1), key="one", exclusive_group="group"),
        house.pool(*reals(1), key="two", exclusive_group="group"),
    ]
    house.take(ANN, pools[2])
    found = house.platform.find_obstacles(ANN)
    assert {pools.index(pool): found[pool.id].reason for pool in pools if pool.id in found} == {
        1: "filtered",
        3: "exclusive",
    }
    for pool in pools:
        if pool.id in found:
            with pytest.raises(NoWork) as refusal:
                house.take(ANN, pool)
            assert refusal.value.reason == found[pool.id].reason
