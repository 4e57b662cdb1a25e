"""What the command line tells its caller by its exit code."""

from enum import IntEnum

from manyhands.errors import Declined, InvalidInput

__all__ = ["ExitCode", "exit_code_of"]


class ExitCode(IntEnum):
    """How a command ended."""

    #: Everything that was asked for is done.
    FINISHED = 0
    #: Something failed; the message says what.
    ERROR = 1
    #: The command line, a launch file or its data are wrong; nothing was published.
    WRONG_INPUT = 2
    #: A launch ended before every object had its answers: it was interrupted, or its budget or its time is over. Results are written.
    STOPPED = 3
    #: The requester said no when asked; nothing was published.
    DECLINED = 4


def exit_code_of(error: Exception) -> ExitCode:
    """Return the exit code for an error that ended a command.

    Example:
        >>> exit_code_of(Declined()).name
        'DECLINED'
    """
    match error:
        case Declined():
            return ExitCode.DECLINED
        case InvalidInput():
            return ExitCode.WRONG_INPUT
        case _:
            return ExitCode.ERROR
