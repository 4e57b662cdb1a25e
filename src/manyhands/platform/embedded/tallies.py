"""What a quality rule counts about a worker. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b

from manyhands.crowd import (
    Collector,
    ControlTasks,
    MajorityAgreement,
    QualityRule,
    ReviewedPages,
    SubmitTime,
)

from .documents import write_document

__all__ = ["ScopedRule", "Tally", "control_scope", "history_size_of", "measure_shares", "scope_rules", "tally_scopes"]


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

    def add_all(self, values: Iterable[float], *, history_size: int | None) -> "Tally":
        """Return the tally with these things more, in order."""
        tally = self
        for value in values:
            tally = tally.add(value, history_size=history_size)
        return tally

    def turn_miss_into_hit(self) -> "Tally":
        """Return the tally in which the last miss is a hit; one without a miss, or that has forgotten it, stays as it is."""
        if self.history is None:
            return replace(self, hits=min(self.hits + 1, self.total))
        places = [place for place, value in enumerate(self.history) if value == 0.0]
        if not places:
            return self
        history = (*self.history[: places[-1]], 1.0, *self.history[places[-1] + 1 :])
        return replace(self, hits=sum(history), history=history)

    def start_anew(self, now: int) -> "Tally":
        """Return an empty tally that begins now."""
        return Tally(since=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopedRule:
    """A rule and the name under which its tallies are kept: rule and pool, or rule and project."""

    rule: QualityRule
    scope: str


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


def control_scope(scope: str) -> str:
    """Return the name of the tally in which a rule counts control tasks alone."""
    return f"{scope} control"


def tally_scopes(scope: str) -> list[str]:
    """Return the names of all tallies that a rule of this scope may have, in the order in which they are locked."""
    return [scope, control_scope(scope)]


def history_size_of(collector: Collector) -> int | None:
    """Return how many things the collector looks back on; None means all."""
    match collector:
        case SubmitTime() | ControlTasks() | MajorityAgreement() | ReviewedPages():
            return collector.history_size
        case _:
            return None


def measure_shares(tally: Tally, *, total: str, hits: str, misses: str) -> dict[str, float | None]:
    """Return the total and the two shares of a tally under these names; shares of nothing are None.

    Example:
        >>> measure_shares(Tally(total=4, hits=3.0), total="total_count", hits="correct_share", misses="incorrect_share")
        {'total_count': 4, 'correct_share': 0.75, 'incorrect_share': 0.25}
    """
    share = tally.share
    return {total: tally.total, hits: share, misses: None if share is None else 1.0 - share}


def _scope_of(rule: QualityRule, *, pool_number: int | None, project_number: int) -> str:
    digest = blake2b(write_document(rule).encode(), digest_size=8).hexdigest()
    if pool_number is None or history_size_of(rule.collector) is not None:
        return f"{digest} project {project_number}"
    return f"{digest} pool {pool_number}"
