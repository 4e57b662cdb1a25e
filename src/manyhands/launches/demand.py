"""How many more answers each object wants, and what was asked of the platform so far."""

from collections.abc import Iterable
from typing import Protocol

from manyhands.quality import Overlap, answers_wanted

__all__ = ["Demand", "TopLabels"]

#: An overlap that no object can have.
_UNKNOWN = -1


class TopLabels(Protocol):
    """What is believed of every object; `Belief` has it."""

    def top(self, position: int) -> tuple[str | None, float]:
        """Return the most probable label's value and its probability; None and 0 without answers."""
        ...


class Demand:
    """Keeps, per object, how many answers are in, out and asked for, and says which overlaps have to change.

    Overlap asked for = rejected + accepted + wanted, where answers that are still out count towards the wanted ones, so that no more is ever
    issued than can be used.

    Args:
        overlap: the rule that says how many answers are wanted.
        object_count: number of objects; each starts with the smallest overlap asked for.
        attempt_limit: answers, rejected ones included, after which an object is given up.
        page_size: real tasks on a full page.

    Attributes:
        accepted: accepted answers per object.
        rejected: rejected answers per object.
        pending: answers per object that are in work or in review.
        asked: the overlap per object that the platform was asked for; -1 where that is not known.
    """

    def __init__(self, overlap: Overlap, object_count: int, *, attempt_limit: int, page_size: int) -> None:
        self._overlap = overlap
        self._attempt_limit = attempt_limit
        self._page_size = page_size
        first = overlap.min_overlap
        self.accepted = [0] * object_count
        self.rejected = [0] * object_count
        self.pending = [0] * object_count
        self._wanted = [first] * object_count
        self.asked = [first] * object_count
        self._changed: set[int] = set()
        self._open_slot_count = first * object_count
        self._unsatisfied_count = object_count

    @property
    def open_slot_count(self) -> int:
        """Answers asked for that nobody has in hand yet."""
        return self._open_slot_count

    @property
    def satisfied_count(self) -> int:
        """Objects that want no more answers."""
        return len(self._wanted) - self._unsatisfied_count

    @property
    def answers_wanted_count(self) -> int:
        """Answers still wanted, those that are out included."""
        return sum(self._wanted)

    def is_given_up(self, position: int) -> bool:
        """Return whether the object has used up its attempts and still wants answers."""
        return self._wanted[position] > 0 and self._attempts(position) >= self._attempt_limit

    def is_satisfied(self, position: int) -> bool:
        """Return whether the object wants no more answers."""
        return self._wanted[position] == 0

    def unsatisfied(self) -> list[int]:
        """Return the positions of the objects that want more answers, given up or not."""
        return [position for position, wanted in enumerate(self._wanted) if wanted]

    def on_taken(self, positions: Iterable[int]) -> None:
        """Hear that a page with these objects was issued."""
        for position in positions:
            self._count(position, pending=1)

    def on_returned(self, positions: Iterable[int]) -> None:
        """Hear that a page with these objects was skipped or expired."""
        for position in positions:
            self._count(position, pending=-1)

    def on_accepted(self, positions: Iterable[int], *, was_rejected: bool = False) -> None:
        """Hear that a page with these objects was accepted, perhaps after a rejection."""
        for position in positions:
            self._count(position, accepted=1, **({"rejected": -1} if was_rejected else {"pending": -1}))

    def on_rejected(self, positions: Iterable[int]) -> None:
        """Hear that a page with these objects was rejected."""
        for position in positions:
            self._count(position, pending=-1, rejected=1)

    def review(self, positions: Iterable[int], belief: TopLabels) -> None:
        """Decide anew how many answers these objects want."""
        for position in positions:
            label, confidence = belief.top(position)
            wanted = answers_wanted(self._overlap, self.accepted[position], label=label, confidence=confidence)
            self._unsatisfied_count += (wanted > 0) - (self._wanted[position] > 0)
            self._wanted[position] = wanted
            self._note(position)

    def due_changes(self, *, is_idle: bool) -> dict[int, int]:
        """Return the overlaps to ask for now, by object, and remember them as asked.

        Raises are held back until they fill a page, can join answers that are still to be issued, or nothing else is going on (`is_idle`):
        a page costs the same when it is half empty. Lowered overlaps go out at once.
        """
        targets = {position: self._target(position) for position in self._changed}
        raised = {position for position, target in targets.items() if target > self.asked[position]}
        if not (is_idle or self._open_slot_count > 0 or len(raised) >= self._page_size):
            targets = {position: target for position, target in targets.items() if position not in raised}
        for position, target in targets.items():
            self._ask(position, target)
        return targets

    def issued(self) -> list[int]:
        """Return the positions of the objects that were ever handed out and not given back."""
        return [position for position in range(len(self.asked)) if self._attempts(position) + self.pending[position]]

    def doubt_asked(self, positions: Iterable[int]) -> None:
        """Forget what was asked of the platform for these objects, so that it is asked again."""
        for position in positions:
            self._ask(position, _UNKNOWN)
            self._note(position)

    def _attempts(self, position: int) -> int:
        return self.accepted[position] + self.rejected[position]

    def _target(self, position: int) -> int:
        attempts = self._attempts(position)
        limited = min(attempts + self._wanted[position], max(self._attempt_limit, attempts))
        # What is out cannot be called back.
        return max(limited, attempts + self.pending[position])

    def _note(self, position: int) -> None:
        if self._target(position) == self.asked[position]:
            self._changed.discard(position)
        else:
            self._changed.add(position)

    def _ask(self, position: int, overlap: int) -> None:
        before = self._slots(position)
        self.asked[position] = overlap
        self._open_slot_count += self._slots(position) - before
        self._changed.discard(position)

    def _slots(self, position: int) -> int:
        return max(0, self.asked[position] - self._attempts(position) - self.pending[position])

    def _count(self, position: int, *, pending: int = 0, accepted: int = 0, rejected: int = 0) -> None:
        before = self._slots(position)
        self.pending[position] += pending
        self.accepted[position] += accepted
        self.rejected[position] += rejected
        self._open_slot_count += self._slots(position) - before
        self._note(position)
