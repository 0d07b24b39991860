"""Paillier keys of any size, and their encryptions."""

import math

from common.digests import digest
from common.primes import is_prime
from common.wire import boolean, u32

FINGERPRINT_FLAG = {"Fingerprint": "The file is said to be of another key, or of parameters."}


def prime(generator, bits, remainder=3):
    """A prime of exactly so many bits, the two highest set, that is `remainder` modulo 4."""
    while True:
        candidate = generator.getrandbits(bits) | 3 << (bits - 2) | 1
        if candidate % 4 == remainder and is_prime(candidate):
            return candidate


def public_bytes(bits, short, modulus):
    return u32(bits) + boolean(short) + modulus.to_bytes((modulus.bit_length() + 7) // 8, "big")


def secret_bytes(bits, short, p, q):
    width = (bits // 2 + 7) // 8
    return u32(bits) + boolean(short) + p.to_bytes(width, "big") + q.to_bytes(width, "big")


class PaillierKey:
    """A key with short exponents, or without them."""

    def __init__(self, generator, bits, short=True):
        self.bits, self.short = bits, short
        while True:
            self.p = prime(generator, bits // 2)
            self.q = prime(generator, bits // 2, 3 if short else 1)
            if self.p != self.q and (not short or math.gcd(self.p - 1, self.q - 1) == 2):
                break
        self.n = self.p * self.q
        assert self.n.bit_length() == bits

    @property
    def public(self):
        return public_bytes(self.bits, self.short, self.n)

    @property
    def secret(self):
        return secret_bytes(self.bits, self.short, self.p, self.q)

    @property
    def fingerprint(self):
        return digest(self.public, "cryptally.paillier.public-key")

    @property
    def width(self):
        """The bytes of a ciphertext."""
        return (2 * self.bits + 7) // 8

    def encrypt(self, plaintext, generator):
        square = self.n * self.n
        mask = pow(generator.randrange(1, self.n), self.n, square)
        return (1 + plaintext * self.n) * mask % square

    def ciphertext_bytes(self, value):
        return value.to_bytes(self.width, "big")
