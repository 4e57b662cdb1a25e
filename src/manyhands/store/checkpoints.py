"""Bringing what was committed from SQLite's write-ahead log into the database file, beside the work instead of in the middle of it."""

import sqlite3
import threading
from pathlib import Path

__all__ = ["Checkpoints"]

#: A log of so many commits is a few megabytes; copying it takes a moment, and reading does not get slower before that.
_COMMITS_BETWEEN = 256
#: A copier that finds the file locked tries again after the next commits; it must not keep the process from ending.
_PATIENCE_S = 1.0


class Checkpoints:
    """Copies the log of a database file whenever it has grown, in a thread that begins with the first need.

    By itself SQLite copies within a commit, which then waits for the disk, and everybody who waits for the transaction with it.

    Args:
        path: the database file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._commit_count = 0
        self._is_due = threading.Event()
        self._is_over = False
        self._thread: threading.Thread | None = None

    def note_commit(self) -> None:
        """Count a commit; called by one thread at a time."""
        self._commit_count += 1
        if self._commit_count % _COMMITS_BETWEEN:
            return
        self._is_due.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="manyhands-checkpoints", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End the thread; closing again does nothing."""
        self._is_over = True
        self._is_due.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        connection = sqlite3.connect(self._path, timeout=_PATIENCE_S)
        try:
            while True:
                self._is_due.wait()
                self._is_due.clear()
                if self._is_over:
                    return
                _copy(connection)
        finally:
            connection.close()


def _copy(connection: sqlite3.Connection) -> None:
    try:
        # PASSIVE waits for nobody and keeps nobody waiting; what readers still need is copied the next time.
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    except sqlite3.OperationalError:
        # The log stays as it is; SQLite copies it by itself when it gets very long.
        return
