"""Raw results: a frozen sequence of pairs that knows what is unfinished."""

import subprocess
import sys
from dataclasses import FrozenInstanceError

import pytest

from manyhands.crowd import WorkerId
from manyhands.errors import InvalidData
from manyhands.results import RawResult, RawResults, Vote
from manyhands.task import Class


class Animal(Class):
    """The labels."""

    DOG = "dog"
    CAT = "cat"


CAT = RawResult({Animal.CAT: 0.75, Animal.DOG: 0.25}, [Vote(Animal.CAT, WorkerId("w1"))])
NOTHING = RawResult(None, [])


def test_each_result_unpacks_into_probabilities_and_votes() -> None:
    """A raw result and its votes read like plain pairs, as in the seed's time."""
    probas, votes = RawResults([CAT])[0]

    assert probas == {"cat": 0.75, "dog": 0.25}
    assert [(label.value, worker) for label, worker in votes] == [("cat", "w1")]


def test_slice_is_a_plain_list() -> None:
    """Slicing gives a list that can be compared and concatenated."""
    assert RawResults([CAT, NOTHING, CAT])[1:] == [NOTHING, CAT]


def test_it_is_a_sequence() -> None:
    """Length, iteration, membership and index work as in a list."""
    raw_results = RawResults([CAT, NOTHING])

    assert len(raw_results) == 2
    assert list(raw_results) == [CAT, NOTHING]
    assert NOTHING in raw_results
    assert raw_results.index(NOTHING) == 1
    assert raw_results[-1] == NOTHING


def test_unfinished_positions_are_sorted_and_each_once() -> None:
    """Whoever reports positions in the order in which they were found gets them in input order."""
    raw_results = RawResults([CAT, NOTHING, NOTHING], unfinished=[2, 1, 2], launch_name="red", resume_hint="call again")

    assert raw_results.unfinished == (1, 2)
    assert not raw_results.is_finished
    assert RawResults([CAT]).is_finished


def test_equality_is_by_content() -> None:
    """Two raw results are equal when results and state are."""
    assert RawResults([CAT, NOTHING], unfinished=[1]) == RawResults((CAT, NOTHING), unfinished=(1,))
    assert RawResults([CAT, NOTHING], unfinished=[1]) != RawResults([CAT, NOTHING])


def test_it_cannot_be_changed() -> None:
    """A field cannot be set after the launch."""
    raw_results = RawResults([CAT])

    with pytest.raises(FrozenInstanceError):
        raw_results.launch_name = "other"  # type: ignore[misc]  # that is what must fail


@pytest.mark.parametrize("position", [-1, 1], ids=["before the first", "after the last"])
def test_unfinished_position_without_object_is_refused(position: int) -> None:
    """A position that is not one of an object is a mistake of the caller."""
    with pytest.raises(InvalidData, match="1 raw results, but positions"):
        RawResults([CAT], unfinished=[position])


def test_raw_results_come_without_pandas() -> None:
    """Code that only passes raw results on does not wait for pandas to be imported."""
    code = "import sys; from manyhands.results import RawResults, Vote, ResultView; sys.exit('pandas' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
