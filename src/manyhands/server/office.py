"""What all doors of a server share: accounts, a platform for each requester, one workplace for all workers."""

import threading
from concurrent.futures import ThreadPoolExecutor

from manyhands.crowd import Clock, Money, Project, ProjectId, SystemClock, WorkerId
from manyhands.errors import NotFound
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.store import Store

from .accounts import AccountBook, Credentials
from .desks import AdminDesk, NewcomerDesk, PublicDesk, RequesterDesk, WorkerDesk
from .hosting import LaunchHost
from .operations import OperationBook
from .own_records import OwnRecords
from .phones import PhoneBook
from .pool_readings import PoolReadings
from .settings import ServerSettings
from .webhooks import Pusher
from .worker_records import WorkerRecords

__all__ = ["Office"]


class Office:
    """Gives everybody who comes in a desk with what they may reach. Thread-safe.

    Args:
        store: where everything is kept.
        clock: the time at which everything happens.
        settings: limits and switches.
        fee_share: what the platform keeps of every reward and bonus.
        min_fee: what it keeps at least.
        workplace: a platform over the same store in the same process; its own launches hear at once of what workers do here.
        requester: whose platform the workplace is.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Clock | None = None,
        settings: ServerSettings,
        fee_share: float = 0.0,
        min_fee: Money | None = None,
        workplace: EmbeddedPlatform | None = None,
        requester: str = "default",
    ) -> None:
        self._store = store
        self._clock = clock or SystemClock()
        self._fee_share = fee_share
        self._min_fee = min_fee
        self._lock = threading.Lock()
        self._platforms: dict[str, EmbeddedPlatform] = {}
        self.settings = settings
        self._phones = PhoneBook()
        self.pusher = Pusher(is_private_allowed=settings.is_testing or settings.are_private_webhooks_allowed)
        self.background = ThreadPoolExecutor(1, thread_name_prefix="manyhands-operations")
        self.accounts = AccountBook(store, clock=self._clock, memory_s=settings.token_memory_s)
        self._credentials = Credentials.over(store, clock=self._clock, accounts=self.accounts)
        if workplace is not None:
            self._platforms[requester] = workplace
        self._workplace = workplace or self._platform(requester)
        self.host = LaunchHost(store, self._platform)
        self._readings = PoolReadings()
        self.accounts.put_requester(requester)

    @property
    def store(self) -> Store:
        """Where everything is kept."""
        return self._store

    @property
    def workplace(self) -> EmbeddedPlatform:
        """Where the workers of all requesters work."""
        return self._workplace

    def requester_desk(self, requester: str) -> RequesterDesk:
        """Return the desk of a requester, who sees nobody else's records."""
        platform = self._platform(requester)
        return RequesterDesk(
            requester=requester,
            platform=platform,
            records=OwnRecords(platform, requester=requester),
            operations=OperationBook(self._store, clock=self._clock, requester=requester),
            journal=platform.journal,
            host=self.host,
            readings=self._readings,
            background=self.background,
            accounts=self.accounts,
            settings=self.settings,
            pusher=self.pusher,
        )

    def worker_desk(self, worker_id: str) -> WorkerDesk:
        """Return the desk of a worker."""
        return WorkerDesk(
            worker_id=WorkerId(worker_id),
            workplace=self._workplace,
            records=WorkerRecords(self._workplace, WorkerId(worker_id), find_project=self._find_project),
            credentials=self._credentials,
            settings=self.settings,
        )

    def public_desk(self, _name: str) -> PublicDesk:
        """Return the desk of somebody who is not known."""
        return PublicDesk(
            workplace=self._workplace,
            accounts=self.accounts,
            credentials=self._credentials,
            phones=self._phones,
            settings=self.settings,
        )

    def newcomer_desk(self, name: str) -> NewcomerDesk:
        """Return the desk of somebody who has a token and is to tell who they are."""
        return NewcomerDesk(name=name, workplace=self._workplace, accounts=self.accounts, phones=self._phones)

    def admin_desk(self, _name: str) -> AdminDesk:
        """Return the desk of an administrator."""
        return AdminDesk(accounts=self.accounts)

    def _find_project(self, project_id: ProjectId) -> Project:
        number = int(project_id) if project_id.isdecimal() else 0
        with self._workplace.reading() as transaction:
            row = transaction.find("find_project_owner", {"id": number})
        if row is None:
            raise NotFound(f"there is no project {project_id}")
        return self._platform(str(row["requester"])).get_project(project_id)

    def _platform(self, requester: str) -> EmbeddedPlatform:
        with self._lock:
            found = self._platforms.get(requester)
            if found is None:
                found = EmbeddedPlatform(
                    self._store,
                    clock=self._clock,
                    fee_share=self._fee_share,
                    min_fee=self._min_fee,
                    requester=requester,
                )
                self._platforms[requester] = found
            return found
