"""Negacyclic transforms and automorphisms, in every degree."""

import functools
import random

from common.operands import Operand, all_residues, digested
from common.polynomials import (
    automorphism,
    bit_reversed,
    evaluations,
    fast_evaluations,
    interpolated,
    value_at,
)
from common.primes import largest_primes, smallest_root
from common.vectorfile import VectorFile, words
from lattice.numbers import DEGREES

_SIZES = (30, 45, 50, 60)
# Up to here all values stand in the vectors, each summed up by itself.
_LARGEST_WHOLE = 32
# Up to here there are many cases of each degree.
_LARGEST_OFTEN = 4096


@functools.cache
def _root(degree, q):
    return smallest_root(degree, q)


def _positions(degree, generator):
    """The ends, the middle, and some of the rest."""
    edges = {0, 1, degree // 2 - 1, degree // 2, degree - 2, degree - 1}
    return sorted(edges | {generator.randrange(degree) for _ in range(7)})


def values(a, q):
    """The values of a polynomial, by the slow way where it is not too slow."""
    if len(a) <= _LARGEST_WHOLE:
        return evaluations(a, q)
    return fast_evaluations(a, q, _root(len(a), q))


def _described(a, q, positions):
    """The values as a vector writes them. A few are calculated by themselves in any case."""
    result, degree = values(a, q), len(a)
    if degree <= _LARGEST_WHOLE:
        return all_residues([result])
    for position in positions:
        exponent = 2 * bit_reversed(position, degree.bit_length() - 1) + 1
        assert result[position] == value_at(a, pow(_root(degree, q), exponent, q), q)
    return digested([result], positions)


def _transforms(generator):
    file = VectorFile(
        "lattice/transforms.json",
        "lattice.transform",
        "Coefficients and the values at the odd powers of the smallest root, in bit-reversed order: "
        "each from the other.",
        "lattice/transforms.py",
        {
            "Edges": "0, 1, one half of the prime and the largest residue are among the coefficients.",
            "Largest": "Every coefficient is the largest residue.",
            "Monomial": "One coefficient: the values are its powers of the root.",
            "LargestValues": "Every value is the largest residue.",
            "EdgeValues": "0, 1, one half of the prime and the largest residue are among the values.",
            "Alternating": "0 and the largest residue in turn, so that sums and differences are extreme.",
        },
    )
    for degree in DEGREES:
        seed = generator.randbytes(32)
        positions = _positions(degree, generator)
        for bits in _SIZES:
            q = largest_primes(1, bits, degree)[0]
            group = file.group(
                f"degree {degree}, {bits} bits",
                degree=degree,
                bits=bits,
                moduli=words([q]),
                root=f"{_root(degree, q):x}",
            )

            def case(comment, flags, operand):
                group.case(
                    comment,
                    flags,
                    coefficients=operand.text,
                    values=_described(operand.limbs[0], q, positions),
                )

            case("from a seed", [], Operand.seeded(degree, [q], seed))
            case("largest residues", ["Largest"], Operand.repeated(degree, [[q - 1]]))
            largest_value = Operand.sparse(degree, [0], [[q - 1]])
            case("minus one", ["LargestValues", "Monomial"], largest_value)
            edges = [0, 1, q // 2, q // 2 + 1, q - 1]
            case("edges, again and again", ["Edges"], Operand.repeated(degree, [edges]))
            if degree > _LARGEST_OFTEN:
                continue
            case("in turn", ["Alternating"], Operand.repeated(degree, [[q - 1, 0]]))
            case("in turn by twos", ["Alternating"], Operand.repeated(degree, [[0, 0, q - 1, q - 1]]))
            for exponent in (1, degree // 2, degree - 1):
                case(f"X^{exponent}", ["Monomial"], Operand.sparse(degree, [exponent], [[1]]))
            if degree <= _LARGEST_WHOLE:
                wanted = edges + [generator.randrange(q) for _ in range(degree - len(edges))]
                case("edge values", ["EdgeValues"], Operand.of([interpolated(wanted, q)]))
    return file


def _automorphisms(generator):
    file = VectorFile(
        "lattice/automorphisms.json",
        "lattice.automorphism",
        "The image of a polynomial under X to X^g, by its coefficients and by its values.",
        "lattice/transforms.py",
        {
            "Identity": "g = 1.",
            "Conjugation": "g = 2N - 1, the inverse of every root.",
            "Generator": "g = 3 or a power of it: a rotation of the slots.",
        },
    )
    for degree in DEGREES:
        bits = 45 if degree <= _LARGEST_WHOLE else 30
        count = 2 if degree <= 4096 else 1
        moduli = largest_primes(count, bits, degree)
        group = file.group(f"degree {degree}", degree=degree, moduli=words(moduli))
        if degree <= _LARGEST_WHOLE:
            elements = range(1, 2 * degree, 2) if degree == 8 else (1, 3, 5, 9, degree + 1)
            elements = sorted({*elements, 2 * degree - 3, 2 * degree - 1})
        else:
            rotation = pow(3, generator.randrange(degree // 2), 2 * degree)
            elements = sorted({3, degree + 1, rotation, 2 * degree - 1})
        powers = {pow(3, k, 2 * degree) for k in range(1, degree // 2)}
        seed, positions = generator.randbytes(32), _positions(degree, generator)
        operand = (
            Operand.of([[generator.randrange(q) for _ in range(degree)] for q in moduli])
            if degree <= _LARGEST_WHOLE
            else Operand.seeded(degree, moduli, seed)
        )
        for element in elements:
            image = [
                [x % q for x in automorphism(limb, element)] for limb, q in zip(operand.limbs, moduli)
            ]
            image_values = [values(limb, q) for limb, q in zip(image, moduli)]
            is_small = degree <= _LARGEST_WHOLE
            group.case(
                f"X to X^{element}",
                {1: ["Identity"], 2 * degree - 1: ["Conjugation"]}.get(
                    element, ["Generator"] if element in powers else []
                ),
                element=element,
                coefficients=operand.text,
                image=all_residues(image) if is_small else digested(image, positions),
                image_values=(
                    all_residues(image_values) if is_small else digested(image_values, positions)
                ),
            )
    return file


def files():
    generator = random.Random(2024031503)
    return [_transforms(generator), _automorphisms(generator)]
