"""Ids: short integers in the store, text of one width outside, in the same order."""

import re

from manyhands.crowd import AssignmentId, PoolId, TaskId, TaskSuiteId
from manyhands.errors import NotFound

__all__ = [
    "FIRST_NUMBER",
    "assignment_id_of",
    "first_id",
    "is_number",
    "mixed_suite_id_of",
    "page_task_id_of",
    "parse_number",
    "parse_numbered",
    "parse_suite",
    "parse_suite_cursor",
    "pool_id_of",
    "pool_number_of",
    "task_id_of",
    "task_suite_id_of",
]

#: Ids have eight decimal digits from the first one on, so that their text has one width.
FIRST_NUMBER = 10_000_001

_SHIFT = 32
_NUMBER_MASK = (1 << _SHIFT) - 1
#: In the id of a suite that the platform has put together, the number of its page stands above this many bits; elsewhere nothing does.
_PAGE_SHIFT = 48
_NUMBER = re.compile(r"[1-9][0-9]{7}")
_NUMBERED = re.compile(r"([0-9a-f]{10})--([0-9a-f]{24})")


def first_id(pool_number: int) -> int:
    """Return the integer below all ids of tasks, task suites and assignments of a pool; the n-th one is n more."""
    return pool_number << _SHIFT


def pool_number_of(numbered: int) -> int:
    """Return the pool of a task, a task suite or an assignment."""
    return numbered >> _SHIFT


def pool_id_of(pool_number: int) -> PoolId:
    """Return the text of a pool's id."""
    return PoolId(str(pool_number))


def task_id_of(numbered: int) -> TaskId:
    """Return the text of a task's id.

    Example:
        >>> task_id_of(first_id(10_000_001) + 1)
        '0000989681--000000000000000000000001'
    """
    return TaskId(_text_of(numbered))


def page_task_id_of(assignment_number: int, place: int) -> TaskId:
    """Return the id that a task has on one page.

    A worker does not learn the task's own id: control tasks are often added before or after all others, and their ids would tell.
    """
    pool_number, number = assignment_number >> _SHIFT, assignment_number & _NUMBER_MASK
    return TaskId(f"{pool_number:010x}--{number:012x}{place + 1:012x}")


def task_suite_id_of(numbered: int) -> TaskSuiteId:
    """Return the text of the id of a task suite that a requester has put together."""
    return TaskSuiteId(_text_of(numbered))


def mixed_suite_id_of(assignment_number: int) -> TaskSuiteId:
    """Return the id of the task suite that the platform has put together for one page.

    Example:
        >>> mixed_suite_id_of(first_id(10_000_001) + 1)
        '0000989681--000000000001000000000000'
    """
    number = (assignment_number & _NUMBER_MASK) << _PAGE_SHIFT
    return TaskSuiteId(f"{pool_number_of(assignment_number):010x}--{number:024x}")


def assignment_id_of(numbered: int) -> AssignmentId:
    """Return the text of an assignment's id."""
    return AssignmentId(_text_of(numbered))


def is_number(text: str) -> bool:
    """Return whether a text looks like an id that `parse_number` reads."""
    return _NUMBER.fullmatch(text) is not None


def parse_number(kind: str, text: str) -> int:
    """Return the integer of an id of a record that is not numbered within a pool, such as a project, pool or attachment.

    Raises:
        NotFound: no id looks like this; `kind` says what was looked for.
    """
    if not is_number(text):
        raise NotFound(f"there is no {kind} {text!r}; its id has eight digits")
    return int(text)


def parse_numbered(kind: str, text: str, *, pool_id: PoolId | None = None) -> int:
    """Return the integer of an id of a task or an assignment.

    Raises:
        NotFound: no id looks like this, or it belongs to another pool than `pool_id`.
    """
    pool_number, number = _split(kind, text, pool_id)
    if number > _NUMBER_MASK:
        raise NotFound(f"there is no {kind} {text!r}")
    return (pool_number << _SHIFT) | number


def parse_suite(text: str) -> tuple[int, bool]:
    """Return the integer of a requester's task suite, or that of the page for which the platform has put it together, and which of them it is.

    Raises:
        NotFound: no id looks like this.
    """
    pool_number, number = _split("task suite", text)
    page, rest = divmod(number, 1 << _PAGE_SHIFT)
    if page == 0:
        return parse_numbered("task suite", text), False
    if rest or page > _NUMBER_MASK:
        raise NotFound(f"there is no task suite {text!r}")
    return (pool_number << _SHIFT) | page, True


def parse_suite_cursor(text: str, *, pool_id: PoolId, is_mixed: bool) -> int:
    """Return the integer (see `parse_suite`) behind which the task suites of a pool are listed whose ids come after a text.

    Args:
        text: an id, or something between two ids.
        pool_id: the pool whose suites are listed.
        is_mixed: whether the platform puts its suites together.

    Raises:
        NotFound: no id of this pool looks like this.
    """
    pool_number, number = _split("task suite", text, pool_id)
    return (pool_number << _SHIFT) | min(number >> _PAGE_SHIFT if is_mixed else number, _NUMBER_MASK)


def _split(kind: str, text: str, pool_id: PoolId | None = None) -> tuple[int, int]:
    match = _NUMBERED.fullmatch(text)
    pool_number, number = (int(part, 16) for part in match.groups()) if match else (0, 0)
    if not FIRST_NUMBER <= pool_number < 10 * FIRST_NUMBER or not number:
        raise NotFound(f"there is no {kind} {text!r}")
    if pool_id is not None and str(pool_number) != pool_id:
        raise NotFound(f"there is no {kind} {text!r} in pool {pool_id}")
    return pool_number, number


def _text_of(numbered: int) -> str:
    return f"{numbered >> _SHIFT:010x}--{numbered & _NUMBER_MASK:024x}"
