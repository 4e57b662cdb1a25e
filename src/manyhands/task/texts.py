"""The words that manyhands itself shows to workers, by language; they live in ``locale/<lang>.json``."""

import json
from enum import StrEnum
from functools import cache
from importlib.resources import files

from .localization import FALLBACK_LANG


class LibraryText(StrEnum):
    """A text that manyhands shows to workers."""

    #: Beside a choice that was not made.
    CHOOSE_LABEL = "choose_label"
    #: In a dropdown before anything is chosen.
    SELECT_PLACEHOLDER = "select_placeholder"
    #: Beside an audio that was not played to the end.
    PLAY_AUDIO = "play_audio"
    #: Beside a video that was not played to the end.
    PLAY_VIDEO = "play_video"
    #: Above a page with media.
    CHECK_MEDIA = "check_media"
    #: Above a page with media, after the one before.
    RELOAD_PAGE = "reload_page"
    #: The title of a message about a task whose texts or view have changed.
    TASK_CHANGED = "task_changed"


def library_text(text: LibraryText, lang: str) -> str:
    """Return the text in `lang`, or in EN if manyhands does not speak `lang`.

    >>> library_text(LibraryText.SELECT_PLACEHOLDER, "RU")
    'Выберите вариант'
    """
    return _load_texts(lang).get(text) or _load_texts(FALLBACK_LANG)[text]


@cache
def _load_texts(lang: str) -> dict[str, str]:
    resource = files("manyhands.task") / "locale" / f"{lang.lower()}.json"
    texts: dict[str, str] = json.loads(resource.read_text(encoding="utf-8")) if resource.is_file() else {}
    return texts
