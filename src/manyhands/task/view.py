"""The view: what a worker sees, generated from the function as Template Builder JSON."""

import string
from collections.abc import Iterable, Sequence

from .arguments import Argument
from .components import Component, list_view, output_data, text_view
from .metas import ClassMeta
from .texts import LibraryText, library_text
from .widgets import build_widget

#: Pixels of a task on the page: lines of text stay short enough to read.
TASK_WIDTH = 700

#: The keys that choose a label; 0 is left out because it comes last on a keyboard.
HOTKEYS = string.digits[1:]


def generate_view(arguments: Sequence[Argument], lang: str) -> Component:
    """Return the view of a task in one language: its arguments below one another, and its plugins.

    Args:
        arguments: the arguments of the function, in the order in which they are shown.
        lang: the language of the worker; every label and title falls back to EN.
    """
    by_name = {argument.name: argument for argument in arguments}
    widgets = [build_widget(argument, by_name, lang) for argument in arguments]
    plugins = [_page_plugin(arguments, lang), _hotkeys_plugin(arguments)]
    return {
        "view": list_view([widget for widget in widgets if widget is not None]),
        "plugins": [plugin for plugin in plugins if plugin is not None],
    }


def _page_plugin(arguments: Iterable[Argument], lang: str) -> Component:
    plugin: Component = {"type": "plugin.toloka", "layout": {"kind": "scroll", "taskWidth": TASK_WIDTH}}
    if any(argument.meta.type.is_media() for argument in arguments if not argument.is_output):
        texts = (LibraryText.CHECK_MEDIA, LibraryText.RELOAD_PAGE)
        plugin["notifications"] = [text_view(library_text(text, lang)) for text in texts]
    return plugin


def _hotkeys_plugin(arguments: Iterable[Argument]) -> Component | None:
    choices = [
        {"type": "action.set", "data": output_data(argument.name), "payload": value}
        for argument in arguments
        # With conditional labels a key would choose a label that is perhaps not offered.
        if argument.is_output and isinstance(argument.meta, ClassMeta) and argument.meta.available_labels is None
        for value in argument.meta.type.possible_values()
    ]
    if not choices:
        return None
    return {"type": "plugin.hotkeys", **dict(zip(HOTKEYS, choices, strict=False))}
