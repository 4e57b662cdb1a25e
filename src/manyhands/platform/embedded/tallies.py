"""What a quality rule counts about a worker, and whether its conditions hold. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from operator import eq, ge, gt, le, lt, ne

from manyhands.crowd import (
    AcceptedCount,
    Collector,
    Comparison,
    ControlTasks,
    MajorityAgreement,
    QualityRule,
    RestrictWorker,
    SetWorkerSkill,
    SkippedInRow,
    SubmitTime,
)

from .documents import write_document

__all__ = ["ScopedRule", "Tally", "find_rule_problems", "history_size_of", "measure", "scope_rules"]

_COMPARISONS: Mapping[Comparison, Callable[[float, float], bool]] = {
    Comparison.EQ: eq,
    Comparison.NE: ne,
    Comparison.GT: gt,
    Comparison.GTE: ge,
    Comparison.LT: lt,
    Comparison.LTE: le,
}
_MEASURES: Mapping[type[Collector], tuple[str, ...]] = {
    SubmitTime: ("total_count", "fast_count"),
    ControlTasks: ("total_count", "correct_share", "incorrect_share"),
    MajorityAgreement: ("total_count", "correct_share", "incorrect_share"),
    SkippedInRow: ("skipped_in_row_count",),
    AcceptedCount: ("accepted_count",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many things were counted (`total`), how many of them were hits, and the last ones where a rule looks no further back.

    Attributes:
        history: the last values, oldest first; None where everything counts.
        since: the stamp at which the count began; what was submitted until then does not count any more.

    Example:
        >>> Tally().add(1.0, history_size=2).add(0.0, history_size=2).add(0.0, history_size=2)
        Tally(total=2, hits=0.0, history=(0.0, 0.0), since=0)
    """

    total: int = 0
    hits: float = 0.0
    history: tuple[float, ...] | None = None
    since: int = 0

    @property
    def share(self) -> float | None:
        """The share of hits; None when nothing was counted."""
        return self.hits / self.total if self.total else None

    def add(self, value: float, *, history_size: int | None) -> "Tally":
        """Return the tally with one thing more; `value` is 1 for a hit, 0 for none."""
        if history_size is None:
            return replace(self, total=self.total + 1, hits=self.hits + value)
        history = (*(self.history or ()), value)[-history_size:]
        return replace(self, total=len(history), hits=sum(history), history=history)

    def start_anew(self, now: int) -> "Tally":
        """Return an empty tally that begins now."""
        return Tally(since=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopedRule:
    """A rule and the name under which its tallies are kept: rule and pool, or rule and project."""

    rule: QualityRule
    scope: str

    def holds(self, tally: Tally) -> bool:
        """Return whether all conditions of the rule hold; a share of nothing fulfils no condition."""
        found = measure(self.rule.collector, tally)
        return all(
            (value := found.get(condition.key)) is not None
            and _COMPARISONS[condition.comparison](value, condition.threshold)
            for condition in self.rule.conditions
        )


def scope_rules(
    rules: tuple[QualityRule, ...], *, pool_number: int | None, project_number: int
) -> tuple[ScopedRule, ...]:
    """Return the rules with their scopes, in order of scope.

    Rules of a pool count within the pool. Rules of a project (`pool_number` None), and rules that look at the last so many things, count within
    the project: whoever is careless in one basket is known in the next.
    """
    return tuple(
        sorted(
            (
                ScopedRule(rule=rule, scope=_scope_of(rule, pool_number=pool_number, project_number=project_number))
                for rule in rules
            ),
            key=lambda scoped: scoped.scope,
        )
    )


def history_size_of(collector: Collector) -> int | None:
    """Return how many things the collector looks back on; None means all."""
    match collector:
        case SubmitTime() | ControlTasks() | MajorityAgreement():
            return collector.history_size
        case SkippedInRow() | AcceptedCount():
            return None


def measure(collector: Collector, tally: Tally) -> dict[str, float | None]:
    """Return what the collector's conditions may ask for; shares of nothing are None."""
    match collector:
        case SubmitTime():
            return {"total_count": tally.total, "fast_count": tally.hits}
        case ControlTasks() | MajorityAgreement():
            share = tally.share
            wrong = None if share is None else 1.0 - share
            return {"total_count": tally.total, "correct_share": share, "incorrect_share": wrong}
        case SkippedInRow():
            return {"skipped_in_row_count": tally.total}
        case AcceptedCount():
            return {"accepted_count": tally.total}


def find_rule_problems(rule: QualityRule) -> list[str]:
    """Return one sentence for everything about the rule that cannot work, none if all is well."""
    collector, keys = type(rule.collector).__name__, _MEASURES[type(rule.collector)]
    problems = [
        f"a condition asks for {condition.key}, but {collector} counts {', '.join(keys)}"
        for condition in rule.conditions
        if condition.key not in keys
    ]
    history_size = history_size_of(rule.collector)
    if history_size is not None and history_size < 1:
        problems.append(f"{collector} looks at the last {history_size} things; expected at least one, or None for all")
    action = rule.action
    if isinstance(action, SetWorkerSkill) and action.value is None and "correct_share" not in keys:
        problems.append(f"SetWorkerSkill has no value, and {collector} counts no correct share")
    if isinstance(action, RestrictWorker) and action.duration is not None and not action.duration:
        problems.append("RestrictWorker has a duration of zero; expected a time, or None for good")
    return problems


def _scope_of(rule: QualityRule, *, pool_number: int | None, project_number: int) -> str:
    digest = blake2b(write_document(rule).encode(), digest_size=8).hexdigest()
    if pool_number is None or history_size_of(rule.collector) is not None:
        return f"{digest} project {project_number}"
    return f"{digest} pool {pool_number}"
