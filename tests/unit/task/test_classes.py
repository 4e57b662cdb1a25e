"""Classes: values, order and what workers read."""

import pickle
from collections.abc import Mapping
from enum import auto

import pytest

from manyhands.errors import InvalidTaskSpec
from manyhands.task import Class, Object


class Animal(Class):
    """Two animals, labelled in two languages, out of alphabetical order."""

    DOG = "dog"
    CAT = "cat"

    @classmethod
    def labels(cls) -> Mapping["Animal", Mapping[str, str]]:
        """Return the labels."""
        return {cls.DOG: {"EN": "Dog", "RU": "Собака"}, cls.CAT: {"EN": "Cat"}}


class Bare(Class):
    """A class that says nothing about its labels."""

    B = "b"
    A = auto()


def test_members_are_objects_and_strings() -> None:
    """A member can stand where an object or its value is expected."""
    assert isinstance(Animal.CAT, Object)
    assert (str(Animal.CAT), {"cat": 1}[Animal.CAT], Animal.CAT < "dog") == ("cat", 1, True)
    assert not Animal.is_media()


def test_members_are_ordered_by_value() -> None:
    """Sorting goes by value, listing by definition."""
    assert sorted(Animal) == [Animal.CAT, Animal.DOG]
    assert Animal.possible_instances() == [Animal.DOG, Animal.CAT]
    assert Animal.possible_values() == ["dog", "cat"]


def test_display_labels_come_in_the_order_of_definition() -> None:
    """What workers read is listed as the class is written."""
    assert Animal.get_display_labels() == [{"EN": "Dog", "RU": "Собака"}, {"EN": "Cat"}]


def test_the_default_label_is_the_value() -> None:
    """Without labels a worker reads the value itself."""
    assert Bare.get_display_labels() == [{"EN": "b"}, {"EN": "a"}]


def test_a_value_that_is_no_string_is_refused_at_definition() -> None:
    """The error comes before anything can use the class, and names the value."""
    with pytest.raises(InvalidTaskSpec, match="Grade has the value 5; expected a string: write '5'"):

        class Grade(Class):
            BEST = 5


def test_a_member_without_label_is_named() -> None:
    """Asking for a label that was forgotten says which one."""

    class Partly(Class):
        X = "x"
        Y = "y"

        @classmethod
        def labels(cls) -> Mapping["Partly", Mapping[str, str]]:
            return {cls.X: {"EN": "Ex"}}

    with pytest.raises(InvalidTaskSpec, match=r"Partly.labels\(\) says nothing about Y"):
        Partly.get_display_labels()


def test_members_survive_pickling() -> None:
    """A member that crosses a process stays the same member."""
    assert pickle.loads(pickle.dumps(Animal.DOG)) is Animal.DOG  # noqa: S301  # our own bytes
