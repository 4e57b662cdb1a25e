"""Projects on the wire: specs, views, rules and keys, in both directions."""

import json
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest

from manyhands.crowd import Project, ProjectConfig, ProjectId, ProjectStatus
from manyhands.errors import InvalidInput
from manyhands.platform.toloka.wire import (
    decode_project,
    decode_project_config,
    describe_problems,
    encode_project,
    encode_project_config,
)
from manyhands.task import FieldSpec, FieldType

VIEW = {"view": {"type": "view.text", "content": {"type": "data.input", "path": "text"}}, "plugins": []}
#: A requester's own way of writing the document, with blanks and an order that we would not choose.
CONFIG_TEXT = (
    '{\n  "plugins": [ ],\n  "view": {"content": {"path": "text", "type": "data.input"}, "type": "view.text"}\n}'
)
TEMPLATE_BUILDER = {
    "public_name": "Which animal?",
    "public_description": "Say which animal you see.",
    "public_instructions": "<p>Look &amp; choose.</p>",
    "private_comment": "animals_EN",
    "task_spec": {
        "input_spec": {"text": {"type": "string", "required": True, "hidden": False, "max_length": 10}},
        "output_spec": {"answer": {"type": "string", "required": False, "hidden": False, "allowed_values": ["cat"]}},
        "view_spec": {
            "type": "tb",
            "config": CONFIG_TEXT,
            "lock": {"core": "1.0.0", "view.text": "1.0.0"},
            "inferDataSpec": False,
            "settings": {"showTimer": True, "showSkip": False},
        },
    },
    "assignments_issuing_type": "AUTOMATED",
    "assignments_automerge_enabled": False,
    "max_active_assignments_count": 15,
    "quality_control": {
        "configs": [
            {
                "collector_config": {"type": "SKIPPED_IN_ROW_ASSIGNMENTS", "uuid": "7b1c", "parameters": {}},
                "rules": [
                    {
                        "conditions": [{"key": "skipped_in_row_count", "operator": "GTE", "value": 10}],
                        "action": {"type": "REJECT_ALL_ASSIGNMENTS", "parameters": {"public_comment": "Skipped"}},
                    }
                ],
            }
        ]
    },
    "metadata": {"team": ["a"]},
    "sensitive": False,
    "localization_config": {"default_language": "EN"},
}
CLASSIC = {
    **TEMPLATE_BUILDER,
    "task_spec": {
        "input_spec": {"image": {"type": "url", "required": True, "hidden": False}},
        "output_spec": {"result": {"type": "array_string", "required": True, "hidden": False, "max_size": 3}},
        "view_spec": {
            "type": "classic",
            "markup": "<b>{{image}}</b>",
            "script": "exports.Task = 1;",
            "styles": "b {}",
            "assets": {"script_urls": ["$TOLOKA_ASSETS/js/toloka-handlebars-templates.js"]},
            "settings": {"showTitle": True},
        },
    },
}


def make_config(**changes: Any) -> ProjectConfig:
    """Return a config as the library makes it."""
    chosen: dict[str, Any] = {
        "key": "animals_EN",
        "name": "Animals",
        "input_spec": {"id": FieldSpec(type=FieldType.STRING, hidden=True)},
        "output_spec": {"cat": FieldSpec(type=FieldType.BOOLEAN, allowed_values=(False, True))},
        "view": VIEW,
        "view_lock": {"core": "1.0.0"},
    }
    return ProjectConfig(**{**chosen, **changes})


@pytest.mark.parametrize("document", [TEMPLATE_BUILDER, CLASSIC], ids=["template-builder", "classic"])
@pytest.mark.parametrize("key", [None, "generated-key"])
def test_a_project_comes_back_as_it_was_sent(document: dict[str, Any], key: str | None) -> None:
    """Everything survives, the string of the view byte for byte, whatever the key is."""
    assert encode_project_config(decode_project_config(deepcopy(document), key=key)) == document


def test_a_config_survives_the_wire() -> None:
    """What the library wants is what a platform of its own kind understands."""
    config = make_config()
    assert decode_project_config(encode_project_config(config)) == config


def test_a_project_survives_the_wire() -> None:
    """The platform's own fields travel, too."""
    project = Project(
        id=ProjectId("17"),
        status=ProjectStatus.ARCHIVED,
        created=datetime(2026, 11, 22, 9, 8, 0, 267000, tzinfo=UTC),
        config=make_config(description="What?", instruction="<p>So.</p>"),
        foreign={"owner": {"id": "ab", "myself": True}},
    )
    document = encode_project(project)
    assert document["owner"] == {"id": "ab", "myself": True}
    assert decode_project(document) == project


def test_the_view_is_understood() -> None:
    """The embedded page renders the document, whatever its string looks like."""
    assert decode_project_config(TEMPLATE_BUILDER).view == VIEW
    assert decode_project_config(CLASSIC).view == {}


def test_a_changed_view_is_written_anew() -> None:
    """The old string is forgotten as soon as it says something else than the view."""
    old = decode_project_config(TEMPLATE_BUILDER)
    new = make_config(view={"view": {"type": "view.divider"}}, foreign=old.foreign)
    assert json.loads(encode_project_config(new)["task_spec"]["view_spec"]["config"]) == new.view


def test_a_dropped_field_does_not_come_back() -> None:
    """What was kept about a field goes with the field."""
    document = deepcopy(TEMPLATE_BUILDER)
    document["task_spec"]["input_spec"]["text"]["unheard_of"] = 1  # type: ignore[index]
    old = decode_project_config(document)
    assert encode_project_config(old) == document
    assert "text" not in encode_project_config(make_config(foreign=old.foreign))["task_spec"]["input_spec"]


def test_a_key_of_its_own_travels_only_on_request() -> None:
    """Other servers never see the field that only ours understand."""
    config = decode_project_config(TEMPLATE_BUILDER, key="secret-key")
    assert "manyhands" not in encode_project_config(config)
    assert decode_project_config(encode_project_config(config, is_extended=True)) == config


def test_a_project_without_a_comment_keeps_none() -> None:
    """The key that a server chose is not shown as a comment."""
    document = {name: value for name, value in TEMPLATE_BUILDER.items() if name != "private_comment"}
    config = decode_project_config(document, key="k1")
    assert config.key == "k1"
    assert encode_project_config(config) == document


def test_all_problems_come_at_once() -> None:
    """Each has its field, its code and what the code speaks about."""
    document = {
        "public_name": 5,
        "task_spec": {
            "input_spec": {"a": {"type": "strong"}, "b": {"type": "string", "pattern": "("}, "c": {}},
            "view_spec": {"type": "tb", "config": "{"},
        },
    }
    with pytest.raises(InvalidInput) as caught:
        decode_project_config(document)
    found = {path: problem["code"] for path, problem in describe_problems(caught.value.problems).items()}
    assert found == {
        "public_name": "STRING_EXPECTED",
        "task_spec.input_spec.a.type": "UNKNOWN_ENUM_VALUE",
        "task_spec.input_spec.b.pattern": "INVALID_REGEX_SYNTAX",
        "task_spec.input_spec.c.type": "VALUE_REQUIRED",
        "task_spec.output_spec": "VALUE_REQUIRED",
        "task_spec.view_spec.config": "JSON_EXPECTED",
    }
