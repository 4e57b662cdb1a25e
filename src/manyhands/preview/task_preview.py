"""A task as workers see it, before it is launched or with an answer."""

import json
import webbrowser
from collections.abc import Mapping
from html import escape
from importlib import import_module
from pathlib import Path

from rich.console import Console

from manyhands.errors import InvalidInput
from manyhands.task import (
    ClassificationFunction,
    Component,
    InputObjects,
    MappedField,
    Object,
    PreparedTaskSpec,
    Solution,
    TaskMapping,
    as_solution,
    generate_view,
)

from .lz_string import compress_for_url
from .page import find_page, page_with

__all__ = ["TaskPreview"]

#: Pixels that a preview has in a notebook.
_HEIGHT = 800


class TaskPreview:
    """A task as workers see it, on manyhands' own page: to be tried, or with an answer that is shown.

    Neither making nor showing one sends the task anywhere: it stands in the page itself, or in the part of an address behind ``#``, which browsers
    keep to themselves. Whoever is given the address can read it.

    Args:
        input_objects: one task, in the order of the function's inputs.
        task_spec: how the task is shown, in one language.
        task_function: the function alone, instead of a task spec; needs `lang`.
        lang: the language for `task_function`, upper-case ISO 639-1.
        output_objects: an answer to show; None lets one be tried.
        server: the URL of a manyhands server whose page the address leads to; None means the page that is installed with this package.

    Raises:
        InvalidInput: neither a task spec nor a function with a language is given, or both are.
        InvalidData: the objects do not fit the function.

    Example:
        >>> from manyhands.task import Class, Text
        >>> class Parity(Class):
        ...     EVEN = "even"
        ...     ODD = "odd"
        >>> function = ClassificationFunction(inputs=(Text,), cls=Parity)
        >>> preview = TaskPreview((Text("7"),), task_function=function, lang="EN", server="http://127.0.0.1:8000")
        >>> preview.url[:37]
        'http://127.0.0.1:8000/preview#config='
    """

    def __init__(
        self,
        input_objects: InputObjects,
        *,
        task_spec: PreparedTaskSpec | None = None,
        task_function: ClassificationFunction | None = None,
        lang: str | None = None,
        output_objects: Solution | Object | None = None,
        server: str | None = None,
    ) -> None:
        mapping, view, language = _find_looks(task_spec, task_function, lang)
        self._document: dict[str, object] = {
            "config": json.dumps(view, ensure_ascii=False),
            "input": json.dumps(_shown(mapping.inputs, mapping.input_values(input_objects)), ensure_ascii=False),
            "lang": language,
        }
        if output_objects is not None:
            values = mapping.output_values(as_solution(output_objects))
            self._document["output"] = json.dumps(values, ensure_ascii=False)
        self._server = server

    @property
    def url(self) -> str:
        """The address of the preview: on the server, or of the page in this installation, for a browser on this machine.

        Raises:
            MissingExtra: there is no server, and the pages of this checkout are not built.
        """
        page = find_page().as_uri() if self._server is None else f"{self._server.rstrip('/')}/preview"
        return f"{page}#config={compress_for_url(json.dumps(self._document, ensure_ascii=False))}"

    def get_link(self) -> str:
        """Return a link to the preview, as HTML."""
        return f'<a href="{escape(self.url)}" target="_blank" rel="noopener noreferrer">task preview</a>'

    def display_link(self) -> None:
        """Show the link in a notebook, or print the address elsewhere.

        A notebook in a browser follows no links to files: without a server use `display` there.
        """
        if Console().is_jupyter:
            _show_html(self.get_link())
        else:
            print(self.url)

    def display(self) -> None:
        """Show the preview: in a notebook below the cell, elsewhere in a browser, or its address where there is no browser.

        Raises:
            MissingExtra: the pages of this checkout are not built.
        """
        if Console().is_jupyter:
            _show_html(self._repr_html_())
        elif not webbrowser.open(self.url):
            self.display_link()

    def save(self, path: Path | str) -> Path:
        """Write the preview as one HTML file, which needs no other file and no server, and return its path.

        Raises:
            MissingExtra: the pages of this checkout are not built.
        """
        path = Path(path)
        path.write_text(page_with(self._document), encoding="utf-8")
        return path

    def _repr_html_(self) -> str:
        # Cut off from the notebook around it: what a task brings along can reach nothing there.
        return (
            f'<iframe title="Task preview" sandbox="allow-scripts allow-popups" srcdoc="{escape(page_with(self._document))}" '
            f'style="width: 100%; height: {_HEIGHT}px; border: 0"></iframe>'
        )


def _find_looks(task_spec: object, task_function: object, lang: str | None) -> tuple[TaskMapping, Component, str]:
    if isinstance(task_spec, PreparedTaskSpec) and task_function is None:
        return task_spec.mapping, task_spec.view, task_spec.lang
    if isinstance(task_function, ClassificationFunction) and task_spec is None and lang is not None:
        return TaskMapping.of(task_function), generate_view(task_function.arguments(), lang), lang
    raise InvalidInput("A preview needs task_spec, such as PreparedTaskSpec(spec, 'EN'), or task_function and lang.")


def _shown(fields: tuple[MappedField, ...], values: Mapping[str, object]) -> dict[str, object]:
    """Return the values that workers see; hidden ones, such as metadata, they do not."""
    return {field.name: values[field.name] for field in fields if not field.spec.hidden and field.name in values}


def _show_html(html: str) -> None:
    # Imported here, for IPython is an extra; in a notebook it is there.
    import_module(".notebook", __package__).show_html(html)
