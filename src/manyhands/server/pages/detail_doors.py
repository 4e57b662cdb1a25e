"""What the requester's page asks of one launch: its objects, workers and control tasks, each with its story, and its plots."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

import msgspec

from manyhands.crowd import PoolId, Restriction, TaskId, WorkerId
from manyhands.errors import NotFound
from manyhands.launches import end_of_timeline, timeline_of
from manyhands.launches.findings import (
    ControlFact,
    ObjectFact,
    WorkerFact,
    WorkerStory,
    judge_controls,
    tell_object,
    tell_worker,
)
from manyhands.results import (
    CalibrationBin,
    calibration_bins,
    calibration_gap,
    confidence_bars,
    duration_bars,
    overlap_bars,
)
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.pool_readings import PoolReading
from manyhands.server.refusals import Refused

from .detail_records import (
    AnswerEntry,
    CalibrationEntry,
    ConfusionCell,
    ControlAnswerEntry,
    ControlEntry,
    ControlList,
    ControlStory,
    ObjectEntry,
    ObjectList,
    ObjectStoryView,
    PlotData,
    RestrictionEntry,
    StepEntry,
    WorkerEntry,
    WorkerList,
    WorkerPageEntry,
    WorkerStoryView,
)
from .shown import only, shown_fields

__all__ = ["DETAIL_DOORS"]

_PAGE_SIZE = 50
#: Durations without an expected one are shown around their middle.
_NO_HINT = timedelta(0)


def list_objects(desk: RequesterDesk, call: Call) -> Answer:
    """List objects with their answers, the least sure first."""
    reading = _read(desk, call)
    ranked = sorted(reading.facts.objects.values(), key=_doubt)
    offset = _offset(call)
    shown = shown_fields(desk, reading.pool)
    items = [_object(fact, shown) for fact in ranked[offset : offset + _PAGE_SIZE]]
    return Answer(payload=ObjectList(items=items, total=len(ranked)))


def show_object(desk: RequesterDesk, call: Call) -> Answer:
    """Show one object and how its label came about."""
    reading = _read(desk, call)
    task_id = TaskId(call.query.get("task_id", ""))
    fact = reading.facts.objects.get(task_id)
    if fact is None:
        raise NotFound(f"there is no object {task_id!r} in pool {reading.pool.id}")
    bonuses = desk.platform.list_bonuses(reading.pool.id)
    story = tell_object(task_id, reading.facts, reading.pages, fee=desk.platform.fee, bonuses=bonuses)
    view = ObjectStoryView(
        object=_object(fact, shown_fields(desk, reading.pool)),
        labels=list(reading.facts.labels),
        algorithm=reading.facts.scheme.algorithm.value,
        steps=[
            StepEntry(
                assignment_id=step.assignment_id,
                worker_id=step.worker_id,
                status=step.status.value,
                kind=step.kind.value,
                taken=step.taken,
                submitted=step.submitted,
                judged=step.judged,
                task_seconds=step.task_seconds,
                label=step.label,
                alone=step.alone,
                probabilities=dict(step.probabilities),
                needed=step.needed,
                cost=step.cost,
                public_comment=step.public_comment,
            )
            for step in story.steps
        ],
        cost=story.cost,
    )
    return Answer(payload=view)


def list_workers(desk: RequesterDesk, call: Call) -> Answer:
    """List workers with their accuracy on control tasks and their restrictions."""
    reading = _read(desk, call)
    restrictions = _restrictions(desk, reading)
    ranked = sorted(reading.facts.workers.values(), key=lambda worker: -worker.pages.total())
    return Answer(payload=WorkerList(items=[_worker(fact, restrictions.get(fact.worker_id)) for fact in ranked]))


def show_worker(desk: RequesterDesk, call: Call) -> Answer:
    """Show one worker in one launch."""
    reading = _read(desk, call)
    worker_id = WorkerId(call.query.get("worker_id", ""))
    fact = reading.facts.workers.get(worker_id)
    if fact is None:
        raise NotFound(f"worker {worker_id!r} took no page in pool {reading.pool.id}")
    bonuses = desk.platform.list_bonuses(reading.pool.id)
    story = tell_worker(worker_id, reading.facts, reading.pages, bonuses=bonuses)
    return Answer(payload=_worker_story(desk, reading, fact, story))


def list_controls(desk: RequesterDesk, call: Call) -> Answer:
    """List control tasks with how they were answered."""
    reading = _read(desk, call)
    ranked = sorted(reading.facts.controls.values(), key=lambda fact: (not fact.is_suspicious, fact.right_share))
    shown = shown_fields(desk, reading.pool)
    return Answer(payload=ControlList(items=[_control(fact, shown) for fact in ranked]))


def show_control(desk: RequesterDesk, call: Call) -> Answer:
    """Show one control task with its answers."""
    reading = _read(desk, call)
    task_id = TaskId(call.query.get("task_id", ""))
    fact = reading.facts.controls.get(task_id)
    if fact is None:
        raise NotFound(f"there is no answered control task {task_id!r} in pool {reading.pool.id}")
    good = [answer for answer in fact.answers if answer.is_by_good]
    story = ControlStory(
        control=_control(fact, shown_fields(desk, reading.pool)),
        answers=[
            ControlAnswerEntry(
                worker_id=answer.worker_id,
                values=dict(answer.values),
                status=answer.status.value,
                submitted=answer.submitted,
                is_right=answer.is_right,
                is_by_good=answer.is_by_good,
                worker_accuracy=reading.facts.workers[answer.worker_id].control_accuracy,
            )
            for answer in sorted(fact.answers, key=lambda answer: not answer.is_by_good)
        ],
        good_count=len(good),
        good_right_count=sum(answer.is_right for answer in good),
    )
    return Answer(payload=story)


def show_plots(desk: RequesterDesk, call: Call) -> Answer:
    """Give what the plots of a launch are drawn from."""
    reading = _read(desk, call)
    facts, platform = reading.facts, desk.platform
    hint = None if facts.scheme.params is None else facts.scheme.params.task_duration_hint
    judged = judge_controls(facts, reading.pages)
    finished = frozenset(task_id for task_id, fact in facts.objects.items() if fact.is_finished)
    data = PlotData(
        labels=list(facts.labels),
        confusion=_cells(facts.confusion),
        durations=duration_bars(facts.task_seconds, hint or _NO_HINT),
        overlaps=overlap_bars(facts.overlaps),
        confidences=confidence_bars(facts.confidences),
        calibration=list(map(_calibration, calibration_bins(judged))),
        calibration_gap=calibration_gap(judged),
        hint_seconds=None if hint is None else hint.total_seconds(),
        timeline=timeline_of(
            reading.pages,
            fee=platform.fee,
            bonuses=platform.list_bonuses(reading.pool.id),
            now=end_of_timeline(reading.pool, reading.pages, now=platform.clock.now()),
            finished=finished,
        ),
    )
    return Answer(payload=data)


def _read(desk: RequesterDesk, call: Call) -> PoolReading:
    return desk.readings.get(
        PoolId(call.path["id"]), platform=desk.platform, records=desk.records, journal=desk.journal
    )


def _offset(call: Call) -> int:
    text = call.query.get("offset", "0")
    if not text.isdecimal():
        raise Refused.field("offset", "INVALID_VALUE", message=f"expected a whole number from 0, found {text!r}")
    return int(text)


def _doubt(fact: ObjectFact) -> tuple[bool, float, int]:
    """Order objects: answered before unanswered, the least sure first."""
    return not fact.answers, fact.confidence if fact.confidence is not None else 0.0, -len(fact.answers)


def _object(fact: ObjectFact, shown: Sequence[str]) -> ObjectEntry:
    return ObjectEntry(
        id=fact.task.id,
        input_values=only(fact.task.input_values, shown),
        label=fact.label,
        confidence=fact.confidence,
        is_finished=fact.is_finished,
        in_hand_count=fact.in_hand_count,
        answers=[
            AnswerEntry(
                worker_id=answer.worker_id,
                values=dict(answer.values),
                status=answer.status.value,
                submitted=answer.submitted,
            )
            for answer in fact.answers
        ],
    )


def _restrictions(
    desk: RequesterDesk, reading: PoolReading, worker_id: WorkerId | None = None
) -> dict[WorkerId, Restriction]:
    """Return the restriction that keeps each worker out of the pool now; of several the latest."""
    now, pool = desk.platform.clock.now(), reading.pool
    return {
        restriction.worker_id: restriction
        for restriction in desk.platform.list_restrictions(worker_id)
        if (restriction.until is None or restriction.until > now)
        and restriction.pool_id in {None, pool.id}
        and restriction.project_id in {None, pool.config.project_id}
    }


def _worker(fact: WorkerFact, restriction: Restriction | None) -> WorkerEntry:
    seconds = fact.task_seconds
    return WorkerEntry(
        worker_id=fact.worker_id,
        pages={status.value: count for status, count in fact.pages.items()},
        control_count=fact.control_count,
        control_accuracy=fact.control_accuracy,
        task_seconds=sum(seconds) / len(seconds) if seconds else None,
        last_seen=fact.last_seen,
        is_restricted=restriction is not None,
        restricted_until=None if restriction is None else restriction.until,
        reason="" if restriction is None else restriction.private_comment,
    )


def _worker_story(desk: RequesterDesk, reading: PoolReading, fact: WorkerFact, story: WorkerStory) -> WorkerStoryView:
    params = reading.facts.scheme.params
    return WorkerStoryView(
        worker=_worker(fact, _restrictions(desk, reading, fact.worker_id).get(fact.worker_id)),
        pages=[
            WorkerPageEntry(
                assignment_id=page.assignment_id,
                status=page.status.value,
                taken=page.taken,
                submitted=page.submitted,
                task_seconds=page.task_seconds,
                control_count=page.control_count,
                right_count=page.right_count,
                accuracy_so_far=page.accuracy_so_far,
                reward=page.reward,
                public_comment=page.public_comment,
            )
            for page in story.pages
        ],
        weight=story.weight,
        says=dict(story.says),
        agreement=story.agreement,
        label_agreement=story.label_agreement,
        labels=list(reading.facts.labels),
        confusion=_cells(story.confusion),
        earned=story.earned,
        hours=story.hours,
        hourly=story.hourly,
        hint_seconds=None if params is None else params.task_duration_hint.total_seconds(),
        restrictions=[
            RestrictionEntry(
                scope=restriction.scope.value,
                created=restriction.created,
                until=restriction.until,
                reason=restriction.private_comment,
            )
            for restriction in reversed(desk.platform.list_restrictions(fact.worker_id))
        ],
        pools=_pools_of(desk, fact.worker_id),
    )


def _pools_of(desk: RequesterDesk, worker_id: WorkerId) -> list[str]:
    values = {"worker_id": worker_id, "requester": desk.requester}
    with desk.platform.reading() as transaction:
        return [str(row["id"]) for row in transaction.rows("list_pools_of_worker", values)]


def _control(fact: ControlFact, shown: Sequence[str]) -> ControlEntry:
    usual = Counter(msgspec.json.encode(answer.values, order="deterministic") for answer in fact.answers)
    known = fact.task.known_solutions
    return ControlEntry(
        id=fact.task.id,
        input_values=only(fact.task.input_values, shown),
        known=dict(known[0].output_values) if known else {},
        answer_count=len(fact.answers),
        right_count=fact.right_count,
        is_suspicious=fact.is_suspicious,
        usual=msgspec.json.decode(usual.most_common(1)[0][0]),
    )


def _cells(counts: Mapping[tuple[str, str], int]) -> list[ConfusionCell]:
    return [ConfusionCell(truth=truth, answer=answer, count=count) for (truth, answer), count in sorted(counts.items())]


def _calibration(part: CalibrationBin) -> CalibrationEntry:
    low, high = part.interval
    return CalibrationEntry(
        label=part.label,
        count=part.count,
        mean_confidence=part.mean_confidence,
        right_share=part.right_share,
        low=low,
        high=high,
    )


_POOL = "/api/requester/pools/{id}"
DETAIL_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path=f"{_POOL}/objects", handle=list_objects, gives=ObjectList, query=("offset",)),
    Door(method="GET", path=f"{_POOL}/object", handle=show_object, gives=ObjectStoryView, query=("task_id",)),
    Door(method="GET", path=f"{_POOL}/workers", handle=list_workers, gives=WorkerList),
    Door(method="GET", path=f"{_POOL}/worker", handle=show_worker, gives=WorkerStoryView, query=("worker_id",)),
    Door(method="GET", path=f"{_POOL}/controls", handle=list_controls, gives=ControlList),
    Door(method="GET", path=f"{_POOL}/control", handle=show_control, gives=ControlStory, query=("task_id",)),
    Door(method="GET", path=f"{_POOL}/plots", handle=show_plots, gives=PlotData),
)
