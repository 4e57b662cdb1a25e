"""Checking input and control objects before a launch."""

from collections.abc import Sequence

import pytest

from manyhands.errors import InvalidData
from manyhands.task import (
    Class,
    ClassificationFunction,
    ClassMeta,
    ControlObject,
    InputObjects,
    ObjectMeta,
    TaskMapping,
    Text,
    check_objects,
    create_available_labels_if,
)


class Answer(Class):
    """Three answers."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


MAPPING = TaskMapping.of(ClassificationFunction((Text,), Answer))
A, B = (Text("a"),), (Text("b"),)


def problems_of(
    inputs: Sequence[InputObjects], controls: Sequence[ControlObject], mapping: TaskMapping = MAPPING
) -> list[str]:
    """Return the problems that are found."""
    with pytest.raises(InvalidData) as caught:
        check_objects(inputs, controls, mapping)
    return list(caught.value.problems)


@pytest.mark.parametrize("solution", [(Answer.YES,), Answer.YES], ids=["tuple", "bare member"])
def test_good_objects_pass(solution: tuple[Answer] | Answer) -> None:
    """A solution may be a tuple or the member itself."""
    check_objects([A], [(B, solution)], MAPPING)


def test_no_objects_pass() -> None:
    """Whether nothing may be launched is for the launch to say."""
    check_objects([], [], MAPPING)


def test_all_problems_are_named_by_position() -> None:
    """Types, counts and solutions of inputs and controls are checked in one go."""
    wrong: tuple[object, ...] = ("text",)
    controls: list[ControlObject] = [(B, (Answer.YES, Answer.NO)), A, ((Text("c"), Text("d")), Answer.NO)]  # type: ignore[list-item]  # the mistake under test
    assert problems_of([A, (), wrong], controls) == [  # type: ignore[list-item]  # the mistake under test
        "input_objects[1]: expected 1 objects (Text), found 0",
        "input_objects[2]: text: expected Text, found 'text' (str)",
        "control_objects[0]: expected 1 objects (Answer), found 2",
        "control_objects[1]: expected (input objects, solution), found (Text(text='a'),)",
        "control_objects[2]: expected 1 objects (Text), found 2",
    ]


def test_repeats_are_named() -> None:
    """Each repeat names the first one."""
    assert problems_of([A, B, A], [((Text("c"),), Answer.YES), ((Text("c"),), Answer.NO)]) == [
        "input_objects[2] has the same input objects as input_objects[0]; remove one of them",
        "control_objects[1] has the same input objects as control_objects[0]; remove one of them",
    ]


def test_a_control_object_must_not_be_an_input_object() -> None:
    """Its answers would be counted twice."""
    assert problems_of([B, A], [(A, Answer.YES)]) == [
        "control_objects[0] has the same input objects as input_objects[1]; remove one of them"
    ]


def test_conditional_labels_are_respected() -> None:
    """A task that nobody could answer and a solution that nobody could choose are found."""
    labels = create_available_labels_if("kind", [("yes", [Answer.YES]), ("no", [Answer.NO, Answer.MAYBE])])
    function = ClassificationFunction(
        (ObjectMeta(Answer, name="kind"), ObjectMeta(Text, name="text")),
        ClassMeta(Answer, name="choice", available_labels=labels),
    )
    inputs: list[InputObjects] = [(Answer.YES, Text("a")), (Answer.MAYBE, Text("a"))]
    controls: list[ControlObject] = [((Answer.NO, Text("a")), Answer.MAYBE), ((Answer.NO, Text("b")), Answer.YES)]
    assert problems_of(inputs, controls, TaskMapping.of(function)) == [
        "input_objects[1]: none of the conditional labels of choice is offered; nobody could answer",
        "control_objects[1]: choice is 'yes', but only no, maybe are offered",
    ]
