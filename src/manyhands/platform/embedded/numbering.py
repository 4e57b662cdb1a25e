"""Giving out the numbers of records, one after another."""

from manyhands.store import Transaction

from .ids import FIRST_NUMBER

__all__ = ["next_number"]


def next_number(transaction: Transaction, kind: str) -> int:
    """Return the next number for a record of this kind; until the transaction ends, nobody else gets one."""
    row = transaction.find("next_number", {"name": kind, "first": FIRST_NUMBER, "count": 1})
    return FIRST_NUMBER if row is None else int(row["value"])
