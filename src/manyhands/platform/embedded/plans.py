"""How many tasks of which kind a worker's next page has."""

from dataclasses import replace

from manyhands.crowd import HistoryScope, MixerConfig, PoolType, TaskFrequency
from manyhands.store import SqlValue

from .books import Books, PoolBook
from .catalogue import WorkerFacts
from .frequencies import count_due
from .ids import first_id
from .moments import to_microseconds

__all__ = ["plan_page"]

_EVER = -1


def plan_page(books: Books, pool: PoolBook, worker: WorkerFacts, *, mixer: MixerConfig) -> MixerConfig:
    """Return the mixer for a worker's next page.

    It is the pool's own, but that control and training tasks come as often as the worker's history says where the pool has frequencies, and that
    the last page of a training may be a small one.
    """
    if pool.facts.config.type is PoolType.TRAINING:
        return replace(mixer, min_training_count=1)
    if mixer.control_frequency is None and mixer.training_frequency is None:
        return mixer
    size = mixer.real_count
    control = _count_due(books, pool, worker, mixer.control_frequency, page_size=size, otherwise=mixer.control_count)
    training = _count_due(books, pool, worker, mixer.training_frequency, page_size=size, otherwise=mixer.training_count)
    control = min(control, size)
    # Where both are due at one place, it is a control task.
    training = min(training, size - control)
    return replace(mixer, real_count=size - control - training, control_count=control, training_count=training)


def _count_due(
    books: Books,
    pool: PoolBook,
    worker: WorkerFacts,
    frequency: TaskFrequency | None,
    *,
    page_size: int,
    otherwise: int,
) -> int:
    if frequency is None:
        return otherwise
    return count_due(frequency, _count_done(books, pool, worker, frequency), page_size=page_size)


def _count_done(books: Books, pool: PoolBook, worker: WorkerFacts, frequency: TaskFrequency) -> int:
    window = frequency.window
    values: dict[str, SqlValue] = {
        "worker_number": worker.number,
        "since": _EVER if window is None else books.now - to_microseconds(window),
    }
    if frequency.scope is HistoryScope.POOL:
        pages = {"first_id": first_id(pool.number), "end_id": first_id(pool.number + 1)}
        row = books.transaction.find("count_tasks_done_in_pool", {**values, **pages})
    else:
        project = {"project_id": pool.facts.project_number}
        row = books.transaction.find("count_tasks_done_in_project", {**values, **project})
    return 0 if row is None else int(row["task_count"])
