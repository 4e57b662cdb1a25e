"""The command line: its commands, and what holds for all of them."""

import os
import sys
from importlib.metadata import version as installed_version
from typing import Annotated

import typer

from .commands import demo, launch, results, resume, status, stop
from .exits import ExitCode
from .invitation_commands import invitation
from .reporting import TRACEBACK_VARIABLE, ReportingGroup
from .screen import print_error
from .server_commands import serve, token

__all__ = ["app", "main"]

app = typer.Typer(
    name="manyhands",
    cls=ReportingGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"auto_envvar_prefix": "MANYHANDS", "help_option_names": ["-h", "--help"]},
)


def _show_version(is_wanted: bool) -> None:  # noqa: FBT001 - typer calls it with the value alone
    if is_wanted:
        typer.echo(f"manyhands {installed_version('manyhands')}")
        raise typer.Exit


@app.callback()
def describe(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.", envvar="")
    ] = False,
    traceback: Annotated[
        bool,
        typer.Option("--traceback", envvar=TRACEBACK_VARIABLE, help="For developers: show where an error came from."),
    ] = False,
) -> None:
    """Have data labeled by people: launch, watch, stop, resume, and take the results.

    New here? `manyhands demo` shows everything in half a minute. Then describe a launch of your own in a TOML file and try it with
    `manyhands launch FILE --rehearse`.
    """


for command in (demo, launch, status, stop, resume, results, serve):
    app.command()(command)
app.add_typer(token, name="token")
app.add_typer(invitation, name="invitation")


def main() -> None:
    """Carry out the command line and exit with an `ExitCode`."""
    try:
        app()
    except Exception as error:
        if "--traceback" in sys.argv or os.environ.get(TRACEBACK_VARIABLE):
            raise
        print_error(
            f"{type(error).__name__}: {error}. This is a defect of manyhands; please report it with what you see when you set {TRACEBACK_VARIABLE}=1."
        )
        sys.exit(ExitCode.ERROR)
