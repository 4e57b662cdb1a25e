"""The preview page as one document, with or without a task in it."""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from manyhands.errors import MissingExtra

__all__ = ["find_page", "page_with"]

#: Where the page looks for a task before it looks into its address.
_PLACE = '<script type="application/json" id="manyhands-preview">{}</script>'
_NOTHING = "null"


def find_page() -> Path:
    """Return the file of the page; a task is shown in it when it stands packed behind ``#config=`` in the address.

    Raises:
        MissingExtra: the pages of this checkout are not built.
    """
    path = Path(str(files("manyhands.preview") / "dist" / "preview.html"))
    if not path.is_file():
        raise MissingExtra("The preview page is not built; build the pages of this checkout with: bash scripts/web.sh")
    return path


def page_with(document: Mapping[str, object]) -> str:
    """Return the page with a task in it, as HTML that needs no other file and no server.

    Args:
        document: the task as JSON values. It is data to the page, and nothing in it can end the place where it stands or run.

    Raises:
        MissingExtra: the pages of this checkout are not built.
    """
    page = find_page().read_text(encoding="utf-8")
    data = json.dumps(document, ensure_ascii=False).replace("<", "\\u003c")
    return page.replace(_PLACE.format(_NOTHING), _PLACE.format(data), 1)
