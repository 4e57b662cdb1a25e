"""What the demo asks, of whom, and on which terms."""

from datetime import timedelta

from manyhands.crowd import Money
from manyhands.launches import AggregationAlgorithm, Params
from manyhands.planning import PoolPricingConfig
from manyhands.quality import Control, DynamicOverlap, RuleBuilder
from manyhands.simulation import RteDataset
from manyhands.task import (
    Class,
    ClassificationFunction,
    ClassMeta,
    ControlObject,
    ObjectMeta,
    PreparedTaskSpec,
    TaskSpec,
    Text,
    Title,
)

__all__ = ["BASKETS", "BUDGET", "FEE_SHARE", "PARAMS", "Entailment", "control_objects", "task_spec"]

BASKETS = ("red", "green", "blue")

#: The most that all baskets together may cost, fees included; more than any of many seeds needed.
BUDGET = Money(15)

#: What the platform keeps on top of every reward, as Toloka did.
FEE_SHARE = 0.3


class Entailment(Class):
    """Whether a statement follows from a text."""

    YES = "yes"
    NO = "no"

    @classmethod
    def labels(cls) -> dict["Entailment", dict[str, str]]:
        """Return what workers read."""
        return {cls.YES: {"EN": "Yes, it follows"}, cls.NO: {"EN": "No, it does not"}}


#: Chosen over many seeds, not for one: three to seven answers until a label is 95 % sure, two control pairs on a page of twelve, workers weighed by
#: what they confuse with what.
PARAMS = Params(
    task_duration_hint=timedelta(seconds=15),
    pricing_config=PoolPricingConfig(assignment_price="0.06", real_tasks_count=10, control_tasks_count=2),
    overlap=DynamicOverlap(3, 7, 0.95),
    control=Control(
        RuleBuilder()
        .add_static_reward(threshold=0.5)
        .add_speed_control(ratio_rand=0.1, ratio_poor=0.3)
        .add_control_task_control(2, 1, 2)
        .build()
    ),
    aggregation_algorithm=AggregationAlgorithm.DAWID_SKENE,
)


def task_spec() -> PreparedTaskSpec:
    """Return the task: two texts, yes or no."""
    function = ClassificationFunction(
        inputs=(
            ObjectMeta(Text, name="text", title=Title({"EN": "Text"})),
            ObjectMeta(Text, name="hypothesis", title=Title({"EN": "Statement"})),
        ),
        cls=ClassMeta(Entailment, name="choice", title=Title({"EN": "Does the statement follow from the text?"})),
    )
    spec = TaskSpec(
        id="entailment",
        function=function,
        name={"EN": "Does it follow?"},
        description={"EN": "Read a text and a statement, and say whether the statement follows."},
        instruction={"EN": "Answer **yes** only if the text alone makes the statement true."},
    )
    return PreparedTaskSpec(spec, "EN")


def control_objects(rte: RteDataset) -> list[ControlObject]:
    """Return the control pairs with what the experts say."""
    return [(pair.objects, (Entailment(rte.gold[pair.task]),)) for pair in rte.controls]
