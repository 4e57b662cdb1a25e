"""What a launch knows about every object: its probabilities and the votes behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import NamedTuple, overload

from manyhands.crowd import WorkerId
from manyhands.errors import InvalidData
from manyhands.task import Class

__all__ = ["RawPair", "RawResult", "RawResults", "Vote"]


class Vote(NamedTuple):
    """The label that one worker gave; `worker` is None where nobody stands behind it, such as a label given beforehand."""

    label: Class
    worker: WorkerId | None


class RawResult(NamedTuple):
    """What is known about one object.

    `probas` is the probability of each label, None when nothing is known; a label that is left out has probability 0.
    `votes` are the accepted answers, in the order in which they arrived.
    """

    probas: Mapping[Class, float] | None
    votes: list[Vote]


#: A raw result or any plain pair that reads like one.
RawPair = tuple[Mapping[Class, float] | None, Sequence[tuple[Class, WorkerId | None]]]


@dataclass(frozen=True, slots=True)
class RawResults(Sequence[RawResult]):
    """The raw result of every input object, in their order; a slice is a plain list.

    Attributes:
        results: one raw result per input object.
        unfinished: positions of the objects that still want answers, ascending; empty when the launch is finished.
        launch_name: the launch that the results come from.
        resume_hint: how to go on when there is something unfinished, in words.

    Raises:
        InvalidData: a position in `unfinished` is not one of an input object.

    Example:
        >>> class Animal(Class):
        ...     CAT = "cat"
        ...     DOG = "dog"
        >>> cat = RawResult({Animal.CAT: 1.0}, [Vote(Animal.CAT, WorkerId("w1"))])
        >>> raw_results = RawResults([cat, RawResult(None, [])], unfinished=[1])
        >>> probas, votes = raw_results[0]
        >>> votes[0].worker, raw_results.is_finished
        ('w1', False)
    """

    results: Sequence[RawResult] = ()
    _: KW_ONLY
    unfinished: Sequence[int] = ()
    launch_name: str = ""
    resume_hint: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "results", tuple(self.results))
        object.__setattr__(self, "unfinished", tuple(sorted(set(self.unfinished))))
        strangers = [position for position in self.unfinished if not 0 <= position < len(self.results)]
        if strangers:
            message = f"There are {len(self.results)} raw results, but positions {strangers} are said to be unfinished."
            raise InvalidData(message)

    @property
    def is_finished(self) -> bool:
        """Whether every object has the answers that were wanted."""
        return not self.unfinished

    def __len__(self) -> int:
        return len(self.results)

    @overload
    def __getitem__(self, position: int) -> RawResult: ...
    @overload
    def __getitem__(self, position: slice) -> list[RawResult]: ...
    def __getitem__(self, position: int | slice) -> RawResult | list[RawResult]:
        if isinstance(position, slice):
            return list(self.results[position])
        return self.results[position]
