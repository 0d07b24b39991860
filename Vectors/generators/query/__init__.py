"""Queries: the dialect, conditions, plans, and what is released."""

from query.disclosure import disclosure
from query.plans import plans
from query.predicates import predicates
from query.sql import texts


def files():
    return [texts(), predicates(), plans(), disclosure()]
