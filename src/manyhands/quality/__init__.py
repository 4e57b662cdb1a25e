"""Quality: submitted pages and rules in, decisions, worker weights, platform rules and wanted overlaps out.

It is pure: it reads no clock, calls no platform and never carries a decision out; the launch does.
"""

from .block_time import BlockTimePicker
from .decisions import Accept, Decision, PayBonus, Reject, Restrict, SetSkill
from .evaluation import PageEvaluation, evaluate_page
from .judgement import decide
from .overlap import DynamicOverlap, Overlap, StaticOverlap, answers_wanted, overlap_wanted, parse_overlap
from .platform_rules import RestrictedBy, launch_control, platform_rules
from .predicates import (
    AlwaysTrue,
    AssignmentAccuracyPredicate,
    AssignmentDurationPredicate,
    BooleanOperator,
    PageFacts,
    Predicate,
    PredicateExpression,
    holds,
)
from .rejection_comment import rejection_comment
from .rule_builder import RuleBuilder
from .rules import Action, BlockUser, Control, GiveBonusToUser, Rule, SetAssignmentStatus
from .worker_record import ControlHistory, WorkerRecord

__all__ = [
    "Accept",
    "Action",
    "AlwaysTrue",
    "AssignmentAccuracyPredicate",
    "AssignmentDurationPredicate",
    "BlockTimePicker",
    "BlockUser",
    "BooleanOperator",
    "Control",
    "ControlHistory",
    "Decision",
    "DynamicOverlap",
    "GiveBonusToUser",
    "Overlap",
    "PageEvaluation",
    "PageFacts",
    "PayBonus",
    "Predicate",
    "PredicateExpression",
    "Reject",
    "Restrict",
    "RestrictedBy",
    "Rule",
    "RuleBuilder",
    "SetAssignmentStatus",
    "SetSkill",
    "StaticOverlap",
    "WorkerRecord",
    "answers_wanted",
    "decide",
    "evaluate_page",
    "holds",
    "launch_control",
    "overlap_wanted",
    "parse_overlap",
    "platform_rules",
    "rejection_comment",
]
