"""Tasks are defined and trainings made in every way: on the embedded platform, and over HTTP."""

from dataclasses import replace

import pytest

from manyhands.crowd import PoolStatus
from manyhands.errors import ProjectDiffers
from manyhands.planning import TrainingConfig
from manyhands.projects import (
    create_training,
    define,
    ensure_project,
    find_requirement,
    find_standing,
    project_config,
    training_drafts,
)
from manyhands.task import FieldSpec, FieldType
from tests.contract.platform.ways import Scene
from tests.flow.parity import SPEC, numbers, parity

WANTED = replace(project_config(SPEC), instruction='<p class="a" id=b>Zero &amp; two are <b>even</b>.</p>')
CONFIG = TrainingConfig(
    training_tasks_in_task_suite_count=2, task_suites_required_to_pass=1, max_assignment_duration_seconds=60
)
DRAFTS = training_drafts(SPEC, [(objects, parity(objects)) for objects in numbers(0, 4)], ["Look at the end."] * 4)


class TestTasksAndTrainings:
    """What holds for tasks and trainings on every platform."""

    def test_a_task_comes_back_as_it_was_defined(self, scene: Scene) -> None:
        """Nothing differs afterwards, so that a launch finds the project that it means."""
        standing = find_standing(scene.platform, WANTED)
        made = define(scene.platform, standing)
        again = find_standing(scene.platform, WANTED)
        assert (standing.project, made.outcome) == (None, "created")
        assert again.project is not None
        assert (again.project.id, again.is_outdated) == (made.project.id, False)
        assert ensure_project(scene.platform, WANTED).id == made.project.id

    def test_a_task_is_updated_in_place(self, scene: Scene) -> None:
        """The same project has the new texts; what differed is told."""
        first = define(scene.platform, find_standing(scene.platform, WANTED)).project
        changed = replace(WANTED, name="Odd?", instruction="Zero is even.")
        updated = define(scene.platform, find_standing(scene.platform, changed))
        found = scene.platform.find_project(WANTED.key)
        assert (updated.outcome, updated.project.id) == ("updated", first.id)
        assert set(updated.difference.diffs) == {"name", "instruction"}
        assert found is not None
        assert (found.config.name, found.config.instruction) == ("Odd?", "Zero is even.")

    def test_other_fields_change_nothing(self, scene: Scene) -> None:
        """The field is named."""
        define(scene.platform, find_standing(scene.platform, WANTED))
        image = FieldSpec(type=FieldType.URL)
        other = replace(WANTED, name="Odd?", input_spec={**WANTED.input_spec, "image": image})
        with pytest.raises(ProjectDiffers, match="image"):
            define(scene.platform, find_standing(scene.platform, other))
        assert not find_standing(scene.platform, WANTED).is_outdated

    def test_a_training_is_made_once_and_grows(self, scene: Scene) -> None:
        """The same call finds it again; more tasks are added to it, or go into a new one with the old ones."""
        project = ensure_project(scene.platform, WANTED)
        first = create_training(scene.platform, project, CONFIG, drafts=DRAFTS[:2])
        again = create_training(scene.platform, project, CONFIG, drafts=DRAFTS[:2])
        grown = create_training(scene.platform, project, CONFIG, drafts=DRAFTS[1:3], append_to_existing=True)
        longer = replace(CONFIG, task_suites_required_to_pass=2)
        other = create_training(scene.platform, project, longer, drafts=DRAFTS[3:], append_to_existing=True)
        assert first.id == again.id == grown.id != other.id
        assert [pool.status for pool in (first, again, grown, other)] == [PoolStatus.OPEN] * 4
        assert [task.key for task in scene.platform.list_tasks(first.id)] == [draft.key for draft in DRAFTS[:3]]
        tasks = scene.platform.list_tasks(other.id)
        assert [(task.key, task.known_solutions, task.hint, task.overlap) for task in tasks] == [
            (draft.key, draft.known_solutions, draft.hint, None) for draft in DRAFTS
        ]
        assert find_requirement(scene.platform, project, passing_skill=0.8).training_pool_id == other.id
