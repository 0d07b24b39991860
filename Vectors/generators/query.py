"""Queries: conditions, SQL, plans."""

from query_plans import plans
from query_predicates import predicates
from query_sql import texts


def files():
    return [texts(), predicates(), plans()]
