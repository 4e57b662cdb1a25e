"""What differs between a project and a task spec."""

from dataclasses import replace
from typing import Any

import pytest

from manyhands.projects import compare_projects, project_config
from manyhands.quality import platform_rules
from manyhands.task import FieldSpec, FieldType
from tests.flow.parity import PARAMS, SPEC

THERE = project_config(SPEC)


def test_a_task_spec_is_a_project() -> None:
    """Everything that workers see and answer is in it, and its key is that of the spec."""
    assert (THERE.key, THERE.name, THERE.description) == ("parity_EN", "Even or odd?", "Say whether a number is even.")
    assert (THERE.instruction, THERE.view, THERE.view_lock) == ("Look at the last digit.", SPEC.view, SPEC.lock)
    assert (THERE.input_spec, THERE.output_spec) == (SPEC.input_spec, SPEC.output_spec)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"key": "another"}, id="key"),
        pytest.param({"foreign": {"metadata": {"team": ["a"]}}, "view_lock": {}}, id="what only the platform knows"),
        pytest.param(
            {"quality_rules": platform_rules(PARAMS.control, PARAMS.page_hint, control_count=1)},
            id="rules of the project",
        ),
        pytest.param({"view": dict(reversed(list(THERE.view.items())))}, id="order of keys"),
        pytest.param({"description": "Say whether a number is even.\n"}, id="line break at the end"),
    ],
)
def test_what_workers_do_not_see_is_no_difference(changes: dict[str, Any]) -> None:
    """Such projects are the same."""
    difference = compare_projects(replace(THERE, **changes), THERE)
    assert not difference
    assert str(difference) == ""


def test_texts_and_view_differ_line_by_line() -> None:
    """Each part has a diff of its own, with what is on the platform first."""
    view = {**THERE.view, "vars": {"colour": "grün"}}
    there = replace(THERE, name="Odd?", instruction="<p>Look.</p>", description="One\nTwo", view=view)
    wanted = replace(THERE, instruction="<p>Look twice.</p>", description="One\nThree")
    difference = compare_projects(there, wanted)
    assert not difference.field_problems
    assert difference.diffs["name"] == ("@@ -1 +1 @@", "-Odd?", "+Even or odd?")
    assert difference.diffs["description"][1:] == (" One", "-Two", "+Three")
    assert difference.diffs["instruction"][1:] == (" <p>", "-Look.", "+Look twice.", " </p>")
    assert '-    "colour": "grün"' in difference.diffs["view"]
    assert difference.sentences[0] == "the name differs:\n    @@ -1 +1 @@\n    -Odd?\n    +Even or odd?"


def test_fields_that_differ_are_named() -> None:
    """A field that is new, gone, or of another kind."""
    text = FieldSpec(type=FieldType.STRING)
    there = replace(THERE, input_spec={**THERE.input_spec, "image": text}, output_spec={"choice": text})
    wanted = replace(THERE, input_spec={**THERE.input_spec, "audio": text})
    problems = compare_projects(there, wanted).field_problems
    assert problems[:2] == (
        "input field audio is in the task spec, but not on the platform",
        "input field image is on the platform, but not in the task spec",
    )
    assert problems[2].startswith('output field choice is {"type": "string"')
    assert problems[2].count('"allowed_values": ["even", "odd"]') == 1
