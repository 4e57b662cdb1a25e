"""The requester's side: skills, and their values on workers."""

from manyhands.crowd import Skill, SkillDraft, SkillId, WorkerId, WorkerSkill
from manyhands.errors import InvalidInput, NotFound, WrongState
from manyhands.store import Row, SqlValue, Transaction

from .books import Books
from .documents import write_fields
from .engine import Engine
from .ids import parse_number
from .moments import to_microseconds
from .numbering import next_number
from .records import skill_of, worker_skill_of

__all__ = ["Skills", "make_skill", "put_skill_row"]


class Skills(Engine):
    """Skills of one requester; what the methods promise is written at `Platform`.

    A value whose skill has a lifetime is gone when it was not set again for so long: no filter, no list shows it any more.
    """

    def put_skill(self, name: str) -> Skill:
        """Create the skill of this name, or return it."""
        with self.writing() as books:
            return skill_of(put_skill_row(books, self._requester, name))

    def create_skill(self, draft: SkillDraft) -> Skill:
        """Create a skill, or return the one that is just like it.

        Raises:
            WrongState: there is another skill of this name.
        """
        with self.writing() as books:
            row = _find_by_name(books.transaction, self._requester, draft.name)
            skill = skill_of(row or make_skill(books, self._requester, draft))
        if _draft_of(skill) != draft:
            raise _taken(draft.name, skill.id)
        return skill

    def update_skill(self, skill_id: SkillId, draft: SkillDraft) -> Skill:
        """Replace everything that may be changed of a skill; its values on workers stay.

        Raises:
            WrongState: there is another skill of this name, or a training finds the skill by its name.
        """
        with self.writing() as books:
            skill = skill_of(self._own_skill(books.transaction, skill_id))
            other = _find_by_name(books.transaction, self._requester, draft.name)
            if other is not None and str(other["id"]) != skill_id:
                raise _taken(draft.name, other["id"])
            if skill.is_training and draft.name != skill.name:
                message = f"skill {skill_id} is given by a training, which finds it as {skill.name!r}; keep its name"
                raise WrongState(message, reason="training_skill")
            books.transaction.run("change_skill", {"id": int(skill_id), **_values_of(draft)})
            return skill_of(self._own_skill(books.transaction, skill_id))

    def get_skill(self, skill_id: SkillId) -> Skill:
        """Return a skill."""
        with self.reading() as transaction:
            return skill_of(self._own_skill(transaction, skill_id))

    def list_own_skills(self) -> list[Skill]:
        """Return the requester's skills in order of id."""
        with self.reading() as transaction:
            return [skill_of(row) for row in transaction.rows("list_own_skills", {"requester": self._requester})]

    def set_skill(self, worker_id: WorkerId, skill_id: SkillId, *, value: float | None) -> None:
        """Set a skill of a worker to a value in [0, 1]; None takes it away.

        Raises:
            InvalidInput: the value is outside [0, 1].
        """
        if value is not None and not 0.0 <= value <= 1.0:
            raise InvalidInput(f"skill {skill_id} of worker {worker_id}: expected a value from 0 to 1, found {value}")
        with self.writing() as books:
            number = self._own_skill(books.transaction, skill_id)["id"]
            worker = self._catalogue.worker(books.transaction, worker_id).number
            key: dict[str, SqlValue] = {"worker_number": worker, "skill_id": number}
            if value is None:
                books.transaction.run("remove_worker_skill", key)
            else:
                books.transaction.run("put_worker_skill", {**key, "value": value, "now": books.now})

    def list_skills(self, worker_id: WorkerId) -> list[WorkerSkill]:
        """Return the skills of a worker in order of skill id."""
        with self.reading() as transaction:
            number = self._catalogue.worker(transaction, worker_id).number
            names: dict[str, SqlValue] = {"worker_number": number, "requester": self._requester}
            rows = transaction.rows("list_worker_skills", {**names, "now": self.now_stamp()})
        return [worker_skill_of(row, worker_id) for row in rows]

    def list_skill_values(self, skill_id: SkillId) -> list[WorkerSkill]:
        """Return the values of a skill on all workers who have it, in the order in which the workers came."""
        with self.reading() as transaction:
            number = self._own_skill(transaction, skill_id)["id"]
            rows = transaction.rows("list_skill_values", {"skill_id": number, "now": self.now_stamp()})
        return [worker_skill_of(row, WorkerId(row["worker_id"])) for row in rows]

    def _own_skill(self, transaction: Transaction, skill_id: SkillId) -> Row:
        row = transaction.find("find_skill", {"id": parse_number("skill", skill_id)})
        if row is None or row["requester"] != self._requester:
            raise NotFound(f"requester {self._requester!r} has no skill {skill_id}")
        return row


def put_skill_row(books: Books, requester: str, name: str) -> Row:
    """Return the row of the requester's skill of this name, made if it is not there."""
    row = _find_by_name(books.transaction, requester, name)
    return row or make_skill(books, requester, SkillDraft(name=name))


def make_skill(books: Books, requester: str, draft: SkillDraft, *, is_training: bool = False) -> Row:
    """Create a skill, unless somebody else just did, and return its row."""
    values: dict[str, SqlValue] = {
        "id": next_number(books.transaction, "skill"),
        "requester": requester,
        "created": books.now,
        "is_training": int(is_training),
    }
    books.transaction.run("create_skill", {**values, **_values_of(draft)})
    row = _find_by_name(books.transaction, requester, draft.name)
    if row is None:
        raise NotFound(f"skill {draft.name!r} is not there any more")
    return row


def _find_by_name(transaction: Transaction, requester: str, name: str) -> Row | None:
    return transaction.find("find_skill_by_name", {"requester": requester, "name": name})


def _values_of(draft: SkillDraft) -> dict[str, SqlValue]:
    return {
        "name": draft.name,
        "is_hidden": int(draft.is_hidden),
        "lifetime": None if draft.lifetime is None else to_microseconds(draft.lifetime),
        "foreign_fields": write_fields(draft.foreign),
    }


def _draft_of(skill: Skill) -> SkillDraft:
    return SkillDraft(name=skill.name, is_hidden=skill.is_hidden, lifetime=skill.lifetime, foreign=skill.foreign)


def _taken(name: str, skill_id: str | int) -> WrongState:
    message = f"there is a skill {name!r} already, {skill_id}; change that one, or choose another name"
    return WrongState(message, reason="name_taken")
