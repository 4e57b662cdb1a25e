"""What `manyhands.truth` offers, and what it costs to import."""

import subprocess
import sys

import manyhands.truth


def test_every_public_name_is_there() -> None:
    """All names of `__all__` resolve to things of this package, functions and classes alike, never to modules."""
    for name in manyhands.truth.__all__:
        value = getattr(manyhands.truth, name)
        assert type(value).__name__ != "module", name


def test_importing_truth_and_voting_leaves_scipy_out() -> None:
    """Only Dawid-Skene needs scipy; who does not use it does not wait for it."""
    script = "import sys, manyhands.truth as t; t.MajorityVote, t.IncrementalWeightedLikelihood; print('scipy' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "False"
