"""Division by the last prime, sizes of coefficients, and products with digits."""

import math
import random

from common.polynomials import add, automorphism, limbs, multiply
from common.primes import centred, largest_primes, product_of, rounded
from common.vectorfile import VectorFile, words
from lattice.bases import wanted_integers

_DEGREE = 16


def _divisions(generator):
    file = VectorFile(
        "lattice/division.json",
        "lattice.division",
        "Integers divided by the last prime of their basis and rounded.",
        "lattice/rounding.py",
        {
            "Half": "Just above and below one half of the last prime.",
            "Exact": "The remainder is 0.",
        },
    )
    small, large = largest_primes(1, 30, 16), largest_primes(3, 60, 16)
    for name, moduli in (
        ("two primes", largest_primes(2, 30, 16)),
        ("primes of one size", largest_primes(3, 45, 16)),
        ("smallest prime last", large + small),
        ("largest prime last", small + large),
        ("smallest prime of all last", largest_primes(2, 50, 16) + [97]),
        ("ten primes", largest_primes(10, 45, 16)),
    ):
        product, last = product_of(moduli), moduli[-1]
        half = last // 2
        group = file.group(name, degree=_DEGREE, moduli=words(moduli))
        halves = [half, half + 1, -half, -half - 1, half - 1, 5 * last + half, -5 * last - half]
        near_top = (product // 2 // last - 1) * last
        halves += [near_top + half, near_top - half, near_top + half + 1, -near_top - half - 1]
        halves += [0, 1, -1, 3 * last + half, 3 * last + half + 1]
        exact = [last * k for k in (0, 1, -1, 2, -2)] + [near_top, -near_top]
        top = product // last // 2 - 1
        exact += [last * generator.randrange(-top, top) for _ in range(_DEGREE - len(exact))]
        for comment, flags, values in (
            ("spread", [], wanted_integers(product, _DEGREE, generator)),
            ("halves", ["Half"], halves),
            ("multiples", ["Exact"], exact),
        ):
            group.case(
                comment,
                flags,
                residues=limbs(values, moduli),
                quotients=limbs([rounded(x, last) for x in values], moduli[:-1]),
            )
    return file


def _magnitudes(generator):
    file = VectorFile(
        "lattice/magnitude.json",
        "lattice.magnitude",
        "log2 of the largest absolute value of a centred coefficient, to 2^-16; null for zero.",
        "lattice/rounding.py",
        {
            "Zero": "All coefficients are 0.",
            "Hidden": "The largest coefficient is 0 modulo all primes but one.",
            "Half": "About one half of the modulus, the largest that there is.",
            "Negative": "The largest coefficient is negative.",
        },
    )
    for name, moduli in (
        ("one prime", largest_primes(1, 30, 16)),
        ("three primes", largest_primes(3, 30, 16)),
        ("eight primes", largest_primes(8, 45, 16)),
        ("primes of many sizes", [largest_primes(1, b, 16)[0] for b in (60, 20, 45, 30)]),
        ("forty large primes", largest_primes(40, 60, 16)),
        ("as many primes as there may be", largest_primes(64, 60, 16)),
    ):
        product = product_of(moduli)
        group = file.group(name, degree=_DEGREE, moduli=words(moduli))

        def case(comment, flags, values):
            largest = max(abs(centred(x, product)) for x in values)
            group.case(
                comment,
                flags,
                residues=limbs(values, moduli),
                log2=math.log2(largest) if largest else None,
            )

        case("zero", ["Zero"], [0] * _DEGREE)
        for bits in {1, 2, 20, product.bit_length() // 2, product.bit_length() - 2}:
            if bits >= product.bit_length() - 1:
                continue
            for sign in (1, -1):
                values = [generator.randrange(-(2 ** (bits - 1)), 2 ** (bits - 1)) for _ in range(15)]
                values.insert(
                    generator.randrange(16), sign * generator.randrange(2 ** (bits - 1), 2**bits)
                )
                case(f"{bits} bits", ["Negative"] if sign < 0 else [], values)
        case("one half", ["Half"], [0] * 15 + [product // 2])
        case("one half", ["Half", "Negative"], [-(product // 2)] + [3] * 15)
        if len(moduli) > 1:
            for limb in (0, len(moduli) - 1):
                hidden = product // moduli[limb] * (moduli[limb] // 4)
                case(f"hidden from all but prime {limb}", ["Hidden"], [1] * 9 + [hidden] + [0] * 6)
    return file


def _gadgets(generator):
    file = VectorFile(
        "lattice/gadget.json",
        "lattice.gadget",
        "A polynomial's residues as digits, each its centred representative, and their images under "
        "X to X^g, times rows of polynomials: sums over the digits. The product is over the first "
        "primes, as many as the polynomial has, and the last.",
        "lattice/rounding.py",
        {
            "FewerPrimes": "The rows have primes that the product has not.",
            "Edges": "The residues are 0, 1, one half of the prime and the next, and the largest.",
        },
    )
    degree = 8
    for name, bits, rows_count, count in (
        ("three digits of 45 bits", 45, 3, 3),
        ("two of three digits", 45, 3, 2),
        ("one digit", 60, 1, 1),
        ("primes of 60 bits", 60, 2, 2),
        ("primes of 30 bits", 30, 4, 3),
    ):
        special, *primes = largest_primes(rows_count + 1, bits, degree)
        row_moduli = [*primes, special]
        moduli, product_moduli = primes[:count], [*primes[:count], special]

        def polynomial():
            return [generator.randrange(product_of(row_moduli)) for _ in range(degree)]

        rows = [
            (element, [polynomial() for _ in primes], [polynomial() for _ in primes])
            for element in (1, 3, 2 * degree - 1)
        ]
        group = file.group(
            name,
            degree=degree,
            row_moduli=words(row_moduli),
            count=count,
            rows=[
                {
                    "element": element,
                    "first": [limbs(row, row_moduli) for row in first],
                    "second": [limbs(row, row_moduli) for row in second],
                }
                for element, first, second in rows
            ],
        )
        edges = [[0, 1, q // 2, q // 2 + 1, q - 1, q // 4, 2, q - 2] for q in moduli]
        random_residues = [[generator.randrange(q) for _ in range(degree)] for q in moduli]
        for comment, flags, residues in (
            ("random", [], random_residues),
            ("edges", ["Edges"], edges),
        ):
            digits = [[centred(x, q) for x in limb] for limb, q in zip(residues, moduli)]

            def product(element, row):
                images = [automorphism(digit, element) for digit in digits]
                return limbs(add(*map(multiply, images, row)), product_moduli)

            group.case(
                comment,
                flags + (["FewerPrimes"] if count < rows_count else []),
                coefficients=[words(limb) for limb in residues],
                products=[
                    {"first": product(element, first), "second": product(element, second)}
                    for element, first, second in rows
                ],
            )
    return file


def files():
    generator = random.Random(2024031507)
    return [_divisions(generator), _magnitudes(generator), _gadgets(generator)]
