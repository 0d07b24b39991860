"""Encodings of claims: digits of indexed columns, what comparisons select, keys, limbs of values."""

from common.vectorfile import VectorFile
from claim_cells import cells
from claim_digits import digits, keys, selections
from claim_values import values


def files():
    return [digits(), selections(), keys(), values(), cells()]
