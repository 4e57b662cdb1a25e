"""Fit manyhands to the answers in a file and print CPU seconds and peak memory; run by bench/truth.py in a fresh process."""

import json
import resource
import sys
import time

import numpy as np

from manyhands.truth import Answers, ClassPrior, DawidSkene, OneCoinDawidSkene


def main(algorithm: str, answers_file: str, iteration_count: int) -> None:
    """Fit once and print one JSON object; any gain is enough to go on, so that every iteration runs."""
    task, worker, label = np.load(answers_file)
    dawid_skene = DawidSkene(iteration_limit=iteration_count, tolerance=-np.inf)
    one_coin = OneCoinDawidSkene(iteration_limit=iteration_count, tolerance=-np.inf, class_prior=ClassPrior.LEARNED)
    answers = Answers.from_arrays(task, worker, label=label, label_count=int(label.max()) + 1)
    del task, worker, label

    begin = time.process_time()
    posterior = dawid_skene.fit(answers) if algorithm == "Dawid-Skene" else one_coin.fit(answers)
    seconds = time.process_time() - begin
    peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    checksum = float((posterior.probabilities**2).sum())
    print(json.dumps({"seconds": seconds, "peak_mib": peak_kib / 1024, "checksum": checksum}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
