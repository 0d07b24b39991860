"""Polynomials in vectors: all their residues where they are few, what gives them where they are many
(schemas/lattice.operand.schema.json)."""

from common.digests import words_digest
from common.keystream import Keystream
from common.sampling import uniform
from common.vectorfile import words


class Operand:
    """A polynomial by its limbs, and how a vector writes it."""

    def __init__(self, limbs, text):
        self.limbs, self.text = limbs, text

    @classmethod
    def of(cls, limbs):
        """All residues."""
        limbs = [list(limb) for limb in limbs]
        return cls(limbs, {"limbs": [words(limb) for limb in limbs]})

    @classmethod
    def repeated(cls, degree, limbs):
        """The residues of each limb again and again."""
        whole = [(list(limb) * degree)[:degree] for limb in limbs]
        return cls(whole, {"repeated": [words(limb) for limb in limbs]})

    @classmethod
    def sparse(cls, degree, exponents, limbs):
        """Zero but for some coefficients."""
        whole = [[0] * degree for _ in limbs]
        for result, limb in zip(whole, limbs):
            for exponent, x in zip(exponents, limb, strict=True):
                result[exponent] = x
        text = {"exponents": list(exponents), "limbs": [words(limb) for limb in limbs]}
        return cls(whole, {"sparse": text})

    @classmethod
    def seeded(cls, degree, moduli, seed):
        """Drawn by the uniform sampler from what follows from the seed."""
        return cls(uniform(degree, moduli, Keystream(seed)), {"seed": seed.hex()})


def all_residues(limbs):
    return {"limbs": [words(limb) for limb in limbs]}


def digested(limbs, positions):
    """The digest of all residues, limb after limb, and some of them."""
    return {
        "digest": words_digest(x for limb in limbs for x in limb),
        "positions": list(positions),
        "samples": [words(limb[position] for position in positions) for limb in limbs],
    }
