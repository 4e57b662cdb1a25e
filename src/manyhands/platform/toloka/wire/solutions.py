"""Solutions: of workers, and the right ones."""

from typing import Any

from manyhands.crowd import KnownSolution, Solution

from .kinds import OBJECT, list_of, number, object_of
from .reading import Reader

__all__ = ["KNOWN_SOLUTIONS", "encode_known_solution", "encode_solution"]

_WEIGHT = number(least=0, most=1)


def encode_solution(solution: Solution) -> dict[str, Any]:
    """Return what a worker answered to one task."""
    return {"output_values": dict(solution.output_values)}


def encode_known_solution(solution: KnownSolution) -> dict[str, Any]:
    """Return a right answer to a control or training task."""
    return {"output_values": dict(solution.output_values), "correctness_weight": solution.weight}


def _read_known_solution(reader: Reader) -> KnownSolution:
    return KnownSolution(
        output_values=reader.require("output_values", OBJECT), weight=reader.get("correctness_weight", _WEIGHT, 1.0)
    )


#: The right answers to one task.
KNOWN_SOLUTIONS = list_of(object_of(_read_known_solution, KnownSolution(output_values={})))
