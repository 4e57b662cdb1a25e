"""What only the platform can tell to be wrong with launches, before they publish anything."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from manyhands.crowd import Platform
from manyhands.errors import InvalidInput
from manyhands.planning import Advice, AdviceLevel
from manyhands.projects import Standing, find_requirement, find_standing, refuse_if_outdated

from .journal import Journal
from .preflight import Preflight

__all__ = ["check_on_platform"]


def check_on_platform(preflights: Sequence[Preflight], platform: Platform, journal: Journal) -> list[Preflight]:
    """Return the launches of one call, ready for this platform; it is asked once for all of them, and nothing is changed.

    A launch that has begun goes on in the pool that it has: a project that is another one by now is advice for it, and its training is the one
    that its pool asks for.

    Args:
        preflights: launches of one task spec with the same params.
        platform: where they are going to be.
        journal: tells which of them have begun.

    Raises:
        ProjectDiffers: the project on the platform is another one than the task spec makes.
        InvalidInput: the params ask for a training, and none is open.
    """
    if not preflights:
        return []
    standing = find_standing(platform, preflights[0].plan.project_config())
    begun = {preflight.plan.name for preflight in preflights if _has_begun(journal, preflight.plan.name)}
    fresh = [preflight for preflight in preflights if preflight.plan.name not in begun]
    ready = {preflight.plan.name: preflight for preflight in _make_ready(fresh, platform, standing)}
    return [ready.get(preflight.plan.name) or _with_advice(preflight, standing) for preflight in preflights]


def _has_begun(journal: Journal, name: str) -> bool:
    return "pool_id" in (journal.find(name) or {})


def _make_ready(fresh: Sequence[Preflight], platform: Platform, standing: Standing) -> Iterable[Preflight]:
    if not fresh:
        return []
    refuse_if_outdated(standing)
    params = fresh[0].plan.params
    if params.passing_skill is None:
        return fresh
    try:
        training = find_requirement(
            platform, standing.project, passing_skill=params.passing_skill, training_id=params.training
        )
    except InvalidInput as error:
        msg = f"The launch {fresh[0].plan.name} cannot start; nothing was published or paid. What is wrong:"
        raise InvalidInput(msg, [str(error)]) from error
    return [replace(preflight, plan=preflight.plan.after(training)) for preflight in fresh]


def _with_advice(preflight: Preflight, standing: Standing) -> Preflight:
    if not standing.is_outdated:
        return preflight
    text = f"The project on the platform has changed since the launch began, which goes on in it as it is now: {standing.difference}"
    return replace(preflight, advice=(*preflight.advice, Advice(level=AdviceLevel.WARNING, text=text)))
