"""Identity: what a task and a task spec are, by their content alone."""

import hashlib
from collections.abc import Mapping

import msgspec

#: Hexadecimal digits of a task key: 128 bits, so that no two of any number of real tasks ever meet by chance.
TASK_KEY_LENGTH = 32


def content_hash(content: Mapping[str, object]) -> str:
    """Return the SHA-256 of `content` as canonical JSON, in hexadecimal.

    Canonical: UTF-8, keys sorted, no spaces. Equal content has the same hash in every process and version of Python.

    >>> content_hash({"b": 1, "a": "x"}) == content_hash({"a": "x", "b": 1})
    True
    """
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def key_of_values(values: Mapping[str, object]) -> str:
    """Return the key of the task that has these field values: `TASK_KEY_LENGTH` hexadecimal digits."""
    return content_hash(values)[:TASK_KEY_LENGTH]
