"""Paillier keys: from primes, from a seed, and primes that make none."""

import math
import random

from common.keystream import Keystream
from common.paillier import Key, drawn_pairs, key, not_a_size, not_private, random_prime
from common.primes import is_probable_prime
from common.vectorfile import VectorFile


def close_primes(bits, distance, modulo_four):
    """Primes whose distance is at least so large, and by less than a thousandth more."""
    source = random.Random(f"close primes of {bits} bits")
    while True:
        p = random_prime(source, bits, modulo_four)
        q = p + distance + (-distance) % 4
        for _ in range(40):
            if is_probable_prime(q):
                return p, q
            q += 4


def primes_below(bits, distance):
    """Primes that lie apart by less than the distance, and by more than half of it."""
    source = random.Random(f"primes of {bits} bits that are too close")
    while True:
        p = random_prime(source, bits, 3)
        q = p + (distance - 4) // 4 * 4
        while q - p > distance // 2:
            if is_probable_prime(q):
                return p, q
            q -= 4


def keys():
    file = VectorFile(
        "paillier/key.json",
        "paillier.key",
        "What follows from the primes of a key, and primes that make none.",
        "paillier/keys.py",
        {
            "ShortExponents": "The key is for short exponents: primes that are 3 modulo 4, with gcd(p − 1, q − 1) = 2.",
            "LowHighBits": "A prime begins with the bits 10.",
            "PartialLimb": "Neither the modulus nor its primes fill their limbs of 64 bits.",
            "DigestEdge": "The base's digests have exactly 128 bits more than the modulus.",
            "UnequalSizes": "The primes have different sizes.",
            "TooClose": "The primes lie closer together than 2^(bits / 2 − 100).",
            "CommonDivisor": "p − 1 and q − 1 have a common divisor above 2, or the modulus and φ one above 1.",
            "NotPrime": "A number is no prime.",
            "ModuloFour": "A prime is 1 modulo 4.",
        },
    )
    group = file.group("keys")

    def valid(comment, flags, key):
        outputs = {
            "modulus": f"{key.n:x}",
            "bits": key.bits,
            "public_key": key.public().hex(),
            "private_key": key.private().hex(),
            "fingerprint": key.fingerprint(),
            "largest_signed": f"{key.largest_signed:x}",
        }
        if key.short:
            outputs["short_exponent_base"] = f"{key.short_base:x}"
            flags = ["ShortExponents"] + flags
        if key.bits % 128:
            flags.append("PartialLimb")
        if any(prime >> (prime.bit_length() - 2) == 0b10 for prime in (key.p, key.q)):
            flags.append("LowHighBits")
        group.case(comment, flags, **key.parameters, **outputs)

    for bits in (64, 128, 384, 412, 414, 512, 522, 542, 620, 622, 1024, 2048, 3072):
        valid(f"{bits} bits", ["DigestEdge"] if bits % 256 == 128 else [], key(bits))
    for bits in (512, 522, 2048):
        valid(f"{bits} bits, for the classical form", ["ModuloFour"], key(bits, False))
    # Those that keys for short exponents may not have.
    other = key(512)
    source = random.Random("primes of other keys")
    while True:
        p, q = random_prime(source, 256, 3), random_prime(source, 256, 3)
        if math.gcd(p - 1, q - 1) % 3 == 0:
            sixfold = Key(p, q, False)
            break
    valid("gcd(p − 1, q − 1) is a multiple of 6", ["CommonDivisor"], sixfold)
    distance = 1 << (256 - 100)
    apart = Key(*close_primes(256, distance, 3), False)
    valid("primes as close as they may be", [], apart)

    group = file.group("what makes no key")

    def invalid(comment, flags, p, q, short=True, error=not_private("private key")):
        group.case(comment, flags, "invalid", error, p=f"{p:x}", q=f"{q:x}", short_exponents=short)

    p, q = other.p, other.q
    invalid("p is q", ["TooClose"], p, p)
    for short in (True, False):
        invalid("p is 2 less", ["NotPrime"], p - 2, q, short)
        invalid("q is even", ["NotPrime"], p, q - 1, short)
        invalid("primes too close together", ["TooClose"], *primes_below(256, distance), short)
        longer = random_prime(source, 264, 3)
        invalid("q has a byte more", ["UnequalSizes"], p, longer, short)
        invalid("q has a bit less", ["UnequalSizes"], p, random_prime(source, 255, 3), short)
    factor = 1
    while not is_probable_prime(2 * factor * p + 1) or (2 * factor * p + 1) % 4 != 3:
        factor += 1
    invalid("p divides q − 1", ["UnequalSizes", "CommonDivisor"], p, 2 * factor * p + 1, False)
    invalid("gcd(p − 1, q − 1) is a multiple of 6", ["CommonDivisor"], sixfold.p, sixfold.q)
    invalid("p is 1 modulo 4", ["ModuloFour"], random_prime(source, 256, 1), q)
    invalid("q is 1 modulo 4", ["ModuloFour"], p, random_prime(source, 256, 1))
    low = random_prime(source, 256, 3, highest=0b10)
    invalid("p begins with the bits 10", ["LowHighBits"], low, q)
    invalid("p is a square", ["NotPrime"], random_prime(source, 128, 3) ** 2, q, False)
    invalid("p is a product of two primes", ["NotPrime"], key(256).n, q, False)
    while True:
        lows = [random_prime(source, 256, 3, highest=0b10) for _ in range(2)]
        if (lows[0] * lows[1]).bit_length() == 511:
            break
    invalid("the modulus is a bit short", ["LowHighBits"], *lows, False, not_a_size(511))
    tiny = [random_prime(source, 31, 3) for _ in range(2)]
    invalid("primes of 31 bits", [], *tiny)
    invalid("zero", ["NotPrime"], 0, 0)
    invalid("one", ["NotPrime"], 1, 1)
    return file


def generation():
    file = VectorFile(
        "paillier/generation.json",
        "paillier.generation",
        "Keys that follow from a seed: how bytes become primes.",
        "paillier/keys.py",
        {"DrawnAgain": "A pair of primes does not fit short exponents, and both are drawn again."},
    )
    group = file.group("keys from seeds")

    seeds = random.Random(20240302)
    for bits in (64, 64, 66, 96, 128, 200, 412, 512, 522):
        seed = seeds.randbytes(32)
        pairs = drawn_pairs(bits, Keystream(seed))
        p, q = pairs[-1]
        group.case(
            f"{bits} bits, pair {len(pairs)}",
            ["DrawnAgain"] if len(pairs) > 1 else [],
            seed=seed.hex(),
            bits=bits,
            p=f"{p:x}",
            q=f"{q:x}",
        )
    for bits in (-2, 0, 32, 62, 65, 513, 4098):
        group.case(
            f"{bits} bits",
            (),
            "invalid",
            not_a_size(bits),
            seed=seeds.randbytes(32).hex(),
            bits=bits,
        )
    return file


def files():
    return [keys(), generation()]
