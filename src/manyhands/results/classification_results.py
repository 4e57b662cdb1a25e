"""The results of a classification as data frames."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from os import PathLike

import pandas as pd

from manyhands.crowd import WorkerId
from manyhands.errors import InvalidData
from manyhands.preview import TaskPreview
from manyhands.task import Class, InputObjects, PreparedTaskSpec
from manyhands.truth import TIE_MARGIN

from .export_files import ExportFormat, export_frame
from .input_columns import MISSING, input_columns
from .raw_results import RawPair, RawResults
from .result_fields import (
    CONFIDENCE_FIELD,
    LABEL_FIELD,
    OVERLAP_FIELD,
    PROBA_FIELD_PREFIX,
    RESULT_FIELD,
    TASK_FIELD,
    WORKER_FIELD,
    WORKER_WEIGHT_FIELD,
    ResultView,
)

__all__ = ["ClassificationResults"]


class ClassificationResults:
    """The results of a classification, as tables.

    Every table has a clean index 0..n-1, texts as object columns, probabilities as float64 and counts as int64. Input
    fields come first; one whose name a result column of the table has taken is called ``input_<name>``. Objects that are
    equal keep a row each. Nothing that is passed in is changed, and nothing fails when there are no objects or no answers.

    Args:
        input_objects: the objects that were launched.
        raw_results: what the launch returned, in the same order: `RawResults` or a plain list of (probas, votes).
        task_spec: the task spec that was launched.
        worker_weights: how far the aggregation trusts each worker, in [0, 1]; None leaves the column out.

    Raises:
        InvalidData: the raw results are not as many as the objects, or have a label that the task spec does not know.

    Example:
        >>> from manyhands.results import RawResult, Vote
        >>> from manyhands.task import ClassificationFunction, TaskSpec, Text
        >>> class Animal(Class):
        ...     CAT = "cat"
        ...     DOG = "dog"
        >>> text = {"EN": "Cat or dog?"}
        >>> function = ClassificationFunction(inputs=(Text,), cls=Animal)
        >>> spec = TaskSpec(id="animals", function=function, name=text, description=text, instruction=text)
        >>> raw_results = [RawResult({Animal.CAT: 0.75, Animal.DOG: 0.25}, [Vote(Animal.CAT, WorkerId("w1"))])]
        >>> results = ClassificationResults([(Text("It meows."),)], raw_results, PreparedTaskSpec(spec, "EN"))
        >>> results.predict().to_dict("records")
        [{'text': 'It meows.', 'result': 'cat', 'confidence': 0.75, 'overlap': 1}]
    """

    def __init__(
        self,
        input_objects: Sequence[InputObjects],
        raw_results: Sequence[RawPair],
        task_spec: PreparedTaskSpec,
        worker_weights: Mapping[WorkerId, float] | None = None,
    ) -> None:
        if len(input_objects) != len(raw_results):
            message = f"There are {len(input_objects)} input objects but {len(raw_results)} raw results; pass those of one launch."
            raise InvalidData(message)
        self._input_objects = list(input_objects)
        self._raw_results = raw_results if isinstance(raw_results, RawResults) else list(raw_results)
        self._task_spec = task_spec
        self._worker_weights = None if worker_weights is None else dict(worker_weights)
        self._labels = task_spec.label_class.possible_instances()
        _check_labels(self._raw_results, self._labels)

    @property
    def is_finished(self) -> bool:
        """Whether every object has the answers that were wanted (in a plain list: any answers)."""
        return not self._unfinished_positions()

    def predict(self) -> pd.DataFrame:
        """Return one row per object, in input order.

        Columns: the input fields; `result` (object: the value of the most probable label, among equally probable ones the
        first of the class; NaN when nothing is known); `confidence` (float64 in [0, 1]: its probability, 0.0 when nothing
        is known); `overlap` (int64: the number of accepted answers).
        """
        tops = [self._top_label(probas) for probas, _ in self._raw_results]
        return self._frame(
            range(len(self._input_objects)),
            {
                RESULT_FIELD: pd.Series([value for value, _ in tops], dtype=object),
                CONFIDENCE_FIELD: pd.Series([confidence for _, confidence in tops], dtype="float64"),
                OVERLAP_FIELD: self._overlaps(),
            },
        )

    def predict_proba(self) -> pd.DataFrame:
        """Return one row per object, in input order.

        Columns: the input fields; ``proba_<value>`` for each label in the order of the class (float64 in [0, 1], 0.0 when
        nothing is known); `overlap` (int64).
        """
        probas = {
            f"{PROBA_FIELD_PREFIX}{label.value}": pd.Series(
                [(known or {}).get(label, 0.0) for known, _ in self._raw_results], dtype="float64"
            )
            for label in self._labels
        }
        return self._frame(range(len(self._input_objects)), {**probas, OVERLAP_FIELD: self._overlaps()})

    def worker_labels(self) -> pd.DataFrame:
        """Return one row per answer of a worker, by object in input order, then in the order of the votes.

        Columns: the input fields; `label` (object: its value); `worker` (object: the id); if worker weights were given
        `worker_weight` (float64 in [0, 1], NaN for a worker without one).
        """
        answers = list(self._iter_answers())
        columns: dict[str, pd.Series] = {
            LABEL_FIELD: pd.Series([label for _, label, _ in answers], dtype=object),
            WORKER_FIELD: pd.Series([worker for _, _, worker in answers], dtype=object),
        }
        if self._worker_weights is not None:
            weights = [self._worker_weights.get(worker, MISSING) for _, _, worker in answers]
            columns[WORKER_WEIGHT_FIELD] = pd.Series(weights, dtype="float64")
        return self._frame([position for position, _, _ in answers], columns)

    def answers(self) -> pd.DataFrame:
        """Return one row per answer of a worker, in the order of `worker_labels`, as crowd-kit reads it.

        Columns: `task` (int64: the position of the object), `worker` (object), `label` (object: its value).
        """
        answers = list(self._iter_answers())
        return pd.DataFrame(
            {
                TASK_FIELD: pd.Series([position for position, _, _ in answers], dtype="int64"),
                WORKER_FIELD: pd.Series([worker for _, _, worker in answers], dtype=object),
                LABEL_FIELD: pd.Series([label for _, label, _ in answers], dtype=object),
            }
        )

    def unfinished(self) -> pd.DataFrame:
        """Return the rows of `predict` whose objects still want answers (in a plain list: have no answers)."""
        return self.predict().iloc[self._unfinished_positions()].reset_index(drop=True)

    def previews(self, *, server: str | None = None) -> list[TaskPreview]:
        """Return one preview per object, as the rows of `predict`: with its most probable label, or to be tried when nothing is known.

        ``frame["preview"] = [preview.get_link() for preview in results.previews()]`` puts them into a table.

        Args:
            server: the URL of a manyhands server whose page the links lead to; None means the page that is installed with this package.
        """
        tops = [self._top_label(probas) if probas else None for probas, _ in self._raw_results]
        label_class = self._task_spec.label_class
        return [
            TaskPreview(
                objects,
                task_spec=self._task_spec,
                output_objects=None if top is None else label_class(str(top[0])),
                server=server,
            )
            for objects, top in zip(self._input_objects, tops, strict=True)
        ]

    def view(self, view: ResultView) -> pd.DataFrame:
        """Return the table of this name."""
        tables: dict[ResultView, Callable[[], pd.DataFrame]] = {
            ResultView.PREDICTION: self.predict,
            ResultView.PROBABILITIES: self.predict_proba,
            ResultView.WORKER_LABELS: self.worker_labels,
            ResultView.ANSWERS: self.answers,
        }
        return tables[ResultView(view)]()

    def to_csv(self, path: str | PathLike[str], *, view: ResultView = ResultView.PREDICTION) -> None:
        """Write a table as CSV in UTF-8 with a header; see `export`."""
        export_frame(self.view(view), path, export_format=ExportFormat.CSV)

    def to_jsonl(self, path: str | PathLike[str], *, view: ResultView = ResultView.PREDICTION) -> None:
        """Write a table as one JSON object per line; see `export`."""
        export_frame(self.view(view), path, export_format=ExportFormat.JSONL)

    def to_parquet(self, path: str | PathLike[str], *, view: ResultView = ResultView.PREDICTION) -> None:
        """Write a table as Parquet; see `export`.

        Raises:
            MissingExtra: the extra ``parquet`` is not installed.
        """
        export_frame(self.view(view), path, export_format=ExportFormat.PARQUET)

    def __repr__(self) -> str:
        unfinished_count = len(self._unfinished_positions())
        return f"ClassificationResults({len(self._input_objects)} objects, {unfinished_count} unfinished)"

    def _frame(self, positions: Sequence[int], columns: Mapping[str, pd.Series]) -> pd.DataFrame:
        inputs = input_columns(self._input_objects, self._task_spec, taken=columns.keys())
        fields = {
            name: pd.Series([values[position] for position in positions], dtype=object)
            for name, values in inputs.items()
        }
        return pd.DataFrame({**fields, **columns})

    def _top_label(self, probas: Mapping[Class, float] | None) -> tuple[object, float]:
        if not probas:
            return MISSING, 0.0
        highest = max(probas.values())
        top = next(label for label in self._labels if probas.get(label, 0.0) >= highest - TIE_MARGIN)
        return top.value, probas[top]

    def _overlaps(self) -> pd.Series:
        return pd.Series([len(votes) for _, votes in self._raw_results], dtype="int64")

    def _iter_answers(self) -> Iterator[tuple[int, str, WorkerId]]:
        label_class = self._task_spec.label_class
        for position, (_, votes) in enumerate(self._raw_results):
            for label, worker in votes:
                if worker is not None:
                    yield position, label_class(label).value, worker

    def _unfinished_positions(self) -> list[int]:
        if isinstance(self._raw_results, RawResults):
            return list(self._raw_results.unfinished)
        return [position for position, (_, votes) in enumerate(self._raw_results) if not votes]


def _check_labels(raw_results: Sequence[RawPair], labels: Sequence[Class]) -> None:
    known = set(labels)
    problems = [
        f"object {position}: expected one of {', '.join(labels)}, found {str(stranger)!r}"
        for position, (probas, votes) in enumerate(raw_results)
        for stranger in {*(probas or ()), *(label for label, _ in votes)} - known
    ]
    if problems:
        raise InvalidData(
            "The raw results have labels that the task spec does not know; pass its own task spec.", problems
        )
