"""From a submitted page and the rules to decisions."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from manyhands.crowd import Assignment, AssignmentStatus, RestrictionScope, SetWorkerSkill
from manyhands.errors import WrongState

from .decisions import Accept, Decision, PayBonus, Reject, Restrict, SetSkill
from .evaluation import PageEvaluation, evaluate_page
from .predicates import PageFacts, holds, is_about_speed
from .rejection_comment import rejection_comment
from .rules import BlockUser, Control, GiveBonusToUser, Rule, SetAssignmentStatus

__all__ = ["decide"]

_JUDGED = (AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED)


class _Placed(NamedTuple):
    place: int
    rule: Rule


def decide(
    assignment: Assignment,
    control: Control,
    *,
    page_hint: timedelta,
    lang: str,
    evaluation: PageEvaluation | None = None,
) -> tuple[Decision, ...]:
    """Return what follows from the rules for one submitted page.

    Speed is judged before the answers: a page that a speed rule rejects is not judged by any other rule. Of several status rules that
    hold the first counts, and a page that none of them names is accepted; on a page without control tasks no rule about accuracy holds.
    The decisions come in an order in which they can be carried out and, after a crash, carried out again: restrictions (for each scope the
    longest of those that hold), skills, then exactly one `Accept` or `Reject`, then, on an accepted page, the largest bonus that holds.
    A page that was judged already yields no `Accept` and no `Reject`.

    Args:
        assignment: a submitted, accepted or rejected page.
        control: the rules.
        page_hint: the expected duration of this page: the sum over its tasks, control tasks included.
        lang: the language of the task, for what the worker is told.
        evaluation: how well the page was answered; None means by its control tasks.

    Raises:
        WrongState: the page has not been submitted.
    """
    duration = assignment.duration
    if assignment.submitted is None or duration is None:
        message = (
            f"assignment {assignment.id} is {assignment.status}; expected a submitted page: decide when it is submitted"
        )
        raise WrongState(message)
    found = evaluation or evaluate_page(assignment)
    facts = PageFacts(accuracy=found.accuracy, duration=duration, page_hint=page_hint)
    holding = [_Placed(place, rule) for place, rule in enumerate(control.rules) if holds(rule.predicate, facts)]
    speed = [placed for placed in holding if is_about_speed(placed.rule.predicate)]
    if is_too_fast := _first_status(speed) is AssignmentStatus.REJECTED:
        holding = speed
    verdict = _first_status(speed) or _first_status(holding) or AssignmentStatus.ACCEPTED
    status = assignment.status if assignment.status in _JUDGED else verdict
    return (
        *_restrictions(holding, assignment, assignment.submitted),
        *_skills(holding, found),
        *([] if assignment.status in _JUDGED else [_status(verdict, found, lang=lang, is_too_fast=is_too_fast)]),
        *(_bonuses(holding, assignment) if status is AssignmentStatus.ACCEPTED else []),
    )


def _first_status(holding: Iterable[_Placed]) -> AssignmentStatus | None:
    statuses = (placed.rule.action.status for placed in holding if isinstance(placed.rule.action, SetAssignmentStatus))
    return next(statuses, None)


def _restrictions(holding: Iterable[_Placed], assignment: Assignment, submitted: datetime) -> list[Restrict]:
    longest: dict[RestrictionScope, Restrict] = {}
    for placed in holding:
        action = placed.rule.action
        if not isinstance(action, BlockUser):
            continue
        restrict = Restrict(
            key=_key(assignment, placed.place),
            scope=action.scope,
            until=None if action.duration is None else submitted + action.duration,
            private_comment=action.private_comment,
        )
        # A platform may keep one restriction per worker and scope, so that a shorter one given later would cut a longer one.
        if action.scope not in longest or _end(longest[action.scope]) < _end(restrict):
            longest[action.scope] = restrict
    return list(longest.values())


def _end(restrict: Restrict) -> datetime:
    return restrict.until or datetime.max.replace(tzinfo=UTC)


def _skills(holding: Iterable[_Placed], evaluation: PageEvaluation) -> list[SetSkill]:
    actions = [placed.rule.action for placed in holding if isinstance(placed.rule.action, SetWorkerSkill)]
    values = [(action.skill_id, evaluation.accuracy if action.value is None else action.value) for action in actions]
    return [SetSkill(skill_id=skill_id, value=value) for skill_id, value in values if value is not None]


def _status(verdict: AssignmentStatus, evaluation: PageEvaluation, *, lang: str, is_too_fast: bool) -> Accept | Reject:
    if verdict is AssignmentStatus.ACCEPTED:
        return Accept()
    comment = rejection_comment(lang, evaluation.wrong_positions, is_too_fast=is_too_fast)
    return Reject(public_comment=comment, wrong_positions=evaluation.wrong_positions)


def _bonuses(holding: Iterable[_Placed], assignment: Assignment) -> list[PayBonus]:
    earned = [
        PayBonus(key=_key(assignment, placed.place), amount=placed.rule.action.amount)
        for placed in holding
        if isinstance(placed.rule.action, GiveBonusToUser)
    ]
    return sorted(earned, key=lambda bonus: bonus.amount, reverse=True)[:1]


def _key(assignment: Assignment, place: int) -> str:
    return f"{assignment.id}/rule-{place}"
