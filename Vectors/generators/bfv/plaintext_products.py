"""Products of ciphertexts with plaintexts."""

import random

from bfv.operands import (
    FOREIGN,
    LEVELS,
    RINGS,
    as_foreign,
    drawn,
    edge_messages,
    error,
    output,
    parts_error,
    plaintext,
    random_message,
    ring,
    seed,
)
from common import bfv
from common.vectorfile import VectorFile

GENERATOR = "bfv/plaintext_products.py"


def factor(message, level):
    return {"plaintext": plaintext(message), "level": level}


def plaintext_products(generator):
    file = VectorFile(
        "bfv/plaintext-product.json",
        "bfv.plaintext-product",
        "Products of ciphertexts with plaintexts, whose centred representatives are lifted; and sums "
        "of such products.",
        GENERATOR,
        {
            "Lift": "Coefficients around zero and t/2, where the representative changes its sign.",
            "Many": "As many terms as are added in one pass, or one more or less.",
            "PartCount": "A ciphertext has a number of parts that is not accepted.",
        },
    )
    for name, parameters in RINGS.items():
        group, degree = file.group(name, **ring(parameters)), parameters.degree
        products = PlaintextProducts(group, parameters, generator)
        for comment, message in edge_messages(parameters):
            products.multiply(comment, message, flags=["Lift"])
        products.multiply("X", [0, 1] + [0] * (degree - 2))
        for level in range(1, parameters.top + 1):
            products.multiply(f"level {level}", products.message(), level)
        products.multiply("three parts", products.message(), parts=3)
        for count in (1, 7, 8, 9, 17):
            products.inner(count)
        products.inner(3, level=1)
        products.refusals()
    return file


class PlaintextProducts:
    """The cases of one ring."""

    def __init__(self, group, parameters, generator):
        self.group, self.parameters, self.generator = group, parameters, generator

    def message(self):
        return random_message(self.parameters, self.generator)

    def multiply(self, comment, message, level=None, parts=2, flags=()):
        operand, a = drawn(self.parameters, seed(self.generator), level, parts)
        self.group.case(
            f"times {comment}",
            flags,
            operation="multiply",
            operands=[operand],
            factors=[factor(message, a.level)],
            output=output(bfv.multiply_plain(a, message)),
        )

    def inner(self, count, level=None):
        operands, products, factors = [], [], []
        for _ in range(count):
            operand, a = drawn(self.parameters, seed(self.generator), level)
            message = self.message()
            operands.append(operand)
            factors.append(factor(message, a.level))
            products.append(bfv.multiply_plain(a, message))
        self.group.case(
            f"the sum of {count} products at level {a.level}",
            ["Many"],
            operation="inner_product",
            operands=operands,
            factors=factors,
            output=output(bfv.total(products)),
        )

    def refusals(self):
        top = self.parameters.top
        operand = drawn(self.parameters, seed(self.generator))[0]
        three = drawn(self.parameters, seed(self.generator), parts=3)[0]
        low = drawn(self.parameters, seed(self.generator), 1)[0]
        message = self.message()
        fitting = factor(message, top)
        unprepared = {**fitting, "plaintext": as_foreign(plaintext(message))}
        other = {**unprepared, "foreign": True}
        many = error("2 ciphertexts and 1 plaintexts: one for each is needed")
        none = error("nothing to compute on")
        levels = "1 to {} are possible"
        lower = factor(message, 1)
        for operation in ("multiply", "inner_product"):
            self.refused("lifted to another level", operation, [operand], [lower], LEVELS)
            self.refused("prepared under other parameters", operation, [operand], [other], FOREIGN)
        for comment, operation, operands, factors, expected in (
            ("ciphertexts at two levels", "inner_product", [operand, low], [fitting] * 2, LEVELS),
            ("other parameters", "multiply", [as_foreign(operand)], [fitting], FOREIGN),
            ("a plaintext of other parameters", "multiply", [operand], [unprepared], FOREIGN),
            ("level 0", "multiply", [operand], [factor(message, 0)], error(levels.format(top))),
            (
                "a level too high",
                "multiply",
                [operand],
                [factor(message, top + 1)],
                error(f"{top + 1} primes were asked for; " + levels.format(top)),
            ),
            ("fewer plaintexts than ciphertexts", "inner_product", [operand] * 2, [fitting], many),
            ("no terms", "inner_product", [], [], none),
        ):
            self.refused(comment, operation, operands, factors, expected)
        self.refused(
            "the sum of products with three parts",
            "inner_product",
            [operand, three],
            [fitting] * 2,
            parts_error(3),
            ["PartCount"],
        )

    def refused(self, comment, operation, operands, factors, expected, flags=()):
        self.group.case(
            comment,
            flags,
            "invalid",
            expected,
            operation=operation,
            operands=operands,
            factors=factors,
        )


def files():
    generator = random.Random(20261202)
    return [plaintext_products(generator)]
