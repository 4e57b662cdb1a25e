"""What the requester takes away from the page."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest

from manyhands.crowd import Solution, TaskDraft, WorkerId, WorkerProfile
from manyhands.task import FieldSpec, FieldType
from tests.unit.server.pages.watched import Watched, make_watched


@pytest.fixture(scope="module")
def watched() -> Watched:
    """A server with two finished baskets."""
    return make_watched()


def _csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def _jsonl(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_labels_are_a_row_per_object(watched: Watched) -> None:
    """The same in both formats, with the input and how sure the label is."""
    path = f"pools/{watched.pool('red')}/labels"
    table, lines = _csv(watched.call("GET", f"{path}.csv").text), _jsonl(watched.call("GET", f"{path}.jsonl").text)
    assert list(table[0]) == ["text", "result", "confidence", "overlap", "is_finished"]
    assert [row["text"] for row in table] == [str(number) for number in range(20)]
    assert [(row["text"], row["result"], int(row["overlap"])) for row in table] == [
        (row["text"], row["result"], row["overlap"]) for row in lines
    ]
    assert all(0.5 <= row["confidence"] <= 1 and row["is_finished"] for row in lines)


def test_answers_are_a_row_per_answer(watched: Watched) -> None:
    """Also those that were rejected, each with what was concluded."""
    path = f"pools/{watched.pool('red')}/answers"
    table, lines = _csv(watched.call("GET", f"{path}.csv").text), _jsonl(watched.call("GET", f"{path}.jsonl").text)
    assert len(table) == len(lines) > 40
    assert {row["status"] for row in lines} <= {"ACCEPTED", "REJECTED"}
    assert json.loads(table[0]["answer"]) == lines[0]["answer"]
    assert set(lines[0]) == {"task", "input", "worker", "answer", "status", "submitted", "label", "confidence"}


@pytest.mark.parametrize("kind", ["labels", "answers"])
def test_all_baskets_of_a_launch_are_one_table(watched: Watched, kind: str) -> None:
    """A column says which basket a row is of."""
    lines = _jsonl(watched.call("GET", f"baskets/{kind}.jsonl", whole="day").text)
    parts = {
        basket: _jsonl(watched.call("GET", f"pools/{watched.pool(basket)}/{kind}.jsonl").text)
        for basket in ("red", "green")
    }
    assert [line for line in lines if line["basket"] == "red"] == [{"basket": "red", **line} for line in parts["red"]]
    assert len(lines) == len(parts["red"]) + len(parts["green"])
    table = _csv(watched.call("GET", f"baskets/{kind}.csv", whole="day").text)
    assert [row["basket"] for row in table] == [line["basket"] for line in lines]


@pytest.mark.parametrize("whole", ["", "da", "day/red", "night"])
def test_only_the_name_of_a_whole_means_its_baskets(watched: Watched, whole: str) -> None:
    """Neither a part of it nor nothing."""
    assert watched.refusal("GET", "baskets/labels.csv", whole=whole)[0] == 404


def test_what_a_spreadsheet_would_run_is_text() -> None:
    """A formula in an input or an answer is shown, not calculated; a column that is taken is renamed."""
    watched = make_watched()
    text = FieldSpec(type=FieldType.STRING)
    bare = watched.platform.get_pool(watched.make_pool("bare")).config
    spec = watched.platform.get_project(bare.project_id).config
    watched.platform.put_project(replace(spec, input_spec={"text": text, "result": text}, output_spec={"said": text}))
    pool = watched.platform.create_pool(replace(bare, key="texts")).id
    watched.platform.add_tasks(pool, [TaskDraft(key="a", input_values={"text": "=1+1", "result": "x"})])
    watched.platform.open_pool(pool)
    watched.platform.register_worker(WorkerId("ann"), WorkerProfile())
    page = watched.platform.take(WorkerId("ann"), pool)
    solution = Solution(output_values={"said": "@SUM(A1)"})
    watched.platform.submit(page.assignment_id, WorkerId("ann"), solutions=[solution])
    (row,) = _csv(watched.call("GET", f"pools/{pool}/labels.csv").text)
    assert (row["text"], row["input_result"], row["result"]) == ("'=1+1", "x", "")
