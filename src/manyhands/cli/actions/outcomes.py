"""What became of launches: files for the requester, a summary for people and one for programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from manyhands.cli.exits import ExitCode
from manyhands.crowd import Money
from manyhands.errors import InvalidInput, LaunchFailed
from manyhands.launches import LaunchHandle, LaunchState, Progress
from manyhands.results import ClassificationResults, ResultView, export
from manyhands.task import InputObjects, PreparedTaskSpec

__all__ = ["LaunchOutcome", "as_usd", "exit_code_of_all", "make_folder", "write_outcome"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchOutcome:
    """How one launch ended.

    Attributes:
        progress: how it was doing in the end.
        results: what is known of every object.
        files: the files written.
        failure: the error that ended it; empty when none did.
    """

    progress: Progress
    results: ClassificationResults
    files: tuple[Path, ...]
    failure: str = ""

    def describe(self) -> dict[str, object]:
        """Return the outcome as plain JSON values; amounts are US dollars as text."""
        progress = self.progress
        return {
            "name": progress.name,
            "state": progress.state.value,
            "stop_reason": None if progress.stop_reason is None else progress.stop_reason.value,
            "object_count": progress.object_count,
            "finished_count": progress.finished_count,
            "given_up_count": progress.given_up_count,
            "answer_count": progress.answer_count,
            "worker_count": progress.worker_count,
            "restriction_count": progress.restriction_count,
            "pages": {status.value.lower(): number for status, number in progress.pages.items()},
            "paid_usd": as_usd(progress.paid),
            "reserved_usd": as_usd(progress.reserved),
            "mean_confidence": progress.mean_confidence,
            "control_accuracy": progress.control_accuracy,
            "problem": self.failure or progress.problem,
            "files": [str(path) for path in self.files],
        }


def make_folder(folder: Path) -> None:
    """Make the folder for results, before anything is launched that would have nowhere to put them.

    Raises:
        InvalidInput: it cannot be made, or nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        msg = f"Results cannot be written to {folder}: {error.strerror}. Name another folder with --output; nothing was published or paid."
        raise InvalidInput(msg) from error


def write_outcome(
    handle: LaunchHandle, folder: Path, *, input_objects: Sequence[InputObjects], task_spec: PreparedTaskSpec
) -> LaunchOutcome:
    """Write what a launch has brought so far, and return it with how the launch is doing.

    The files are ``<name>_results.json`` (one row per object, see `ClassificationResults.predict`) and ``<name>_worker_labels.csv`` (one row per
    answer), where the name is that of the basket, if it is one.

    Args:
        handle: the launch, over or not.
        folder: where to write, see `make_folder`.
        input_objects: what was launched.
        task_spec: how it was declared.

    Raises:
        OSError: the files cannot be written there.
    """
    raw_results, worker_weights = handle.results()
    results = ClassificationResults(input_objects, raw_results, task_spec, worker_weights)
    name = handle.name.rpartition("/")[2]
    predictions, labels = folder / f"{name}_results.json", folder / f"{name}_worker_labels.csv"
    folder.mkdir(parents=True, exist_ok=True)
    export(results, predictions)
    export(results, labels, view=ResultView.WORKER_LABELS)
    return LaunchOutcome(
        progress=handle.progress(), results=results, files=(predictions, labels), failure=_failure_of(handle)
    )


def _failure_of(handle: LaunchHandle) -> str:
    if handle.state is not LaunchState.FAILED:
        return ""
    try:
        handle.wait()
    except LaunchFailed as error:
        return str(error)
    return ""


def exit_code_of_all(progresses: Sequence[Progress]) -> ExitCode:
    """Return the exit code for launches that are over: an error counts most, then a stop."""
    states = {progress.state for progress in progresses}
    if LaunchState.FAILED in states:
        return ExitCode.ERROR
    return ExitCode.FINISHED if states <= {LaunchState.FINISHED} else ExitCode.STOPPED


def as_usd(money: Money) -> str:
    """Return an amount as a plain number of US dollars, without the sign.

    Example:
        >>> as_usd(Money("3.10"))
        '3.1'
    """
    return f"{money.usd.normalize():f}"
