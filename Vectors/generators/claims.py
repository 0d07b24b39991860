"""Claims: schemas and layouts, digits of indexed columns, comparisons, keys, limbs of values, cells."""

from claim_cells import cells
from claim_digits import digits, keys, selections
from claim_schemas import layouts, schemas
from claim_values import values


def files():
    return [schemas(), layouts(), digits(), selections(), keys(), values(), cells()]
