"""Asynchronous launches: three baskets of real text-entailment pairs, labeled side by side by simulated people.

The part above the line of cells is what the page *Asynchronous launches* takes as already specified; the cells below it are those of the page, word
for word. Run it with ``python examples/asynchronous_launches.py``: it writes ``red_results.json``, ``green_results.json`` and ``blue_results.json``
into the current folder.
"""

# ruff: noqa: E402
# mypy: disable-error-code="no-untyped-def, no-untyped-call"
# The cells of the page carry no annotations.
from datetime import timedelta

import manyhands as mh
from manyhands import client


class Entailment(mh.Class):
    YES = "yes"
    NO = "no"

    @classmethod
    def labels(cls):
        return {
            cls.YES: {"EN": "Yes, it follows"},
            cls.NO: {"EN": "No, it does not"},
        }


task_spec_en = mh.PreparedTaskSpec(
    mh.TaskSpec(
        id="entailment",
        function=mh.ClassificationFunction(
            inputs=(
                mh.ObjectMeta(mh.Text, name="text", title=mh.Title({"EN": "Text"})),
                mh.ObjectMeta(mh.Text, name="hypothesis", title=mh.Title({"EN": "Statement"})),
            ),
            cls=mh.ClassMeta(Entailment, name="choice", title=mh.Title({"EN": "Does the statement follow from the text?"})),
        ),
        name={"EN": "Does it follow?"},
        description={"EN": "Read a text and a statement, and say whether the statement follows."},
        instruction={"EN": "<p>Answer <b>yes</b> only if the text alone makes the statement true.</p>"},
    ),
    "EN",
)

params = mh.Params(
    task_duration_hint=timedelta(seconds=15),
    pricing_config=mh.PoolPricingConfig(assignment_price=0.05, real_tasks_count=8, control_tasks_count=2),
    overlap=mh.DynamicOverlap(min_overlap=2, max_overlap=5, confidence=0.85),
    control=mh.Control(
        mh.RuleBuilder()
        .add_static_reward(threshold=0.5)
        .add_speed_control(ratio_rand=0.1, ratio_poor=0.3)
        .add_control_task_control(
            control_task_count=2,
            control_task_correct_count_for_hard_block=1,
            control_task_correct_count_for_soft_block=2,
        )
        .build()
    ),
)

pairs = mh.load_rte()
input_objects = [pair.objects for pair in pairs.inputs]
control_objects = [(pair.objects, (Entailment(pairs.gold[pair.task]),)) for pair in pairs.controls]

clock = mh.VirtualClock()
toloka_client = mh.EmbeddedPlatform.in_memory(clock=clock, seed=0)
recorded = pairs.record_crowd(task_spec_en.mapping)
people = mh.ReplayCrowd(recorded, 0, repeatable=pairs.control_keys(task_spec_en.mapping))
crowd = mh.SimulatedCrowd(
    toloka_client,
    clock,
    workers=people.workers(),
    truth=recorded.truth,
    task_duration_hint=params.task_duration_hint,
    seed=0,
)
crowd.start()

# ------------------------------------------------------------------------------------------------------------------- cells of the page

from multiprocessing.pool import ThreadPool
from threading import Event


def label_basket(basket_and_interrupted):
    basket_name, basket_input_objects, interrupted = basket_and_interrupted
    raw_results, worker_weights = client.launch(
        task_spec_en,
        params,
        basket_input_objects,
        control_objects,
        toloka_client,
        interactive=False,
        interrupted=interrupted,
    )
    results = client.ClassificationResults(basket_input_objects, raw_results, task_spec_en, worker_weights)
    results.predict().to_json(f'{basket_name}_results.json', orient='records')


def launch_in_parallel(baskets):
    interrupted = Event()
    baskets_and_interrupted = [(name, objects, interrupted) for name, objects in baskets]
    tpool = ThreadPool(processes=len(baskets))
    try:
        tpool.map(label_basket, baskets_and_interrupted)
    except KeyboardInterrupt:
        interrupted.set()
        tpool.close()
        tpool.join()


# your data split by baskets
baskets = [('red', input_objects[:100]), ('green', input_objects[100:200]), ('blue', input_objects[200:300])]


launch_in_parallel(baskets)
