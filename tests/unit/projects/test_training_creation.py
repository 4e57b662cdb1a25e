"""Making trainings and adding to them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

import manyhands as mh
from manyhands.crowd import MixerConfig, Pool, PoolId, PoolStatus, PoolType, TaskKind
from manyhands.projects import create_training, ensure_project, find_requirement, project_config, training_drafts
from tests.flow.parity import SPEC, Parity, numbers, parity

CONFIG = mh.TrainingConfig(
    training_tasks_in_task_suite_count=2, task_suites_required_to_pass=2, max_assignment_duration_seconds=600
)


def solved(start: int, stop: int) -> list[tuple[tuple[mh.Text], tuple[Parity]]]:
    """Return numbers with their right label."""
    return [(objects, (parity(objects),)) for objects in numbers(start, stop)]


class Classroom:
    """A platform with the task on it."""

    def __init__(self) -> None:
        self.platform = mh.EmbeddedPlatform.in_memory()
        self.project = ensure_project(self.platform, project_config(SPEC))

    def create(self, start: int = 0, stop: int = 4, *, comment: str = "Look at the end.", **changes: Any) -> Pool:
        """Create a training about these numbers."""
        pairs = solved(start, stop)
        drafts = training_drafts(SPEC, pairs, [comment] * len(pairs))
        config = replace(CONFIG, **{name: changes.pop(name) for name in list(changes) if name != "append_to_existing"})
        return create_training(self.platform, self.project, config, drafts=drafts, **changes)

    def texts(self, training: Pool) -> list[str]:
        """Return what the tasks of a training show."""
        return [task.input_values["text"] for task in self.platform.list_tasks(training.id)]

    def trainings(self) -> Sequence[Pool]:
        """Return the trainings of the task."""
        return self.platform.list_trainings(self.project.id)


@pytest.fixture
def room() -> Classroom:
    """Return a platform with the task on it."""
    return Classroom()


def test_a_training_is_unpaid_open_and_has_the_tasks_with_their_comments(room: Classroom) -> None:
    """Every worker may get every task."""
    training = room.create()
    tasks = room.platform.list_tasks(training.id)
    assert (training.status, training.config.type, training.config.reward) == (
        PoolStatus.OPEN,
        PoolType.TRAINING,
        mh.Money(),
    )
    assert training.config.mixer == MixerConfig(real_count=0, training_count=2, is_creation_order_kept=True)
    assert [(task.kind, task.overlap, task.hint) for task in tasks] == [
        (TaskKind.TRAINING, None, "Look at the end.")
    ] * 4
    assert [task.known_solutions[0].output_values for task in tasks[:2]] == [{"choice": "even"}, {"choice": "odd"}]


def test_the_same_call_again_finds_its_training(room: Classroom) -> None:
    """Another comment, task or page makes another one; one that was archived is not found again."""
    first = room.create()
    assert room.create().id == first.id
    others = [
        room.create(comment="Zero is even."),
        room.create(stop=5),
        room.create(max_assignment_duration_seconds=60),
    ]
    assert len({first.id, *(other.id for other in others)}) == 4
    room.platform.archive_pool(room.platform.close_pool(first.id).id)
    again = room.create()
    assert again.id not in {first.id, *(other.id for other in others)}
    assert again.status is PoolStatus.OPEN


def test_tasks_are_added_to_the_newest_open_training(room: Classroom) -> None:
    """Those that are there already are not added twice."""
    old, training = room.create(), room.create(10, 14)
    added = room.create(12, 16, append_to_existing=True)
    assert added.id == training.id
    assert room.texts(training) == ["10", "11", "12", "13", "14", "15"]
    assert len(room.texts(old)) == 4


def test_a_closed_training_is_opened_when_tasks_are_added(room: Classroom) -> None:
    """There is no open one."""
    training = room.create()
    room.platform.close_pool(training.id)
    assert room.create(4, 5, append_to_existing=True).id == training.id
    assert room.platform.get_pool(training.id).status is PoolStatus.OPEN


def test_without_a_training_adding_makes_one(room: Classroom) -> None:
    """It is the same as not adding."""
    assert room.texts(room.create(append_to_existing=True)) == ["0", "1", "2", "3"]


def test_a_training_with_other_pages_is_made_anew_with_the_old_tasks(room: Classroom) -> None:
    """The old one stays as it is."""
    old = room.create()
    new = room.create(4, 6, append_to_existing=True, task_suites_required_to_pass=3)
    assert new.id != old.id
    assert room.texts(new) == ["0", "1", "2", "3", "4", "5"]
    assert room.texts(old) == ["0", "1", "2", "3"]
    assert room.platform.get_pool(old.id).status is PoolStatus.OPEN


def test_a_task_with_another_comment_is_not_added_and_named(room: Classroom) -> None:
    """Workers would go on to read the old one."""
    training = room.create()
    with pytest.raises(
        mh.InvalidData, match=rf"solutions\[0\] .*'text': '3'.* is in training {training.id} with another"
    ):
        room.create(3, 5, comment="Zero is even.", append_to_existing=True)
    assert len(room.texts(training)) == 4


def test_a_training_that_nobody_could_pass_is_refused(room: Classroom) -> None:
    """Two pages with two tasks want four tasks."""
    with pytest.raises(mh.InvalidInput, match="2 pages with 2 tasks each, but there are 3 tasks"):
        room.create(stop=3)
    assert not room.trainings()


@pytest.mark.parametrize(
    ("solutions", "comments", "problem"),
    [
        (solved(0, 2), ["a"], "there are 2 solutions and 1 comments"),
        (solved(0, 2), ["a", " "], r"comments\[1\]: expected a text .* found ' '"),
        (solved(0, 2), [mh.Text("a"), 7], r"comments\[1\]: expected a text .* found 7"),
        ([*solved(0, 1), ((mh.Text("1"),), "odd")], ["a", "b"], r"solutions\[1\]: expected a tuple of 1 \(Parity\)"),
        ([*solved(0, 1), *solved(0, 1)], ["a", "b"], r"solutions\[1\] has the same input objects as solutions\[0\]"),
        ([(mh.Text("1"),)], ["a"], r"solutions\[0\]: expected \(input objects, solution\)"),
    ],
    ids=["count", "blank", "no text", "no solution", "twice", "no pair"],
)
def test_a_wrong_record_is_named(solutions: Any, comments: Any, problem: str) -> None:
    """By its position, before anything is published."""
    with pytest.raises(mh.InvalidData, match=problem):
        training_drafts(SPEC, solutions, comments)


def test_the_newest_open_training_is_required(room: Classroom) -> None:
    """Unless another one is named."""
    first, second, third = room.create(), room.create(10, 14), room.create(20, 24)
    room.platform.close_pool(third.id)
    newest = find_requirement(room.platform, room.project, passing_skill=0.8)
    named = find_requirement(room.platform, room.project, passing_skill=0.5, training_id=first.id)
    assert (newest.training_pool_id, newest.passing_skill) == (second.id, 0.8)
    assert (named.training_pool_id, named.passing_skill) == (first.id, 0.5)


@pytest.mark.parametrize("wanted", ["closed", "unknown", "of another project", "without a project"])
def test_a_training_that_nobody_can_do_is_not_required(room: Classroom, wanted: str) -> None:
    """The error says which trainings there are."""
    training = room.create()
    room.platform.close_pool(training.id)
    if wanted == "closed":
        with pytest.raises(mh.InvalidInput, match=rf"no open training; {training.id} is closed"):
            find_requirement(room.platform, room.project, passing_skill=0.8)
    elif wanted == "without a project":
        with pytest.raises(mh.InvalidInput, match="the task is not on the platform yet"):
            find_requirement(room.platform, None, passing_skill=0.8)
    else:
        other = room.platform.put_project(replace(project_config(SPEC), key="other"))
        asked = PoolId("99") if wanted == "unknown" else training.id
        project = room.project if wanted == "unknown" else other
        with pytest.raises(mh.InvalidInput, match=f"has no open training {asked}"):
            find_requirement(room.platform, project, passing_skill=0.8, training_id=asked)
