"""Carrying out again what a crash interrupted."""

import logging

import msgspec

from manyhands.errors import ManyhandsError
from manyhands.server.office import Office
from manyhands.server.operations import UnfinishedOperation, list_unfinished

from .batches import Batch, BatchKind, carry_out
from .tasks import TASKS

__all__ = ["resume_operations"]

_LOG = logging.getLogger("manyhands.server")
_BATCHES = {kind.operation: kind for kind in (TASKS,)}


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
    switches = frozenset(name for name, is_on in unfinished.parameters.items() if is_on is True)
    batch = Batch(id=unfinished.id, items=msgspec.json.decode(unfinished.request), switches=switches)
    carry_out(desk, kind, batch)
