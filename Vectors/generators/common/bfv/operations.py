"""What an evaluator does."""

from common import polynomials
from common.bfv.encoding import rotation_element
from common.bfv.parameters import Ciphertext, scaled_up
from common.polynomials import automorphism, scale
from common.primes import centred, rounded
from common.products import product


def add(a, b):
    longer, shorter = sorted((a, b), key=lambda c: -len(c.parts))
    common = len(shorter.parts)
    return a.with_parts(
        [polynomials.add(x, y) for x, y in zip(longer.parts, shorter.parts)] + longer.parts[common:]
    )


def total(ciphertexts):
    result = ciphertexts[0]
    for ciphertext in ciphertexts[1:]:
        result = add(result, ciphertext)
    return result


def negate(a):
    return a.with_parts([polynomials.negate(part) for part in a.parts])


def subtract(a, b):
    return add(a, negate(b))


def add_plaintext(a, message):
    return a.with_parts([polynomials.add(a.parts[0], scaled_up(a.parameters, message, a.level)), *a.parts[1:]])


def multiply_weight(a, weight):
    return a.with_parts([scale(part, weight) for part in a.parts])


def multiply_plain(a, message):
    lifted = [centred(m, a.parameters.t) for m in message]
    return a.with_parts([product(part, lifted) for part in a.parts])


def _is_near_half(x, modulus, level):
    """Whether a conversion between bases, whose fractions have 51 bits, may take x modulo Q for a
    neighbour of its centred representative."""
    return abs(2 * (x % modulus) - modulus) << 48 <= level * modulus


def tensor(a, b):
    """The product of two polynomials in s, over the integers from centred parts."""
    for c in (a, b):
        near = (_is_near_half(x, c.modulus, c.level) for part in c.parts for x in part)
        assert not any(near), "a representative on the border"
    (a0, a1), (b0, b1) = [
        [[centred(x, c.modulus) for x in part] for part in c.parts] for c in (a, b)
    ]
    return [product(a0, b0), polynomials.add(product(a0, b1), product(a1, b0)), product(a1, b1)]


def scaled_down(parameters, parts, level):
    """round(t·d/Q)."""
    modulus = parameters.product(level)
    near = (_is_near_half(parameters.t * x, modulus, level) for part in parts for x in part)
    assert not any(near), "a quotient on the border"
    return Ciphertext(
        parameters, [[rounded(parameters.t * x, modulus) for x in part] for part in parts], level
    )


def multiply(a, b):
    return product_sum([(a, b)])


def product_sum(pairs, weights=None):
    """Σ weight·a·b, scaled once."""
    first = pairs[0][0]
    parts = [[0] * first.parameters.degree] * 3
    for (a, b), weight in zip(pairs, weights or [1] * len(pairs)):
        parts = [polynomials.add(x, scale(y, weight)) for x, y in zip(parts, tensor(a, b))]
    return scaled_down(first.parameters, parts, first.level)


def relinearize(a, key):
    return a.with_parts([polynomials.add(x, y) for x, y in zip(a.parts, key.switch(a.parts[2], a.level))])


def apply(a, element, keys):
    """The image under X → X^element."""
    first, second = (automorphism(part, element) for part in a.parts)
    switched = keys.keys[element].switch([x % a.modulus for x in second], a.level)
    return a.with_parts([polynomials.add(first, switched[0]), switched[1]])


def rotate(a, steps, keys):
    element = rotation_element(steps, a.parameters.degree)
    return a if element == 1 else apply(a, element, keys)


def swap_rows(a, keys):
    return apply(a, 2 * a.parameters.degree - 1, keys)


def trace(a, start, keys):
    """Adds the images under X → X^(2^k + 1), 2^k from 2·start to N."""
    exponent = 2 * start
    while exponent <= a.parameters.degree:
        a = add(a, apply(a, exponent + 1, keys))
        exponent *= 2
    return a


def divided_by_degree(a):
    return multiply_weight(a, pow(a.parameters.degree, -1, a.modulus))


def slot_sum(a, keys):
    return trace(a, 1, keys)


def slot_mean(a, keys):
    return trace(divided_by_degree(a), 1, keys)


def block_sum(a, size, keys):
    steps = 1
    while steps < size:
        a = add(a, rotate(a, steps, keys))
        steps *= 2
    return a


def modulus_switch(a, level):
    """Divides by the last prime and rounds, prime after prime."""
    while a.level > level:
        last = a.moduli[-1]
        a = a.with_parts([[rounded(x, last) for x in part] for part in a.parts], a.level - 1)
    return a
