"""Products modulo X^N + 1, in every degree."""

import random

from common.operands import Operand, all_residues, digested
from common.polynomials import multiply
from common.primes import largest_primes
from common.vectorfile import VectorFile, words
from lattice.numbers import DEGREES

# Up to here both factors are dense.
_LARGEST_DENSE = 64


def _primes_of_each_size(degree):
    return [largest_primes(1, bits, degree)[0] for bits in (20, 30, 45, 50, 60)]


def _products(generator):
    file = VectorFile(
        "lattice/products.json",
        "lattice.product",
        "Products of polynomials modulo X^N + 1 and several primes.",
        "lattice/products.py",
        {
            "Largest": "Every coefficient is the largest residue.",
            "Edges": "0, 1, one half of the prime and the largest residue are among the coefficients.",
            "Wraps": "X^N = -1 turns a sign.",
            "Sparse": "One factor has few coefficients, so that the schoolbook rule stays feasible.",
            "Zero": "One factor is zero.",
        },
    )
    for degree in (d for d in DEGREES if d <= _LARGEST_DENSE):
        moduli = _primes_of_each_size(degree)
        group = file.group(f"degree {degree}", degree=degree, moduli=words(moduli))

        def case(comment, flags, a, b):
            product = [[x % q for x in multiply(x, y)] for x, y, q in zip(a.limbs, b.limbs, moduli)]
            group.case(comment, flags, first=a.text, second=b.text, product=all_residues(product))

        def dense():
            return Operand.of([[generator.randrange(q) for _ in range(degree)] for q in moduli])

        def everywhere(exponent, residue):
            return Operand.sparse(degree, [exponent], [[residue(q)] for q in moduli])

        largest = Operand.repeated(degree, [[q - 1] for q in moduli])
        edges = Operand.repeated(degree, [[0, 1, q // 2, q // 2 + 1, q - 1] for q in moduli])
        case("random", [], dense(), dense())
        case("largest", ["Largest"], largest, largest)
        case("edges", ["Edges"], edges, dense())
        case("edges squared", ["Edges"], edges, edges)
        case("zero", ["Zero"], everywhere(0, lambda q: 0), dense())
        case("one", ["Sparse"], everywhere(0, lambda q: 1), dense())
        last, one = everywhere(degree - 1, lambda q: 1), everywhere(1, lambda q: 1)
        case(f"X^{degree - 1} times X", ["Wraps", "Sparse"], last, one)
        case(f"X^{degree - 1} squared", ["Wraps", "Sparse"], last, last)
        case(
            f"-X^{degree // 2}", ["Wraps", "Sparse"], everywhere(degree // 2, lambda q: q - 1), dense()
        )
    for degree in (d for d in DEGREES if d > _LARGEST_DENSE):
        moduli = [largest_primes(1, bits, degree)[0] for bits in (45, 60)]
        group = file.group(f"degree {degree}", degree=degree, moduli=words(moduli))
        positions = sorted({0, 1, degree // 2, degree - 1, *generator.sample(range(degree), 8)})
        dense = Operand.seeded(degree, moduli, generator.randbytes(32))
        exponents = sorted({0, degree // 2, degree - 1, *generator.sample(range(degree), 3)})
        for comment, flags, limbs in (
            ("few terms", [], [[generator.randrange(q) for _ in exponents] for q in moduli]),
            ("few large terms", ["Largest"], [[q - 1 for _ in exponents] for q in moduli]),
        ):
            sparse = Operand.sparse(degree, exponents, limbs)
            product = [
                [x % q for x in multiply(x, y)] for x, y, q in zip(sparse.limbs, dense.limbs, moduli)
            ]
            group.case(
                comment,
                ["Sparse", "Wraps", *flags],
                first=sparse.text,
                second=dense.text,
                product=digested(product, positions),
            )
    return file


def files():
    return [_products(random.Random(2024031504))]
