"""Slots of a plaintext."""

from common.primes import centred, smallest_root


def rotation_element(steps, degree):
    """X → X^element rotates both rows by `steps` to the left."""
    return pow(3, steps % (degree // 2), 2 * degree)


def slot_exponents(degree):
    """Slot i of the first row is the value at ψ^(3^i), that of the second at ψ^(−3^i)."""
    first = [pow(3, i, 2 * degree) for i in range(degree // 2)]
    return first + [2 * degree - e for e in first]


def decode(parameters, message):
    root, t = smallest_root(parameters.degree, parameters.t), parameters.t
    result = []
    for exponent in slot_exponents(parameters.degree):
        point, value = pow(root, exponent, t), 0
        for m in reversed(message):
            value = (value * point + m) % t
        result.append(centred(value, t))
    return result


def encode(parameters, slots):
    """m_k = 1/N · Σ slot_i · point_i^−k."""
    degree, t = parameters.degree, parameters.t
    slots = list(slots) + [0] * (degree - len(slots))
    root, inverse = smallest_root(degree, t), pow(degree, -1, t)
    powers = [1]
    for _ in range(2 * degree - 1):
        powers.append(powers[-1] * root % t)
    exponents = slot_exponents(degree)
    return [
        inverse * sum(s * powers[-e * k % (2 * degree)] for s, e in zip(slots, exponents)) % t
        for k in range(degree)
    ]
