"""Arithmetic with large integers: Montgomery products and powers, squares of a root, divisions."""

import math
import random

from common.vectorfile import VectorFile, words

WORD = 64
# A digit of the kernels that work on several numbers at a time; they take four at once and leave four
# bits free.
DIGIT, DIGITS_AT_ONCE, FREE_BITS = 52, 4, 4


def odd(source, bits):
    return source.getrandbits(bits) | 1 << (bits - 1) | 1


def montgomery(source):
    file = VectorFile(
        "integers/montgomery.json",
        "integers.montgomery",
        "Products, squares and powers modulo odd numbers of every size in limbs.",
        "integers.py",
        {
            "Edge": "An operand is 0, 1, or beside the modulus.",
            "Unreduced": "An operand is the modulus or above it, in as many limbs.",
            "AllOnes": "The modulus has every bit of its limbs set.",
            "Sparse": "The modulus has its highest and its lowest bit set only.",
            "ShortLimb": "The modulus has only a bit in its highest limb.",
            "ZeroExponent": "The exponent is 0.",
            "WideExponent": "The exponent has zeros above it, which count as its bits.",
        },
    )
    small, large = (1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17), (24, 31, 32, 33, 48, 64, 96, 128)
    for limbs in small + large:
        full = 1 << WORD * limbs
        moduli = [
            ("random", [], odd(source, WORD * limbs)),
            ("all ones", ["AllOnes"], full - 1),
            ("sparse", ["Sparse"], full // 2 + 1),
        ]
        if limbs > 1:
            moduli.append(("a short limb", ["ShortLimb"], odd(source, WORD * (limbs - 1) + 1)))
        for name, flags, n in moduli if limbs in small else moduli[:1] + moduli[3:]:
            group = file.group(f"{limbs} limbs, {name}", modulus=f"{n:x}")
            x, y = source.randrange(n), source.randrange(n)
            pairs = [
                (0, y, ["Edge"]),
                (1, n - 1, ["Edge"]),
                (n - 1, n - 1, ["Edge"]),
                (x, y, []),
                (n, 1, ["Edge", "Unreduced"]),
                (n + 1, x, ["Edge", "Unreduced"]),
                (full - 1, n - 1, ["Edge", "Unreduced"]),
            ]
            if limbs in large:
                pairs = pairs[2:4] + pairs[6:]
            for index, (a, b, more) in enumerate(pairs):
                if a >= full or (a == full - 1 == n):
                    continue
                exponent_bits, exponent = [
                    (1, 0),
                    (1, 1),
                    (5, 31),
                    (64, source.getrandbits(64)),
                    (65, 1 << 64),
                    (70, 3),
                    (6, 33),
                ][index if limbs in small else (index + 4) % 7]
                flags_of_exponent = ["ZeroExponent"] if exponent == 0 else []
                if exponent_bits > exponent.bit_length() + 1:
                    flags_of_exponent.append("WideExponent")
                group.case(
                    f"a of {a.bit_length()} bits, b of {b.bit_length()}",
                    flags + more + flags_of_exponent,
                    a=f"{a:x}",
                    b=f"{b:x}",
                    exponent=f"{exponent:x}",
                    exponent_bits=exponent_bits,
                    montgomery_product=f"{a * b * pow(full, -1, n) % n:x}",
                    product=f"{a * b % n:x}",
                    square=f"{b * b % n:x}",
                    power=f"{pow(a, exponent, n):x}",
                )
    return file


def squares(source):
    file = VectorFile(
        "integers/squares.json",
        "integers.squares",
        "Up to eight residues at a time modulo the square of an odd root.",
        "integers.py",
        {
            "Edge": "Residues are 0, 1, and beside the root, its multiples and its square.",
            "FullDigits": "The root is the widest that its number of digits takes.",
            "NewDigits": "The root is a bit wider than that.",
            "FewLanes": "There are fewer than eight residues.",
            "SmallRoot": "The root has a few bits.",
        },
    )
    block = DIGIT * DIGITS_AT_ONCE
    widths = {2: ["SmallRoot"], 17: ["SmallRoot"], 64: [], 512: [], 1024: [], 1536: [], 3072: []}
    for blocks in (1, 2, 3, 4, 5, 8, 10, 15, 20):
        widths[block * blocks - FREE_BITS] = ["FullDigits"]
        if blocks < 20:
            widths[block * blocks - FREE_BITS + 1] = ["NewDigits"]
    for bits, flags in sorted(widths.items()):
        roots = [odd(source, bits)]
        if "FullDigits" in flags and bits < 1100:
            roots.append((1 << bits) - 1)
        for m in roots:
            square = m * m
            edges = [0, 1, m - 1, m, m + 1, square - 1, square - m, m * (m - 1)]
            group = file.group(
                f"a root of {bits} bits" + (", all ones" if m & (m + 1) == 0 else ""), root=f"{m:x}"
            )
            counts = [8, 8, 1, 3, 7] if bits < 700 else [8] if bits < 1600 else [3]
            for index, count in enumerate(counts):
                is_edge = index == 0
                a = edges[:count] if is_edge else [source.randrange(square) for _ in range(count)]
                b = [source.randrange(square) for _ in range(count)]
                if is_edge:
                    b = [square - 1 if i % 2 else x for i, x in enumerate(b)]
                exponent_bits = (1, 5, 64, 11, 6)[index] if bits < 700 else 7
                exponents = [source.getrandbits(exponent_bits) for _ in range(count)]
                group.case(
                    f"{count} residues",
                    flags + (["Edge"] if is_edge else []) + (["FewLanes"] if count < 8 else []),
                    a=words(a),
                    b=words(b),
                    exponents=words(exponents),
                    exponent_bits=exponent_bits,
                    products=words(x * y % square for x, y in zip(a, b)),
                    squares=words(x * x % square for x in a),
                    powers=words(pow(x, e, square) for x, e in zip(a, exponents)),
                )
    return file


def fixed_base(source):
    file = VectorFile(
        "integers/fixed-base.json",
        "integers.fixed-base",
        "Factors times powers of one base, modulo the square of an odd root, by tables of windows.",
        "integers.py",
        {
            "Edge": "Exponents are 0, 1 and all ones.",
            "PartialWindow": "The windows do not divide the exponent's width.",
        },
    )
    for bits in (64, 204, 261, 413, 512):
        m = odd(source, bits)
        square = m * m
        group = file.group(f"a root of {bits} bits", root=f"{m:x}")
        for window, exponent_bits, count in (
            (1, 3, 3),
            (3, 9, 4),
            (4, 64, 1),
            (5, 64, 2),
            (6, 131, 8),
            (6, 256, 9),
            (8, 70, 17),
        ):
            base = source.randrange(square)
            exponents = [0, 1, (1 << exponent_bits) - 1] + [
                source.getrandbits(exponent_bits) for _ in range(count)
            ]
            exponents = exponents[-count:] if count < 3 else exponents[:count]
            factors = [1, square - 1] + [source.randrange(square) for _ in range(count)]
            factors = factors[:count]
            group.case(
                f"{count} powers, windows of {window} bits",
                (["Edge"] if count >= 3 else [])
                + (["PartialWindow"] if exponent_bits % window else []),
                base=f"{base:x}",
                exponent_bits=exponent_bits,
                window_bits=window,
                factors=words(factors),
                exponents=words(exponents),
                results=words(
                    f * pow(base, e, square) % square for f, e in zip(factors, exponents)
                ),
            )
    return file


def runs(source, bits):
    """A number of long runs of equal bits, which test carries."""
    value, position = 0, 0
    while position < bits:
        length = source.randrange(1, 70)
        if source.random() < 0.5:
            value |= ((1 << length) - 1) << position
        position += length
    return value & (1 << bits) - 1


def division(source):
    file = VectorFile(
        "integers/division.json",
        "integers.division",
        "Quotients and remainders in fixed widths.",
        "integers.py",
        {
            "LacksHighest": "The divisor lacks the highest bit of its width.",
            "Multiple": "The dividend is a multiple of the divisor, or one less.",
            "LargestEstimate": "Limbs of the dividend are the divisor's highest: the largest estimates.",
            "Runs": "Both have long runs of equal bits.",
            "ShorterDividend": "The dividend is below the divisor.",
        },
    )
    group = file.group("widths")

    def case(comment, flags, dividend, dividend_bits, divisor, divisor_bits):
        assert dividend.bit_length() <= dividend_bits
        lacks = divisor.bit_length() == divisor_bits - 1
        assert lacks or divisor.bit_length() == divisor_bits
        group.case(
            comment,
            flags + (["LacksHighest"] if lacks else []),
            dividend=f"{dividend:x}",
            dividend_bits=dividend_bits,
            divisor=f"{divisor:x}",
            divisor_bits=divisor_bits,
            quotient=f"{dividend // divisor:x}",
            remainder=f"{dividend % divisor:x}",
        )

    for bits in (2, 63, 64, 65, 66, 127, 128, 129, 192, 256, 261, 512, 522, 1024):
        ones = (1 << bits) - 1
        for name, divisor in (
            ("random", odd(source, bits)),
            ("all ones", ones),
            ("a power of two", 1 << (bits - 1)),
            ("without the highest bit", source.getrandbits(bits - 2) | 1 << (bits - 2)),
        ):
            # The highest limb of a divisor is not 0.
            if divisor.bit_length() <= WORD * ((bits - 1) // WORD):
                continue
            wide = bits + 100
            factor = source.getrandbits(100)
            case(f"random by {name}", [], source.getrandbits(wide), wide, divisor, bits)
            case(f"a multiple of {name}", ["Multiple"], divisor * factor, wide, divisor, bits)
            if factor:
                case(
                    f"less than a multiple of {name}",
                    ["Multiple"],
                    divisor * factor - 1,
                    wide,
                    divisor,
                    bits,
                )
            case(f"all ones by {name}", [], (1 << 2 * bits) - 1, 2 * bits, divisor, bits)
            case(
                f"the divisor's limbs by {name}",
                ["LargestEstimate"],
                (divisor << 2 * WORD) - 1,
                bits + 2 * WORD,
                divisor,
                bits,
            )
            case(f"less than {name}", ["ShorterDividend"], divisor - 1, bits, divisor, bits)
    for _ in range(60):
        bits = source.randrange(65, 600)
        divisor = runs(source, bits - 2) | source.choice([2, 3, 1]) << (bits - 2)
        if divisor.bit_length() <= WORD * ((bits - 1) // WORD):
            continue
        wide = bits + source.randrange(600)
        case("runs of bits", ["Runs"], runs(source, wide), wide, divisor, bits)
    return file


def inverses(source):
    file = VectorFile(
        "integers/inverse.json",
        "integers.inverse",
        "Inverses modulo odd numbers, and greatest common divisors.",
        "integers.py",
        {
            "NoInverse": "There is a common factor.",
            "Edge": "The number is 0, 1 or beside the modulus.",
        },
    )
    for bits in (2, 64, 65, 256, 261, 1024):
        n = odd(source, bits)
        group = file.group(f"{bits} bits", modulus=f"{n:x}")
        numbers = [(0, ["Edge"]), (1, ["Edge"]), (n - 1, ["Edge"]), (n // 2, [])]
        numbers += [(source.randrange(n), []) for _ in range(3)]
        for number, flags in numbers:
            common = math.gcd(number, n)
            group.case(
                f"a number of {number.bit_length()} bits",
                flags + ([] if common == 1 else ["NoInverse"]),
                number=f"{number:x}",
                divisor=f"{common:x}",
                inverse=f"{pow(number, -1, n):x}" if common == 1 else None,
            )
    factor = odd(source, 70)
    n = factor * odd(source, 90)
    group = file.group("a composite modulus", modulus=f"{n:x}")
    for number in (factor, factor * 12345 % n, n - factor):
        group.case(
            "a common factor",
            ["NoInverse"],
            number=f"{number:x}",
            divisor=f"{math.gcd(number, n):x}",
            inverse=None,
        )
    return file


def files():
    source = random.Random(20240301)
    return [
        montgomery(source),
        squares(source),
        fixed_base(source),
        division(source),
        inverses(source),
    ]
