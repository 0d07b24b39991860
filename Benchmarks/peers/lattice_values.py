"""What the lattice peers compute on: parameters, vectors, and the check of results."""

import numpy

DEGREE = 8192
PRIME_BITS = 42
# Four primes for the ciphertext; a special prime, where the peer has one, comes on top.
PRIMES = 4
PLAINTEXT_MODULUS = 65537
# The smallest prime of 33 bits that is 1 modulo 2N: totals of a million records need the room.
WIDE_PLAINTEXT_MODULUS = 4295049217
# Ciphertexts in a sum, and in an inner product.
TERMS = 1000
# Pairs of ciphertexts that hold a million records: 122 · 8192 = 999,424.
PAIRS = 122


def values(index):
    """A vector of slots, another one for every index."""
    slots = numpy.arange(DEGREE, dtype=numpy.int64)
    return (slots * (2 * index + 1) + 31 * index) % 997 - 498


def centred(vector, modulus):
    """The residues of a vector in (-modulus / 2, modulus / 2]."""
    residues = numpy.asarray(vector, dtype=numpy.int64) % modulus
    return numpy.where(residues > modulus // 2, residues - modulus, residues)


def check(name, found, expected, modulus):
    """Stops the program when a peer's result is wrong: the time of a wrong result means nothing."""
    if not numpy.array_equal(centred(found, modulus), centred(expected, modulus)):
        raise SystemExit(f"{name}: the result is wrong")
