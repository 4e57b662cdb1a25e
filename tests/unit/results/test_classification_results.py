"""Classification results: the tables of section 1.12 of the facts, and no failure on what is empty or unfinished."""

import json
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import WorkerId
from manyhands.errors import InvalidData
from manyhands.preview import TaskPreview
from manyhands.results import ClassificationResults, RawResult, RawResults, ResultView, Vote
from manyhands.task import Class, ClassificationFunction, ObjectMeta, PreparedTaskSpec, TaskSpec, Text


class Animal(Class):
    """The labels, not in alphabetical order."""

    DOG = "dog"
    CAT = "cat"
    CROW = "crow"


def spec_of(*inputs: ObjectMeta | type[Text]) -> PreparedTaskSpec:
    """Return a task spec with these inputs."""
    text = {"EN": "Which animal is it?"}
    function = ClassificationFunction(inputs=inputs, cls=Animal)
    return PreparedTaskSpec(
        TaskSpec(id="animals", function=function, name=text, description=text, instruction=text), "EN"
    )


def votes_of(*labels: Animal) -> list[Vote]:
    """Return one vote per label, by workers w0, w1 and so on."""
    return [Vote(label, WorkerId(f"w{number}")) for number, label in enumerate(labels)]


TEXTS = [(Text("purrs"),), (Text("barks"),), (Text("is silent"),)]
RAW = [
    RawResult({Animal.CAT: 0.7, Animal.DOG: 0.3}, votes_of(Animal.DOG, Animal.CAT)),
    RawResult({Animal.DOG: 0.9, Animal.CAT: 0.1}, votes_of(Animal.DOG, Animal.DOG, Animal.CAT)),
    RawResult(None, []),
]
WEIGHTS = {WorkerId("w0"): 0.5, WorkerId("w1"): 0.9}


def results_of(raw: Sequence[RawResult] = RAW, weights: dict[WorkerId, float] | None = None) -> ClassificationResults:
    """Return the results of the three texts."""
    return ClassificationResults(TEXTS[: len(raw)], raw, spec_of(Text), weights)


def test_predict_has_a_row_per_object_in_input_order() -> None:
    """The columns, their order and their dtypes are those that requesters know."""
    expected = pd.DataFrame(
        {
            "text": pd.Series(["purrs", "barks", "is silent"], dtype=object),
            "result": pd.Series(["cat", "dog", float("nan")], dtype=object),
            "confidence": pd.Series([0.7, 0.9, 0.0], dtype="float64"),
            "overlap": pd.Series([2, 3, 0], dtype="int64"),
        }
    )

    pd.testing.assert_frame_equal(results_of().predict(), expected, check_index_type=True)


def test_predict_proba_has_a_column_per_label_in_the_order_of_the_class() -> None:
    """A label that nobody gave has a column of zeros."""
    expected = pd.DataFrame(
        {
            "text": pd.Series(["purrs", "barks", "is silent"], dtype=object),
            "proba_dog": [0.3, 0.9, 0.0],
            "proba_cat": [0.7, 0.1, 0.0],
            "proba_crow": [0.0, 0.0, 0.0],
            "overlap": pd.Series([2, 3, 0], dtype="int64"),
        }
    )

    pd.testing.assert_frame_equal(results_of().predict_proba(), expected)


def test_previews_show_the_rows_of_predict() -> None:
    """Each object with its most probable label, and without one where nothing is known."""
    server = "http://127.0.0.1:8000"
    previews = results_of().previews(server=server)
    answers = (Animal.CAT, Animal.DOG, None)
    expected = [
        TaskPreview(objects, task_spec=spec_of(Text), output_objects=answer, server=server)
        for objects, answer in zip(TEXTS, answers, strict=True)
    ]
    assert [preview.url for preview in previews] == [preview.url for preview in expected]
    assert results_of([]).previews() == []


def test_worker_labels_have_a_row_per_vote() -> None:
    """The rows follow the objects, then the votes; without weights there is no weight column."""
    frame = results_of().worker_labels()

    assert list(frame.columns) == ["text", "label", "worker"]
    assert frame.values.tolist() == [
        ["purrs", "dog", "w0"],
        ["purrs", "cat", "w1"],
        ["barks", "dog", "w0"],
        ["barks", "dog", "w1"],
        ["barks", "cat", "w2"],
    ]
    assert set(frame.dtypes) == {np.dtype(object)}


def test_worker_without_a_weight_has_nan() -> None:
    """Weights are joined by worker, and a worker who met no control task has none."""
    weights = results_of(weights=WEIGHTS).worker_labels()["worker_weight"]

    np.testing.assert_array_equal(weights, [0.5, 0.9, 0.5, 0.9, np.nan])
    assert weights.dtype == np.float64


def test_label_without_a_worker_counts_but_has_no_worker_row() -> None:
    """A label given beforehand is part of the overlap and of no worker's work."""
    results = results_of([RawResult({Animal.CAT: 1.0}, [Vote(Animal.CAT, None)])], weights={})

    assert results.predict()["overlap"].tolist() == [1]
    assert results.worker_labels().empty


def test_answers_are_a_table_for_crowd_kit() -> None:
    """The long table has positions of objects, so that equal objects stay apart."""
    frame = results_of().answers()

    assert list(frame.columns) == ["task", "worker", "label"]
    assert frame["task"].tolist() == [0, 0, 1, 1, 1]
    assert frame["task"].dtype == np.int64


def test_given_weights_and_objects_stay_as_they_are() -> None:
    """Results copy what they are given and change nothing of it."""
    weights, objects = dict(WEIGHTS), list(TEXTS)

    results = ClassificationResults(objects, RAW, spec_of(Text), weights)
    results.worker_labels()

    assert weights == WEIGHTS
    assert objects == TEXTS


@pytest.mark.parametrize("view", list(ResultView))
@pytest.mark.parametrize("raw", [[], [RawResult(None, [])] * 3], ids=["no objects", "no answers"])
def test_no_view_fails_on_nothing(view: ResultView, raw: list[RawResult]) -> None:
    """An interrupted launch gives tables with all columns and dtypes."""
    empty, full = results_of(raw, WEIGHTS).view(view), results_of(weights=WEIGHTS).view(view)

    assert list(empty.columns) == list(full.columns)
    assert list(empty.dtypes) == list(full.dtypes)


def test_unfinished_objects_are_those_that_the_launch_names() -> None:
    """An object may have answers and still be unfinished."""
    results = results_of(RawResults(RAW, unfinished=[0, 2]))

    assert not results.is_finished
    assert results.unfinished().drop(columns=["result"]).to_dict("records") == [
        {"text": "purrs", "confidence": 0.7, "overlap": 2},
        {"text": "is silent", "confidence": 0.0, "overlap": 0},
    ]


@pytest.mark.parametrize(
    ("raw", "is_finished"), [(RAW, False), (RAW[:2], True)], ids=["one unanswered", "all answered"]
)
def test_in_a_plain_list_objects_without_answers_are_unfinished(raw: list[RawResult], *, is_finished: bool) -> None:
    """A plain list says nothing else about what is wanted."""
    assert results_of(raw).is_finished is is_finished


def test_equal_objects_keep_a_row_each() -> None:
    """Rows stay aligned with the input even where it repeats."""
    results = ClassificationResults([TEXTS[0], TEXTS[0]], [RAW[0], RAW[1]], spec_of(Text))

    assert results.predict()["result"].tolist() == ["cat", "dog"]


def test_of_tied_labels_the_first_of_the_class_wins() -> None:
    """A tie is not decided by the order in which probabilities were written, nor by the last bit of a sum."""
    tie: Mapping[Class, float] = {Animal.CROW: 0.5, Animal.CAT: 0.5 - 1e-12}

    assert results_of([RawResult(tie, votes_of(Animal.CAT, Animal.CROW))]).predict()["result"].tolist() == ["cat"]


def test_seed_writes_records_as_json() -> None:
    """`predict().to_json(orient="records")` gives one record per object, with null where nothing is known."""
    assert json.loads(results_of().predict().to_json(orient="records")) == [
        {"text": "purrs", "result": "cat", "confidence": 0.7, "overlap": 2},
        {"text": "barks", "result": "dog", "confidence": 0.9, "overlap": 3},
        {"text": "is silent", "result": None, "confidence": 0.0, "overlap": 0},
    ]


def test_input_field_named_like_a_result_column_is_renamed() -> None:
    """No column appears twice, and only in the table that takes the name is the input renamed."""
    spec = spec_of(ObjectMeta(Text, name="result"), ObjectMeta(Text, name="input_result"))
    results = ClassificationResults([(Text("a"), Text("b"))], RAW[:1], spec)

    assert list(results.predict().columns) == ["input_input_result", "input_result", "result", "confidence", "overlap"]
    assert list(results.worker_labels().columns) == ["result", "input_result", "label", "worker"]


def test_missing_optional_object_is_nan() -> None:
    """What is missing looks the same in every column."""
    spec = spec_of(ObjectMeta(Text, name="shown"), ObjectMeta(Text, name="note", required=False))
    frame = ClassificationResults([(Text("a"), None)], RAW[:1], spec).predict()

    assert frame["note"].isna().all()
    assert frame["note"].dtype == object


def test_other_number_of_raw_results_is_refused() -> None:
    """Results of another basket are not shown beside the wrong objects."""
    with pytest.raises(InvalidData, match="1 input objects but 3 raw results"):
        ClassificationResults(TEXTS[:1], RAW, spec_of(Text))


class Fruit(Class):
    """Labels of another task."""

    PEAR = "pear"
    PLUM = "plum"


@pytest.mark.parametrize(
    "stranger",
    [RawResult({Fruit.PEAR: 1.0}, []), RawResult(None, [Vote(Fruit.PEAR, WorkerId("w0"))])],
    ids=["probability", "vote"],
)
def test_label_of_another_task_is_refused(stranger: RawResult) -> None:
    """The error names the object and what was expected."""
    with pytest.raises(InvalidData, match="object 1: expected one of dog, cat, crow, found"):
        ClassificationResults(TEXTS[:2], [RAW[0], stranger], spec_of(Text))


@given(st.lists(st.lists(st.sampled_from(list(Animal)), max_size=5), max_size=8))
def test_tables_agree_with_each_other(labels: list[list[Animal]]) -> None:
    """Overlap counts the rows of worker labels, and confidence is the largest probability of the row."""
    raw = [
        RawResult({label: given.count(label) / len(given) for label in given} or None, votes_of(*given))
        for given in labels
    ]
    results = ClassificationResults([(Text(str(number)),) for number in range(len(raw))], raw, spec_of(Text))
    predicted, probas = results.predict(), results.predict_proba()

    assert predicted["overlap"].sum() == len(results.worker_labels()) == len(results.answers())
    proba_columns = probas.filter(like="proba_")
    np.testing.assert_allclose(predicted["confidence"], proba_columns.max(axis=1))
    for result, confidence, row in zip(
        predicted["result"], predicted["confidence"], proba_columns.to_dict("records"), strict=True
    ):
        assert confidence == 0 if pd.isna(result) else row[f"proba_{result}"] == confidence
