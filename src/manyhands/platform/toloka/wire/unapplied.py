"""What of a pool or a project manyhands cannot do, though its requester counts on it."""

from collections.abc import Mapping
from typing import Any

from .problems import ProblemCode, WireProblem
from .quality_control import find_unapplied_rules

__all__ = ["find_unapplied"]

_BALANCE = "speed_quality_balance"
#: The only balance that keeps nobody out.
_EVERYBODY = {"type": "TOP_PERCENTAGE_BY_QUALITY", "percent": 100}


def find_unapplied(foreign: Mapping[str, Any]) -> list[WireProblem]:
    """Return a problem for everything that would be promised and not done; none if all is well.

    Args:
        foreign: of the config of a pool or a project.
    """
    return [*find_unapplied_rules(foreign), *_balance_problems(foreign)]


def _balance_problems(foreign: Mapping[str, Any]) -> list[WireProblem]:
    if foreign.get(_BALANCE) in (None, _EVERYBODY):
        return []
    message = "workers are not ranked here; leave this out and choose them by a skill in the filter"
    return [WireProblem(_BALANCE, ProblemCode.VALUE_NOT_ALLOWED, message=message)]
