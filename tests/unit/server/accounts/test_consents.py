"""What workers agree to, and that a new text is a new version."""

import hashlib
import json
from pathlib import Path

import pytest

from manyhands.crowd import WorkerId
from manyhands.server.accounts import OWN_CONSENT_VERSION, ConsentText
from manyhands.server.accounts.consents import ConsentBook
from manyhands.store import SqliteStore
from tests.settable_clock import SettableClock

_LOCALES = Path(__file__).parents[4] / "web" / "src" / "worker" / "locale"
_WORDS = "join.consent"
#: The digests of our own text by version; when the text changes, `OWN_CONSENT_VERSION` and a new line here change with it.
_DIGESTS = {"manyhands-1": "efa7626bf793"}


def test_our_own_text_has_the_version_that_it_says() -> None:
    """Whoever agreed to another text is asked again; languages that are added later change nothing."""
    words = json.loads((_LOCALES / "en.json").read_text())
    text = "\n".join(f"{key} {words[key]}" for key in sorted(words) if key.startswith(_WORDS))
    assert hashlib.sha256(text.encode()).hexdigest()[:12] == _DIGESTS[OWN_CONSENT_VERSION]


@pytest.mark.parametrize(
    ("texts", "language", "expected"),
    [
        ({}, "en", None),
        ({"": "All."}, "en", "All."),
        ({"en": "English.", "": "Others."}, "en", "English."),
        ({"en": "English.", "": "Others."}, "ru", "Others."),
        ({"ru": "Русский."}, "en", "Русский."),
        ({"en": ""}, "en", ""),
    ],
)
def test_a_text_is_found_in_the_language_else_in_another_one(
    texts: dict[str, str], language: str, expected: str | None
) -> None:
    """Nobody agrees to nothing where there is a text."""
    assert ConsentText(texts).find(language) == expected


def test_every_word_of_a_text_is_in_its_version() -> None:
    """In every language; the order of the languages does not matter."""
    text = {"en": "One.", "ru": "Один."}
    assert ConsentText(text).version == ConsentText(dict(reversed(text.items()))).version
    versions = {ConsentText(one).version for one in (text, {**text, "ru": "Два."}, {"en": "One."}, {})}
    assert len(versions) == 4
    assert ConsentText().version == OWN_CONSENT_VERSION


def test_the_first_moment_of_agreeing_is_kept() -> None:
    """To agree again, or to another version, does not change it."""
    store, clock = SqliteStore(None), SettableClock()
    book, worker, began = ConsentBook(store, clock=clock), WorkerId("wim"), clock.now()
    for version in ("a", "a", "b"):
        with store.writing() as transaction:
            book.note(transaction, worker, version)
        clock.move(days=1)
    assert (book.find(worker, "a"), book.find(worker, "c"), book.find(WorkerId("eva"), "a")) == (began, None, None)
