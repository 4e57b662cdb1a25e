"""The generated view, as Template Builder JSON."""

from collections.abc import Mapping, Sequence

import pytest

from manyhands.task import (
    Audio,
    Class,
    ClassificationFunction,
    ClassMeta,
    Component,
    Image,
    LabelsDisplayType,
    Metadata,
    Object,
    ObjectMeta,
    Text,
    TextFormat,
    TextMeta,
    Title,
    Video,
    create_available_labels_if,
)
from manyhands.task.components import lock_of
from manyhands.task.view import generate_view


class Answer(Class):
    """Two answers in two languages."""

    YES = "yes"
    NO = "no"

    @classmethod
    def labels(cls) -> Mapping["Answer", Mapping[str, str]]:
        """Return the labels."""
        return {cls.YES: {"EN": "Yes", "RU": "Да"}, cls.NO: {"EN": "No", "RU": "Нет"}}


class Five(Class):
    """As many labels as fit into radio buttons."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"
    E = "e"


class Eleven(Class):
    """More labels than radio buttons and than keys."""

    L01 = "01"
    L02 = "02"
    L03 = "03"
    L04 = "04"
    L05 = "05"
    L06 = "06"
    L07 = "07"
    L08 = "08"
    L09 = "09"
    L10 = "10"
    L11 = "11"


def view_of(*inputs: type[Object] | ObjectMeta, cls: type[Class] | ClassMeta = Answer, lang: str = "EN") -> Component:
    """Return the generated view of a classification."""
    return generate_view(ClassificationFunction(inputs, cls).arguments(), lang)


def part(node: object, *path: str | int) -> Component:
    """Return the component at a path in a view."""
    for step in path:
        if isinstance(step, int):
            assert isinstance(node, Sequence)
            node = node[step]
        else:
            assert isinstance(node, Mapping)
            node = node[step]
    assert isinstance(node, dict)
    return node


def item(view: Component, position: int) -> Component:
    """Return a component of the task's list."""
    return part(view, "view", "items", position)


RADIO = {
    "type": "field.radio-group",
    "data": {"type": "data.output", "path": "choice"},
    "options": [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}],
    "validation": {
        "type": "condition.required",
        "data": {"type": "data.output", "path": "choice"},
        "hint": "Please choose one answer",
    },
}


def test_a_text_classification_is_a_text_and_radio_buttons() -> None:
    """The whole view of the simplest task."""
    set_choice = {"type": "action.set", "data": {"type": "data.output", "path": "choice"}}
    assert view_of(Text) == {
        "view": {
            "type": "view.list",
            "items": [{"type": "view.text", "content": {"type": "data.input", "path": "text"}}, RADIO],
        },
        "plugins": [
            {"type": "plugin.toloka", "layout": {"kind": "scroll", "taskWidth": 700}},
            {"type": "plugin.hotkeys", "1": {**set_choice, "payload": "yes"}, "2": {**set_choice, "payload": "no"}},
        ],
    }


def test_labels_and_words_are_in_the_language_of_the_worker() -> None:
    """Labels come from the class, hints from the locale."""
    radio = item(view_of(Text, lang="RU"), 1)
    assert radio["options"] == [{"value": "yes", "label": "Да"}, {"value": "no", "label": "Нет"}]
    assert part(radio, "validation")["hint"] == "Пожалуйста, выберите один ответ"


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        pytest.param(TextMeta(format=TextFormat.MARKDOWN), {"type": "view.markdown", "content": "text"}, id="markdown"),
        pytest.param(Image, {"type": "view.image", "url": "image"}, id="image"),
        pytest.param(
            Audio,
            {
                "type": "view.audio",
                "url": "audio",
                "validation": {
                    "type": "condition.played-fully",
                    "hint": "Please listen to the recording to the end",
                },
            },
            id="audio",
        ),
        pytest.param(
            Video,
            {
                "type": "view.video",
                "url": "video",
                "validation": {"type": "condition.played-fully", "hint": "Please watch the video to the end"},
            },
            id="video",
        ),
    ],
)
def test_each_type_of_input_has_its_component(declared: type[Object] | ObjectMeta, expected: dict[str, object]) -> None:
    """An input is shown by the component of its type; sound and film must be played to the end."""
    for place in ("content", "url"):
        if place in expected:
            expected = {**expected, place: {"type": "data.input", "path": expected[place]}}
    assert item(view_of(declared), 0) == expected


def test_media_bring_notices_above_the_page() -> None:
    """Only where there is something to load."""
    with_media, without = (part(view_of(kind), "plugins", 0) for kind in (Image, Text))
    assert [part(with_media, "notifications", position)["type"] for position in (0, 1)] == ["view.text", "view.text"]
    assert "notifications" not in without


def test_metadata_is_not_in_the_view() -> None:
    """No worker sees it, not even as an empty place."""
    assert "metadata" not in str(view_of(Text, Metadata))
    assert view_of(Text, Metadata) == view_of(Text)


@pytest.mark.parametrize(("cls", "component"), [(Five, "field.radio-group"), (Eleven, "field.select")])
def test_many_labels_become_a_dropdown(cls: type[Class], component: str) -> None:
    """Up to five labels are radio buttons."""
    field = item(view_of(Text, cls=cls), 1)
    assert field["type"] == component
    assert field["options"] == [{"value": value, "label": value} for value in cls.possible_values()]
    assert part(field, "validation")["type"] == "condition.required"


def test_hotkeys_are_the_digits_from_one_to_nine() -> None:
    """The tenth label has no key."""
    hotkeys = part(view_of(Text, cls=Eleven), "plugins", 1)
    assert "".join(key for key in hotkeys if key != "type") == "123456789"
    assert part(hotkeys, "9")["payload"] == "09"


def test_an_input_class_is_shown_as_radio_buttons_that_cannot_be_changed() -> None:
    """The buttons live in the page's own data, so that nothing of them is sent as an answer."""
    field = item(view_of(Answer), 0)
    assert field == {
        "type": "field.radio-group",
        "data": {"type": "data.internal", "path": "choice_1", "default": {"type": "data.input", "path": "choice_1"}},
        "options": RADIO["options"],
        "disabled": True,
    }


@pytest.mark.parametrize(
    ("declared", "count"),
    [
        pytest.param(ClassMeta(Answer, input_display_type=LabelsDisplayType.MONO), 2, id="mono"),
        pytest.param(Eleven, 11, id="many labels"),
    ],
)
def test_an_input_class_can_be_shown_as_the_chosen_label(declared: type[Class] | ClassMeta, count: int) -> None:
    """A chain of conditions, one per label, shows the one that is given."""
    branch: object = item(view_of(declared), 0)
    depth = 0
    while isinstance(branch, dict):
        assert (branch["type"], part(branch, "condition")["type"]) == ("helper.if", "condition.equals")
        assert part(branch, "then")["type"] == "view.text"
        branch, depth = branch.get("else"), depth + 1
    assert depth == count


def test_a_title_stands_above_its_argument() -> None:
    """The argument and its title are one group."""
    title = Title({"EN": "**Claim**"}, TextFormat.MARKDOWN)
    assert item(view_of(TextMeta(title=title)), 0) == {
        "type": "view.group",
        "content": {
            "type": "view.list",
            "items": [
                {"type": "view.markdown", "content": "**Claim**"},
                {"type": "view.text", "content": {"type": "data.input", "path": "text"}},
            ],
        },
    }


def test_an_optional_input_is_shown_only_where_it_is_given() -> None:
    """Otherwise a missing recording could never be played to the end."""
    field = item(view_of(ObjectMeta(Audio, required=False)), 0)
    assert field["type"] == "helper.if"
    assert field["condition"] == {"type": "condition.required", "data": {"type": "data.input", "path": "audio"}}
    assert part(field, "then")["type"] == "view.audio"


def test_conditional_labels_follow_another_argument() -> None:
    """Each branch offers its own labels; a key could choose a label that is not offered, so there are no keys."""
    labels = create_available_labels_if("kind", [(Answer.YES, [Five.A, Five.B]), ("no", [Five.C, Five.D])])
    view = view_of(ClassMeta(Answer, name="kind"), cls=ClassMeta(Five, name="what", available_labels=labels))
    field = item(view, 1)
    kind = {"type": "data.input", "path": "kind"}
    assert field["condition"] == {"type": "condition.equals", "data": kind, "to": "yes"}
    assert part(field, "then")["options"] == [{"value": "a", "label": "a"}, {"value": "b", "label": "b"}]
    assert part(field, "else", "condition")["to"] == "no"
    assert "else" not in part(field, "else")
    assert "plugin.hotkeys" not in lock_of(view)


def test_the_lock_lists_every_component_once() -> None:
    """Views, fields, conditions, helpers, actions and plugins have versions; data has not."""
    assert list(lock_of(view_of(ObjectMeta(Image, required=False)))) == [
        "core",
        "action.set",
        "condition.required",
        "field.radio-group",
        "helper.if",
        "plugin.hotkeys",
        "plugin.toloka",
        "view.image",
        "view.list",
        "view.text",
    ]
