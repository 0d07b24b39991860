"""Sums and products of values at the same points, of two operands and of many."""

import random

from common.primes import largest_primes
from common.vectorfile import VectorFile, words

_DEGREE = 16


def _primes_of_each_size():
    return [largest_primes(1, bits, _DEGREE)[0] for bits in (20, 30, 45, 50, 60)]


class _Values:
    """Polynomials by their values: random ones and extreme ones."""

    def __init__(self, moduli, generator):
        self._moduli, self._generator = moduli, generator

    def random(self):
        return [[self._generator.randrange(q) for _ in range(_DEGREE)] for q in self._moduli]

    def largest(self):
        return [[q - 1] * _DEGREE for q in self._moduli]

    def edges(self, shift):
        """The edges in an order that depends on the shift."""
        result = []
        for q in self._moduli:
            edges = [0, 1, q // 2, q // 2 + 1, q - 1]
            result.append([edges[(k * shift + k // 5) % 5] for k in range(_DEGREE)])
        return result

    def apply(self, operation, *operands):
        """For each prime and place operation(prime, residues …) modulo the prime."""
        return [
            words(operation(q, *residues) % q for residues in zip(*columns))
            for q, *columns in zip(self._moduli, *operands)
        ]


def _text(limbs):
    return [words(limb) for limb in limbs]


def _pointwise(generator):
    file = VectorFile(
        "lattice/pointwise.json",
        "lattice.pointwise",
        "Sums, differences, multiples and products of polynomials by their values.",
        "lattice/sums.py",
        {
            "Edges": "The values are 0, 1, about one half of the prime and the largest residue.",
            "Largest": "Every value is the largest residue.",
            "NegativeScalar": "The scalar is negative.",
            "LargeScalar": "The scalar is larger than some of the primes.",
        },
    )
    moduli = _primes_of_each_size()
    values = _Values(moduli, generator)
    group = file.group("primes of 20 to 60 bits", degree=_DEGREE, moduli=words(moduli))
    for comment, flags, (a, b, c, d), scalar in (
        ("random", [], [values.random() for _ in range(4)], 7),
        ("random", ["NegativeScalar"], [values.random() for _ in range(4)], -7),
        ("edges", ["Edges"], [values.edges(shift) for shift in (1, 2, 3, 4)], 0),
        ("edges", ["Edges", "NegativeScalar"], [values.edges(shift) for shift in (1, 1, 4, 4)], -1),
        ("largest", ["Largest", "LargeScalar"], [values.largest()] * 4, 2**52),
        ("largest", ["Largest", "LargeScalar", "NegativeScalar"], [values.largest()] * 4, -(2**52)),
        ("random", ["LargeScalar"], [values.random() for _ in range(4)], moduli[1] + 1),
    ):
        constants = (
            [q - 1 for q in moduli] if "Largest" in flags else [generator.randrange(q) for q in moduli]
        )
        limb = generator.randrange(len(moduli))
        factor = constants[limb]
        limb_added = [list(x) for x in a]
        q = moduli[limb]
        limb_added[limb] = [(x + y * factor) % q for x, y in zip(a[limb], b[limb])]
        group.case(
            comment,
            flags,
            a=_text(a),
            b=_text(b),
            c=_text(c),
            d=_text(d),
            scalar=scalar,
            constants=words(constants),
            limb=limb,
            sum=values.apply(lambda q, x, y: x + y, a, b),
            difference=values.apply(lambda q, x, y: x - y, a, b),
            negation=values.apply(lambda q, x: -x, a),
            multiple=values.apply(lambda q, x: x * scalar, a),
            constant_multiple=[
                words(x * w % q for x in column) for q, w, column in zip(moduli, constants, a)
            ],
            product=values.apply(lambda q, x, y: x * y, a, b),
            product_added=values.apply(lambda q, x, y, z: x + y * z, a, b, c),
            product_sum=values.apply(lambda q, x, y, z, w: x * y + z * w, a, b, c, d),
            limb_added=_text(limb_added),
        )
    return file


def _sums(generator):
    file = VectorFile(
        "lattice/sums.json",
        "lattice.sum",
        "Sums of many polynomials and of many products, reduced once. Term i of the sum is number i "
        "modulo their count of the terms, and likewise its factor.",
        "lattice/sums.py",
        {
            "Largest": "Every value is the largest residue: the sums grow as far as they can.",
            "Most": "As many terms as one call takes.",
            "Block": "The count is at a multiple of 32, or beside it.",
        },
    )
    moduli = _primes_of_each_size()
    values = _Values(moduli, generator)
    group = file.group("primes of 20 to 60 bits", degree=_DEGREE, moduli=words(moduli))
    for count in (1, 2, 3, 15, 16, 17, 31, 32, 33, 63, 64, 65, 1023, 1024):
        flags = (["Most"] if count == 1024 else []) + (["Block"] if count % 32 in (0, 1, 31) else [])
        extremes = [(flags, values.random(), [values.random()], [values.edges(count), values.edges(2)])]
        if count in (1, 32, 33, 64, 1024):
            extreme = values.largest()
            extremes.append((["Largest", *flags], extreme, [extreme], [extreme]))
        for flags, start, terms, factors in extremes:
            a = [terms[i % len(terms)] for i in range(count)]
            b = [factors[i % len(factors)] for i in range(count)]
            total, product_total = [list(limb) for limb in start], [list(limb) for limb in start]
            for x, y in zip(a, b):
                for limb, q in enumerate(moduli):
                    for k in range(_DEGREE):
                        total[limb][k] = (total[limb][k] + x[limb][k]) % q
                        product_total[limb][k] = (product_total[limb][k] + x[limb][k] * y[limb][k]) % q
            group.case(
                f"{count} terms",
                flags,
                start=_text(start),
                terms=[_text(x) for x in terms],
                factors=[_text(x) for x in factors],
                count=count,
                sum=_text(total),
                product_sum=_text(product_total),
            )
    return file


def _tensors(generator):
    file = VectorFile(
        "lattice/tensor.json",
        "lattice.tensor",
        "Sums of products (a0, a1)(b0, b1) = (a0 b0, a0 b1 + a1 b0, a1 b1), by values. Product i of all "
        "batches together is number i modulo their count. At last the sum is added to itself and "
        "multiplied by the weight.",
        "lattice/sums.py",
        {
            "Largest": "Every value is the largest residue: the sums grow as far as they can.",
            "Reduced": "More products than may be added without a reduction.",
            "Empty": "There is no product.",
            "NegativeWeight": "The weight is negative.",
        },
    )
    moduli = _primes_of_each_size()
    values = _Values(moduli, generator)
    group = file.group("primes of 20 to 60 bits", degree=_DEGREE, moduli=words(moduli))
    random_products = [[values.random() for _ in range(4)] for _ in range(2)]
    largest_products = [[values.largest() for _ in range(4)]]
    for products, batches, weight in (
        (random_products, [], 1),
        (random_products, [1], 1),
        (random_products, [2], -1),
        (random_products, [1, 1, 1], 5),
        (random_products, [40, 3], -12345),
        (largest_products, [1], 1),
        (largest_products, [1024], 3),
        (largest_products, [1024, 1], -3),
        (largest_products, [1000, 25, 1024], 2),
    ):
        total = sum(batches)
        counts = [len(range(k, total, len(products))) for k in range(len(products))]
        parts = [[[0] * _DEGREE for _ in moduli] for _ in range(3)]
        for count, (a0, a1, b0, b1) in zip(counts, products):
            for limb, q in enumerate(moduli):
                for k in range(_DEGREE):
                    w, x, y, z = a0[limb][k], a1[limb][k], b0[limb][k], b1[limb][k]
                    for part, product in enumerate((w * y, w * z + x * y, x * z)):
                        parts[part][limb][k] = (parts[part][limb][k] + count * product) % q
        flags = (
            (["Largest"] if products is largest_products else [])
            + (["Reduced"] if total > 1024 else [])
            + (["Empty"] if total == 0 else [])
            + (["NegativeWeight"] if weight < 0 else [])
        )
        group.case(
            f"{total} products in {len(batches)} batches",
            flags,
            products=[dict(zip(("a0", "a1", "b0", "b1"), map(_text, product))) for product in products],
            batches=batches,
            weight=weight,
            parts=[_text(part) for part in parts],
            weighted=[
                [words(2 * weight * x % q for x in limb) for limb, q in zip(part, moduli)]
                for part in parts
            ],
        )
    return file


def files():
    generator = random.Random(2024031505)
    return [_pointwise(generator), _sums(generator), _tensors(generator)]
