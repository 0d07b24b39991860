"""Totals: packed, flooded, and taken out of a ciphertext."""

from common.bfv.operations import (
    add,
    apply,
    divided_by_degree,
    modulus_switch,
    subtract,
    trace,
)
from common.bfv.parameters import packed_coefficients
from common.products import product


def stride(count, degree):
    """From one total's coefficient to the next: N over the next power of two."""
    return degree >> (count - 1).bit_length()


def pack(ciphertexts, keys):
    """The constant coefficients, each at its place (algorithm 2 of Chen, Dai, Kim, Song), after a
    division by N."""
    degree = ciphertexts[0].parameters.degree
    places = degree // stride(len(ciphertexts), degree)
    padded = [divided_by_degree(c) for c in ciphertexts]
    padded += [None] * (places - len(padded))
    return trace(_merged(padded, keys), places, keys)


def _merged(ciphertexts, keys):
    count = len(ciphertexts)
    if count == 1:
        return ciphertexts[0]
    even, odd = _merged(ciphertexts[::2], keys), _merged(ciphertexts[1::2], keys)
    if odd is None:
        return add(even, apply(even, count + 1, keys)) if even else None
    degree = even.parameters.degree
    shift = [int(k == degree // count) for k in range(degree)]
    odd = odd.with_parts([product(part, shift) for part in odd.parts])
    return add(add(even, odd), apply(subtract(even, odd), count + 1, keys))


class Totals:
    """The second part, and of the first the coefficients that stand for totals."""

    def __init__(self, parameters, first, second, level):
        self.parameters, self.first, self.second, self.level = parameters, first, second, level
        self.stride = stride(len(first), parameters.degree)

    def serialized(self):
        moduli = self.parameters.moduli[: self.level]
        result = bytes([self.level]) + len(self.first).to_bytes(4, "little")
        for value in self.first:
            result += b"".join((value % q).to_bytes(8, "little") for q in moduli)
        return result + packed_coefficients(self.second, moduli)


def flooding(bits, source):
    """Uniform in [−2^bits, 2^bits), from words of eight bytes, the last one's upper bits."""
    count = bits // 64 + 1
    words = [int.from_bytes(source.bytes(8), "little") for _ in range(count)]
    words[-1] >>= 64 * count - bits - 1
    return sum(word << 64 * index for index, word in enumerate(words)) - (1 << bits)


def extract(ciphertext, count, noise, totals_in_answer, public_key, source):
    """Adds a fresh encryption of zero, floods the coefficients of `count` totals, switches to the
    smallest modulus that still decrypts."""
    parameters, level = ciphertext.parameters, ciphertext.level
    zero = public_key.encrypt([0] * parameters.degree, source)
    first, second = add(ciphertext, modulus_switch(zero, level)).parts
    totals = max(totals_in_answer, count)
    bits, target = parameters.noise().extraction(noise, totals, level)
    distance = stride(count, parameters.degree)
    for k in range(count):
        first[k * distance] += flooding(bits, source)
    first, second = modulus_switch(ciphertext.with_parts([first, second]), target).parts
    return Totals(parameters, first[: count * distance : distance], second, target)
