"""Paillier keys as bytes, and bytes that are no key."""

import random

from common.digests import digest
from common.paillier import (
    KEY_DOMAIN,
    Key,
    key,
    not_private,
    private_bytes,
    public_bytes,
    random_prime,
)
from common.primes import SMALL_PRIMES
from common.vectorfile import VectorFile


def composite(source, bits):
    """An odd number of so many bits that is no prime and has no small factor."""
    while True:
        n = source.getrandbits(bits) | 1 << (bits - 1) | 1
        if all(n % p for p in SMALL_PRIMES) and pow(2, n - 1, n) != 1:
            return n


def private_keys():
    file = VectorFile(
        "paillier/private-key.json",
        "paillier.private-key",
        "Private keys as bytes. What is wrong with others stays unsaid.",
        "paillier/key_bytes.py",
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
        "paillier/key_bytes.py",
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

    def not_admitted(bits):
        problem = f"a modulus of {bits} bits is not admitted"
        return ("WireError", f"public.key: Paillier modulus size: {problem}")

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
                invalid(
                    f"a key of {bits} bits, for tests only",
                    ["Size"],
                    key(bits).public(),
                    not_admitted(bits),
                )
            for bits in (2046, 2049):
                n = source.getrandbits(bits) | 1 << (bits - 1) | 1
                invalid(f"{bits} bits", ["Size"], public_bytes(bits, 1, n), not_admitted(bits))
            continue

        good, bits, n = small.public(), small.bits, small.n
        for length, field in (
            (0, "Paillier modulus size"),
            (3, "Paillier modulus size"),
            (4, "Paillier short-exponent flag"),
            (5, "Paillier modulus: 66 bytes needed, 0 there"),
            (len(good) - 1, "Paillier modulus: 66 bytes needed, 65 there"),
        ):
            invalid(
                f"{length} bytes of {len(good)}",
                ["Truncated"],
                good[:length],
                ("WireError", f"public.key: cut short at {field}"),
            )
        invalid(
            "a byte more",
            ["TooLong"],
            good + b"\0",
            ("WireError", "public.key: 1 bytes after its end"),
        )
        for stated in (4097, 0xFFFFFFFF):
            invalid(
                f"{stated} bits stated",
                ["Size"],
                stated.to_bytes(4, "little") + good[4:],
                (
                    "WireError",
                    f"public.key: Paillier modulus size is {stated}; at most 4096 is allowed",
                ),
            )
        invalid(
            "521 bits stated",
            ["Size"],
            (521).to_bytes(4, "little") + good[4:],
            not_admitted(521),
        )
        for stated in (524, 528):
            invalid(
                f"{stated} bits stated",
                ["Size"],
                public_bytes(stated, 1, n),
                not_public(f"the modulus has 522 bits where {stated} are stated"),
            )
        invalid(
            "leading zeros",
            ["Size"],
            good[:5] + b"\0" + good[6:],
            not_public(
                f"the modulus has {(n % (1 << 520)).bit_length()} bits where 522 are stated"
            ),
        )
        invalid(
            "zero",
            ["Size", "Modulus"],
            public_bytes(bits, 1, 0),
            not_public("the modulus has 0 bits"),
        )
        for odd_size in (63, 62, 521, 523):
            number = source.getrandbits(odd_size) | 1 << (odd_size - 1) | 1
            invalid(
                f"{odd_size} bits",
                ["Size"],
                public_bytes(odd_size, 1, number),
                not_admitted(odd_size),
            )
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

        invalid(
            "even", ["Modulus"], public_bytes(bits, 1, n - 1), not_public("the modulus is even")
        )
        for factor in (3, 5, 257, 32749):
            invalid(
                f"a multiple of {factor}",
                ["Modulus"],
                public_bytes(512, 1, product(factor)),
                not_public("the modulus has a prime factor below 32768"),
            )
        prime = random_prime(source, 256, 3)
        invalid(
            "a square",
            ["Modulus"],
            public_bytes(512, 1, prime**2),
            not_public("the modulus is a power"),
        )
        cube = 0
        while cube.bit_length() != 510:
            cube = random_prime(source, 170, 3) ** 3
        invalid(
            "a cube", ["Modulus"], public_bytes(510, 1, cube), not_public("the modulus is a power")
        )
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
    return [private_keys(), public_keys()]
