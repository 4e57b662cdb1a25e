"""The error tree: every error that manyhands raises on purpose.

    ManyhandsError
    ├── InvalidInput            a spec, a row, a parameter is wrong; nothing was published or paid
    │   ├── InvalidTaskSpec     the declaration of a task contradicts itself
    │   ├── InvalidData         rows of input or control objects cannot be read, repeat, or collide
    │   ├── InvalidParams       what was chosen for a launch cannot work
    │   ├── LaunchChanged       a launch of this name exists with other task, data or params
    │   └── ProjectDiffers      the project on the platform is another one than the task spec makes
    ├── Declined                the requester said no when asked
    ├── PlatformError           the platform refused or failed
    │   ├── NotFound            no such record, or not yours
    │   ├── WrongState          the record's state does not allow this
    │   │   ├── HasMixer        the pool has a mixer, so it takes tasks, not task suites
    │   │   └── NoMixer         the pool has no mixer, so it takes task suites, not tasks
    │   ├── EmptyPool           a pool without tasks cannot be opened
    │   ├── BudgetExceeded      paying or reserving this would pass the ceiling
    │   ├── NoWork              there is nothing for this worker now
    │   ├── NoRecipients        nobody is among the recipients of a message
    │   └── PlatformUnavailable the platform does not answer; trying again later may help
    ├── LaunchFailed            a launch stopped on an error; its pools are closed
    └── MissingExtra            an optional dependency is not installed

The docstring of an error is its default message; facts are attributes.
"""

from collections.abc import Sequence

__all__ = [
    "BudgetExceeded",
    "Declined",
    "EmptyPool",
    "HasMixer",
    "InvalidData",
    "InvalidInput",
    "InvalidParams",
    "InvalidTaskSpec",
    "LaunchChanged",
    "LaunchFailed",
    "ManyhandsError",
    "MissingExtra",
    "NoMixer",
    "NoRecipients",
    "NoWork",
    "NotFound",
    "PlatformError",
    "PlatformUnavailable",
    "ProjectDiffers",
    "WrongState",
]


class ManyhandsError(Exception):
    """Something that manyhands expected to happen went wrong."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (type(self).__doc__ or "").strip().splitlines()[0])


class InvalidInput(ManyhandsError):
    """The input is wrong; nothing was published or paid.

    Attributes:
        problems: every problem found, one sentence each, in the order of the input.
    """

    def __init__(self, message: str | None = None, problems: Sequence[str] = ()) -> None:
        self.problems = tuple(problems)
        lines = "".join(f"\n  - {problem}" for problem in self.problems)
        super().__init__(f"{message or (type(self).__doc__ or '').splitlines()[0]}{lines}")


class InvalidTaskSpec(InvalidInput):
    """The task spec contradicts itself; nothing was published."""


class InvalidData(InvalidInput):
    """The data cannot be used as it is; nothing was published."""


class InvalidParams(InvalidInput):
    """The params of the launch cannot work; nothing was published."""


class LaunchChanged(InvalidInput):
    """A launch of this name exists with another task, other data or other params; nothing was changed."""


class ProjectDiffers(InvalidInput):
    """The project on the platform is another one than the task spec makes; nothing was changed."""


class Declined(ManyhandsError):
    """The requester declined; nothing was published."""


class PlatformError(ManyhandsError):
    """The platform refused or failed."""


class NotFound(PlatformError):
    """There is no such record."""


class WrongState(PlatformError):
    """The state of the record does not allow this.

    Attributes:
        reason: a short machine-readable word where there are several, such as ``unarchived_pools``; else empty.
    """

    def __init__(self, message: str | None = None, reason: str = "") -> None:
        self.reason = reason
        super().__init__(message)


class HasMixer(WrongState):
    """The pool has a mixer that puts its task suites together; add and change its tasks."""


class NoMixer(WrongState):
    """The pool has no mixer; add and change task suites, which have their tasks in them."""


class EmptyPool(PlatformError):
    """A pool without tasks cannot be opened; add tasks first."""


class BudgetExceeded(PlatformError):
    """This would pass the ceiling of the budget; raise the budget to go on."""


class NoWork(PlatformError):
    """There is nothing for this worker now.

    Attributes:
        reason: a short machine-readable word, such as ``pool_closed`` or ``exhausted``.
    """

    def __init__(self, message: str | None = None, reason: str = "exhausted") -> None:
        self.reason = reason
        super().__init__(message)


class NoRecipients(PlatformError):
    """Nobody is among the recipients of the message; it was not sent."""


class PlatformUnavailable(PlatformError):
    """The platform does not answer; the same call may succeed later."""


class LaunchFailed(ManyhandsError):
    """The launch stopped on an error; its pools are closed and it can be resumed."""


class MissingExtra(ManyhandsError, ImportError):
    """An optional dependency is not installed."""
