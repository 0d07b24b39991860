"""Rotations, the swap of the rows, and sums of slots."""

import random

from bfv.encoding import rotated
from bfv.operands import (
    FOREIGN,
    LARGE,
    RINGS,
    as_foreign,
    drawn,
    error,
    given,
    output,
    parts_error,
    ring,
    secret_key,
    seed,
    signed,
)
from common import bfv
from common.keystream import Keystream
from common.primes import centred
from common.vectorfile import VectorFile

GENERATOR = "bfv/rotation.py"
# How many rotations share one decomposition at most.
TOGETHER = 16


class Rotations:
    """The cases of one ring."""

    def __init__(self, file, name, parameters, generator, elements):
        self.parameters, self.generator = parameters, generator
        seeds = [seed(generator) for _ in range(2)]
        self.secret = secret_key(parameters, seeds[0])
        self.keys = bfv.GaloisKeys(self.secret, elements, Keystream(seeds[1]))
        self.group = file.group(
            name,
            **ring(parameters),
            secret_seed=seeds[0].hex(),
            key_seed=seeds[1].hex(),
            elements=sorted(set(elements)),
        )

    def drawn(self, level=None, parts=2):
        return drawn(self.parameters, seed(self.generator), level, parts)

    def encrypted(self):
        """An operand, its ciphertext and its slots."""
        limit = self.parameters.t // 2
        slots = [self.generator.randint(-limit, limit) for _ in range(self.parameters.degree)]
        message = bfv.encode(self.parameters, slots)
        ciphertext = self.secret.encrypt(message, Keystream(seed(self.generator)))
        return given(ciphertext), ciphertext, slots

    def case(self, comment, operation, operand, results, flags=(), slots=None, in_full=None, **fields):
        if slots is not None:
            for result, expected in zip(results, slots):
                found = bfv.decode(self.parameters, self.secret.decrypt(result))
                assert found == [centred(x, self.parameters.t) for x in expected]
            fields["slots"] = [
                signed(centred(x, self.parameters.t) for x in expected) for expected in slots
            ]
        self.group.case(
            comment,
            flags,
            operation=operation,
            operand=operand,
            **fields,
            outputs=[output(result, in_full) for result in results],
        )

    def rotate(self, a, steps):
        return [bfv.rotate(a, count, self.keys) for count in steps]

    def directions(self, steps):
        """Every rotation of one encryption, one by one and together."""
        operand, a, slots = self.encrypted()
        results = self.rotate(a, steps)
        expected = [rotated(slots, count) for count in steps]
        for operation in ("rotate", "rotate_together"):
            self.case(
                f"{operation.replace('_', ' ')} by {', '.join(map(str, steps))}",
                operation,
                operand,
                results,
                ["Direction"],
                expected,
                # Together they are what they are one by one.
                None if operation == "rotate" else False,
                steps=steps,
            )

    def swaps(self):
        operand, a, slots = self.encrypted()
        half = len(slots) // 2
        self.case(
            "swap the rows",
            "swap_rows",
            operand,
            [bfv.swap_rows(a, self.keys)],
            ["Direction"],
            [slots[half:] + slots[:half]],
        )
        operand, a = self.drawn(1)
        results = [bfv.swap_rows(a, self.keys)]
        self.case("swap the rows at level 1", "swap_rows", operand, results, ["Level"])

    def levels(self, steps):
        for level in range(1, self.parameters.top):
            operand, a = self.drawn(level)
            results = self.rotate(a, steps)
            for operation in ("rotate", "rotate_together"):
                self.case(
                    f"{operation.replace('_', ' ')} at level {level}",
                    operation,
                    operand,
                    results,
                    ["Level"],
                    in_full=None if operation == "rotate" else False,
                    steps=steps,
                )

    def many(self, steps):
        """As many as share a decomposition, and more."""
        operand, a = self.drawn()
        for count in (0, 1, TOGETHER, TOGETHER + 1, 2 * TOGETHER + 1):
            chosen = (steps * (2 * TOGETHER + 1))[:count]
            results = self.rotate(a, chosen)
            self.case(
                f"{count} rotations together",
                "rotate_together",
                operand,
                results,
                ["Many"],
                in_full=False,
                steps=chosen,
            )

    def sums(self):
        degree, t = self.parameters.degree, self.parameters.t
        operand, a, slots = self.encrypted()
        whole = [sum(slots)] * degree
        mean = [sum(slots) * pow(degree, -1, t)] * degree
        sum_result = bfv.slot_sum(a, self.keys)
        mean_result = bfv.slot_mean(a, self.keys)
        self.case("the sum of all slots", "slot_sum", operand, [sum_result], ["Sum"], [whole])
        self.case("the mean of all slots", "slot_mean", operand, [mean_result], ["Sum"], [mean])
        size = 1
        while size < degree:
            expected = block_sums(slots, size)
            self.case(
                f"sums of blocks of {size}",
                "block_sum",
                operand,
                [bfv.block_sum(a, size, self.keys)],
                ["Sum"],
                [expected],
                block_size=size,
            )
            size *= 2
        self.case(
            "a block of all slots",
            "block_sum",
            operand,
            [sum_result],
            ["Sum"],
            [whole],
            block_size=degree,
        )
        operand, a = self.drawn(1)
        for operation, function in (("slot_sum", bfv.slot_sum), ("slot_mean", bfv.slot_mean)):
            self.case(
                f"{operation.replace('_', ' ')} at level 1",
                operation,
                operand,
                [function(a, self.keys)],
                ["Sum", "Level"],
            )

    def refusals(self, missing):
        degree = self.parameters.degree
        operand, three = self.drawn()[0], self.drawn(parts=3)[0]
        for operation, fields in (
            ("rotate", {"steps": [1]}),
            ("rotate", {"steps": [0]}),
            ("rotate_together", {"steps": [0, 1]}),
            ("swap_rows", {}),
            ("slot_sum", {}),
            ("slot_mean", {}),
            ("block_sum", {"block_size": 1}),
        ):
            name = operation.replace("_", " ")
            for comment, given_operand, expected, more in (
                ("three parts", three, parts_error(3), {}),
                ("other parameters", as_foreign(operand), FOREIGN, {}),
                ("keys of other parameters", operand, FOREIGN, {"foreign_keys": True}),
            ):
                if more and fields in ({"steps": [0]}, {"block_size": 1}):
                    # Without a key nothing is switched.
                    continue
                self.group.case(
                    f"{name}: {comment}",
                    (),
                    "invalid",
                    expected,
                    operation=operation,
                    operand=given_operand,
                    **fields,
                    **more,
                )
        element = bfv.rotation_element(missing, degree)
        expected = error(f"there is no Galois key for the element {element}")
        for operation, steps in (("rotate", [missing]), ("rotate_together", [1, 0, missing])):
            self.group.case(
                f"{operation.replace('_', ' ')}: a key is missing",
                ["MissingKey"],
                "invalid",
                expected,
                operation=operation,
                operand=operand,
                steps=steps,
            )
        for size in (-1, 0, 3, degree - 1, 2 * degree):
            self.group.case(
                f"a block of {size}",
                (),
                "invalid",
                error(f"a block of {size} slots; powers of two from 1 to {degree}"),
                operation="block_sum",
                operand=operand,
                block_size=size,
            )


def block_sums(slots, size):
    """Slot i of a row: the sum of it and the next size − 1 in its row."""
    half = len(slots) // 2
    result = []
    for row in (slots[:half], slots[half:]):
        result += [sum(row[(i + k) % half] for k in range(size)) for i in range(half)]
    return result


def missing_keys(file, generator):
    """Sums and the swap without the keys that they need."""
    parameters = RINGS["degree 8"]
    rotations = Rotations(file, "few keys", parameters, generator, [3])
    operand = rotations.drawn()[0]
    for operation, element, fields in (
        ("slot_sum", 5, {}),
        ("slot_mean", 5, {}),
        ("swap_rows", 15, {}),
        ("block_sum", 9, {"block_size": 4}),
        ("block_sum", 5, {"block_size": 8}),
    ):
        rotations.group.case(
            f"{operation.replace('_', ' ')} without the key for {element}",
            ["MissingKey"],
            "invalid",
            error(f"there is no Galois key for the element {element}"),
            operation=operation,
            operand=operand,
            **fields,
        )


def files():
    generator = random.Random(20261203)
    file = VectorFile(
        "bfv/rotation.json",
        "bfv.rotation",
        "Rotations of the rows to the left, their swap, and sums of slots: automorphisms of the parts "
        "and key switches.",
        GENERATOR,
        {
            "Direction": "An encryption, whose slots show where they went.",
            "Level": "Below the level of fresh ciphertexts.",
            "Many": "As many rotations as share a decomposition, or more.",
            "Sum": "Sums of slots, made of several automorphisms.",
            "MissingKey": "A Galois key is not there.",
        },
    )
    for name, parameters in RINGS.items():
        degree, half = parameters.degree, parameters.degree // 2
        present = [1, -1, 2] if degree > 8 else [1, -1]
        elements = [bfv.rotation_element(count, degree) for count in present]
        elements += [2 * degree - 1, *bfv.packing_elements(degree)]
        power = 1
        while power < half:
            elements.append(bfv.rotation_element(power, degree))
            power *= 2
        # The packing elements may be rotations, too: one that is none of them is left out.
        absent = [k for k in range(half) if bfv.rotation_element(k, degree) not in elements]
        rotations = Rotations(file, name, parameters, generator, elements)
        rotations.directions([0, 1, -1, half, half + 1, -half - 1, 7 * half])
        rotations.swaps()
        rotations.levels([1, -1])
        rotations.sums()
        if degree == 8:
            rotations.many([1, 0, -1, 1])
        if absent and degree == 16:
            rotations.refusals(absent[-1])
    missing_keys(file, generator)
    large = Rotations(file, "degree 1024", LARGE, generator, [3])
    operand, a = large.drawn()
    for operation in ("rotate", "rotate_together"):
        large.case(
            f"{operation.replace('_', ' ')} by 1", operation, operand, large.rotate(a, [1]), steps=[1]
        )
    return [file]
