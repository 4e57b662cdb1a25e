"""Toloka and everything that speaks its public API.

In: JSON of the API, or our records. Out: the other of the two. For now it holds the wire format; it never talks to anybody.
"""
