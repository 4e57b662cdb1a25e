"""Drawings on terminals with few signs."""

from io import BytesIO, TextIOWrapper

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from manyhands.launches import Progress
from manyhands.launches.display.encodable import encodable_text
from manyhands.launches.display.progress_table import progress_table
from tests.unit.launches.display.progresses import NOW, RUNNING, WAITING


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "koi8-r", "cp437", "utf-8"])
@pytest.mark.parametrize("launches", [[RUNNING], [RUNNING, WAITING]], ids=["one", "several"])
def test_a_table_can_be_written_in_every_encoding(encoding: str, launches: list[Progress]) -> None:
    """Old code pages get similar signs; nothing fails."""
    written = BytesIO()
    with TextIOWrapper(written, encoding=encoding) as file:
        Console(file=file, width=140).print(progress_table(launches, now=NOW))
        file.flush()
        text = written.getvalue().decode(encoding)
    assert "entailment" in text
    assert ("✓46" in text) is (encoding == "utf-8")
    assert ("+46" in text) is (encoding != "utf-8")


@given(
    text=st.text(st.characters(exclude_categories=["C", "M"])), encoding=st.sampled_from(["ascii", "latin-1", "utf-8"])
)
def test_replacing_keeps_the_width_and_what_can_be_kept(text: str, encoding: str) -> None:
    """Columns stay aligned."""
    replaced = encodable_text(text, encoding)
    assert cell_len(replaced) == cell_len(text)
    assert replaced.encode(encoding).decode(encoding) == replaced
    assert encodable_text(replaced, encoding) == replaced
