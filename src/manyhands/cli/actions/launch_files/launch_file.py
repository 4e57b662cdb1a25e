"""What a launch file describes, whatever it is written in."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from manyhands.connect import Place
from manyhands.crowd import Money
from manyhands.errors import InvalidInput
from manyhands.launches import Params, SharedBudget
from manyhands.task import ControlObject, InputObjects, PreparedTaskSpec

__all__ = ["LaunchFile", "Reading"]

#: Called with a file that is about to be read; shows it while the context lasts.
Reading = Callable[[Path], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LaunchFile:
    """A launch as its file describes it.

    Attributes:
        path: the file, absolute.
        name: the name of the launch, or of the whole when there are baskets.
        task_spec: what workers see and may answer.
        params: what was chosen.
        input_objects: what is to be labeled; empty when there are baskets.
        baskets: name → input objects; None when there is only one part.
        control_objects: input objects with their known solution.
        platform: where workers answer; None leaves it to the command line.
        budget: the ceiling of spending; None means no ceiling.
        output: the folder for results; None leaves it to the command line.
        truth: the right solutions of input objects, for rehearsals; None when they are not known.
    """

    path: Path
    name: str
    task_spec: PreparedTaskSpec
    params: Params
    input_objects: Sequence[InputObjects] = ()
    baskets: Mapping[str, Sequence[InputObjects]] | None = None
    control_objects: Sequence[ControlObject]
    platform: Place | None = None
    budget: Money | SharedBudget | None = None
    output: Path | None = None
    truth: Sequence[ControlObject] | None = None

    @property
    def parts(self) -> dict[str, Sequence[InputObjects]]:
        """The input objects by the full name of their launch."""
        if self.baskets is None:
            return {self.name: self.input_objects}
        return {f"{self.name}/{basket}": objects for basket, objects in self.baskets.items()}

    @property
    def shared_budget(self) -> SharedBudget | Money | None:
        """The ceiling of spending; baskets share one under the key that `launch_baskets` gives it."""
        if self.baskets is None or not isinstance(self.budget, Money):
            return self.budget
        return SharedBudget(key=f"baskets:{self.name}", ceiling=self.budget)

    def only(self, names: Collection[str]) -> "LaunchFile":
        """Return the same with those of its baskets whose launches have these full names.

        Raises:
            InvalidInput: the file describes no launch of one of the names.
        """
        if missing := sorted(set(names) - self.parts.keys()):
            msg = f"{self.path} does not describe {', '.join(missing)}; it describes {', '.join(self.parts)}."
            raise InvalidInput(msg)
        if self.baskets is None:
            return self
        kept = {basket: objects for basket, objects in self.baskets.items() if f"{self.name}/{basket}" in names}
        return replace(self, baskets=kept)
