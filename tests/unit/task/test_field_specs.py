"""Field specs: which values a field takes, and the words for the others."""

import msgspec
import pytest

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
