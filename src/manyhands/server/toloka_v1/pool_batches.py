"""Batches of what goes into pools: tasks and task suites."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from manyhands.crowd import Pool, PoolId, PoolType, ProjectConfig
from manyhands.errors import InvalidInput
from manyhands.platform.toloka.wire import read_pool_id
from manyhands.server.desks import RequesterDesk

from .batches import Batch, BatchOutcome, describe

__all__ = ["PoolItem", "fill_pools"]

D = TypeVar("D")


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolItem:
    """One item of a batch, and where it is to go.

    Attributes:
        document: as the requester wrote it.
        key: names it for ever.
        project: of the pool.
        is_default_allowed: whether the pool says what the item leaves out.
    """

    document: object
    key: str
    pool: Pool
    project: ProjectConfig
    is_default_allowed: bool

    @property
    def default_overlap(self) -> int | None:
        """The overlap of an item that names none; None is infinite."""
        return None if self._is_training else self.pool.config.default_overlap

    @property
    def is_overlap_required(self) -> bool:
        """Whether the item has to name an overlap."""
        return not self._is_training and not self.is_default_allowed

    @property
    def _is_training(self) -> bool:
        return self.pool.config.type is PoolType.TRAINING


def fill_pools(
    desk: RequesterDesk,
    batch: Batch,
    *,
    read: Callable[[PoolItem], D],
    add: Callable[[PoolId, Sequence[D]], Sequence[str]],
) -> BatchOutcome:
    """Put the items of a batch into their pools, and open those if that is wished.

    Args:
        desk: of the requester.
        batch: what came.
        read: returns the draft of an item; raises InvalidInput for a wrong one.
        add: adds drafts to a pool, and returns their ids in order.

    Raises:
        NotFound: the requester has no such pool.
    """
    pools = _Pools(desk)
    drafts: dict[PoolId, list[tuple[int, D]]] = defaultdict(list)
    problems: dict[int, dict[str, Any]] = {}
    for place, document in enumerate(batch.items):
        try:
            item = pools.place(document, batch=batch, key=batch.key(place))
            drafts[item.pool.id].append((place, read(item)))
        except InvalidInput as error:
            problems[place] = describe(error)
    if problems and not batch.wish.skip_invalid_items:
        return BatchOutcome(problems=problems)
    made: dict[int, str] = {}
    for pool_id, placed in drafts.items():
        ids = add(pool_id, [draft for _, draft in placed])
        made.update(zip((place for place, _ in placed), ids, strict=True))
        if batch.wish.open_pool:
            desk.platform.open_pool(pool_id)
    return BatchOutcome(made=made, problems=problems)


class _Pools:
    """The pools that a batch names, each looked up once."""

    def __init__(self, desk: RequesterDesk) -> None:
        self._desk = desk
        self._found: dict[PoolId, tuple[Pool, ProjectConfig]] = {}

    def place(self, document: object, *, batch: Batch, key: str) -> PoolItem:
        """Return an item with its pool.

        Raises:
            InvalidInput: the item names no pool.
            NotFound: the requester has no such pool.
        """
        pool_id = read_pool_id(document)
        if pool_id not in self._found:
            pool = self._desk.platform.get_pool(pool_id)
            self._found[pool_id] = pool, self._desk.platform.get_project_of_pool(pool_id).config
        pool, project = self._found[pool_id]
        return PoolItem(
            document=document, key=key, pool=pool, project=project, is_default_allowed=batch.wish.allow_defaults
        )
