"""Everything that is wrong with a launch is said at once, before anything is published."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from manyhands.crowd import Money
from manyhands.errors import InvalidInput
from manyhands.launches import ClassificationPlan, Params, Preflight, prepare_classification
from manyhands.launches.task_list import TaskList
from manyhands.planning import AdviceLevel, PoolPricingConfig, ProportionalFee
from manyhands.quality import Control, DynamicOverlap, RuleBuilder, StaticOverlap
from manyhands.task import Class, ClassificationFunction, PreparedTaskSpec, TaskSpec, Text


class Mood(Class):
    """What a text is like."""

    GOOD = "good"
    BAD = "bad"


SPEC = PreparedTaskSpec(
    TaskSpec(
        id="mood",
        function=ClassificationFunction(inputs=(Text,), cls=Mood),
        name={"EN": "Mood"},
        description={"EN": "Say what a text is like."},
        instruction={"EN": "Read and choose."},
    ),
    "EN",
)
PARAMS = Params(
    task_duration_hint=timedelta(seconds=10),
    pricing_config=PoolPricingConfig(assignment_price=0.05, real_tasks_count=8, control_tasks_count=2),
    overlap=StaticOverlap(3),
    control=Control(RuleBuilder().add_static_reward(0.5).build()),
)
INPUTS = [(Text(f"text {number}"),) for number in range(40)]
CONTROLS = [((Text(f"control {number}"),), (Mood.GOOD,)) for number in range(10)]


def prepare(**changes: object) -> Preflight:
    """Prepare the launch above with some arguments changed."""
    arguments = {"input_objects": INPUTS, "control_objects": CONTROLS, "fee": ProportionalFee(), **changes}
    spec, params = arguments.pop("task_spec", SPEC), arguments.pop("params", PARAMS)
    return prepare_classification(spec, params, **arguments)  # type: ignore[arg-type]  # wrong types are among the cases


def test_a_good_launch_has_a_price_and_a_name_from_its_content() -> None:
    """The same content has the same name, another content another."""
    first, again, other = prepare(), prepare(), prepare(input_objects=INPUTS[1:])
    assert first.plan.name == again.plan.name != other.plan.name
    assert first.plan.name.startswith("mood_EN-")
    assert first.price.precise.least == Money("0.065") * 5 * 3


def test_names_do_not_depend_on_the_order_of_the_data() -> None:
    """The same objects in another order are the same launch."""
    assert prepare(input_objects=INPUTS[::-1]).plan.name == prepare().plan.name


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"task_spec": "mood"}, "expected a PreparedTaskSpec"),
        ({"params": {}}, "expected Params"),
        ({"input_objects": [*INPUTS, INPUTS[3]]}, "input_objects[40]"),
        ({"input_objects": [("text",)]}, "expected Text"),
        ({"input_objects": []}, "There are 0 input objects"),
        ({"input_objects": [*INPUTS, (Text("control 1"),)]}, "control_objects[1] has the same input objects"),
        ({"control_objects": CONTROLS[:1]}, "every page shows 2"),
        ({"budget": Money("0.06")}, "does not cover one page at $0.065"),
        (
            {
                "params": replace(PARAMS, pricing_config=PoolPricingConfig(assignment_price=0.05, real_tasks_count=8)),
                "control_objects": [],
            },
            "control_tasks_count is 0",
        ),
        (
            {"params": replace(PARAMS, overlap=DynamicOverlap(1, 2, {"god": 0.9}))},
            "overlap.confidence names ['god']",
        ),
    ],
    ids=[
        "a name instead of a task spec",
        "no params",
        "a repeated object",
        "a bare string",
        "no objects",
        "a control object among the inputs",
        "too few control objects",
        "a budget below one page",
        "accuracy without control tasks",
        "a label that is not in the class",
    ],
)
def test_what_cannot_work_is_refused_in_words(changes: dict[str, object], told: str) -> None:
    """The error names the argument or object, and what was expected."""
    with pytest.raises(InvalidInput) as caught:
        prepare(**changes)
    assert told in str(caught.value)
    assert "nothing was published" in str(caught.value)


def test_all_problems_of_data_and_params_come_together() -> None:
    """Two things wrong with the data are one error with two problems."""
    with pytest.raises(InvalidInput) as caught:
        prepare(input_objects=[*INPUTS, INPUTS[0]], control_objects=[*CONTROLS, CONTROLS[0]])
    assert len(caught.value.problems) == 2


def test_few_control_objects_are_worth_a_warning() -> None:
    """The advice says how many pages a worker can do and how many workers that takes."""
    advice = prepare(control_objects=CONTROLS[:4]).advice
    assert all(item.level is AdviceLevel.WARNING for item in advice)
    assert any("2 pages per worker" in item.text for item in advice)


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: plan.renamed("other"),
        lambda plan: replace(plan, tasks=TaskList.of(SPEC.mapping, plan.input_objects[::-1], plan.control_objects)),
    ],
    ids=["another name", "another order"],
)
def test_the_identity_of_a_plan_is_its_content(change: Callable[[ClassificationPlan], ClassificationPlan]) -> None:
    """Neither name nor order of the data belong to the identity."""
    plan = prepare().plan
    assert change(plan).describe() == plan.describe()


def test_tasks_are_numbered_controls_first() -> None:
    """Slices of drafts put together are all drafts, control tasks first with infinite overlap."""
    plan = prepare().plan
    slices = [draft for start in range(0, 50, 7) for draft in plan.drafts(start, min(50, start + 7))]
    assert slices == plan.drafts(0, 50)
    assert [draft.overlap for draft in slices[:11]] == [None] * 10 + [3]
