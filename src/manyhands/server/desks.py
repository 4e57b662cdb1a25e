"""What a handler may reach, by who came in."""

from concurrent.futures import Executor
from dataclasses import dataclass

from manyhands.crowd import WorkerId
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.store import LaunchJournal

from .accounts import AccountBook, Credentials
from .hosting import LaunchHost
from .operations import OperationBook
from .own_records import OwnRecords
from .phones import PhoneBook
from .pool_readings import PoolReadings
from .settings import ServerSettings
from .webhooks import Pusher
from .worker_records import WorkerRecords

__all__ = ["AdminDesk", "NewcomerDesk", "PublicDesk", "RequesterDesk", "WorkerDesk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequesterDesk:
    """What a requester may reach: their own platform, and nothing of others.

    Attributes:
        host: goes on with launches when asked to.
        readings: the pools that somebody looked into last.
        background: where long operations run, one after the other.
        pusher: sends notifications to webhooks.
    """

    requester: str
    platform: EmbeddedPlatform
    records: OwnRecords
    operations: OperationBook
    journal: LaunchJournal
    host: LaunchHost
    readings: PoolReadings
    background: Executor
    accounts: AccountBook
    settings: ServerSettings
    pusher: Pusher


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerDesk:
    """What a worker may reach: the worker's side of the platform, under their own id."""

    worker_id: WorkerId
    workplace: EmbeddedPlatform
    records: WorkerRecords
    credentials: Credentials
    settings: ServerSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDesk:
    """What anybody may reach who comes in without a token."""

    workplace: EmbeddedPlatform
    accounts: AccountBook
    credentials: Credentials
    phones: PhoneBook
    settings: ServerSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class NewcomerDesk:
    """What somebody may reach who has a token and is to tell who they are; `name` is what the token stands for."""

    name: str
    workplace: EmbeddedPlatform
    accounts: AccountBook
    phones: PhoneBook


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminDesk:
    """What an administrator of a testing server may reach."""

    accounts: AccountBook
