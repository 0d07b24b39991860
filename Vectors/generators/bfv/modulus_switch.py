"""Switches of the modulus."""

import random

from bfv.operands import FOREIGN, LARGE, RINGS, as_foreign, drawn, error, given, output, ring, seed
from common import bfv
from common.bfv.parameters import Ciphertext
from common.vectorfile import VectorFile

GENERATOR = "bfv/modulus_switch.py"


def switches(generator):
    file = VectorFile(
        "bfv/modulus-switch.json",
        "bfv.modulus-switch",
        "Division by the last primes, one after the other, each time rounded to the nearest integer.",
        GENERATOR,
        {
            "Rounding": "Remainders around zero and around half of the last prime.",
            "ThreeParts": "A ciphertext has three parts.",
            "Unchanged": "The level stays.",
        },
    )
    for name, parameters in {**RINGS, "degree 1024": LARGE}.items():
        group, top = file.group(name, **ring(parameters)), parameters.top

        def case(comment, operand, a, level, flags=()):
            group.case(
                comment,
                flags,
                operand=operand,
                level=level,
                output=output(bfv.modulus_switch(a, level)),
            )

        for level in range(top, 0, -1):
            for target in range(level, 0, -1):
                if parameters is LARGE and (level < top or target in (2, 3)):
                    continue
                operand, a = drawn(parameters, seed(generator), level)
                flags = ["Unchanged"] if target == level else []
                case(f"from level {level} to {target}", operand, a, target, flags)
        if parameters is LARGE:
            continue
        operand, a = drawn(parameters, seed(generator), parts=3)
        case("three parts", operand, a, 1, ["ThreeParts"])
        for level in range(2, top + 1):
            a = edges_of_rounding(parameters, level, generator)
            case(f"edges of rounding at level {level}", given(a), a, level - 1, ["Rounding"])
        operand, a = drawn(parameters, seed(generator), 1)
        for target in (2, top + 1, 0, -1):
            group.case(
                f"from level 1 to {target}",
                (),
                "invalid",
                error(f"{target} primes were asked for; 1 to 1 are possible"),
                operand=operand,
                level=target,
            )
        group.case(
            "other parameters", (), "invalid", FOREIGN, operand=as_foreign(operand), level=1
        )
    return file


def edges_of_rounding(parameters, level, generator):
    """Multiples of the last prime, and what is around half of it from them; both ends of the range."""
    last, modulus = parameters.moduli[level - 1], parameters.product(level)
    remainders = [0, 1, -1, last // 2, last // 2 + 1, -(last // 2), -(last // 2) - 1]
    quotients = [0, 1, -1, modulus // last // 2]
    values = [q * last + r for r in remainders for q in quotients]
    values += [modulus // 2, modulus // 2 + 1, 0, -1]
    parts = [[generator.choice(values) for _ in range(parameters.degree)] for _ in range(2)]
    parts[0][:7] = [5 * last + r for r in remainders]
    return Ciphertext(parameters, parts, level)


def files():
    generator = random.Random(20261203)
    return [switches(generator)]
