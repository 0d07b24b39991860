"""Polynomials modulo X^N + 1 as lists of integers, constant coefficient first."""

from common.primes import smallest_root
from common.vectorfile import words


def multiply(a, b):
    """The schoolbook product over the integers."""
    degree = len(a)
    result = [0] * degree
    for i, x in enumerate(a):
        if x == 0:
            continue
        for j, y in enumerate(b):
            if i + j < degree:
                result[i + j] += x * y
            else:
                result[i + j - degree] -= x * y
    return result


def add(*polynomials):
    return [sum(column) for column in zip(*polynomials)]


def negate(a):
    return [-x for x in a]


def scale(a, factor):
    return [x * factor for x in a]


def automorphism(a, element):
    """a(X^element) for an odd element."""
    degree = len(a)
    result = [0] * degree
    for k, x in enumerate(a):
        place = k * element % (2 * degree)
        if place < degree:
            result[place] += x
        else:
            result[place - degree] -= x
    return result


def bit_reversed(x, width):
    return int(f"{x:0{width}b}"[::-1], 2) if width else 0


def value_at(a, point, q):
    """a(point), by Horner's rule."""
    value = 0
    for x in reversed(a):
        value = (value * point + x) % q
    return value


def evaluations(a, q):
    """The values at the odd powers of ψ, exponents in bit-reversed order, each summed up by itself."""
    degree, root = len(a), smallest_root(len(a), q)
    width = degree.bit_length() - 1
    return [value_at(a, pow(root, 2 * bit_reversed(i, width) + 1, q), q) for i in range(degree)]


def _values_at_odd_powers(a, root, q):
    """a at root^1, root^3, … for root^len(a) = −1: from its even and its odd part at the squares,
    a(x) = e(x²) + x·o(x²), where −x has the same square as x."""
    if len(a) == 1:
        return list(a)
    square = root * root % q
    even = _values_at_odd_powers(a[::2], square, q)
    odd = _values_at_odd_powers(a[1::2], square, q)
    terms, point = [], root
    for x in odd:
        terms.append(point * x % q)
        point = point * square % q
    return [(e + x) % q for e, x in zip(even, terms)] + [(e - x) % q for e, x in zip(even, terms)]


def fast_evaluations(a, q, root):
    """The same as `evaluations`, for large degrees; `root` is the smallest one."""
    values, width = _values_at_odd_powers(a, root, q), len(a).bit_length() - 1
    return [values[bit_reversed(i, width)] for i in range(len(a))]


def interpolated(values, q):
    """The coefficients of the polynomial with these values: a_k = 1/N · Σ v_i · point_i^−k."""
    degree, root = len(values), smallest_root(len(values), q)
    width = degree.bit_length() - 1
    inverse = pow(degree, -1, q)
    points = [pow(root, -(2 * bit_reversed(i, width) + 1), q) for i in range(degree)]
    return [
        inverse * sum(v * pow(point, k, q) for v, point in zip(values, points)) % q
        for k in range(degree)
    ]


def limbs(values, moduli):
    """Integers as residues in hexadecimal, a list for each modulus."""
    return [words(value % q for value in values) for q in moduli]


def packed(values, bits):
    """Fields of as many bits each, least significant bit first."""
    whole = sum(value << (bits * k) for k, value in enumerate(values))
    return whole.to_bytes(len(values) * bits // 8, "little")


def packed_polynomial(values, moduli, transform):
    """As files store a polynomial: for each modulus its values, or coefficients, in as many bits as
    the modulus less 1 has."""
    result = b""
    for q in moduli:
        residues = [value % q for value in values]
        fields = evaluations(residues, q) if transform else residues
        result += packed(fields, (q - 1).bit_length())
    return result
