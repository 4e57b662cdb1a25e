"""The words that manyhands shows to workers."""

import json
from importlib.resources import files

import pytest

from manyhands.task.texts import LibraryText, library_text

LOCALES = sorted(path.name for path in (files("manyhands.task") / "locale").iterdir() if path.name.endswith(".json"))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_locale_has_every_text(locale: str) -> None:
    """No worker reads a page in two languages."""
    texts = json.loads((files("manyhands.task") / "locale" / locale).read_text(encoding="utf-8"))
    assert set(texts) == set(LibraryText)
    assert all(texts.values())


def test_an_unknown_language_reads_english() -> None:
    """A language that manyhands does not speak falls back to English."""
    assert library_text(LibraryText.CHOOSE_LABEL, "XX") == library_text(LibraryText.CHOOSE_LABEL, "EN")
    assert library_text(LibraryText.CHOOSE_LABEL, "RU") != library_text(LibraryText.CHOOSE_LABEL, "EN")
