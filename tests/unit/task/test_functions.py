"""Functions: the names of arguments, and every rule that a declaration can break."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from manyhands.errors import InvalidTaskSpec
from manyhands.task import (
    Audio,
    AvailableLabels,
    Class,
    ClassificationFunction,
    ClassMeta,
    ConditionEquals,
    If,
    Image,
    LabelsDisplayType,
    Metadata,
    ObjectMeta,
    Text,
    TextMeta,
    TextValidation,
    create_available_labels_if,
)


class Answer(Class):
    """Two answers."""

    YES = "yes"
    NO = "no"


class Single(Class):
    """Nothing to choose."""

    ONLY = "only"


class Aliased(Class):
    """Two names for one value."""

    A = "a"
    B = "b"
    ALSO_A = "a"


class Unlabelled(Class):
    """A label was forgotten."""

    A = "a"
    B = "b"

    @classmethod
    def labels(cls) -> Mapping["Unlabelled", Mapping[str, str]]:
        """Return the labels but one."""
        return {cls.A: {"EN": "A"}}


class Headline(Text):
    """A type of the requester's own."""


def _loosely_typed(mistake: Any) -> Any:  # what a requester without a type checker can write
    return mistake


Declared = type[Text | Image | Audio | Metadata | Answer] | ObjectMeta


def names(function: ClassificationFunction) -> list[str]:
    """Return the field names of a function."""
    return [argument.name for argument in function.arguments()]


@pytest.mark.parametrize(
    ("inputs", "cls", "expected"),
    [
        pytest.param((Text,), Answer, ["text", "choice"], id="by type"),
        pytest.param([Image, Audio, Metadata], Answer, ["image", "audio", "metadata", "choice"], id="a list of types"),
        pytest.param((Text, Image, Text), Answer, ["text_1", "image", "text_2", "choice"], id="numbered"),
        pytest.param((Text, Answer), Answer, ["text", "choice_1", "choice_2"], id="numbered over inputs and output"),
        pytest.param((Headline,), Answer, ["text", "choice"], id="subclass of a type"),
        pytest.param((TextMeta(), Image), ClassMeta(Answer), ["text", "image", "choice"], id="metas without names"),
        pytest.param((ObjectMeta(Text, name="claim"),), Answer, ["claim", "choice"], id="implicit output"),
        pytest.param(
            (ObjectMeta(Text, name="a"), ObjectMeta(Text, name="b")),
            ClassMeta(Answer, name="c"),
            ["a", "b", "c"],
            id="all named",
        ),
    ],
)
def test_arguments_get_field_names(
    inputs: tuple[Declared, ...], cls: type[Class] | ClassMeta, expected: list[str]
) -> None:
    """Arguments are named by the requester or by their types."""
    assert names(ClassificationFunction(inputs, cls)) == expected


@pytest.mark.parametrize(
    ("inputs", "cls", "message"),
    [
        pytest.param((ObjectMeta(Text, name="a"), Text), Answer, "argument 2 has no name", id="some named"),
        pytest.param((Text,), ClassMeta(Answer, name="c"), "argument 1 has no name", id="only the output named"),
        pytest.param(
            (ObjectMeta(Text, name="a"), ObjectMeta(Text, name="a")), Answer, "2 arguments are named 'a'", id="repeated"
        ),
        pytest.param(
            (ObjectMeta(Text, name="choice"),), Answer, "2 arguments are named 'choice'", id="repeats the implicit one"
        ),
        pytest.param((ObjectMeta(Text, name="_ok"),), Answer, "underscore, which is reserved", id="reserved"),
        pytest.param((ObjectMeta(Text, name="id"),), Answer, "'id' is reserved", id="key of the task"),
        pytest.param((ObjectMeta(Text, name=""),), Answer, "1 to 30 ASCII", id="empty"),
        pytest.param((ObjectMeta(Text, name="a" * 31),), Answer, "1 to 30 ASCII", id="31 characters"),
        pytest.param((ObjectMeta(Text, name="имя"),), Answer, "1 to 30 ASCII", id="not ASCII"),
        pytest.param((ObjectMeta(Text, name="a b"),), Answer, "1 to 30 ASCII", id="a space"),
        pytest.param((ObjectMeta(Text, name="a\n"),), Answer, "1 to 30 ASCII", id="a trailing newline"),
        pytest.param((), Answer, "nothing to show", id="no inputs"),
        pytest.param((Metadata,), Answer, "nothing to show", id="only metadata"),
        pytest.param((str,), Answer, "argument 1: expected a type of object", id="not an object"),
        pytest.param((Text("x"),), Answer, "argument 1: expected a type of object", id="an object, not its type"),
        pytest.param(
            (TextMeta(_loosely_typed(Image)),), Answer, "TextMeta is for Text, found Image", id="meta of another type"
        ),
        pytest.param((Text,), Text, "expected a Class or a ClassMeta", id="output is no class"),
        pytest.param((Text,), ObjectMeta(Answer), "expected a Class or a ClassMeta", id="output is a bare meta"),
        pytest.param(
            (Text,), ClassMeta(_loosely_typed(Text)), "ClassMeta is for Class, found Text", id="class meta of a text"
        ),
        pytest.param((Text,), ClassMeta(Answer, required=False), "must be required", id="optional output"),
        pytest.param(
            (Text,),
            ClassMeta(Answer, input_display_type=LabelsDisplayType.MONO),
            "all labels to choose",
            id="mono output",
        ),
        pytest.param(
            (TextMeta(validation=TextValidation({"EN": ".+"}, {"EN": "Write."})),),
            Answer,
            "a text that a worker writes",
            id="validated input",
        ),
        pytest.param((Text,), Single, "Single has 1 labels; expected at least 2", id="one label"),
        pytest.param((Text,), Class, "Class has 0 labels", id="no labels"),
        pytest.param((Text,), Aliased, "ALSO_A and A of Aliased share the value 'a'", id="shared value"),
        pytest.param((Text,), Unlabelled, "says nothing about B", id="forgotten label"),
        pytest.param((Text, Unlabelled), Answer, "choice_1: .* says nothing about B", id="forgotten label of an input"),
    ],
)
def test_a_wrong_declaration_is_refused(inputs: tuple[Declared, ...], cls: type[Class], message: str) -> None:
    """Each rule that is broken is named, before anything is published."""
    with pytest.raises(InvalidTaskSpec, match=message):
        ClassificationFunction(inputs, cls)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        pytest.param(
            create_available_labels_if("mood", [("yes", [Answer.YES])]), "an argument before it", id="unknown"
        ),
        pytest.param(
            create_available_labels_if("choice", [("yes", [Answer.YES])]), "an argument before it", id="itself"
        ),
        pytest.param(
            create_available_labels_if("kind", [("c", [Answer.YES])]), "which it never is", id="no such value"
        ),
        pytest.param(
            If(ConditionEquals("kind", "a"), AvailableLabels([Aliased.A])), "not one of Answer", id="foreign label"
        ),
    ],
)
def test_wrong_conditional_labels_are_refused(labels: If, message: str) -> None:
    """A condition refers to an argument before it and to a value that it can have; labels are of the class."""
    kind = ObjectMeta(Unlabelled, name="kind")
    with pytest.raises(InvalidTaskSpec, match=message):
        ClassificationFunction((kind,), ClassMeta(Answer, name="choice", available_labels=labels))


@pytest.mark.parametrize("inputs", [Text, Answer, TextMeta()], ids=["type", "class", "meta"])
def test_inputs_without_a_tuple_are_refused(inputs: object) -> None:
    """A forgotten comma is explained."""
    with pytest.raises(InvalidTaskSpec, match=r"must be a tuple, such as \(Text,\)"):
        ClassificationFunction(_loosely_typed(inputs), Answer)


def test_all_problems_come_in_one_error() -> None:
    """A requester corrects a declaration once, not problem by problem."""
    with pytest.raises(InvalidTaskSpec) as caught:
        ClassificationFunction((ObjectMeta(Text, name="_a"), ObjectMeta(Text, name="b c"), Text), Single)
    assert len(caught.value.problems) == len(["reserved", "not ASCII", "no name", "one label"])


def test_equal_declarations_are_equal() -> None:
    """Functions are values: equal content, equal function, equal hash."""
    function = ClassificationFunction([Text, Image], Answer)
    assert function == ClassificationFunction((Text, Image), Answer)
    assert hash(function) == hash(replace(function))
    assert ClassificationFunction((Text,), ClassMeta(Answer)).label_class is Answer
