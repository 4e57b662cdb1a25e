"""Launches that could start, for tests of what is said about them beforehand."""

from datetime import timedelta

from manyhands.launches import Params, Preflight, SharedBudget, prepare_classification
from manyhands.planning import PoolPricingConfig, ProportionalFee
from manyhands.quality import Control, DynamicOverlap, RuleBuilder
from manyhands.task import Class, ClassificationFunction, PreparedTaskSpec, TaskSpec, Text

__all__ = ["make_preflight"]


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
CONTROLS = [((Text(f"control {number}"),), (Mood.GOOD,)) for number in range(10)]


def make_preflight(
    name: str,
    *,
    object_count: int = 40,
    page_size: int = 8,
    reward: str = "0.05",
    budget: SharedBudget | None = None,
) -> Preflight:
    """Return a launch with ten control objects, an overlap of two to four and Toloka's fee."""
    params = Params(
        task_duration_hint=timedelta(seconds=10),
        pricing_config=PoolPricingConfig(assignment_price=reward, real_tasks_count=page_size, control_tasks_count=2),
        overlap=DynamicOverlap(2, 4, 0.85),
        control=Control(RuleBuilder().add_static_reward(0.5).build()),
    )
    return prepare_classification(
        SPEC,
        params,
        input_objects=[(Text(f"text {number}"),) for number in range(object_count)],
        control_objects=CONTROLS,
        fee=ProportionalFee(),
        name=name,
        budget=budget,
    )
