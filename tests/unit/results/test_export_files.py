"""Exported files: read back equal, and written whole or not at all."""

import json
import sys
from pathlib import Path

import pandas as pd
import pytest
from pandas.api.types import is_object_dtype

from manyhands.crowd import WorkerId
from manyhands.errors import InvalidInput, MissingExtra
from manyhands.results import ClassificationResults, RawResult, ResultView, Vote, export
from manyhands.task import Class, ClassificationFunction, PreparedTaskSpec, TaskSpec, Text


class Animal(Class):
    """The labels."""

    DOG = "dog"
    CAT = "cat"


TEXT = {"EN": "Which animal is it?"}
SPEC = PreparedTaskSpec(
    TaskSpec(
        id="animals",
        function=ClassificationFunction(inputs=(Text,), cls=Animal),
        name=TEXT,
        description=TEXT,
        instruction=TEXT,
    ),
    "EN",
)
#: A third cannot be written with 15 digits and read back equal.
RESULTS = ClassificationResults(
    [(Text('says "мяу", twice\nand purrs'),), (Text(""),)],
    [
        RawResult(
            {Animal.CAT: 2 / 3, Animal.DOG: 1 / 3}, [Vote(Animal.CAT, WorkerId("w1")), Vote(Animal.DOG, WorkerId("w2"))]
        ),
        RawResult(None, []),
    ],
    SPEC,
    {WorkerId("w1"): 0.9},
)


def read(path: Path) -> pd.DataFrame:
    """Read an exported file the way its suffix says, with pandas alone."""
    match path.suffix:
        case ".csv":
            # An empty text and a missing one look the same in CSV; the table's columns tell which it was.
            return pd.read_csv(path).fillna({"text": ""})
        case ".jsonl":
            return pd.DataFrame([json.loads(line) for line in path.read_text("utf-8").splitlines()])
        case ".json":
            return pd.DataFrame(json.loads(path.read_text("utf-8")))
        case _:
            return pd.read_parquet(path)


@pytest.mark.parametrize("view", list(ResultView))
@pytest.mark.parametrize("suffix", ["csv", "json", "jsonl", "parquet"])
def test_every_view_is_read_back_equal(tmp_path: Path, view: ResultView, suffix: str) -> None:
    """Texts in any script, line breaks, missing values and every digit of a probability survive."""
    path = tmp_path / f"results.{suffix}"

    export(RESULTS, path, view=view)

    expected = RESULTS.view(view)
    found = read(path).astype({name: dtype for name, dtype in expected.dtypes.items() if is_object_dtype(dtype)})
    pd.testing.assert_frame_equal(found.where(found.notna(), float("nan")), expected, check_exact=True)


def test_methods_write_the_format_they_name(tmp_path: Path) -> None:
    """`to_csv`, `to_jsonl` and `to_parquet` do not look at the suffix."""
    RESULTS.to_csv(tmp_path / "a.txt", view=ResultView.ANSWERS)
    RESULTS.to_jsonl(tmp_path / "b.txt", view=ResultView.ANSWERS)
    RESULTS.to_parquet(tmp_path / "c.txt", view=ResultView.ANSWERS)

    assert (tmp_path / "a.txt").read_text() == "task,worker,label\n0,w1,cat\n0,w2,dog\n"
    assert (tmp_path / "b.txt").read_text().splitlines()[0] == '{"task":0,"worker":"w1","label":"cat"}'
    assert len(pd.read_parquet(tmp_path / "c.txt")) == 2


def test_missing_label_is_null_in_json(tmp_path: Path) -> None:
    """An object without answers has no label in the file, not the text "nan"."""
    path = tmp_path / "results.jsonl"

    RESULTS.to_jsonl(path)

    assert json.loads(path.read_text("utf-8").splitlines()[1])["result"] is None


def test_data_frame_of_the_requester_is_exported_too(tmp_path: Path) -> None:
    """A table that the requester filtered goes through the same door, its index left out."""
    frame = RESULTS.predict().query("overlap > 0")

    export(frame, tmp_path / "sure.csv")

    assert pd.read_csv(tmp_path / "sure.csv")["result"].tolist() == ["cat"]


def test_parquet_of_a_basket_without_answers_has_the_same_types(tmp_path: Path) -> None:
    """The files of an interrupted basket and of a finished one can be read together."""
    nothing = ClassificationResults([(Text("a"),)], [RawResult(None, [])], SPEC)
    nothing.to_parquet(tmp_path / "1.parquet")
    RESULTS.to_parquet(tmp_path / "2.parquet")

    both = pd.read_parquet(tmp_path)

    assert both["result"].dropna().tolist() == ["cat"]


def test_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    """A value that cannot be written costs neither the old file nor leaves a part of the new one."""
    path = tmp_path / "results.jsonl"
    export(RESULTS, path)
    before = path.read_bytes()

    with pytest.raises(TypeError):
        export(pd.DataFrame({"strange": [object()]}), path)

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_unknown_suffix_names_the_known_ones(tmp_path: Path) -> None:
    """The error says which names would work, and nothing is written."""
    with pytest.raises(InvalidInput, match=r"results\.xlsx.*\.csv, \.json, \.jsonl, \.parquet"):
        export(RESULTS, tmp_path / "results.xlsx")

    assert list(tmp_path.iterdir()) == []


def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the extra, and no half file stays behind."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(MissingExtra, match=r"pip install 'manyhands\[parquet\]'"):
        RESULTS.to_parquet(tmp_path / "results.parquet")

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The error speaks of what the requester wrote, not of a draft."""
    with pytest.raises(InvalidInput, match=r"There is no folder .*nowhere for labels\.csv; make it"):
        export(pd.DataFrame({"text": ["a"]}), tmp_path / "nowhere" / "labels.csv")
