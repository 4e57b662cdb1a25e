"""Arguments of a kind that cannot work."""

import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import manyhands as mh
from tests.flow.parity import CONTROLS, SPEC, make_params, numbers

INPUTS = numbers(0, 3)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        pytest.param({"interrupted": True}, r"interrupted is a bool; expected a threading\.Event", id="flag as event"),
        pytest.param(
            {"input_objects": (item for item in INPUTS)},
            "input_objects is a generator; expected a list, such as read_input_objects returns",
            id="generator of inputs",
        ),
        pytest.param({"input_objects": pd.DataFrame({"text": ["1"]})}, "input_objects is a DataFrame", id="frame"),
        pytest.param({"input_objects": "1"}, "input_objects is a str", id="text"),
        pytest.param({"control_objects": {}}, "control_objects is a dict; expected a list", id="controls as a dict"),
    ],
)
@pytest.mark.parametrize("call", [mh.launch, mh.start], ids=["launch", "start"])
def test_the_argument_is_named_and_nothing_is_made(
    tmp_path: Path, call: Callable[..., object], changed: dict[str, object], problem: str
) -> None:
    """The error says what was found and what was expected; the database is not even opened."""
    path = tmp_path / "labels.db"
    arguments: dict[str, Any] = {"input_objects": INPUTS, "control_objects": CONTROLS, "interrupted": None} | changed
    with pytest.raises(mh.InvalidInput, match=problem):
        call(SPEC, make_params(), platform=path, **arguments)
    assert not path.exists()


@pytest.mark.parametrize("call", [mh.launch_baskets, mh.start_baskets], ids=["launch", "start"])
def test_baskets_have_names(call: Callable[..., object]) -> None:
    """A list of pairs, as the page *Asynchronous launches* has it, is not a dictionary; the error shows one."""
    with pytest.raises(mh.InvalidInput, match=r"baskets is a list; expected a dictionary .*'red'"):
        call([("red", INPUTS)], SPEC, make_params(), CONTROLS, "sqlite://")


def test_every_basket_of_a_wrong_kind_is_named() -> None:
    """One error for all of them."""
    with pytest.raises(mh.InvalidInput) as caught:
        mh.start_baskets({"red": "1", "blue": None}, SPEC, make_params(), CONTROLS, "sqlite://")  # type: ignore[dict-item]  # refused at run time too
    assert [problem.split(":")[0] for problem in caught.value.problems] == ["red", "blue"]


def test_an_event_of_another_library_serves_as_well() -> None:
    """What can be asked whether it is set can stop a launch: here one of multiprocessing, set beforehand."""
    interrupted = multiprocessing.get_context("spawn").Event()
    interrupted.set()
    raw_results, _ = mh.launch(SPEC, make_params(), INPUTS, CONTROLS, "sqlite://", interrupted=interrupted)  # type: ignore[arg-type]  # of the same shape
    assert len(raw_results.unfinished) == len(INPUTS)
