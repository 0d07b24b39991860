"""Sums of ciphertexts."""

import random

from bfv.operands import (
    FOREIGN,
    LEVELS,
    RINGS,
    SMALL,
    WIDE,
    as_foreign,
    constant,
    drawn,
    edge_messages,
    error,
    given,
    output,
    parts_error,
    plaintext,
    random_message,
    ring,
    seed,
)
from common import bfv
from common.vectorfile import VectorFile

GENERATOR = "bfv/addition.py"


class Sums:
    """The cases of one ring."""

    def __init__(self, group, parameters, generator):
        self.group, self.parameters, self.generator = group, parameters, generator

    def drawn(self, level=None, parts=2):
        return drawn(self.parameters, seed(self.generator), level, parts)

    def case(self, comment, operation, operands, result, flags=(), **fields):
        self.group.case(
            comment,
            flags,
            operation=operation,
            operands=[operand for operand, _ in operands],
            **fields,
            output=output(result),
        )

    def refused(self, comment, operation, operands, expected, flags=(), **fields):
        self.group.case(
            comment, flags, "invalid", expected, operation=operation, operands=operands, **fields
        )

    def pairs(self, operation, function):
        ones = constant(self.parameters, -1)
        zeros = constant(self.parameters, 0)
        for level in range(1, self.parameters.top + 1):
            a, b = self.drawn(level), self.drawn(level)
            self.case(f"{operation} at level {level}", operation, [a, b], function(a[1], b[1]))
        a = self.drawn()
        for comment, other in (("−1 everywhere", ones), ("zeros", zeros), ("itself", a[1])):
            pair = [a, (given(other) if other is not a[1] else a[0], other)]
            self.case(
                f"{operation}: {comment}", operation, pair, function(a[1], other), ["Reduction"]
            )
            pair.reverse()
            self.case(
                f"{operation}: from {comment}", operation, pair, function(other, a[1]), ["Reduction"]
            )
        pair = [(given(ones), ones)] * 2
        self.case(
            f"{operation}: −1 twice", operation, pair, function(ones, ones), ["Reduction"]
        )
        for parts in ((2, 3), (3, 2), (3, 3)):
            a, b = self.drawn(parts=parts[0]), self.drawn(parts=parts[1])
            self.case(
                f"{operation}: {parts[0]} and {parts[1]} parts",
                operation,
                [a, b],
                function(a[1], b[1]),
                ["ThreeParts"],
            )
        self.refused(
            f"{operation} at two levels",
            operation,
            [self.drawn()[0], self.drawn(1)[0]],
            LEVELS,
        )
        for operands in ([a[0], as_foreign(b[0])], [as_foreign(a[0]), b[0]]):
            self.refused(f"{operation}: other parameters", operation, operands, FOREIGN)
        for parts in (1, 4):
            self.refused(
                f"{operation}: {parts} parts",
                operation,
                [a[0], self.drawn(parts=parts)[0]],
                parts_error(parts),
                ["PartCount"],
            )

    def negations(self):
        for comment, (operand, a), flags in (
            ("two parts", self.drawn(), []),
            ("three parts", self.drawn(parts=3), ["ThreeParts"]),
            ("level 1", self.drawn(1), []),
        ):
            self.case(f"negate: {comment}", "negate", [(operand, a)], bfv.negate(a), flags)
        for value in (0, 1, -1):
            a = constant(self.parameters, value)
            self.case(
                f"negate {value} everywhere", "negate", [(given(a), a)], bfv.negate(a), ["Reduction"]
            )
        self.refused(
            "negate: other parameters", "negate", [as_foreign(self.drawn()[0])], FOREIGN
        )

    def plaintexts(self):
        random_one = ("random", random_message(self.parameters, self.generator))
        for comment, message in [random_one, *edge_messages(self.parameters)]:
            a = self.drawn()
            self.case(
                f"add a plaintext: {comment}",
                "add_plaintext",
                [a],
                bfv.add_plaintext(a[1], message),
                ["Scaling"],
                plaintext=plaintext(message),
            )
        message = random_one[1]
        for level, parts in [(level, 2) for level in range(1, self.parameters.top)] + [(1, 3)]:
            a = self.drawn(level, parts)
            self.case(
                f"add a plaintext to {parts} parts at level {level}",
                "add_plaintext",
                [a],
                bfv.add_plaintext(a[1], message),
                ["Scaling"] + (["ThreeParts"] if parts == 3 else []),
                plaintext=plaintext(message),
            )
        a = self.drawn()[0]
        for operand, other in (
            (a, as_foreign(plaintext(message))),
            (as_foreign(a), plaintext(message)),
        ):
            self.refused(
                "add a plaintext: other parameters",
                "add_plaintext",
                [operand],
                FOREIGN,
                plaintext=other,
            )

    def integers(self):
        weights = (0, 1, -1, 2, -3, 10**9 + 7, 2**62, 2**63 - 1, -(2**63))
        for weight in weights:
            a = self.drawn()
            self.case(
                f"times {weight}",
                "multiply_by_integer",
                [a],
                bfv.multiply_weight(a[1], weight),
                ["Weight"],
                weight=f"{weight:x}",
            )
        a = self.drawn(1, 3)
        self.case(
            "three parts at level 1 times −5",
            "multiply_by_integer",
            [a],
            bfv.multiply_weight(a[1], -5),
            ["ThreeParts", "Weight"],
            weight="-5",
        )
        self.refused(
            "an integer times other parameters",
            "multiply_by_integer",
            [as_foreign(a[0])],
            FOREIGN,
            weight="2",
        )

    def many(self):
        for count in (1, 2, 8, 9, 10, 17):
            operands = [self.drawn() for _ in range(count)]
            self.case(
                f"the sum of {count}", "sum", operands, bfv.total([a for _, a in operands]), ["Many"]
            )
        ones = constant(self.parameters, -1, 1)
        self.case(
            "the sum of 17 times −1",
            "sum",
            [(given(ones), ones)] * 17,
            bfv.total([ones] * 17),
            ["Many", "Reduction"],
        )
        a = self.drawn()[0]
        self.refused("the sum of none", "sum", [], error("nothing to compute on"))
        self.refused("a sum at two levels", "sum", [a, self.drawn(1)[0]], LEVELS)
        self.refused("a sum with other parameters", "sum", [a, as_foreign(a)], FOREIGN)
        self.refused(
            "a sum with three parts",
            "sum",
            [a, a, self.drawn(parts=3)[0]],
            parts_error(3),
            ["PartCount"],
        )

    def serialized(self):
        for level in (1, self.parameters.top):
            a, (_, b) = self.drawn(level), self.drawn(level)
            self.case(
                f"add bytes at level {level}",
                "add_serialized",
                [a],
                bfv.add(a[1], b),
                serialized=b.serialized().hex(),
            )
        data, top = b.serialized(), self.parameters.top
        width = (self.parameters.moduli[0] - 1).bit_length()
        spoiled = data[:2] + b"\xff" * (width * self.parameters.degree // 8)
        spoiled += data[len(spoiled) :]
        part = ("WireError", "ciphertext part: a residue is not below its modulus")
        for comment, altered, expected in (
            ("level 0", b"\0" + data[1:], ("WireError", "ciphertext level: there is no such level")),
            (
                "a level too high",
                bytes([top + 1]) + data[1:],
                ("WireError", "ciphertext level: there is no such level"),
            ),
            (
                "three parts",
                data[:1] + b"\3" + data[2:],
                ("WireError", "ciphertext part count: it is not 2"),
            ),
            ("a byte less", data[:-1], ("WireError", "cut short at ciphertext part")),
            ("a byte more", data + b"\0", ("WireError", "1 bytes after its end")),
            ("no bytes", b"", ("WireError", "cut short at ciphertext level")),
            ("a residue that is too large", spoiled, part),
            ("another level", self.drawn(1)[1].serialized(), LEVELS),
        ):
            self.refused(
                f"add bytes: {comment}",
                "add_serialized",
                [a[0]],
                expected,
                ["Bytes"],
                serialized=altered.hex(),
            )
        self.refused(
            "add bytes to three parts",
            "add_serialized",
            [self.drawn(parts=3)[0]],
            parts_error(3),
            ["PartCount"],
            serialized=data.hex(),
        )


def addition(generator):
    file = VectorFile(
        "bfv/addition.json",
        "bfv.addition",
        "Sums, differences and negatives of ciphertexts; sums with plaintexts, which are scaled to "
        "round(Q·m/t); products with integers.",
        GENERATOR,
        {
            "Reduction": "Residues whose sum or difference has to be reduced, or must not be.",
            "ThreeParts": "A ciphertext has three parts.",
            "PartCount": "A ciphertext has a number of parts that is not accepted.",
            "Scaling": "The plaintext is scaled and rounded.",
            "Weight": "A small or very large integer.",
            "Many": "As many terms as are added in one pass, or one more or less.",
            "Bytes": "The bytes of a ciphertext are damaged.",
        },
    )
    for name, parameters in RINGS.items():
        group = file.group(name, **ring(parameters))
        sums = Sums(group, parameters, generator)
        if parameters in (SMALL, WIDE):
            sums.pairs("add", bfv.add)
            sums.pairs("subtract", bfv.subtract)
            sums.negations()
            sums.serialized()
        sums.plaintexts()
        sums.integers()
        sums.many()
    return file


def files():
    generator = random.Random(20261201)
    return [addition(generator)]
