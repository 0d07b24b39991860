"""Sums of products that are scaled together."""

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
    error,
    given,
    output,
    parts_error,
    ring,
    secret_key,
    seed,
)
from bfv.products import largest
from common import bfv
from common.keystream import Keystream
from common.vectorfile import VectorFile

GENERATOR = "bfv/product_sums.py"


class Accumulator:
    """What the steps of a case come to: products are gathered until `limit` of them, each counted by
    its weight, are exceeded; what was gathered is scaled then, and goes on from zero."""

    def __init__(self, parameters, level, limit=1 << 20):
        self.parameters, self.level, self.limit = parameters, level, limit
        self.pairs, self.weights, self.scaled, self.count = [], [], None, 0
        # What was gathered, in products counted by their weight.
        self.weight = 0

    def accumulate(self, a, b):
        self._make_room(1)
        self.pairs.append((a, b))
        self.weights.append(1)
        self.count += 1

    def multiply(self, weight):
        if self.weight * abs(weight) > self.limit:
            self._scale()
        elif self.weight:
            self.weight = max(self.weight * abs(weight), 1)
        self.weights = [w * weight for w in self.weights]
        if self.scaled:
            self.scaled = bfv.multiply_weight(self.scaled, weight)

    def merge(self, other):
        self._make_room(other.weight)
        self.pairs += other.pairs
        self.weights += other.weights
        self.count += other.count
        if other.scaled:
            self._add(other.scaled)

    def finish(self):
        self._scale()
        return self.scaled

    def _make_room(self, weight):
        if self.weight + weight > self.limit:
            self._scale()
        self.weight += weight

    def _scale(self):
        if self.weight:
            self._add(bfv.product_sum(self.pairs, self.weights))
        self.pairs, self.weights, self.weight = [], [], 0

    def _add(self, ciphertext):
        self.scaled = bfv.add(self.scaled, ciphertext) if self.scaled else ciphertext


def accumulate(a, b, extended=False):
    return {"action": "accumulate_extended" if extended else "accumulate", "factors": [a, b]}


def times(weight):
    return {"action": "multiply", "weight": f"{weight:x}"}


def merge(*steps):
    return {"action": "merge", "steps": list(steps)}


FINISH = {"action": "finish"}


def gathered(steps, ciphertexts, accumulator):
    for step in steps:
        if step["action"] == "multiply":
            accumulator.multiply(int(step["weight"], 16))
        elif step["action"] == "merge":
            fresh = Accumulator(accumulator.parameters, accumulator.level, accumulator.limit)
            accumulator.merge(gathered(step["steps"], ciphertexts, fresh))
        else:
            first, second = step["factors"]
            accumulator.accumulate(ciphertexts[first], ciphertexts[second])
    return accumulator


class Sums:
    """The cases of one ring."""

    def __init__(self, group, parameters, generator, key):
        self.group, self.parameters, self.generator, self.key = group, parameters, generator, key

    def drawn(self, count, level=None):
        return [drawn(self.parameters, seed(self.generator), level) for _ in range(count)]

    def case(self, comment, operands, steps, flags=(), limit=None, relinearized=False):
        ciphertexts = [ciphertext for _, ciphertext in operands]
        level = ciphertexts[0].level
        accumulator = Accumulator(self.parameters, level, limit or 1 << 20)
        gathered(steps, ciphertexts, accumulator)
        result, fields = accumulator.finish(), {}
        if relinearized:
            fields["relinearized"] = output(bfv.relinearize(result, self.key), in_full=False)
        self.group.case(
            comment,
            flags,
            operands=[operand for operand, _ in operands],
            level=level,
            **({"terms_per_scaling": limit} if limit else {}),
            steps=steps,
            term_count=accumulator.count,
            output=output(result),
            **fields,
        )

    def counts(self):
        for count in (1, 2, 3, 16):
            operands = self.drawn(4)
            steps = [accumulate(k % 4, k // 3 % 4) for k in range(count)]
            self.case(f"{count} products", operands, steps, relinearized=True)
        for level in range(1, self.parameters.top):
            steps = [accumulate(0, 1), accumulate(1, 2, True), accumulate(2, 2)]
            self.case(f"three products at level {level}", self.drawn(3, level), steps)
        steps = [accumulate(0, 1, True), accumulate(0, 2, True), accumulate(1, 2)]
        self.case("operands extended for several products", self.drawn(3), steps, ["Extended"])

    def weights(self):
        most = 1 << 20
        for weight in (0, 1, -1, 3, -7, most, -most):
            steps = [accumulate(0, 1), times(weight)]
            self.case(f"a product times {weight}", self.drawn(2), steps, ["Weight"])
        for weight in (most + 1, -most - 1, 2**62, -(2**63)):
            steps = [accumulate(0, 1), times(weight)]
            self.case(
                f"a product times {weight}", self.drawn(2), steps, ["Weight", "ScaledBetween"]
            )
        steps = [accumulate(0, 1), times(5), accumulate(1, 2), times(-3), accumulate(2, 2)]
        self.case("weights between products", self.drawn(3), steps, ["Weight"])
        steps = [accumulate(0, 1), times(most // 2), accumulate(1, 2), times(2)]
        self.case("a weight that no longer fits", self.drawn(3), steps, ["Weight", "ScaledBetween"])
        steps = [accumulate(0, 1), times(most - 1), accumulate(1, 2), accumulate(2, 2)]
        self.case("a product that no longer fits", self.drawn(3), steps, ["Weight", "ScaledBetween"])
        steps = [accumulate(0, 1), times(0), times(most + 1), accumulate(1, 1)]
        self.case("a weight of zero before", self.drawn(2), steps, ["Weight", "ScaledBetween"])

    def extremes(self):
        large = constant(self.parameters, largest(self.parameters))
        operands = [(given(large), large)]
        steps = [accumulate(0, 0), times(1 << 20)]
        self.case("the largest sum", operands, steps, ["NearHalf", "Weight"])
        steps = [accumulate(0, 0), times(-(1 << 20))]
        self.case("the smallest sum", operands, steps, ["NearHalf", "Weight"])
        steps = [accumulate(0, 0)] * 3
        self.case("nearly Q/2 three times", operands, steps, ["NearHalf"])

    def merges(self):
        operands = self.drawn(4)
        for comment, steps in (
            ("into a sum", [accumulate(0, 1), merge(accumulate(1, 2), accumulate(2, 3))]),
            ("into nothing", [merge(accumulate(1, 2))]),
            ("of nothing", [accumulate(0, 1), merge()]),
            ("of a weighted sum", [accumulate(0, 1), merge(accumulate(1, 2), times(-9)), times(4)]),
            ("of a merged sum", [merge(merge(accumulate(0, 1)), accumulate(1, 1)), accumulate(2, 3)]),
            (
                "of a sum that waits",
                [accumulate(0, 1), merge(accumulate(1, 2), accumulate(2, 3), accumulate(0, 3))],
            ),
        ):
            self.case(f"merge {comment}", operands, steps, ["Merge"])

    def batches(self):
        operands = self.drawn(4)
        steps = [accumulate(k % 4, k // 2 % 4) for k in range(5)]
        for limit in (1, 2, 3, 5):
            self.case(
                f"five products scaled {limit} at a time",
                operands,
                steps,
                ["ScaledBetween"],
                limit,
                True,
            )
        steps = [*steps[:3], merge(*steps[3:], accumulate(3, 3)), times(-2), accumulate(0, 1)]
        for limit in (1, 2, 4):
            self.case(
                f"merged and weighted, scaled {limit} at a time",
                operands,
                steps,
                ["Merge", "ScaledBetween", "Weight"],
                limit,
            )

    def refusals(self):
        top = self.parameters.top
        operands = [operand for operand, _ in self.drawn(2)]
        low, three = (
            drawn(self.parameters, seed(self.generator), level, parts)[0]
            for level, parts in ((1, 2), (None, 3))
        )
        finished = error("the accumulator was finished")
        one, two = accumulate(0, 1), accumulate(0, 1, True)
        for comment, steps, given_operands, expected in (
            ("no product", [], operands, error("nothing to compute on")),
            ("no product, but a weight", [times(5)], operands, error("nothing to compute on")),
            ("nothing merged into nothing", [merge()], operands, error("nothing to compute on")),
            ("finished twice", [one, FINISH], operands, finished),
            ("a product after the end", [one, FINISH, one], operands, finished),
            ("a weight after the end", [one, FINISH, times(2)], operands, finished),
            ("a merge after the end", [one, FINISH, merge(one)], operands, finished),
            ("a merge of a finished one", [one, merge(one, FINISH)], operands, finished),
            ("two levels", [one], [operands[0], low], LEVELS),
            ("two levels, extended", [two], [operands[0], low], LEVELS),
            ("another level", [one], [low, low], error(f"ciphertexts with 1 and {top} primes")),
            ("other parameters", [one], [operands[0], as_foreign(operands[1])], FOREIGN),
            ("other parameters, extended", [two], [as_foreign(operands[0]), operands[1]], FOREIGN),
            ("three parts", [one], [three, operands[1]], parts_error(3)),
            ("three parts, extended", [two], [operands[0], three], parts_error(3)),
        ):
            self.group.case(
                comment, (), "invalid", expected, operands=given_operands, level=top, steps=steps
            )
        for level in (0, top + 1):
            self.group.case(
                f"an accumulator at level {level}",
                (),
                "invalid",
                error(f"{level} primes were asked for; 1 to {top} are possible"),
                operands=operands,
                level=level,
                steps=[one],
            )


def sum_file(generator):
    file = VectorFile(
        "bfv/product-sum.json",
        "bfv.product-sum",
        "Sums of products that are scaled together: round(t·Σd/Q). Beyond 2^20 products, each counted "
        "by its weight, what was gathered is scaled before more is.",
        GENERATOR,
        {
            "Extended": "Operands are taken to the extended basis once for several products.",
            "Weight": "The sum is multiplied by an integer.",
            "ScaledBetween": "The sum is scaled in several pieces, each rounded.",
            "NearHalf": "Representatives just far enough from Q/2 to be the nearest for certain.",
            "Merge": "Accumulators are merged.",
        },
    )
    for name, parameters in RINGS.items():
        seeds = [seed(generator) for _ in range(2)]
        key = bfv.RelinearizationKey(secret_key(parameters, seeds[0]), Keystream(seeds[1]))
        group = file.group(
            name, **ring(parameters), secret_seed=seeds[0].hex(), key_seed=seeds[1].hex()
        )
        sums = Sums(group, parameters, generator, key)
        sums.counts()
        sums.extremes()
        if parameters in (SMALL, WIDE):
            sums.weights()
            sums.merges()
            sums.batches()
            sums.refusals()
    return file


def files():
    generator = random.Random(20261205)
    return [sum_file(generator)]
