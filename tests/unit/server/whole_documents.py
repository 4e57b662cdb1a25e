"""A document of every resource that says everything a requester may say of it."""

from typing import Any

__all__ = [
    "whole_bonus",
    "whole_pool",
    "whole_project",
    "whole_restriction",
    "whole_skill",
    "whole_task",
    "whole_task_suite",
    "whole_training",
]

Json = dict[str, Any]

_UNIFORM = {"scope": "PROJECT", "distribution": "UNIFORM", "window_days": 7}
_INTERVALS = [{"from": 1, "to": 10, "frequency": 2}, {"from": 11, "frequency": 5}]
_SPREAD = {**_UNIFORM, "intervals": _INTERVALS}
_TRANSLATED = {"source": "Tell them apart", "value": "Dis-les"}


def rule(collector: str, *, key: str, action: Json, parameters: Json | None = None) -> Json:
    """Return a quality rule with one condition."""
    return {
        "collector_config": {"type": collector, "uuid": f"uuid of {collector}", "parameters": parameters or {}},
        "rules": [{"conditions": [{"key": key, "operator": "GTE", "value": 50}], "action": action}],
    }


def whole_project() -> Json:
    """Return a project."""
    return {
        "public_name": "Cats and dogs",
        "public_description": "Tell them apart",
        "public_instructions": "<p>Look &amp; choose</p>",
        "private_comment": "mine",
        "task_spec": {
            "input_spec": {
                "image": {"type": "url", "required": True, "hidden": False},
                "id": {"type": "string", "required": True, "hidden": True, "min_length": 1, "max_length": 9},
                "size": {"type": "float", "required": False, "hidden": False, "min_value": 0.5, "max_value": 9},
                "tags": {"type": "array_string", "required": False, "hidden": False, "min_size": 1, "max_size": 3},
                "place": {"type": "coordinates", "required": False, "hidden": False, "current_location": True},
            },
            "output_spec": {
                "label": {"type": "string", "required": True, "hidden": False, "allowed_values": ["cat", "dog"]},
                "code": {"type": "string", "required": False, "hidden": False, "pattern": "[a-z]+"},
            },
            "view_spec": {
                "type": "tb",
                "config": '{\n "view": {"type": "view.list",   "items": []}}',
                "lock": {"core": "1.0.0", "view.list": "1.0.0"},
                "inferDataSpec": False,
                "settings": {"showTimer": True, "showSubmit": False, "showReward": True},
            },
        },
        "assignments_issuing_type": "MAP_SELECTOR",
        "assignments_issuing_view_config": {
            "title_template": "Pets",
            "description_template": "On the map",
            "map_provider": "GOOGLE",
        },
        "assignments_automerge_enabled": True,
        "max_active_assignments_count": 7,
        "quality_control": {
            "configs": [
                rule(
                    "SKIPPED_IN_ROW_ASSIGNMENTS",
                    key="skipped_in_row_count",
                    action={
                        "type": "RESTRICTION_V2",
                        "parameters": {
                            "scope": "PROJECT",
                            "duration": 8,
                            "duration_unit": "HOURS",
                            "private_comment": "",
                        },
                    },
                ),
                rule(
                    "INCOME",
                    key="income_sum_for_last_24_hours",
                    action={"type": "REJECT_ALL_ASSIGNMENTS", "parameters": {"public_comment": "Enough"}},
                ),
            ]
        },
        "metadata": {"team": ["a", "b"]},
        "sensitive": True,
        "localization_config": {
            "default_language": "EN",
            "additional_languages": [
                {
                    "language": "FR",
                    "public_name": _TRANSLATED,
                    "public_description": _TRANSLATED,
                    "public_instructions": _TRANSLATED,
                }
            ],
        },
    }


def whole_pool(project_id: str, *, training_id: str, skill_id: str) -> Json:
    """Return a pool that asks for a training and looks at a skill."""
    return {
        "project_id": project_id,
        "private_name": "basket",
        "private_comment": "mine",
        "public_description": "A basket of pets",
        "public_instructions": "<p>Here otherwise</p>",
        "may_contain_adult_content": True,
        "will_expire": "2030-01-01T00:00:00.123",
        "reward_per_assignment": 0.02001,
        "dynamic_pricing_config": {
            "type": "SKILL",
            "skill_id": skill_id,
            "intervals": [{"from": 1, "to": 50, "reward_per_assignment": 0.03}],
        },
        "assignment_max_duration_seconds": 601,
        "auto_accept_solutions": False,
        "auto_accept_period_day": 5,
        "auto_close_after_complete_delay_seconds": 77,
        "assignments_issuing_config": {"issue_task_suites_in_creation_order": True},
        "defaults": {"default_overlap_for_new_task_suites": 3, "default_overlap_for_new_tasks": 4},
        "dynamic_overlap_config": {
            "type": "BASIC",
            "max_overlap": 5,
            "min_confidence": 0.95,
            "answer_weight_skill_id": skill_id,
            "fields": [{"name": "label"}],
        },
        "filter": {
            "and": [
                {"or": [{"category": "profile", "key": "languages", "operator": "IN", "value": "EN"}]},
                {"or": [{"category": "skill", "key": skill_id, "operator": "GT", "value": 33.3}]},
            ]
        },
        "mixer_config": {
            "real_tasks_count": 5,
            "golden_tasks_count": 2,
            "training_tasks_count": 1,
            "min_real_tasks_count": 3,
            "min_golden_tasks_count": 1,
            "min_training_tasks_count": 0,
            "force_last_assignment": False,
            "force_last_assignment_delay_seconds": 10,
            "mix_tasks_in_creation_order": True,
            "shuffle_tasks_in_task_suite": False,
            "golden_task_distribution_function": _SPREAD,
            "training_task_distribution_function": _SPREAD,
        },
        "quality_control": {
            "captcha_frequency": "LOW",
            "checkpoints_config": {
                "real_settings": {"target_overlap": 5, "task_distribution_function": _SPREAD},
                "golden_settings": {"target_overlap": 5, "task_distribution_function": _SPREAD},
                "training_settings": {"target_overlap": 5, "task_distribution_function": _SPREAD},
            },
            "training_requirement": {"training_pool_id": training_id, "training_passing_skill_value": 80},
            "configs": [
                rule(
                    "GOLDEN_SET",
                    key="golden_set_correct_answers_rate",
                    action={
                        "type": "SET_SKILL_FROM_OUTPUT_FIELD",
                        "parameters": {"skill_id": skill_id, "from_field": "correct_answers_rate"},
                    },
                    parameters={"history_size": 10},
                )
            ],
        },
        "speed_quality_balance": {"type": "TOP_PERCENTAGE_BY_QUALITY", "percent": 100},
        "priority": 42,
        "metadata": {"team": ["a", "b"]},
        "training": False,
        "training_config": {"training_skill_ttl_days": 30},
    }


def whole_training(project_id: str) -> Json:
    """Return a training."""
    return {
        "project_id": project_id,
        "private_name": "first steps",
        "inherited_instructions": False,
        "public_instructions": "<p>Learn</p>",
        "may_contain_adult_content": True,
        "assignment_max_duration_seconds": 601,
        "mix_tasks_in_creation_order": False,
        "shuffle_tasks_in_task_suite": False,
        "training_tasks_in_task_suite_count": 3,
        "task_suites_required_to_pass": 2,
        "retry_training_after_days": 7,
        "metadata": {"team": ["a"]},
    }


def whole_task(pool_id: str) -> Json:
    """Return a task."""
    return {
        "pool_id": pool_id,
        "input_values": {
            "image": "http://pets.example/1.jpg",
            "id": "a",
            "size": 1.5,
            "tags": ["x"],
            "place": "55.7,37.6",
        },
        "known_solutions": [
            {"output_values": {"label": "cat"}, "correctness_weight": 1},
            {"output_values": {"label": "dog", "code": "x"}, "correctness_weight": 0.25},
        ],
        "message_on_unknown_solution": "Look again",
        "baseline_solutions": [{"output_values": {"label": "cat"}, "confidence_weight": 0.9}],
        "overlap": 3,
        "infinite_overlap": False,
        "reserved_for": ["wim", "eva"],
        "unavailable_for": ["nobody", "model"],
        "localization_config": {
            "default_language": "EN",
            "additional_languages": [
                {"language": "FR", "message_on_unknown_solution": {"source": "REQUESTER", "value": "Regarde"}}
            ],
        },
    }


def whole_task_suite(pool_id: str) -> Json:
    """Return a task suite."""
    content = ("input_values", "known_solutions", "message_on_unknown_solution", "localization_config")
    task = {name: value for name, value in whole_task(pool_id).items() if name in content}
    return {
        "pool_id": pool_id,
        "tasks": [task, {"input_values": {"image": "http://pets.example/2.jpg", "id": "b"}}],
        "overlap": 3,
        "infinite_overlap": False,
        "reserved_for": ["wim", "eva"],
        "unavailable_for": ["nobody", "model"],
        "issuing_order_override": 10.5,
    }


def whole_skill() -> Json:
    """Return a skill."""
    return {
        "name": "eye",
        "public_name": {"EN": "Eye", "DE": "Auge"},
        "public_requester_description": {"EN": "Sees well"},
        "private_comment": "mine",
        "hidden": False,
        "skill_ttl_hours": 36600,
        "deprecated": True,
    }


def whole_restriction(user_id: str, *, scope: str, project_id: str, pool_id: str) -> Json:
    """Return a restriction."""
    place = {"PROJECT": {"project_id": project_id}, "POOL": {"pool_id": pool_id}}.get(scope, {})
    return {
        "scope": scope,
        "user_id": user_id,
        **place,
        "private_comment": "Many mistakes",
        "will_expire": "2030-01-01T00:00:00.123",
    }


def whole_bonus(user_id: str, *, assignment_id: str) -> Json:
    """Return a bonus."""
    return {
        "user_id": user_id,
        "amount": 0.12345,
        "private_comment": "good",
        "public_title": {"EN": "Thanks", "DE": "Danke"},
        "public_message": {"EN": "Well done", "DE": "Gut gemacht"},
        "without_message": False,
        "assignment_id": assignment_id,
    }
