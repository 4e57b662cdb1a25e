"""Texts in several languages."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from manyhands.errors import InvalidTaskSpec

#: The language that a text falls back to when it is missing in the language asked for.
FALLBACK_LANG = "EN"

_LANG = re.compile(r"[A-Z]{2}", re.ASCII)
_D = TypeVar("_D")


class LocalizedString(Mapping[str, str]):
    """A text in several languages: an immutable mapping from language (upper-case ISO 639-1) to text.

    Looking a language up falls back to EN; ``in``, ``get`` and iteration see only the languages that are there.
    A plain dict is accepted wherever a `LocalizedString` is expected.

    >>> hello = LocalizedString({"EN": "hello", "DE": "hallo"})
    >>> hello["DE"], hello["RU"]
    ('hallo', 'hello')
    >>> (hello + ", " + {"EN": "world"})["DE"]
    'hallo, world'

    Raises:
        InvalidTaskSpec: a language is not two upper-case letters, a text is not a string, or there is no text at all.
    """

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str]) -> None:
        _check_texts(texts)
        self._texts = dict(texts)

    def __getitem__(self, lang: str) -> str:
        """Return the text in `lang`, or in EN where `lang` is missing.

        Raises:
            InvalidTaskSpec: neither `lang` nor EN is there.
        """
        found = self._texts.get(lang, self._texts.get(FALLBACK_LANG))
        if found is None:
            msg = f"{self!r} has no text in {lang} and none in {FALLBACK_LANG} to fall back to; add one of them."
            raise InvalidTaskSpec(msg)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, lang: object) -> bool:
        return lang in self._texts

    def __hash__(self) -> int:
        return hash(frozenset(self._texts.items()))

    def __repr__(self) -> str:
        return f"LocalizedString({self._texts!r})"

    def get(self, lang: str, default: _D | None = None) -> str | _D | None:  # type: ignore[override]  # one signature serves both overloads
        """Return the text in exactly `lang`, or `default`."""
        return self._texts.get(lang, default)

    def has_text_in(self, lang: str) -> bool:
        """Return whether looking `lang` up finds a text, if need be the one in EN."""
        return lang in self._texts or FALLBACK_LANG in self._texts

    def __add__(self, other: Mapping[str, str] | str) -> "LocalizedString":
        """Return this text followed by `other`, in every language that either has; the missing side falls back to EN.

        Raises:
            InvalidTaskSpec: a language is on one side only and the other side has no EN.
        """
        if isinstance(other, str):
            return LocalizedString({lang: text + other for lang, text in self._texts.items()})
        return _join(self, as_localized(other))

    def __radd__(self, other: Mapping[str, str] | str) -> "LocalizedString":
        if isinstance(other, str):
            return LocalizedString({lang: other + text for lang, text in self._texts.items()})
        return _join(as_localized(other), self)


def as_localized(text: Mapping[str, str]) -> LocalizedString:
    """Return `text` as a `LocalizedString`.

    Raises:
        InvalidTaskSpec: `text` is neither a `LocalizedString` nor a dict from language to text.
    """
    return text if isinstance(text, LocalizedString) else LocalizedString(text)


def _join(left: LocalizedString, right: LocalizedString) -> LocalizedString:
    langs = dict.fromkeys((*left, *right))
    return LocalizedString({lang: left[lang] + right[lang] for lang in langs})


def _check_texts(texts: object) -> None:
    if not isinstance(texts, Mapping) or not texts:
        msg = f"Expected texts by language, such as {{'EN': 'Choose one'}}, but got {texts!r}."
        raise InvalidTaskSpec(msg)
    problems = [
        f"{lang!r}: expected a language as two upper-case letters (ISO 639-1), such as 'EN'"
        for lang in texts
        if not (isinstance(lang, str) and _LANG.fullmatch(lang))
    ]
    problems += [
        f"{lang!r}: expected a string, found {text!r}" for lang, text in texts.items() if not isinstance(text, str)
    ]
    if problems:
        raise InvalidTaskSpec("A localized text is wrong.", problems)
