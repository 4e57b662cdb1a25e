"""Task specs and their form in one language."""

import json
import pickle
from collections.abc import Mapping
from dataclasses import replace

import pytest

from manyhands.errors import InvalidTaskSpec
from manyhands.task import (
    Class,
    ClassificationFunction,
    ClassMeta,
    LocalizedString,
    ObjectMeta,
    PreparedTaskSpec,
    TaskSpec,
    Text,
    Title,
)


class Answer(Class):
    """Two answers in two languages."""

    YES = "yes"
    NO = "no"

    @classmethod
    def labels(cls) -> Mapping["Answer", Mapping[str, str]]:
        """Return the labels."""
        return {cls.YES: {"EN": "Yes", "RU": "Да"}, cls.NO: {"EN": "No", "RU": "Нет"}}


class Renamed(Class):
    """The same labels under other Python names."""

    Y = "yes"
    N = "no"

    @classmethod
    def labels(cls) -> Mapping["Renamed", Mapping[str, str]]:
        """Return the labels."""
        return {cls.Y: {"EN": "Yes", "RU": "Да"}, cls.N: {"EN": "No", "RU": "Нет"}}


class Reworded(Class):
    """The same values with other wording."""

    YES = "yes"
    NO = "no"

    @classmethod
    def labels(cls) -> Mapping["Reworded", Mapping[str, str]]:
        """Return the labels."""
        return {cls.YES: {"EN": "True"}, cls.NO: {"EN": "False"}}


class Alike(Class):
    """Two labels that read the same in Russian."""

    CAT = "cat"
    KITTEN = "kitten"

    @classmethod
    def labels(cls) -> Mapping["Alike", Mapping[str, str]]:
        """Return the labels."""
        return {cls.CAT: {"EN": "Cat", "RU": "Кошка"}, cls.KITTEN: {"EN": "Kitten", "RU": "Кошка"}}


SPEC = TaskSpec(
    id="entailment",
    function=ClassificationFunction((Text, Text), Answer),
    name={"EN": "Does it follow?", "RU": "Следует ли?"},
    description={"EN": "Compare two sentences."},
    instruction={"EN": "Use only the first sentence."},
)


def test_plain_dicts_become_localized_texts() -> None:
    """A requester writes dicts and reads localized strings."""
    assert isinstance(SPEC.name, LocalizedString)
    assert SPEC.name == {"EN": "Does it follow?", "RU": "Следует ли?"}


def test_wrong_parts_of_a_spec_come_in_one_error() -> None:
    """Id, function and texts are all checked before the error is raised."""
    function: object = Answer
    with pytest.raises(InvalidTaskSpec) as caught:
        TaskSpec(
            id="Has Spaces",
            function=function,  # type: ignore[arg-type]  # the mistake under test
            name={"RU": "имя"},
            description={},
            instruction={"english": "x"},
        )
    starts = [problem.split(":")[0] for problem in caught.value.problems]
    assert starts == ["id", "function", "name", "description", "instruction"]


@pytest.mark.parametrize("task_id", ["", "A", "a b", "a.b", "имя", "a\n"])
def test_an_id_is_lower_case_letters_digits_and_dashes(task_id: str) -> None:
    """An id goes into names on the platform, so it is kept simple."""
    with pytest.raises(InvalidTaskSpec, match="id: expected lower-case letters"):
        replace(SPEC, id=task_id)


def test_a_prepared_spec_speaks_one_language() -> None:
    """Texts are those of the language, or English where it is missing."""
    prepared = PreparedTaskSpec(SPEC, "RU")
    assert (prepared.key, prepared.name, prepared.description) == (
        "entailment_RU",
        "Следует ли?",
        "Compare two sentences.",
    )
    assert prepared.label_class is Answer


@pytest.mark.parametrize("lang", ["ru", "RUS", "", "R1"])
def test_a_language_is_two_upper_case_letters(lang: str) -> None:
    """A language that is not a code is refused."""
    with pytest.raises(InvalidTaskSpec, match="two upper-case letters"):
        PreparedTaskSpec(SPEC, lang)


def test_a_text_without_a_fallback_is_named() -> None:
    """Every text that cannot be shown in the language is listed, with where it is."""

    class German(Class):
        JA = "ja"
        NEIN = "nein"

        @classmethod
        def labels(cls) -> Mapping["German", Mapping[str, str]]:
            return {cls.JA: {"DE": "Ja"}, cls.NEIN: {"DE": "Nein"}}

    text = ObjectMeta(Text, name="claim", title=Title({"DE": "Satz"}))
    spec = replace(SPEC, function=ClassificationFunction((text,), German), instruction={"DE": "Lies."})
    assert PreparedTaskSpec(spec, "DE").instruction == "Lies."
    with pytest.raises(InvalidTaskSpec) as caught:
        PreparedTaskSpec(spec, "RU")
    places = [problem.split(":")[0] for problem in caught.value.problems]
    assert places == ["instruction", "title of claim", "label JA of choice", "label NEIN of choice"]


def test_labels_that_read_the_same_are_refused() -> None:
    """A worker could not tell them apart; in a language where they differ the spec is fine."""
    spec = replace(SPEC, function=ClassificationFunction((Text,), ClassMeta(Alike)))
    assert PreparedTaskSpec(spec, "EN").lang == "EN"
    with pytest.raises(InvalidTaskSpec, match="several labels read 'Кошка' in RU"):
        PreparedTaskSpec(spec, "RU")


def test_the_view_is_compact_json_with_its_lock() -> None:
    """The config is the view as text; the lock names every component in it."""
    prepared = PreparedTaskSpec(SPEC, "EN")
    assert json.loads(prepared.view_config) == prepared.view
    assert ": " not in prepared.view_config.replace("? ", "")
    assert prepared.lock["field.radio-group"] == prepared.lock["core"] == "1.0.0"
    assert not any(component.startswith("data.") for component in prepared.lock)


def test_an_overloaded_view_replaces_only_the_view() -> None:
    """The requester's own view goes to workers; fields and answers stay the same."""
    prepared = PreparedTaskSpec(SPEC, "EN")
    view: dict[str, object] = {"view": {"type": "view.text", "content": "Look!"}, "plugins": []}
    own = prepared.overload_view(view)
    assert (own.view, own.lock) == (view, {"core": "1.0.0", "view.text": "1.0.0"})
    assert (own.input_spec, own.mapping, own.key) == (prepared.input_spec, prepared.mapping, prepared.key)
    assert own.identity != prepared.identity
    assert prepared.view != view


def test_something_else_than_a_view_is_refused() -> None:
    """A component alone is not a view."""
    with pytest.raises(InvalidTaskSpec, match="A view is an object such as"):
        PreparedTaskSpec(SPEC, "EN").overload_view({"type": "view.text"})


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"id": "other"}, id="id"),
        pytest.param({"name": {"EN": "New name"}}, id="name"),
        pytest.param({"description": {"EN": "New description"}}, id="description"),
        pytest.param({"function": ClassificationFunction((Text, Text), Renamed)}, id="names of Python classes"),
    ],
)
def test_identity_ignores_what_does_not_change_answers(change: dict[str, object]) -> None:
    """Polishing a name does not make a new task."""
    changed = replace(SPEC, **change)  # type: ignore[arg-type]  # one table for fields of several types
    assert PreparedTaskSpec(changed, "EN").identity == PreparedTaskSpec(SPEC, "EN").identity


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"instruction": {"EN": "Use what you know."}}, id="instruction"),
        pytest.param({"function": ClassificationFunction((Text,), Answer)}, id="inputs"),
        pytest.param({"function": ClassificationFunction((Text, Text), Reworded)}, id="wording of labels"),
    ],
)
def test_identity_follows_what_changes_answers(change: dict[str, object]) -> None:
    """Another instruction, other inputs or other wording make another task."""
    changed = replace(SPEC, **change)  # type: ignore[arg-type]  # one table for fields of several types
    assert PreparedTaskSpec(changed, "EN").identity != PreparedTaskSpec(SPEC, "EN").identity


def test_identity_differs_by_language() -> None:
    """Workers of another language see another task, even if no text differs yet."""
    assert PreparedTaskSpec(SPEC, "DE").identity != PreparedTaskSpec(SPEC, "EN").identity


def test_a_description_is_plain_json() -> None:
    """A journal can keep the content and compare it later."""
    content = PreparedTaskSpec(SPEC, "RU").describe()
    assert json.loads(json.dumps(content)) == content
    assert content["labels"] == {"yes": "Да", "no": "Нет"}


def test_a_prepared_spec_is_a_value() -> None:
    """Equal specs are equal, hash equal and survive another process."""
    prepared = PreparedTaskSpec(SPEC, "EN")
    assert prepared == PreparedTaskSpec(replace(SPEC), "EN")
    assert len({prepared, PreparedTaskSpec(SPEC, "EN")}) == 1
    assert pickle.loads(pickle.dumps(prepared)) == prepared  # noqa: S301  # our own bytes
