"""The tasks of one launch: numbers, keys, identity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import TaskKind
from manyhands.errors import InvalidData
from manyhands.launches.task_list import TaskList, digest
from manyhands.task import Text
from tests.flow.parity import CONTROLS, SPEC, numbers

TASKS = TaskList.of(SPEC.mapping, numbers(0, 7), CONTROLS[:3])


@given(start=st.integers(0, 10), stop=st.integers(0, 12))
def test_a_slice_of_the_tasks_is_a_slice_of_all(start: int, stop: int) -> None:
    """Control tasks first, for every worker; then the objects, with the overlap that is wanted."""
    drafts = TASKS.drafts(0, 10, overlap=2)
    assert TASKS.drafts(start, stop, overlap=2) == drafts[start:stop]
    assert [draft.kind for draft in drafts] == [TaskKind.CONTROL] * 3 + [TaskKind.REAL] * 7
    assert [draft.overlap for draft in drafts] == [None] * 3 + [2] * 7


def test_keys_are_those_of_the_drafts_and_of_the_mapping() -> None:
    """A control object and an input object with the same values have different keys."""
    drafts = TASKS.drafts(0, 10, overlap=1)
    assert (
        [draft.key for draft in drafts[3:]] == list(TASKS.keys) == [SPEC.mapping.task_key(one) for one in numbers(0, 7)]
    )
    assert [draft.input_values["id"] for draft in drafts[3:]] == list(TASKS.keys)
    assert all(draft.key.startswith("control-") for draft in drafts[:3])


def test_the_identity_is_the_content_in_any_order() -> None:
    """Other control solutions are another identity."""
    backwards = TaskList.of(SPEC.mapping, numbers(0, 7)[::-1], CONTROLS[2::-1])
    (objects, _), (_, solution) = CONTROLS[0], CONTROLS[1]
    changed = TaskList.of(SPEC.mapping, numbers(0, 7), [(objects, solution), *CONTROLS[1:3]])
    assert backwards.describe() == TASKS.describe()
    assert changed.describe()["controls"] != TASKS.describe()["controls"]


def test_objects_that_do_not_fit_are_refused() -> None:
    """The error names what is wrong."""
    with pytest.raises(InvalidData, match="expected 1 objects"):
        TaskList.of(SPEC.mapping, [(Text("1"), Text("2"))], [])


def test_a_digest_does_not_depend_on_the_order() -> None:
    """Texts that are spread differently are different."""
    assert digest(["a", "b"]) == digest(["b", "a"]) != digest(["ab"])
