"""From a page to the commands that follow from it."""

from datetime import timedelta

from manyhands.crowd import Assignment, AssignmentStatus, Money
from manyhands.quality import (
    Accept,
    Control,
    Decision,
    PageEvaluation,
    PayBonus,
    Reject,
    Restrict,
    SetSkill,
    decide,
)

from .commands import (
    AcceptPage,
    Command,
    GrantSkill,
    PayBonusFor,
    RejectPage,
    ReleaseBonusReserve,
    RestrictFor,
)

__all__ = ["page_commands"]


def page_commands(
    assignment: Assignment,
    control: Control,
    *,
    evaluation: PageEvaluation,
    task_hint: timedelta,
    lang: str,
    is_known: bool,
) -> list[Command]:
    """Return what has to be done about a page that was submitted, in order.

    Args:
        assignment: a submitted, accepted or rejected page.
        control: the rules of the launch.
        evaluation: what its control tasks say.
        task_hint: the expected time for one task.
        lang: the language of comments to the worker.
        is_known: what follows from the answers was decided before, and only what follows from an acceptance is new.
    """
    page_hint = task_hint * len(assignment.tasks)
    decisions = decide(assignment, control, page_hint=page_hint, lang=lang, evaluation=evaluation)
    due = [decision for decision in decisions if _is_due(decision, assignment, is_known=is_known)]
    commands = [_command(decision, assignment) for decision in due]
    has_reserve = assignment.status is AssignmentStatus.ACCEPTED and control.max_bonus > Money()
    if has_reserve and not any(isinstance(decision, PayBonus) for decision in due):
        commands.append(ReleaseBonusReserve(assignment_id=assignment.id))
    return commands


def _is_due(decision: Decision, assignment: Assignment, *, is_known: bool) -> bool:
    match decision:
        case PayBonus():
            # Whether a page is accepted is known when it is; until then somebody else may judge it otherwise.
            return assignment.status is AssignmentStatus.ACCEPTED
        case SetSkill():
            # Skills are set before a page is judged; setting one again later would undo what newer pages made of it.
            return assignment.status is AssignmentStatus.SUBMITTED
        case _:
            return not is_known


def _command(decision: Decision, assignment: Assignment) -> Command:
    match decision:
        case Accept():
            return AcceptPage(assignment_id=assignment.id)
        case Reject():
            return RejectPage(assignment_id=assignment.id, public_comment=decision.public_comment)
        case Restrict():
            return RestrictFor(draft=decision.draft(assignment))
        case SetSkill():
            return GrantSkill(worker_id=assignment.worker_id, skill_id=decision.skill_id, value=decision.value)
        case PayBonus():
            return PayBonusFor(draft=decision.draft(assignment))
