"""Exit codes: what the caller of a command hears."""

import pytest

from manyhands.cli.exits import ExitCode, exit_code_of
from manyhands.errors import Declined, InvalidData, LaunchChanged, LaunchFailed, PlatformUnavailable


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        pytest.param(InvalidData(), ExitCode.WRONG_INPUT, id="wrong data"),
        pytest.param(LaunchChanged(), ExitCode.WRONG_INPUT, id="another launch of this name"),
        pytest.param(Declined(), ExitCode.DECLINED, id="declined"),
        pytest.param(LaunchFailed(), ExitCode.ERROR, id="failed launch"),
        pytest.param(PlatformUnavailable(), ExitCode.ERROR, id="no platform"),
        pytest.param(PermissionError(), ExitCode.ERROR, id="no folder to write to"),
    ],
)
def test_an_error_has_the_exit_code_of_its_kind(error: Exception, expected: ExitCode) -> None:
    """Wrong input, a refusal and everything else are told apart."""
    assert exit_code_of(error) is expected


def test_exit_codes_are_what_the_help_says() -> None:
    """Scripts rely on these numbers."""
    assert {code.name: code.value for code in ExitCode} == {
        "FINISHED": 0,
        "ERROR": 1,
        "WRONG_INPUT": 2,
        "STOPPED": 3,
        "DECLINED": 4,
    }
