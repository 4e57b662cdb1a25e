"""What differs between a project that is on a platform and the one that a task spec makes. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from textwrap import indent

from manyhands.crowd import ProjectConfig
from manyhands.task import FieldSpec

from .html_lines import html_lines

__all__ = ["SpecDifference", "compare_projects"]


#: The lines with which a unified diff begins: they name two files.
_HEADER_COUNT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecDifference:
    """What differs; false when nothing does.

    Attributes:
        field_problems: one sentence per field that differs. Tasks and answers of one project cannot have other fields, so such a difference cannot
            be brought to the platform.
        diffs: part of the project (``name``, ``description``, ``instruction``, ``view``) → the lines of a unified diff, ``-`` for what is on the
            platform and ``+`` for what the task spec says; parts without a difference are left out.
    """

    field_problems: tuple[str, ...] = ()
    diffs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.field_problems or self.diffs)

    def __str__(self) -> str:
        return "\n".join(self.sentences)

    @property
    def sentences(self) -> list[str]:
        """Every difference, a diff as one sentence of many lines."""
        diffs = [f"the {part} differs:\n" + indent("\n".join(lines), "    ") for part, lines in self.diffs.items()]
        return [*self.field_problems, *diffs]


def compare_projects(there: ProjectConfig, wanted: ProjectConfig) -> SpecDifference:
    """Return how the project on the platform differs from the one that is wanted, in what workers see and answer.

    White space and spelling of HTML do not count, nor does what only the platform's side knows: keys, rules, foreign fields.
    """
    diffs = {
        "name": _diff([there.name], [wanted.name]),
        "description": _diff(there.description.splitlines(), wanted.description.splitlines()),
        "instruction": _diff(html_lines(there.instruction), html_lines(wanted.instruction)),
        "view": _diff(_json_lines(there.view), _json_lines(wanted.view)),
    }
    problems = [
        *_find_field_problems("input", there.input_spec, wanted.input_spec),
        *_find_field_problems("output", there.output_spec, wanted.output_spec),
    ]
    return SpecDifference(field_problems=tuple(problems), diffs={part: lines for part, lines in diffs.items() if lines})


def _diff(there: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    return tuple(unified_diff(there, wanted, lineterm=""))[_HEADER_COUNT:]


def _json_lines(view: Mapping[str, object]) -> list[str]:
    return json.dumps(view, indent=2, sort_keys=True, ensure_ascii=False).splitlines()


def _find_field_problems(kind: str, there: Mapping[str, FieldSpec], wanted: Mapping[str, FieldSpec]) -> Iterator[str]:
    for name in dict.fromkeys([*wanted, *there]):
        if name not in there:
            yield f"{kind} field {name} is in the task spec, but not on the platform"
        elif name not in wanted:
            yield f"{kind} field {name} is on the platform, but not in the task spec"
        elif there[name] != wanted[name]:
            yield f"{kind} field {name} is {_shown(there[name])} on the platform and {_shown(wanted[name])} in the task spec"


def _shown(spec: FieldSpec) -> str:
    return json.dumps(spec.to_json(), ensure_ascii=False)
