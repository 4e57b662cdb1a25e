"""Accuracy and confusion of labels, against counts done by hand."""

import numpy as np
import pytest

from manyhands.errors import InvalidData
from manyhands.results import accuracy, confusion_matrix
from manyhands.task import Class

NAN = float("nan")


class Animal(Class):
    """The labels."""

    DOG = "dog"
    CAT = "cat"


@pytest.mark.parametrize(
    ("predicted", "known", "expected"),
    [
        (["cat", "dog", "cat"], ["cat", "cat", "cat"], 2 / 3),
        (["cat", "dog"], ["cat", None], 1.0),
        (["cat", NAN], ["cat", "dog"], 0.5),
        (["cat", NAN], [NAN, NAN], None),
        ([], [], None),
        (["cat"], [Animal.CAT], 1.0),
    ],
    ids=["by hand", "unknown left out", "missing is wrong", "none known", "nothing", "members equal values"],
)
def test_accuracy_is_the_share_of_right_labels(
    predicted: list[object], known: list[object], expected: float | None
) -> None:
    """Only known labels are asked about, and an answer that is missing is not right."""
    assert accuracy(predicted, known) == expected


def test_confusion_matrix_has_right_labels_in_rows() -> None:
    """Row by row: what the objects of one label were taken for."""
    matrix = confusion_matrix(
        ["cat", "cat", "dog", None, "cat"], ["cat", "dog", "dog", "cat", NAN], labels=list(Animal)
    )

    assert matrix.labels == ("dog", "cat")
    assert matrix.counts.tolist() == [[1, 0], [1, 1]]
    assert matrix.accuracy == 2 / 3
    assert matrix.shares().tolist() == [[1.0, 0.0], [0.5, 0.5]]


def test_label_that_never_occurs_has_no_shares() -> None:
    """A row without objects is NaN, not zero, and nothing warns."""
    matrix = confusion_matrix(["cat"], ["cat"], labels=["dog", "cat"])

    assert np.isnan(matrix.shares()[0]).all()
    assert confusion_matrix([], [], labels=["dog", "cat"]).accuracy is None


def test_lengths_must_agree() -> None:
    """Labels of other objects are not compared."""
    with pytest.raises(InvalidData, match="2 labels on one side and 1"):
        accuracy(["cat", "dog"], ["cat"])


def test_unknown_label_is_refused() -> None:
    """A label that is not in the table is named."""
    with pytest.raises(InvalidData, match=r"'fox'.*expected two of dog, cat"):
        confusion_matrix(["cat"], ["fox"], labels=["dog", "cat"])
