"""The parts of the embedded platform that know no database."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import (
    AllOf,
    AnyOf,
    ChangeOverlap,
    Comparison,
    ControlTasks,
    FilterCategory,
    FilterCondition,
    FilterOperator,
    KnownSolution,
    MixerConfig,
    Money,
    PoolConfig,
    PoolId,
    ProjectConfig,
    ProjectId,
    QualityCondition,
    QualityRule,
    RejectAll,
    RestrictionScope,
    RestrictWorker,
    SkippedInRow,
    SubmitTime,
    TrainingRequirement,
    WorkerProfile,
)
from manyhands.errors import NotFound
from manyhands.platform.embedded.documents import read_document, write_document
from manyhands.platform.embedded.ids import (
    assignment_id_of,
    first_id,
    page_task_id_of,
    parse_number,
    parse_numbered,
    pool_number_of,
    task_id_of,
)
from manyhands.platform.embedded.known_solutions import find_majority, rate_answer, sign_answer
from manyhands.platform.embedded.mixing import Candidates, find_shortage
from manyhands.platform.embedded.moments import to_moment, to_stamp
from manyhands.platform.embedded.scatter import SCATTER_RANGE, Scatter
from manyhands.platform.embedded.tallies import Tally
from tests.unit.platform.house import project_config

POOLS = st.integers(10_000_001, 99_999_999)
NUMBERS = st.integers(1, 2**32 - 1)
CONFIG = PoolConfig(
    project_id=ProjectId("10000001"),
    key="k",
    reward=Money("0.05"),
    assignment_duration=timedelta(seconds=1.5),
    mixer=MixerConfig(real_count=3),
)
RULE = QualityRule(
    collector=SubmitTime(fast_threshold=timedelta(seconds=3), history_size=4),
    conditions=(QualityCondition(key="fast_count", comparison=Comparison.GTE, threshold=1),),
    action=RestrictWorker(scope=RestrictionScope.PROJECT, duration=None),
)
CONDITION = FilterCondition(category=FilterCategory.SKILL, key="3", operator=FilterOperator.EQ)


@given(POOLS, NUMBERS, NUMBERS)
def test_ids_have_one_width_and_keep_the_order(pool: int, first: int, second: int) -> None:
    """The order of the texts is that of the numbers, and a text leads back to its number."""
    numbers = (first_id(pool) + first, first_id(pool) + second)
    texts = [task_id_of(number) for number in numbers]
    assert (texts[0] < texts[1]) is (first < second)
    assert [parse_numbered("task", text) for text in texts] == list(numbers)
    assert {len(text) for text in (*texts, assignment_id_of(numbers[0]), page_task_id_of(numbers[0], 3))} == {36}
    assert pool_number_of(numbers[0]) == pool
    assert parse_number("pool", str(pool)) == pool


@pytest.mark.parametrize("text", ["", "x", "0000989681--1", "0000989681--" + "0" * 24, "0000000001--" + "0" * 23 + "1"])
def test_what_is_no_id_is_not_found(text: str) -> None:
    """The error names what was looked for."""
    with pytest.raises(NotFound, match="no task"):
        parse_numbered("task", text)


def test_a_task_of_another_pool_is_not_found() -> None:
    """Where a pool is named, the task has to be in it."""
    with pytest.raises(NotFound, match="in pool 10000002"):
        parse_numbered("task", task_id_of(first_id(10_000_001) + 1), pool_id=PoolId("10000002"))


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 1), max_value=datetime(9999, 1, 1)))  # noqa: DTZ001
def test_moments_are_kept_to_the_microsecond(moment: datetime) -> None:
    """A stamp leads back to its moment."""
    assert to_moment(to_stamp(moment)) == moment


@given(st.integers(0, 2**64 - 1))
def test_a_scatter_brings_no_two_numbers_together(seed: int) -> None:
    """Every number goes to a place of its own within the range."""
    scatter = Scatter(seed)
    places = [scatter.place(number) for number in range(500)]
    assert len(set(places)) == 500
    assert all(0 <= place < SCATTER_RANGE for place in places)


def test_a_scatter_mixes() -> None:
    """Neighbours go far apart: each tenth of the range gets about a tenth of the numbers, and the order is lost."""
    places = [Scatter(99).place(number) for number in range(10_000)]
    tenths = [sum(place * 10 // SCATTER_RANGE == tenth for place in places) for tenth in range(10)]
    assert all(900 < count < 1_100 for count in tenths)
    assert 4_700 < sum(first < second for first, second in pairwise(places)) < 5_300


@pytest.mark.parametrize(
    "record",
    [
        CONFIG,
        PoolConfig(
            **{
                **{name: getattr(CONFIG, name) for name in CONFIG.__slots__},
                "expires": datetime(2026, 1, 1, 12, 30, 0, 7, tzinfo=UTC),
                "worker_filter": AllOf((AnyOf((CONDITION,)), CONDITION)),
                "training_requirement": TrainingRequirement(training_pool_id=PoolId("1"), passing_skill=0.5),
                "quality_rules": (
                    RULE,
                    QualityRule(collector=SkippedInRow(), conditions=(), action=ChangeOverlap(delta=1)),
                    QualityRule(collector=ControlTasks(), conditions=(), action=RejectAll(public_comment="no")),
                ),
                "foreign": {"type": "other", "nested": [{"type": 1}]},
            }
        ),
        project_config(quality_rules=(RULE,), view={"type": "AllOf", "items": [1, None, {"a": 0.5}]}),
        WorkerProfile(languages=frozenset({"EN", "DE"}), birth_date=date(2000, 1, 2), attributes={"type": "x"}),
    ],
    ids=["pool", "pool with everything", "project", "profile"],
)
def test_records_come_back_from_their_documents(record: Any) -> None:
    """Whatever a config says is kept."""
    assert read_document(write_document(record), type(record)) == record


def test_equal_sets_give_equal_documents() -> None:
    """The order in which a set was filled does not matter."""
    texts = {
        write_document(WorkerProfile(languages=frozenset(order))) for order in (("EN", "DE", "FR"), ("FR", "DE", "EN"))
    }
    assert len(texts) == 1


def test_a_document_of_an_older_version_is_read() -> None:
    """A field that it does not know has its default."""
    text = write_document(project_config()).replace('"instruction":"",', "")
    assert read_document(text, ProjectConfig) == project_config()


@pytest.mark.parametrize(
    ("mixer", "found", "expected"),
    [
        (MixerConfig(real_count=2), (2, 0, 0), None),
        (MixerConfig(real_count=2), (1, 0, 0), None),
        (MixerConfig(real_count=2), (0, 0, 0), "exhausted"),
        (MixerConfig(real_count=2, min_real_count=0), (0, 0, 0), "exhausted"),
        (MixerConfig(real_count=2, is_last_page_forced=False), (1, 0, 0), "exhausted"),
        (MixerConfig(real_count=2, is_last_page_forced=False, min_real_count=1), (1, 0, 0), None),
        (MixerConfig(real_count=2, control_count=2), (2, 1, 0), "control_exhausted"),
        (MixerConfig(real_count=2, control_count=2, min_control_count=1), (2, 1, 0), None),
        (MixerConfig(real_count=2, control_count=2, min_control_count=9), (2, 2, 0), None),
        (MixerConfig(real_count=2, training_count=1), (2, 0, 0), "exhausted"),
        (MixerConfig(real_count=0, control_count=1), (0, 1, 0), None),
        (MixerConfig(real_count=0, control_count=1, min_control_count=0), (0, 0, 0), "exhausted"),
    ],
)
def test_when_a_page_can_be_made(mixer: MixerConfig, found: tuple[int, int, int], expected: str | None) -> None:
    """Enough real, control and training tasks, or why not."""
    real, control, training = (range(count) for count in found)
    shortage = find_shortage(mixer, Candidates(real=real, control=control, training=training), is_delay_over=True)
    assert (None if shortage is None else shortage.reason) == expected


@pytest.mark.parametrize(
    ("answer", "known", "rate"),
    [
        ({"label": "cat"}, [({"label": "cat"}, 1.0)], 1.0),
        ({"label": "dog"}, [({"label": "cat"}, 1.0)], 0.0),
        ({"label": "dog"}, [({"label": "cat"}, 1.0), ({"label": "dog"}, 0.5)], 0.5),
        ({"label": "cat", "note": "x"}, [({"label": "cat"}, 1.0)], 1.0),
        ({"label": "cat"}, [({"label": "cat", "note": "x"}, 1.0)], 0.0),
        ({"label": None}, [({"label": "cat"}, 1.0)], 0.0),
        ({"label": "cat"}, [], 0.0),
    ],
)
def test_how_right_an_answer_is(answer: Any, known: list[tuple[Any, float]], rate: float) -> None:
    """The weight of the best known solution that it equals."""
    solutions = [KnownSolution(output_values=values, weight=weight) for values, weight in known]
    assert rate_answer(answer, solutions) == rate


@pytest.mark.parametrize(
    ("answers", "majority"), [("", None), ("a", "a"), ("ab", None), ("aab", "a"), ("aabb", None), ("abbc", "b")]
)
def test_the_majority(answers: str, majority: str | None) -> None:
    """The answer given most often, if there is one."""
    assert find_majority(answers) == majority


def test_a_signature_has_the_required_fields() -> None:
    """Optional fields do not make answers different."""
    specs = project_config().output_spec
    assert sign_answer({"label": "cat"}, specs) == sign_answer({"note": "x", "label": "cat"}, specs)
    assert sign_answer({"label": "cat"}, specs) != sign_answer({"label": "dog"}, specs)


@given(st.lists(st.sampled_from((0.0, 1.0))), st.integers(1, 6))
def test_a_tally_looks_back_as_far_as_it_is_told(values: list[float], size: int) -> None:
    """Its counts are those of the last values, or of all."""
    bounded, endless = Tally(), Tally()
    for value in values:
        bounded = bounded.add(value, history_size=size)
        endless = endless.add(value, history_size=None)
    last = values[-size:]
    assert (bounded.total, bounded.hits) == (len(last), sum(last))
    assert (endless.total, endless.hits, endless.history) == (len(values), sum(values), None)
    assert endless.share == (sum(values) / len(values) if values else None)
