"""Control tasks taken for objects."""

import pytest

import manyhands as mh
from manyhands.crowd import PoolId
from manyhands.launches.findings import judge_controls, read_facts, scheme_of
from tests.flow.parity import make_params, make_scene, numbers


@pytest.mark.parametrize("algorithm", mh.AggregationAlgorithm)
def test_control_tasks_are_judged_by_their_answers(algorithm: mh.AggregationAlgorithm) -> None:
    """Nearly all labels of a good crowd are right, and each control task that was answered is judged once."""
    scene = make_scene(accuracy=0.9, params=make_params(aggregation_algorithm=algorithm))
    scene.launch(numbers(0, 60), name="red")
    document = scene.platform.journal.find("red") or {}
    pool = PoolId(document["pool_id"])
    pages = scene.platform.list_assignments(pool, limit=10_000)
    facts = read_facts(scene.platform.list_tasks(pool), pages, scheme_of(document))
    judged = judge_controls(facts, pages)
    accepted = {
        task_id for task_id, fact in facts.controls.items() if any(one.status == "ACCEPTED" for one in fact.answers)
    }
    assert len(judged) == len(accepted)
    assert sum(is_right for _, is_right in judged) / len(judged) > 0.8
    assert all(0.5 <= confidence <= 1 + 1e-9 for confidence, _ in judged)


def test_a_control_task_does_not_testify_for_itself() -> None:
    """One whose known answer is wrong is found wrong, though algorithms that know it would call it right."""
    scene = make_scene(accuracy=0.97, params=make_params(aggregation_algorithm=mh.AggregationAlgorithm.DAWID_SKENE))
    scene.launch(numbers(0, 40), name="red")
    pool = scene.pools[0]
    pages = scene.platform.list_assignments(pool, limit=10_000)
    scheme = scheme_of(scene.platform.journal.find("red"))
    facts = read_facts(scene.platform.list_tasks(pool), pages, scheme)
    wrong_count = [is_right for _, is_right in judge_controls(facts, pages)].count(False)
    _, fact = max(facts.controls.items(), key=lambda item: item[1].right_count)
    fact.label = "odd" if fact.label == "even" else "even"
    assert [is_right for _, is_right in judge_controls(facts, pages)].count(False) == wrong_count + 1


def test_without_control_tasks_nothing_is_judged() -> None:
    """Nor before the first answers."""
    assert judge_controls(read_facts([], []), []) == []
