"""Claims: schemas and layouts, digits of indexed columns, comparisons, keys, limbs of values, cells."""

from claims.cells import cells
from claims.digits import digits, keys, selections
from claims.layouts import layouts
from claims.schemas import schemas
from claims.values import values


def files():
    return [schemas(), layouts(), digits(), selections(), keys(), values(), cells()]
