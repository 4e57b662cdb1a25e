"""How many answers tasks need."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.errors import InvalidParams
from manyhands.quality import DynamicOverlap, Overlap, StaticOverlap, answers_wanted, overlap_wanted, parse_overlap

PAGES = ((0, 1, 3), (1, 2, 3), (0, 2, 3), (0, 1, 2))


@pytest.mark.parametrize(
    ("overlap", "rejected", "expected"),
    [
        (3, (), {}),
        (3, (0, 1), {0: 1, 1: 2, 2: 1, 3: 2}),
        (3, (2, 3), {0: 2, 1: 1, 2: 2, 3: 1}),
        (4, (), {0: 1, 1: 1, 2: 1, 3: 1}),
        (4, (0, 1), {0: 2, 1: 3, 2: 2, 3: 3}),
    ],
    ids=["enough", "first two rejected", "last two rejected", "one more for all", "both"],
)
def test_static_overlap_replaces_rejected_answers(
    overlap: int, rejected: tuple[int, ...], expected: dict[int, int]
) -> None:
    """What is missing to the overlap is wanted, whatever the confidence."""
    accepted = [task for place, page in enumerate(PAGES) if place not in rejected for task in page]
    wanted = {
        task: answers_wanted(StaticOverlap(overlap), accepted.count(task), label="cat", confidence=0.1)
        for task in range(4)
    }
    assert {task: count for task, count in wanted.items() if count} == expected


@pytest.mark.parametrize(
    ("accepted", "confidence", "expected"),
    [(4, 0.5, 0), (2, 0.85, 1), (2, 0.94, 0), (1, 0.99, 1), (0, 0.0, 2), (2, 0.9, 0), (3, 0.899, 1), (5, 0.1, 0)],
)
def test_dynamic_overlap_asks_one_by_one_until_confident(accepted: int, confidence: float, expected: int) -> None:
    """Below the minimum the rest is wanted at once, above it one answer at a time, at the maximum none."""
    overlap = DynamicOverlap(2, 4, 0.9)
    assert answers_wanted(overlap, accepted, label="cat", confidence=confidence) == expected


@pytest.mark.parametrize(
    ("label", "expected"), [("cat", 0), ("dog", 1), ("crow", 1), (None, 1)], ids=["low", "high", "left out", "no label"]
)
def test_labels_may_need_different_confidence(label: str | None, expected: int) -> None:
    """A label that is left out needs the highest confidence named, and so does a task without a label."""
    overlap = DynamicOverlap(1, 3, {"cat": 0.6, "dog": 0.9})
    assert answers_wanted(overlap, 2, label=label, confidence=0.8) == expected


@pytest.mark.parametrize(
    ("accepted", "rejected", "pending", "expected"),
    [(1, 1, 0, 3), (0, 1, 0, 3), (2, 0, 0, 3), (2, 0, 1, 3), (2, 0, 2, 4), (4, 3, 0, 7), (0, 2, 1, 4)],
)
def test_the_platform_is_asked_for_what_is_consumed_and_what_is_wanted(
    accepted: int, rejected: int, pending: int, expected: int
) -> None:
    """Rejected answers are replaced, and nothing is asked for while pages in work may still bring it."""
    found = overlap_wanted(
        DynamicOverlap(2, 4, 0.9), accepted, rejected_count=rejected, pending_count=pending, label="cat", confidence=0.5
    )
    assert found == expected


OVERLAPS = st.one_of(
    st.integers(1, 5).map(StaticOverlap),
    st.tuples(st.integers(1, 3), st.integers(3, 5)).map(lambda bounds: DynamicOverlap(*bounds, 0.8)),
)


@given(OVERLAPS, st.data())
def test_asking_one_by_one_never_passes_the_maximum(overlap: Overlap, data: st.DataObject) -> None:
    """Whatever is rejected and however confidence moves, no task is accepted more often than allowed, and all reach the minimum."""
    accepted = rejected = 0
    for _ in range(40):
        confidence = data.draw(st.floats(0, 1))
        asked = overlap_wanted(overlap, accepted, rejected_count=rejected, label="cat", confidence=confidence)
        if asked == accepted + rejected:
            break
        is_accepted = data.draw(st.booleans())
        accepted, rejected = accepted + is_accepted, rejected + (not is_accepted)
    else:
        accepted = max(accepted, overlap.min_overlap)
    assert overlap.min_overlap <= accepted <= overlap.max_overlap


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", StaticOverlap(3)),
        ("3-3", StaticOverlap(3)),
        ("2-3", DynamicOverlap(2, 3, 1)),
        (" 2 - 3 ", DynamicOverlap(2, 3, 1)),
    ],
)
def test_overlaps_have_a_text_form(text: str, expected: Overlap) -> None:
    """One number is static, two are bounds; an int is a confidence too."""
    overlap = parse_overlap(text, 1)
    assert overlap == expected
    assert parse_overlap(str(overlap), 1) == overlap


@pytest.mark.parametrize("text", ["", "x", "2-", "-2", "1-2-3", "0", "3-2", "2-101"])
def test_other_texts_are_refused(text: str) -> None:
    """The bounds are 0 < min <= max <= 100."""
    with pytest.raises(InvalidParams, match="expected"):
        parse_overlap(text, 0.9)


@pytest.mark.parametrize(
    ("low", "high", "confidence", "count"),
    [
        (0, 3, 0.9, 1),
        (3, 2, 1.1, 2),
        (1, 2, {}, 1),
        (1, 2, {"cat": 2.0, "dog": -1.0}, 2),
        (1, 2, float("nan"), 1),
        (1.5, 2, "high", 2),
        ("1", True, None, 2),
    ],
)
def test_every_wrong_number_of_an_overlap_is_named(
    low: int, high: int, confidence: float | Mapping[str, float], count: int
) -> None:
    """One error lists them all."""
    with pytest.raises(InvalidParams) as caught:
        DynamicOverlap(low, high, confidence)
    assert len(caught.value.problems) == count


@pytest.mark.parametrize("overlap", [0, 101, 2.5, "3", True, None], ids=repr)
def test_a_static_overlap_is_a_whole_number(overlap: int) -> None:
    """Half an answer cannot be asked for."""
    with pytest.raises(InvalidParams, match="expected a whole number from 1 to 100"):
        StaticOverlap(overlap)
