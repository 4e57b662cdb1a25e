"""Plain majority at the same cost: the figure that the demo compares itself with."""

import pytest

from manyhands.cli.actions.demo.majority import majority_accuracy
from manyhands.crowd import WorkerId
from manyhands.simulation import RteAnswer, RteDataset, RtePair, load_rte


def dataset(*answers: str) -> RteDataset:
    """Return pairs of one basket, each with the answers written as letters y and n; yes is right for all."""
    return RteDataset(
        inputs=tuple(RtePair(task=str(n), basket="red", text=f"t{n}", hypothesis="h") for n in range(len(answers))),
        controls=(),
        gold={str(n): "yes" for n in range(len(answers))},
        answers=tuple(
            RteAnswer(task=str(n), worker=WorkerId(f"w{k}"), label={"y": "yes", "n": "no"}[letter])
            for n, letters in enumerate(answers)
            for k, letter in enumerate(letters)
        ),
    )


@pytest.mark.parametrize(
    ("answers", "answer_count", "expected"),
    [
        pytest.param(("yyyy", "yyyn"), 8, 1.0, id="all answers"),
        pytest.param(("yynn", "nnnn"), 8, 0.25, id="a tie is half right"),
        pytest.param(("yyyn", "yyyn"), 2, 0.75, id="one answer each"),
        pytest.param(("yyyy", "nnnn"), 1, 0.5, id="a pair without an answer is a tie"),
        pytest.param(("yyyn",), 400, 1.0, id="more than there are"),
    ],
)
def test_the_first_answers_in_a_drawn_order_vote(answers: tuple[str, ...], answer_count: int, expected: float) -> None:
    """The mean over many draws comes near to what can be reckoned by hand."""
    assert majority_accuracy(dataset(*answers), "red", answer_count=answer_count, seed=1) == pytest.approx(
        expected, abs=0.13
    )


def test_all_answers_to_the_real_pairs_give_the_known_majority() -> None:
    """With all ten answers nothing is left to chance but nothing is drawn either: two seeds agree."""
    rte = load_rte()
    first, second = (majority_accuracy(rte, "red", answer_count=1000, seed=seed) for seed in (1, 2))
    assert first == second


def test_more_answers_are_better_on_the_real_pairs() -> None:
    """People are right more often than not, so more money buys more accuracy."""
    rte = load_rte()
    few, many = (majority_accuracy(rte, "red", answer_count=count, seed=1) for count in (100, 900))
    assert few < many
