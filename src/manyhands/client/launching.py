"""Launching: one labeling or many, blocking or in the background."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from threading import Event

from manyhands import results
from manyhands.connect import Connection, Place, connect_to
from manyhands.crowd import Clock, Money
from manyhands.errors import Declined, InvalidInput
from manyhands.launches import (
    LaunchHandle,
    LaunchResult,
    Params,
    Preflight,
    SharedBudget,
    check_on_platform,
    prepare_classification,
)
from manyhands.launches.display import confirm, watch
from manyhands.task import ControlObject, InputObjects, PreparedTaskSpec

from .call_checks import refuse_wrong_kinds, signals_of
from .interrupts import interrupt_event

__all__ = ["Amount", "launch", "launch_baskets", "start", "start_baskets"]

#: US dollars, in any exact or short form: ``5``, ``"4.50"``, ``Money(4)``.
Amount = Money | Decimal | int | float | str


def launch(
    task_spec: PreparedTaskSpec,
    params: Params,
    input_objects: Sequence[InputObjects],
    control_objects: Sequence[ControlObject],
    platform: Place,
    *,
    interactive: bool = False,
    interrupted: Event | None = None,
    name: str | None = None,
    budget: Amount | SharedBudget | None = None,
) -> LaunchResult:
    """Label the input objects and return ``(raw_results, worker_weights)`` when that is done.

    Calls from many threads are served side by side by one runner. The same call again attaches to the running launch or resumes it where it
    was. When `interrupted` is set, or on Ctrl-C or SIGTERM in the main thread, issuing stops, submitted pages are judged and paid, the pool is
    closed, and the call returns what is known so far, with the unfinished objects marked.

    Args:
        task_spec: what workers see and may answer, in one language.
        params: price, overlap, control, filter, aggregation.
        input_objects: what is to be labeled, each tuple once.
        control_objects: input objects with their known solution, none of them among the input objects.
        platform: where workers answer: a platform, a URL such as ``sqlite:///labels.db``, or the path of a SQLite file.
        interactive: show price and advice, ask for confirmation, and show live progress. Otherwise nothing is asked and nothing printed.
        interrupted: stops the launch when set; may be shared by many launches. Set beforehand, nothing is published.
        name: the name of the launch; None makes one from its content.
        budget: ceiling of all spending, fees included; a `SharedBudget` is shared by the launches that name it.

    Raises:
        InvalidInput: everything that is wrong with the call, in one error, before anything is published.
        LaunchChanged: a launch of this name has another task, other data or other params.
        ProjectDiffers: the task is on the platform with other texts, another view or other fields; `define_task` brings it up to date.
        Declined: the requester said no, or pressed Ctrl-C when asked.
        LaunchFailed: the launch stopped on an error; its pool is closed, and the same call goes on.
    """
    signals = signals_of(interrupted)
    refuse_wrong_kinds(baskets={"": input_objects}, control_objects=control_objects)
    connection = connect_to(platform)
    preflight = _prepare(
        connection, task_spec, params, inputs=input_objects, controls=control_objects, name=name, budget=budget
    )
    [preflight] = check_on_platform([preflight], connection.platform, connection.journal)
    _confirm([preflight], interactive=interactive)
    with interrupt_event() as asked:
        handle = connection.runner.start(preflight.plan, [*signals, asked])
        _wait([handle], connection.platform.clock if interactive else None)
    return handle.wait()


def start(
    task_spec: PreparedTaskSpec,
    params: Params,
    input_objects: Sequence[InputObjects],
    control_objects: Sequence[ControlObject],
    platform: Place,
    *,
    interrupted: Event | None = None,
    name: str | None = None,
    budget: Amount | SharedBudget | None = None,
) -> LaunchHandle:
    """Start labeling and return a handle at once: `progress()`, `results()`, `stop()`, `wait()`, or ``await`` it.

    The launch is served by a thread of this process and ends with it; the same call goes on where it was. Arguments and errors are those of
    `launch`.
    """
    signals = signals_of(interrupted)
    refuse_wrong_kinds(baskets={"": input_objects}, control_objects=control_objects)
    connection = connect_to(platform)
    preflight = _prepare(
        connection, task_spec, params, inputs=input_objects, controls=control_objects, name=name, budget=budget
    )
    [preflight] = check_on_platform([preflight], connection.platform, connection.journal)
    return connection.runner.start(preflight.plan, signals)


def launch_baskets(
    baskets: Mapping[str, Sequence[InputObjects]],
    task_spec: PreparedTaskSpec,
    params: Params,
    control_objects: Sequence[ControlObject],
    platform: Place,
    *,
    interactive: bool = False,
    interrupted: Event | None = None,
    name: str | None = None,
    budget: Amount | SharedBudget | None = None,
) -> dict[str, LaunchResult]:
    """Label baskets side by side, and return the results by basket when all are done.

    No page mixes two baskets. Objects may occur in several baskets. Everything else is as in `launch`; with ``interactive=True`` one live
    table shows all baskets.

    Args:
        baskets: name → input objects.
        task_spec: as in `launch`.
        params: as in `launch`; with ``exclusive_workers=True`` no worker works in two baskets of this call.
        control_objects: as in `launch`, for every basket.
        platform: as in `launch`.
        interactive: as in `launch`.
        interrupted: as in `launch`, for all baskets.
        name: the name of the whole; the launch of a basket is called ``<name>/<basket>``. None makes one from the task's key.
        budget: ceiling of spending for all baskets together.

    Raises:
        InvalidInput: as in `launch`, with all problems of all baskets before anything is published.
    """
    signals = signals_of(interrupted)
    refuse_wrong_kinds(baskets=baskets, control_objects=control_objects)
    connection = connect_to(platform)
    preflights = _prepare_baskets(
        connection, baskets, task_spec, params=params, controls=control_objects, name=name, budget=budget
    )
    _confirm(list(preflights.values()), interactive=interactive)
    with interrupt_event() as asked:
        handles = _start_all(connection, preflights, [*signals, asked])
        _wait(list(handles.values()), connection.platform.clock if interactive else None)
    return {basket: handle.wait() for basket, handle in handles.items()}


def start_baskets(
    baskets: Mapping[str, Sequence[InputObjects]],
    task_spec: PreparedTaskSpec,
    params: Params,
    control_objects: Sequence[ControlObject],
    platform: Place,
    *,
    interrupted: Event | None = None,
    name: str | None = None,
    budget: Amount | SharedBudget | None = None,
) -> dict[str, LaunchHandle]:
    """Start all baskets and return their handles at once, by basket. Arguments and errors are those of `launch_baskets`."""
    signals = signals_of(interrupted)
    refuse_wrong_kinds(baskets=baskets, control_objects=control_objects)
    connection = connect_to(platform)
    preflights = _prepare_baskets(
        connection, baskets, task_spec, params=params, controls=control_objects, name=name, budget=budget
    )
    return _start_all(connection, preflights, signals)


def _prepare(
    connection: Connection,
    task_spec: PreparedTaskSpec,
    params: Params,
    *,
    inputs: Sequence[InputObjects],
    controls: Sequence[ControlObject],
    name: str | None,
    budget: Amount | SharedBudget | None,
    group: str | None = None,
) -> Preflight:
    return prepare_classification(
        task_spec,
        params,
        input_objects=inputs,
        control_objects=controls,
        fee=connection.platform.fee,
        name=name,
        budget=budget if budget is None or isinstance(budget, SharedBudget) else Money(budget),
        exclusive_group=group,
    )


def _prepare_baskets(
    connection: Connection,
    baskets: Mapping[str, Sequence[InputObjects]],
    task_spec: PreparedTaskSpec,
    *,
    params: Params,
    controls: Sequence[ControlObject],
    name: str | None,
    budget: Amount | SharedBudget | None,
) -> dict[str, Preflight]:
    whole = name or getattr(task_spec, "key", "baskets")
    shared = budget
    if budget is not None and not isinstance(budget, SharedBudget):
        shared = SharedBudget(key=f"baskets:{whole}", ceiling=Money(budget))
    prepared: dict[str, Preflight] = {}
    problems: list[str] = []
    for basket, inputs in baskets.items():
        try:
            prepared[basket] = _prepare(
                connection,
                task_spec,
                params,
                inputs=inputs,
                controls=controls,
                name=f"{whole}/{basket}",
                budget=shared,
                group=whole,
            )
        except InvalidInput as error:
            problems += [f"{basket}: {problem}" for problem in error.problems or (str(error),)]
    if problems:
        msg = f"The baskets of {whole!r} cannot start; nothing was published or paid. What is wrong:"
        raise InvalidInput(msg, problems)
    checked = check_on_platform(list(prepared.values()), connection.platform, connection.journal)
    return dict(zip(prepared, checked, strict=True))


def _start_all(
    connection: Connection, preflights: Mapping[str, Preflight], signals: list[Event]
) -> dict[str, LaunchHandle]:
    return {basket: connection.runner.start(preflight.plan, signals) for basket, preflight in preflights.items()}


def _confirm(preflights: Sequence[Preflight], *, interactive: bool) -> None:
    if not interactive:
        return
    try:
        is_agreed = confirm(preflights)
    except KeyboardInterrupt as interrupt:
        raise Declined from interrupt
    if not is_agreed:
        raise Declined


def _wait(handles: Sequence[LaunchHandle], clock: Clock | None) -> None:
    """Wait until all launches are over, and show them when there is a clock."""
    # Tables of results need pandas. It is loaded while workers answer, so that whoever stops a launch does not wait for it then.
    _ = results.ClassificationResults
    if clock is not None:
        watch(handles, clock=clock)
    for handle in handles:
        handle.wait_quietly()
