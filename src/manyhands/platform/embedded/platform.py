"""The embedded platform: a place with workers in this process."""

from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from manyhands.crowd import Clock, Money, PlatformFeatures, SystemClock
from manyhands.store import LaunchJournal, SqliteStore, Store, open_store

from .appeals import Appealing
from .attaching import Attaching
from .changing import Changing
from .conversing import Conversing
from .deliveries import Delivering
from .inviting import Inviting
from .joining import Joining
from .judging import Judging
from .messaging import Messaging
from .people import People
from .prices import Tariff
from .projects import Projects
from .publishing import Publishing
from .skills import Skills
from .suites import Suites
from .telling import Telling
from .webhooks import Subscribing
from .working import Working

__all__ = ["EmbeddedPlatform"]


class EmbeddedPlatform(
    Projects,
    Publishing,
    Suites,
    Changing,
    Judging,
    People,
    Inviting,
    Skills,
    Telling,
    Joining,
    Working,
    Attaching,
    Messaging,
    Conversing,
    Appealing,
    Subscribing,
    Delivering,
):
    """A platform of one's own: `Platform` for one requester and `Workplace` for all workers, over a store.

    Args:
        store: where everything is kept; several platforms, in several processes too, may share it.
        clock: the time at which everything happens.
        fee_share: what the platform keeps of every reward and bonus; 0.2 is a fifth.
        min_fee: what it keeps at least.
        requester: whose projects, pools, budgets and skills are seen.
        seed: makes the order of tasks and pages repeatable when one thread at a time uses the platform.

    Example:
        >>> platform = EmbeddedPlatform.in_memory(fee_share=0.2)
        >>> platform.fee(Money("0.05"))
        Money('0.01')
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Clock | None = None,
        fee_share: float = 0.0,
        min_fee: Money | None = None,
        requester: str = "default",
        seed: int | None = None,
    ) -> None:
        tariff = Tariff(fee_share=fee_share, min_fee=min_fee or Money(0))
        super().__init__(store, clock=clock or SystemClock(), tariff=tariff, requester=requester, seed=seed)
        self._journal = LaunchJournal(store)
        self._features = PlatformFeatures(
            name="embedded", has_budgets=True, has_exclusive_groups=True, poll_interval=timedelta(0)
        )

    @classmethod
    def in_memory(
        cls,
        *,
        clock: Clock | None = None,
        fee_share: float = 0.0,
        min_fee: Money | None = None,
        requester: str = "default",
        seed: int | None = None,
    ) -> Self:
        """Return a platform that lives as long as the process."""
        return cls(
            SqliteStore(None),
            clock=clock,
            fee_share=fee_share,
            min_fee=min_fee,
            requester=requester,
            seed=seed,
        )

    @classmethod
    def in_file(
        cls,
        path: Path | str,
        *,
        clock: Clock | None = None,
        fee_share: float = 0.0,
        min_fee: Money | None = None,
        requester: str = "default",
        seed: int | None = None,
    ) -> Self:
        """Return the platform kept in an SQLite file, which is made when it is not there."""
        return cls(
            SqliteStore(Path(path)),
            clock=clock,
            fee_share=fee_share,
            min_fee=min_fee,
            requester=requester,
            seed=seed,
        )

    @classmethod
    def connect(
        cls,
        url: str,
        *,
        clock: Clock | None = None,
        fee_share: float = 0.0,
        min_fee: Money | None = None,
        requester: str = "default",
        seed: int | None = None,
    ) -> Self:
        """Return the platform at ``sqlite:///file.db``, ``sqlite://`` (in memory) or ``postgresql://...``."""
        return cls(
            open_store(url),
            clock=clock,
            fee_share=fee_share,
            min_fee=min_fee,
            requester=requester,
            seed=seed,
        )

    @property
    def features(self) -> PlatformFeatures:
        """What the platform can promise by itself: everything."""
        return self._features

    @property
    def journal(self) -> LaunchJournal:
        """The journal of launches in the same store."""
        return self._journal

    def close(self) -> None:
        """Let go of the store; waiting calls return."""
        self.wake()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
