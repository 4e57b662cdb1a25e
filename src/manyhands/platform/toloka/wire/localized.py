"""Texts in several languages: language → text."""

from collections.abc import Mapping
from typing import Any

from .kinds import OBJECT, TEXT
from .problems import ProblemCode
from .reading import Kind, Place, Reader

__all__ = ["LOCALIZED", "in_english"]

_ENGLISH = "EN"


def in_english(texts: Mapping[str, str]) -> str:
    """Return the English text, else the first one.

    Example:
        >>> in_english({"DE": "Danke", "EN": "Thanks"})
        'Thanks'
    """
    return texts.get(_ENGLISH) or next(iter(texts.values()), "")


def _read_texts(value: Any, place: Place) -> dict[str, str]:
    texts = OBJECT.read(value, place)
    if not texts and isinstance(value, dict):
        place.refuse(ProblemCode.VALUE_REQUIRED, "expected a text in at least one language, found none")
    reader = Reader(texts, place)
    return {language: reader.require(language, TEXT) for language in texts}


#: Language → text, one at least.
LOCALIZED: Kind[dict[str, str]] = Kind(read=_read_texts, blank={})
