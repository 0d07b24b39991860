"""Moduli, primes and their roots of unity."""

import random

from common.primes import is_prime, largest_primes, smallest_root
from common.vectorfile import VectorFile, words

DEGREES = [8 << k for k in range(13)]
_RANGE = "is outside 2 to 2^61 - 1"


def _moduli(generator):
    file = VectorFile(
        "lattice/modulus.json",
        "lattice.modulus",
        "Moduli with the width of their residues and Barrett's ratio, floor(2^128 / modulus).",
        "lattice/numbers.py",
        {
            "Smallest": "The smallest modulus that there is.",
            "Largest": "The largest modulus that there is.",
            "PowerOfTwo": "The ratio is a power of two, and no rounding hides an error in it.",
            "BesidePowerOfTwo": "The width of the modulus and of its residues may differ here.",
            "OutOfRange": "No modulus: it is refused.",
        },
    )
    group = file.group("moduli")

    def case(q, comment):
        flags = {2: ["Smallest"], 2**61 - 1: ["Largest"]}.get(q, [])
        if q & (q - 1) == 0:
            flags = flags + ["PowerOfTwo"]
        elif (q & (q + 1)) == 0 or (q - 1) & (q - 2) == 0:
            flags = flags + ["BesidePowerOfTwo"]
        ratio = (1 << 128) // q
        group.case(comment, flags, value=f"{q:x}", bits=(q - 1).bit_length(), ratio=f"{ratio:x}")

    for q in range(2, 10):
        case(q, f"{q}")
    for power in (16, 31, 32, 33, 49, 50, 51, 52, 53, 60):
        for q in (2**power - 1, 2**power, 2**power + 1):
            case(q, f"2^{power} {q - 2**power:+}")
    case(2**61 - 2, "2^61 - 2")
    case(2**61 - 1, "2^61 - 1")
    for bits in (20, 30, 45, 50, 60):
        case(largest_primes(1, bits, 8192)[0], f"a prime of {bits} bits")
        case(generator.getrandbits(bits) | 1 << (bits - 1), f"any number of {bits} bits")
    for q in (0, 1, 2**61, 2**61 + 1, 2**63, 2**64 - 1):
        error = ("LatticeError", f"the modulus {q} {_RANGE}")
        group.case(f"{q}", ["OutOfRange"], "invalid", error, value=f"{q:x}")
    return file


def _primes(generator):
    file = VectorFile(
        "lattice/primes.json",
        "lattice.primes",
        "The largest primes of exactly so many bits that are 1 modulo twice the degree, descending.",
        "lattice/numbers.py",
        {
            "Excluding": "Some primes are passed over.",
            "AllThereAre": "There are no more primes of this size.",
            "TooFew": "There are fewer primes of this size than are wanted.",
            "BitsOutOfRange": "No modulus has so many bits.",
            "DegreeOutOfRange": "No ring of the library has this degree.",
        },
    )
    group = file.group("every degree and size")
    for degree in DEGREES:
        for bits in (20, 30, 45, 50, 60, 61):
            # There is one only of 20 bits for the largest degree.
            count = 1 if bits == 20 else 2
            primes = largest_primes(count, bits, degree)
            group.case(
                f"{count} of {bits} bits, degree {degree}",
                degree=degree,
                bits=bits,
                count=count,
                excluding=[],
                primes=words(primes),
            )
    group = file.group("counts and exclusions")
    for degree, bits, count in ((8, 45, 40), (4096, 40, 12), (32768, 60, 18), (16, 30, 0)):
        primes = largest_primes(count, bits, degree)
        group.case(
            f"{count} of {bits} bits, degree {degree}",
            degree=degree,
            bits=bits,
            count=count,
            excluding=[],
            primes=words(primes),
        )
    several = largest_primes(6, 45, 8192)
    for left_out in ([0], [0, 1, 2], [1, 3], [0, 5]):
        excluded = [several[k] for k in left_out]
        found = [q for q in several if q not in excluded][:3]
        group.case(
            f"without number {', '.join(map(str, left_out))}",
            ["Excluding"],
            degree=8192,
            bits=45,
            count=3,
            excluding=words(excluded),
            primes=words(found),
        )
    group = file.group("small sizes")
    for degree, bits in ((8, 5), (8, 7), (8, 8), (16, 8), (1024, 14), (32768, 20)):
        step = 2 * degree
        every = [q for q in range(step + 1, 1 << bits, step) if q >> (bits - 1) and is_prime(q)]
        every.reverse()
        if every:
            group.case(
                f"all of {bits} bits, degree {degree}",
                ["AllThereAre"],
                degree=degree,
                bits=bits,
                count=len(every),
                excluding=[],
                primes=words(every),
            )
        count = len(every) + 1
        error = ("LatticeError", f"fewer than {count} primes of {bits} bits that are 1 modulo {step}")
        group.case(
            f"one more of {bits} bits, degree {degree}",
            ["TooFew"],
            "invalid",
            error,
            degree=degree,
            bits=bits,
            count=count,
            excluding=[],
        )
    group = file.group("out of range")
    for degree in (-8, 0, 1, 2, 4, 7, 9, 12, 1000, 32767, 65536):
        error = ("LatticeError", f"the ring degree {degree} is not a power of two from 8 to 32768")
        group.case(
            f"degree {degree}",
            ["DegreeOutOfRange"],
            "invalid",
            error,
            degree=degree,
            bits=45,
            count=1,
            excluding=[],
        )
    for bits in (-1000, -1, 0, 1, 62, 63, 64, 1000):
        group.case(
            f"{bits} bits",
            ["BitsOutOfRange"],
            "invalid",
            ("LatticeError", _RANGE),
            degree=8,
            bits=bits,
            count=1,
            excluding=[],
        )
    return file


def _next_primes(generator):
    file = VectorFile(
        "lattice/next-primes.json",
        "lattice.next-prime",
        "The smallest prime above a bound that is 1 modulo twice the degree.",
        "lattice/numbers.py",
        {
            "Strict": "The bound is such a prime itself.",
            "BelowTheFirst": "The bound is below the smallest such number.",
            "OutOfRange": "There may be none below 2^61.",
        },
    )

    def following(bound, degree):
        candidate = bound // (2 * degree) * 2 * degree + 1
        while candidate <= bound or not is_prime(candidate):
            candidate += 2 * degree
        return candidate

    group = file.group("bounds")

    def case(bound, degree, flags=()):
        group.case(
            f"above {bound}, degree {degree}",
            flags,
            degree=degree,
            above=f"{bound:x}",
            prime=f"{following(bound, degree):x}",
        )

    for degree in (8, 4096, 8192, 32768):
        case(0, degree, ["BelowTheFirst"])
        case(1, degree, ["BelowTheFirst"])
        for bits in (17, 20, 33, 40, 59):
            case((1 << bits) + generator.getrandbits(bits), degree)
        prime = following(1 << 40, degree)
        case(prime, degree, ["Strict"])
        case(prime - 1, degree)
        case((1 << 60) - 1, degree)
    for bound in (1 << 60, (1 << 61) - 1, (1 << 64) - 1):
        error = ("LatticeError", f"the modulus {bound} {_RANGE}")
        group.case(f"above {bound}", ["OutOfRange"], "invalid", error, degree=8, above=f"{bound:x}")
    error = ("LatticeError", "the ring degree 12 is not a power of two")
    group.case("degree 12", ["OutOfRange"], "invalid", error, degree=12, above="0")
    return file


def _primality(generator):
    file = VectorFile(
        "lattice/primality.json",
        "lattice.primality",
        "Whether a number below 2^61 is a prime.",
        "lattice/numbers.py",
        {
            "Base": "One of the bases of the test.",
            "Carmichael": "Passes Fermat's test to every base prime to it.",
            "StrongPseudoprime": "Passes Miller and Rabin's test to the smallest bases.",
            "Square": "The square of a prime.",
        },
    )
    group = file.group("numbers")

    def case(n, flags=()):
        group.case(f"{n}", flags, number=f"{n:x}", is_prime=is_prime(n))

    for n in range(42):
        case(n, ["Base"] if is_prime(n) and n <= 37 else [])
    for n in (561, 1105, 1729, 41041, 825265, 9746347772161):
        assert not is_prime(n) and all(pow(b, n - 1, n) == 1 for b in (101, 103))
        case(n, ["Carmichael"])
    # Jaeschke 1993; Jiang and Deng 2014: the least ones to the first 1, 2, … primes.
    for n in (2047, 1373653, 25326001, 3215031751, 2152302898747, 3474749660383, 341550071728321):
        case(n, ["StrongPseudoprime"])
    for prime in (41, 65537, 2**30 - 35):
        case(prime**2, ["Square"])
    for bits in (30, 45, 50, 60, 61):
        prime = largest_primes(1, bits, 8)[0]
        case(prime)
        case(prime - 2)
    case(2**61 - 1)
    for _ in range(10):
        case(generator.getrandbits(60) | 1)
    case(41 * 61)
    return file


def _roots(generator):
    file = VectorFile(
        "lattice/roots.json",
        "lattice.root",
        "The smallest primitive 2N-th root of unity modulo a prime, and the inverse of N.",
        "lattice/numbers.py",
        {
            "SmallestPrime": "The smallest prime that has such a root.",
            "Composite": "1 modulo 2N, but no prime.",
            "NoRoot": "A prime that is not 1 modulo 2N.",
            "DegreeOutOfRange": "No ring of the library has this degree.",
        },
    )
    group = file.group("every degree")

    def case(degree, q, comment, flags=()):
        group.case(
            comment,
            flags,
            degree=degree,
            modulus=f"{q:x}",
            root=f"{smallest_root(degree, q):x}",
            degree_inverse=f"{pow(degree, -1, q):x}",
        )

    for degree in DEGREES:
        smallest = next(q for q in range(2 * degree + 1, 1 << 32, 2 * degree) if is_prime(q))
        case(degree, smallest, f"degree {degree}, the smallest prime", ["SmallestPrime"])
        for bits in (30, 45, 50, 60, 61):
            prime = largest_primes(1, bits, degree)[0]
            case(degree, prime, f"degree {degree}, {bits} bits")
    group = file.group("refused")

    def refused(degree, q, comment, flag):
        text = (
            f"the modulus {q} is not a prime that is 1 modulo {2 * degree}"
            if flag != "DegreeOutOfRange"
            else f"the ring degree {degree} is not a power of two from 8 to 32768"
        )
        group.case(comment, [flag], "invalid", ("LatticeError", text), degree=degree, modulus=f"{q:x}")

    for degree in (8, 4096, 32768):
        composite = 2 * degree + 1
        while is_prime(composite):
            composite += 2 * degree
        refused(degree, composite, f"degree {degree}, the smallest composite", "Composite")
        square = largest_primes(1, 30, degree)[0] ** 2
        refused(degree, square, f"degree {degree}, a square", "Composite")
        other = largest_primes(1, 45, degree // 2)[0]
        while other % (2 * degree) == 1 or not is_prime(other):
            other -= degree
        refused(degree, other, f"degree {degree}, a root of half the order only", "NoRoot")
        refused(degree, 2, f"degree {degree}, 2", "NoRoot")
        refused(degree, 2**61 - 1, f"degree {degree}, a Mersenne prime", "NoRoot")
    for degree in (-8, 0, 1, 4, 12, 65536):
        prime = largest_primes(1, 45, 65536)[0]
        refused(degree, prime, f"degree {degree}", "DegreeOutOfRange")
    return file


def files():
    generator = random.Random(2024031501)
    return [
        _moduli(generator),
        _primes(generator),
        _next_primes(generator),
        _primality(generator),
        _roots(generator),
    ]
