"""Three parts to two."""

import random

from bfv.operands import (
    FOREIGN,
    LARGE,
    RINGS,
    as_foreign,
    constant,
    drawn,
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
from common.products import product
from common.vectorfile import VectorFile

GENERATOR = "bfv/relinearization.py"


def relinearization(generator):
    file = VectorFile(
        "bfv/relinearization.json",
        "bfv.relinearization",
        "Three parts to two: the third's centred residues times the key's rows, divided by the special "
        "prime and rounded.",
        GENERATOR,
        {
            "Digit": "Residues around half of a prime, whose digits change their sign there.",
            "Unchanged": "Two parts stay as they are.",
            "Encryption": "A product of encryptions.",
        },
    )
    for name, parameters in {**RINGS, "degree 1024": LARGE}.items():
        seeds = [seed(generator) for _ in range(2)]
        secret = secret_key(parameters, seeds[0])
        key = bfv.RelinearizationKey(secret, Keystream(seeds[1]))
        group = file.group(
            name, **ring(parameters), secret_seed=seeds[0].hex(), key_seed=seeds[1].hex()
        )

        def case(comment, operand, ciphertext, flags=()):
            result = bfv.relinearize(ciphertext, key)
            group.case(comment, flags, operand=operand, output=output(result))
            return result

        for level in range(1, parameters.top + 1):
            if parameters is LARGE and level not in (1, parameters.top):
                continue
            operand, a = drawn(parameters, seed(generator), level, 3)
            case(f"level {level}", operand, a)
        if parameters is LARGE:
            continue
        messages = [random_message(parameters, generator) for _ in range(2)]
        factors = [secret.encrypt(m, Keystream(seed(generator))) for m in messages]
        a = bfv.multiply(*factors)
        result = case("a product of encryptions", given(a), a, ["Encryption"])
        assert secret.decrypt(result) == [x % parameters.t for x in product(*messages)]
        for comment, value in digit_edges(parameters):
            a = constant(parameters, 0, parts=2)
            a = a.with_parts([*a.parts, [value] * parameters.degree])
            case(f"a third part of {comment}", given(a), a, ["Digit"])
        operand, a = drawn(parameters, seed(generator))
        group.case("two parts", ["Unchanged"], operand=operand, output=output(a))
        three = drawn(parameters, seed(generator), parts=3)[0]
        for parts in (1, 4):
            group.case(
                f"{parts} parts",
                (),
                "invalid",
                parts_error(parts),
                operand=drawn(parameters, seed(generator), parts=parts)[0],
            )
        group.case("other parameters", (), "invalid", FOREIGN, operand=as_foreign(three))
        group.case(
            "a key of other parameters", (), "invalid", FOREIGN, operand=three, foreign_key=True
        )
    return file


def digit_edges(parameters):
    """Integers whose residues are all on one side of half of their primes, or small."""
    moduli = parameters.moduli

    def combined(residue):
        return bfv.combined([[residue(q)] for q in moduli], moduli)[0]

    return [
        ("(q − 1)/2 modulo each prime", combined(lambda q: q // 2)),
        ("(q + 1)/2 modulo each prime", combined(lambda q: q // 2 + 1)),
        ("−1", -1),
        ("zeros", 0),
    ]


def files():
    generator = random.Random(20261206)
    return [relinearization(generator)]
