"""Products and interpolation modulo X^N + 1 for rings in which the plain sums take too long."""

from common.polynomials import bit_reversed, multiply
from common.primes import smallest_root

_SCHOOLBOOK = 64


def product(a, b):
    """The product over the integers: by the schoolbook rule in small rings, else by one product of two
    integers (Kronecker's substitution)."""
    return multiply(a, b) if len(a) <= _SCHOOLBOOK else substituted_product(a, b)


def substituted_product(a, b):
    """The product from the values at a power of two that is larger than twice any coefficient."""
    degree = len(a)
    largest = max(map(abs, a)) * max(map(abs, b)) * degree
    width = (largest.bit_length() + 9) // 8
    whole = _value(a, width) * _value(b, width)
    # With half a field added everywhere no field is negative.
    half = 1 << (8 * width - 1)
    shift = int.from_bytes(half.to_bytes(width, "little") * (2 * degree), "little")
    data = (whole + shift).to_bytes(2 * degree * width + 1, "little")
    fields = [
        int.from_bytes(data[k * width : (k + 1) * width], "little") - half for k in range(2 * degree)
    ]
    return [low - high for low, high in zip(fields[:degree], fields[degree:])]


def _value(a, width):
    """Σ a_k · 2^(8·width·k)."""
    positive = b"".join(max(x, 0).to_bytes(width, "little") for x in a)
    negative = b"".join(max(-x, 0).to_bytes(width, "little") for x in a)
    return int.from_bytes(positive, "little") - int.from_bytes(negative, "little")


def coefficients(evaluated, q):
    """The same as `polynomials.interpolated`, by undoing the steps of `fast_evaluations`."""
    degree = len(evaluated)
    width = degree.bit_length() - 1
    natural = [evaluated[bit_reversed(i, width)] for i in range(degree)]
    return _coefficients(natural, smallest_root(degree, q), q)


def _coefficients(evaluated, root, q):
    if len(evaluated) == 1:
        return evaluated
    half, square = len(evaluated) // 2, root * root % q
    inverse_square = pow(square, -1, q)
    even, odd, factor = [], [], pow(2 * root, -1, q)
    two = pow(2, -1, q)
    for low, high in zip(evaluated[:half], evaluated[half:]):
        even.append((low + high) * two % q)
        odd.append((low - high) * factor % q)
        factor = factor * inverse_square % q
    result = [0] * len(evaluated)
    result[::2] = _coefficients(even, square, q)
    result[1::2] = _coefficients(odd, square, q)
    return result
