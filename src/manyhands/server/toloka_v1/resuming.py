"""Carrying out again what a crash interrupted."""

import logging

import msgspec

from manyhands.errors import ManyhandsError
from manyhands.platform.toloka.wire import CreationParameters
from manyhands.server.office import Office
from manyhands.server.operations import UnfinishedOperation, list_unfinished

from .batches import Batch, BatchKind, carry_out
from .bonuses import BONUS_BATCH
from .task_suites import TASK_SUITE_BATCH
from .tasks import TASK_BATCH

__all__ = ["resume_operations"]

_LOG = logging.getLogger("manyhands.server")
_BATCHES = {kind.operation: kind for kind in (TASK_BATCH, TASK_SUITE_BATCH, BONUS_BATCH)}


def resume_operations(office: Office) -> None:
    """Carry out every operation that is not over, oldest first; one that cannot be is left and logged."""
    for unfinished in list_unfinished(office.store):
        kind = _BATCHES.get(unfinished.kind)
        try:
            _resume(office, unfinished, kind)
        except ManyhandsError:
            _LOG.exception("operation %s of %s could not be resumed", unfinished.id, unfinished.requester)


def _resume(office: Office, unfinished: UnfinishedOperation, kind: BatchKind | None) -> None:
    desk = office.requester_desk(unfinished.requester)
    if kind is None or not unfinished.request:
        desk.operations.finish(unfinished.id, details={}, is_success=False)
        return
    wish = msgspec.convert(unfinished.parameters, CreationParameters)
    batch = Batch(id=unfinished.id, items=msgspec.json.decode(unfinished.request), wish=wish)
    carry_out(desk, kind, batch)
