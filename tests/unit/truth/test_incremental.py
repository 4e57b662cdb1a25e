"""Aggregation that keeps up with the answers equals the batch algorithms."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manyhands.errors import InvalidInput
from manyhands.truth import (
    Aggregation,
    Answers,
    ClassPrior,
    DawidSkene,
    IncrementalDawidSkene,
    IncrementalMajorityVote,
    IncrementalWeightedLikelihood,
    MajorityVote,
    OneCoinDawidSkene,
    Posterior,
    WeightedLikelihood,
)

Row = tuple[int, int, int]
Pages = list[list[Row]]

row = st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(0, 2))
pages_strategy = st.lists(st.lists(row, min_size=1, max_size=6), min_size=1, max_size=8)
weights_strategy = st.lists(st.floats(0, 1), max_size=6)

ESTIMATING = [
    pytest.param(DawidSkene(iteration_limit=5), id="Dawid-Skene"),
    pytest.param(DawidSkene(iteration_limit=5, smoothing=0.1, shrinkage=2.0), id="Dawid-Skene, smoothed"),
    pytest.param(OneCoinDawidSkene(iteration_limit=5), id="one-coin"),
    pytest.param(OneCoinDawidSkene(iteration_limit=5, class_prior=ClassPrior.LEARNED), id="one-coin, learned prior"),
]

EVERY_KIND: "list[Callable[[], Aggregation]]" = [
    lambda: IncrementalMajorityVote(3),
    lambda: IncrementalWeightedLikelihood(3),
    lambda: IncrementalDawidSkene(3, DawidSkene(iteration_limit=5)),
    lambda: IncrementalDawidSkene(3, OneCoinDawidSkene(iteration_limit=5)),
]
KIND_IDS = ["majority", "weighted", "Dawid-Skene", "one-coin"]


def feed(aggregation: Aggregation, page: "list[Row]") -> list[int]:
    """Add a page and return the tasks it touched."""
    tasks, workers, labels = zip(*page, strict=True)
    touched: list[int] = aggregation.add_many(tasks, workers, label=labels).tolist()
    return touched


def assert_same(posterior: Posterior, expected: Posterior) -> None:
    """Compare probabilities to 1e-9, labels where the probabilities leave no doubt."""
    np.testing.assert_allclose(posterior.probabilities, expected.probabilities, rtol=0, atol=1e-9)
    assert posterior.has_answers.tolist() == expected.has_answers.tolist()


def assert_rows_match(aggregation: Aggregation) -> None:
    """Every task asked by itself gives its row of all posteriors, None without answers."""
    posterior = aggregation.posteriors()
    for task, expected in enumerate(posterior.probabilities):
        found = aggregation.posterior(task)
        if posterior.has_answers[task]:
            assert found is not None
            np.testing.assert_allclose(found, expected, rtol=0, atol=1e-9)
        else:
            assert found is None


@given(pages=pages_strategy)
def test_majority_equals_batch_after_every_page(pages: Pages) -> None:
    """Page by page, posteriors of all tasks and of each are the batch vote's."""
    aggregation = IncrementalMajorityVote(3)
    rows: list[Row] = []
    for page in pages:
        assert feed(aggregation, page) == sorted({task for task, _, _ in page})
        rows += page
        assert_same(aggregation.posteriors(), MajorityVote().fit(Answers.from_rows(rows, label_count=3)))
        assert_rows_match(aggregation)


@pytest.mark.parametrize("algorithm", [WeightedLikelihood(), WeightedLikelihood(raw=True)], ids=["lifted", "raw"])
@given(pages=pages_strategy, weights=st.lists(weights_strategy, min_size=8, max_size=8))
def test_weighted_likelihood_equals_batch_after_every_page(
    algorithm: WeightedLikelihood, pages: Pages, weights: "list[list[float]]"
) -> None:
    """With new weights before every page, and exactly the tasks reported whose posterior changed."""
    aggregation = IncrementalWeightedLikelihood(3, algorithm)
    rows: list[Row] = []
    for page, new_weights in zip(pages, weights, strict=False):
        before = aggregation.posteriors()
        reported = aggregation.set_worker_weights(new_weights).tolist()
        after = aggregation.posteriors()
        changed = np.flatnonzero(np.abs(after.probabilities - before.probabilities).max(axis=1, initial=0) > 1e-12)
        assert set(changed.tolist()) <= set(reported) <= {task for task, _, _ in rows}
        feed(aggregation, page)
        rows += page
        assert_same(aggregation.posteriors(), algorithm.fit(Answers.from_rows(rows, label_count=3), new_weights))
        assert_rows_match(aggregation)


@pytest.mark.parametrize("algorithm", ESTIMATING)
@settings(max_examples=30)
@given(pages=pages_strategy, known=st.dictionaries(st.integers(0, 8), st.integers(0, 2), max_size=3))
def test_a_refresh_equals_batch(
    algorithm: DawidSkene | OneCoinDawidSkene, pages: Pages, known: "dict[int, int]"
) -> None:
    """After a refresh at the end, whatever was refreshed before, every posterior is the batch algorithm's."""
    aggregation = IncrementalDawidSkene(3, algorithm)
    aggregation.set_known_labels(known)
    for index, page in enumerate(pages):
        feed(aggregation, page)
        if index % 2:
            aggregation.refresh(warm=bool(index % 4 == 1))
        assert_rows_match(aggregation)

    aggregation.refresh()

    rows = [answer for page in pages for answer in page]
    assert_same(aggregation.posteriors(), algorithm.fit(Answers.from_rows(rows, label_count=3), known_labels=known))
    assert_rows_match(aggregation)


@pytest.mark.parametrize("make", EVERY_KIND, ids=KIND_IDS)
@settings(max_examples=30)
@given(pages=pages_strategy, data=st.data())
def test_the_order_of_arrival_does_not_matter(
    make: "Callable[[], Aggregation]", pages: Pages, data: st.DataObject
) -> None:
    """The same answers before and after the same refresh give the same posteriors, one by one or by page."""
    rows = [answer for page in pages for answer in page]
    cut = data.draw(st.integers(0, len(rows)))
    early = data.draw(st.permutations(rows[:cut]))
    late = data.draw(st.permutations(rows[cut:]))
    in_pages, one_by_one = make(), make()

    for part in (rows[:cut], rows[cut:]):
        if part:
            feed(in_pages, part)
        in_pages.set_worker_weights([0.9, 0.4, 0.7])
        in_pages.refresh()
    for shuffled in (early, late):
        for task, worker, label in shuffled:
            one_by_one.add(task, worker, label=label)
        one_by_one.set_worker_weights([0.9, 0.4, 0.7])
        one_by_one.refresh()

    assert_same(in_pages.posteriors(), one_by_one.posteriors())
    assert in_pages.posteriors().labels().tolist() == one_by_one.posteriors().labels().tolist()


@pytest.mark.parametrize("make", EVERY_KIND, ids=KIND_IDS)
def test_an_answer_shows_at_once(make: "Callable[[], Aggregation]") -> None:
    """Between refreshes too, an answer raises its label and leaves other tasks alone."""
    aggregation = make()
    for task in range(4):
        feed(aggregation, [(task, worker, task % 3) for worker in range(3)])
    feed(aggregation, [(4, 0, 0), (4, 1, 1), (5, 0, 2)])
    aggregation.set_worker_weights([0.7, 0.7, 0.7])
    aggregation.refresh()
    before = aggregation.posteriors().probabilities

    aggregation.add(4, 2, label=1)

    after = aggregation.posteriors().probabilities
    assert after[4, 1] > before[4, 1]
    np.testing.assert_array_equal(np.delete(after, 4, axis=0), np.delete(before, 4, axis=0))


@pytest.mark.parametrize(
    "algorithm", [DawidSkene(smoothing=0.1), OneCoinDawidSkene(smoothing=1.0)], ids=["full", "coin"]
)
def test_answers_after_a_refresh_are_read_with_what_it_learned(algorithm: DawidSkene | OneCoinDawidSkene) -> None:
    """A worker found good outweighs one found careless; a newcomer stands between them."""
    random = np.random.default_rng(3)
    aggregation = IncrementalDawidSkene(2, algorithm)
    for task in range(60):
        feed(aggregation, [(task, worker, task % 2) for worker in range(3)] + [(task, 3, int(random.integers(2)))])
    aggregation.refresh()

    confidence = []
    for task, worker in ((100, 0), (101, 9), (102, 3)):
        aggregation.add(task, worker, label=1)
        found = aggregation.posterior(task)
        assert found is not None
        confidence.append(found[1])

    assert confidence[0] > confidence[1] > confidence[2]


def test_a_label_that_is_new_since_the_refresh_is_voted_on() -> None:
    """Nothing was learned about it, so the majority decides until the next refresh."""
    aggregation = IncrementalDawidSkene(3)
    feed(aggregation, [(0, 0, 0), (0, 1, 0), (1, 0, 1), (1, 1, 1)])
    aggregation.refresh()

    feed(aggregation, [(2, 0, 2), (2, 1, 2), (2, 2, 0)])

    found = aggregation.posterior(2)
    assert found is not None
    assert found.tolist() == pytest.approx([1 / 3, 0, 2 / 3])


def test_a_warm_refresh_goes_on_where_the_last_ended() -> None:
    """At convergence it stops after the fewest iterations and leaves the labels alone."""
    random = np.random.default_rng(5)
    aggregation = IncrementalDawidSkene(3, DawidSkene(smoothing=0.5))
    for task in range(50):
        right = int(random.integers(3))
        feed(aggregation, [(task, w, right if random.random() < 0.7 else int(random.integers(3))) for w in range(5)])
    aggregation.refresh()
    cold, labels = aggregation.estimate, aggregation.posteriors().labels().tolist()

    aggregation.refresh(warm=True)

    warm = aggregation.estimate
    assert cold is not None
    assert warm is not None
    assert len(warm.losses) == 2 < len(cold.losses)
    assert aggregation.posteriors().labels().tolist() == labels


def test_known_labels_count_at_once_and_can_be_taken_back() -> None:
    """A known task is certain as soon as it has an answer; without being known it is what the answers say."""
    aggregation = IncrementalDawidSkene(2)
    aggregation.set_known_labels({0: 1, 5: 0})
    assert aggregation.posterior(0) is None

    aggregation.add(0, 0, label=0)
    known = aggregation.posterior(0)
    aggregation.refresh()
    aggregation.set_known_labels({})
    unknown = aggregation.posterior(0)

    assert known is not None
    assert known.tolist() == [0.0, 1.0]
    assert unknown is not None
    assert unknown[0] == pytest.approx(0.0, abs=1e-6), (
        "the worker was wrong on the known task and is read so until refreshed"
    )
    aggregation.refresh()
    assert aggregation.posteriors().probabilities[0].tolist() == [1.0, 0.0]
    with pytest.raises(InvalidInput, match="Task 3 is known"):
        aggregation.set_known_labels({3: 2})


@pytest.mark.parametrize("make", EVERY_KIND, ids=KIND_IDS)
def test_a_wrong_page_changes_nothing(make: "Callable[[], Aggregation]") -> None:
    """One bad answer refuses its whole page."""
    aggregation = make()
    aggregation.add(0, 0, label=1)

    with pytest.raises(InvalidInput):
        aggregation.add_many([0, 1], [1, 1], label=[1, 3])

    assert aggregation.answer_count == 1
    assert aggregation.posterior(1) is None


@pytest.mark.parametrize("make", EVERY_KIND, ids=KIND_IDS)
def test_it_starts_empty(make: "Callable[[], Aggregation]") -> None:
    """No answers: no posteriors, and refreshing is harmless."""
    aggregation = make()
    aggregation.refresh()

    assert (aggregation.task_count, aggregation.worker_count, aggregation.answer_count) == (0, 0, 0)
    assert aggregation.posteriors().probabilities.shape == (0, 3)
    assert aggregation.posterior(0) is None
