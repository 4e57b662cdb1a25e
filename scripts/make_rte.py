"""Choose the part of the RTE answers that the package carries, and write it to src/manyhands/simulation/rte.

Run it as ``python scripts/make_rte.py [source folder] [target folder]``; the same source brings the same files, byte for byte.
"""

import csv
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT.parent / "shared" / "data" / "rte_text"
TARGET = ROOT / "src" / "manyhands" / "simulation" / "rte"

SEED = 20261122
BASKETS = ("red", "green", "blue")
PAIRS_PER_BASKET = 100
CONTROLS_PER_LABEL = 20
LABELS = {"0": "no", "1": "yes"}

# A good person has answered at least a page of the source (20 pairs) and agrees with the experts in 9 of 10.
GOOD_ANSWER_COUNT = 20
GOOD_ACCURACY = 0.9
# A control pair needs some good people who all agree with the experts, and few others who do not.
GOOD_PEOPLE_PER_CONTROL = 3
RIGHT_ANSWERS_PER_CONTROL = 8

Row = dict[str, str]


def main(source: Path = SOURCE, target: Path = TARGET) -> None:
    """Read the three files of the source, choose, and write three files of the same columns."""
    inputs, answers = read_rows(source / "inputs.csv"), read_rows(source / "answers.csv")
    gold = {row["task"]: row["label"] for row in read_rows(source / "gold.csv")}
    baskets = choose_baskets(gold, find_control_candidates(gold, answers))
    write_rows(target / "inputs.csv", ("task", "basket", "text", "hypothesis"), with_baskets(inputs, baskets))
    write_rows(
        target / "gold.csv", ("task", "label"), ({"task": task, "label": LABELS[gold[task]]} for task in baskets)
    )
    kept = ({**row, "label": LABELS[row["label"]]} for row in answers if row["task"] in baskets)
    write_rows(target / "answers.csv", ("task", "worker", "label"), kept)


def find_control_candidates(gold: Mapping[str, str], answers: Sequence[Row]) -> list[str]:
    """Return the pairs that good people answer as the experts do, in the order of the source."""
    good = find_good_people(gold, answers)
    right_by_task: dict[str, int] = defaultdict(int)
    good_by_task: dict[str, list[bool]] = defaultdict(list)
    for row in answers:
        is_right = row["label"] == gold[row["task"]]
        right_by_task[row["task"]] += is_right
        if row["worker"] in good:
            good_by_task[row["task"]].append(is_right)
    return [
        task
        for task in gold
        if right_by_task[task] >= RIGHT_ANSWERS_PER_CONTROL
        and len(good_by_task[task]) >= GOOD_PEOPLE_PER_CONTROL
        and all(good_by_task[task])
    ]


def find_good_people(gold: Mapping[str, str], answers: Sequence[Row]) -> set[str]:
    """Return the people who answered enough and well enough."""
    by_person: dict[str, list[bool]] = defaultdict(list)
    for row in answers:
        by_person[row["worker"]].append(row["label"] == gold[row["task"]])
    return {
        person
        for person, rights in by_person.items()
        if len(rights) >= GOOD_ANSWER_COUNT and sum(rights) >= GOOD_ACCURACY * len(rights)
    }


def choose_baskets(gold: Mapping[str, str], candidates: Sequence[str]) -> dict[str, str]:
    """Return task → basket: as many control pairs of each label, then any of the others for the baskets."""
    chance = random.Random(SEED)  # noqa: S311 - a choice of examples, not a secret
    chosen: dict[str, str] = {}
    for label in LABELS:
        of_label = [task for task in candidates if gold[task] == label]
        chosen |= dict.fromkeys(chance.sample(of_label, CONTROLS_PER_LABEL), "control")
    others = chance.sample([task for task in gold if task not in chosen], PAIRS_PER_BASKET * len(BASKETS))
    for place, task in enumerate(others):
        chosen[task] = BASKETS[place // PAIRS_PER_BASKET]
    return chosen


def with_baskets(inputs: Iterable[Row], baskets: Mapping[str, str]) -> list[Row]:
    """Return the chosen inputs with their basket, in the order of the choice."""
    by_task = {row["task"]: row for row in inputs}
    return [{**by_task[task], "basket": basket} for task, basket in baskets.items()]


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a CSV file."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write the rows of a CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
