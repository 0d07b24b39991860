"""Paillier keys: from primes, from a seed, from bytes, and what is no key."""

import math
import random

from common.digests import digest
from common.keystream import Keystream
from common.paillier import KEY_DOMAIN, Key, key, private_bytes, public_bytes, random_prime
from common.primes import SMALL_PRIMES, is_probable_prime
from common.vectorfile import VectorFile



def not_private(source):
    return ("PaillierError", f"{source}: not a Paillier private key")


def not_a_size(bits):
    return ("PaillierError", f"a Paillier modulus of {bits} bits is not admitted")


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


def composite(source, bits):
    """An odd number of so many bits that is no prime and has no small factor."""
    while True:
        n = source.getrandbits(bits) | 1 << (bits - 1) | 1
        if all(n % p for p in SMALL_PRIMES) and pow(2, n - 1, n) != 1:
            return n


def keys():
    file = VectorFile(
        "paillier/key.json",
        "paillier.key",
        "What follows from the primes of a key, and primes that make none.",
        "paillier_keys.py",
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
        group.case(
            comment, flags, "invalid", error, p=f"{p:x}", q=f"{q:x}", short_exponents=short
        )

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
        "paillier_keys.py",
        {"DrawnAgain": "A pair of primes does not fit short exponents, and both are drawn again."},
    )
    group = file.group("keys from seeds")

    def prime(source, bits):
        free = bits - 4
        while True:
            drawn = source.bytes((free + 7) // 8)
            middle = int.from_bytes(drawn, "big") & (1 << free) - 1
            candidate = 3 << (bits - 2) | middle << 2 | 3
            if is_probable_prime(candidate):
                return candidate

    seeds = random.Random(20240302)
    for bits in (64, 64, 66, 96, 128, 200, 412, 512, 522):
        seed = seeds.randbytes(32)
        source, pairs = Keystream(seed), 0
        while True:
            p, q = prime(source, bits // 2), prime(source, bits // 2)
            pairs += 1
            if p != q and math.gcd(p - 1, q - 1) == 2:
                break
        group.case(
            f"{bits} bits, pair {pairs}",
            ["DrawnAgain"] if pairs > 1 else [],
            seed=seed.hex(),
            bits=bits,
            p=f"{p:x}",
            q=f"{q:x}",
        )
    for bits in (-2, 0, 32, 62, 65, 513, 4098):
        group.case(
            f"{bits} bits", (), "invalid", not_a_size(bits), seed=seeds.randbytes(32).hex(), bits=bits
        )
    return file


def private_keys():
    file = VectorFile(
        "paillier/private-key.json",
        "paillier.private-key",
        "Private keys as bytes. What is wrong with others stays unsaid.",
        "paillier_keys.py",
        {
            "Truncated": "Bytes are missing.",
            "TooLong": "There are bytes more.",
            "Size": "The stated size is not the primes', or is not admitted.",
            "Flag": "The flag of short exponents is neither 0 nor 1, or not true.",
            "Primes": "The numbers are not the primes of a key.",
            "ExcessBits": "A bit is set above a prime's width.",
        },
    )
    small, foreign, real = key(522), key(522, False), key(2048)
    for admits in ("testing", "production"):
        group = file.group(f"{admits} sizes", admits=admits)
        keys = [small, foreign, key(64)] if admits == "testing" else [real, key(2048, False)]
        for k in keys:
            group.case(f"{k.bits} bits", bytes=k.private().hex(), fingerprint=k.fingerprint())

        def invalid(comment, flags, data):
            group.case(comment, flags, "invalid", not_private("secret.key"), bytes=data.hex())

        if admits == "production":
            for bits in (512, 1024):
                invalid(f"a key of {bits} bits, for tests only", ["Size"], key(bits).private())
            invalid("cut short by a byte", ["Truncated"], real.private()[:-1])
            continue
        good, p, q, bits = small.private(), small.p, small.q, small.bits
        for length in (0, 1, 3, 4, 5, 6, len(good) // 2, len(good) - 1):
            invalid(f"{length} bytes of {len(good)}", ["Truncated"], good[:length])
        invalid("a byte more", ["TooLong"], good + b"\0")
        invalid("a prime more", ["TooLong"], good + good[5:38])
        for stated in (0, 62, 520, 521, 523, 524, 4098, 1 << 31, 0xFFFFFFFF):
            data = stated.to_bytes(4, "little") + good[4:]
            invalid(f"{stated} bits stated", ["Size"], data)
        for flag in (2, 255):
            invalid(f"flag {flag}", ["Flag"], good[:4] + bytes([flag]) + good[5:])
        invalid(
            "a classical key that claims short exponents",
            ["Flag"],
            private_bytes(bits, 1, foreign.p, foreign.q),
        )
        without = Key(p, q, False)
        group.case(
            "a key that does not claim them",
            ["Flag"],
            bytes=without.private().hex(),
            fingerprint=without.fingerprint(),
        )
        for comment, a, b in (
            ("p is q", p, p),
            ("p is 2 less", p - 2, q),
            ("p is even", p - 1, q),
            ("p lacks its highest bit", p - (1 << 260), q),
            ("p lacks its second bit", p - (1 << 259), q),
            ("q is 0", p, 0),
            ("both are 0", 0, 0),
            ("a bit of q is flipped", p, q ^ 1 << 100),
        ):
            invalid(comment, ["Primes"], private_bytes(bits, 1, a, b))
        excess = bytearray(good)
        excess[5] |= 0x80
        invalid("a bit above p", ["ExcessBits"], bytes(excess))
        excess = bytearray(good)
        excess[5 + 33] |= 0x20
        invalid("a bit above q", ["ExcessBits"], bytes(excess))
    return file


def public_keys():
    file = VectorFile(
        "paillier/public-key.json",
        "paillier.public-key",
        "Public keys as bytes: the stated bits, the flag of short exponents, the modulus.",
        "paillier_keys.py",
        {
            "Truncated": "Bytes are missing.",
            "TooLong": "There are bytes more.",
            "Size": "The stated size is not the modulus's, or is not admitted.",
            "Flag": "The flag of short exponents is neither 0 nor 1.",
            "Modulus": "Anybody can see that the modulus is no product of two large primes.",
            "SmallestFactor": "A prime factor is just above those that are looked for.",
        },
    )
    source = random.Random("public keys")
    small = key(522)

    def not_public(problem):
        return ("PaillierError", f"public.key: not a Paillier public key: {problem}")

    for admits in ("testing", "production"):
        group = file.group(f"{admits} sizes", admits=admits)

        def valid(comment, k, short):
            k = Key(k.p, k.q, short)
            group.case(
                comment,
                bytes=k.public().hex(),
                modulus=f"{k.n:x}",
                short_exponents=short,
                fingerprint=k.fingerprint(),
            )

        def invalid(comment, flags, data, error):
            group.case(comment, flags, "invalid", error, bytes=data.hex())

        sizes = (64, 512, 522) if admits == "testing" else (2048, 3072)
        for bits in sizes:
            for short in (True, False):
                valid(f"{bits} bits" + (", short exponents" if short else ""), key(bits), short)
        if admits == "production":
            n = composite(source, 4096)
            data = public_bytes(4096, 0, n)
            group.case(
                "4096 bits, the most",
                ["Size"],
                bytes=data.hex(),
                modulus=f"{n:x}",
                short_exponents=False,
                fingerprint=digest(data, KEY_DOMAIN).hex(),
            )
            for bits in (64, 512, 1024):
                invalid(f"a key of {bits} bits, for tests only", ["Size"], key(bits).public(), not_a_size(bits))
            for bits in (2046, 2049):
                n = source.getrandbits(bits) | 1 << (bits - 1) | 1
                invalid(f"{bits} bits", ["Size"], public_bytes(bits, 1, n), not_a_size(bits))
            continue

        good, bits, n = small.public(), small.bits, small.n
        for length, field in (
            (0, "Paillier modulus size"), (3, "Paillier modulus size"),
            (4, "Paillier short-exponent flag"), (5, "Paillier modulus: 66 bytes needed, 0 there"),
            (len(good) - 1, "Paillier modulus: 66 bytes needed, 65 there"),
        ):
            invalid(
                f"{length} bytes of {len(good)}",
                ["Truncated"],
                good[:length],
                ("WireError", f"public.key: cut short at {field}"),
            )
        invalid("a byte more", ["TooLong"], good + b"\0", ("WireError", "public.key: 1 bytes after its end"))
        for stated in (4097, 0xFFFFFFFF):
            invalid(
                f"{stated} bits stated",
                ["Size"],
                stated.to_bytes(4, "little") + good[4:],
                ("WireError", f"public.key: Paillier modulus size is {stated}; at most 4096 is allowed"),
            )
        for stated in (521, 524, 528):
            invalid(
                f"{stated} bits stated",
                ["Size"],
                public_bytes(528, 1, n)[:5].replace((528).to_bytes(4, "little"), stated.to_bytes(4, "little"))
                + good[5:],
                not_public(f"the modulus has 522 bits where {stated} are stated"),
            )
        invalid(
            "leading zeros",
            ["Size"],
            good[:5] + b"\0" + good[6:],
            not_public(f"the modulus has {(n % (1 << 520)).bit_length()} bits where 522 are stated"),
        )
        invalid("zero", ["Size", "Modulus"], public_bytes(bits, 1, 0), not_public("the modulus has 0 bits"))
        for odd_size in (63, 62, 521, 523):
            number = source.getrandbits(odd_size) | 1 << (odd_size - 1) | 1
            invalid(f"{odd_size} bits", ["Size"], public_bytes(odd_size, 1, number), not_a_size(odd_size))
        for flag in (2, 0x80, 0xFF):
            invalid(
                f"flag {flag}",
                ["Flag"],
                public_bytes(bits, flag, n),
                ("WireError", "public.key: Paillier short-exponent flag: it is neither 0 nor 1"),
            )

        def product(factor):
            """A modulus of 512 bits with the factor."""
            while True:
                rest = random_prime(source, 512 - factor.bit_length() + 1, 3, highest=0b10)
                if (rest * factor).bit_length() == 512:
                    return rest * factor

        invalid("even", ["Modulus"], public_bytes(bits, 1, n - 1), not_public("the modulus is even"))
        for factor in (3, 5, 257, 32749):
            invalid(
                f"a multiple of {factor}",
                ["Modulus"],
                public_bytes(512, 1, product(factor)),
                not_public("the modulus has a prime factor below 32768"),
            )
        prime = random_prime(source, 256, 3)
        invalid("a square", ["Modulus"], public_bytes(512, 1, prime**2), not_public("the modulus is a power"))
        cube = 0
        while cube.bit_length() != 510:
            cube = random_prime(source, 170, 3) ** 3
        invalid("a cube", ["Modulus"], public_bytes(510, 1, cube), not_public("the modulus is a power"))
        invalid(
            "a prime",
            ["Modulus"],
            public_bytes(512, 1, random_prime(source, 512, 3)),
            not_public("the modulus is prime"),
        )
        n = product(32771)
        k = Key(32771, n // 32771, False)
        group.case(
            "a multiple of 32771",
            ["SmallestFactor"],
            "acceptable",
            bytes=k.public().hex(),
            modulus=f"{n:x}",
            short_exponents=False,
            fingerprint=k.fingerprint(),
        )
    return file


def files():
    return [keys(), generation(), private_keys(), public_keys()]
