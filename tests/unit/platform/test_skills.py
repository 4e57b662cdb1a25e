"""Skills, and their values on workers."""

from datetime import timedelta

import pytest

from manyhands.crowd import (
    FilterCategory,
    FilterCondition,
    FilterOperator,
    MixerConfig,
    PoolType,
    SkillDraft,
    SkillId,
    WorkerId,
)
from manyhands.errors import NotFound, WrongState
from manyhands.platform import EmbeddedPlatform
from tests.unit.platform.house import House, reals

DRAFT = SkillDraft(
    name="eye", is_hidden=False, lifetime=timedelta(hours=2), foreign={"public_name": {"EN": "Eye", "DE": "Auge"}}
)
ANN = WorkerId("ann")


def test_a_skill_keeps_what_it_was_given(house: House) -> None:
    """The same draft again is the same skill; a name alone finds it."""
    skill = house.platform.create_skill(DRAFT)
    assert (skill.name, skill.is_hidden, skill.lifetime) == ("eye", False, timedelta(hours=2))
    assert (skill.foreign, skill.is_training) == (DRAFT.foreign, False)
    assert house.platform.create_skill(DRAFT) == house.platform.put_skill("eye") == skill
    assert house.platform.get_skill(skill.id) == skill
    assert house.platform.list_own_skills() == [skill]


def test_a_name_stands_for_one_skill(house: House) -> None:
    """Neither a new skill nor a changed one takes the name of another."""
    eye, ear = house.platform.create_skill(DRAFT), house.platform.put_skill("ear")
    with pytest.raises(WrongState, match="there is a skill 'eye' already"):
        house.platform.create_skill(SkillDraft(name="eye"))
    with pytest.raises(WrongState, match="there is a skill 'eye' already"):
        house.platform.update_skill(ear.id, SkillDraft(name="eye"))
    assert house.platform.list_own_skills() == [eye, ear]


def test_a_skill_is_replaced_as_a_whole(house: House) -> None:
    """Name, lifetime and all that is said of it; values stay."""
    house.worker()
    skill = house.platform.create_skill(DRAFT)
    house.platform.set_skill(ANN, skill.id, value=0.5)
    changed = house.platform.update_skill(skill.id, SkillDraft(name="sight"))
    assert (changed.id, changed.name, changed.is_hidden, changed.lifetime) == (skill.id, "sight", True, None)
    assert changed.foreign == {}
    assert house.platform.get_skill(skill.id) == changed
    assert [found.value for found in house.platform.list_skills(ANN)] == [0.5]
    assert house.platform.put_skill("eye").id != skill.id


def test_a_value_tells_when_it_was_first_and_last_set(house: House) -> None:
    """Setting it again, to the same too, counts as an update."""
    house.worker()
    skill, first = house.platform.put_skill("eye"), house.clock.now()
    house.platform.set_skill(ANN, skill.id, value=0.5)
    second = house.clock.move(hours=1)
    house.platform.set_skill(ANN, skill.id, value=0.5)
    (found,) = house.platform.list_skills(ANN)
    assert (found.created, found.modified) == (first, second)
    assert house.platform.list_skill_values(skill.id) == [found]


def test_a_value_that_is_not_renewed_is_gone(house: House) -> None:
    """It is in no list and admits nobody any more; set again it lasts as long again."""
    house.worker()
    skill = house.platform.create_skill(DRAFT)
    condition = FilterCondition(category=FilterCategory.SKILL, key=skill.id, operator=FilterOperator.GT, value=0.4)
    pool = house.pool(*reals(3), worker_filter=condition)
    house.platform.set_skill(ANN, skill.id, value=0.5)
    house.clock.move(minutes=119)
    house.work("ann", pool)
    house.platform.set_skill(ANN, skill.id, value=0.6)
    house.clock.move(minutes=119)
    house.work("ann", pool)
    house.clock.move(minutes=1)
    assert house.refusal("ann", pool) == "filtered"
    assert house.platform.list_skills(ANN) == house.platform.list_skill_values(skill.id) == []
    house.platform.update_skill(skill.id, SkillDraft(name="eye"))
    house.work("ann", pool)


def test_a_training_gives_a_skill_that_keeps_its_name(house: House) -> None:
    """Its lifetime may change; its name tells of which project the trainings are."""
    house.pool(type=PoolType.TRAINING, mixer=MixerConfig(real_count=0, training_count=1))
    (skill,) = house.platform.list_own_skills()
    assert skill.is_training
    with pytest.raises(WrongState, match="keep its name"):
        house.platform.update_skill(skill.id, SkillDraft(name="other"))
    draft = SkillDraft(name=skill.name, lifetime=timedelta(days=7))
    assert house.platform.update_skill(skill.id, draft).lifetime == timedelta(days=7)


@pytest.mark.parametrize("skill_id", [None, "10000999", "nonsense"], ids=["foreign", "unknown", "nonsense"])
def test_nobody_changes_the_skill_of_another(house: House, skill_id: str | None) -> None:
    """A foreign skill is answered like one that is not there."""
    skill = house.platform.create_skill(DRAFT)
    other = EmbeddedPlatform(house.store, clock=house.clock, requester="bob")
    found = SkillId(skill_id or skill.id)
    with pytest.raises(NotFound):
        other.update_skill(found, DRAFT)
    with pytest.raises(NotFound):
        other.get_skill(found)
    with pytest.raises(NotFound):
        other.list_skill_values(found)
    assert other.list_own_skills() == []
