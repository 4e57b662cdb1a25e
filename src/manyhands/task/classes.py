"""Classes: the fixed sets of labels that a worker chooses from."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Self, cast

from manyhands.errors import InvalidTaskSpec

from .localization import FALLBACK_LANG, LocalizedString, as_localized
from .objects import Object


class Class(Object, StrEnum):
    """A fixed set of labels, written as an enum of strings; its members are objects.

    Override `labels` to say what a worker reads; otherwise that is the value itself.

    >>> class Entailment(Class):
    ...     YES = "yes"
    ...     NO = "no"
    ...
    ...     @classmethod
    ...     def labels(cls):
    ...         return {cls.YES: {"EN": "It follows", "DE": "Es folgt"}, cls.NO: {"EN": "It does not", "DE": "Es folgt nicht"}}
    >>> Entailment.YES.get_label()["DE"], Entailment.possible_values()
    ('Es folgt', ['yes', 'no'])

    Raises:
        InvalidTaskSpec: a value is not a string (when the class is defined).
    """

    def __new__(cls, value: str) -> Self:
        """Refuse a value that is not a string, before the class exists."""
        if not isinstance(value, str):
            msg = f"{cls.__name__} has the value {value!r}; expected a string: write {str(value)!r}."
            raise InvalidTaskSpec(msg)
        member = str.__new__(cls, value)
        member._value_ = value
        return member

    @classmethod
    def labels(cls) -> Mapping[Self, Mapping[str, str]]:
        """Return what a worker reads for each member, by language; to be overridden."""
        return {member: {FALLBACK_LANG: member.value} for member in cls}

    @classmethod
    def possible_instances(cls) -> list[Self]:
        """Return all members, in the order of their definition."""
        return list(cls)

    @classmethod
    def possible_values(cls) -> list[str]:
        """Return the values of all members, in the order of their definition."""
        return [member.value for member in cls]

    @classmethod
    def get_display_labels(cls) -> list[LocalizedString]:
        """Return what a worker reads for each member, in the order of their definition.

        Raises:
            InvalidTaskSpec: `labels` leaves a member out.
        """
        return [member.get_label() for member in cls]

    def get_label(self) -> LocalizedString:
        """Return what a worker reads for this member.

        Raises:
            InvalidTaskSpec: `labels` leaves this member out.
        """
        labels = type(self).labels()
        if self not in labels:
            msg = f"{type(self).__name__}.labels() says nothing about {self.name}; add it."
            raise InvalidTaskSpec(msg)
        return as_localized(labels[self])


#: The call by which an enum makes another one, which no annotation of it tells.
_make = cast("Callable[[str, Mapping[str, str]], type[Class]]", Class)


def make_class(values: Sequence[str]) -> type[Class]:
    """Return a class whose labels have these values, in this order, for whoever has answers but not the class that they were given to.

    >>> [label.value for label in make_class(["yes", "no"])]
    ['yes', 'no']
    """
    return _make("Label", {f"LABEL_{number}": value for number, value in enumerate(values)})
