"""Arithmetic on single residues, many side by side as kernels take them."""

import random

from common.primes import centred, is_prime, largest_primes
from common.vectorfile import VectorFile, words

# Every width of a register in every kernel divides it, and it is more than one block of any.
_COUNT = 40


def _moduli():
    """Of every size: composite and prime, powers of two and their neighbours, the largest."""
    return (
        [2, 3, 17, 65537, (1 << 20) - 3, 1 << 32, (1 << 32) + 1, (1 << 45) - 1]
        + [largest_primes(1, bits, 8192)[0] for bits in (20, 30, 45, 50, 60)]
        + [(1 << 50) + 1, (1 << 51) - 1, (1 << 52) - 1, 1 << 52, (1 << 52) + 1]
        + [1 << 60, (1 << 61) - 2, (1 << 61) - 1]
    )


def _arithmetic(generator):
    file = VectorFile(
        "lattice/arithmetic.json",
        "lattice.arithmetic",
        "Sums, differences and products modulo numbers of every size.",
        "lattice/residues.py",
        {
            "Edges": "0, 1, one half of the modulus and the largest residue, each with each.",
            "Complement": "The sum is just below, at or just above the modulus, the difference at 0.",
            "Largest": "Every operand is the largest residue.",
            "ZeroConstant": "The constant is 0.",
            "LargestConstant": "The constant is the largest residue.",
        },
    )
    for q in _moduli():
        group = file.group(f"modulo {q}", modulus=f"{q:x}")

        def case(comment, flags, a, b, c, w):
            group.case(
                comment,
                flags,
                a=words(a),
                b=words(b),
                c=words(c),
                constant=f"{w:x}",
                sum=words((x + y) % q for x, y in zip(a, b)),
                difference=words((x - y) % q for x, y in zip(a, b)),
                negation=words(-x % q for x in a),
                product=words(x * y % q for x, y in zip(a, b)),
                product_added=words((z + x * y) % q for x, y, z in zip(a, b, c)),
                constant_quotient=f"{(w << 64) // q:x}",
                constant_product=words(x * w % q for x in a),
                difference_product=words((x - y) * w % q for x, y in zip(a, b)),
            )

        edges = [0, 1 % q, q // 2, (q + 1) // 2 % q, q - 1]
        pairs = [(a, b) for a in edges for b in edges]
        pairs += [(generator.randrange(q), generator.randrange(q)) for _ in range(_COUNT - 25)]
        a, b = ([pair[side] for pair in pairs] for side in (0, 1))
        for w, flags in ((q - 1, ["LargestConstant"]), (0, ["ZeroConstant"])):
            case("edges", ["Edges", *flags], a, b, [q - 1] * 25 + a[25:], w)
        a = [generator.randrange(q) for _ in range(_COUNT)]
        b = [(shift - x) % q for x, shift in zip(a, [-1, 0, 1] * _COUNT)]
        c = [x if k % 2 else generator.randrange(q) for k, x in enumerate(a)]
        case("complements", ["Complement"], a, b, c, generator.randrange(q))
        case("equal operands", ["Complement"], a, a, b, generator.randrange(q))
        case("largest", ["Largest", "LargestConstant"], *([[q - 1] * _COUNT] * 3), q - 1)
        a, b, c = ([generator.randrange(q) for _ in range(_COUNT)] for _ in range(3))
        case("random", [], a, b, c, generator.randrange(q))
    return file


def _reduction(generator):
    file = VectorFile(
        "lattice/reduction.json",
        "lattice.reduction",
        "Two words to a residue: of high·2^64 + low, of low, and of low in two's complement.",
        "lattice/residues.py",
        {
            "Multiple": "A multiple of the modulus, or its neighbour.",
            "Negative": "The low word is negative in two's complement.",
            "Largest": "All bits are set.",
        },
    )
    for q in _moduli():
        group = file.group(f"modulo {q}", modulus=f"{q:x}")
        top = ((1 << 128) - 1) // q * q
        near = [k * q + shift for k in (1, 2, (1 << 64) // q, q) for shift in (-1, 0, 1)]
        values = [0, 1, *near, top - 1, top, top + 1, (1 << 63) - 1, 1 << 63, (1 << 64) - 1]
        values += [1 << 64, (q - 1) ** 2, (1 << 128) - 1]
        values += [generator.getrandbits(bits) for bits in (60, 64, 64, 90, 120, 122, 128, 128)]
        for x in values:
            if not 0 <= x < 1 << 128:
                continue
            low, high = x & (1 << 64) - 1, x >> 64
            signed = low - (1 << 64 if low >> 63 else 0)
            flags = (["Multiple"] if (x + 1) % q < 3 and q > 3 else []) + (
                ["Negative"] if signed < 0 else []
            )
            group.case(
                f"{x:#x}",
                flags + (["Largest"] if x == (1 << 128) - 1 else []),
                high=f"{high:x}",
                low=f"{low:x}",
                residue=f"{x % q:x}",
                low_residue=f"{low % q:x}",
                signed_residue=f"{signed % q:x}",
            )
    return file


def _centring(generator):
    file = VectorFile(
        "lattice/centring.json",
        "lattice.centring",
        "Residues modulo one number, as their centred representatives, modulo another.",
        "lattice/residues.py",
        {
            "Even": "The first number is even: one half of it stays positive.",
            "Smaller": "The first number is the smaller one.",
            "Larger": "The first number is the larger one.",
            "Multiple": "The first number is 0 modulo the other.",
        },
    )
    for q in _moduli():
        group = file.group(f"modulo {q}", modulus=f"{q:x}")
        sources = [2, 3, 257, (1 << 45) - 229, (1 << 50) - 27, (1 << 60) - 93, 1 << 60, (1 << 61) - 1]
        for source in sorted({*sources, q, *([2 * q, 3 * q] if 3 * q < 1 << 61 else [])}):
            values = [0, 1, source // 2, source // 2 + 1, source - 1]
            values += [max(source // 2 - 1, 0), (source + 1) // 2 % source]
            values += [generator.randrange(source) for _ in range(16 - len(values))]
            values = [x % source for x in values]
            flags = (["Even"] if source % 2 == 0 else []) + (
                ["Smaller"] if source < q else ["Larger"] if source > q else []
            )
            group.case(
                f"from {source}",
                flags + (["Multiple"] if source % q == 0 else []),
                source=f"{source:x}",
                residues=words(values),
                centred=words(centred(x, source) % q for x in values),
            )
    return file


def _powers(generator):
    file = VectorFile(
        "lattice/powers.json",
        "lattice.power",
        "Powers, and inverses modulo primes.",
        "lattice/residues.py",
        {"ZeroExponent": "The power is 1.", "Inverse": "The modulus is a prime and the base not 0."},
    )
    for q in _moduli():
        group = file.group(f"modulo {q}", modulus=f"{q:x}")
        exponents = [0, 1, 2, 3, q - 1, (1 << 64) - 1, generator.getrandbits(64)]
        for base in sorted({0, 1 % q, q // 2, q - 1, generator.randrange(q)}):
            for exponent in exponents if base in (0, q - 1) else exponents[2::2]:
                has_inverse = is_prime(q) and base != 0
                fields = {"inverse": f"{pow(base, -1, q):x}"} if has_inverse else {}
                group.case(
                    f"{base} to the power {exponent}",
                    (["ZeroExponent"] if exponent == 0 else []) + (["Inverse"] if has_inverse else []),
                    base=f"{base:x}",
                    exponent=f"{exponent:x}",
                    power=f"{pow(base, exponent, q):x}",
                    **fields,
                )
    return file


def files():
    generator = random.Random(2024031502)
    return [
        _arithmetic(generator),
        _reduction(generator),
        _centring(generator),
        _powers(generator),
    ]
