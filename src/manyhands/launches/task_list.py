"""The tasks of one launch in order, with everything about them that is asked more than once."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from manyhands.crowd import INFINITE_OVERLAP, KnownSolution, TaskDraft
from manyhands.task import ControlObject, InputObjects, TaskMapping, as_solution

__all__ = ["TaskList", "digest", "digest_controls"]

_CONTROL_KEY_PREFIX = "control-"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskList:
    """Control tasks first, each for every worker, then one task per input object; made by `of`.

    Keys are computed once, because checking and hashing an object costs more than everything else that is done to prepare it. The drafts
    of real tasks are made when they are published, because nobody needs them before or after.

    Attributes:
        mapping: turns objects into field values.
        input_objects: what is to be labeled.
        control_objects: input objects with their known solution.
        keys: the key of the task of each input object, in order.
        control_drafts: the control tasks, in order.
    """

    mapping: TaskMapping
    input_objects: tuple[InputObjects, ...]
    control_objects: tuple[ControlObject, ...]
    keys: tuple[str, ...]
    control_drafts: tuple[TaskDraft, ...]

    @classmethod
    def of(
        cls, mapping: TaskMapping, input_objects: Iterable[InputObjects], control_objects: Iterable[ControlObject]
    ) -> Self:
        """Return the tasks of these objects.

        Raises:
            InvalidData: objects do not fit the function.
        """
        inputs, controls = tuple(input_objects), tuple(control_objects)
        return cls(
            mapping=mapping,
            input_objects=inputs,
            control_objects=controls,
            keys=tuple(map(mapping.task_key, inputs)),
            control_drafts=tuple(_control_draft(mapping, control) for control in controls),
        )

    def drafts(self, start: int, stop: int, *, overlap: int) -> list[TaskDraft]:
        """Return the tasks of these numbers; real ones with this overlap."""
        control_count = len(self.control_drafts)
        places = range(max(0, start - control_count), max(0, min(stop - control_count, len(self.input_objects))))
        real = [
            TaskDraft(
                key=self.keys[place], input_values=self.mapping.input_values(self.input_objects[place]), overlap=overlap
            )
            for place in places
        ]
        return [*self.control_drafts[start:stop], *real]

    def describe(self) -> dict[str, Any]:
        """Return the identity of the data as plain JSON values: hashes in which the order does not matter, and counts."""
        return {
            "inputs": digest(self.keys),
            "input_count": len(self.input_objects),
            "controls": digest_controls(self.control_drafts),
            "control_count": len(self.control_drafts),
        }


def digest(texts: Iterable[str]) -> str:
    """Return a hash of the texts in which their order does not matter."""
    return hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()


def digest_controls(drafts: Iterable[TaskDraft]) -> str:
    """Return a hash of control tasks and their solutions in which their order does not matter."""
    return digest(draft.key + repr(draft.known_solutions) for draft in drafts)


def _control_draft(mapping: TaskMapping, control: ControlObject) -> TaskDraft:
    inputs, solution = control
    known = KnownSolution(output_values=mapping.output_values(as_solution(solution)))
    return TaskDraft(
        key=_CONTROL_KEY_PREFIX + mapping.task_key(inputs),
        input_values=mapping.input_values(inputs),
        known_solutions=(known,),
        overlap=INFINITE_OVERLAP,
    )
