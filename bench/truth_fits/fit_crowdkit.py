"""Fit crowd-kit to the answers in a file and print CPU seconds and peak memory; run by bench/truth.py in a fresh process."""

import json
import resource
import sys
import time

import numpy as np
import pandas as pd
from crowdkit.aggregation import DawidSkene, OneCoinDawidSkene


def main(algorithm: str, answers_file: str, iteration_count: int) -> None:
    """Fit once and print one JSON object; any gain is enough to go on, so that every iteration runs."""
    task, worker, label = np.load(answers_file)
    kinds = {"Dawid-Skene": DawidSkene, "one-coin": OneCoinDawidSkene}
    model = kinds[algorithm](n_iter=iteration_count, tol=-np.inf)
    # 64 bits are what pandas makes of whole numbers in a file.
    frame = pd.DataFrame({"task": task, "worker": worker, "label": label}, dtype="int64")
    del task, worker, label

    begin = time.process_time()
    probabilities = model.fit_predict_proba(frame)
    seconds = time.process_time() - begin
    peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    checksum = float((probabilities.to_numpy() ** 2).sum())
    print(json.dumps({"seconds": seconds, "peak_mib": peak_kib / 1024, "checksum": checksum}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
