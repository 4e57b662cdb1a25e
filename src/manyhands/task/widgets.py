"""Widgets: the part of the view that shows or asks for one argument of the function."""

from collections.abc import Mapping, Sequence

from .arguments import Argument
from .classes import Class
from .components import (
    Component,
    choose,
    equals,
    group_view,
    input_data,
    is_given,
    list_view,
    option,
    output_data,
    shown_data,
    text_view,
)
from .conditions import AvailableLabels, If
from .metas import ClassMeta, LabelsDisplayType, TextFormat, TextMeta, Title
from .objects import Audio, Image, Metadata, Video
from .texts import LibraryText, library_text

#: Up to this many labels are shown as radio buttons: all can be read at a glance. More become a dropdown.
MAX_RADIO_COUNT = 5


def build_widget(argument: Argument, arguments: Mapping[str, Argument], lang: str) -> Component | None:
    """Return the component of one argument in one language, or None for an argument that no worker sees.

    Args:
        argument: the argument to show or to ask for.
        arguments: all arguments of the function by name, which conditional labels refer to.
        lang: the language of the worker.
    """
    if issubclass(argument.meta.type, Metadata):
        return None
    widget = _add_title(_build_bare(argument, arguments, lang), argument.meta.title, lang)
    if argument.is_output or argument.meta.required:
        return widget
    return choose(is_given(input_data(argument.name)), widget)


def _add_title(widget: Component, title: Title | None, lang: str) -> Component:
    if title is None:
        return widget
    heading = text_view(title.text[lang], markdown=title.format is TextFormat.MARKDOWN)
    return group_view(list_view([heading, widget]))


def _build_bare(argument: Argument, arguments: Mapping[str, Argument], lang: str) -> Component:
    meta = argument.meta
    if isinstance(meta, ClassMeta):
        return _build_choice(argument, meta, arguments, lang)
    data = input_data(argument.name)
    if issubclass(meta.type, Image):
        return {"type": "view.image", "url": data}
    if issubclass(meta.type, Audio):
        return {"type": "view.audio", "url": data, "validation": _played_fully(LibraryText.PLAY_AUDIO, lang)}
    if issubclass(meta.type, Video):
        return {"type": "view.video", "url": data, "validation": _played_fully(LibraryText.PLAY_VIDEO, lang)}
    return text_view(data, markdown=isinstance(meta, TextMeta) and meta.format is TextFormat.MARKDOWN)


def _played_fully(hint: LibraryText, lang: str) -> Component:
    return {"type": "condition.played-fully", "hint": library_text(hint, lang)}


def _build_choice(argument: Argument, meta: ClassMeta, arguments: Mapping[str, Argument], lang: str) -> Component:
    if not argument.is_output and meta.input_display_type is LabelsDisplayType.MONO:
        return _chosen_label(argument, meta, meta.type.possible_instances(), lang)
    if meta.available_labels is None:
        return _offer(argument, meta, meta.type.possible_instances(), lang)
    return _offer_conditionally(argument, meta, meta.available_labels, arguments, lang)


def _offer_conditionally(
    argument: Argument, meta: ClassMeta, branch: If | AvailableLabels, arguments: Mapping[str, Argument], lang: str
) -> Component:
    if isinstance(branch, AvailableLabels):
        return _offer(argument, meta, branch.labels, lang)
    decider = arguments[branch.condition.what]
    data = output_data(decider.name) if decider.is_output else input_data(decider.name)
    otherwise = branch.else_
    return choose(
        equals(data, str(branch.condition.to)),
        _offer_conditionally(argument, meta, branch.then, arguments, lang),
        None if otherwise is None else _offer_conditionally(argument, meta, otherwise, arguments, lang),
    )


def _offer(argument: Argument, meta: ClassMeta, labels: Sequence[Class], lang: str) -> Component:
    if len(labels) > MAX_RADIO_COUNT:
        return _dropdown(argument, labels, lang) if argument.is_output else _chosen_label(argument, meta, labels, lang)
    if argument.is_output:
        return {
            "type": "field.radio-group",
            "data": output_data(argument.name),
            "options": _options(labels, lang),
            "validation": _is_chosen(argument, lang),
        }
    return {
        "type": "field.radio-group",
        "data": shown_data(argument.name),
        "options": _options(labels, lang),
        "disabled": True,
    }


def _dropdown(argument: Argument, labels: Sequence[Class], lang: str) -> Component:
    return {
        "type": "field.select",
        "data": output_data(argument.name),
        "options": _options(labels, lang),
        "placeholder": library_text(LibraryText.SELECT_PLACEHOLDER, lang),
        "validation": _is_chosen(argument, lang),
    }


def _chosen_label(argument: Argument, meta: ClassMeta, labels: Sequence[Class], lang: str) -> Component:
    data, markdown = input_data(argument.name), meta.text_format is TextFormat.MARKDOWN
    chain: Component | None = None
    for label in reversed(labels):
        chain = choose(equals(data, label.value), text_view(label.get_label()[lang], markdown=markdown), chain)
    return chain or list_view([])


def _options(labels: Sequence[Class], lang: str) -> list[Component]:
    return [option(label.value, label.get_label()[lang]) for label in labels]


def _is_chosen(argument: Argument, lang: str) -> Component:
    hint = library_text(LibraryText.CHOOSE_LABEL, lang)
    return {"type": "condition.required", "data": output_data(argument.name), "hint": hint}
