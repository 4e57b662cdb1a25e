"""What can be known of a launch from its tasks and pages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import manyhands as mh
from manyhands.crowd import (
    Assignment,
    AssignmentId,
    AssignmentStatus,
    IssuedTask,
    KnownSolution,
    Money,
    PoolId,
    ProjectId,
    Solution,
    Task,
    TaskId,
    TaskKind,
    WorkerId,
)
from manyhands.launches.findings import LaunchFacts, Scheme, read_facts, scheme_of
from tests.flow.parity import SPEC, make_params, make_scene, numbers

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def _task(number: int, *, remaining: int = 0) -> Task:
    return Task(
        id=TaskId(f"task {number}"),
        pool_id=PoolId("1"),
        key=str(number),
        kind=TaskKind.REAL,
        created=NOON,
        input_values={"text": str(number)},
        overlap=2,
        remaining_overlap=remaining,
    )


def _page(
    worker: str,
    answers: dict[str, str],
    *,
    status: AssignmentStatus = AssignmentStatus.ACCEPTED,
    known: dict[str, str] | None = None,
) -> Assignment:
    tasks = tuple(
        IssuedTask(
            id=TaskId(f"task {name}"),
            key=name,
            kind=TaskKind.CONTROL if name in (known or {}) else TaskKind.REAL,
            input_values={"text": name},
            known_solutions=(KnownSolution(output_values={"label": (known or {})[name]}),)
            if name in (known or {})
            else (),
        )
        for name in answers
    )
    return Assignment(
        id=AssignmentId(f"page of {worker} {sorted(answers)}"),
        pool_id=PoolId("1"),
        project_id=ProjectId("1"),
        worker_id=WorkerId(worker),
        status=status,
        reward=Money("0.05"),
        tasks=tasks,
        solutions=tuple(Solution(output_values={"label": label}) for label in answers.values()),
        created=NOON,
        deadline=NOON + timedelta(hours=1),
        submitted=NOON + timedelta(seconds=10 * len(answers)),
    )


def _without_answers(page: Assignment) -> Assignment:
    return replace(page, status=AssignmentStatus.ACTIVE, solutions=(), submitted=None)


def test_nothing_is_known_before_the_first_page() -> None:
    """Shares are unknown, not zero."""
    facts = read_facts([_task(1, remaining=2)], [])
    assert (facts.finished_count, facts.answer_count) == (0, 0)
    assert (facts.agreement, facts.confidence, facts.control_accuracy, facts.started) == (None, None, None, None)


@pytest.mark.parametrize(
    ("remaining", "page", "expected"),
    [
        (0, _page("ann", {"1": "odd"}), True),
        (1, _page("ann", {"1": "odd"}), False),
        (0, _page("ann", {"1": "odd"}, status=AssignmentStatus.SUBMITTED), False),
        (0, _without_answers(_page("ann", {"1": "odd"})), False),
        (0, _page("ann", {"1": "odd"}, status=AssignmentStatus.EXPIRED), True),
    ],
    ids=["answered", "wants more", "in review", "in work", "expired"],
)
def test_an_object_is_finished_when_nothing_is_wanted_and_nothing_is_on_its_way(
    remaining: int, page: Assignment, *, expected: bool
) -> None:
    """Overlap used up and nobody at it."""
    assert read_facts([_task(1, remaining=remaining)], [page]).finished_count == expected


def test_agreement_counts_pairs_of_accepted_answers() -> None:
    """Of three pairs one is equal; a rejected answer does not count."""
    pages = [
        _page("ann", {"1": "odd"}),
        _page("bob", {"1": "odd"}),
        _page("cid", {"1": "even"}),
        _page("dan", {"1": "even"}, status=AssignmentStatus.REJECTED),
    ]
    facts = read_facts([_task(1)], pages)
    assert facts.agreement == pytest.approx(1 / 3)
    assert facts.answer_count == 3
    assert len(facts.objects[TaskId("task 1")].answers) == 4


def test_confidence_follows_the_answers_of_workers_who_know_the_control_tasks() -> None:
    """Two workers contradict each other; the one who is right on control tasks is believed."""
    known = {f"c{number}": "odd" if number % 2 else "even" for number in range(8)}
    swapped = {"odd": "even", "even": "odd"}
    good = _page("good", {"1": "odd", **known}, known=known)
    bad = _page("bad", {"1": "even", **{name: swapped[label] for name, label in known.items()}}, known=known)
    facts = read_facts([_task(1)], [good, bad])
    fact = facts.objects[TaskId("task 1")]
    assert fact.label == "odd"
    assert fact.confidence is not None
    assert fact.confidence > 0.9
    assert facts.control_accuracy == 0.5
    assert facts.workers[WorkerId("good")].control_accuracy == 1.0
    assert facts.workers[WorkerId("good")].task_seconds == [10.0]


def _controls(wrong_count: int, *, others_right: bool = True) -> LaunchFacts:
    known = {"doubtful": "odd", "c1": "odd", "c2": "even", "c3": "odd"}
    pages = []
    for number in range(4):
        answers = known if others_right else {**known, "c1": "even", "c2": "odd"}
        answers = {**answers, "doubtful": "even" if number < wrong_count else "odd"}
        pages.append(_page(f"worker {number}", answers, known=known))
    return read_facts([], pages)


@pytest.mark.parametrize(
    ("wrong_count", "others_right", "expected"),
    [(4, True, True), (3, True, True), (2, True, False), (0, True, False), (4, False, False)],
    ids=["all wrong", "most wrong", "half wrong", "all right", "wrong by bad workers"],
)
def test_a_control_task_is_suspicious_when_most_good_workers_answer_it_otherwise(
    wrong_count: int, *, others_right: bool, expected: bool
) -> None:
    """Good is who is right on the others."""
    controls = _controls(wrong_count, others_right=others_right).controls
    assert controls[TaskId("task doubtful")].is_suspicious is expected
    if others_right:
        assert not controls[TaskId("task c1")].is_suspicious


def test_agreement_beyond_chance_is_krippendorffs() -> None:
    """Where everybody gives the same label to everything, chance would agree, too."""
    mixed = [_page(worker, {"1": "odd", "2": "even"}) for worker in ("ann", "bob")]
    alike = [_page(worker, {"1": "odd", "2": "odd"}) for worker in ("ann", "bob")]
    tasks = [_task(1), _task(2)]
    assert read_facts(tasks, mixed).alpha == pytest.approx(1.0)
    assert read_facts(tasks, alike).alpha is None


@pytest.mark.parametrize("algorithm", mh.AggregationAlgorithm)
def test_the_page_concludes_what_the_launch_concludes(algorithm: mh.AggregationAlgorithm) -> None:
    """Label, confidence and worker weights are those of the results, whatever the algorithm."""
    scene = make_scene(accuracy=0.8, careless=0.2, params=make_params(aggregation_algorithm=algorithm))
    objects = numbers(0, 30)
    result = scene.launch(objects, name="red")
    document = scene.platform.journal.find("red") or {}
    pool = PoolId(document["pool_id"])
    tasks, pages = scene.platform.list_tasks(pool), scene.platform.list_assignments(pool, limit=10_000)
    facts = read_facts(tasks, pages, scheme_of(document))
    found = {fact.task.input_values["text"]: fact for fact in facts.objects.values()}
    for row in mh.ClassificationResults(objects, result.raw_results, SPEC).predict().itertuples():
        fact = found[str(row.text)]
        assert (fact.label, len(fact.accepted)) == (row.result, row.overlap)
        assert fact.confidence == pytest.approx(row.confidence, abs=1e-6)
    assert facts.belief is not None
    weights = facts.belief.worker_weights()
    assert weights == (None if result.worker_weights is None else pytest.approx(result.worker_weights))


def test_labels_keep_the_order_of_their_class() -> None:
    """The journal says which labels there are; without it, those that occur are sorted."""
    document = {"labels": ["odd", "even"], "label_field": "label", "params": {"aggregation_algorithm": "majority-vote"}}
    scheme = scheme_of(document)
    assert scheme == Scheme(
        algorithm=mh.AggregationAlgorithm.MAJORITY_VOTE, labels=("odd", "even"), label_field="label"
    )
    pages = [_page("ann", {"1": "odd"}), _page("bob", {"1": "even"}), _page("cid", {"1": "neither"})]
    assert read_facts([_task(1)], pages, scheme).labels == ("odd", "even")
    assert read_facts([_task(1)], pages).labels == ("even", "neither", "odd")


def test_answers_of_several_fields_are_read_together() -> None:
    """A pool that nobody launched may ask for more than one choice."""
    assert Scheme().label_of({"b": 1, "a": "x"}) == '{"a":"x","b":1}'
    assert Scheme().label_of({"a": "x"}) == "x"


def test_expected_accuracy_needs_answers_to_both_kinds_of_tasks() -> None:
    """It is what the control tasks say about as many answers as the objects have."""
    known = {"c1": "odd", "c2": "even"}
    page = _page("ann", {"1": "odd", **known}, known=known)
    assert read_facts([_task(1)], [_page("ann", {"1": "odd"})]).expected_accuracy is None
    expected = read_facts([_task(1)], [page]).expected_accuracy
    assert expected is not None
    assert (expected.share, expected.control_count) == (1.0, 2)


def test_rejected_answers_are_no_confusion() -> None:
    """Who is rejected for clicking without reading confuses nothing."""
    known = {"c1": "odd"}
    pages = [
        _page("ann", {"c1": "even"}, known=known),
        _page("bob", {"c1": "odd"}, known=known, status=AssignmentStatus.REJECTED),
    ]
    assert read_facts([], pages).confusion == {("odd", "even"): 1}
