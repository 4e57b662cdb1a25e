"""What a launch remembers beyond the platform: its identity, where its pool is, how it ended."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from manyhands.crowd import PoolId, Task, TaskDraft
from manyhands.errors import LaunchChanged

from .plan import LabelingPlan
from .states import LaunchState

__all__ = ["Journal", "LaunchEntry", "find_differences", "open_entry"]

#: Fields of a launch's document that make its identity, and what to call them in a message.
_IDENTITY = {
    "kind": "the kind of labeling",
    "task_key": "the task's id and language",
    "task": "the content of the task spec",
}


class Journal(Protocol):
    """A durable notebook; every call is atomic and safe from any thread and process."""

    def create(self, name: str, document: Mapping[str, Any]) -> bool:
        """Write a launch's first document; return False and change nothing when there is one."""
        ...

    def find(self, name: str) -> dict[str, Any] | None:
        """Return a launch's document."""
        ...

    def update(self, name: str, document: Mapping[str, Any]) -> None:
        """Replace a launch's document."""
        ...

    def list(self) -> list[tuple[str, dict[str, Any]]]:
        """Return all names and documents in order of creation."""
        ...

    def append(self, name: str, kind: str, document: Mapping[str, Any]) -> int:
        """Write down a step and return its number."""
        ...

    def request_stop(self, name: str) -> None:
        """Ask whoever runs the launch to stop it."""
        ...

    def stop_requests(self) -> frozenset[str]:
        """Return the launches that were asked to stop."""
        ...

    def clear_stop(self, name: str) -> None:
        """Take back the request to stop."""
        ...

    def clear_resume(self, name: str) -> None:
        """Take back the request to resume."""
        ...

    def beat(self, runner_id: str, *, now: datetime) -> None:
        """Note that a runner is alive; `now` is the time on the wall."""
        ...

    def retire(self, runner_id: str) -> None:
        """Note that a runner has nothing to do any more."""
        ...

    def attend(self, name: str, runner_id: str) -> None:
        """Note that this runner works on the launch, whoever did before."""
        ...

    def claim(self, name: str, runner_id: str, *, since: datetime) -> bool:
        """Note that this runner works on the launch unless another one does that was heard of since then; return whether it may."""
        ...

    def leave(self, name: str, runner_id: str) -> None:
        """Note that this runner does not work on the launch any more."""
        ...

    def last_heard(self) -> Mapping[str, datetime]:
        """Return, for every launch that a runner works on, when that runner was heard of last."""
        ...


class LaunchEntry:
    """The journal's page of one launch.

    Args:
        journal: where it is written.
        name: the name of the launch.
        document: the document as it is now.
    """

    def __init__(self, journal: Journal, name: str, document: Mapping[str, Any]) -> None:
        self._journal = journal
        self._name = name
        self._document = dict(document)

    @property
    def pool_id(self) -> PoolId | None:
        """The pool of an earlier call; None when none was made."""
        pool_id = self._document.get("pool_id")
        return None if pool_id is None else PoolId(pool_id)

    def note(self, step: str, **facts: str | int | None) -> None:
        """Write down a step, and keep its facts in the document."""
        self._journal.append(self._name, step, facts)
        self._document.update(facts)
        self._journal.update(self._name, self._document)

    def note_state(self, state: LaunchState, *, now: datetime, reason: str = "", problem: str = "") -> None:
        """Write down where the launch is, why it ended early, and by which error."""
        self.note(str(state), state=str(state), reason=reason, problem=problem, updated=now.isoformat())


def open_entry(
    journal: Journal, plan: LabelingPlan, *, now: datetime, published_tasks: Callable[[PoolId], Iterable[Task]]
) -> LaunchEntry:
    """Return the journal's page of the launch, new or continued.

    Args:
        journal: where it is written.
        plan: the launch as it is called now.
        now: the moment of the call.
        published_tasks: returns the tasks that are in a pool already.

    Raises:
        LaunchChanged: a launch of this name has another task, other params, or objects that the plan does not have.
    """
    identity, call = plan.describe(), plan.describe_call()
    document = {**identity, **call, "state": str(LaunchState.WAITING), "created": now.isoformat()}
    if not journal.create(plan.name, document):
        earlier = journal.find(plan.name) or document
        differences = find_differences(earlier, identity) or _find_altered(earlier, plan, identity, published_tasks)
        if differences:
            msg = (
                f"The launch {plan.name!r} exists with another task, other data or other params; nothing was changed. "
                "Call it as before to go on with it, or give the new one a name of its own. What differs:"
            )
            raise LaunchChanged(msg, differences)
        document = {**earlier, **identity, **call}
        journal.update(plan.name, document)
    journal.clear_stop(plan.name)
    journal.clear_resume(plan.name)
    return LaunchEntry(journal, plan.name, document)


def find_differences(earlier: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Return one sentence per difference in task or params; data are compared with the platform, since they may grow."""
    differences = [
        f"{called}: was {_shown(earlier.get(field))}, now {_shown(now.get(field))}"
        for field, called in _IDENTITY.items()
        if earlier.get(field) != now.get(field)
    ]
    before, after = _flat(earlier.get("params", {}), "params"), _flat(now.get("params", {}), "params")
    differences += [
        f"{path}: was {_shown(before.get(path))}, now {_shown(after.get(path))}"
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    ]
    return differences


def _find_altered(
    earlier: Mapping[str, Any],
    plan: LabelingPlan,
    identity: Mapping[str, Any],
    published_tasks: Callable[[PoolId], Iterable[Task]],
) -> list[str]:
    is_same = all(earlier.get(field) == identity.get(field) for field in ("inputs", "controls"))
    pool_id = earlier.get("pool_id")
    if is_same or pool_id is None:
        return []
    drafts = {draft.key: draft for draft in plan.drafts(0, plan.control_count + plan.object_count)}
    removed_count = 0
    corrected: list[str] = []
    for task in published_tasks(PoolId(pool_id)):
        draft = drafts.get(task.key)
        removed_count += draft is None
        if draft is not None and task.known_solutions != draft.known_solutions:
            corrected.append(
                f"the solution of the control task {dict(task.input_values)} was {_answers(task)}, now {_answers(draft)}"
            )
    if removed_count:
        corrected.append(
            f"{removed_count} tasks of the first call are missing now; data may be added to a launch, not taken away"
        )
    return corrected


def _answers(task: Task | TaskDraft) -> list[dict[str, Any]]:
    return [dict(known.output_values) for known in task.known_solutions]


def _flat(value: Any, path: str) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {key: leaf for name, part in value.items() for key, leaf in _flat(part, f"{path}.{name}").items()}
    if isinstance(value, list):
        return {key: leaf for place, part in enumerate(value) for key, leaf in _flat(part, f"{path}[{place}]").items()}
    return {path: value}


def _shown(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return text[:12] + "…" if len(text) == 64 else text
