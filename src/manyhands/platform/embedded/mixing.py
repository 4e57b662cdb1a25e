"""How a page is put together from what is left for a worker. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from manyhands.crowd import MixerConfig

from .access import Refusal

__all__ = ["Candidates", "find_shortage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The tasks found for a page, each at most as many as the mixer asks for."""

    real: Sequence[int]
    control: Sequence[int]
    training: Sequence[int]

    @property
    def count(self) -> int:
        """How many tasks there are together."""
        return len(self.real) + len(self.control) + len(self.training)


def find_shortage(mixer: MixerConfig, candidates: Candidates, *, is_delay_over: bool) -> Refusal | None:
    """Return why no page can be made of the candidates, or None.

    A page with fewer real tasks than `min_real_count` is the last one of its worker, and is made only when the mixer says so and
    `last_page_delay` is over. Control and training tasks have to be complete, on the last page too.

    Example:
        >>> few = Candidates(real=(1,), control=(), training=())
        >>> find_shortage(MixerConfig(real_count=3), few, is_delay_over=True) is None
        True
        >>> find_shortage(MixerConfig(real_count=3, is_last_page_forced=False), few, is_delay_over=True).reason
        'exhausted'
    """
    if _is_short_of_real(mixer, len(candidates.real), is_delay_over=is_delay_over):
        return Refusal(reason="exhausted", message="no more tasks for this worker now")
    if len(candidates.control) < _at_least(mixer.min_control_count, mixer.control_count):
        return Refusal(reason="control_exhausted", message="this worker has answered every control task")
    if len(candidates.training) < _at_least(mixer.min_training_count, mixer.training_count) or candidates.count == 0:
        return Refusal(reason="exhausted", message="no more tasks for this worker now")
    return None


def _is_short_of_real(mixer: MixerConfig, found_count: int, *, is_delay_over: bool) -> bool:
    if mixer.real_count == 0 or found_count >= max(1, _at_least(mixer.min_real_count, mixer.real_count)):
        return False
    return found_count == 0 or not (mixer.is_last_page_forced and is_delay_over)


def _at_least(minimum: int | None, count: int) -> int:
    return count if minimum is None else min(minimum, count)
