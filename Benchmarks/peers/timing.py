"""What the peers' programs share: timing, the order of output, and the numbers to compute on."""

import gc
import json
import statistics
import time

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


def announce(peer, parameters):
    """The first line: who is measured, and with what."""
    print(json.dumps({"peer": peer, "parameters": parameters, "threads": 1}), flush=True)


def measure(name, operation, *, before=None, calls=1, share=1, seconds=1.0, least=5):
    """Times an operation and prints the median in microseconds.

    before: runs ahead of each sample, outside of the timed part.
    calls: calls in one sample, for operations near the clock's resolution.
    share: parts that one call counts as, such as the limbs of a ciphertext.
    seconds, least: samples are taken for so long, and at least so many.
    """
    def sample():
        if before is not None:
            before()
        start = time.perf_counter_ns()
        for _ in range(calls):
            operation()
        return (time.perf_counter_ns() - start) / 1000 / calls / share

    gc.collect()
    gc.disable()
    for _ in range(min(3, least - 1)):
        sample()
    samples = []
    end = time.perf_counter() + seconds
    while len(samples) < least or time.perf_counter() < end:
        samples.append(sample())
    gc.enable()
    median = round(statistics.median(samples), 3)
    print(json.dumps({"name": name, "us": median, "count": len(samples)}), flush=True)
