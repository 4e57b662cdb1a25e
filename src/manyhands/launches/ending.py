"""Ending a launch that nobody works on any more."""

from manyhands.crowd import Platform, PoolId
from manyhands.errors import InvalidInput

from .journal import Journal
from .states import LaunchState, StopReason

__all__ = ["end_left_alone"]


def end_left_alone(name: str, *, journal: Journal, platform: Platform) -> None:
    """Close the pool of a launch whose process is gone, and write down that it was stopped; nothing is judged.

    Pages that wait to be judged are judged and paid by whoever goes on with the launch.

    Raises:
        InvalidInput: there is no such launch.
    """
    document = journal.find(name)
    if document is None:
        raise InvalidInput(f"There is no launch {name!r} in the journal.")
    pool_id = document.get("pool_id")
    if pool_id is not None:
        platform.close_pool(PoolId(str(pool_id)))
    now = platform.clock.now().isoformat()
    facts = {"state": LaunchState.STOPPED.value, "reason": StopReason.INTERRUPTED.value, "updated": now}
    journal.append(name, LaunchState.STOPPED.value, facts)
    journal.update(name, {**document, **facts})
    journal.clear_stop(name)
    journal.clear_resume(name)
