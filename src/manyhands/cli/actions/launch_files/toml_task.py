"""The table ``[task]``: what a worker sees and may answer."""

from collections.abc import Mapping
from pathlib import Path

from manyhands.task import (
    Audio,
    Class,
    ClassificationFunction,
    ClassMeta,
    Image,
    Metadata,
    Object,
    ObjectMeta,
    PreparedTaskSpec,
    TaskSpec,
    Text,
    TextFormat,
    TextMeta,
    Title,
    Video,
)

from .section import Section

__all__ = ["read_task"]

_TYPES: Mapping[str, type[Object]] = {
    "text": Text,
    "image": Image,
    "audio": Audio,
    "video": Video,
    "metadata": Metadata,
}

_EXPECTED_LABELS = 'a table of values and what workers read, such as yes = "Yes, it follows"'
_EXPECTED_INPUTS = '[[task.inputs]] tables such as name = "text", type = "text"'


def read_task(section: Section, folder: Path) -> PreparedTaskSpec | None:
    """Return the task spec in its language; None when the table has problems, which are noted.

    Args:
        section: the table.
        folder: where `instruction_file` is looked for.
    """
    language = section.find_text("language") or "EN"
    task_id = section.text("id", 'lower-case letters, digits, "-" and "_", such as "entailment"')
    name, description = section.localized("name", language), section.localized("description", language)
    instruction = _read_instruction(section, folder, language)
    function = _read_function(section, language)
    section.finish()
    if function is None:
        return None
    spec = section.build(
        lambda: TaskSpec(id=task_id, function=function, name=name, description=description, instruction=instruction)
    )
    return None if spec is None else section.build(lambda: PreparedTaskSpec(spec, language))


def _read_function(section: Section, language: str) -> ClassificationFunction | None:
    inputs, output = _read_inputs(section, language), _read_output(section, language)
    if output is None or section.has_problems("inputs"):
        return None
    return section.attempt(lambda: ClassificationFunction(inputs=inputs, cls=output))


def _read_instruction(section: Section, folder: Path, language: str) -> dict[str, str]:
    file = section.find_text("instruction_file")
    if file is None:
        return section.localized("instruction", language)
    if section.has("instruction"):
        section.note("expected either instruction or instruction_file, found both", "instruction")
    try:
        text = (folder / file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        section.note(f"cannot be read as UTF-8 text: {error}", "instruction_file")
        return {}
    return {"EN": text, language: text}


def _read_inputs(section: Section, language: str) -> list[ObjectMeta]:
    tables = section.sections("inputs", _EXPECTED_INPUTS)
    if not tables and not section.has("inputs"):
        section.note(f"missing; expected {_EXPECTED_INPUTS}", "inputs")
    return [_read_input(table, language) for table in tables]


def _read_input(section: Section, language: str) -> ObjectMeta:
    name = section.text("name", "the name of a field of the data")
    kind = section.find_text("type") or "text"
    if kind not in _TYPES:
        section.note(f'expected one of {", ".join(_TYPES)}, found "{kind}"', "type")
    title = _read_title(section, language)
    required = section.flag("required", default=True)
    meta: ObjectMeta
    if kind == "text":
        text_format = section.choice("format", TextFormat, default=TextFormat.PLAIN)
        meta = TextMeta(Text, name=name, title=title, required=required, format=text_format)
    else:
        meta = ObjectMeta(_TYPES.get(kind, Text), name=name, title=title, required=required)
    section.finish()
    return meta


def _read_title(section: Section, language: str) -> Title | None:
    if not section.has("title"):
        return None
    texts = section.localized("title", language)
    return section.attempt(lambda: Title(texts), "title") if texts else None


def _read_output(section: Section, language: str) -> ClassMeta | None:
    table = section.section("labels", _EXPECTED_LABELS)
    labels = {value: table.localized(value, language) for value in table}
    question = section.localized("question", language) if section.has("question") else {}
    name = section.find_text("answer_field") or "choice"
    if any(map(section.has_problems, ("labels", "question", "answer_field"))):
        return None
    return section.attempt(
        lambda: ClassMeta(_label_class(labels), name=name, title=Title(question) if question else None)
    )


def _label_class(labels: Mapping[str, Mapping[str, str]]) -> type[Class]:
    class Labels(Class):
        @classmethod
        def labels(cls) -> Mapping["Labels", Mapping[str, str]]:
            return {member: labels[member.value] for member in cls}

    # The functional form of an enum, whose members are not known before the file is read.
    return Labels("Label", {value: value for value in labels})  # type: ignore[return-value, call-arg]
