"""Slots and plaintexts, and what automorphisms do to slots."""

import random

from bfv.operands import (
    FOREIGN,
    RINGS,
    as_foreign,
    error,
    plaintext,
    random_message,
    ring,
    signed,
)
from common import bfv
from common.polynomials import automorphism
from common.primes import centred
from common.vectorfile import VectorFile, words

GENERATOR = "bfv/encoding.py"


def rotated(slots, steps):
    """Both rows to the left."""
    half = len(slots) // 2
    steps %= half
    rows = slots[:half], slots[half:]
    return [value for row in rows for value in row[steps:] + row[:steps]]


def image(parameters, slots, message, steps):
    """The slots after a rotation, or after the rows are swapped (no steps), and the plaintext
    m(X^element) that holds them."""
    degree, half = parameters.degree, parameters.degree // 2
    if steps is None:
        element, values = 2 * degree - 1, slots[half:] + slots[:half]
    else:
        element, values = bfv.rotation_element(steps, degree), rotated(slots, steps)
    moved = [x % parameters.t for x in automorphism(message, element)]
    assert bfv.decode(parameters, moved) == values
    fields = {} if steps is None else {"steps": steps}
    return {**fields, "element": element, "values": signed(values), "plaintext": words(moved)}


def encode_case(group, parameters, comment, values, flags=(), images=()):
    degree = parameters.degree
    message = bfv.encode(parameters, values)
    slots = bfv.decode(parameters, message)
    assert slots == [centred(v, parameters.t) for v in values] + [0] * (degree - len(values))
    group.case(
        comment,
        flags,
        values=signed(values),
        plaintext=words(message),
        slots=signed(slots),
        images=[image(parameters, slots, message, steps) for steps in images],
    )


def encodings(generator):
    file = VectorFile(
        "bfv/encoding.json",
        "bfv.encoding",
        "Slots to plaintexts and back: slot i of the first row is the value at ψ^(3^i), that of the "
        "second the value at ψ^(−3^i), ψ the smallest primitive 2N-th root of unity modulo t.",
        GENERATOR,
        {
            "SlotOrder": "One slot is set, or one power of X is encoded.",
            "Direction": "The plaintext under automorphisms, which move the slots.",
            "Short": "There are fewer values than slots.",
            "RangeEdge": "A value is at, or just beyond, the end of the range.",
        },
    )
    for name, parameters in RINGS.items():
        degree, limit = parameters.degree, parameters.t // 2
        group = file.group(name, **ring(parameters))
        slots = [generator.randint(-limit, limit) for _ in range(degree)]
        steps = [1, 2, -1, 0, degree // 2 - 1, degree // 2 + 1, None]
        encode_case(group, parameters, "random values", slots, ["Direction"], steps)
        counted = list(range(degree))
        encode_case(group, parameters, "0, 1, 2, …", counted, ["Direction"], [1, -1, None])
        encode_case(group, parameters, "zeros", [0] * degree)
        encode_case(group, parameters, "no values", [], ["Short"])
        encode_case(group, parameters, "one value", [7], ["Short"])
        encode_case(group, parameters, "all but one", slots[1:], ["Short"])
        edges = ([limit, -limit, 1, -1, 0] * degree)[:degree]
        encode_case(group, parameters, "the ends of the range", edges, ["RangeEdge"])
        encode_case(group, parameters, "all at the lower end", [-limit] * degree, ["RangeEdge"])
        for slot in (0, 1, degree // 2, degree - 1):
            single = [int(k == slot) for k in range(degree)]
            encode_case(group, parameters, f"slot {slot} alone", single, ["SlotOrder"])
        for power in (1, degree - 1):
            monomial = [int(k == power) for k in range(degree)]
            values = bfv.decode(parameters, monomial)
            encode_case(group, parameters, f"the values of X^{power}", values, ["SlotOrder"])
        for comment, values in (
            ("a value beyond the upper end", [0, limit + 1]),
            ("a value beyond the lower end", [0, -limit - 1]),
            ("a value of t", [0, parameters.t]),
            ("the largest word", [0, 2**63 - 1]),
            ("the smallest word", [0, -(2**63)]),
        ):
            expected = error(f"the value of slot 1 is outside -{limit} to {limit}")
            group.case(comment, ["RangeEdge"], "invalid", expected, values=signed(values))
        group.case(
            "a value beyond the end in the last slot",
            ["RangeEdge"],
            "invalid",
            error(f"the value of slot {degree - 1} is outside"),
            values=signed([0] * (degree - 1) + [limit + 1]),
        )
        group.case(
            "a value more than slots",
            result="invalid",
            error=error(f"{degree + 1} values for {degree} slots"),
            values=signed([0] * (degree + 1)),
        )
        group.case(
            "a plaintext of other parameters",
            result="invalid",
            error=FOREIGN,
            decoded=as_foreign(plaintext(random_message(parameters, generator))),
        )
    return file


def block_sum_elements(size, degree):
    steps = [1 << k for k in range(32) if 1 << k < min(size, degree // 2)]
    return sorted({bfv.rotation_element(count, degree) for count in steps})


def galois_elements():
    file = VectorFile(
        "bfv/galois-elements.json",
        "bfv.galois-element",
        "The automorphisms X → X^g for rotations to the left, the swap of the rows, packing, and sums "
        "of blocks of slots.",
        GENERATOR,
        {"Unsupported": "There is no such ring: nothing is to be changed."},
    )
    group = file.group("by degree")
    for degree in (8, 16, 1024, 8192, 32768):
        half = degree // 2
        steps = [0, 1, 2, 3, -1, -2, half - 1, half, half + 1, 7 * half + 5, -9 * half - 3]
        group.case(
            f"{degree}",
            degree=degree,
            rotations=[{"steps": s, "element": bfv.rotation_element(s, degree)} for s in steps],
            row_swap=2 * degree - 1,
            packing=bfv.packing_elements(degree),
            block_sums=[
                {"size": size, "elements": block_sum_elements(size, degree)}
                for size in (-1, 0, 1, 2, 3, 4, half - 1, half, degree, 4 * degree)
            ],
        )
    for degree in (-8, 0, 1, 4, 12, 65536):
        group.case(
            f"{degree}",
            ["Unsupported"],
            degree=degree,
            rotations=[{"steps": 1, "element": 1}],
            row_swap=1,
            packing=[],
            block_sums=[{"size": 1, "elements": []}],
        )
    return file


def files():
    generator = random.Random(20261129)
    return [encodings(generator), galois_elements()]
