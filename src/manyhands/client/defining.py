"""Defining tasks: bringing a task spec to a platform, and up to date there."""

import logging

from rich.console import Console

from manyhands.connect import Place, connect_to
from manyhands.crowd import (
    FilterCategory,
    FilterCondition,
    FilterOperator,
    MessageDraft,
    Platform,
    Recipients,
    RecipientsSelectType,
)
from manyhands.errors import Declined, InvalidInput, NoRecipients, PlatformError
from manyhands.launches.display import ask_message_to_workers, confirm_update
from manyhands.projects import (
    DefinitionOutcome,
    SpecDifference,
    TaskDefinition,
    define,
    find_standing,
    project_config,
    refuse_other_fields,
)
from manyhands.task import LibraryText, PreparedTaskSpec, library_text

from .call_checks import refuse_other_spec

__all__ = ["DefinitionOutcome", "SpecDifference", "TaskDefinition", "define_task"]

_log = logging.getLogger(__name__)


def define_task(task_spec: PreparedTaskSpec, platform: Place, *, interactive: bool = False) -> TaskDefinition:
    """Bring a task to a platform, or up to date where its texts or its view have changed, and return what that came to.

    The project on the platform is found by the id and the language of the spec. Its pools show the new texts from then on; rules and whatever else
    is no part of a task spec stay as they are. A launch makes the project by itself when there is none, but never changes one.

    Args:
        task_spec: what workers see and may answer, in one language.
        platform: as in `launch`.
        interactive: show what differs and ask before an update; afterwards ask whether to write to those of the requester's workers who speak the
            language. Otherwise nothing is asked, printed or sent.

    Raises:
        ProjectDiffers: the project has other fields, which its tasks and answers would no longer fit; nothing was changed.
        Declined: the requester said no, or pressed Ctrl-C when asked; nothing was changed.
    """
    refuse_other_spec(task_spec)
    there = connect_to(platform).platform
    standing = find_standing(there, project_config(task_spec))
    refuse_other_fields(standing)
    if interactive and standing.is_outdated:
        _confirm(task_spec.key, standing.difference)
    definition = define(there, standing)
    if definition.outcome is DefinitionOutcome.UPDATED:
        _log.info("project %s is updated: %s", definition.project.id, definition.difference)
        if interactive:
            _offer_message(there, task_spec)
    return definition


def _confirm(key: str, difference: SpecDifference) -> None:
    try:
        is_agreed = confirm_update(key, difference)
    except KeyboardInterrupt as interrupt:
        raise Declined from interrupt
    if not is_agreed:
        raise Declined("The requester declined; the project on the platform stays as it is.")


def _offer_message(platform: Platform, task_spec: PreparedTaskSpec) -> None:
    """Write to the workers, if the requester wants to; whatever becomes of that, the task is updated."""
    console = Console()
    try:
        text = ask_message_to_workers(task_spec.lang, console=console)
    except KeyboardInterrupt:
        text = None
    if text is not None:
        # What a platform says may have brackets in it, which are no markup.
        console.print(_write(platform, task_spec, text), markup=False)


def _write(platform: Platform, task_spec: PreparedTaskSpec, text: str) -> str:
    topic = f"{library_text(LibraryText.TASK_CHANGED, task_spec.lang)}: {task_spec.name}"
    speakers = FilterCondition(
        category=FilterCategory.PROFILE, key="languages", operator=FilterOperator.IN, value=task_spec.lang
    )
    draft = MessageDraft(
        topic={task_spec.lang: topic},
        text={task_spec.lang: text},
        is_answerable=True,
        recipients=Recipients(select=RecipientsSelectType.FILTER, filter=speakers),
    )
    try:
        platform.send_message(draft)
    except NoRecipients:
        return f"Nobody who knows you speaks {task_spec.lang}, so nobody is told."
    except (InvalidInput, PlatformError) as error:
        return f"Nobody is told: {error}"
    return "They are told."
