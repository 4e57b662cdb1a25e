"""Run as a script: launches that are killed at every step, and what is there after the same call again.

``python killed_launches.py FOLDER before|after`` prints one JSON object per step: where the kill struck, and how the database looked in the end.
A launch runs in a child process; a wrapper around the platform and the journal counts the calls that change something and kills the child, with
SIGKILL, right before (or right after) the n-th. The same call then runs to its end in a second child. The engine, the store and the crowd are
the real ones.
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import manyhands as mh
from manyhands.crowd import AssignmentStatus
from manyhands.launches import Runner, prepare_classification
from tests.flow.parity import CONTROLS, SPEC, make_params, make_scene, numbers

#: Calls that change something, on the platform and in the journal.
CHANGING = frozenset(
    {
        "put_project", "put_budget", "create_pool", "add_tasks", "open_pool", "close_pool", "accept", "reject", "restrict",
        "raise_overlaps", "pay_bonus", "release_bonus_reserve", "set_skill", "create", "update", "append",
    }
)  # fmt: skip

RULES = (
    mh.RuleBuilder()
    .add_dynamic_reward(0.01, 0.02, 0.6, 0.5, bonus_granularity_num=2)
    .add_speed_control(0.1, 0.3)
    .add_control_task_control(1, 0, 1)
    .build()
)


class Killer:
    """Counts changing calls and kills the process around the chosen one."""

    def __init__(self, strike: int, *, is_after: bool) -> None:
        self.count = 0
        self._strike = strike
        self._is_after = is_after

    def call(self, method: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Carry a call out, or die."""
        self.count += 1
        if self.count == self._strike and not self._is_after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = method(*args, **options)
        if self.count == self._strike:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


class Mortal:
    """A platform or journal whose changing calls go through a killer."""

    def __init__(self, inner: object, killer: Killer) -> None:
        self._inner = inner
        self._killer = killer

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._inner, name)
        if name not in CHANGING:
            return attribute
        return lambda *args, **options: self._killer.call(attribute, *args, **options)


def run_launch(path: Path, killer: Killer) -> dict[str, Any]:
    """Launch on the file, with whatever is in it already, and return how it ended."""
    # The rules are strict: of few workers none might be left, and of few attempts at an object none might be accepted.
    scene = make_scene(accuracy=0.8, careless=0.2, workers=40, path=path)
    platform, journal = Mortal(scene.platform, killer), Mortal(scene.platform.journal, killer)
    preflight = prepare_classification(
        SPEC,
        make_params(control=mh.Control(RULES), max_attempts=100),
        input_objects=numbers(0, 8),
        control_objects=CONTROLS,
        fee=scene.platform.fee,
        name="killed",
        budget=mh.Money(50),
    )
    runner = Runner(platform, journal)
    result = runner.start(preflight.plan).wait()
    return describe(scene.platform, result)


def describe(platform: mh.EmbeddedPlatform, result: mh.LaunchResult) -> dict[str, Any]:
    """Return the facts that must hold however often the launch was killed."""
    ((_, entry),) = platform.journal.list()
    pool_id = entry["pool_id"]
    tasks = platform.list_tasks(pool_id, limit=10**6)
    pages = platform.list_assignments(pool_id, limit=10**6)
    accepted = [page for page in pages if page.status is AssignmentStatus.ACCEPTED]
    bonuses = platform.list_bonuses(pool_id)
    spending = platform.spending(pool_id)
    answers = sum(len(votes) for _, votes in result.raw_results)
    return {
        "state": entry["state"],
        "reason": entry.get("reason"),
        "unfinished_count": len(result.raw_results.unfinished),
        "task_count": len(tasks),
        "distinct_task_count": len({task.key for task in tasks}),
        "unjudged_count": sum(page.status is AssignmentStatus.SUBMITTED for page in pages),
        "accepted_answer_count": sum(task.kind == "real" for page in accepted for task in page.tasks),
        "vote_count": answers,
        "bonus_count": len(bonuses),
        "bonus_page_count": len({bonus.assignment_id for bonus in bonuses}),
        "accepted_page_count": len(accepted),
        "paid": str(spending.paid.usd),
        "owed": str((mh.Money("0.05") * len(accepted) + sum((bonus.amount for bonus in bonuses), mh.Money())).usd),
        "reserved": str(spending.reserved.usd),
        "is_pool_closed": platform.get_pool(pool_id).status == "CLOSED",
        "restriction_count": len(platform.list_restrictions()),
        "distinct_restriction_count": len({(r.worker_id, r.scope, r.until) for r in platform.list_restrictions()}),
        "overlap_excess": max(
            task.overlap - len(_takers(task.id, pages)) for task in tasks if task.overlap is not None
        ),
        "taken_excess": max(len(_takers(task.id, pages)) - task.overlap for task in tasks if task.overlap is not None),
    }


def _takers(task_id: str, pages: list[Any]) -> list[str]:
    returned = (AssignmentStatus.SKIPPED, AssignmentStatus.EXPIRED)
    return [
        page.worker_id for page in pages if page.status not in returned for task in page.tasks if task.id == task_id
    ]


def in_child(work: Callable[[], dict[str, Any]]) -> tuple[int, dict[str, Any]]:
    """Do the work in a child process and return how it ended (0, or minus the signal) with what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.write(writing, json.dumps(work()).encode())
            code = 0
        except Exception:  # noqa: BLE001 - a child must never go on as its parent
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), json.loads(said) if said else {}


def main(folder: Path, *, is_after: bool) -> None:
    """Kill a launch around its first step, its second, and so on, until one gets to its end before it can be killed."""
    for strike in count(1):
        path, killer = folder / f"{strike}.db", Killer(strike, is_after=is_after)
        first_exit, _ = in_child(partial(run_launch, path, killer))
        second_exit, facts = in_child(partial(run_launch, path, Killer(0, is_after=False)))
        print(json.dumps({"strike": strike, "first_exit": first_exit, "second_exit": second_exit, **facts}), flush=True)
        if first_exit == 0:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), is_after=sys.argv[2] == "after")
