"""Reading input and control objects."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.errors import InvalidData, InvalidInput
from manyhands.task import (
    Class,
    ClassificationFunction,
    ClassMeta,
    Image,
    InputObjects,
    Metadata,
    ObjectMeta,
    PreparedTaskSpec,
    TaskMapping,
    TaskSpec,
    Text,
    file_format,
    read_control_objects,
    read_input_objects,
    read_tasks,
)

RTE = Path(__file__).parents[4] / "shared/data/rte_text/inputs.csv"


class Answer(Class):
    """Two answers."""

    YES = "yes"
    NO = "no"


SPEC = PreparedTaskSpec(
    TaskSpec(
        id="entailment",
        function=ClassificationFunction(
            (ObjectMeta(Text, name="text"), ObjectMeta(Text, name="hypothesis", required=False)), Answer
        ),
        name={"EN": "Does it follow?"},
        description={"EN": "Compare."},
        instruction={"EN": "Compare."},
    ),
    "EN",
)

ROWS: list[dict[str, str | None]] = [
    {"text": "It rains, and how.", "hypothesis": "It is wet.", "choice": "yes", "extra": "1"},
    {"text": 'She said "no".\nTwice.', "hypothesis": None, "choice": "no", "extra": "2"},
    {"text": "Идёт дождь.", "hypothesis": "\u2028", "choice": "no", "extra": "3"},
]
INPUTS: list[InputObjects] = [
    (Text("It rains, and how."), Text("It is wet.")),
    (Text('She said "no".\nTwice.'), None),
    (Text("Идёт дождь."), Text("\u2028")),
]
CONTROLS = [(inputs, (Answer(str(row["choice"])),)) for inputs, row in zip(INPUTS, ROWS, strict=True)]


def write_json(path: Path) -> None:
    """Write the rows as one list."""
    path.write_text(json.dumps(ROWS), encoding="utf-8")


def write_jsonl(path: Path) -> None:
    """Write the rows one per line, with an empty line between."""
    path.write_text("\n\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), encoding="utf-8")


def write_csv(path: Path) -> None:
    """Write the rows with commas and a byte order mark, as spreadsheets do."""
    pd.DataFrame(ROWS).to_csv(path, index=False, encoding="utf-8-sig")


def write_tsv(path: Path) -> None:
    """Write the rows with tabs."""
    pd.DataFrame(ROWS).to_csv(path, index=False, sep="\t")


def write_parquet(path: Path) -> None:
    """Write the rows as Parquet."""
    pd.DataFrame(ROWS).to_parquet(path)


WRITERS = {"json": write_json, "jsonl": write_jsonl, "csv": write_csv, "tsv": write_tsv, "parquet": write_parquet}


@pytest.mark.parametrize(("suffix", "write"), WRITERS.items(), ids=list(WRITERS))
def test_every_format_gives_the_same_objects(suffix: str, write: Callable[[Path], None], tmp_path: Path) -> None:
    """Path, string, open files and an explicit format all read alike; other fields are left out."""
    path = tmp_path / f"rows.{suffix}"
    write(path)
    renamed = path.with_suffix(".txt")
    renamed.write_bytes(path.read_bytes())
    assert read_tasks(path, SPEC) == read_tasks(str(path), SPEC.mapping) == INPUTS
    assert read_tasks(path, SPEC, has_solutions=True) == read_control_objects(path, SPEC) == CONTROLS
    assert read_input_objects(renamed, SPEC, format=suffix) == INPUTS
    assert read_input_objects(io.BytesIO(path.read_bytes()), SPEC, format=suffix) == INPUTS
    with path.open("rb") as file:
        assert read_input_objects(file, SPEC) == INPUTS


def test_frames_dicts_and_text_files_are_read_too(tmp_path: Path) -> None:
    """What is in memory already needs no file."""
    frame = pd.DataFrame(ROWS, index=[7, 7, 7])
    assert read_tasks(frame, SPEC, has_solutions=True) == CONTROLS
    assert read_tasks(iter(ROWS), SPEC) == INPUTS
    write_json(tmp_path / "rows.json")
    with (tmp_path / "rows.json").open(encoding="utf-8") as file:
        assert read_tasks(file, SPEC) == INPUTS


def test_no_rows_are_no_objects() -> None:
    """Nothing in, nothing out."""
    assert read_tasks([], SPEC) == []
    assert read_tasks(pd.DataFrame({"text": []}), SPEC) == []


def test_every_bad_row_is_in_one_error() -> None:
    """Rows are counted from 1; field, expectation and finding are named."""
    rows = [
        {"text": 5, "choice": "yes"},
        {"text": "fine", "choice": "no"},
        {"choice": "maybe"},
        ["text"],
        {"text": "fine too", "hypothesis": {"a": 1}, "choice": None},
    ]
    with pytest.raises(InvalidData) as caught:
        read_tasks(io.StringIO(json.dumps(rows)), SPEC, has_solutions=True, format="json")
    assert list(caught.value.problems) == [
        "row 1: text: expected a string, found 5 (int)",
        "row 3: text: expected a string, but it is missing",
        "row 3: choice: expected one of 'no', 'yes', found 'maybe' (str)",
        "row 4: expected an object with fields, found ['text'] (list)",
        "row 5: hypothesis: expected a string, found {'a': 1} (dict)",
        "row 5: choice: expected one of 'no', 'yes', but it is missing",
    ]


def test_every_repeated_row_is_named() -> None:
    """A repeat is found by the input objects alone, whatever else the row says."""
    rows: list[dict[str, object]] = [
        {"text": "a"},
        {"text": "b"},
        {"text": "a", "extra": 1},
        {"text": "a", "hypothesis": "h"},
        {"text": "a"},
    ]
    with pytest.raises(InvalidData) as caught:
        read_tasks(rows, SPEC)
    assert list(caught.value.problems) == [
        "rows 1 and 3 have the same input objects; keep one of them",
        "rows 1 and 5 have the same input objects; keep one of them",
    ]


def test_control_rows_that_contradict_each_other_are_repeats() -> None:
    """One task cannot have two solutions."""
    rows = [{"text": "a", "choice": "yes"}, {"text": "a", "choice": "no"}]
    with pytest.raises(InvalidData, match="rows 1 and 2 have the same input objects"):
        read_tasks(rows, SPEC, has_solutions=True)


def test_metadata_tells_equal_media_apart() -> None:
    """The same image with other metadata is another task."""
    mapping = TaskMapping.of(ClassificationFunction((Image, Metadata), Answer))
    rows = [{"image": "u", "metadata": "1"}, {"image": "u", "metadata": "2"}]
    assert read_tasks(rows, mapping) == [(Image("u"), Metadata("1")), (Image("u"), Metadata("2"))]


def test_many_problems_are_counted_after_the_first_twenty() -> None:
    """The error stays readable and says how much more there is."""
    with pytest.raises(InvalidData) as caught:
        read_tasks([{"text": number} for number in range(50)], SPEC)
    assert caught.value.problems[19].startswith("row 20:")
    assert caught.value.problems[20:] == ("… and 30 more problems",)


def test_a_column_that_is_missing_is_one_problem() -> None:
    """A misspelt header is not a mistake in every row, and the message shows the names that are there."""
    with pytest.raises(InvalidData) as caught:
        read_tasks([{"Text": "a", "choice": "x"}] * 2, SPEC, has_solutions=True)
    assert list(caught.value.problems) == [
        "no row has the field text (a string); the rows have Text, choice",
        "row 1: choice: expected one of 'no', 'yes', found 'x' (str)",
        "row 2: choice: expected one of 'no', 'yes', found 'x' (str)",
    ]


@pytest.mark.parametrize(
    ("content", "suffix", "message"),
    [
        pytest.param(b'[{"text": "a"', "json", "rows.json is not JSON: .*line 1", id="broken JSON"),
        pytest.param(b'{"text": "a"}', "json", "must hold a list of objects, but holds one dict", id="JSON object"),
        pytest.param(b'{"text": "a"}\n{"te', "jsonl", "row 2: expected one JSON object", id="broken line"),
        pytest.param(b"", "csv", "has no header", id="empty CSV"),
        pytest.param(b"text,text\na,b\n", "csv", "several columns named text", id="repeated column"),
        pytest.param(b"text,x\na,b\nc\nd,e,f\n", "csv", "row 2: expected 2 cells .*found 1", id="short row"),
        pytest.param(b"text,x\na,b\nc\nd,e,f\n", "csv", "row 3: expected 2 cells .*found 3", id="long row"),
        pytest.param(b'text\na\n"b\n', "csv", "row 2: the cells cannot be told apart", id="open quote"),
        pytest.param(b"text,x\n,b\n", "csv", "row 1: text: expected a string, but it is missing", id="empty cell"),
        pytest.param("text\nдь\n".encode("cp1251"), "csv", "not UTF-8 text: byte 5 is 0xe4", id="other encoding"),
        pytest.param(b"not parquet", "parquet", "rows.parquet is not a Parquet file", id="broken Parquet"),
        pytest.param(b"", "xlsx", "'xlsx' of rows.xlsx is not known; pass format= as one of json", id="unknown"),
    ],
)
def test_files_that_cannot_be_read_say_why(content: bytes, suffix: str, message: str, tmp_path: Path) -> None:
    """The error names the file and what is wrong with it."""
    path = tmp_path / f"rows.{suffix}"
    path.write_bytes(content)
    with pytest.raises(InvalidData, match=rf"(?s){message}"):
        read_tasks(path, SPEC)


def test_a_missing_file_is_named() -> None:
    """The path is in the message."""
    with pytest.raises(InvalidData, match=r"cannot be read: No such file.*nowhere/rows\.csv"):
        read_tasks("nowhere/rows.csv", SPEC)


def test_an_open_file_without_name_needs_a_format() -> None:
    """Bytes alone do not tell how they are written."""
    with pytest.raises(InvalidData, match="pass format= as one of json, jsonl, csv, tsv, parquet"):
        read_tasks(io.StringIO("[]"), SPEC)


def test_a_frame_with_repeated_columns_is_refused() -> None:
    """Which of the two columns is meant cannot be known."""
    with pytest.raises(InvalidData, match="several columns named text"):
        read_tasks(pd.DataFrame([["a", "b"]], columns=["text", "text"]), SPEC)


def test_the_format_of_a_file_can_be_shown() -> None:
    """A requester sees which fields a file needs."""
    frame = file_format(SPEC, has_solutions=True)
    assert list(frame.columns) == ["name", "type", "required", "expected"]
    assert frame["name"].tolist() == ["text", "hypothesis", "choice"]
    assert frame["required"].tolist() == [True, False, True]
    assert frame["expected"].tolist() == ["a string", "a string", "one of 'no', 'yes'"]
    assert file_format(SPEC)["name"].tolist() == ["text", "hypothesis"]


@pytest.mark.skipif(not RTE.exists(), reason="the shared data are not beside this checkout")
def test_real_text_pairs_are_read() -> None:
    """800 pairs of the textual entailment data, with a yes/no class."""
    pair = ClassificationFunction(
        (ObjectMeta(Text, name="text"), ObjectMeta(Text, name="hypothesis")), ClassMeta(Answer, name="choice")
    )
    objects = read_input_objects(RTE, TaskMapping.of(pair))
    assert len(objects) == len(set(objects)) == len(pd.read_csv(RTE))
    assert objects[0][1] == Text("Two films won six Oscars.")


CELLS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=8)


@given(st.lists(CELLS, unique=True, max_size=5))
def test_any_text_survives_csv(texts: list[str]) -> None:
    """Quotes, commas, line ends and odd characters in cells come back as they were."""
    content = pd.DataFrame({"text": texts}).to_csv(index=False, lineterminator="\n", quoting=1).encode()
    assert read_tasks(io.BytesIO(content), SPEC, format="csv") == [(Text(text), None) for text in texts]


@pytest.mark.parametrize("source", [5, None], ids=repr)
def test_rows_come_from_somewhere(source: object) -> None:
    """The error says what can hold rows."""
    with pytest.raises(InvalidData, match="expected a path, an open file, a frame, or dicts"):
        read_input_objects(source, SPEC)  # type: ignore[arg-type]  # refused at run time too


@pytest.mark.parametrize("spec", [None, "EN"], ids=repr)
def test_the_spec_has_to_be_prepared(spec: object) -> None:
    """The error says how to make what is expected."""
    with pytest.raises(InvalidInput, match="expected a PreparedTaskSpec, such as"):
        read_input_objects([], spec)  # type: ignore[arg-type]  # refused at run time too


@pytest.mark.parametrize(("count", "words"), [(1, "the 1 row cannot"), (2, "the 2 rows cannot")])
def test_rows_are_counted_in_words_that_fit(count: int, words: str) -> None:
    """One row is no rows."""
    with pytest.raises(InvalidData, match=words):
        read_input_objects([{}] * count, SPEC)
