"""Which question about a pool comes next, so that nothing is missed and nothing is downloaded twice."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from manyhands.crowd import Assignment, AssignmentId, AssignmentStatus, Pool, PoolId

from .client import Query
from .wire import write_moment

__all__ = ["Look", "PoolWatch", "Question"]

_LIVE = frozenset({AssignmentStatus.ACTIVE, AssignmentStatus.SUBMITTED})
_LIVE_QUERY = f"{AssignmentStatus.ACTIVE},{AssignmentStatus.SUBMITTED}"
#: How far behind the newest page known a range begins: clocks of a platform's machines differ, and what is written late is found late.
_OVERLAP = timedelta(seconds=60)
#: Looks at a pool where nobody works and nothing is issued.
_SLEEPY_TURNS = 4


class Look(StrEnum):
    """What a question is about."""

    #: The pages in work and in review, all of them.
    LIVE = "live"
    #: Pages that were live once and are no more.
    GONE = "gone"
    #: Pages taken lately, whatever became of them.
    TAKEN = "taken"
    #: Pages accepted lately, by whomever.
    ACCEPTED = "accepted"
    #: The pool itself.
    POOL = "pool"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One look at the platform: what for, which assignments (none for the pool itself), and which pages were live when it was asked."""

    look: Look
    query: Query
    live: frozenset[AssignmentId] = field(default_factory=frozenset)


#: What is looked for turn by turn: mostly the pages that are alive, which are few, and now and then what may have come and gone meanwhile.
_ROTATION = (Look.LIVE, Look.POOL, Look.LIVE, Look.TAKEN, Look.LIVE, Look.POOL, Look.LIVE, Look.ACCEPTED)
#: The same while nobody works.
_QUIET_ROTATION = (Look.POOL, Look.LIVE, Look.POOL, Look.TAKEN)


class PoolWatch:
    """Remembers what was seen of a pool and decides what to ask next. Several looks may be under way; the caller lets one thread in at a time.

    Pages that wait for an answer or a judgement are asked for as a whole; there are no more of them than workers. A page that is missing there has
    been skipped, has expired, or was judged by somebody else: it is asked for by its id, together with others. Pages that came and went
    between two looks are found by the time at which they were taken.

    Args:
        pool_id: of the pool.
        pages: what is known of it already.
    """

    def __init__(self, pool_id: PoolId, pages: Iterable[Assignment]) -> None:
        self.pool_id = pool_id
        self.is_open = False
        self.is_pool_doubtful = True
        #: The pool as it was found to be closed; that is told when the pages handed in before are known.
        self.closing: Pool | None = None
        self._live: set[AssignmentId] = set()
        self._gone: set[AssignmentId] = set()
        self._turn = 0
        self._place = 0
        known = list(pages)
        # Up to where everything taken and everything accepted is known.
        self._taken = _latest((page.created for page in known), None)
        self._accepted = _latest((page.accepted for page in known), None)
        self.see(known)

    @property
    def has_live_pages(self) -> bool:
        """Whether pages are in work or in review."""
        return bool(self._live or self._gone)

    def see(self, pages: Iterable[Assignment]) -> None:
        """Take note of pages as they are known now."""
        for page in pages:
            (self._live.add if page.status in _LIVE else self._live.discard)(page.id)
            self._gone.discard(page.id)

    def next_question(self) -> Question | None:
        """Return what to ask now; None for a pool that may be left alone this time."""
        self._turn += 1
        if self.closing is not None:
            return self.ask(Look.LIVE)
        if self._gone:
            return self.ask(Look.GONE)
        if self.is_pool_doubtful:
            self.is_pool_doubtful = False
            return self.ask(Look.POOL)
        if not self.is_open and not self._live:
            return self.ask(Look.POOL) if self._turn % _SLEEPY_TURNS == 0 else None
        # Its own counter, so that questions asked out of turn do not always take the place of the same look.
        self._place += 1
        rotation = _ROTATION if self._live else _QUIET_ROTATION
        return self.ask(rotation[self._place % len(rotation)])

    def hear(self, question: Question, pages: Iterable[Assignment]) -> None:
        """Take note of all the pages that a question was answered with."""
        seen = list(pages)
        if question.look is Look.LIVE:
            # Only what was live before the question and is live still: meanwhile a page may have been judged by us.
            self._gone |= (question.live & self._live) - {page.id for page in seen}
        if question.look is Look.GONE:
            # What is still nowhere to be found is looked for again when it is missing again.
            self._gone.clear()
        if question.look is Look.TAKEN:
            self._taken = _latest((page.created for page in seen), self._taken)
        if question.look is Look.ACCEPTED:
            self._accepted = _latest((page.accepted for page in seen), self._accepted)
        self.see(seen)
        if question.look is Look.LIVE and not self._live and self.is_open:
            # A pool closes by itself when the last page is handed in.
            self.is_pool_doubtful = True

    def ask(self, look: Look) -> Question:
        """Return the question of one kind of look, asked out of turn or not."""
        match look:
            case Look.LIVE:
                query: Query = {"status": _LIVE_QUERY}
            case Look.GONE:
                query = {"id_gte": min(self._gone), "id_lte": max(self._gone)}
            case Look.TAKEN:
                query = {"created_gte": _from(self._taken)}
            case Look.ACCEPTED:
                query = {"status": AssignmentStatus.ACCEPTED.value, "accepted_gte": _from(self._accepted)}
            case Look.POOL:
                return Question(look=look, query={})
        return Question(look=look, query={"pool_id": self.pool_id, **query}, live=frozenset(self._live))


def _latest(moments: Iterable[datetime | None], known: datetime | None) -> datetime | None:
    return max((moment for moment in (*moments, known) if moment is not None), default=None)


def _from(moment: datetime | None) -> str | None:
    return None if moment is None else write_moment(moment - _OVERLAP)
