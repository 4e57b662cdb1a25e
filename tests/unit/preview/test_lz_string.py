"""Packing texts as LZ-string does."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.preview.lz_string import compress_for_url

#: Pairs of a text and what LZ-string 1.5.0 for JavaScript makes of it.
VECTORS = json.loads((Path(__file__).parent / "lz_string_vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "packed"), VECTORS, ids=[f"{len(text)} characters" for text, _ in VECTORS])
def test_the_letters_are_those_of_the_original(text: str, packed: str) -> None:
    """For nothing, repetitions, every alphabet, pairs of surrogates, control characters and thousands of phrases."""
    assert compress_for_url(text) == packed


@given(st.text())
def test_what_comes_out_can_stand_in_an_address(text: str) -> None:
    """No letter has to be escaped."""
    assert set(compress_for_url(text)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-$")


@given(st.text(), st.text())
def test_different_texts_are_packed_differently(one: str, other: str) -> None:
    """Nothing is lost."""
    assert (compress_for_url(one) == compress_for_url(other)) is (one == other)
