"""The objects that a task shows to a worker: one typed value each."""

from dataclasses import dataclass


class Object:
    """One typed value that is shown to a worker or produced by one.

    Two objects are equal when they have the same type and the same value.
    """

    __slots__ = ()

    @classmethod
    def is_media(cls) -> bool:
        """Return whether the value is a URL that the worker's browser has to load."""
        return False


@dataclass(frozen=True, slots=True)
class Text(Object):
    """A piece of text.

    >>> Text("Two films won six Oscars.")
    Text(text='Two films won six Oscars.')
    """

    text: str


@dataclass(frozen=True, slots=True)
class _Media(Object):
    url: str

    @classmethod
    def is_media(cls) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Image(_Media):
    """An image behind a URL.

    >>> Image("https://example.com/cat.jpg").is_media()
    True
    """


@dataclass(frozen=True, slots=True)
class Audio(_Media):
    """A sound recording behind a URL; a worker has to play it to the end."""


@dataclass(frozen=True, slots=True)
class Video(_Media):
    """A video behind a URL; a worker has to play it to the end."""


@dataclass(frozen=True, slots=True)
class Metadata(Object):
    """A hidden value that travels with the task and that no worker sees.

    It takes part in the identity of the task: equal media with different metadata are different tasks.
    Only an input can be metadata.
    """

    metadata: str


#: The objects that make one task, in the order of the function's inputs; None where an optional one is missing.
InputObjects = tuple[Object | None, ...]

#: What is answered to one task, in the order of the function's outputs: for a classification, one class member.
Solution = tuple[Object | None, ...]

#: Input objects with their known solution; a bare class member stands for the tuple that holds it.
ControlObject = tuple[InputObjects, Solution | Object]
