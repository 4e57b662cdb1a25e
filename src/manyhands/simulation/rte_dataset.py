"""Real text entailment pairs with real answers, carried by the package; see rte/PROVENANCE.md."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from manyhands.crowd import WorkerId
from manyhands.errors import InvalidData
from manyhands.task import TaskMapping, Text

from .recorded_crowd import RecordedAnswer, RecordedCrowd
from .truth_book import TruthBook, visible_key, visible_values

__all__ = ["RteAnswer", "RteDataset", "RtePair", "load_rte"]

_CONTROL = "control"


@dataclass(frozen=True, slots=True, kw_only=True)
class RtePair:
    """Two texts: does the hypothesis follow from the text?

    Attributes:
        task: the name of the pair in the source.
        basket: ``red``, ``green``, ``blue`` or ``control``.
    """

    task: str
    basket: str
    text: str
    hypothesis: str

    @property
    def objects(self) -> tuple[Text, Text]:
        """The pair as input objects."""
        return Text(self.text), Text(self.hypothesis)


@dataclass(frozen=True, slots=True, kw_only=True)
class RteAnswer:
    """What a person answered to a pair, ``yes`` or ``no``."""

    task: str
    worker: WorkerId
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RteDataset:
    """300 pairs in three baskets, 40 control pairs, and everybody's answers to them.

    Attributes:
        inputs: the pairs of the baskets: 100 red ones, then green, then blue.
        controls: the control pairs, 20 of each label.
        gold: task → ``yes`` or ``no``, what the experts say.
        answers: 10 for each pair.
    """

    inputs: tuple[RtePair, ...]
    controls: tuple[RtePair, ...]
    gold: Mapping[str, str]
    answers: tuple[RteAnswer, ...]

    def list_basket(self, name: str) -> list[RtePair]:
        """Return the pairs of the basket ``red``, ``green`` or ``blue``; none of another name."""
        return [pair for pair in self.inputs if pair.basket == name]

    def record_crowd(self, mapping: TaskMapping) -> RecordedCrowd:
        """Return the answers as people gave them, for a task that shows two texts and asks for a class with the values ``yes`` and ``no``.

        Raises:
            InvalidData: the mapping is of another task.
        """
        pairs = (*self.inputs, *self.controls)
        keys = {pair.task: _key_of(pair, mapping) for pair in pairs}
        truth = TruthBook.from_objects(
            mapping, ((p.objects, mapping.solution(self._solution(p, mapping))) for p in pairs)
        )
        answers = (RecordedAnswer(key=keys[a.task], person=a.worker, label=a.label) for a in self.answers)
        return RecordedCrowd(truth, answers)

    def control_keys(self, mapping: TaskMapping) -> frozenset[str]:
        """Return the keys of the control pairs, for `ReplayCrowd`: every worker may get them, so their answers are given more than once."""
        return frozenset(_key_of(pair, mapping) for pair in self.controls)

    def _solution(self, pair: RtePair, mapping: TaskMapping) -> dict[str, str]:
        if len(mapping.outputs) != 1:
            raise InvalidData(
                f"The pairs have one answer each; expected a task with one output, found {len(mapping.outputs)}."
            )
        return {mapping.outputs[0].name: self.gold[pair.task]}


def load_rte() -> RteDataset:
    """Return the pairs and answers that the package carries.

    Example:
        >>> rte = load_rte()
        >>> len(rte.inputs), len(rte.controls), len(rte.answers)
        (300, 40, 3400)
        >>> rte.controls[0].hypothesis, rte.gold[rte.controls[0].task]
        ('Microsoft to begin shipping major update to Windows', 'no')
    """
    pairs = [RtePair(**row) for row in _rows("inputs.csv")]
    return RteDataset(
        inputs=tuple(pair for pair in pairs if pair.basket != _CONTROL),
        controls=tuple(pair for pair in pairs if pair.basket == _CONTROL),
        gold={row["task"]: row["label"] for row in _rows("gold.csv")},
        answers=tuple(
            RteAnswer(task=row["task"], worker=WorkerId(row["worker"]), label=row["label"])
            for row in _rows("answers.csv")
        ),
    )


def _key_of(pair: RtePair, mapping: TaskMapping) -> str:
    return visible_key(visible_values(mapping, pair.objects))


def _rows(name: str) -> Iterable[dict[str, str]]:
    with files("manyhands.simulation").joinpath("rte", name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
