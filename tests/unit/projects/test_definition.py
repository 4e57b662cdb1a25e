"""Bringing a task spec to a platform."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

import manyhands as mh
from manyhands.crowd import Project, ProjectConfig
from manyhands.projects import DefinitionOutcome, define, ensure_project, find_standing, project_config
from manyhands.quality import platform_rules
from manyhands.task import FieldSpec, FieldType
from tests.flow.parity import PARAMS, SPEC
from tests.patience import PATIENCE_S

WANTED = project_config(SPEC)
OTHER_FIELDS = replace(WANTED, input_spec={**WANTED.input_spec, "image": FieldSpec(type=FieldType.URL)})


@pytest.fixture
def platform() -> mh.EmbeddedPlatform:
    """Return an empty platform."""
    return mh.EmbeddedPlatform.in_memory()


def outcome(platform: mh.EmbeddedPlatform, wanted: ProjectConfig) -> DefinitionOutcome:
    """Define a task and return what that came to."""
    return define(platform, find_standing(platform, wanted)).outcome


def test_a_task_is_created_once_and_updated_where_it_differs(platform: mh.EmbeddedPlatform) -> None:
    """The project stays the same one all the time."""
    changed = replace(WANTED, name="Odd?")
    outcomes = [outcome(platform, wanted) for wanted in (WANTED, WANTED, changed, changed)]
    assert outcomes == ["created", "unchanged", "updated", "unchanged"]
    project = platform.find_project("parity_EN")
    assert project is not None
    assert project.config == changed
    assert project.id == ensure_project(platform, changed).id


def test_two_task_specs_of_one_id_do_not_both_make_their_project(platform: mh.EmbeddedPlatform) -> None:
    """Where neither has found one, the first makes it, and the second hears what differs."""
    both_have_looked = threading.Barrier(2)

    class Slow:
        """The platform, but the first two who look for a project look together."""

        def __init__(self) -> None:
            self.looks = 0

        def __getattr__(self, name: str) -> Any:
            return getattr(platform, name)

        def find_project(self, key: str) -> Project | None:
            """Look for a project."""
            found = platform.find_project(key)
            self.looks += 1
            if self.looks <= 2:
                both_have_looked.wait(PATIENCE_S)
            return found

    slow: Any = Slow()
    with ThreadPoolExecutor(2) as threads:
        jobs = [threads.submit(ensure_project, slow, wanted) for wanted in (WANTED, OTHER_FIELDS)]
    errors = [job.exception() for job in jobs]
    assert [type(error) for error in errors if error] == [mh.ProjectDiffers]
    made = next(job.result() for job, error in zip(jobs, errors, strict=True) if error is None)
    assert platform.find_project("parity_EN") == made


def test_an_update_keeps_what_is_no_part_of_a_task_spec(platform: mh.EmbeddedPlatform) -> None:
    """Rules of the project and foreign fields survive."""
    rules = platform_rules(PARAMS.control, PARAMS.page_hint, control_count=1)
    platform.put_project(replace(WANTED, quality_rules=rules, foreign={"metadata": {"team": ["a"]}}))
    changed = replace(WANTED, instruction="Zero is even.")
    project = define(platform, find_standing(platform, changed)).project
    assert project.config == replace(changed, quality_rules=rules, foreign={"metadata": {"team": ["a"]}})


def test_other_fields_are_refused_and_named(platform: mh.EmbeddedPlatform) -> None:
    """Nothing is changed, and another id is asked for."""
    before = platform.put_project(WANTED)
    with pytest.raises(mh.ProjectDiffers, match=r"Give the task spec another id.*\n.*input field image is in the task"):
        outcome(platform, OTHER_FIELDS)
    assert platform.find_project("parity_EN") == before


def test_a_project_that_is_another_one_is_never_changed_by_the_way(platform: mh.EmbeddedPlatform) -> None:
    """Whoever only wants it to be there hears what differs and how to go on."""
    before = platform.put_project(replace(WANTED, name="Odd?"))
    with pytest.raises(mh.ProjectDiffers, match=r"define_task\(task_spec, platform\)") as caught:
        ensure_project(platform, WANTED)
    assert "-Odd?\n" in str(caught.value)
    with pytest.raises(mh.ProjectDiffers, match="Give the task spec another id"):
        ensure_project(platform, OTHER_FIELDS)
    assert platform.find_project("parity_EN") == before
