"""The mapping between objects and field values."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.errors import InvalidData
from manyhands.task import (
    Audio,
    Class,
    ClassificationFunction,
    ClassMeta,
    FieldSpec,
    FieldType,
    Image,
    InputObjects,
    Metadata,
    Object,
    ObjectMeta,
    TaskMapping,
    Text,
    Video,
    as_solution,
)


class Answer(Class):
    """Two answers, out of alphabetical order."""

    YES = "yes"
    NO = "no"


class OtherAnswer(Class):
    """The same values in another class."""

    YES = "yes"
    NO = "no"


MAPPING = TaskMapping.of(
    ClassificationFunction(
        (
            ObjectMeta(Image, name="photo"),
            ObjectMeta(Text, name="caption", required=False),
            ObjectMeta(Answer, name="guess"),
            ObjectMeta(Metadata, name="source"),
        ),
        ClassMeta(Answer, name="right"),
    )
)
OBJECTS: InputObjects = (Image("https://x.org/1.jpg"), Text("A cat"), Answer.NO, Metadata("m1"))
VALUES: dict[str, object] = {"photo": "https://x.org/1.jpg", "caption": "A cat", "guess": "no", "source": "m1"}


def test_specs_say_what_each_field_takes() -> None:
    """Media are URLs, classes allow their sorted values, metadata is hidden, and a hidden key is added."""
    assert MAPPING.input_spec == {
        "photo": FieldSpec(type=FieldType.URL),
        "caption": FieldSpec(type=FieldType.STRING, required=False),
        "guess": FieldSpec(type=FieldType.STRING, allowed_values=("no", "yes")),
        "source": FieldSpec(type=FieldType.STRING, hidden=True),
        "id": FieldSpec(type=FieldType.STRING, hidden=True),
    }
    assert MAPPING.output_spec == {"right": FieldSpec(type=FieldType.STRING, allowed_values=("no", "yes"))}


def test_objects_become_values_and_come_back() -> None:
    """Each object is one field value; the key of the task goes with them."""
    assert MAPPING.input_values(OBJECTS) == {**VALUES, "id": MAPPING.task_key(OBJECTS)}
    assert MAPPING.input_objects(MAPPING.input_values(OBJECTS)) == OBJECTS


def test_a_missing_optional_object_has_no_value() -> None:
    """None and a missing field are the same."""
    objects = (OBJECTS[0], None, *OBJECTS[2:])
    values = MAPPING.input_values(objects)
    assert "caption" not in values
    assert MAPPING.input_objects(values) == MAPPING.input_objects({**values, "caption": None}) == objects


def test_solutions_become_values_and_come_back_as_members() -> None:
    """A bare member stands for the tuple that holds it."""
    assert MAPPING.output_values((Answer.NO,)) == MAPPING.output_values(Answer.NO) == {"right": "no"}
    assert MAPPING.solution({"right": "no"}) == as_solution(Answer.NO)
    assert MAPPING.solution({"right": "no"})[0] is Answer.NO


@pytest.mark.parametrize(
    ("objects", "problem"),
    [
        pytest.param(OBJECTS[:3], "expected 4 objects (Image, Text, Answer, Metadata), found 3", id="too few"),
        pytest.param((None, *OBJECTS[1:]), "photo: expected Image, but it is missing", id="missing"),
        pytest.param(
            (Audio("u"), *OBJECTS[1:]), "photo: expected Image, found Audio(url='u') (Audio)", id="wrong type"
        ),
        pytest.param((*OBJECTS[:2], OtherAnswer.NO, OBJECTS[3]), "guess: expected Answer, found", id="other class"),
        pytest.param((*OBJECTS[:2], "no", OBJECTS[3]), "guess: expected Answer, found 'no' (str)", id="bare value"),
        pytest.param((Image(""), *OBJECTS[1:]), "photo: expected Image of a URL, found '' (str)", id="empty URL"),
        pytest.param(list(OBJECTS), "expected a tuple of 4 (Image, Text, Answer, Metadata), found", id="a list"),
        pytest.param(Text("x"), "expected a tuple of 4", id="a bare object"),
    ],
)
def test_objects_that_do_not_fit_are_refused(objects: InputObjects, problem: str) -> None:
    """The error names the field, what was expected and what was found."""
    with pytest.raises(InvalidData, match=re.escape(problem)):
        MAPPING.input_values(objects)


def test_a_value_inside_an_object_is_checked() -> None:
    """An object that holds something else than a string is found before a platform refuses it."""
    number: object = 5
    problems = MAPPING.find_input_problems((OBJECTS[0], Text(number), *OBJECTS[2:]))  # type: ignore[arg-type]  # the mistake under test
    assert problems == ["caption: expected Text of a string, found 5 (int)"]


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        pytest.param({}, ["photo", "guess", "source"], id="all missing"),
        pytest.param(
            {**VALUES, "guess": "maybe"}, ["guess: expected one of 'no', 'yes', found 'maybe'"], id="no label"
        ),
        pytest.param({**VALUES, "caption": 5}, ["caption: expected a string, found 5 (int)"], id="a number"),
        pytest.param({**VALUES, "photo": None}, ["photo: expected a URL, but it is missing"], id="null"),
    ],
)
def test_values_that_do_not_fit_are_refused(values: dict[str, object], problems: list[str]) -> None:
    """Every wrong field is named in one error."""
    with pytest.raises(InvalidData) as caught:
        MAPPING.input_objects(values)
    assert len(caught.value.problems) == len(problems)
    assert all(found.startswith(start) for found, start in zip(caught.value.problems, problems, strict=True))


@pytest.mark.parametrize("solution", [(), (None,), (Answer.YES, Answer.NO), "yes", ("yes",), OtherAnswer.YES])
def test_solutions_that_do_not_fit_are_found(solution: object) -> None:
    """A solution is one member of the class."""
    assert len(MAPPING.find_solution_problems(solution)) == 1


def test_a_foreign_string_enum_reads_as_its_value() -> None:
    """A frame may hold members of another string enum; what counts is the value."""
    assert MAPPING.solution({"right": OtherAnswer.NO}) == (Answer.NO,)
    assert MAPPING.solution({"right": OtherAnswer.NO})[0] is Answer.NO


MEDIA = TaskMapping.of(
    ClassificationFunction((Audio, Video, ObjectMeta(Text, required=False), Text, Metadata, Answer), Answer)
)
ANY_TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
ANY_OBJECTS = st.tuples(
    ANY_TEXT.filter(bool).map(Audio),
    ANY_TEXT.filter(bool).map(Video),
    st.none() | ANY_TEXT.map(Text),
    ANY_TEXT.map(Text),
    ANY_TEXT.map(Metadata),
    st.sampled_from(Answer),
)


@given(ANY_OBJECTS)
def test_any_objects_survive_the_way_through_values(objects: tuple[Object | None, ...]) -> None:
    """Whatever the texts, objects come back as they went."""
    values = MEDIA.input_values(objects)
    assert MEDIA.input_objects(values) == objects
    assert values["id"] == MEDIA.task_key(objects)


@given(ANY_OBJECTS, ANY_OBJECTS)
def test_tasks_have_equal_keys_only_when_they_are_equal(
    one: tuple[Object | None, ...], other: tuple[Object | None, ...]
) -> None:
    """The key stands for the content."""
    assert (MEDIA.task_key(one) == MEDIA.task_key(other)) == (one == other)
