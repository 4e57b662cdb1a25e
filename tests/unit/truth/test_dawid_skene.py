"""Dawid-Skene and one-coin Dawid-Skene beyond their equality with crowd-kit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manyhands.errors import InvalidInput
from manyhands.truth import Answers, ClassPrior, DawidSkene, FloatArray, OneCoinDawidSkene

CAT, CROW, DOG = range(3)

Algorithm = DawidSkene | OneCoinDawidSkene

ALGORITHMS = [
    pytest.param(DawidSkene(iteration_limit=10), id="Dawid-Skene"),
    pytest.param(DawidSkene(iteration_limit=10, smoothing=0.1), id="Dawid-Skene, smoothed"),
    pytest.param(DawidSkene(iteration_limit=10, shrinkage=3.0), id="Dawid-Skene, shrunk"),
    pytest.param(DawidSkene(iteration_limit=10, class_prior=ClassPrior.UNIFORM), id="Dawid-Skene, uniform prior"),
    pytest.param(OneCoinDawidSkene(iteration_limit=10), id="one-coin"),
    pytest.param(OneCoinDawidSkene(iteration_limit=10, smoothing=1.0, shrinkage=1.0), id="one-coin, smoothed"),
    pytest.param(OneCoinDawidSkene(iteration_limit=10, class_prior=ClassPrior.LEARNED), id="one-coin, learned prior"),
]

rows_strategy = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(0, 2)), min_size=1, max_size=40)


def crowd(*, accuracy: "list[float]", task_count: int = 60, label_count: int = 3) -> "tuple[Answers, FloatArray]":
    """Return answers of workers of these accuracies, each to every task, and the true labels."""
    random = np.random.default_rng(7)
    truth = random.integers(label_count, size=task_count)
    rows = [
        (task, worker, int(truth[task] if random.random() < share else random.integers(label_count)))
        for task in range(task_count)
        for worker, share in enumerate(accuracy)
    ]
    return Answers.from_rows(rows, label_count=label_count), truth.astype(np.float64)


def permuted(answers: Answers, order: "list[int]") -> Answers:
    """Return the same answers in another order."""
    return Answers.from_arrays(
        answers.task[order],
        answers.worker[order],
        label=answers.label[order],
        label_count=answers.label_count,
        task_count=answers.task_count,
        worker_count=answers.worker_count,
    )


def test_dawid_skene_gives_the_published_probabilities() -> None:
    """Votes d,d,c | c,c,c | d,c | none after ten iterations, with crow never answered."""
    rows = [(0, 0, DOG), (0, 1, DOG), (0, 2, CAT), (1, 0, CAT), (1, 1, CAT), (1, 2, CAT), (2, 0, DOG), (2, 1, CAT)]
    answers = Answers.from_rows(rows, label_count=3, task_count=4)

    posterior = DawidSkene(iteration_limit=10).fit(answers)

    expected = [[6.2e-5, 0.0, 0.999938], [1.0, 0.0, 0.0], [0.650208, 0.0, 0.349792]]
    np.testing.assert_allclose(posterior.probabilities[:3], expected, rtol=0, atol=1e-6)
    assert posterior.has_answers.tolist() == [True, True, True, False]
    assert np.isnan(posterior.probabilities[3]).all()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_it_finds_the_truth_behind_good_and_careless_workers(algorithm: Algorithm) -> None:
    """Three good workers carry the labels against four who guess, and are told apart."""
    answers, truth = crowd(accuracy=[0.9, 0.9, 0.9, 0.0, 0.0, 0.0, 0.0])

    posterior = algorithm.fit(answers)

    assert (posterior.labels() == truth).mean() > 0.9
    np.testing.assert_allclose(posterior.probabilities.sum(axis=1), 1.0, rtol=1e-12)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_known_labels_stay_and_teach(algorithm: Algorithm) -> None:
    """Known tasks keep their label, and workers who are wrong on them lose the others to one who is right."""
    # Workers 0 and 1 always say 1; worker 2 says what is known to be right on tasks 0-5.
    rows = [(task, worker, 1) for task in range(8) for worker in (0, 1)]
    rows += [(task, 2, task % 3) for task in range(8)]
    answers = Answers.from_rows(rows, label_count=3)
    known = {task: task % 3 for task in range(6)}

    posterior = algorithm.fit(answers, known_labels=known)

    assert posterior.labels()[:6].tolist() == list(known.values())
    np.testing.assert_array_equal(posterior.probabilities[:6], np.eye(3)[list(known.values())])
    assert posterior.labels()[6] == 0


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_known_task_without_answers_stays_without(algorithm: Algorithm) -> None:
    """Known labels are no answers: neither within the tasks nor past them."""
    answers = Answers.from_rows([(0, 0, 1)], label_count=2, task_count=2)

    posterior = algorithm.fit(answers, known_labels={1: 0, 7: 0})

    assert posterior.has_answers.tolist() == [True, False]
    assert np.isnan(posterior.probabilities[1]).all()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("label", [-1, 3])
def test_an_impossible_known_label_is_refused(algorithm: Algorithm, label: int) -> None:
    """The error names the task."""
    with pytest.raises(InvalidInput, match="Task 0 is known"):
        algorithm.fit(Answers.from_rows([(0, 0, 1)], label_count=3), known_labels={0: label})


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_no_answers_give_no_posteriors(algorithm: Algorithm) -> None:
    """Nothing in, NaN out, no failure."""
    posterior = algorithm.fit(Answers.from_rows([], label_count=3, task_count=2, worker_count=2))

    assert posterior.probabilities.shape == (2, 3)
    assert np.isnan(posterior.probabilities).all()
    assert posterior.labels().tolist() == [-1, -1]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_one_worker_is_believed(algorithm: Algorithm) -> None:
    """With one worker the labels are the worker's answers."""
    posterior = algorithm.fit(Answers.from_rows([(0, 0, 2), (1, 0, 0), (2, 0, 0), (3, 0, 2)], label_count=3))

    assert posterior.labels().tolist() == [2, 0, 0, 2]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_single_label_is_certain(algorithm: Algorithm) -> None:
    """With one label there is nothing to doubt and nothing to divide by."""
    assert algorithm.fit(Answers.from_rows([(0, 0, 0), (0, 1, 0)], label_count=1)).probabilities.tolist() == [[1.0]]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@settings(max_examples=30)
@given(rows=rows_strategy, data=st.data())
def test_the_order_of_answers_does_not_matter(
    algorithm: Algorithm, rows: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    """Not even in the last digit."""
    answers = Answers.from_rows(rows, label_count=3)
    order = data.draw(st.permutations(range(len(rows))))

    posterior = algorithm.fit(permuted(answers, order))

    np.testing.assert_array_equal(posterior.probabilities, algorithm.fit(answers).probabilities)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@settings(max_examples=30)
@given(rows=rows_strategy, names=st.permutations(range(8)))
def test_names_of_workers_and_tasks_do_not_matter(
    algorithm: Algorithm, rows: list[tuple[int, int, int]], names: list[int]
) -> None:
    """Renaming workers changes nothing, renaming tasks renames the rows."""
    plain = algorithm.fit(Answers.from_rows(rows, label_count=3, task_count=8))

    renamed = algorithm.fit(
        Answers.from_rows([(names[t], names[w], k) for t, w, k in rows], label_count=3, task_count=8)
    )

    np.testing.assert_allclose(renamed.probabilities[names], plain.probabilities, rtol=0, atol=1e-9)


@pytest.mark.parametrize("prior", list(ClassPrior))
@pytest.mark.parametrize("kind", [DawidSkene, OneCoinDawidSkene])
def test_a_repeated_answer_counts_twice(kind: "type[Algorithm]", prior: ClassPrior) -> None:
    """Repeats are answers; leaving them out is the caller's choice and gives what single answers give."""
    rows = [(0, 0, 1), (0, 1, 1), (0, 2, 0), (1, 0, 0), (1, 1, 0), (1, 2, 1), (2, 0, 1), (2, 2, 0)]
    single = Answers.from_rows(rows, label_count=2)
    repeated = Answers.from_rows([*rows, (2, 2, 0), (2, 2, 0)], label_count=2)
    algorithm = kind(iteration_limit=2, smoothing=1.0, class_prior=prior)

    assert algorithm.fit(repeated).probabilities[2, 0] > algorithm.fit(single).probabilities[2, 0]
    np.testing.assert_array_equal(
        algorithm.fit(repeated.without_repeats()).probabilities, algorithm.fit(single).probabilities
    )


def test_confusion_matrices_are_distributions_and_shrink_towards_the_crowd() -> None:
    """Rows sum to one over the labels that occurred; a worker with one answer comes close to the average worker."""
    answers, _ = crowd(accuracy=[0.95, 0.95, 0.95, 0.2])
    newcomer = Answers.from_arrays(
        np.append(answers.task, 0),
        np.append(answers.worker, 4),
        label=np.append(answers.label, answers.label[0]),
        label_count=3,
    )

    plain = DawidSkene().estimate(newcomer)
    shrunk = DawidSkene(shrinkage=50.0).estimate(newcomer)

    for worker in range(4):
        np.testing.assert_allclose(plain.confusion(worker).sum(axis=1), 1.0, rtol=1e-9)
    assert plain.confusion(4).max() == pytest.approx(1.0)
    assert np.diag(shrunk.confusion(0)).mean() > np.diag(shrunk.confusion(3)).mean()
    seen = int(answers.label[0])
    np.testing.assert_allclose(shrunk.confusion(4)[:, seen], np.exp(shrunk.pooled[seen]), rtol=0, atol=0.03)


def test_skills_order_the_workers() -> None:
    """Skill estimates follow the accuracies; a worker without answers has none."""
    answers, _ = crowd(accuracy=[0.95, 0.6, 0.2])
    answers = Answers.from_arrays(answers.task, answers.worker, label=answers.label, label_count=3, worker_count=4)

    skills = OneCoinDawidSkene(smoothing=0.5).estimate(answers).skills

    assert skills[0] > skills[1] > skills[2]
    assert np.isnan(skills[3])


def test_a_uniform_class_prior_leaves_the_rare_label_a_chance() -> None:
    """One label in twenty tasks: the learned prior is stricter with it than the uniform one."""
    rows = [(task, worker, 0) for task in range(19) for worker in range(3)]
    answers = Answers.from_rows([*rows, (19, 0, 1), (19, 1, 1), (19, 2, 0)], label_count=2)

    learned = OneCoinDawidSkene(iteration_limit=1, class_prior=ClassPrior.LEARNED).estimate(answers)
    uniform = OneCoinDawidSkene(iteration_limit=1).estimate(answers)

    assert learned.posterior.probabilities[19, 1] < uniform.posterior.probabilities[19, 1]
    assert uniform.class_prior.tolist() == [0.5, 0.5]
    assert learned.class_prior[1] < 0.1


@pytest.mark.parametrize("option", ["iteration_limit", "smoothing", "shrinkage"])
def test_negative_options_are_refused(option: str) -> None:
    """Nobody can assume fewer than no answers."""
    with pytest.raises(InvalidInput, match="none may be negative"):
        DawidSkene(**{option: -1})  # type: ignore[arg-type]  # the option's name is the case


def test_blocks_do_not_change_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cutting the answers into many blocks gives what one block gives."""
    answers, _ = crowd(accuracy=[0.9, 0.7, 0.5, 0.3])
    whole = DawidSkene(iteration_limit=5).fit(answers)

    monkeypatch.setattr("manyhands.truth.task_blocks._BLOCK_ANSWERS", 10)

    np.testing.assert_allclose(
        DawidSkene(iteration_limit=5).fit(answers).probabilities, whole.probabilities, rtol=0, atol=1e-12
    )
