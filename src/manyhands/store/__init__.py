"""Persistence of the embedded platform and of the journal of launches.

In: named statements with values, and JSON documents of launches. Out: rows and documents. It never decides anything: what the rows mean is
known to its callers.
"""

from .journal import JournalEntry, LaunchJournal
from .ports import Row, SqlValue, Store, Transaction
from .sqlite import SqliteStore
from .urls import open_store

__all__ = ["JournalEntry", "LaunchJournal", "Row", "SqlValue", "SqliteStore", "Store", "Transaction", "open_store"]
