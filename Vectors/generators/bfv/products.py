"""Products of ciphertexts."""

import random

from bfv.operands import (
    FOREIGN,
    LARGE,
    LEVELS,
    RINGS,
    as_foreign,
    constant,
    drawn,
    edge_messages,
    given,
    output,
    parts_error,
    random_message,
    ring,
    secret_key,
    seed,
)
from common import bfv
from common.bfv.parameters import Ciphertext
from common.keystream import Keystream
from common.products import product
from common.vectorfile import VectorFile, words

GENERATOR = "bfv/products.py"


def largest(parameters, level=None):
    """A centred representative that is nearly Q/2: it converts to other bases exactly as long as it is
    farther than (count of primes) · 2^-49 · Q from there."""
    level = level or parameters.top
    modulus = parameters.product(level)
    return modulus // 2 - (modulus * (level + 1) >> 49)




class Products:
    """The cases of one ring."""

    def __init__(self, group, parameters, generator, secret):
        self.group, self.parameters, self.generator = group, parameters, generator
        self.secret = secret

    def case(self, comment, a, b, flags=(), message=None):
        """Of two pairs of an operand and its ciphertext."""
        result = bfv.multiply(a[1], b[1])
        fields = {}
        if message is not None:
            assert self.secret.decrypt(result) == message
            fields["message"] = words(message)
        self.group.case(comment, flags, factors=[a[0], b[0]], output=output(result), **fields)

    def drawn(self, level=None, parts=2):
        return drawn(self.parameters, seed(self.generator), level, parts)

    def encrypted(self, message, level=None):
        ciphertext = self.secret.encrypt(message, Keystream(seed(self.generator)))
        ciphertext = bfv.modulus_switch(ciphertext, level or self.parameters.top)
        assert self.secret.decrypt(ciphertext) == message
        return given(ciphertext), ciphertext

    def encryptions(self):
        t, top = self.parameters.t, self.parameters.top
        random_one = ("random", random_message(self.parameters, self.generator))
        for comment, message in [random_one, *edge_messages(self.parameters)]:
            other = random_message(self.parameters, self.generator)
            expected = [x % t for x in product(message, other)]
            a, b = self.encrypted(message), self.encrypted(other)
            self.case(f"a random message and {comment}", b, a, ["Encryption"], expected)
        a = self.encrypted(random_one[1])
        expected = [x % t for x in product(random_one[1], random_one[1])]
        self.case("a square", a, a, ["Encryption"], expected)
        if top > 2:
            a, b = (self.encrypted(random_one[1], top - 1) for _ in range(2))
            self.case("after a switch of the modulus", a, b, ["Encryption"], expected)

    def edges(self, level):
        degree = self.parameters.degree
        large = largest(self.parameters, level)
        signs = [[large] * degree, [large if k % 2 else -large for k in range(degree)]]
        high, mixed = (Ciphertext(self.parameters, [s, s], level) for s in signs)
        low = constant(self.parameters, -large, level)
        zeros, ones = (constant(self.parameters, value, level) for value in (0, -1))
        for comment, a, b, flags in (
            ("nearly Q/2 twice", high, high, ["NearHalf"]),
            ("nearly Q/2 and −Q/2", high, low, ["NearHalf"]),
            ("nearly −Q/2 twice", low, low, ["NearHalf"]),
            ("nearly Q/2 with changing signs", mixed, high, ["NearHalf"]),
            ("−1 twice", ones, ones, ["Small"]),
            ("nearly Q/2 and −1", high, ones, ["NearHalf", "Small"]),
            ("nearly Q/2 and zeros", high, zeros, ["Small"]),
        ):
            self.case(f"{comment} at level {level}", (given(a), a), (given(b), b), flags)

    def refusals(self):
        a, low, three = self.drawn()[0], self.drawn(1)[0], self.drawn(parts=3)[0]
        one = self.drawn(parts=1)[0]
        for comment, factors, expected in (
            ("two levels", [a, low], LEVELS),
            ("the first factor of other parameters", [as_foreign(a), a], FOREIGN),
            ("the second factor of other parameters", [a, as_foreign(a)], FOREIGN),
            ("the first factor of three parts", [three, a], parts_error(3)),
            ("the second factor of three parts", [a, three], parts_error(3)),
            ("a factor of one part", [a, one], parts_error(1)),
        ):
            self.group.case(comment, (), "invalid", expected, factors=factors)


def product_file(generator):
    file = VectorFile(
        "bfv/product.json",
        "bfv.product",
        "Products of ciphertexts in three parts: round(t·d/Q) for each coefficient d of the product "
        "over the integers of the centred representatives.",
        GENERATOR,
        {
            "Encryption": "The factors are encryptions, and the product decrypts.",
            "NearHalf": "Representatives just far enough from Q/2 to be the nearest for certain.",
            "Small": "Representatives around zero.",
        },
    )
    for name, parameters in {**RINGS, "degree 1024": LARGE}.items():
        secret_seed = seed(generator)
        secret = secret_key(parameters, secret_seed)
        group = file.group(name, **ring(parameters), secret_seed=secret_seed.hex())
        products = Products(group, parameters, generator, secret)
        for level in range(1, parameters.top + 1):
            if parameters is LARGE and level not in (1, parameters.top):
                continue
            products.case(f"level {level}", products.drawn(level), products.drawn(level))
        if parameters is LARGE:
            continue
        products.encryptions()
        for level in {1, parameters.top}:
            products.edges(level)
        products.refusals()
    return file


def files():
    generator = random.Random(20261204)
    return [product_file(generator)]
