"""Rehearsals: a launch file played in memory with simulated workers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from threading import Event

from rich.console import Console

from manyhands.cli.exits import ExitCode
from manyhands.cli.screen import is_live, print_json, show_reading
from manyhands.errors import InvalidInput
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.results import RESULT_FIELD, accuracy
from manyhands.simulation import (
    Habits,
    Routine,
    SimulatedCrowd,
    TruthBook,
    VirtualClock,
    mixed_crowd,
    simulated_profile,
    spawn_generator,
)
from manyhands.task import ClassMeta, ControlObject, InputObjects, Object, Solution, TaskMapping, as_solution

from .closing_time import stop_when_deserted
from .launch_files import LaunchFile, load_launch_file
from .launching import launch_and_write, prepare_all
from .outcomes import LaunchOutcome, exit_code_of_all, make_folder

__all__ = ["Cast", "rehearse"]

#: Time on the wall that a rehearsal in a terminal should take: long enough to see what happens.
_SHOW_S = 10.0

#: Simulated workers who find no work for this long go home, so that a rehearsal ends when they have run out of control tasks.
_PATIENCE = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who plays the workers.

    Attributes:
        worker_count: how many there are.
        accuracy: mean accuracy of the serious ones, between 0 and 1.
        careless: share of careless ones in [0, 1].
        seed: decides everything that is left to chance.
        pace: simulated seconds per second; 0 is as fast as possible, None suits whoever looks on.
    """

    worker_count: int
    accuracy: float
    careless: float
    seed: int
    pace: float | None


def rehearse(launch_path: Path, cast: Cast, *, output: Path | None, is_json: bool) -> ExitCode:
    """Play the launch of a file, write its results, report how right they are, and return how it ended.

    Args:
        launch_path: the launch file.
        cast: who plays the workers.
        output: the folder for results; None means ``<name>-rehearsal`` in the current folder.
        is_json: whether programs read the output.

    Raises:
        InvalidInput: the file describes no launch, the launch cannot work, the cast is impossible, or nothing can be written to `output`.
    """
    launch_file = load_launch_file(launch_path, show_reading)
    folder = output or Path(f"{launch_file.name}-rehearsal")
    played = replace(launch_file, params=replace(launch_file.params, worker_filter=None))
    clock = VirtualClock(pace=_pace(played, cast))
    platform = EmbeddedPlatform.in_memory(clock=clock, seed=cast.seed)
    prepare_all(played, platform.fee)
    truth = _truth(played, cast.seed)
    crowd = _crowd(played, cast, platform=platform, clock=clock, truth=truth)
    make_folder(folder)
    if not is_json:
        _print_beginning(launch_file, cast)
    interrupted = Event()
    crowd.start()
    stop_when_deserted(crowd, clock, interrupted)
    outcomes = launch_and_write(played, platform, folder=folder, interrupted=interrupted, is_quiet=is_json)
    scores = {outcome.progress.name: _score(played, outcome, truth) for outcome in outcomes}
    if is_json:
        launches = [{**outcome.describe(), "accuracy": scores[outcome.progress.name]} for outcome in outcomes]
        print_json(
            {
                "name": launch_file.name,
                "is_rehearsal": True,
                "is_truth_known": launch_file.truth is not None,
                "launches": launches,
            }
        )
    else:
        _print_end(outcomes, scores, is_truth_known=launch_file.truth is not None)
    return exit_code_of_all([outcome.progress for outcome in outcomes])


def _truth(launch_file: LaunchFile, seed: int) -> dict[InputObjects, Object]:
    """Return the right label of every input object: what the file says, or drawn."""
    known = {objects: _label(solution) for objects, solution in launch_file.truth or ()}
    wanted = {objects for part in launch_file.parts.values() for objects in part}
    if launch_file.truth is not None and (missing := wanted - known.keys()):
        example = next(iter(missing))
        msg = f"The truth of the rehearsal says nothing about {len(missing)} input objects, such as {example!r:.200}; add them, or leave it out."
        raise InvalidInput(msg)
    drawn = {objects: _draw(launch_file.task_spec.mapping, objects, seed) for objects in wanted - known.keys()}
    return {**known, **drawn}


def _label(solution: Solution | Object) -> Object:
    label = as_solution(solution)[0]
    if label is None:
        raise InvalidInput("A right solution is missing; expected a label for every object.")
    return label


def _draw(mapping: TaskMapping, objects: InputObjects, seed: int) -> Object:
    meta = mapping.outputs[0].argument.meta
    if not isinstance(meta, ClassMeta):
        raise InvalidInput("There is nothing to draw a truth from; expected a task with a class to choose from.")
    available = meta.available_labels
    labels = (
        meta.type.possible_instances() if available is None else list(available.choose(mapping.input_values(objects)))
    )
    return labels[int(spawn_generator(seed, "truth", mapping.task_key(objects)).integers(len(labels)))]


def _crowd(
    launch_file: LaunchFile,
    cast: Cast,
    *,
    platform: EmbeddedPlatform,
    clock: VirtualClock,
    truth: Mapping[InputObjects, Object],
) -> SimulatedCrowd:
    spec = launch_file.task_spec
    solved: list[ControlObject] = [*truth.items(), *launch_file.control_objects]
    return SimulatedCrowd(
        platform,
        clock,
        workers=mixed_crowd(
            count=cast.worker_count,
            accuracy=cast.accuracy,
            careless=cast.careless,
            seed=cast.seed,
            routine=Routine(habits=Habits(patience=_PATIENCE), profile=simulated_profile(spec.lang)),
        ),
        truth=TruthBook.from_objects(spec.mapping, [(objects, as_solution(label)) for objects, label in solved]),
        task_duration_hint=launch_file.params.task_duration_hint,
        seed=cast.seed,
    )


def _pace(launch_file: LaunchFile, cast: Cast) -> float | None:
    """Return simulated seconds per second; None is as fast as possible."""
    if cast.pace is not None or not is_live():
        return cast.pace or None
    return max(1.0, _expected_duration(launch_file, cast.worker_count) / timedelta(seconds=_SHOW_S))


def _expected_duration(launch_file: LaunchFile, worker_count: int) -> timedelta:
    params = launch_file.params
    object_count = sum(len(objects) for objects in launch_file.parts.values())
    page_count = object_count * params.overlap.min_overlap / params.pricing_config.real_tasks_count
    # Answers that are asked for again come one after the other, page by page.
    page_count_in_row = page_count / worker_count + 1 + params.overlap.max_overlap - params.overlap.min_overlap
    return params.page_hint * page_count_in_row


def _score(launch_file: LaunchFile, outcome: LaunchOutcome, truth: Mapping[InputObjects, Object]) -> float | None:
    objects = launch_file.parts[outcome.progress.name]
    return accuracy(outcome.results.predict()[RESULT_FIELD].tolist(), [truth[item] for item in objects])


def _print_beginning(launch_file: LaunchFile, cast: Cast) -> None:
    console = Console(highlight=False, markup=False)
    console.print(
        f"A rehearsal: {cast.worker_count} simulated workers (accuracy {cast.accuracy:g}, {cast.careless:.0%} careless) answer on a platform in "
        "memory. Nobody is asked and nobody is paid."
    )
    if launch_file.truth is None:
        console.print(
            f"What is right for your objects is not known, so it is drawn at random (seed {cast.seed}): the labels in the results mean nothing, but "
            "how often workers find the drawn ones tells how sure such a launch would be."
        )
    if launch_file.params.worker_filter is not None:
        console.print("The filter of workers is left out: simulated workers are as you want them.")


def _print_end(outcomes: Sequence[LaunchOutcome], scores: Mapping[str, float | None], *, is_truth_known: bool) -> None:
    console = Console(highlight=False, markup=False)
    for outcome in outcomes:
        score = scores[outcome.progress.name]
        shown = "no label" if score is None else f"{score:.1%} of the labels"
        against = "the truth you gave" if is_truth_known else "the drawn truth"
        console.print(f"{outcome.progress.name}: {shown} agree with {against}; {outcome.files[0]}", soft_wrap=True)
