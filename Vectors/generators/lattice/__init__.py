"""The lattice's arithmetic: residues, transforms, bases, samplers, packed fields.

Transforms are sums over powers of a root, conversions and divisions are calculated on whole integers,
products of polynomials by the schoolbook rule.
"""

from lattice import bases, numbers, packing, products, residues, rounding, sampling, sums, transforms


def files():
    return [
        file
        for module in (
            numbers,
            residues,
            transforms,
            products,
            sums,
            bases,
            rounding,
            sampling,
            packing,
        )
        for file in module.files()
    ]
