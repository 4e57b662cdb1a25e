"""How answers are read: as which labels, and by which aggregation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from manyhands.crowd import Values
from manyhands.errors import InvalidParams
from manyhands.launches import AggregationAlgorithm, Params, read_params

__all__ = ["Scheme", "scheme_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """How the answers of one launch are read.

    Attributes:
        algorithm: how answers become labels and probabilities.
        labels: the labels in the order of their class; empty means those that occur, in order of their text.
        label_field: the output field that holds the label; None means that all fields together are the label.
        params: what was chosen for the launch; None where nobody wrote it down.
    """

    algorithm: AggregationAlgorithm = AggregationAlgorithm.DAWID_SKENE
    labels: tuple[str, ...] = ()
    label_field: str | None = None
    params: Params | None = None

    def label_of(self, values: Values) -> str | None:
        """Return the label of an answer; None when there is none.

        >>> Scheme().label_of({"choice": "cat"}), Scheme(label_field="choice", labels=("cat",)).label_of({"choice": "dog"})
        ('cat', None)
        """
        if self.label_field is None:
            return _text(values)
        label = values.get(self.label_field)
        return label if isinstance(label, str) and label in self.labels else None


def scheme_of(document: Mapping[str, Any] | None) -> Scheme:
    """Return how the answers of a launch are read, by what the journal says of it; None is a pool that nobody launched."""
    if document is None:
        return Scheme()
    algorithm = document.get("params", {}).get("aggregation_algorithm")
    known = algorithm if algorithm in list(AggregationAlgorithm) else AggregationAlgorithm.DAWID_SKENE
    return Scheme(
        algorithm=AggregationAlgorithm(known),
        labels=tuple(map(str, document.get("labels") or ())),
        label_field=document.get("label_field") if document.get("labels") else None,
        params=_params(document),
    )


def _params(document: Mapping[str, Any]) -> Params | None:
    try:
        return read_params(document.get("params_record"))
    except InvalidParams:
        return None


def _text(values: Values) -> str:
    if len(values) == 1:
        (value,) = values.values()
        if isinstance(value, str):
            return value
    return msgspec.json.encode(values, order="deterministic").decode()
