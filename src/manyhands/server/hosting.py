"""Launches that the server goes on with, because a requester asked for it and whoever launched is gone."""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from manyhands.connect import Connection, connect_to
from manyhands.crowd import SystemClock
from manyhands.errors import ManyhandsError, NotFound, PlatformUnavailable
from manyhands.launches import LaunchHandle, LaunchState, is_left_alone
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.store import LaunchJournal, Store

__all__ = ["LaunchHost"]

_LOG = logging.getLogger("manyhands.server")
_LOOK_EVERY_S = 2.0


class LaunchHost:
    """Looks for launches that somebody wants to go on and nobody works on, and runs them. Several servers may do so on one store.

    A launch that was hosted when its server was killed is taken over by the next server that looks.

    Args:
        store: where launches are kept.
        find_platform: returns the platform of a requester.
    """

    def __init__(self, store: Store, find_platform: Callable[[str], EmbeddedPlatform]) -> None:
        self._store = store
        self._journal = LaunchJournal(store)
        self._find_platform = find_platform
        self._wall = SystemClock()
        # Held here as well, because nothing else holds a runner without launches.
        self._connections: dict[str, Connection] = {}
        self._handles: dict[str, tuple[Connection, LaunchHandle]] = {}
        self._is_ending = threading.Event()
        self._is_asked = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Begin to look, every two seconds and whenever somebody asks."""
        self._thread = threading.Thread(target=self._look_on, name="manyhands-launch-host", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Let go of all launches as they are; the next server goes on with them."""
        self._is_ending.set()
        self._is_asked.set()
        if self._thread is not None:
            self._thread.join()
        for name, (connection, _) in self._handles.items():
            connection.runner.let_go(name)

    def ask(self) -> None:
        """Make it look at once."""
        self._is_asked.set()

    def look(self) -> None:
        """Take over what waits for somebody, once."""
        self._handles = {name: held for name, held in self._handles.items() if not held[1].is_over}
        requested, heard, now = self._journal.resume_requests(), self._journal.last_heard(), self._wall.now()
        for name, document in self._journal.list():
            is_orphaned = bool(document.get("is_hosted")) and _is_left_alone(document, heard.get(name), now)
            if name not in self._handles and (name in requested or is_orphaned):
                self._take_over(name, document)

    def _look_on(self) -> None:
        while not self._is_ending.is_set():
            try:
                self.look()
            except Exception:  # noqa: BLE001 - the top of the thread: it logs and looks again
                _LOG.exception("looking for launches to go on with failed")
            self._is_asked.wait(_LOOK_EVERY_S)
            self._is_asked.clear()

    def _take_over(self, name: str, document: Mapping[str, Any]) -> None:
        try:
            connection = self._connection(self._requester_of(document))
            handle = connection.runner.resume(name)
        except PlatformUnavailable:
            # It is looked at again in a while.
            raise
        except ManyhandsError as error:
            _LOG.warning("launch %s cannot go on: %s", name, error)
            self._journal.clear_resume(name)
            self._journal.update(name, {**document, "is_hosted": False, "problem": str(error)})
            return
        if handle is not None:
            self._handles[name] = connection, handle

    def _requester_of(self, document: Mapping[str, Any]) -> str:
        pool_id = str(document.get("pool_id"))
        with self._store.reading() as transaction:
            row = transaction.find("find_pool_home", {"id": int(pool_id) if pool_id.isdecimal() else 0})
        if row is None:
            raise NotFound(f"there is no pool {pool_id}")
        return str(row["requester"])

    def _connection(self, requester: str) -> Connection:
        if requester not in self._connections:
            self._connections[requester] = connect_to(self._find_platform(requester))
        return self._connections[requester]


def _is_left_alone(document: Mapping[str, Any], heard: datetime | None, now: datetime) -> bool:
    return is_left_alone(LaunchState(document.get("state", LaunchState.WAITING)), heard, now=now)
