"""Answers to control tasks as a square."""

from manyhands.launches import ConfusionCount
from manyhands.launches.display.confusion_matrix import Mistake, confusion_matrix

CELLS = [
    ConfusionCount(truth="cat", answer="cat", count=8),
    ConfusionCount(truth="cat", answer="dog", count=2),
    ConfusionCount(truth="dog", answer="bird", count=3),
    ConfusionCount(truth="dog", answer="dog", count=1),
]


def test_cells_become_a_square_with_right_labels_first() -> None:
    """A label that only occurs as an answer has a row without answers."""
    matrix = confusion_matrix(CELLS)
    assert matrix.labels == ("cat", "dog", "bird")
    assert matrix.counts == ((8, 2, 0), (0, 1, 3), (0, 0, 0))


def test_shares_are_of_the_control_tasks_with_that_right_label() -> None:
    """A label without control answers has no shares."""
    matrix = confusion_matrix(CELLS)
    assert (matrix.share(0, 0), matrix.share(1, 2), matrix.share(2, 2)) == (0.8, 0.75, 0.0)


def test_mistakes_come_with_the_most_frequent_first() -> None:
    """Right answers are no mistakes."""
    mistakes = confusion_matrix(CELLS).mistakes(5)
    assert mistakes == [
        Mistake(truth="dog", answer="bird", count=3, share=0.75),
        Mistake(truth="cat", answer="dog", count=2, share=0.2),
    ]
    assert confusion_matrix(CELLS).mistakes(1) == mistakes[:1]
