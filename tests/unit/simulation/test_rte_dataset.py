"""The real pairs and answers that the package carries."""

import subprocess
import sys
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from manyhands.crowd import WorkerId
from manyhands.simulation import ReplayCrowd, RteDataset, load_rte, visible_key
from manyhands.task import Class, ClassificationFunction, TaskMapping, Text

ROOT = Path(__file__).parents[3]
SOURCE = ROOT.parent / "shared" / "data" / "rte_text"


class Entailment(Class):
    """Whether the second text follows from the first."""

    YES = "yes"
    NO = "no"


@pytest.fixture(scope="module")
def rte() -> RteDataset:
    """Return the dataset."""
    return load_rte()


@pytest.fixture(scope="module")
def mapping() -> TaskMapping:
    """Return the mapping of a task with two unnamed texts."""
    return TaskMapping.of(ClassificationFunction(inputs=(Text, Text), cls=Entailment))


def test_there_are_three_baskets_and_balanced_controls(rte: RteDataset) -> None:
    """A hundred pairs each, and twenty control pairs of each label."""
    assert Counter(pair.basket for pair in rte.inputs) == {"red": 100, "green": 100, "blue": 100}
    assert Counter(rte.gold[pair.task] for pair in rte.controls) == {"yes": 20, "no": 20}
    assert [pair.basket for pair in rte.list_basket("green")] == ["green"] * 100


def test_every_pair_has_ten_answers_of_different_people(rte: RteDataset) -> None:
    """All answers of the source to these pairs, by all its people."""
    pairs = {pair.task for pair in (*rte.inputs, *rte.controls)}

    assert Counter(answer.task for answer in rte.answers) == dict.fromkeys(pairs, 10)
    assert len({(answer.task, answer.worker) for answer in rte.answers}) == 3400
    assert len({answer.worker for answer in rte.answers}) == 164


def test_most_answers_to_control_pairs_are_right(rte: RteDataset) -> None:
    """A control pair is one on which at least 8 of 10 people agree with the experts."""
    right = Counter(answer.task for answer in rte.answers if answer.label == rte.gold[answer.task])

    assert min(right[pair.task] for pair in rte.controls) >= 8


def test_it_becomes_a_recorded_crowd_for_any_task_of_two_texts(rte: RteDataset, mapping: TaskMapping) -> None:
    """The keys are those of the values that workers see."""
    crowd = rte.record_crowd(mapping)
    pair = rte.inputs[0]
    values = {"text_1": pair.text, "text_2": pair.hypothesis}

    assert crowd.truth.get_question(values).right == rte.gold[pair.task]
    assert len(crowd.list_answers_to(visible_key(values))) == 10
    assert len(crowd.truth) == 340
    assert len(rte.control_keys(mapping)) == 40


def test_replayed_people_are_about_as_good_as_the_real_ones(rte: RteDataset, mapping: TaskMapping) -> None:
    """Forty of the people answer all pairs in random turns, five answers each: who was good is good, who clicked blindly is found out."""
    recorded = rte.record_crowd(mapping)
    replay = ReplayCrowd(recorded, 7)
    people, chance = replay.workers(40), np.random.default_rng(7)
    questions = [question for question in recorded.truth for _ in range(5)]
    right: dict[WorkerId, list[bool]] = defaultdict(list)

    for place in chance.permutation(len(questions)):
        person, question = people[int(chance.integers(40))], questions[place]
        right[person.id].append(person.answers.answer(question, chance, attention=1.0) == question.right)

    real = [recorded.get_accuracy(person) for person in right]
    replayed = [sum(verdicts) / len(verdicts) for verdicts in right.values()]
    assert np.corrcoef(real, replayed)[0, 1] > 0.8


@pytest.mark.skipif(not SOURCE.exists(), reason="the source of the dataset is not beside this checkout")
def test_the_files_are_what_the_script_makes_of_the_source(tmp_path: Path) -> None:
    """Nobody has edited them by hand."""
    subprocess.run([sys.executable, ROOT / "scripts" / "make_rte.py", SOURCE, tmp_path], check=True)

    for path in tmp_path.iterdir():
        assert files("manyhands.simulation").joinpath("rte", path.name).read_bytes() == path.read_bytes()
