"""Object fields: how each type of object becomes the value of one platform field."""

from collections.abc import Mapping
from dataclasses import dataclass

from .classes import Class
from .field_specs import FieldType
from .objects import Audio, Image, Metadata, Object, Text, Video


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectField:
    """How a type of object is kept in a field.

    Attributes:
        name: the name of the field when the argument has none of its own.
        attribute: the attribute of the object that holds the value.
        type: the type of the field.
        hidden: whether the field is kept from the worker's page.
    """

    name: str
    attribute: str
    type: FieldType
    hidden: bool = False


_FIELDS: Mapping[type[Object], ObjectField] = {
    Text: ObjectField(name="text", attribute="text", type=FieldType.STRING),
    Image: ObjectField(name="image", attribute="url", type=FieldType.URL),
    Audio: ObjectField(name="audio", attribute="url", type=FieldType.URL),
    Video: ObjectField(name="video", attribute="url", type=FieldType.URL),
    Metadata: ObjectField(name="metadata", attribute="metadata", type=FieldType.STRING, hidden=True),
    Class: ObjectField(name="choice", attribute="value", type=FieldType.STRING),
}

#: The names of the types that an argument can have, for messages.
OBJECT_TYPE_NAMES = tuple(object_type.__name__ for object_type in _FIELDS)


def find_object_field(object_type: object) -> ObjectField | None:
    """Return how `object_type` is kept in a field, or None if it is no type of object."""
    ancestors = object_type.__mro__ if isinstance(object_type, type) else ()
    return next((_FIELDS[ancestor] for ancestor in ancestors if ancestor in _FIELDS), None)
