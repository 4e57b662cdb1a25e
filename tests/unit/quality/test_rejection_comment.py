"""What a worker is told."""

import json
from importlib.resources import files

import pytest

from manyhands.quality import rejection_comment


@pytest.mark.parametrize(
    ("lang", "wrong", "expected"),
    [
        ("EN", (2,), "Some answers are wrong. Please check task 3."),
        ("EN", (2, 6), "Some answers are wrong. Please check tasks 3, 7."),
        ("RU", (2, 6), "Есть неверные ответы. Проверьте, пожалуйста, задания 3, 7."),
        ("RU", (0,), "Есть неверные ответы. Проверьте, пожалуйста, задание 1."),
        ("EN", (), "The tasks were not done carefully enough."),
        ("KK", (), "The tasks were not done carefully enough."),
    ],
)
def test_wrong_tasks_are_counted_from_one(lang: str, wrong: tuple[int, ...], expected: str) -> None:
    """The comment is in the language of the task, or in English."""
    assert rejection_comment(lang, wrong) == expected


def test_a_fast_page_is_told_so() -> None:
    """Which tasks were wrong says nothing to a worker who read none."""
    assert rejection_comment("EN", (2,), is_too_fast=True).startswith("The page was submitted too fast")


def test_all_languages_have_all_texts() -> None:
    """A new text is translated in the same change."""
    locale = files("manyhands.quality") / "locale"
    texts = {file.name: set(json.loads(file.read_text(encoding="utf-8"))) for file in locale.iterdir()}
    assert set(texts) == {"en.json", "ru.json"}
    assert texts["en.json"] == texts["ru.json"]
