"""The results of a launch, read from its platform by whoever did not launch it."""

from collections.abc import Sequence

from manyhands.connect import Connection
from manyhands.crowd import Assignment, AssignmentStatus, PoolId, TaskKind
from manyhands.errors import InvalidInput
from manyhands.launches import Labeling, prepare_classification
from manyhands.results import ClassificationResults, RawResults
from manyhands.task import InputObjects

from .launch_files import LaunchFile
from .launch_records import LaunchRecord
from .launch_status import iter_assignments

__all__ = ["read_results"]

#: Pages that are judged; the others may still change.
_JUDGED = (AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED)


def read_results(record: LaunchRecord, launch_file: LaunchFile, connection: Connection) -> ClassificationResults:
    """Return what is known of every object of a launch by the pages that are judged.

    Args:
        record: the launch.
        launch_file: the file that describes it.
        connection: its platform, from which nothing but reading is asked.

    Raises:
        InvalidInput: the file describes other objects than those launched.
    """
    objects = launch_file.parts[record.name]
    plan = prepare_classification(
        launch_file.task_spec,
        launch_file.params,
        input_objects=objects,
        control_objects=launch_file.control_objects,
        fee=connection.platform.fee,
        name=record.name,
    ).plan
    labeling = Labeling(plan)
    pages = [] if record.pool_id is None else _judged_pages(connection, record.pool_id)
    _check(record, pages, objects, launch_file)
    for page in pages:
        labeling.observe(page)
    labeling.review(is_final=True)
    raw_results = RawResults(labeling.raw_results(), unfinished=labeling.demand.unsatisfied(), launch_name=record.name)
    return ClassificationResults(objects, raw_results, launch_file.task_spec, labeling.belief.worker_weights())


def _judged_pages(connection: Connection, pool_id: PoolId) -> list[Assignment]:
    pages = [page for page in iter_assignments(connection, pool_id) if page.status in _JUDGED]
    # Answers count in the order in which they came.
    return sorted(pages, key=lambda page: (page.submitted or page.created, page.id))


def _check(
    record: LaunchRecord, pages: Sequence[Assignment], objects: Sequence[InputObjects], launch_file: LaunchFile
) -> None:
    known = set(map(launch_file.task_spec.mapping.task_key, objects))
    strangers = {task.key for page in pages for task in page.tasks if task.kind is TaskKind.REAL} - known
    if strangers:
        msg = (
            f"{launch_file.path} has changed since {record.name!r} was launched: {len(strangers)} labeled objects are not in its data any more. "
            "Give the file and its data as they were."
        )
        raise InvalidInput(msg)
