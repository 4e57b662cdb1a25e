"""The key of a task: content alone decides."""

import subprocess
import sys

from manyhands.task import Class, ClassificationFunction, Image, Metadata, TaskMapping, Text, content_hash


class Answer(Class):
    """Two answers."""

    YES = "yes"
    NO = "no"


class RenamedAnswer(Class):
    """The same class after a clean-up."""

    CERTAINLY = "yes"
    NEVER = "no"


def test_the_key_of_a_task_never_changes() -> None:
    """Running launches resume by this key, so it must stay what it was in every earlier version."""
    mapping = TaskMapping.of(ClassificationFunction((Text, Answer), Answer))
    assert mapping.task_key((Text("Идёт дождь."), Answer.YES)) == "e57ac006e25d6e0132b0fb6c994d0cce"


def test_renaming_a_python_class_keeps_the_key() -> None:
    """Names of classes and members are not content."""
    before = TaskMapping.of(ClassificationFunction((Text, Answer), Answer))
    after = TaskMapping.of(ClassificationFunction((Text, RenamedAnswer), RenamedAnswer))
    assert before.task_key((Text("x"), Answer.NO)) == after.task_key((Text("x"), RenamedAnswer.NEVER))


def test_metadata_makes_equal_media_different_tasks() -> None:
    """Metadata is hidden from workers but takes part in the identity."""
    mapping = TaskMapping.of(ClassificationFunction((Image, Metadata), Answer))
    keys = {mapping.task_key((Image("u"), Metadata(source))) for source in ("first", "second")}
    assert len(keys) == len(["first", "second"])


def test_moving_text_between_fields_changes_the_key() -> None:
    """The order of the inputs is part of the content."""
    mapping = TaskMapping.of(ClassificationFunction((Text, Text), Answer))
    assert mapping.task_key((Text("a"), Text("b"))) != mapping.task_key((Text("b"), Text("a")))


def test_hashes_do_not_depend_on_the_process() -> None:
    """Another process with another hash seed computes the same hash."""
    program = "from manyhands.task import content_hash; print(content_hash({'b': [1, 'é'], 'a': None}))"
    printed = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert printed.strip() == content_hash({"a": None, "b": [1, "é"]})
