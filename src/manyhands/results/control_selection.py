"""Sure results become the control objects of the next launch."""

from collections.abc import Mapping, Sequence

from manyhands.errors import InvalidData, InvalidInput
from manyhands.task import Class, InputObjects
from manyhands.truth import TIE_MARGIN

from .raw_results import RawPair

__all__ = ["select_control_tasks"]


def select_control_tasks(
    input_objects: Sequence[InputObjects],
    raw_results: Sequence[RawPair],
    min_confidence: float,
    min_overlap: int = 1,
) -> list[tuple[InputObjects, tuple[Class]]]:
    """Return the objects whose label is sure enough to serve as control objects, in input order, each with its label.

    Objects without answers are left out, and so are those whose two most probable labels are tied.

    Args:
        input_objects: the objects that were launched.
        raw_results: what the launch returned, in the same order.
        min_confidence: smallest probability of the label, in [0, 1].
        min_overlap: fewest accepted answers.

    Raises:
        InvalidInput: min_confidence is not in [0, 1].
        InvalidData: the raw results are not as many as the objects.

    Example:
        >>> from manyhands.crowd import WorkerId
        >>> from manyhands.results import RawResult, Vote
        >>> from manyhands.task import Text
        >>> class Animal(Class):
        ...     CAT = "cat"
        ...     DOG = "dog"
        >>> sure = RawResult({Animal.CAT: 0.95, Animal.DOG: 0.05}, [Vote(Animal.CAT, WorkerId("w1"))])
        >>> select_control_tasks([(Text("It meows."),)], [sure], min_confidence=0.9)
        [((Text(text='It meows.'),), (<Animal.CAT: 'cat'>,))]
    """
    if not 0 <= min_confidence <= 1:
        message = f"min_confidence is {min_confidence!r}; expected a probability in [0, 1], such as 0.9."
        raise InvalidInput(message)
    if len(input_objects) != len(raw_results):
        message = f"There are {len(input_objects)} input objects but {len(raw_results)} raw results; pass those of one launch."
        raise InvalidData(message)
    selected = []
    for objects, (probas, votes) in zip(input_objects, raw_results, strict=True):
        label = _find_sure_label(probas or {}, min_confidence)
        if label is not None and len(votes) >= min_overlap:
            selected.append((objects, (label,)))
    return selected


def _find_sure_label(probas: Mapping[Class, float], min_confidence: float) -> Class | None:
    highest = max(probas.values(), default=0.0)
    top = [label for label, proba in probas.items() if proba >= highest - TIE_MARGIN]
    return top[0] if len(top) == 1 and highest >= min_confidence else None
