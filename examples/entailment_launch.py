"""A launch in one Python file, with two baskets.

Try it with ``manyhands launch examples/entailment_launch.py --rehearse``: ``manyhands launch`` reads the variables below and does the rest.
"""

from datetime import timedelta

import manyhands as mh


class Entailment(mh.Class):
    YES = "yes"
    NO = "no"


task_spec = mh.PreparedTaskSpec(
    mh.TaskSpec(
        id="entailment",
        function=mh.ClassificationFunction(
            inputs=(mh.ObjectMeta(mh.Text, name="text"), mh.ObjectMeta(mh.Text, name="hypothesis")),
            cls=mh.ClassMeta(Entailment, name="choice"),
        ),
        name={"EN": "Does it follow?"},
        description={"EN": "Read a text and a statement, and say whether the statement follows."},
        instruction={"EN": "Answer **yes** only if the text alone makes the statement true."},
    ),
    "EN",
)

params = mh.Params(
    task_duration_hint=timedelta(seconds=15),
    pricing_config=mh.PoolPricingConfig(assignment_price="0.05", real_tasks_count=8, control_tasks_count=2),
    overlap=mh.DynamicOverlap(2, 5, 0.9),
    control=mh.Control(mh.RuleBuilder().add_static_reward(0.5).add_speed_control(0.1, 0.3).build()),
)

pairs = mh.load_rte()
baskets = {basket: [pair.objects for pair in pairs.list_basket(basket)[:40]] for basket in ("red", "green")}
control_objects = [(pair.objects, (Entailment(pairs.gold[pair.task]),)) for pair in pairs.controls]

platform = "entailment.db"
budget = "20.00"

# What is right, for rehearsals only; leave it out when nobody knows.
truth = [
    (pair.objects, (Entailment(pairs.gold[pair.task]),))
    for basket in baskets
    for pair in pairs.list_basket(basket)[:40]
]
