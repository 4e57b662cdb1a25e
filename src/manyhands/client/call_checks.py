"""What is wrong with the kinds of arguments of a call, told before anything else is done with them."""

from collections.abc import Mapping, Sequence
from threading import Event

from manyhands.errors import InvalidInput
from manyhands.task import PreparedTaskSpec

__all__ = ["refuse_other_lists", "refuse_other_spec", "refuse_wrong_kinds", "signals_of"]


def refuse_other_spec(task_spec: object) -> None:
    """Return if this is a task spec in one language.

    Raises:
        InvalidInput: it is something else.
    """
    if not isinstance(task_spec, PreparedTaskSpec):
        expected = "expected a PreparedTaskSpec, such as PreparedTaskSpec(spec, 'EN')"
        raise InvalidInput(f"task_spec is a {type(task_spec).__name__}; {expected}.")


def refuse_other_lists(**lists: object) -> None:
    """Return if all of these arguments can be counted and gone through more than once.

    Raises:
        InvalidInput: one of them is something else.
    """
    problems = [
        f"{name} is a {type(value).__name__}; expected a list" for name, value in lists.items() if not _is_list(value)
    ]
    if problems:
        raise InvalidInput("The call cannot be carried out; nothing was published. What is wrong:", problems)


def refuse_wrong_kinds(*, baskets: object, control_objects: object) -> None:
    """Return if every basket and the control objects can be counted and gone through more than once.

    Args:
        baskets: basket → input objects; a basket called ``""`` is the only one of a launch without baskets.
        control_objects: (input objects, solution) pairs.

    Raises:
        InvalidInput: they are something else; all problems in one error.
    """
    if not isinstance(baskets, Mapping):
        raise InvalidInput(
            f"baskets is a {type(baskets).__name__}; expected a dictionary of input objects by name, such as {{'red': [...]}}."
        )
    problems = [
        f"{f'{name}: ' if name else ''}input_objects is a {type(objects).__name__}; expected a list, such as read_input_objects returns"
        for name, objects in baskets.items()
        if not _is_list(objects)
    ]
    if not _is_list(control_objects):
        problems.append(
            f"control_objects is a {type(control_objects).__name__}; expected a list, such as read_control_objects returns"
        )
    if problems:
        raise InvalidInput("The launch cannot start; nothing was published or paid. What is wrong:", problems)


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def signals_of(interrupted: Event | None) -> list[Event]:
    """Return the events that stop a launch.

    Raises:
        InvalidInput: it is no event.
    """
    if interrupted is None:
        return []
    # Those of multiprocessing are of another type and serve as well.
    if not callable(getattr(interrupted, "is_set", None)):
        raise InvalidInput(
            f"interrupted is a {type(interrupted).__name__}; expected a threading.Event, which stops the launch when it is set."
        )
    return [interrupted]
