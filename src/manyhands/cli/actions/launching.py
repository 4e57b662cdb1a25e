"""Launching what a launch file describes, from the first check to the last file."""

import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from manyhands.client import start, start_baskets, watch
from manyhands.connect import Place, connect_to
from manyhands.crowd import Clock
from manyhands.errors import Declined, InvalidInput
from manyhands.launches import LaunchHandle, Preflight, prepare_classification
from manyhands.launches.display import confirm
from manyhands.planning import Fee

from .launch_files import LaunchFile
from .outcomes import LaunchOutcome, write_outcome
from .stop_signals import stop_signals

__all__ = ["ask", "launch_and_write", "prepare_all", "wait_until_over"]


def prepare_all(launch_file: LaunchFile, fee: Fee) -> list[Preflight]:
    """Return all launches of a file, checked; nothing is published.

    Raises:
        InvalidInput: everything that is wrong, in one error.
    """
    prepared: list[Preflight] = []
    problems: list[str] = []
    for name, objects in launch_file.parts.items():
        try:
            prepared.append(
                prepare_classification(
                    launch_file.task_spec,
                    launch_file.params,
                    input_objects=objects,
                    control_objects=launch_file.control_objects,
                    fee=fee,
                    name=name,
                    budget=launch_file.shared_budget,
                )
            )
        except InvalidInput as error:
            problems += [f"{name}: {problem}" for problem in error.problems or (str(error),)]
    if problems:
        msg = f"{launch_file.path.name} cannot be launched; nothing was published or paid. What is wrong:"
        raise InvalidInput(msg, list(dict.fromkeys(problems)))
    return prepared


def ask(preflights: Sequence[Preflight], *, is_agreed: bool, is_json: bool) -> None:
    """Show what is about to be launched, and ask, unless the requester has agreed beforehand.

    Raises:
        InvalidInput: nobody is there to be asked.
        Declined: the requester said no.
    """
    if is_agreed:
        return
    if is_json or not sys.stdin.isatty():
        raise InvalidInput(
            "Nobody is there to say whether to publish; agree beforehand with --yes, or look with --dry-run."
        )
    try:
        is_agreed = confirm(preflights)
    except KeyboardInterrupt as interrupt:
        raise Declined from interrupt
    if not is_agreed:
        raise Declined


def launch_and_write(
    launch_file: LaunchFile, place: Place, *, folder: Path, interrupted: Event, is_quiet: bool
) -> list[LaunchOutcome]:
    """Launch, show how it goes, and write the results of every launch, however it ends.

    Ctrl-C and its kin stop the launches gracefully; again, they are harmless.

    Args:
        launch_file: what to launch, checked.
        place: where workers answer.
        folder: where results are written.
        interrupted: stops the launches when set.
        is_quiet: whether nothing may be printed.

    Raises:
        LaunchChanged: a launch of this name is another one.
    """
    with stop_signals(interrupted):
        handles = _start(launch_file, place, interrupted)
        wait_until_over(list(handles.values()), clock=connect_to(place).platform.clock, is_quiet=is_quiet)
        return [
            write_outcome(handles[name], folder, input_objects=objects, task_spec=launch_file.task_spec)
            for name, objects in launch_file.parts.items()
        ]


def _start(launch_file: LaunchFile, place: Place, interrupted: Event) -> dict[str, LaunchHandle]:
    """Start and return the handles by the full name of the launch."""
    spec, params, controls = launch_file.task_spec, launch_file.params, launch_file.control_objects
    if launch_file.baskets is None:
        handle = start(
            spec,
            params,
            launch_file.input_objects,
            controls,
            place,
            interrupted=interrupted,
            name=launch_file.name,
            budget=launch_file.shared_budget,
        )
        return {handle.name: handle}
    handles = start_baskets(
        launch_file.baskets,
        spec,
        params,
        controls,
        place,
        interrupted=interrupted,
        name=launch_file.name,
        budget=launch_file.shared_budget,
    )
    return {handle.name: handle for handle in handles.values()}


def wait_until_over(handles: Sequence[LaunchHandle], *, clock: Clock, is_quiet: bool) -> None:
    """Return when all launches are over, however they end.

    Args:
        handles: the launches.
        clock: the clock of their platform.
        is_quiet: whether nothing may be printed; otherwise they are shown live.
    """
    if not is_quiet:
        watch(handles, clock=clock)
    for handle in handles:
        handle.wait_quietly()
