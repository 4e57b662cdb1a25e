"""What a worker sees of an assignment."""

from manyhands.crowd import IssuedTask, Money, Page, PageTask, PoolId, ProjectId, TaskId, TaskKind
from manyhands.store import Row

from .books import Books, PoolBook
from .catalogue import WorkerFacts
from .documents import read_json
from .ids import assignment_id_of, first_id, page_task_id_of
from .moments import to_moment

__all__ = ["build_page"]


def build_page(books: Books, pool: PoolBook, worker: WorkerFacts, *, row: Row) -> Page:
    """Return the page of an assignment (``id, reward, task_numbers, created, deadline``).

    Hidden input values, known solutions and everything else that tells a control task from a real one is left out.
    """
    facts = pool.facts
    project = books.catalogue.project(books.transaction, facts.project_number, revision=pool.project_revision)
    task_ids = (first_id(pool.number) + number for number in read_json(row["task_numbers"]))
    tasks = books.catalogue.tasks(books.transaction, task_ids, revision=pool.revision)
    return Page(
        assignment_id=assignment_id_of(row["id"]),
        pool_id=PoolId(str(pool.number)),
        project_id=ProjectId(str(facts.project_number)),
        worker_id=worker.id,
        reward=Money.from_units(row["reward"]),
        created=to_moment(row["created"]),
        deadline=to_moment(row["deadline"]),
        tasks=tuple(
            _page_task(task, project.shown_fields, task_id=page_task_id_of(row["id"], place))
            for place, task in enumerate(tasks)
        ),
        instruction=facts.config.instruction,
    )


def _page_task(task: IssuedTask, shown_fields: tuple[str, ...], *, task_id: TaskId) -> PageTask:
    # The order of the values is that of the project, not of the task: requesters may have written control tasks in another order.
    values = {name: task.input_values[name] for name in shown_fields if name in task.input_values}
    return PageTask(id=task_id, input_values=values, is_training=task.kind is TaskKind.TRAINING)
