"""Training pools: the skill is the share of a worker's answers that were right."""

from manyhands.crowd import PoolType, SkillDraft, TaskKind

from .access import training_skill_name
from .assignments import AssignmentBook
from .books import Books, PoolBook
from .documents import read_json
from .known_solutions import rate_answer
from .rule_actions import set_worker_skill
from .skills import make_skill
from .tallies import Tally
from .tally_keeping import update_tally

__all__ = ["watch_training"]


def watch_training(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    """Set the skill of a training pool after each page of it: right answers of the worker there, over all answers there."""
    if pool.facts.config.type is not PoolType.TRAINING:
        return
    tasks = books.catalogue.tasks(books.transaction, page.task_ids, revision=pool.revision)
    rates = [
        rate_answer(values, task.known_solutions)
        for task, values in zip(tasks, read_json(page.solutions or "[]"), strict=True)
        if task.kind is not TaskKind.REAL
    ]

    def add(tally: Tally) -> Tally:
        for rate in rates:
            tally = tally.add(rate, history_size=None)
        return tally

    tally = update_tally(books, page.worker_number, f"training pool {pool.number}", change=add)
    set_worker_skill(books, page.worker_number, _skill_of(books, pool), value=tally.share)


def _skill_of(books: Books, pool: PoolBook) -> int:
    names = {"requester": pool.facts.requester, "name": training_skill_name(str(pool.number))}
    row = books.transaction.find("find_skill_by_name", names)
    if row is None:
        row = make_skill(books, pool.facts.requester, SkillDraft(name=names["name"]), is_training=True)
    return int(row["id"])
