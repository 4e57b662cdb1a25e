"""Who may work: expressions over a worker's profile and skills."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from .ids import SkillId
from .workers import WorkerProfile

__all__ = [
    "AllOf",
    "AnyOf",
    "FilterCategory",
    "FilterCondition",
    "FilterOperator",
    "WorkerFilterExpression",
    "admits",
    "find_unmet",
]


class FilterCategory(StrEnum):
    """What a condition looks at."""

    #: What the worker said of themselves.
    PROFILE = "profile"
    #: What the platform found out: region, client, device.
    COMPUTED = "computed"
    #: The value of a skill; `key` is the skill's id.
    SKILL = "skill"


class FilterOperator(StrEnum):
    """How a condition compares; on absent values only NE, NOT_IN and EQ None hold."""

    #: Equal; with None: absent.
    EQ = "EQ"
    #: Not equal; with None: present.
    NE = "NE"
    #: Greater.
    GT = "GT"
    #: Greater or equal.
    GTE = "GTE"
    #: Less.
    LT = "LT"
    #: Less or equal.
    LTE = "LTE"
    #: The value, or one of the values, is the named one or among the named ones.
    IN = "IN"
    #: The opposite of IN.
    NOT_IN = "NOT_IN"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterCondition:
    """One comparison, such as profile ``languages`` IN ``EN``."""

    category: FilterCategory
    key: str
    operator: FilterOperator
    value: Any = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds when every part holds; without parts it holds."""

    parts: tuple["WorkerFilterExpression", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when one part holds; without parts it does not hold."""

    parts: tuple["WorkerFilterExpression", ...]


WorkerFilterExpression = AllOf | AnyOf | FilterCondition

_COMPARISONS: Mapping[FilterOperator, Callable[[Any, Any], bool]] = {
    FilterOperator.EQ: eq,
    FilterOperator.NE: ne,
    FilterOperator.GT: gt,
    FilterOperator.GTE: ge,
    FilterOperator.LT: lt,
    FilterOperator.LTE: le,
}


def admits(
    expression: WorkerFilterExpression | None, profile: WorkerProfile, *, skills: Mapping[SkillId, float]
) -> bool:
    """Return whether a worker with this profile and these skills (values in [0, 1]) may work.

    Example:
        >>> speaks = FilterCondition(category=FilterCategory.PROFILE, key="languages", operator=FilterOperator.IN, value="EN")
        >>> admits(speaks, WorkerProfile(languages=frozenset({"EN"})), skills={})
        True
    """
    match expression:
        case None:
            return True
        case AllOf(parts):
            return all(admits(part, profile, skills=skills) for part in parts)
        case AnyOf(parts):
            return any(admits(part, profile, skills=skills) for part in parts)
        case FilterCondition():
            return _holds(expression, _found(expression, profile, skills))


def find_unmet(
    expression: WorkerFilterExpression | None, profile: WorkerProfile, *, skills: Mapping[SkillId, float]
) -> tuple[tuple[FilterCondition, ...], ...]:
    """Return what keeps a worker out: groups of conditions that do not hold, of each of which one would have to.

    Where alternatives are made of several conditions each, the groups tell more than the least that is needed.

    Example:
        >>> speaks = FilterCondition(category=FilterCategory.PROFILE, key="languages", operator=FilterOperator.IN, value="EN")
        >>> find_unmet(AllOf((speaks,)), WorkerProfile(), skills={}) == ((speaks,),)
        True
    """
    if admits(expression, profile, skills=skills):
        return ()
    if isinstance(expression, AllOf):
        return tuple(group for part in expression.parts for group in find_unmet(part, profile, skills=skills))
    group = (condition for condition in _conditions(expression) if not admits(condition, profile, skills=skills))
    return (tuple(group),)


def _conditions(expression: WorkerFilterExpression | None) -> Iterator[FilterCondition]:
    match expression:
        case None:
            return
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _conditions(part)
        case FilterCondition():
            yield expression


def _found(condition: FilterCondition, profile: WorkerProfile, skills: Mapping[SkillId, float]) -> Any:
    if condition.category is FilterCategory.SKILL:
        return skills.get(SkillId(condition.key))
    match condition.key:
        case "languages":
            return profile.languages
        case "country":
            return profile.country or None
        case "adult_allowed":
            return profile.is_adult_content_allowed
        case "date_of_birth":
            return None if profile.birth_date is None else _unix_seconds(profile.birth_date)
        case key:
            return profile.attributes.get(key)


def _unix_seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _holds(condition: FilterCondition, found: Any) -> bool:
    operator, wanted = condition.operator, condition.value
    if operator in (FilterOperator.IN, FilterOperator.NOT_IN):
        return _overlaps(found, wanted) is (operator is FilterOperator.IN)
    if wanted is None or found is None:
        is_same = wanted is None and found is None
        return {FilterOperator.EQ: is_same, FilterOperator.NE: not is_same}.get(operator, False)
    return bool(_COMPARISONS[operator](found, wanted))


def _overlaps(found: Any, wanted: Any) -> bool:
    return not _as_set(found).isdisjoint(_as_set(wanted))


def _as_set(value: Any) -> frozenset[Any]:
    if value is None:
        return frozenset()
    return frozenset(value) if isinstance(value, (list, tuple, set, frozenset)) else frozenset({value})
