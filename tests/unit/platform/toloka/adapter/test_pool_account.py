"""What is published never costs more than the budget, whatever workers do and however late we hear of it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from manyhands.crowd import (
    AssignmentId,
    AssignmentStatus,
    BudgetId,
    MixerConfig,
    Money,
    PoolConfig,
    PoolId,
    ProjectId,
    Spending,
    TaskId,
)
from manyhands.platform.toloka import TolokaTariff
from manyhands.platform.toloka.budget_book import BudgetBook
from tests.unit.platform.toloka.adapter.pages import make_page

S = AssignmentStatus
TARIFF = TolokaTariff(fee_share=0.2, min_fee=Money())
KEY = "mine"
PAGE = Money("0.12")
NOTHING = Spending(paid=Money(), reserved=Money())
TASKS = [TaskId(name) for name in "abcdef"]
POOLS = [PoolId("1"), PoolId("2")]


def make_config() -> PoolConfig:
    """Return the config of a pool on the budget."""
    return PoolConfig(
        project_id=ProjectId("1"),
        key="pool",
        reward=Money("0.10"),
        assignment_duration=timedelta(minutes=10),
        mixer=MixerConfig(real_count=3),
        budget_id=BudgetId(KEY),
    )


@dataclass
class _Place:
    """A platform without budgets: pools with overlaps, pages of one to three tasks, money."""

    overlaps: dict[PoolId, Counter[TaskId]] = field(default_factory=lambda: {pool: Counter() for pool in POOLS})
    pages: dict[AssignmentId, tuple[PoolId, tuple[TaskId, ...], AssignmentStatus]] = field(default_factory=dict)

    @property
    def cost(self) -> Money:
        """What is paid, and owed for pages in work and in review."""
        owing = (S.ACTIVE, S.SUBMITTED, S.ACCEPTED)
        return PAGE * sum(status in owing for _, _, status in self.pages.values())

    def take(self, pool: PoolId, size: int) -> None:
        """Issue a page of up to `size` tasks."""
        used = Counter(
            task
            for owner, tasks, status in self.pages.values()
            if owner == pool and status not in (S.SKIPPED, S.EXPIRED)
            for task in tasks
        )
        free = tuple(task for task in TASKS if used[task] < self.overlaps[pool][task])[:size]
        if free:
            self.pages[AssignmentId(f"p{len(self.pages)}")] = (pool, free, S.ACTIVE)

    def move(self, number: int, *, to: AssignmentStatus) -> None:
        """Let something happen to a page where that can be."""
        allowed = {S.SUBMITTED: S.ACTIVE, S.SKIPPED: S.ACTIVE, S.ACCEPTED: S.SUBMITTED, S.REJECTED: S.SUBMITTED}
        page_id = AssignmentId(f"p{number}")
        if page_id in self.pages and self.pages[page_id][2] is allowed[to]:
            pool, tasks, _ = self.pages[page_id]
            self.pages[page_id] = (pool, tasks, to)


_STEP = st.one_of(
    st.tuples(st.just("take"), st.sampled_from(POOLS), st.integers(1, 3)),
    st.tuples(st.sampled_from([S.SUBMITTED, S.SKIPPED, S.ACCEPTED, S.REJECTED]), st.integers(0, 12), st.just(0)),
    st.tuples(st.just("look"), st.sampled_from(POOLS), st.just(0)),
    st.tuples(st.just("ask"), st.sampled_from(POOLS), st.integers(1, 4)),
)


@settings(max_examples=200)
@given(ceiling=st.integers(0, 12), steps=st.lists(_STEP, max_size=80))
def test_the_ceiling_holds_whatever_happens(ceiling: int, steps: list[tuple[object, ...]]) -> None:
    """Workers take pages as small as they like, skip them, hand them in; we look late and publish what is granted: the money suffices."""
    place, book, limit = _Place(), BudgetBook(TARIFF), PAGE * ceiling
    book.put(KEY, limit, spent=NOTHING)
    for pool in POOLS:
        book.attach(pool, make_config())
    for kind, first, second in steps:
        match kind:
            case "take":
                place.take(first, second)  # type: ignore[arg-type]  # of the strategy
            case "look":
                pages = [
                    make_page(page_id, status, tasks=tasks)
                    for page_id, (pool, tasks, status) in place.pages.items()
                    if pool == first
                ]
                book.see(first, pages)  # type: ignore[arg-type]  # of the strategy
            case "ask":
                book.ask(first, dict.fromkeys(TASKS, second))  # type: ignore[arg-type]  # of the strategy
            case _:
                place.move(first, to=kind)  # type: ignore[arg-type]  # of the strategy
        for pool in POOLS:
            place.overlaps[pool].update(
                {task: overlap - place.overlaps[pool][task] for task, overlap in book.grant(pool).items()}
            )
        assert place.cost <= limit


def test_all_the_money_is_used_in_the_end() -> None:
    """When full pages come in, what they cost less than feared is asked for at once, until less than a page is left."""
    place, book = _Place(), BudgetBook(TARIFF)
    book.put(KEY, PAGE * 4, spent=NOTHING)
    pool = POOLS[0]
    book.attach(pool, make_config())
    book.ask(pool, dict.fromkeys(TASKS, 2))
    for number in range(4):
        place.overlaps[pool].update(
            {task: overlap - place.overlaps[pool][task] for task, overlap in book.grant(pool).items()}
        )
        place.take(pool, 3)
        place.move(number, to=S.SUBMITTED)
        seen = [make_page(page, status, tasks=tasks) for page, (_, tasks, status) in place.pages.items()]
        book.see(pool, seen)
    assert place.cost == PAGE * 4
    assert book.grant(pool) == {}


def test_pages_told_in_another_order_cost_the_same() -> None:
    """A thread that looked earlier may tell later: what it saw is old, and a page is counted once."""
    active, submitted = (make_page("p", status, tasks=("a", "b", "c")) for status in (S.ACTIVE, S.SUBMITTED))
    grants = []
    for told in ([active, submitted], [active, submitted, active, submitted], [submitted, active]):
        book = BudgetBook(TARIFF)
        book.put(KEY, PAGE * 4, spent=NOTHING)
        book.attach(POOLS[0], make_config())
        book.ask(POOLS[0], dict.fromkeys(TASKS, 2))
        book.grant(POOLS[0])
        for page in told:
            book.see(POOLS[0], [page])
        grants.append(book.grant(POOLS[0]))
    assert grants[0]
    assert grants == [grants[0]] * 3
