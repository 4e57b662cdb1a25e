"""The application: every door of the server behind one front."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from starlette.routing import BaseRoute, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from manyhands.crowd import Clock, Money, SystemClock
from manyhands.errors import NotFound
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.store import Store

from . import toloka_v1
from .calls import Answer, Call
from .crew import Crew
from .doors import Door, Key, UploadDoor
from .doorways import Doorway, Porter, UploadDoorway
from .front import Front
from .guesses import GuessLimit
from .native import (
    ACCOUNT_DOORS,
    APPEAL_DOORS,
    ENTRANCE_DOORS,
    FILE_DOORS,
    MESSAGE_DOORS,
    REQUESTER_DOORS,
    UPLOAD_DOORS,
    WORKER_DOORS,
    Documented,
    describe_api,
)
from .office import Office
from .pages import WATCH_DOORS, WORK_PAGE_DOORS, asset_routes, live_route
from .port import PORT_DOORS
from .settings import ServerSettings
from .upkeep import keep_tidy
from .webhooks import Courier
from .worker_programs import ADMIN_DOORS, FORM_DOORS, REGISTRATION_DOORS, TIME_DOORS, WORK_DOORS

__all__ = ["create_app"]

D = TypeVar("D")
#: Handlers that wait for somebody outside at the same time.
_PATIENT_THREAD_COUNT = 4
#: Passwords that are checked at the same time; the rest of the machine is for those who work.
_SLOW_THREAD_COUNT = 2


def create_app(
    store: Store,
    *,
    clock: Clock | None = None,
    settings: ServerSettings | None = None,
    fee_share: float = 0.0,
    min_fee: Money | None = None,
    workplace: EmbeddedPlatform | None = None,
    requester: str = "default",
    pages: Sequence[BaseRoute] = (),
) -> ASGIApp:
    """Return the server as an ASGI application.

    Args:
        store: where everything is kept; the caller closes it.
        clock: the time at which everything happens.
        settings: limits and switches.
        fee_share: what the platform keeps of every reward and bonus; 0.2 is a fifth.
        min_fee: what it keeps at least.
        workplace: a platform over the same store in this process; its launches hear at once of what workers do here.
        requester: whose platform the workplace is; this requester's account is made if it is not there.
        pages: routes of web pages, looked at after the doors of the API.
    """
    office = Office(
        store,
        clock=clock or SystemClock(),
        settings=settings or ServerSettings(),
        fee_share=fee_share,
        min_fee=min_fee,
        workplace=workplace,
        requester=requester,
    )
    return Front(_Building(office, pages).router)


class _Building:
    """Puts the doors into their places and lets the threads go at the end."""

    def __init__(self, office: Office, pages: Sequence[BaseRoute]) -> None:
        self._office = office
        store, thread_count = office.store, office.settings.thread_count
        self._crew = Crew(thread_count, name="manyhands-server")
        # What workers do all the time waits for nobody's long lists, and threads that would only wait for each other's transactions cost time.
        writer_count = min(thread_count, store.writer_count)
        self._short_crew = Crew(writer_count, name="manyhands-short", together=store.together)
        self._patient_crew = Crew(_PATIENT_THREAD_COUNT, name="manyhands-patient")
        self._slow_crew = Crew(_SLOW_THREAD_COUNT, name="manyhands-slow")
        guesses = GuessLimit(office.settings.guesses_per_minute)
        self._porter = Porter(office.accounts, crew=self._crew, guesses=guesses)
        routes = [
            # Workers come most often, and doors are looked for in this order.
            *(self._route(door, Key.WORKER, office.worker_desk) for door in WORK_DOORS),
            *(self._route(door, Key.WORKER, office.worker_desk) for door in WORKER_DOORS),
            *(self._route(door, Key.WORKER, office.worker_desk) for door in WORK_PAGE_DOORS),
            *(self._route(door, Key.WORKER, office.worker_desk) for door in (*FILE_DOORS, *MESSAGE_DOORS)),
            *(self._upload_route(door, Key.WORKER, office.worker_desk) for door in UPLOAD_DOORS),
            *(self._route(door, Key.REQUESTER, office.requester_desk) for door in (*WATCH_DOORS, *REQUESTER_DOORS)),
            *(self._route(door, Key.REQUESTER, office.requester_desk) for door in APPEAL_DOORS),
            *(self._route(door, Key.REQUESTER, office.requester_desk) for door in PORT_DOORS),
            *(self._route(door, Key.REQUESTER, office.requester_desk) for door in toloka_v1.REQUESTER_DOORS),
            *(self._route(door, Key.WORKER, office.worker_desk) for door in ACCOUNT_DOORS),
            *(self._route(door, Key.VISITOR, office.public_desk) for door in ENTRANCE_DOORS),
            self._route(Door(method="GET", path="/api/openapi.json", handle=_show_api), Key.NONE, lambda _: None),
            self._route(Door(method="GET", path="/health", handle=_check_health), Key.NONE, lambda _: office),
            *(self._testing_routes() if office.settings.is_testing else ()),
            live_route(office, self._porter),
            *pages,
            *asset_routes(),
        ]
        self.router = Router(routes, redirect_slashes=False, default=_find_nothing, lifespan=self._live)

    def _testing_routes(self) -> list[Route]:
        office = self._office
        return [
            *(self._route(door, Key.TESTING, office.public_desk) for door in REGISTRATION_DOORS),
            *(self._route(door, Key.WORKER, office.worker_desk) for door in TIME_DOORS),
            *(self._route(door, Key.NEWCOMER, office.newcomer_desk) for door in FORM_DOORS),
            *(self._route(door, Key.ADMIN, office.admin_desk) for door in ADMIN_DOORS),
        ]

    def _route(self, door: Door[D], key: Key, desk: Callable[[str], D]) -> Route:
        doorway = Doorway(
            door,
            key=key,
            porter=self._porter,
            desk=desk,
            crew=self._crew_for(door),
            most_bytes=self._office.settings.max_body_bytes,
        )
        return Route(door.path, doorway, methods=[door.method])

    def _crew_for(self, door: Door[Any]) -> Crew:
        if door.is_patient:
            return self._patient_crew
        if door.is_slow:
            return self._slow_crew
        return self._short_crew if door.is_short else self._crew

    def _upload_route(self, door: UploadDoor[D], key: Key, desk: Callable[[str], D]) -> Route:
        doorway = UploadDoorway(
            door,
            key=key,
            porter=self._porter,
            desk=desk,
            crew=self._crew,
            most_bytes=self._office.settings.max_file_bytes,
        )
        return Route(door.path, doorway, methods=[door.method])

    @asynccontextmanager
    async def _live(self, _app: object) -> AsyncIterator[None]:
        self._office.background.submit(toloka_v1.resume_operations, self._office)
        courier = Courier(self._office.workplace, self._office.pusher, self._crew)
        chores = [
            asyncio.create_task(keep_tidy(self._office.workplace, self._crew)),
            asyncio.create_task(courier.run()),
        ]
        self._office.host.begin()
        try:
            yield
        finally:
            self._office.host.end()
            for chore in chores:
                chore.cancel()
            await asyncio.gather(*chores, return_exceptions=True)
            for crew in (self._patient_crew, self._slow_crew, self._crew, self._short_crew):
                crew.dismiss()
            self._office.background.shutdown(wait=True, cancel_futures=True)


def _show_api(_desk: None, _call: Call) -> Answer:
    documented: list[Documented] = [
        *((door, Key.VISITOR) for door in ENTRANCE_DOORS),
        *(
            (door, Key.WORKER)
            for door in (*WORKER_DOORS, *WORK_PAGE_DOORS, *ACCOUNT_DOORS, *FILE_DOORS, *MESSAGE_DOORS)
        ),
        *((door, Key.WORKER) for door in UPLOAD_DOORS),
        *((door, Key.REQUESTER) for door in (*REQUESTER_DOORS, *WATCH_DOORS, *APPEAL_DOORS, *PORT_DOORS)),
    ]
    return Answer(payload=describe_api(documented))


def _check_health(office: Office, _call: Call) -> Answer:
    with office.store.reading() as transaction:
        transaction.find("find_schema_version", {})
    return Answer(payload={"status": "ok"})


async def _find_nothing(scope: Scope, _receive: Receive, _send: Send) -> None:
    raise NotFound(f"there is nothing at {scope.get('path', '')}")
