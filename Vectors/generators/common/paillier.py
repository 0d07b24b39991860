"""The Paillier scheme with plain integers (P. Paillier 1999, with the generator 1 + n), and the
short-exponent form of I. Damgård, M. Jurik, J. B. Nielsen 2010, section 4."""

import functools
import math
import random

from common.digests import digest
from common.primes import is_probable_prime

BASE_DOMAIN = "cryptally.paillier.short-exponent-base"
KEY_DOMAIN = "cryptally.paillier.public-key"


def random_prime(source, bits, modulo_four, highest=0b11):
    """A prime whose two highest bits are given."""
    while True:
        free = source.getrandbits(bits - 2) | 1
        candidate = highest << (bits - 2) | free
        if candidate % 4 == modulo_four and is_probable_prime(candidate):
            return candidate


def drawn_prime(bits, source):
    """3 in the two highest bits and in the two lowest; the bits between are drawn, most significant byte
    first, the ones in excess dropped."""
    free = bits - 4
    while True:
        middle = int.from_bytes(source.bytes((free + 7) // 8), "big") & ((1 << free) - 1)
        candidate = 3 << (bits - 2) | middle << 2 | 3
        if is_probable_prime(candidate):
            return candidate


def drawn_pairs(bits, source):
    """Pairs of primes, of which the last fits short exponents: gcd(p − 1, q − 1) = 2. They lie at least
    2^(bits / 2 − 100) apart; those of fewer than 200 bits differ."""
    half, pairs = bits // 2, []
    least = 1 << (half - 100) if half >= 200 else 1
    while True:
        p, q = drawn_prime(half, source), drawn_prime(half, source)
        pairs.append((p, q))
        if abs(p - q) >= least and math.gcd(p - 1, q - 1) == 2:
            return pairs


def drawn_key(bits, source):
    """The key of such a pair."""
    return Key(*drawn_pairs(bits, source)[-1], True)


class Key:
    """A key of two primes of one size; `short` says whether it is for short exponents."""

    def __init__(self, p, q, short):
        self.p, self.q, self.short = p, q, short
        self.n = p * q
        self.square = self.n * self.n
        self.bits = self.n.bit_length()
        self.width = (2 * self.bits + 7) // 8
        self.largest_signed = self.n // 3 - 1
        self.nonce_bits = (self.bits + 1) // 2 if short else self.bits

    @property
    def parameters(self):
        return {"p": f"{self.p:x}", "q": f"{self.q:x}", "short_exponents": self.short}

    def public(self):
        return public_bytes(self.bits, self.short, self.n)

    def private(self):
        return private_bytes(self.bits, self.short, self.p, self.q)

    def fingerprint(self):
        return digest(self.public(), KEY_DOMAIN).hex()

    @functools.cached_property
    def short_base(self):
        """h_s = (−x²)^n for a unit x that follows from n."""
        data = self.n.to_bytes((self.bits + 7) // 8, "big")
        expanded = b"".join(
            digest(data + counter.to_bytes(4, "little"), BASE_DOMAIN)
            for counter in range(-(-(self.bits + 128) // 256))
        )
        x = int.from_bytes(expanded, "big") % self.n
        return pow(-x * x % self.n, self.n, self.square)

    def hidden(self, m, power):
        """(1 + n)^m is 1 + m · n modulo n², by the binomial theorem."""
        return (1 + m * self.n) * power % self.square

    def encrypt(self, m, nonce):
        """(1 + n)^m · r^n, or (1 + n)^m · h_s^α for keys for short exponents."""
        if self.short:
            return self.hidden(m, pow(self.short_base, nonce, self.square))
        return self.hidden(m, pow(nonce, self.n, self.square))

    def nonce(self, source):
        if self.short:
            return source.getrandbits(self.nonce_bits)
        return self.unit(source)

    def unit(self, source):
        while True:
            r = source.randrange(1, self.n)
            if math.gcd(r, self.n) == 1:
                return r

    def random_ciphertext(self, source, m=None):
        """A ciphertext under a nonce of full width; of a random plaintext without one given."""
        m = source.randrange(self.n) if m is None else m
        return self.hidden(m, pow(self.unit(source), self.n, self.square))

    def decrypt(self, c):
        order = math.lcm(self.p - 1, self.q - 1)
        logarithm = (pow(c, order, self.square) - 1) // self.n
        return logarithm * pow(order, -1, self.n) % self.n

    def bytes(self, c):
        """A ciphertext as it is written."""
        return c.to_bytes(self.width, "big").hex()


def public_bytes(bits, flag, n):
    """The stated bits (four bytes, little endian), the flag of short exponents, n."""
    return bits.to_bytes(4, "little") + bytes([flag]) + n.to_bytes((bits + 7) // 8, "big")


def private_bytes(bits, flag, p, q):
    """The same with both primes, most significant byte first, in half the bits each."""
    half = (bits // 2 + 7) // 8
    primes = p.to_bytes(half, "big") + q.to_bytes(half, "big")
    return bits.to_bytes(4, "little") + bytes([flag]) + primes


@functools.lru_cache(maxsize=None)
def key(bits, short=True):
    """The vectors' key of a size. One that is not for short exponents has a prime that is 1 modulo
    4, and one that begins with the bits 10."""
    source = random.Random(f"a Paillier key of {bits} bits, {short}")
    while True:
        if short:
            p, q = (random_prime(source, bits // 2, 3) for _ in range(2))
        else:
            p = random_prime(source, bits // 2, 1, highest=0b10)
            q = random_prime(source, bits // 2, 3)
        fits = math.gcd(p - 1, q - 1) == 2 if short else (p * q).bit_length() == bits
        if p != q and fits:
            return Key(p, q, short)


def not_private(source):
    return ("PaillierError", f"{source}: not a Paillier private key")


def not_a_size(bits):
    return ("PaillierError", f"a Paillier modulus of {bits} bits is not admitted")


OUT_OF_RANGE = "is outside the range of the Paillier key"


def all_keys():
    """Keys of both forms, of sizes whose numbers fill their limbs and digits and of others."""
    short = [key(bits) for bits in (64, 412, 414, 512, 522, 542, 1024, 2048, 3072)]
    return short + [key(bits, False) for bits in (64, 512, 522, 2048)]


def name(key):
    return f"{key.bits} bits" + ("" if key.short else ", classical")


def plaintext_edges(n):
    return [0, 1, 2, n // 2, n // 2 + 1, n - 2, n - 1]


def no_units(k):
    """Numbers below n² that share a factor with n."""
    return [
        ("n", k.n),
        ("a multiple of n", k.n * (k.n - 1)),
        ("p", k.p),
        ("q", k.q),
        ("a multiple of p", k.p * 12345 % k.square),
        ("a multiple of q²", k.q * k.q * 77 % k.square),
        ("n² less p", k.square - k.p),
    ]
