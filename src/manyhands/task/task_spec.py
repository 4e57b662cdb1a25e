"""Task specs: the declaration of a task, and its form in one language."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field, replace

import msgspec

from manyhands.errors import InvalidTaskSpec

from .classes import Class
from .components import Component, lock_of
from .field_specs import FieldSpec
from .functions import ClassificationFunction
from .identity import content_hash
from .localization import FALLBACK_LANG, LocalizedString, as_localized
from .mapping import TaskMapping
from .metas import ClassMeta
from .view import generate_view

_ID = re.compile(r"[a-z0-9_-]+")
_LANG = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSpec:
    """The declaration of a task, in all its languages.

    Attributes:
        id: names the task on the platform: lower-case letters, digits, ``_`` and ``-``.
        function: what a worker sees and may answer.
        name: what workers read in the list of tasks; EN must be there.
        description: what workers read before they begin.
        instruction: how to do the task; Markdown or HTML.

    >>> from manyhands.task import Text
    >>> class Entailment(Class):
    ...     YES = "yes"
    ...     NO = "no"
    >>> spec = TaskSpec(
    ...     id="entailment",
    ...     function=ClassificationFunction(inputs=(Text, Text), cls=Entailment),
    ...     name={"EN": "Does it follow?"},
    ...     description={"EN": "Read two sentences and say whether the second follows from the first."},
    ...     instruction={"EN": "Use only what the first sentence says."},
    ... )
    >>> spec.name["RU"]
    'Does it follow?'

    Raises:
        InvalidTaskSpec: the id, the function or a text is not what was expected; all of it in one error.
    """

    id: str
    function: ClassificationFunction
    name: Mapping[str, str]
    description: Mapping[str, str]
    instruction: Mapping[str, str]

    def __post_init__(self) -> None:
        problems = list(_find_spec_problems(self))
        if problems:
            msg = f"The task spec {self.id!r} is wrong; correct it before anything is published."
            raise InvalidTaskSpec(msg, problems)
        for text in ("name", "description", "instruction"):
            object.__setattr__(self, text, as_localized(getattr(self, text)))


@dataclass(frozen=True, slots=True)
class PreparedTaskSpec:
    """A task spec in one language: what a platform needs to show it, check it and keep its answers.

    Attributes:
        task_spec: the declaration.
        lang: the language, as two upper-case letters (ISO 639-1); texts fall back to EN.
        custom_view: the view that replaces the generated one; set by `overload_view`.
        mapping: turns input objects and solutions into field values and back.

    >>> from manyhands.task import Text
    >>> class Entailment(Class):
    ...     YES = "yes"
    ...     NO = "no"
    >>> spec = TaskSpec(
    ...     id="entailment",
    ...     function=ClassificationFunction(inputs=(Text, Text), cls=Entailment),
    ...     name={"EN": "Does it follow?"},
    ...     description={"EN": "Say whether the second sentence follows from the first."},
    ...     instruction={"EN": "Use only what the first sentence says."},
    ... )
    >>> prepared = PreparedTaskSpec(spec, "EN")
    >>> prepared.key, list(prepared.input_spec), list(prepared.output_spec)
    ('entailment_EN', ['text_1', 'text_2', 'id'], ['choice'])

    Raises:
        InvalidTaskSpec: a text has neither `lang` nor EN, or two labels read the same in `lang`.
    """

    task_spec: TaskSpec
    lang: str
    _: KW_ONLY
    custom_view: Component | None = field(default=None, hash=False, repr=False)
    mapping: TaskMapping = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        problems = list(_find_lang_problems(self.task_spec, self.lang))
        if problems:
            msg = f"The task spec {self.task_spec.id!r} cannot be shown in {self.lang!r}."
            raise InvalidTaskSpec(msg, problems)
        object.__setattr__(self, "mapping", TaskMapping.of(self.task_spec.function))

    @property
    def key(self) -> str:
        """Return what names the task in this language on a platform: ``<id>_<lang>``."""
        return f"{self.task_spec.id}_{self.lang}"

    @property
    def name(self) -> str:
        """Return the name in this language."""
        return self.task_spec.name[self.lang]

    @property
    def description(self) -> str:
        """Return the description in this language."""
        return self.task_spec.description[self.lang]

    @property
    def instruction(self) -> str:
        """Return the instruction in this language."""
        return self.task_spec.instruction[self.lang]

    @property
    def label_class(self) -> type[Class]:
        """Return the class that workers choose from."""
        return self.task_spec.function.label_class

    @property
    def view(self) -> Component:
        """Return what a worker sees, as Template Builder JSON."""
        return self.custom_view or generate_view(self.task_spec.function.arguments(), self.lang)

    @property
    def view_config(self) -> str:
        """Return the view as compact JSON text."""
        return msgspec.json.encode(self.view).decode()

    @property
    def lock(self) -> dict[str, str]:
        """Return the version of every component type that the view uses."""
        return lock_of(self.view)

    @property
    def input_spec(self) -> dict[str, FieldSpec]:
        """Return the spec of every input field, with the hidden field that carries the key of the task."""
        return self.mapping.input_spec

    @property
    def output_spec(self) -> dict[str, FieldSpec]:
        """Return the spec of every output field."""
        return self.mapping.output_spec

    @property
    def identity(self) -> str:
        """Return the hash of all that decides how workers answer; names of Python classes do not count.

        These are the fields, the labels and their wording, the view, the instruction and the language.
        """
        content = self.describe()
        decisive = ("lang", "input_spec", "output_spec", "labels", "view", "instruction")
        return content_hash({part: content[part] for part in decisive})

    def overload_view(self, view: Component) -> "PreparedTaskSpec":
        """Return the same spec with `view` in place of the generated one; fields and labels stay as they are.

        Raises:
            InvalidTaskSpec: `view` is not Template Builder JSON: an object with a ``view`` in it.
        """
        if not _is_view(view):
            msg = f"A view is an object such as {{'view': {{...}}, 'plugins': [...]}}, but got {view!r:.80}."
            raise InvalidTaskSpec(msg)
        return replace(self, custom_view=view)

    def describe(self) -> dict[str, object]:
        """Return the content of the spec as plain JSON, as a journal keeps it."""
        return {
            "id": self.task_spec.id,
            "lang": self.lang,
            "name": self.name,
            "description": self.description,
            "instruction": self.instruction,
            "input_spec": {name: spec.to_json() for name, spec in self.input_spec.items()},
            "output_spec": {name: spec.to_json() for name, spec in self.output_spec.items()},
            "labels": {label.value: label.get_label()[self.lang] for label in self.label_class},
            "view": self.view,
        }


def _find_spec_problems(spec: TaskSpec) -> Iterator[str]:
    if not _matches(_ID, spec.id):
        yield f"id: expected lower-case letters, digits, '_' and '-', found {spec.id!r}"
    yield from _find_function_problem(spec.function)
    for part in ("name", "description", "instruction"):
        try:
            text = as_localized(getattr(spec, part))
        except InvalidTaskSpec as error:
            yield f"{part}: {error}"
        else:
            if part == "name" and FALLBACK_LANG not in text:
                yield f"name: expected a text in {FALLBACK_LANG} among {', '.join(text)}"


def _find_function_problem(function: object) -> Iterator[str]:
    if not isinstance(function, ClassificationFunction):
        yield f"function: expected a ClassificationFunction, found {function!r}"


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_view(view: object) -> bool:
    return isinstance(view, dict) and "view" in view


def _find_lang_problems(spec: TaskSpec, lang: str) -> Iterator[str]:
    if not _matches(_LANG, lang):
        yield f"lang: expected two upper-case letters (ISO 639-1), such as 'EN', found {lang!r}"
        return
    for what, text in _iter_texts(spec):
        if not text.has_text_in(lang):
            yield f"{what}: expected a text in {lang} or {FALLBACK_LANG}, found {', '.join(text)}"
    for argument in spec.function.arguments():
        if isinstance(argument.meta, ClassMeta):
            labels = [label for label in argument.meta.type.get_display_labels() if label.has_text_in(lang)]
            repeated = [text for text, count in Counter(label[lang] for label in labels).items() if count > 1]
            yield from (f"{argument.name}: several labels read {text!r} in {lang}" for text in repeated)


def _iter_texts(spec: TaskSpec) -> Iterator[tuple[str, LocalizedString]]:
    for part in ("name", "description", "instruction"):
        yield part, as_localized(getattr(spec, part))
    for argument in spec.function.arguments():
        if argument.meta.title is not None:
            yield f"title of {argument.name}", as_localized(argument.meta.title.text)
        if isinstance(argument.meta, ClassMeta):
            for label in argument.meta.type.possible_instances():
                yield f"label {label.name} of {argument.name}", label.get_label()
