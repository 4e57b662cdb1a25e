"""What every server of Toloka's API is asked in the same way."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

from manyhands.crowd import (
    Assignment,
    AssignmentId,
    Bonus,
    BonusDraft,
    Budget,
    BudgetId,
    EventPage,
    MessageDraft,
    Money,
    PlatformFeatures,
    Pool,
    PoolConfig,
    PoolId,
    Project,
    ProjectConfig,
    ProjectId,
    Restriction,
    RestrictionDraft,
    RestrictionId,
    Skill,
    SkillDraft,
    SkillId,
    Spending,
    Task,
    TaskDraft,
    TaskId,
    ThreadId,
    WorkerId,
    WorkerSkill,
)
from manyhands.errors import InvalidInput, PlatformError, WrongState

from .account import AccountHolder
from .client import TolokaClient
from .operations import finish_operation
from .server_clock import ServerClock
from .wire import (
    Failure,
    FailureCode,
    UserSkillForm,
    decode_message_thread,
    decode_pool,
    decode_project,
    decode_skill,
    decode_training,
    decode_user_skill,
    encode_message_form,
    encode_skill_form,
    encode_user_skill_form,
    to_error,
)

__all__ = ["API", "TolokaPlatform"]

#: Version 1 of the requester API.
API = "/api/v1"
#: Items asked for at once: the most that the API documents for each list.
_PROJECTS, _TRAININGS, _SKILLS, _USER_SKILLS = 300, 100, 100, 1000
_FORGIVEN = frozenset({"INAPPROPRIATE_STATUS", "POOL_INAPPROPRIATE_STATUS"})


class TolokaPlatform(AccountHolder, ABC):
    """A server that speaks Toloka's API: the port `Platform` over HTTP. `open_toloka` makes one.

    What the methods promise is written at `Platform`. Thread-safe.

    Args:
        client: talks to the server.
        features: what the server can promise.
        is_extended: whether the server understands what only manyhands says.
    """

    def __init__(self, client: TolokaClient, *, features: PlatformFeatures, is_extended: bool) -> None:
        super().__init__(client.account)
        self._client = client
        self._features = features
        self._is_extended = is_extended

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.account!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every wait and close the connections."""
        self.wake()
        self._client.close()

    @property
    def clock(self) -> ServerClock:
        """The server's time."""
        return self._client.clock

    @property
    def features(self) -> PlatformFeatures:
        """What the platform can promise by itself."""
        return self._features

    def find_project(self, key: str) -> Project | None:
        """Return the active project of this key."""
        query = {"status": "ACTIVE"}
        for document in self._client.iter_items(f"{API}/projects", query, limit=_PROJECTS):
            # Others' projects of the same account may hold what we cannot read.
            if self._read_key(document, "private_comment") == key:
                return decode_project(document, key=key)
        return None

    def list_trainings(self, project_id: ProjectId) -> list[Pool]:
        """Return the trainings of the project in order of creation, whatever their state."""
        documents = self._client.iter_items(f"{API}/trainings", {"project_id": project_id}, limit=_TRAININGS)
        trainings = [self._read_training(document) for document in documents]
        if not trainings:
            # A list says nothing of a project that is not there.
            self._client.get(f"{API}/projects/{project_id}")
        return trainings

    def get_pool(self, pool_id: PoolId) -> Pool:
        """Return the pool as it is now."""
        return self._read_pool(self._client.get(f"{API}/pools/{pool_id}"))

    def open_pool(self, pool_id: PoolId) -> Pool:
        """Begin to issue pages; an open pool stays open."""
        return self._change_pool(pool_id, "open")

    def close_pool(self, pool_id: PoolId) -> Pool:
        """Stop issuing pages; pages in work may still be submitted."""
        return self._change_pool(pool_id, "close")

    def archive_pool(self, pool_id: PoolId) -> Pool:
        """Archive a closed pool."""
        return self._change_pool(pool_id, "archive")

    def put_skill(self, name: str) -> Skill:
        """Create the skill of this name, or return it."""
        found = next((skill for skill in self._iter_skills(name) if skill.name == name), None)
        if found is not None:
            return found
        form = encode_skill_form(SkillDraft(name=name))
        return decode_skill(self._client.request("POST", f"{API}/skills", body=form, is_repeatable=False))

    def set_skill(self, worker_id: WorkerId, skill_id: SkillId, *, value: float | None) -> None:
        """Set a skill of a worker to a value in [0, 1]; None takes it away."""
        if value is None:
            self._drop_skill(worker_id, skill_id)
            return
        if not 0.0 <= value <= 1.0:
            raise InvalidInput(f"skill {skill_id} of worker {worker_id}: expected a value from 0 to 1, found {value}")
        form = UserSkillForm(worker_id=worker_id, skill_id=skill_id, value=value)
        self._client.request("PUT", f"{API}/user-skills", body=encode_user_skill_form(form))

    def list_skills(self, worker_id: WorkerId) -> list[WorkerSkill]:
        """Return the skills of a worker in order of skill id."""
        query = {"user_id": worker_id}
        documents = self._client.iter_items(f"{API}/user-skills", query, limit=_USER_SKILLS)
        return sorted((decode_user_skill(found).skill for found in documents), key=lambda skill: skill.skill_id)

    def send_message(self, draft: MessageDraft) -> ThreadId:
        """Write to workers who know the requester, and return the thread that this begins.

        Raises:
            NoRecipients: there is nobody to whom it would go.
            PlatformError: the server has no messages.
        """
        path, body = f"{API}/message-threads/compose", encode_message_form(draft)
        answer = self._client.ask("POST", path, body=body, is_repeatable=False)
        if not isinstance(answer, Failure):
            return ThreadId(decode_message_thread(answer.document).id)
        if answer.code == FailureCode.DOES_NOT_EXIST:
            raise PlatformError(f"The server {self.account.url} has no messages to workers.")
        raise to_error(answer)

    @abstractmethod
    def fee(self, reward: Money) -> Money:
        """Return what the platform keeps on top of one reward or bonus."""

    @abstractmethod
    def put_project(self, config: ProjectConfig) -> Project:
        """Create the project of this key, or replace its config where it differs."""

    @abstractmethod
    def put_budget(self, key: str, ceiling: Money | None) -> Budget:
        """Create the budget of this key, or set its ceiling."""

    @abstractmethod
    def get_budget(self, budget_id: BudgetId) -> Budget:
        """Return the budget as it is now."""

    @abstractmethod
    def create_pool(self, config: PoolConfig) -> Pool:
        """Create a closed pool."""

    @abstractmethod
    def extend_pool(self, pool_id: PoolId, expires: datetime) -> Pool:
        """Let the pool close by itself no earlier than `expires`; one that closes later, or never, stays as it is."""

    @abstractmethod
    def add_tasks(self, pool_id: PoolId, drafts: Iterable[TaskDraft]) -> list[TaskId]:
        """Add tasks to the pool and return their ids in order."""

    @abstractmethod
    def list_tasks(self, pool_id: PoolId, after: TaskId | None = None, *, limit: int = 1000) -> list[Task]:
        """Return up to `limit` tasks of the pool in order of id, from behind `after`."""

    @abstractmethod
    def raise_overlaps(self, pool_id: PoolId, overlaps: Mapping[TaskId, int]) -> None:
        """Set each task's overlap to the larger of what is asked for and what is consumed."""

    @abstractmethod
    def accept(self, assignment_ids: Sequence[AssignmentId], public_comment: str = "") -> None:
        """Accept submitted (or rejected) pages and pay them; accepted pages stay as they are."""

    @abstractmethod
    def reject(self, assignment_id: AssignmentId, public_comment: str) -> None:
        """Reject a submitted page; a rejected page stays as it is."""

    @abstractmethod
    def list_assignments(
        self, pool_id: PoolId, after: AssignmentId | None = None, *, limit: int = 1000
    ) -> list[Assignment]:
        """Return up to `limit` assignments of the pool in order of id, from behind `after`."""

    @abstractmethod
    def restrict(self, draft: RestrictionDraft) -> Restriction:
        """Keep a worker from taking pages until a moment."""

    @abstractmethod
    def lift_restriction(self, restriction_id: RestrictionId) -> None:
        """End a restriction now."""

    @abstractmethod
    def list_restrictions(self, worker_id: WorkerId | None = None) -> list[Restriction]:
        """Return the requester's restrictions in order of creation."""

    @abstractmethod
    def pay_bonus(self, draft: BonusDraft) -> Bonus:
        """Pay a worker a bonus, and the fee on it."""

    @abstractmethod
    def release_bonus_reserve(self, assignment_ids: Iterable[AssignmentId]) -> None:
        """Give up what is reserved for bonuses of these pages."""

    @abstractmethod
    def list_bonuses(self, pool_id: PoolId) -> list[Bonus]:
        """Return the bonuses paid for assignments of the pool in order of creation."""

    @abstractmethod
    def spending(self, pool_id: PoolId) -> Spending:
        """Return what the pool has paid and reserved: rewards, bonuses and fees."""

    @abstractmethod
    def list_events(self, pool_ids: Sequence[PoolId], after: int = 0, *, limit: int = 1000) -> EventPage:
        """Return up to `limit` events of these pools with a position above `after`, oldest first."""

    @abstractmethod
    def refresh(self, pool_ids: Sequence[PoolId]) -> None:
        """Let the next `list_events` of these pools know what has happened until now, though the poll interval is not over."""

    @abstractmethod
    def wait_for_events(self, after: int, *, until: datetime | None, patience: timedelta) -> None:
        """Return when there may be an event above `after`, when `wake` is called, or when something is due."""

    @abstractmethod
    def wake(self) -> None:
        """Make every `wait_for_events` return at once."""

    def _read_pool(self, document: Any) -> Pool:
        return decode_pool(document)

    def _read_training(self, document: Any) -> Pool:
        return decode_training(document)

    def _read_key(self, document: Mapping[str, Any], name: str) -> str | None:
        own: Any = document.get("manyhands") if self._is_extended else None
        key = own.get("key") if isinstance(own, dict) else document.get(name)
        return key if isinstance(key, str) else None

    def _change_pool(self, pool_id: PoolId, action: str) -> Pool:
        path = f"{API}/{self._collection_of(pool_id)}/{pool_id}/{action}"
        operation = self._client.request("POST", path)
        # Nothing is answered when the pool is in that state already.
        if operation is not None:
            finished = finish_operation(self._client, operation)
            if finished["status"] != "SUCCESS":
                raise _refusal(pool_id, action, finished)
        return self.get_pool(pool_id)

    def _collection_of(self, _pool_id: PoolId) -> str:
        """Return where the pool is opened, closed and archived."""
        return "pools"

    def _judge(self, assignment_id: AssignmentId, status: str, *, public_comment: str) -> Any:
        """Accept or reject a page and return it as it is then; a page that was judged so before is no error."""
        path = f"{API}/assignments/{assignment_id}"
        body = {"status": status, "public_comment": public_comment}
        answer = self._client.ask("PATCH", path, body=body)
        if not isinstance(answer, Failure):
            return answer.document
        document = self._client.get(path) if answer.code in _FORGIVEN else None
        if document is None or document.get("status") != status:
            raise to_error(answer)
        return document

    def _iter_skills(self, name: str) -> Iterable[Skill]:
        return map(decode_skill, self._client.iter_items(f"{API}/skills", {"name": name}, limit=_SKILLS))

    def _drop_skill(self, worker_id: WorkerId, skill_id: SkillId) -> None:
        query = {"user_id": worker_id, "skill_id": skill_id}
        for document in self._client.iter_items(f"{API}/user-skills", query, limit=_USER_SKILLS):
            if document.get("skill_id") == skill_id:
                self._client.request("DELETE", f"{API}/user-skills/{document['id']}")


def _refusal(pool_id: PoolId, action: str, operation: Mapping[str, Any]) -> WrongState:
    details = operation.get("details")
    return WrongState(f"pool {pool_id}: {action} failed ({details}); look at operation {operation.get('id')}")
