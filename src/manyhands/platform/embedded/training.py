"""Trainings: answers that are checked at once, and the skill that the first ones make.

A training task is answered until the answer is right; what was answered first is kept for good and makes the skill, which is given once so many
pages are handed in. A page that is skipped or expires gives its tasks back to the worker, who is asked them again; the first answers stay.
"""

from collections.abc import Sequence

from manyhands.crowd import (
    AssignmentStatus,
    IssuedTask,
    PoolConfig,
    PoolType,
    SkillDraft,
    Solution,
    TaskKind,
    TrainingVerdict,
    Values,
)
from manyhands.errors import InvalidData, NotFound, WrongState
from manyhands.store import SqlValue
from manyhands.task import find_field_problems

from .access import Refusal
from .assignments import AssignmentBook
from .books import Books, PoolBook
from .catalogue import WorkerFacts
from .documents import read_json, write_json
from .ids import assignment_id_of, first_id, page_task_id_of, parse_numbered
from .known_solutions import rate_answer
from .moments import to_microseconds
from .skill_rows import make_skill

__all__ = [
    "admit_to_training",
    "check_answer",
    "concerns_trainings",
    "find_first_rates",
    "find_mistakes",
    "measure_training",
    "note_training",
    "provide_training_skill",
    "return_tasks",
]

_BEFORE_ALL = -1


def concerns_trainings(books: Books, pool: PoolBook, page: AssignmentBook) -> bool:
    """Return whether handing the page in changes anything about trainings."""
    return pool.facts.config.training_requirement is not None or _has_lessons(books, pool, page)


def provide_training_skill(books: Books, *, requester: str, project_number: int, project_name: str) -> None:
    """Make the skill that the trainings of a project give, unless it is there: ``<project name> - training``."""
    transaction = books.transaction
    if transaction.find("find_training_skill", {"project_id": project_number}) is not None:
        return
    name = f"{project_name} - training"
    if transaction.find("find_skill_by_name", {"requester": requester, "name": name}) is not None:
        # Another project of the same name has it, or the requester made it for something else.
        name = f"{name} ({project_number})"
    skill = make_skill(books, requester, SkillDraft(name=name), is_training=True)
    transaction.run("create_training_skill", {"project_id": project_number, "skill_id": skill["id"]})


def admit_to_training(books: Books, pool: PoolBook, worker: WorkerFacts) -> Refusal | None:
    """Return why the worker gets no page of a training, or None; who has lost the skill of a training begins it anew."""
    if pool.facts.config.type is not PoolType.TRAINING:
        return None
    skill: dict[str, SqlValue] = {"worker_number": worker.number, "skill_id": pool.facts.training_skill}
    if books.transaction.find("find_skill_in_force", {**skill, "now": books.now}) is not None:
        message = f"worker {worker.id} has done a training of project {pool.facts.project_number}"
        return Refusal(reason="trained", message=message)
    values = {"pool_id": pool.number, "worker_number": worker.number}
    progress = books.transaction.find("find_training_progress", values)
    if progress is not None and progress["is_over"]:
        _begin_anew(books, pool, worker_number=worker.number)
    return None


def check_answer(
    books: Books, pool: PoolBook, page: AssignmentBook, *, task_id: str, solution: Solution
) -> TrainingVerdict:
    """Tell whether an answer to a training task is right, and keep it if it is the first one.

    Raises:
        InvalidData: the answer does not fit, or the task is no training task.
        NotFound: there is no such task on the page.
        WrongState: the page is not active.
    """
    if page.status is not AssignmentStatus.ACTIVE:
        raise WrongState(
            f"assignment {assignment_id_of(page.number)} is {page.status}; only answers of an active one are checked"
        )
    places = [place for place, _ in enumerate(page.task_ids) if page_task_id_of(page.number, place) == task_id]
    if not places:
        raise NotFound(f"assignment {assignment_id_of(page.number)} has no task {task_id!r}")
    (task,) = books.catalogue.tasks(books.transaction, [page.task_ids[places[0]]], revision=page.pool_revision)
    if task.kind is not TaskKind.TRAINING:
        # The same for real and for control tasks, whatever is answered.
        raise InvalidData(f"task {task_id} is no training task; its answer is not checked before the page is judged")
    problems = _find_problems(books, pool, solution)
    if problems:
        raise InvalidData(f"the answer does not fit task {task_id}; nothing was kept of it", problems)
    return _judge(books, page, task, solution.output_values)


def find_mistakes(
    books: Books, pool: PoolBook, page: AssignmentBook, *, solutions: Sequence[Solution]
) -> InvalidData | None:
    """Return what tells a worker that training tasks of a page that is handed in are answered wrong, or None.

    Wrong answers are kept where they are the first ones. Whether the solutions can be handed in at all is for `review.submit` to say.
    """
    is_active = page.status is AssignmentStatus.ACTIVE
    if not is_active or not _has_lessons(books, pool, page) or len(solutions) != len(page.task_ids):
        return None
    if any(_find_problems(books, pool, solution) for solution in solutions):
        return None
    tasks = books.catalogue.tasks(books.transaction, page.task_ids, revision=page.pool_revision)
    verdicts = {
        place: _judge(books, page, task, solution.output_values)
        for place, (task, solution) in enumerate(zip(tasks, solutions, strict=True))
        if task.kind is TaskKind.TRAINING
    }
    problems = [
        f"task {page_task_id_of(page.number, place)}: the answer is not right. {verdict.hint}".rstrip()
        for place, verdict in verdicts.items()
        if not verdict.is_right
    ]
    if not problems:
        return None
    message = f"wrong answers to training tasks of assignment {assignment_id_of(page.number)}: {len(problems)}"
    return InvalidData(f"{message}; put the answers right and submit again", problems)


def note_training(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    """Do what follows for trainings when a page was handed in: keep first answers, give the skill, and let it last."""
    if _has_lessons(books, pool, page):
        _keep_first_solutions(books, page)
    if pool.facts.config.type is PoolType.TRAINING:
        _note_progress(books, pool, page)
    if pool.facts.config.training_requirement is not None:
        _prolong_skill(books, pool, page)


def find_first_rates(books: Books, page: AssignmentBook) -> list[float]:
    """Return how right the first answers to the training tasks of a page were, in the order of the page."""
    tasks = books.catalogue.tasks(books.transaction, page.task_ids, revision=page.pool_revision)
    keys = [_key_of(page, task) for task in tasks if task.kind is TaskKind.TRAINING]
    rows = [books.transaction.find("find_first_answer", key) for key in keys]
    return [float(row["rate"]) for row in rows if row is not None]


def measure_training(books: Books, pool: PoolBook, page: AssignmentBook) -> dict[str, float | str | None]:
    """Return what `TrainingAnswers` counts about the worker of a page, this page included."""
    scope: dict[str, SqlValue] = {"worker_number": page.worker_number, **_range_of(pool)}
    pages = books.transaction.find("count_pages_handed_in", scope)
    answers = books.transaction.find("sum_first_answers", scope)
    total = 0 if answers is None else int(answers["answer_count"])
    share = float(answers["rate"]) / total if answers is not None and total else None
    return {
        "submitted_count": 0 if pages is None else int(pages["page_count"]),
        "total_count": total,
        "correct_share": share,
        "incorrect_share": None if share is None else 1.0 - share,
        "is_next_available": float(_has_more(books, pool, page)),
    }


def return_tasks(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    """Let the worker be asked again what was on a page of a training that was skipped or has expired."""
    if pool.facts.config.type is PoolType.TRAINING:
        issues = [{"worker_number": page.worker_number, "task_id": task_id} for task_id in page.task_ids]
        books.transaction.run_many("forget_issue", issues)
        values = {"pool_id": pool.number, "worker_number": page.worker_number}
        books.transaction.run("begin_training_again", values)


def _has_lessons(books: Books, pool: PoolBook, page: AssignmentBook) -> bool:
    """Return whether the page has training tasks; costs nothing where the pool's pages never have."""
    # A page may be older than the config that says so.
    if pool.revision == 0 and not _may_teach(pool.facts.config):
        return False
    tasks = books.catalogue.tasks(books.transaction, page.task_ids, revision=page.pool_revision)
    return any(task.kind is TaskKind.TRAINING for task in tasks)


def _may_teach(config: PoolConfig) -> bool:
    mixer = config.mixer
    if config.type is PoolType.TRAINING or mixer is None:
        return True
    return mixer.training_count > 0 or mixer.training_frequency is not None


def _begin_anew(books: Books, pool: PoolBook, *, worker_number: int) -> None:
    tasks: dict[str, SqlValue] = {"worker_number": worker_number, **_range_of(pool)}
    books.transaction.run("forget_first_answers", tasks)
    books.transaction.run("forget_issues", tasks)
    values = {"pool_id": pool.number, "worker_number": worker_number}
    books.transaction.run("begin_training_again", values)
    books.transaction.run("put_training_progress", {**values, "page_count": 0, "is_over": 0})


def _find_problems(books: Books, pool: PoolBook, solution: Solution) -> list[str]:
    project = books.catalogue.project(books.transaction, pool.facts.project_number, revision=pool.project_revision)
    return find_field_problems(solution.output_values, project.config.output_spec)


def _judge(books: Books, page: AssignmentBook, task: IssuedTask, values: Values) -> TrainingVerdict:
    rate = rate_answer(values, task.known_solutions)
    key = _key_of(page, task)
    books.transaction.run("add_first_answer", {**key, "answer": write_json(values), "rate": rate})
    return TrainingVerdict(is_right=rate > 0, hint="" if rate > 0 else task.hint or "")


def _keep_first_solutions(books: Books, page: AssignmentBook) -> None:
    tasks = books.catalogue.tasks(books.transaction, page.task_ids, revision=page.pool_revision)
    answers = read_json(page.solutions or "[]")
    is_wrong = False
    for place, task in enumerate(tasks):
        if task.kind is TaskKind.TRAINING:
            row = books.transaction.find("find_first_answer", _key_of(page, task))
            if row is not None and row["rate"] <= 0:
                is_wrong, answers[place] = True, read_json(row["answer"])
    if is_wrong:
        values: dict[str, SqlValue] = {"assignment_id": page.number, "first_solutions": write_json(answers)}
        books.transaction.run("put_first_solutions", values)


def _note_progress(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    key = {"pool_id": pool.number, "worker_number": page.worker_number}
    row = books.transaction.find("find_training_progress", key)
    page_count = 1 + (0 if row is None else int(row["page_count"]))
    pages_to_pass = pool.facts.config.training_terms.pages_to_pass
    is_enough = pages_to_pass is not None and page_count >= pages_to_pass
    is_over = is_enough or not _has_more(books, pool, page)
    books.transaction.run("put_training_progress", {**key, "page_count": page_count, "is_over": int(is_over)})
    if is_over:
        _give_skill(books, pool, worker_number=page.worker_number)


def _has_more(books: Books, pool: PoolBook, page: AssignmentBook) -> bool:
    values: dict[str, SqlValue] = {
        "pool_id": pool.number,
        "kind": TaskKind.TRAINING.value,
        "cursor": _BEFORE_ALL,
        "worker_number": page.worker_number,
        "worker_id": page.worker_id,
        "count": 1,
    }
    return books.transaction.find("list_candidates", values) is not None


def _give_skill(books: Books, pool: PoolBook, *, worker_number: int) -> None:
    tasks: dict[str, SqlValue] = {"worker_number": worker_number, **_range_of(pool)}
    row = books.transaction.find("sum_first_answers", tasks)
    if row is None or not row["answer_count"]:
        return
    values: dict[str, SqlValue] = {
        "worker_number": worker_number,
        "skill_id": pool.facts.training_skill,
        "value": row["rate"] / row["answer_count"],
        "now": books.now,
        "expires": _expiry(books, pool.facts.config),
    }
    books.transaction.run("give_skill_for_a_time", values)


def _prolong_skill(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    requirement = pool.facts.config.training_requirement
    if requirement is None:
        return
    training = books.catalogue.current_pool(books.transaction, int(requirement.training_pool_id))
    expires = _expiry(books, training.config)
    if expires is not None and training.training_skill == pool.facts.required_skill:
        values: dict[str, SqlValue] = {"worker_number": page.worker_number, "skill_id": training.training_skill}
        books.transaction.run("prolong_skill", {**values, "expires": expires, "now": books.now})


def _expiry(books: Books, training: PoolConfig) -> int | None:
    retry_after = training.training_terms.retry_after
    return None if retry_after is None else books.now + to_microseconds(retry_after)


def _key_of(page: AssignmentBook, task: IssuedTask) -> dict[str, SqlValue]:
    return {"worker_number": page.worker_number, "task_id": parse_numbered("task", task.id)}


def _range_of(pool: PoolBook) -> dict[str, SqlValue]:
    return {"first_id": first_id(pool.number), "end_id": first_id(pool.number + 1)}
