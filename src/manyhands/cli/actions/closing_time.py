"""The end of a simulated day: nobody is left to answer."""

from datetime import timedelta
from threading import Event

from manyhands.simulation import SimulatedCrowd, VirtualClock

__all__ = ["stop_when_deserted"]

#: Virtual time between two looks: short against the patience of a worker, long against a page.
_LOOK_EVERY = timedelta(minutes=5)


def stop_when_deserted(crowd: SimulatedCrowd, clock: VirtualClock, interrupted: Event) -> None:
    """Set the event when the last simulated worker has left, so that launches which nobody will finish do not wait for ever.

    Args:
        crowd: whose workers are counted.
        clock: what the looks are scheduled on.
        interrupted: what stops the launches.
    """

    def look() -> None:
        if crowd.present_count == 0:
            interrupted.set()
        else:
            clock.call_in(_LOOK_EVERY, look)

    clock.call_in(_LOOK_EVERY, look)
