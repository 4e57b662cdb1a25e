"""The requester's side: skills, and their values on workers."""

from manyhands.crowd import Skill, SkillDraft, SkillId, WorkerId, WorkerSkill
from manyhands.errors import InvalidInput, WrongState
from manyhands.store import SqlValue

from .access_losses import note_skill_change
from .engine import Engine
from .records import skill_of, worker_skill_of
from .skill_rows import find_own_skill, find_skill_by_name, make_skill, put_skill_row, values_of_skill

__all__ = ["Skills"]


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
            row = find_skill_by_name(books.transaction, self._requester, draft.name)
            skill = skill_of(row or make_skill(books, self._requester, draft))
        if _draft_of(skill) != draft:
            raise _taken(draft.name, skill.id)
        return skill

    def update_skill(self, skill_id: SkillId, draft: SkillDraft) -> Skill:
        """Replace everything that may be changed of a skill; its values on workers stay.

        Raises:
            WrongState: there is another skill of this name, or trainings give the skill.
        """
        with self.writing() as books:
            skill = skill_of(find_own_skill(books.transaction, skill_id, requester=self._requester))
            other = find_skill_by_name(books.transaction, self._requester, draft.name)
            if other is not None and str(other["id"]) != skill_id:
                raise _taken(draft.name, other["id"])
            if skill.is_training and draft.name != skill.name:
                message = f"skill {skill_id} is given by trainings and told by its name, {skill.name!r}; keep its name"
                raise WrongState(message, reason="training_skill")
            books.transaction.run("change_skill", {"id": int(skill_id), **values_of_skill(draft)})
            return skill_of(find_own_skill(books.transaction, skill_id, requester=self._requester))

    def get_skill(self, skill_id: SkillId) -> Skill:
        """Return a skill."""
        with self.reading() as transaction:
            return skill_of(find_own_skill(transaction, skill_id, requester=self._requester))

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
            number = find_own_skill(books.transaction, skill_id, requester=self._requester)["id"]
            worker = self._catalogue.worker(books.transaction, worker_id).number
            key: dict[str, SqlValue] = {"worker_number": worker, "skill_id": number}
            if value is None:
                books.transaction.run("remove_worker_skill", key)
            else:
                books.transaction.run("put_worker_skill", {**key, "value": value, "now": books.now})
            note_skill_change(books, requester=self._requester, worker_number=worker, skill_number=number)

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
            number = find_own_skill(transaction, skill_id, requester=self._requester)["id"]
            rows = transaction.rows("list_skill_values", {"skill_id": number, "now": self.now_stamp()})
        return [worker_skill_of(row, WorkerId(row["worker_id"])) for row in rows]


def _draft_of(skill: Skill) -> SkillDraft:
    return SkillDraft(name=skill.name, is_hidden=skill.is_hidden, lifetime=skill.lifetime, foreign=skill.foreign)


def _taken(name: str, skill_id: str | int) -> WrongState:
    message = f"there is a skill {name!r} already, {skill_id}; change that one, or choose another name"
    return WrongState(message, reason="name_taken")
