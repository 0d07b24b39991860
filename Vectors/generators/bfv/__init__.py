"""Vectors of the BFV scheme. The mathematics is that of `common.bfv`."""

from bfv import (
    addition,
    decryption,
    encoding,
    extraction,
    keys,
    modulus_switch,
    packing,
    parameters,
    plaintext_products,
    product_sums,
    products,
    relinearization,
    rotation,
    serialization,
    totals,
)

PARTS = (
    parameters,
    encoding,
    keys,
    addition,
    plaintext_products,
    products,
    product_sums,
    relinearization,
    rotation,
    modulus_switch,
    decryption,
    packing,
    extraction,
    totals,
    serialization,
)


def files():
    return [file for part in PARTS for file in part.files()]
