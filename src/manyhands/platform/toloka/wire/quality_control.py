"""Quality control of pools and projects.

The API's document holds collectors, each with its rules; here every rule carries its collector. What manyhands cannot apply, and the
ids of collectors, are kept as they were written.
"""

import itertools
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from manyhands.crowd import Collector, PlatformAction, PoolId, QualityRule, TrainingRequirement

from .actions import encode_action, find_action
from .amounts import to_whole_percent
from .collectors import encode_collector, encode_condition, find_collector, find_condition
from .foreign import keep, recall
from .kinds import IDENTIFIER, SHARE, TEXT, list_of, object_of
from .problems import ProblemCode, Problems, WireProblem
from .reading import Kind, Place, Reader

__all__ = [
    "QUALITY_CONTROL",
    "QualityControl",
    "encode_quality_control",
    "find_unapplied_rules",
    "keep_quality_control",
]

#: Where the ids of our collectors come from: the same rules get the same ids, so that a changed pool keeps them.
_NAMESPACE = uuid.UUID("6d616e79-6861-4e64-8000-000000000003")
_FIELD = "quality_control"
#: Why the rules of some collectors cannot be applied.
_WHY_NOT = {"CAPTCHA": "no captchas are shown here, so the rule would never act; leave it out"}


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityControl:
    """The part of quality control that manyhands applies."""

    rules: tuple[QualityRule, ...] = ()
    training: TrainingRequirement | None = None


def encode_quality_control(control: QualityControl, foreign: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return quality control as JSON: as it was written if it still means the same, else anew with the parts that only the API knows.

    Args:
        control: the rules, and the training that has to be passed.
        foreign: what `keep_quality_control` left there.

    Returns:
        None if there is nothing to control.
    """
    value = replace(control, training=_without_skill(control.training))
    canonical = _encode(value)
    kept = foreign.get(_FIELD)
    if kept is not None:
        configs = [*(canonical or {}).get("configs", ()), *_list_unsupported(kept)]
        canonical = {**kept, **(canonical or {}), "configs": configs}
        if value.training is None:
            canonical.pop("training_requirement", None)
    document: dict[str, Any] | None = recall(foreign, _FIELD, kind=QUALITY_CONTROL, value=value, canonical=canonical)
    return document


def keep_quality_control(foreign: dict[str, Any], raw: Any, control: QualityControl) -> None:
    """Remember quality control as it was written, where we would have written it in another way."""
    keep(foreign, _FIELD, raw, canonical=_encode(control))


def find_unapplied_rules(foreign: Mapping[str, Any]) -> list[WireProblem]:
    """Return a problem for every rule that manyhands cannot apply; its requester would wait in vain for what it promises.

    Args:
        foreign: what `keep_quality_control` left there.
    """
    problems = []
    for place, config in enumerate((foreign.get(_FIELD) or {}).get("configs") or ()):
        kind = config["collector_config"]["type"]
        for position in _places_of_unsupported(config):
            path = f"{_FIELD}.configs.{place}.rules.{position}"
            message = _WHY_NOT.get(
                kind, "manyhands does not know this collector, condition or action; leave the rule out"
            )
            problems.append(WireProblem(path, ProblemCode.VALUE_NOT_ALLOWED, message=message))
    return problems


def _without_skill(training: TrainingRequirement | None) -> TrainingRequirement | None:
    # The API finds the skill of a training by itself.
    return None if training is None else replace(training, skill_id=None)


def _encode(control: QualityControl) -> dict[str, Any] | None:
    document: dict[str, Any] = {}
    if control.rules:
        document["configs"] = _encode_configs(control.rules)
    if control.training is not None:
        document["training_requirement"] = {
            "training_pool_id": control.training.training_pool_id,
            "training_passing_skill_value": to_whole_percent(control.training.passing_skill),
        }
    return document or None


def _encode_configs(rules: Sequence[QualityRule]) -> list[dict[str, Any]]:
    configs: list[dict[str, Any]] = []
    for collector, members in itertools.groupby(rules, key=lambda rule: rule.collector):
        collector_config = encode_collector(collector)
        encoded = [_encode_rule(rule, collector_config["type"]) for rule in members]
        name = json.dumps([len(configs), collector_config, encoded], sort_keys=True)
        config = {**collector_config, "uuid": str(uuid.uuid5(_NAMESPACE, name))}
        configs.append({"collector_config": config, "rules": encoded})
    return configs


def _encode_rule(rule: QualityRule, collector: str) -> dict[str, Any]:
    conditions = [encode_condition(condition, collector) for condition in rule.conditions]
    return {"conditions": conditions, "action": encode_action(rule.action)}


def _read_control(reader: Reader) -> QualityControl:
    return QualityControl(
        rules=tuple(itertools.chain.from_iterable(reader.get("configs", _CONFIGS, ()))),
        training=reader.find("training_requirement", _TRAINING),
    )


def _read_training(reader: Reader) -> TrainingRequirement:
    return TrainingRequirement(
        training_pool_id=PoolId(reader.require("training_pool_id", IDENTIFIER)),
        passing_skill=reader.require("training_passing_skill_value", SHARE),
    )


def _read_config(reader: Reader) -> tuple[QualityRule, ...]:
    kind, collector = reader.require("collector_config", _COLLECTOR)
    rules = reader.require("rules", list_of(_rule_kind(kind, collector)))
    return tuple(rule for rule in rules if rule is not None)


def _read_collector(reader: Reader) -> tuple[str, Collector | None]:
    kind = reader.require("type", TEXT)
    return kind, find_collector(kind, reader.get_object("parameters"))


def _rule_kind(kind: str, collector: Collector | None) -> Kind[QualityRule | None]:
    return object_of(lambda reader: _find_rule(reader, kind, collector), None)


def _find_rule(reader: Reader, kind: str, collector: Collector | None) -> QualityRule | None:
    if collector is None:
        return None
    conditions = reader.require("conditions", list_of(object_of(lambda entry: find_condition(entry, kind), None)))
    action = reader.require("action", _ACTION)
    if action is None or None in conditions:
        return None
    known = tuple(condition for condition in conditions if condition is not None)
    return QualityRule(collector=collector, conditions=known, action=action)


def _read_action(reader: Reader) -> PlatformAction | None:
    kind = reader.require("type", TEXT)
    return find_action(kind, reader.get_object("parameters"))


def _list_unsupported(kept: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the collectors with the rules that manyhands does not apply."""
    unsupported = []
    for config in kept.get("configs") or ():
        rules = [config["rules"][place] for place in _places_of_unsupported(config)]
        if rules:
            unsupported.append({**config, "rules": rules})
    return unsupported


def _places_of_unsupported(config: Mapping[str, Any]) -> list[int]:
    nowhere = Place("", Problems())
    rule_kind = _rule_kind(*_COLLECTOR.read(config["collector_config"], nowhere))
    return [place for place, rule in enumerate(config["rules"]) if rule_kind.read(rule, nowhere) is None]


_TRAINING = object_of(_read_training, TrainingRequirement(training_pool_id=PoolId(""), passing_skill=0.0))
_COLLECTOR: Kind[tuple[str, Collector | None]] = object_of(_read_collector, ("", None))
_NO_RULES: tuple[QualityRule, ...] = ()
_CONFIGS = list_of(object_of(_read_config, _NO_RULES))
_ACTION: Kind[PlatformAction | None] = object_of(_read_action, None)
#: The whole document.
QUALITY_CONTROL = object_of(_read_control, QualityControl())
