"""Whether an answer is right. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping

from manyhands.crowd import KnownSolution, Values
from manyhands.task import FieldSpec

from .documents import write_json

__all__ = ["find_majority", "rate_answer", "sign_answer"]


def rate_answer(answer: Values, known_solutions: Iterable[KnownSolution]) -> float:
    """Return how right the answer is, in [0, 1]: the largest weight of a known solution whose fields it equals, else 0.

    Example:
        >>> rate_answer({"label": "cat", "note": "?"}, [KnownSolution(output_values={"label": "cat"})])
        1.0
    """
    return max((known.weight for known in known_solutions if _fits(answer, known.output_values)), default=0.0)


def sign_answer(answer: Values, specs: Mapping[str, FieldSpec]) -> str:
    """Return a text that is equal for answers with equal required fields (or all fields, when none is required)."""
    required = [name for name, spec in specs.items() if spec.required] or list(specs)
    return write_json([answer.get(name) for name in required])


def find_majority(signatures: Iterable[str], *, at_least: int = 1) -> str | None:
    """Return the signature given most often, or None when two are given equally often, or none is given so often.

    Example:
        >>> find_majority(["a", "b", "a"])
        'a'
        >>> find_majority(["a", "b"]) is None
        True
        >>> find_majority(["a", "b", "a"], at_least=3) is None
        True
    """
    ranked = Counter(signatures).most_common(2)
    is_tie = len(ranked) == 2 and ranked[0][1] == ranked[1][1]
    if not ranked or is_tie or ranked[0][1] < at_least:
        return None
    return ranked[0][0]


def _fits(answer: Values, known: Values) -> bool:
    return all(name in answer and answer[name] == value for name, value in known.items())
