"""Field specs: which values a field takes, and the words for the others."""

import msgspec
import pytest

from manyhands.errors import InvalidTaskSpec
from manyhands.task import FieldSpec, FieldType, find_field_problems


@pytest.mark.parametrize(
    ("field_type", "accepted", "refused"),
    [
        pytest.param(FieldType.STRING, ["", "x", "й"], [1, True, ["x"], "\ud83d", "a\x00"], id="string"),
        pytest.param(FieldType.URL, ["https://x.org/1"], ["", 1], id="url"),
        pytest.param(FieldType.BOOLEAN, [True, False], [0, "true"], id="boolean"),
        pytest.param(FieldType.INTEGER, [0, -3], [True, 1.5, "1"], id="integer"),
        pytest.param(FieldType.FLOAT, [0, 1.5], [True, "1.5"], id="float"),
        pytest.param(FieldType.JSON, [{}, [1], "x", True, 2], ["\x00"], id="json"),
    ],
)
def test_a_field_takes_values_of_its_type(field_type: FieldType, accepted: list[object], refused: list[object]) -> None:
    """Values of another type, and text that no database keeps, are refused."""
    spec = FieldSpec(type=field_type)
    assert all(spec.accepts(value) for value in accepted)
    assert not any(spec.accepts(value) for value in refused)


def test_only_an_optional_field_may_be_missing() -> None:
    """None is a missing value."""
    assert not FieldSpec(type=FieldType.STRING).accepts(None)
    assert FieldSpec(type=FieldType.STRING, required=False).accepts(None)


def test_problems_name_field_expectation_and_finding() -> None:
    """Missing, wrong and unknown fields each get one sentence."""
    specs = {
        "text": FieldSpec(type=FieldType.STRING),
        "choice": FieldSpec(type=FieldType.STRING, allowed_values=("no", "yes")),
    }
    assert find_field_problems({"choice": "maybe", "extra": 1}, specs) == [
        "text: expected a string, but it is missing",
        "choice: expected one of 'no', 'yes', found 'maybe' (str)",
        "extra: there is no such field; the fields are text, choice",
    ]
    assert find_field_problems({"text": "a", "choice": "no"}, specs) == []


def test_a_cut_emoji_is_explained() -> None:
    """Text that looks right but is not gets a reason."""
    [problem] = find_field_problems({"text": "ok \ud83d"}, {"text": FieldSpec(type=FieldType.STRING)})
    assert "half a character" in problem


def test_a_long_value_is_shortened() -> None:
    """A message stays one line."""
    [problem] = find_field_problems({"url": ["x" * 1000]}, {"url": FieldSpec(type=FieldType.URL)})
    assert len(problem) < 120  # the length of a line


def test_json_round_trip() -> None:
    """A spec that a platform kept as JSON is the same spec."""
    spec = FieldSpec(type=FieldType.STRING, required=False, hidden=True, allowed_values=("a", "b"))
    assert msgspec.convert(spec.to_json(), FieldSpec) == spec


@pytest.mark.parametrize(
    ("spec", "value", "fault"),
    [
        pytest.param(FieldSpec(type=FieldType.STRING), None, "missing", id="missing"),
        pytest.param(FieldSpec(type=FieldType.STRING, min_length=2), "a", "too_short", id="short"),
        pytest.param(FieldSpec(type=FieldType.STRING, max_length=2), "abc", "too_long", id="long"),
        pytest.param(FieldSpec(type=FieldType.STRING, pattern="[a-z]+"), "a1", "pattern", id="pattern"),
        pytest.param(FieldSpec(type=FieldType.STRING), "\x00", "character", id="character"),
        pytest.param(FieldSpec(type=FieldType.INTEGER, min_value=0), -1, "too_small", id="small"),
        pytest.param(FieldSpec(type=FieldType.FLOAT, max_value=0.5), 0.6, "too_great", id="great"),
        pytest.param(FieldSpec(type=FieldType.FLOAT), float("nan"), "type", id="not-a-number"),
        pytest.param(FieldSpec(type=FieldType.INTEGER, allowed_values=(1, 2)), 3, "not_allowed", id="not-allowed"),
        pytest.param(FieldSpec(type=FieldType.COORDINATES), "91,0", "type", id="beyond-the-pole"),
        pytest.param(FieldSpec(type=FieldType.COORDINATES), "north", "type", id="no-place"),
        pytest.param(FieldSpec(type=FieldType.FILE), "", "type", id="no-file"),
        pytest.param(FieldSpec(type=FieldType.ARRAY_STRING), "a", "type", id="no-list"),
        pytest.param(FieldSpec(type=FieldType.ARRAY_STRING), ["a", 1], "type", id="wrong-element"),
        pytest.param(FieldSpec(type=FieldType.ARRAY_JSON, min_size=1), [], "too_few", id="few"),
        pytest.param(FieldSpec(type=FieldType.ARRAY_FILE, max_size=1), ["a", "b"], "too_many", id="many"),
        pytest.param(FieldSpec(type=FieldType.ARRAY_INTEGER, max_value=2), [1, 3], "too_great", id="element-great"),
        pytest.param(FieldSpec(type=FieldType.ARRAY_URL), [None], "type", id="hole-in-a-list"),
    ],
)
def test_every_limit_is_honoured(spec: FieldSpec, value: object, fault: str) -> None:
    """A value beyond a limit is refused, and the fault says which one; the expectation can be told in words."""
    assert spec.find_fault(value) == fault
    assert not spec.accepts(value)
    assert spec.describe_expected()


@pytest.mark.parametrize(
    ("spec", "value"),
    [
        pytest.param(FieldSpec(type=FieldType.STRING, min_length=1, max_length=3, pattern="a.c"), "abc", id="text"),
        pytest.param(FieldSpec(type=FieldType.INTEGER, min_value=1, max_value=1), 1, id="number"),
        pytest.param(FieldSpec(type=FieldType.COORDINATES), "53.910236, 27.531110", id="coordinates"),
        pytest.param(FieldSpec(type=FieldType.ARRAY_BOOLEAN, min_size=2, max_size=2), [True, False], id="list"),
        pytest.param(FieldSpec(type=FieldType.ARRAY_FLOAT), [], id="empty-list"),
        pytest.param(FieldSpec(type=FieldType.ARRAY_STRING, allowed_values=("a", "b")), ["b", "a"], id="choices"),
    ],
)
def test_values_within_the_limits_are_taken(spec: FieldSpec, value: object) -> None:
    """Limits include their ends, and hold for each element of a list."""
    assert spec.accepts(value)


def test_limits_are_told_in_words() -> None:
    """A worker's program learns from the message what would have been right."""
    spec = FieldSpec(type=FieldType.ARRAY_INTEGER, min_value=0, max_size=3, pattern="x")
    expected = "a list with, in each place, a whole number, at least 0 in value, at most 3 elements, matching 'x'"
    assert spec.describe_expected() == expected


def test_a_pattern_must_be_a_regular_expression() -> None:
    """A pattern that cannot be read is refused with the spec, not with the first answer."""
    with pytest.raises(InvalidTaskSpec, match="expected a regular expression"):
        FieldSpec(type=FieldType.STRING, pattern="(")


def test_limits_survive_json() -> None:
    """Every limit is written under Toloka's name, and none that is not set."""
    spec = FieldSpec(type=FieldType.ARRAY_STRING, min_length=1, max_length=2, pattern="a", min_size=0, max_size=9)
    assert msgspec.convert(spec.to_json(), FieldSpec) == spec
    place = FieldSpec(type=FieldType.COORDINATES, current_location=True)
    assert place.to_json() == {"type": "coordinates", "required": True, "hidden": False, "current_location": True}
