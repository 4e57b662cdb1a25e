"""Conditional labels: which labels a worker may choose depends on another argument of the task."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass

from manyhands.errors import InvalidTaskSpec

from .classes import Class


@dataclass(frozen=True, slots=True)
class ConditionEquals:
    """Holds when the argument named `what` has the value `to`: a class member or its value."""

    what: str
    to: str

    def holds(self, values: Mapping[str, object]) -> bool:
        """Return whether the condition holds for these field values."""
        return values.get(self.what) == self.to


@dataclass(frozen=True, slots=True)
class AvailableLabels:
    """The labels that a worker may choose from, in the order in which they are shown."""

    labels: Sequence[Class]

    def __post_init__(self) -> None:
        object.__setattr__(self, "labels", tuple(self.labels))


@dataclass(frozen=True, slots=True)
class If:
    """If `condition` holds then `then`, otherwise `else_`; None offers nothing.

    >>> class Topic(Class):
    ...     FOOD = "food"
    ...     TRAVEL = "travel"
    >>> class Aspect(Class):
    ...     TASTE = "taste"
    ...     PRICE = "price"
    ...     ROUTE = "route"
    >>> labels = If(ConditionEquals("topic", Topic.FOOD), AvailableLabels([Aspect.TASTE, Aspect.PRICE]))
    >>> [label.value for label in labels.choose({"topic": "food"})]
    ['taste', 'price']
    >>> labels.choose({"topic": "travel"})
    ()
    """

    condition: ConditionEquals
    then: "AvailableLabels | If"
    _: KW_ONLY
    else_: "AvailableLabels | If | None" = None

    def choose(self, values: Mapping[str, object]) -> tuple[Class, ...]:
        """Return the labels that are offered for these field values, none if no branch matches."""
        branch = self.then if self.condition.holds(values) else self.else_
        if isinstance(branch, If):
            return branch.choose(values)
        return () if branch is None else tuple(branch.labels)

    def conditions(self) -> list[ConditionEquals]:
        """Return every condition in the tree, in the order of writing."""
        return [
            self.condition,
            *(c for branch in self._branches() if isinstance(branch, If) for c in branch.conditions()),
        ]

    def all_labels(self) -> list[Class]:
        """Return every label in the tree, in the order of writing, repeated as often as written."""
        return [
            label
            for branch in self._branches()
            for label in (branch.all_labels() if isinstance(branch, If) else branch.labels)
        ]

    def _branches(self) -> "list[AvailableLabels | If]":
        return [branch for branch in (self.then, self.else_) if branch is not None]


def create_available_labels_if(name: str, labels: Iterable[tuple[str, Sequence[Class]]]) -> If:
    """Return a chain of conditions: which labels to offer for each value of the argument `name`.

    Args:
        name: the argument that decides; it must be declared before the one that has the conditional labels.
        labels: (value, labels to offer) pairs; a value is a class member or its string.

    Raises:
        InvalidTaskSpec: `labels` is empty.
    """
    chain: If | None = None
    for value, offered in reversed(list(labels)):
        chain = If(ConditionEquals(name, value), AvailableLabels(offered), else_=chain)
    if chain is None:
        msg = f"The labels that depend on {name!r} are empty; give at least one (value, labels) pair."
        raise InvalidTaskSpec(msg)
    return chain
