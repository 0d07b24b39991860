"""Constant coefficients of several ciphertexts in one."""

import random

from bfv.operands import (
    FOREIGN,
    RINGS,
    as_foreign,
    drawn,
    error,
    given,
    output,
    parts_error,
    random_message,
    ring,
    secret_key,
    seed,
)
from common import bfv
from common.keystream import Keystream
from common.vectorfile import VectorFile, words

GENERATOR = "bfv/packing.py"


def packing(generator):
    file = VectorFile(
        "bfv/packing.json",
        "bfv.packing",
        "The constant coefficients of several ciphertexts in one: coefficient i·N/2^l is that of "
        "ciphertext i, where 2^l is the next power of two, and all others are zero.",
        GENERATOR,
        {
            "Power": "As many ciphertexts as a power of two, or one more or less.",
            "Level": "Below the level of fresh ciphertexts.",
            "MissingKey": "A Galois key is not there.",
        },
    )
    for name, parameters in RINGS.items():
        degree = parameters.degree
        seeds = [seed(generator) for _ in range(2)]
        secret = secret_key(parameters, seeds[0])
        elements = bfv.packing_elements(degree)
        keys = bfv.GaloisKeys(secret, elements, Keystream(seeds[1]))
        shared = {
            **ring(parameters), "secret_seed": seeds[0].hex(), "key_seed": seeds[1].hex()
        }
        group = file.group(name, **shared, elements=elements)

        def encrypted():
            message = random_message(parameters, generator)
            return secret.encrypt(message, Keystream(seed(generator))), message

        for count in (1, 2, 3, 4, 5, degree // 2 + 1, degree - 1, degree):
            if count > 8 and degree > 8:
                continue
            pairs = [encrypted() for _ in range(count)]
            packed = bfv.pack([a for a, _ in pairs], keys)
            expected = [0] * degree
            for k, (_, message) in enumerate(pairs):
                expected[k * bfv.stride(count, degree)] = message[0]
            assert secret.decrypt(packed) == expected
            near = any((count + offset) & (count + offset - 1) == 0 for offset in (-1, 0, 1))
            group.case(
                f"{count} ciphertexts",
                ["Power"] if near else [],
                operands=[given(a) for a, _ in pairs],
                output=output(packed),
                message=words(expected),
            )
        for level in range(1, parameters.top):
            pairs = [drawn(parameters, seed(generator), level) for _ in range(3)]
            group.case(
                f"three ciphertexts at level {level}",
                ["Level"],
                operands=[operand for operand, _ in pairs],
                output=output(bfv.pack([a for _, a in pairs], keys)),
            )
        a = drawn(parameters, seed(generator))[0]
        low = drawn(parameters, seed(generator), 1)[0]
        three = drawn(parameters, seed(generator), parts=3)[0]
        for comment, operands, expected in (
            ("none", [], error("nothing to compute on")),
            ("more than coefficients", [a] * (degree + 1), error(f"more than {degree} totals")),
            ("two levels", [a, low], error("primes: switch them to one level first")),
            ("other parameters", [a, as_foreign(a)], FOREIGN),
            ("three parts", [a, three], parts_error(3)),
        ):
            group.case(comment, (), "invalid", expected, operands=operands)
        missing = elements[-1]
        group = file.group(f"{name}, a key less", **shared, elements=elements[:-1])
        group.case(
            "a key is missing",
            ["MissingKey"],
            "invalid",
            error(f"there is no Galois key for the element {missing}"),
            operands=[a],
        )
    return file


def files():
    generator = random.Random(20261209)
    return [packing(generator)]
