"""Who may work, in the requester's words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from manyhands.crowd import (
    AllOf,
    AnyOf,
    FilterCategory,
    FilterCondition,
    FilterOperator,
    WorkerFilterExpression,
)
from manyhands.errors import InvalidParams

__all__ = ["WorkerFilter", "WorkerGroup", "find_score_problems"]

_OLDEST_AGE_YEARS = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerGroup:
    """Workers with these properties; everything that is given has to hold.

    Attributes:
        languages: upper-case ISO 639-1 codes; the worker speaks all of them.
        countries: upper-case ISO 3166-1 alpha-2 codes; the worker lives in one of them.
        age_range: youngest and oldest age in years, both included; None leaves a side open.
        client_types: the worker uses one of these, such as ``BROWSER``.
        skills: skill id → the smallest value in [0, 1].
    """

    languages: frozenset[str] = field(default_factory=frozenset)
    countries: frozenset[str] = field(default_factory=frozenset)
    age_range: tuple[int | None, int | None] = (18, None)
    client_types: frozenset[str] = field(default_factory=frozenset)
    skills: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class WorkerFilter:
    """Admits the workers of any of the groups; without groups it admits everybody.

    Args:
        groups: see `WorkerGroup`.
        training_score: the smallest training skill in [0, 1]; None asks for no training.

    Raises:
        InvalidParams: a score, an age or a code is out of range; all problems in one error.

    Example:
        >>> WorkerFilter([WorkerGroup(languages=frozenset({"EN"}), age_range=(None, None))]).expression(date(2026, 11, 22))
        AnyOf(parts=(AllOf(parts=(FilterCondition(category=<FilterCategory.PROFILE: 'profile'>, key='languages', \
operator=<FilterOperator.IN: 'IN'>, value='EN'),)),))
    """

    groups: Sequence[WorkerGroup] = ()
    training_score: float | None = None

    def __post_init__(self) -> None:
        problems = [problem for group in self.groups for problem in _group_problems(group)]
        problems += find_score_problems(self.training_score)
        if problems:
            msg = "The worker filter cannot work; nothing was published."
            raise InvalidParams(msg, problems)

    def expression(self, today: date) -> WorkerFilterExpression | None:
        """Return the filter as a platform takes it; ages become bounds on the date of birth, seen from `today`."""
        if not self.groups:
            return None
        return AnyOf(tuple(AllOf(tuple(_conditions(group, today))) for group in self.groups))


def find_score_problems(score: object) -> list[str]:
    """Return a sentence for a training score that is no share; None asks for no training and is right."""
    is_share = isinstance(score, int | float) and not isinstance(score, bool) and 0 <= score <= 1
    if score is None or is_share:
        return []
    return [f"training_score is {score!r}; expected a share in [0, 1], such as 0.8"]


def _group_problems(group: WorkerGroup) -> list[str]:
    problems = [
        f"{code!r} is not a language; expected an upper-case ISO 639-1 code such as 'EN'"
        for code in sorted(group.languages)
        if not (len(code) == 2 and code.isupper())
    ]
    problems += [
        f"{code!r} is not a country; expected an upper-case ISO 3166-1 code such as 'GB'"
        for code in sorted(group.countries)
        if not (len(code) == 2 and code.isupper())
    ]
    youngest, oldest = group.age_range
    if (youngest or 0) > (oldest if oldest is not None else _OLDEST_AGE_YEARS):
        problems.append(f"age_range {group.age_range} admits nobody; expected (youngest, oldest)")
    return problems


def _conditions(group: WorkerGroup, today: date) -> list[WorkerFilterExpression]:
    parts: list[WorkerFilterExpression] = [
        _profile("languages", FilterOperator.IN, value=code) for code in sorted(group.languages)
    ]
    if group.countries:
        parts.append(_profile("country", FilterOperator.IN, value=tuple(sorted(group.countries))))
    youngest, oldest = group.age_range
    if youngest is not None:
        parts.append(_profile("date_of_birth", FilterOperator.LTE, value=_born_seconds(today, years_ago=youngest)))
    if oldest is not None:
        parts.append(_profile("date_of_birth", FilterOperator.GT, value=_born_seconds(today, years_ago=oldest + 1)))
    if group.client_types:
        clients = tuple(
            FilterCondition(
                category=FilterCategory.COMPUTED, key="client_type", operator=FilterOperator.EQ, value=client
            )
            for client in sorted(group.client_types)
        )
        parts.append(AnyOf(clients))
    parts += [
        FilterCondition(category=FilterCategory.SKILL, key=key, operator=FilterOperator.GTE, value=value)
        for key, value in group.skills
    ]
    return parts


def _profile(key: str, operator: FilterOperator, *, value: object) -> FilterCondition:
    return FilterCondition(category=FilterCategory.PROFILE, key=key, operator=operator, value=value)


def _born_seconds(today: date, *, years_ago: int) -> int:
    # 29 February counts as 28 February in years that have none.
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    born = datetime.fromisoformat(f"{today.year - years_ago:04d}-{today.month:02d}-{day:02d}T00:00:00+00:00")
    return int(born.timestamp())
