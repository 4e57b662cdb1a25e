"""Template Builder components: the words of the view, each returned as a plain JSON object."""

from collections.abc import Iterator, Sequence

#: A component, or a whole view, as JSON.
Component = dict[str, object]

#: The version of every component that a generated view uses; Toloka never released another one of these.
COMPONENT_VERSION = "1.0.0"


def input_data(path: str) -> Component:
    """Return the value of an input field."""
    return {"type": "data.input", "path": path}


def output_data(path: str) -> Component:
    """Return the place of an output field."""
    return {"type": "data.output", "path": path}


def shown_data(path: str) -> Component:
    """Return a place of the page that starts with the value of an input field and is not sent."""
    return {"type": "data.internal", "path": path, "default": input_data(path)}


def text_view(content: object, *, markdown: bool = False) -> Component:
    """Return a text."""
    return {"type": "view.markdown" if markdown else "view.text", "content": content}


def list_view(items: Sequence[Component]) -> Component:
    """Return components below one another."""
    return {"type": "view.list", "items": list(items)}


def group_view(content: Component) -> Component:
    """Return a component in a frame of its own."""
    return {"type": "view.group", "content": content}


def equals(data: Component, value: object) -> Component:
    """Return the condition that `data` has the value."""
    return {"type": "condition.equals", "data": data, "to": value}


def is_given(data: Component) -> Component:
    """Return the condition that `data` has any value."""
    return {"type": "condition.required", "data": data}


def choose(condition: Component, then: Component, otherwise: Component | None = None) -> Component:
    """Return `then` where the condition holds, else `otherwise`, else nothing."""
    branch: Component = {"type": "helper.if", "condition": condition, "then": then}
    return branch if otherwise is None else {**branch, "else": otherwise}


def option(value: object, label: str) -> Component:
    """Return one option of a choice."""
    return {"value": value, "label": label}


def lock_of(view: Component) -> dict[str, str]:
    """Return the version of every component type that `view` uses, and of the core.

    Data references have no version and are left out.
    """
    used = {str(kind) for kind in _iter_types(view) if not str(kind).startswith("data.")}
    return {"core": COMPONENT_VERSION, **dict.fromkeys(sorted(used), COMPONENT_VERSION)}


def _iter_types(node: object) -> Iterator[object]:
    if isinstance(node, dict):
        # A group and a name make a component type; "scroll" or the type of a JSON schema do not.
        if isinstance(kind := node.get("type"), str) and "." in kind:
            yield kind
        for child in node.values():
            yield from _iter_types(child)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from _iter_types(child)
