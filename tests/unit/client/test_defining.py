"""Defining a task: what is asked, what is shown, who is told."""

import io
import sys
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

import manyhands as mh
from manyhands import client
from manyhands.crowd import MessageDraft, Platform, ThreadId, WorkerId, WorkerProfile
from manyhands.errors import NoRecipients, PlatformError
from manyhands.launches.display import difference_text
from manyhands.projects import compare_projects, project_config
from tests.flow.parity import SPEC

CHANGED = mh.PreparedTaskSpec(replace(SPEC.task_spec, instruction={"EN": "Zero is even."}), "EN")


class PostOffice:
    """A platform that takes messages, or refuses them, as a test says."""

    def __init__(self, inner: mh.EmbeddedPlatform, refusal: mh.ManyhandsError | None) -> None:
        self._inner = inner
        self._refusal = refusal
        self.sent: list[MessageDraft] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def send_message(self, draft: MessageDraft) -> ThreadId:
        """Keep the message."""
        self.sent.append(draft)
        if self._refusal is not None:
            raise self._refusal
        return ThreadId("1")


@pytest.fixture
def platform() -> mh.EmbeddedPlatform:
    """Return a platform with the task on it."""
    platform = mh.EmbeddedPlatform.in_memory()
    client.define_task(SPEC, platform)
    return platform


def answer(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    """Let somebody type this."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))


def instruction(platform: mh.EmbeddedPlatform) -> str:
    """Return what workers read."""
    project = platform.find_project(SPEC.key)
    assert project is not None
    return project.config.instruction


def test_a_task_is_defined_without_a_word(platform: mh.EmbeddedPlatform, capsys: pytest.CaptureFixture[str]) -> None:
    """What differed is in what is returned."""
    definition = client.define_task(CHANGED, platform)
    assert definition.outcome is client.DefinitionOutcome.UPDATED
    assert "-Look at the last digit.\n    +Zero is even." in str(definition.difference)
    assert instruction(platform) == "Zero is even."
    assert capsys.readouterr().out == ""


def test_nothing_is_asked_where_nothing_differs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], platform: mh.EmbeddedPlatform
) -> None:
    """Neither for a new task nor for one that is as it should be."""
    answer(monkeypatch, "")
    for there, outcome in ((mh.EmbeddedPlatform.in_memory(), "created"), (platform, "unchanged")):
        assert client.define_task(SPEC, there, interactive=True).outcome == outcome
    assert capsys.readouterr().out == ""


def test_the_difference_is_shown_before_the_question(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], platform: mh.EmbeddedPlatform
) -> None:
    """After a yes the project is replaced."""
    answer(monkeypatch, "y\n")
    client.define_task(CHANGED, platform, interactive=True)
    shown = capsys.readouterr().out
    assert shown.index("-Look at the last digit.") < shown.index("Update project parity_EN on the platform?")
    assert instruction(platform) == "Zero is even."


@pytest.mark.parametrize("typed", ["n\n", "\n", ""], ids=["no", "return", "nobody there"])
def test_a_no_changes_nothing(monkeypatch: pytest.MonkeyPatch, platform: mh.EmbeddedPlatform, typed: str) -> None:
    """Declining is an error, so that nothing after it is done by mistake."""
    answer(monkeypatch, typed)
    with pytest.raises(mh.Declined, match="stays as it is"):
        client.define_task(CHANGED, platform, interactive=True)
    assert instruction(platform) == "Look at the last digit."


def test_other_fields_are_refused_before_anything_is_asked(
    monkeypatch: pytest.MonkeyPatch, platform: mh.EmbeddedPlatform
) -> None:
    """There is nothing that the requester could agree to."""
    answer(monkeypatch, "")
    function = mh.ClassificationFunction(inputs=(mh.Text, mh.Image), cls=SPEC.label_class)
    other = mh.PreparedTaskSpec(replace(SPEC.task_spec, function=function), "EN")
    with pytest.raises(mh.ProjectDiffers, match="input field image is in the task spec, but not on the platform"):
        client.define_task(other, platform, interactive=True)


@pytest.mark.parametrize(
    ("typed", "refusal", "said"),
    [
        ("y\ny\nRead it again.\n", None, "They are told."),
        ("y\ny\nRead it again.\n", NoRecipients(), "Nobody who knows you speaks EN, so nobody is told."),
        ("y\ny\nRead it again.\n", PlatformError("no [post] today"), "Nobody is told: no [post] today"),
        ("y\ny\n  \n", None, None),
        ("y\ny\n", None, None),
        ("y\nn\n", None, None),
        ("y\n", None, None),
    ],
    ids=["told", "nobody", "refused", "blank", "no text", "no", "nobody there"],
)
def test_workers_are_told_if_the_requester_wants_to(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    platform: mh.EmbeddedPlatform,
    typed: str,
    refusal: mh.ManyhandsError | None,
    said: str | None,
) -> None:
    """In the language of the task, with its name in the title; whatever becomes of it is said, and the task is updated."""
    answer(monkeypatch, typed)
    office = PostOffice(platform, refusal)
    there: Platform = office
    monkeypatch.setattr("manyhands.client.defining.connect_to", lambda _: _Connected(there))
    client.define_task(CHANGED, platform, interactive=True)
    written = [(draft.topic, draft.text, draft.recipients.select, draft.is_answerable) for draft in office.sent]
    message = ({"EN": "A task has changed: Even or odd?"}, {"EN": "Read it again."}, "FILTER", True)
    assert written == ([] if said is None else [message])
    assert said is None or said in " ".join(capsys.readouterr().out.split())
    assert instruction(platform) == "Zero is even."


def test_only_workers_who_speak_the_language_are_told(
    monkeypatch: pytest.MonkeyPatch, platform: mh.EmbeddedPlatform
) -> None:
    """Among those who know the requester."""
    skill = platform.put_skill("numbers").id
    for name, language in (("ann", "EN"), ("boris", "RU")):
        platform.register_worker(WorkerId(name), WorkerProfile(languages=frozenset({language})))
        platform.set_skill(WorkerId(name), skill, value=1.0)
    answer(monkeypatch, "y\ny\nRead it again.\n")
    client.define_task(CHANGED, platform, interactive=True)
    [thread] = platform.list_threads()
    assert thread.members == (WorkerId("ann"),)


class _Connected:
    def __init__(self, platform: Platform) -> None:
        self.platform = platform


@pytest.mark.parametrize("spec", [SPEC.task_spec, "parity"], ids=["without a language", "text"])
def test_another_kind_of_spec_is_refused(platform: mh.EmbeddedPlatform, spec: Any) -> None:
    """The error says what was found."""
    with pytest.raises(mh.InvalidInput, match=f"task_spec is a {type(spec).__name__}; expected a PreparedTaskSpec"):
        client.define_task(spec, platform)


def test_what_differs_is_coloured() -> None:
    """Red is on the platform, green in the task spec."""
    console = Console(file=io.StringIO(), color_system="standard", force_terminal=True, width=80)
    with console.capture() as capture:
        console.print(difference_text(compare_projects(project_config(SPEC), project_config(CHANGED))))
    assert "\x1b[31m  -Look at the last digit." in capture.get()
    assert "\x1b[32m  +Zero is even." in capture.get()
