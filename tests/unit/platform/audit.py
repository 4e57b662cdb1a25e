"""An independent look at the tables: everything that has to hold after every operation, computed anew from the raw rows."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, Protocol, cast

from manyhands.store import Row, Store

__all__ = ["find_violations"]

_HOLDING = {"ACTIVE", "SUBMITTED", "ACCEPTED", "REJECTED"}
_UNPAID = {"ACTIVE", "SUBMITTED"}


class _Connection(Protocol):
    """What the transactions of every store have inside."""

    _connection: Any


class _Tables:
    """All rows of the tables, read in one moment."""

    def __init__(self, store: Store) -> None:
        with store.reading() as transaction:
            self._connection = cast("_Connection", transaction)._connection
            self.pools = {row["id"]: row for row in self._all("pool")}
            self.tasks = {row["id"]: row for row in self._all("task")}
            self.suites = {row["id"]: row for row in self._all("task_suite")}
            self.assignments = self._all("assignment")
            self.budgets = self._all("budget")
            self.ledger = self._all("ledger")
            self.bonuses = self._all("bonus")
            self.events = sorted(self._all("event"), key=lambda row: row["position"])
            self.issues = {(row["worker_number"], row["task_id"]) for row in self._all("issue")}
            self.progress = self._all("worker_progress")
            self.suite_progress = self._all("suite_progress")
            self.access = self._all("task_access")
            self.suite_access = self._all("task_suite_access")
            self.worker_ids = {row["number"]: row["id"] for row in self._all("worker")}

    def _all(self, table: str) -> list[Row]:
        rows: list[Row] = self._connection.execute(f"SELECT * FROM {table}").fetchall()
        return rows

    def is_training(self, record: Row) -> bool:
        """Return whether a task or an assignment belongs to a training."""
        return bool(json.loads(self.pools[record["pool_id"]]["config"])["type"] == "TRAINING")

    def task_ids(self, assignment: Row) -> list[int]:
        base = assignment["pool_id"] << 32
        return [base + number for number in json.loads(assignment["task_numbers"])]


def find_violations(store: Store) -> list[str]:
    """Return what does not hold, one sentence each; none when all is well."""
    tables = _Tables(store)
    checks = (
        _overlaps,
        _suite_overlaps,
        _issues,
        _pages,
        _suite_pages,
        _pool_counters,
        _money,
        _events,
        _cursors,
        _suite_cursors,
    )
    return [violation for check in checks for violation in check(tables)]


def _overlaps(tables: _Tables) -> Iterator[str]:
    """Per task: consumed is a recount, and never more than asked for; a task of a suite is left alone."""
    pages = [row for row in tables.assignments if row["status"] in _HOLDING and row["suite_id"] is None]
    held = Counter(task_id for row in pages for task_id in tables.task_ids(row))
    for task_id, task in tables.tasks.items():
        if task["suite_id"] is not None:
            if (task["overlap"], task["consumed"], task["remaining"]) != (None, 0, 0):
                yield f"task {task_id} of suite {task['suite_id']} has an overlap of its own"
            continue
        if task["consumed"] != held[task_id]:
            yield f"task {task_id}: consumed {task['consumed']}, but {held[task_id]} pages hold it"
        remaining = 1 if task["overlap"] is None else task["overlap"] - held[task_id]
        if task["remaining"] != remaining or remaining < 0:
            yield f"task {task_id}: remaining {task['remaining']}, expected {remaining}"


def _suite_overlaps(tables: _Tables) -> Iterator[str]:
    """Per suite: consumed is a recount, and never more than asked for."""
    held = Counter(row["suite_id"] for row in tables.assignments if row["status"] in _HOLDING)
    for number, suite in tables.suites.items():
        remaining = 1 if suite["overlap"] is None else suite["overlap"] - held[number]
        if (suite["consumed"], suite["remaining"]) != (held[number], remaining) or remaining < 0:
            yield f"suite {number}: {suite['consumed']} consumed, {suite['remaining']} left; {held[number]} pages hold it"


def _issues(tables: _Tables) -> Iterator[str]:
    """No worker has a task or a suite twice, whatever became of the page; only trainings are done again."""
    once = [row for row in tables.assignments if not tables.is_training(row)]
    pairs = Counter((row["worker_number"], task) for row in once for task in tables.task_ids(row))
    yield from (
        f"worker {worker} got task {task} {count} times" for (worker, task), count in pairs.items() if count > 1
    )
    mixed = {(row["worker_number"], task) for row in once if row["suite_id"] is None for task in tables.task_ids(row)}
    if mixed != {pair for pair in tables.issues if not tables.is_training(tables.tasks[pair[1]])}:
        yield "the issue table is not what the assignments say"
    in_hand = Counter((row["pool_id"], row["worker_number"]) for row in tables.assignments if row["status"] == "ACTIVE")
    yield from (f"pool and worker {pair} have {count} pages in hand" for pair, count in in_hand.items() if count > 1)


def _pages(tables: _Tables) -> Iterator[str]:
    """Every page has the control tasks of the mixer, one to `real_count` real tasks, and only tasks of its pool, open to its worker."""
    limits: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in tables.access:
        limits[row["task_id"]][row["is_reserved"]].add(row["worker_id"])
    for row in tables.assignments:
        if row["suite_id"] is not None:
            continue
        pool = tables.pools[row["pool_id"]]
        mixer = json.loads(pool["config"])["mixer"]
        kinds = Counter(tables.tasks[task_id]["kind"] for task_id in tables.task_ids(row))
        # A page keeps what it was issued with; what its tasks and its pool say now may be younger.
        if pool["revision"] == 0 and not _fits(kinds, mixer):
            yield f"assignment {row['id']} has {dict(kinds)}"
        worker = tables.worker_ids[row["worker_number"]]
        for task_id in tables.task_ids(row):
            reserved, unavailable = limits[task_id][1], limits[task_id][0]
            if worker in unavailable or (reserved and worker not in reserved):
                yield f"assignment {row['id']} has task {task_id}, which is not for {worker}"


def _suite_pages(tables: _Tables) -> Iterator[str]:
    """A page of a suite has all its tasks, in order, and is for a worker to whom the suite is open."""
    for row in tables.assignments:
        if row["suite_id"] is None:
            continue
        suite = tables.suites[row["suite_id"]]
        whole = [number for number, task in sorted(tables.tasks.items()) if task["suite_id"] == row["suite_id"]]
        if tables.task_ids(row) != whole or len(whole) != suite["task_count"] or whole[0] != suite["first_task_id"]:
            yield f"assignment {row['id']} is not suite {row['suite_id']}"
        if row["pool_id"] != suite["pool_id"]:
            yield f"assignment {row['id']} is in another pool than suite {row['suite_id']}"
        worker = tables.worker_ids[row["worker_number"]]
        if not _is_open_to(tables, row["suite_id"], worker):
            yield f"assignment {row['id']} has suite {row['suite_id']}, which is not for {worker}"


def _is_open_to(tables: _Tables, suite_number: int, worker: str) -> bool:
    rows = [row for row in tables.suite_access if row["suite_id"] == suite_number]
    reserved, unavailable = ({row["worker_id"] for row in rows if row["is_reserved"] == flag} for flag in (1, 0))
    return worker not in unavailable and (not reserved or worker in reserved)


def _fits(kinds: Counter[str], mixer: dict[str, Any]) -> bool:
    if mixer["control_frequency"] or mixer["training_frequency"]:
        return bool(0 < kinds.total() <= mixer["real_count"])
    control_count = mixer["control_count"]
    least = control_count if mixer["min_control_count"] is None else mixer["min_control_count"]
    least_real = min(1, mixer["real_count"])
    return bool(least <= kinds["control"] <= control_count and least_real <= kinds["real"] <= mixer["real_count"])


def _pool_counters(tables: _Tables) -> Iterator[str]:
    for number, pool in tables.pools.items():
        pages = [row for row in tables.assignments if row["pool_id"] == number]
        tasks = [row for row in tables.tasks.values() if row["pool_id"] == number]
        real = [row for row in tasks if row["kind"] == "real" and row["suite_id"] is None]
        real += [row for row in tables.suites.values() if row["pool_id"] == number and _is_real(tables, row)]
        expected = {
            "task_count": len(tasks),
            "assignment_count": len(pages),
            "active_count": sum(row["status"] == "ACTIVE" for row in pages),
            "submitted_count": sum(row["status"] == "SUBMITTED" for row in pages),
            "open_slots": sum(row["remaining"] for row in real if row["overlap"] is not None),
            "endless_count": sum(row["overlap"] is None for row in real),
        }
        for name, value in expected.items():
            if pool[name] != value:
                yield f"pool {number}: {name} is {pool[name]}, recounted {value}"
        mixer = json.loads(pool["config"])["mixer"]
        is_for_real = bool(real) if mixer is None else mixer["real_count"] > 0
        is_done = is_for_real and not (expected["open_slots"] or expected["endless_count"] or expected["active_count"])
        if is_done and pool["status"] == "OPEN" and pool["complete_at"] is None:
            yield f"pool {number} is complete and stays open"


def _is_real(tables: _Tables, suite: Row) -> bool:
    return any(task["kind"] == "real" for task in tables.tasks.values() if task["suite_id"] == suite["id"])


def _money(tables: _Tables) -> Iterator[str]:
    """Ledger, pools, budgets and assignments say the same, and no budget is overdrawn."""
    for row in tables.assignments:
        if row["reserved"] != (row["reward"] + row["fee"] if row["status"] in _UNPAID else 0):
            yield f"assignment {row['id']} is {row['status']} and reserves {row['reserved']}"
        if row["bonus_reserved"] and row["status"] not in {*_UNPAID, "ACCEPTED"}:
            yield f"assignment {row['id']} is {row['status']} and reserves a bonus"
    for number, pool in tables.pools.items():
        pages = [row for row in tables.assignments if row["pool_id"] == number]
        paid = sum(row["reward"] + row["fee"] for row in pages if row["status"] == "ACCEPTED")
        paid += sum(row["amount"] + row["fee"] for row in tables.bonuses if row["pool_id"] == number)
        reserved = sum(row["reserved"] + row["bonus_reserved"] for row in pages)
        entries = [row for row in tables.ledger if row["pool_id"] == number]
        yield from _differences(f"pool {number}", pool, paid, reserved)
        yield from _differences(f"pool {number}", pool, *_sums(entries))
    for budget in tables.budgets:
        yield from _differences(f"budget {budget['id']}", budget, *_sums(tables.ledger, budget_id=budget["id"]))
        if budget["ceiling"] is not None and budget["paid"] + budget["reserved"] > budget["ceiling"]:
            yield f"budget {budget['id']} is overdrawn"


def _sums(entries: list[Row], *, budget_id: int | None = None) -> tuple[int, int]:
    chosen = [row for row in entries if budget_id is None or row["budget_id"] == budget_id]
    return sum(row["paid"] for row in chosen), sum(row["reserved"] for row in chosen)


def _differences(name: str, row: Row, paid: int, reserved: int) -> Iterator[str]:
    if (row["paid"], row["reserved"]) != (paid, reserved):
        yield f"{name}: paid and reserved are {row['paid']} and {row['reserved']}, recomputed {paid} and {reserved}"


def _events(tables: _Tables) -> Iterator[str]:
    """Positions leave nothing out, and the last event of every page is its state."""
    if [row["position"] for row in tables.events] != list(range(1, len(tables.events) + 1)):
        yield "the positions of the events have gaps"
    last = {row["assignment_id"]: row["kind"] for row in tables.events if row["assignment_id"] is not None}
    words = {"ACTIVE": "taken"}
    for row in tables.assignments:
        if last.get(row["id"]) != words.get(row["status"], row["status"].lower()):
            yield f"assignment {row['id']} is {row['status']}, its last event is {last.get(row['id'])}"


def _cursors(tables: _Tables) -> Iterator[str]:
    """No cursor has passed a task that its worker could still get."""
    barred = {(row["task_id"], row["worker_id"]) for row in tables.access if not row["is_reserved"]}
    reserved = defaultdict(set)
    for row in tables.access:
        if row["is_reserved"]:
            reserved[row["task_id"]].add(row["worker_id"])
    for row in tables.progress:
        worker = tables.worker_ids[row["worker_number"]]
        for task_id, task in tables.tasks.items():
            is_behind = task["position"] <= row[f"{task['kind']}_cursor"]
            is_skipped = task["kind"] == "control" and row["control_lap"] == 0
            is_theirs = (task_id, worker) not in barred and worker in (reserved[task_id] or {worker})
            is_open = task["remaining"] > 0 and task["pool_id"] == row["pool_id"] and is_theirs
            if is_open and is_behind and not is_skipped and (row["worker_number"], task_id) not in tables.issues:
                yield f"worker {worker} has passed task {task_id}"


def _suite_cursors(tables: _Tables) -> Iterator[str]:
    """No cursor has passed a suite that its worker could still get, but for those that came back since."""
    had = {(row["worker_number"], row["suite_id"]) for row in tables.assignments}
    for row in tables.suite_progress:
        worker = tables.worker_ids[row["worker_number"]]
        for number, suite in tables.suites.items():
            is_behind = (suite["rank"], suite["place"]) <= (row["rank"], row["place"])
            is_open = suite["remaining"] > 0 and suite["pool_id"] == row["pool_id"]
            is_known = suite["arrival"] <= row["seen"]
            is_theirs = _is_open_to(tables, number, worker)
            if is_open and is_behind and is_known and is_theirs and (row["worker_number"], number) not in had:
                yield f"worker {worker} has passed suite {number}"
