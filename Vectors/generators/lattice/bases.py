"""Bases of primes and conversions between them.

Conversions are calculated on whole integers. Only where a value is so near to one half of the modulus
that the choice of its representative is a matter of rounding, the fractions decide that the format of
the conversion is made of: each digit, brought to 52 bits, times floor(2^(51 + bits) / prime), 52 bits
shifted out, is a fraction in units of 2^-51.
"""

import random

from common.polynomials import limbs
from common.primes import centred, largest_primes, product_of
from common.vectorfile import VectorFile, words

_DEGREE = 16


def wanted_integers(product, count, generator):
    """Centred integers from 0 to nearly one half of the product, up and down."""
    spread = product // 2 - product // 2**20
    fixed = [0, 1, -1, product // 4, -(product // 4), spread, -spread]
    return fixed + [generator.randrange(-spread, spread) for _ in range(count - len(fixed))]


def _basis(generator):
    file = VectorFile(
        "lattice/basis.json",
        "lattice.basis",
        "A basis's product, and the products without one of its primes, modulo another number.",
        "lattice/bases.py",
        {
            "OnePrime": "The product without the one prime is 1.",
            "OwnPrime": "The number is one of the basis's own primes.",
            "Repeated": "A prime stands twice in the basis: it is refused.",
            "Empty": "There is no prime: it is refused.",
        },
    )
    group = file.group("products")

    def case(comment, flags, degree, moduli, modulo):
        product = product_of(moduli)
        group.case(
            comment,
            flags,
            degree=degree,
            moduli=words(moduli),
            modulo=f"{modulo:x}",
            product=f"{product % modulo:x}",
            cofactors=words(product // q % modulo for q in moduli),
        )

    case("one prime", ["OnePrime"], 8, largest_primes(1, 45, 8), 257)
    for count, bits, degree in ((2, 30, 8), (5, 45, 16), (18, 45, 8), (64, 60, 8)):
        moduli = largest_primes(count, bits, degree)
        case(f"{count} primes of {bits} bits", [], degree, moduli, (1 << 61) - 1)
        case(f"{count} primes of {bits} bits", [], degree, moduli, 2)
        case(f"{count} primes of {bits} bits", ["OwnPrime"], degree, moduli, moduli[-1])
    twice = largest_primes(3, 45, 8)
    twice.append(twice[1])
    error = ("LatticeError", f"the modulus {twice[1]} is used twice")
    group.case(
        "a prime twice", ["Repeated"], "invalid", error, degree=8, moduli=words(twice), modulo="101"
    )
    error = ("LatticeError", "the ring degree 0 is not a power of two")
    group.case("no prime", ["Empty"], "invalid", error, degree=8, moduli=[], modulo="101")
    return file


class _Source:
    """Centred values of factor times x modulo the product of some primes, and x's residues."""

    def __init__(self, moduli, factor, wanted):
        self._moduli, self._product, self.wanted = moduli, product_of(moduli), wanted
        inverse = pow(factor, -1, self._product)
        self.residues = limbs([x * inverse for x in wanted], moduli)

    def digits(self):
        """y = factor·x·(Q / q)^-1 modulo each prime q."""
        return [[x * pow(self._product // q, -1, q) % q for x in self.wanted] for q in self._moduli]

    def representatives(self):
        """Σ y·(Q / q) less the multiple of Q that the fractions' sum is nearest to."""
        result = []
        for digits in zip(*self.digits()):
            fractions = [_fraction(y, q) for y, q in zip(digits, self._moduli)]
            whole = sum(y * (self._product // q) for y, q in zip(digits, self._moduli))
            overflow = (2**50 + sum(fractions)) >> 51
            result.append(whole - overflow * self._product)
        return result

    def fractions(self):
        """floor(2^64 x / Q) of the centred values, in two's complement."""
        return [((x << 64) // self._product) % 2**64 for x in self.wanted]


def _fraction(y, q):
    bits = q.bit_length()
    digit = y << (52 - bits) if bits <= 52 else y >> (bits - 52)
    return digit * ((1 << (51 + bits)) // q) >> 52


def _mixed_primes():
    return [largest_primes(1, bits, _DEGREE)[0] for bits in (60, 20, 45, 30)]


def _conversions(generator):
    file = VectorFile(
        "lattice/conversion.json",
        "lattice.conversion",
        "The centred representative of factor times a residue modulo Q, modulo other numbers; the "
        "digits that it is made from; and its quotient by Q in units of 2^-64, rounded down.",
        "lattice/bases.py",
        {
            "NearHalf": "So near to one half of Q that fractions of 51 bits choose the representative: "
            "it may be the neighbour, Q away, as the comment of the library's converter says.",
            "HalfBorder": "Just far enough from one half of Q for the representative to be certain.",
        },
    )
    targets = [2, 257, (1 << 45) - 55, (1 << 50) + 1, largest_primes(1, 60, 16)[0], (1 << 61) - 1]
    for name, moduli, factor in (
        ("one prime of 20 bits", largest_primes(1, 20, 16), 1),
        ("one prime of 45 bits", largest_primes(1, 45, 16), 1),
        ("one prime of 60 bits", largest_primes(1, 60, 16), 5),
        ("three primes", largest_primes(3, 30, 16), 1),
        ("six primes of 50 bits", largest_primes(6, 50, 16), 1032193),
        ("primes of many sizes", _mixed_primes(), 3),
        ("33 primes of 45 bits", largest_primes(33, 45, 16), 1),
        ("forty large primes", largest_primes(41, 60, 16)[1:], 65537),
        ("as many primes as there may be", largest_primes(64, 60, 16), 1),
    ):
        product = product_of(moduli)
        group = file.group(
            name,
            degree=_DEGREE,
            moduli=words(moduli),
            targets=words(targets),
            factor=f"{factor:x}",
        )
        # Within (count of primes) · 2^-49 of one half it is a matter of rounding.
        border = product // 2 - (product * len(moduli) >> 49) - 1
        near = [product // 2, -(product // 2), product // 2 - 1, 1 - product // 2]
        near += [centred(product // 2 - (product >> shift), product) for shift in range(50, 62)]
        for comment, flags, wanted in (
            ("spread", [], wanted_integers(product, _DEGREE, generator)),
            (
                "the border",
                ["HalfBorder"],
                ([border, -border, border - 1, 1 - border] * 4)[:_DEGREE],
            ),
            ("one half", ["NearHalf"], near),
        ):
            if product < 2**40 and flags:
                continue
            source = _Source(moduli, factor, wanted)
            representatives = source.representatives()
            if "NearHalf" not in flags:
                assert representatives == wanted
            assert all((x - y) % product == 0 for x, y in zip(representatives, wanted))
            group.case(
                comment,
                flags,
                residues=source.residues,
                digits=[words(limb) for limb in source.digits()],
                converted=limbs(representatives, targets),
                fractions=words(source.fractions()),
            )
    return file


def _extensions(generator):
    file = VectorFile(
        "lattice/extension.json",
        "lattice.extension",
        "Conversion onto another basis, each target's result times its multiplier, written and added.",
        "lattice/bases.py",
        {"LargestAddend": "What is added to are the largest residues."},
    )
    for name, moduli, target, factor, is_multiplied in (
        ("onto one prime", largest_primes(3, 45, 16), largest_primes(1, 30, 16), 1, False),
        ("onto more primes", largest_primes(2, 45, 16), largest_primes(7, 45, 16)[2:], 1, False),
        ("multiplied", largest_primes(4, 50, 16), largest_primes(7, 50, 16)[4:], 65537, True),
        ("onto larger ones", largest_primes(5, 30, 16), largest_primes(3, 60, 16), 3, True),
        ("onto smaller ones", largest_primes(3, 60, 16), largest_primes(5, 30, 16), 1, True),
        ("primes of many sizes", _mixed_primes(), largest_primes(9, 45, 16)[1:], 7, True),
    ):
        product = product_of(moduli)
        multipliers = [generator.randrange(p) if is_multiplied else 1 for p in target]
        group = file.group(
            name,
            degree=_DEGREE,
            moduli=words(moduli),
            targets=words(target),
            factor=f"{factor:x}",
            multipliers=words(multipliers),
        )
        for comment, flags, addend in (
            ("random", [], lambda p: generator.randrange(p)),
            ("largest", ["LargestAddend"], lambda p: p - 1),
        ):
            source = _Source(moduli, factor, wanted_integers(product, _DEGREE, generator))
            addends = [[addend(p) for _ in range(_DEGREE)] for p in target]
            converted = [
                [x * multiplier % p for x in source.wanted]
                for p, multiplier in zip(target, multipliers)
            ]
            group.case(
                comment,
                flags,
                residues=source.residues,
                addends=[words(limb) for limb in addends],
                converted=[words(limb) for limb in converted],
                accumulated=[
                    words((x + y) % p for x, y in zip(one, other))
                    for one, other, p in zip(converted, addends, target)
                ],
            )
    return file


def _lifts(generator):
    file = VectorFile(
        "lattice/lift.json",
        "lattice.lift",
        "Small signed numbers, and centred representatives modulo one number, by their residues modulo "
        "the primes of a basis.",
        "lattice/bases.py",
        {
            "Extreme": "The most and the least that a byte holds.",
            "Even": "The number is even: one half of it stays positive.",
        },
    )
    moduli = [257, *(largest_primes(1, bits, 16)[0] for bits in (30, 45, 60))]
    for source in (2, 97, 65536, largest_primes(1, 40, 16)[0], (1 << 61) - 1):
        group = file.group(f"from {source}", degree=_DEGREE, moduli=words(moduli), source=f"{source:x}")
        for comment, flags, small in (
            ("random", [], [generator.randint(-21, 21) for _ in range(_DEGREE)]),
            ("extreme", ["Extreme"], [-128, 127, -1, 0, 1] + [generator.randint(-128, 127)] * 11),
        ):
            residues = [0, 1 % source, source // 2, (source // 2 + 1) % source, source - 1]
            residues += [generator.randrange(source) for _ in range(_DEGREE - len(residues))]
            constant = generator.randrange(source)
            group.case(
                comment,
                flags + (["Even"] if source % 2 == 0 else []),
                small=small,
                small_residues=limbs(small, moduli),
                residues=words(residues),
                lifted=limbs([centred(x, source) for x in residues], moduli),
                constant=f"{constant:x}",
                lifted_multiples=limbs([centred(x * constant, source) for x in residues], moduli),
            )
    return file


def files():
    generator = random.Random(2024031506)
    return [_basis(generator), _conversions(generator), _extensions(generator), _lifts(generator)]
