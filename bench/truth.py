"""Time and memory of truth inference beside crowd-kit's: same synthetic answers, same number of iterations.

Run ``python bench/truth.py``, or with ``--small`` to leave out the ten million answers (several minutes).
Every figure comes from a fresh process: seconds of processor time of the fit alone (both sides compute in one thread, and a busy
machine stretches elapsed time at random), and the peak resident size of the whole process, with interpreter, imports and answers.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

FITS = Path(__file__).parent / "truth_fits"

OVERLAP = 5
LABEL_COUNT = 4
ANSWERS_PER_WORKER = 1_000
MILLION = 1_000_000

#: Both sides run so often, in turns, and show their faster run: what else the machine does only ever slows down.
RUN_COUNT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One comparison."""

    algorithm: str
    answer_count: int
    iteration_count: int
    #: Crowd-kit's time must be at least so many times ours.
    wanted_speedup: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One fit in a process of its own."""

    #: Processor time, user and system.
    seconds: float
    peak_mib: float
    #: Sum of squared probabilities: equal work gives equal sums.
    checksum: float


SMALL_CASES = (
    Case(algorithm="Dawid-Skene", answer_count=MILLION, iteration_count=10, wanted_speedup=10),
    Case(algorithm="one-coin", answer_count=MILLION, iteration_count=10, wanted_speedup=10),
)
LARGE_CASES = (Case(algorithm="Dawid-Skene", answer_count=10 * MILLION, iteration_count=5, wanted_speedup=25),)

#: Crowd-kit's peak memory must be at least so many times ours.
WANTED_SAVING = 4


def main(*, large: bool = True) -> None:
    """Print the table of comparisons.

    Args:
        large: also measure ten million answers; crowd-kit alone takes minutes for them.
    """
    table = Table(
        title="Truth inference: manyhands (mh) beside crowd-kit (ck)",
        caption="s: of one processor. EM: iterations. In brackets: wanted at least.",
        box=SIMPLE,
        padding=(0, 1, 0, 0),
    )
    for heading in ("algorithm", "rows", "EM", "mh s", "ck s", "faster", "mh MiB", "ck MiB", "less", "met"):
        table.add_column(heading, justify="left" if heading == "algorithm" else "right", no_wrap=True)
    console = Console()
    for case in SMALL_CASES + (LARGE_CASES if large else ()):
        with console.status(f"{case.algorithm} on {case.answer_count:,} answers"):
            table.add_row(*compare(case))
    console.print(table, soft_wrap=False)


def compare(case: Case) -> list[str]:
    """Return the table row of one comparison."""
    with TemporaryDirectory() as folder:
        answers_file = Path(folder) / "answers.npy"
        np.save(answers_file, synthetic_answers(case.answer_count))
        runs = [
            (
                measure("fit_manyhands.py", case, answers_file=answers_file),
                measure("fit_crowdkit.py", case, answers_file=answers_file),
            )
            for _ in range(RUN_COUNT)
        ]
    ours, theirs = (min(side, key=lambda run: run.seconds) for side in zip(*runs, strict=True))
    speedup, saving = theirs.seconds / ours.seconds, theirs.peak_mib / ours.peak_mib
    same = abs(ours.checksum - theirs.checksum) < 1e-6 * theirs.checksum
    met = speedup >= case.wanted_speedup and saving >= WANTED_SAVING
    return [
        case.algorithm,
        f"{case.answer_count // MILLION} M",
        str(case.iteration_count),
        f"{ours.seconds:.2f}",
        f"{theirs.seconds:.2f}",
        f"{speedup:.1f} ({case.wanted_speedup:.0f})",
        f"{ours.peak_mib:,.0f}",
        f"{theirs.peak_mib:,.0f}",
        f"{saving:.1f} ({WANTED_SAVING:.0f})",
        ("yes" if met else "no") if same else "results differ",
    ]


def measure(script: str, case: Case, *, answers_file: Path) -> Measurement:
    """Return what one fit took in a fresh process."""
    command = [sys.executable, str(FITS / script), case.algorithm, str(answers_file), str(case.iteration_count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Measurement(**json.loads(done.stdout))


def synthetic_answers(answer_count: int) -> "np.ndarray[tuple[int, int], np.dtype[np.int32]]":
    """Return rows task, worker, label: workers of accuracy .4 to .95 answer tasks in random order; shape (3, n)."""
    random = np.random.default_rng(20261122)
    task_count, worker_count = answer_count // OVERLAP, answer_count // ANSWERS_PER_WORKER
    task = random.permutation(np.repeat(np.arange(task_count, dtype=np.int32), OVERLAP))
    worker = random.integers(worker_count, size=answer_count, dtype=np.int32)
    truth = random.integers(LABEL_COUNT, size=task_count, dtype=np.int32)
    accuracy = random.uniform(0.4, 0.95, size=worker_count)
    wrong_by = random.integers(1, LABEL_COUNT, size=answer_count, dtype=np.int32)
    is_right = random.random(answer_count) < accuracy[worker]
    label = np.where(is_right, truth[task], (truth[task] + wrong_by) % LABEL_COUNT)
    return np.stack([task, worker, label.astype(np.int32)])


if __name__ == "__main__":
    main(large="--small" not in sys.argv[1:])
