"""Params written down and made again."""

from datetime import timedelta
from typing import Any, get_args

import pytest

import manyhands as mh
from manyhands.crowd import RestrictionScope, SkillId
from manyhands.errors import InvalidParams
from manyhands.launches.params_record import RECORDS, find_record, read_params
from manyhands.quality import Action, BlockUser, Overlap, Predicate, Rule
from manyhands.store import LaunchJournal, SqliteStore
from tests.flow.parity import Parity, make_params

RULES = (
    mh.RuleBuilder(RestrictionScope.PROJECT)
    .add_dynamic_reward(0.01, 0.02, 0.6, 0.5, bonus_granularity_num=2)
    .add_speed_control(0.1, 0.3)
    .add_control_task_control(1, 0, 1)
    .build()
)
GROUP = mh.WorkerGroup(languages=frozenset({"EN", "DE"}), age_range=(None, 60), skills=((SkillId("7"), 0.5),))


@pytest.mark.parametrize(
    "params",
    [
        make_params(),
        make_params(control=mh.Control(RULES), work_duration_before_vacation=timedelta(minutes=90)),
        make_params(overlap=mh.StaticOverlap(3), aggregation_algorithm=mh.AggregationAlgorithm.DAWID_SKENE),
        make_params(overlap=mh.DynamicOverlap(1, 5, {Parity.EVEN: 0.8, Parity.ODD: 0.95})),
        make_params(worker_filter=mh.WorkerFilter((GROUP,), training_score=0.8), exclusive_workers=True),
        make_params(max_attempts=7, assignment_duration=timedelta(seconds=90), pool_lifetime=timedelta(days=1.5)),
    ],
    ids=["plain", "rules", "static", "by label", "filter", "limits"],
)
def test_params_come_back_from_the_journal_as_they_were(params: mh.Params) -> None:
    """Through JSON and back, equal in every part, and with the identity that the journal compares."""
    journal = LaunchJournal(SqliteStore(None))
    journal.create("red", {"params": find_record(params)})
    again = read_params((journal.find("red") or {})["params"])
    assert again == params
    assert again.describe() == params.describe()


@pytest.mark.parametrize("union", [Action, Overlap, Predicate], ids=["actions", "overlaps", "predicates"])
def test_everything_that_params_are_made_of_has_a_record(union: Any) -> None:
    """Whoever adds an action, an overlap or a predicate adds its record."""
    parts = [part.evaluate() if hasattr(part, "evaluate") else part for part in get_args(union)]
    assert [part for part in parts if RECORDS.get(part.__name__) is not part] == []


def test_what_is_the_requesters_own_has_no_record() -> None:
    """Nothing is written down of which only a part could be made again."""

    class OwnBlock(BlockUser):
        pass

    own = Rule(predicate=RULES[0].predicate, action=OwnBlock(scope=RestrictionScope.POOL, private_comment="own"))
    assert find_record(make_params(control=mh.Control((own,)))) is None


@pytest.mark.parametrize(
    "record",
    [
        None,
        {"record": "Path", "fields": {}},
        {"record": "Params", "fields": {"overlap": {"record": "StaticOverlap", "fields": {"overlap": 3}}}},
        {"record": "StaticOverlap", "fields": {"overlap": 3}},
        {"record": "StaticOverlap", "fields": {"overlap": 0}},
        {"choice": "Comparison", "value": "nearly"},
    ],
    ids=["none", "something else", "half", "a part", "wrong", "no choice"],
)
def test_what_is_no_record_of_params_makes_nothing(record: Any) -> None:
    """A record that was changed by hand is refused in words."""
    with pytest.raises(InvalidParams):
        read_params(record)
