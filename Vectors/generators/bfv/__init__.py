"""Vectors of the BFV scheme. The mathematics is that of `common.bfv`."""

from bfv import arithmetic, encoding, keys, parameters, products, rotation, serialization, totals


def files():
    parts = (parameters, encoding, keys, arithmetic, products, rotation, totals, serialization)
    return [file for part in parts for file in part.files()]
