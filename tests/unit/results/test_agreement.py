"""Agreement: published examples, values by hand, crowd-kit, and the cases where a measure is undefined."""

import math
from random import Random

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from crowdkit.metrics.data import alpha_krippendorff
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as np_st

from manyhands.crowd import WorkerId
from manyhands.errors import InvalidData
from manyhands.results import (
    RawResult,
    Vote,
    answer_counts,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    measure_agreement,
    observed_agreement,
)
from manyhands.task import Class

Counts = npt.NDArray[np.int64]

#: Krippendorff's reliability data: four raters, twelve units, five labels, gaps; the labels given to each unit.
UNITS = ["111", "2232", "3333", "3333", "2222", "1234", "4444", "1112", "2222", "555", "11", "3"]
RELIABILITY_DATA: Counts = np.array([[unit.count(label) for label in "12345"] for unit in UNITS])

#: The worked example of Fleiss (1971) as it is usually retold: 14 raters, 10 subjects, 5 labels.
FLEISS_EXAMPLE: Counts = np.array(
    [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ]
)

count_tables = np_st.arrays(np.int64, st.tuples(st.integers(1, 6), st.integers(2, 4)), elements=st.integers(0, 4))


def test_published_values_with_gaps() -> None:
    """Krippendorff's data give the values that Gwet prints for them."""
    assert observed_agreement(RELIABILITY_DATA) == pytest.approx(9 / 11)
    assert krippendorff_alpha(RELIABILITY_DATA) == pytest.approx(0.743421, abs=5e-7)
    assert fleiss_kappa(RELIABILITY_DATA) == pytest.approx(0.76117, abs=5e-6)
    assert gwet_ac1(RELIABILITY_DATA) == pytest.approx(0.77544, abs=5e-6)


def test_published_value_of_fleiss() -> None:
    """With the same number of answers everywhere it is the kappa of 1971."""
    assert fleiss_kappa(FLEISS_EXAMPLE) == pytest.approx(0.210, abs=5e-4)


def test_values_by_hand() -> None:
    """Three tasks with two answers each: two agree, one does not."""
    counts = np.array([[2, 0], [0, 2], [1, 1]])

    assert observed_agreement(counts) == pytest.approx(2 / 3)
    # 6 answers, 3 of each label: 2 * 3 * 3 unequal of 6 * 5 ordered pairs.
    assert krippendorff_alpha(counts) == pytest.approx(1 - (1 / 3) / (18 / 30))
    assert fleiss_kappa(counts) == pytest.approx((2 / 3 - 1 / 2) / (1 / 2))
    assert gwet_ac1(counts) == pytest.approx((2 / 3 - 1 / 2) / (1 / 2))


def test_ac1_stays_high_where_kappa_collapses() -> None:
    """With one label nearly everywhere kappa says chance, AC1 does not: 9 agreements and 1 disagreement in 10 pairs."""
    counts = np.array([[2, 0]] * 9 + [[1, 1]])

    assert fleiss_kappa(counts) == pytest.approx((0.9 - 0.905) / 0.095)
    assert gwet_ac1(counts) == pytest.approx((0.9 - 0.095) / 0.905)


@pytest.mark.parametrize(
    ("rows", "alpha", "kappa", "ac1"),
    [
        ([[0, 0], [1, 0]], None, None, None),
        ([[2, 0], [3, 0]], None, None, 1.0),
        ([[2, 0], [0, 1]], None, 1.0, 1.0),
    ],
    ids=["no two answers to a task", "one label only", "the other label is never compared"],
)
def test_undefined_is_none(rows: list[list[int]], alpha: float | None, kappa: float | None, ac1: float | None) -> None:
    """Where chance alone would agree perfectly, or nothing is compared, there is no number."""
    counts = np.array(rows)

    assert (krippendorff_alpha(counts), fleiss_kappa(counts), gwet_ac1(counts)) == (alpha, kappa, ac1)


def test_no_tasks_and_no_choice() -> None:
    """An empty table and a class of one label are no failure."""
    nothing = np.zeros((0, 2), dtype=np.int64)

    assert [f(nothing) for f in (observed_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1)] == [None] * 4
    assert gwet_ac1(np.array([[2]])) is None


@given(count_tables)
def test_alpha_equals_that_of_crowd_kit(counts: Counts) -> None:
    """The same alpha as crowd-kit's wherever it is defined."""
    alpha = krippendorff_alpha(counts)
    assume(alpha is not None)
    rows = [
        (task, worker, label)
        for task, row in enumerate(counts)
        for worker, label in enumerate(np.repeat(np.arange(len(row)), row))
        # crowd-kit takes tasks with one answer along; alpha is defined on tasks that can be compared.
        if row.sum() > 1
    ]

    assert alpha == pytest.approx(alpha_krippendorff(pd.DataFrame(rows, columns=["task", "worker", "label"])))


@given(count_tables, st.randoms(use_true_random=False))
def test_order_of_tasks_and_labels_does_not_matter(counts: Counts, random: Random) -> None:
    """Neither the order of tasks nor the names of labels changes a measure."""
    rows, columns = list(range(counts.shape[0])), list(range(counts.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    shuffled = counts[np.ix_(rows, columns)]

    for measure in (observed_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1):
        before, after = measure(counts), measure(shuffled)
        assert before == after or (
            before is not None and after is not None and math.isclose(before, after, abs_tol=1e-9)
        )


@given(count_tables)
def test_nothing_is_above_one(counts: Counts) -> None:
    """1 is perfect agreement, and only perfect agreement is 1."""
    observed = observed_agreement(counts)
    for measure in (krippendorff_alpha, fleiss_kappa, gwet_ac1):
        value = measure(counts)
        if value is not None and observed is not None:
            assert value <= 1 + 1e-12
            assert math.isclose(value, 1) == math.isclose(observed, 1)


class Animal(Class):
    """The labels."""

    DOG = "dog"
    CAT = "cat"


def test_votes_of_a_launch_are_measured() -> None:
    """Raw results become counts, and an object with one vote is not compared."""
    w1, w2 = WorkerId("w1"), WorkerId("w2")
    raw = [
        RawResult(None, [Vote(Animal.CAT, w1), Vote(Animal.CAT, w2)]),
        RawResult(None, [Vote(Animal.DOG, w1), Vote(Animal.CAT, w2)]),
        RawResult(None, [Vote(Animal.DOG, w1)]),
    ]

    assert answer_counts(raw, list(Animal)).tolist() == [[0, 2], [1, 1], [1, 0]]
    agreement = measure_agreement(raw, list(Animal))
    assert (agreement.compared_task_count, agreement.observed) == (2, 0.5)


def test_unknown_label_is_refused() -> None:
    """A vote that is not among the labels is named with its object."""
    with pytest.raises(InvalidData, match="Object 0 has the label 'cat'"):
        answer_counts([RawResult(None, [Vote(Animal.CAT, WorkerId("w1"))])], ["dog"])
