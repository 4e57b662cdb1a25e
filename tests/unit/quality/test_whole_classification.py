"""A whole classification: seventeen pages in five rounds, judged, weighted, aggregated and asked again.

Six images (t0 … t5) of a cat, a dog or a crow; two real and two control tasks on a page, ten seconds a task; two to four answers, needed
confidence .8.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import pytest

from manyhands.crowd import Assignment
from manyhands.quality import (
    Accept,
    Control,
    ControlHistory,
    DynamicOverlap,
    Reject,
    Restrict,
    RuleBuilder,
    decide,
    evaluate_page,
    overlap_wanted,
)
from manyhands.truth import Answers, WeightedLikelihood

from .conftest import build_page

LABELS = ("dog", "cat", "crow")
TASK_HINT = timedelta(seconds=10)
OVERLAP = DynamicOverlap(2, 4, 0.8)
CONTROL = Control(
    RuleBuilder().add_static_reward(0.5).add_speed_control(0.1, 0.3).add_control_task_control(2, 1, 2).build()
)
H, DAY = timedelta(hours=1), timedelta(days=1)

#: worker, answers, control answers, seconds, expected restriction, expected verdict; the two real tasks come first on a page.
ROUNDS: list[list[tuple[str, str, str, int, timedelta | None, str]]] = [
    [
        ("john", "t3 cat t0 cat", "yn", 40, H, "accept"),
        ("ivan", "t3 cat t2 cat", "yy", 40, None, "accept"),
        ("bob", "t0 dog t1 crow", "nn", 40, 8 * H, "reject 3, 4"),
        ("mary", "t2 crow t4 dog", "nn", 40, 8 * H, "reject 3, 4"),
        ("alice", "t1 cat t5 dog", "yn", 3, DAY, "reject fast"),
        ("theresa", "t4 cat t5 crow", "yy", 4, DAY, "reject fast"),
    ],
    [
        ("bob", "t4 crow t5 cat", "nn", 40, 8 * H, "reject 3, 4"),
        ("ivan", "t1 cat t4 crow", "nn", 40, 8 * H, "reject 3, 4"),
        ("alice", "t0 cat t2 dog", "ny", 40, H, "accept"),
        ("fedor", "t1 dog t5 crow", "yy", 10, 8 * H, "accept"),
    ],
    [
        ("paul", "t0 cat t2 cat", "yy", 40, None, "accept"),
        ("paul", "t1 dog t5 dog", "yy", 40, None, "accept"),
        ("tom", "t3 crow t4 cat", "ny", 40, H, "accept"),
        ("john", "t4 dog", "yn", 30, H, "accept"),
    ],
    [
        ("paul", "t3 dog t4 cat", "yn", 40, H, "accept"),
        ("martha", "t5 cat", "yy", 4, 8 * H, "accept"),
    ],
    [("dylan", "t5 crow", "yy", 30, None, "accept")],
]

#: What the platform is asked for after each round.
OVERLAPS_ASKED = [
    {"t0": 3, "t1": 4, "t2": 3, "t4": 4, "t5": 4},
    {"t0": 4, "t1": 5, "t2": 4, "t3": 3, "t4": 6, "t5": 5},
    {"t3": 4, "t4": 7, "t5": 6},
    {"t5": 7},
    {},
]

WEIGHTS = {
    **dict.fromkeys(("john", "alice", "ivan", "tom"), 1 / 2),
    **dict.fromkeys(("fedor", "martha", "dylan", "theresa"), 5 / 6),
    "bob": 1 / 10,
    "mary": 1 / 6,
    "paul": 11 / 14,
}

#: Probabilities of dog, cat, crow.
FINAL = [
    (3 / 94, 88 / 94, 3 / 94),
    (220 / 226, 3 / 226, 3 / 226),
    (6 / 53, 44 / 53, 3 / 53),
    (55 / 100, 30 / 100, 15 / 100),
    (6 / 53, 44 / 53, 3 / 53),
    (22 / 352, 30 / 352, 300 / 352),
]


@dataclass
class Labeling:
    """What is known while pages come in."""

    history: ControlHistory
    accepted: list[tuple[str, str, str]]
    rejected: Counter[str]

    def judge(self, page: Assignment) -> tuple[timedelta | None, str]:
        """Count a page and return how long its worker is restricted and what becomes of it."""
        self.history.add(page, evaluate_page(page))
        *before, verdict = decide(page, CONTROL, page_hint=TASK_HINT * len(page.tasks), lang="EN")
        real = list(zip(page.tasks, page.solutions, strict=True))[:-2]
        if isinstance(verdict, Accept):
            self.accepted += [(task.key, page.worker_id, s.output_values["choice"]) for task, s in real]
        else:
            self.rejected.update(task.key for task, _ in real)
        (blocked,) = [_length(page, decision) for decision in before if isinstance(decision, Restrict)] or [None]
        return blocked, _shown(verdict)

    def probabilities(self) -> list[list[float]]:
        """Return the posterior of every image by the answers accepted so far."""
        weights = self.history.weights()
        workers = list(weights)
        rows = [(int(key[1:]), workers.index(worker), LABELS.index(label)) for key, worker, label in self.accepted]  # type: ignore[arg-type]  # a WorkerId is a str
        answers = Answers.from_rows(rows, label_count=3, task_count=6, worker_count=len(workers))
        posterior = WeightedLikelihood(raw=True).fit(answers, list(weights.values()))
        return [[float(share) for share in row] for row in posterior.probabilities]

    def overlaps_asked(self) -> dict[str, int]:
        """Return the overlap of the images that are to be asked again."""
        accepted = Counter(key for key, _, _ in self.accepted)
        asked = {}
        for place, row in enumerate(self.probabilities()):
            key, best = f"t{place}", max(range(3), key=row.__getitem__)
            wanted = overlap_wanted(
                OVERLAP, accepted[key], rejected_count=self.rejected[key], label=LABELS[best], confidence=row[best]
            )
            if wanted > accepted[key] + self.rejected[key]:
                asked[key] = wanted
        return asked


def _length(page: Assignment, restrict: Restrict) -> timedelta | None:
    return None if restrict.until is None or page.submitted is None else restrict.until - page.submitted


def _shown(verdict: object) -> str:
    if not isinstance(verdict, Reject):
        return "accept"
    return "reject fast" if "too fast" in verdict.public_comment else f"reject {verdict.public_comment[-5:-1]}"


def _pages(number: int) -> list[Assignment]:
    pages = []
    for place, (worker, answers, right, seconds, _, _) in enumerate(ROUNDS[number]):
        words = answers.split()
        real = tuple(zip(words[::2], words[1::2], strict=True))
        page_id = f"page-{number}-{place}"
        pages.append(build_page(right, real=real, page_id=page_id, worker=worker, duration=timedelta(seconds=seconds)))
    return pages


def _labeled(round_count: int) -> Labeling:
    labeling = Labeling(history=ControlHistory(), accepted=[], rejected=Counter())
    for number in range(round_count):
        for page in _pages(number):
            labeling.judge(page)
    return labeling


@pytest.mark.parametrize("number", range(5))
def test_every_page_is_decided_as_known(number: int) -> None:
    """Speed before accuracy, restrictions before the verdict, positions from one."""
    labeling = _labeled(number)
    assert [labeling.judge(page) for page in _pages(number)] == [row[4:] for row in ROUNDS[number]]


@pytest.mark.parametrize("number", range(5))
def test_images_are_asked_again_as_known(number: int) -> None:
    """Rejected answers are replaced, unsure images get one more, and an image that was done is asked again when a weight falls."""
    assert _labeled(number + 1).overlaps_asked() == OVERLAPS_ASKED[number]


def test_a_finished_image_becomes_unsure_when_a_worker_fails() -> None:
    """The third image is sure after the first round and no longer after the second, with the same two answers."""
    confidences = [max(_labeled(rounds).probabilities()[3]) for rounds in (1, 2)]
    assert confidences == pytest.approx([10 / 11, 4 / 6])


def test_the_workers_end_with_known_weights() -> None:
    """Rejected pages count, those rejected for their speed too."""
    assert _labeled(5).history.weights() == pytest.approx(WEIGHTS)


def test_the_images_end_with_known_probabilities() -> None:
    """Seventeen pages, nineteen accepted answers."""
    labeling = _labeled(5)
    assert labeling.probabilities() == [pytest.approx(row) for row in FINAL]
    assert (len(labeling.accepted), labeling.rejected.total()) == (19, 12)
