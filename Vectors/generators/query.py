"""Queries: conditions, SQL, plans."""

from query_predicates import predicates


def files():
    return [predicates()]
