"""Errors as one clear message and an exit code."""

import errno

import typer
from typer.core import TyperGroup

from manyhands.errors import Declined, ManyhandsError

from .exits import ExitCode, exit_code_of
from .screen import print_error

__all__ = ["TRACEBACK_VARIABLE", "ReportingGroup"]

#: Set to 1, it shows where in the program an error came from.
TRACEBACK_VARIABLE = "MANYHANDS_TRACEBACK"


class ReportingGroup(TyperGroup):
    """The commands, with every expected error of theirs printed to the standard error without a traceback."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]  # typer's own name for the context of its private class
        """Carry a command out and return what it returns."""
        try:
            return super().invoke(ctx)
        except (ManyhandsError, OSError) as error:
            # A closed pipe is no error: whoever read the output has enough.
            if ctx.params.get("traceback") or getattr(error, "errno", None) == errno.EPIPE:
                raise
            if isinstance(error, Declined):
                typer.echo(f"\n{error}", err=True)
            else:
                print_error(str(error))
            raise typer.Exit(exit_code_of(error)) from error
        except KeyboardInterrupt as interrupt:
            print_error("Interrupted.")
            raise typer.Exit(ExitCode.STOPPED) from interrupt
