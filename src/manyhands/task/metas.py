"""Metas: what a task says about one of its arguments beyond its type."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum

from .classes import Class
from .conditions import If
from .localization import as_localized
from .objects import Object, Text

ObjectType = type[Object]
ClassType = type[Class]
TextType = type[Text]


class TextFormat(StrEnum):
    """How a text is shown."""

    #: As it is written.
    PLAIN = "plain"
    #: Rendered as Markdown.
    MARKDOWN = "markdown"


class LabelsDisplayType(StrEnum):
    """How a class that is an input is shown."""

    #: All labels as radio buttons that cannot be changed, with the given one chosen.
    MULTI = "multi"
    #: Only the given label, as text.
    MONO = "mono"


@dataclass(frozen=True, slots=True)
class Title:
    """A heading above an argument."""

    text: Mapping[str, str]
    format: TextFormat = TextFormat.PLAIN

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", as_localized(self.text))


@dataclass(frozen=True, slots=True)
class TextValidation:
    """What a text that a worker writes must look like.

    Attributes:
        regex: the pattern that the text must match, by language.
        hint: what a worker reads when it does not.
    """

    regex: Mapping[str, str]
    hint: Mapping[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "regex", as_localized(self.regex))
        object.__setattr__(self, "hint", as_localized(self.hint))


@dataclass(frozen=True, slots=True)
class ObjectMeta:
    """One argument of a function: its type, and how it is called and shown.

    Attributes:
        type: the type of the objects.
        name: the name of its field; either all arguments of a function have one or none.
        title: the heading above it.
        required: whether the object must be there; an optional one may be None.

    >>> ObjectMeta(Text, name="hypothesis", title=Title({"EN": "Claim"})).name
    'hypothesis'
    """

    type: ObjectType
    _: KW_ONLY
    name: str | None = None
    title: Title | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class ClassMeta(ObjectMeta):
    """An argument that is a class.

    Attributes:
        available_labels: which labels are offered, depending on an argument declared before; None offers all.
        input_display_type: how the class is shown when it is an input.
        text_format: how the label is shown when it is shown as text.
    """

    type: ClassType
    _: KW_ONLY
    available_labels: If | None = None
    input_display_type: LabelsDisplayType = LabelsDisplayType.MULTI
    text_format: TextFormat = TextFormat.PLAIN


@dataclass(frozen=True, slots=True)
class TextMeta(ObjectMeta):
    """An argument that is a text.

    Attributes:
        format: how the text is shown.
        validation: what a text written by a worker must look like.
    """

    type: TextType = Text
    _: KW_ONLY
    format: TextFormat = TextFormat.PLAIN
    validation: TextValidation | None = None
