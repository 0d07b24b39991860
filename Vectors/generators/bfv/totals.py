"""Totals from what an answer carries."""

import random

from bfv.operands import FOREIGN, RINGS, error, random_part, ring, secret_key, seed, signed
from common import bfv
from common.primes import centred
from common.products import product
from common.vectorfile import VectorFile

GENERATOR = "bfv/totals.py"


class TotalsCases:
    """The cases of one ring."""

    def __init__(self, group, parameters, generator, secret):
        self.group, self.parameters, self.generator = group, parameters, generator
        self.secret = secret

    def made(self, level, messages, noises):
        """Totals with these messages and noises, c0 + c1·s = Q·m/t + noise."""
        parameters = self.parameters
        modulus, distance = parameters.product(level), bfv.stride(len(messages), parameters.degree)
        second = random_part(parameters, level, self.generator)
        masks = product(second, self.secret.coefficients)
        first = [
            (bfv.scaled_up(parameters, [m], level)[0] + e - masks[k * distance]) % modulus
            for k, (m, e) in enumerate(zip(messages, noises))
        ]
        return bfv.Totals(parameters, first, second, level)

    def case(self, comment, level, messages, noises, flags=()):
        totals = self.made(level, messages, noises)
        degree, t = self.parameters.degree, self.parameters.t
        expected = [centred(degree * m, t) for m in messages]
        assert self.secret.totals(totals) == expected
        self.group.case(
            comment, flags, bytes=totals.serialized().hex(), totals=signed(expected)
        )

    def all(self):
        parameters, generator = self.parameters, self.generator
        degree, t = parameters.degree, parameters.t
        inverse = pow(degree, -1, t)
        for level in range(1, parameters.top + 1):
            most = min(20, parameters.product(level) // (t << 9) - 1)
            for count in sorted({1, 2, 3, 5, degree - 1, degree}):
                messages = [generator.randrange(t) for _ in range(count)]
                noises = [generator.randint(-most, most) for _ in range(count)]
                self.case(f"{count} totals at level {level}", level, messages, noises)
            extreme = [x * inverse % t for x in (0, 1, -1, t // 2, -(t // 2))]
            self.case(f"totals of every sign at level {level}", level, extreme, [0] * 5, ["Sign"])
            self.margins(level)
        a = self.made(parameters.top, [1], [0]).serialized().hex()
        self.group.case("other parameters", (), "invalid", FOREIGN, bytes=a, foreign=True)

    def margins(self, level):
        """Noise of 2^-9 of Q/t: just less is taken, just more is not."""
        modulus, t = self.parameters.product(level), self.parameters.t
        limit, distance = modulus // (t << 9), modulus // (t << 58) + 2
        messages = [self.generator.randrange(t) for _ in range(3)]
        for sign in (1, -1):
            name = "largest" if sign == 1 else "smallest"
            noises, place = [0, sign * (limit - distance), 0], f"the {name} noise at level {level}"
            self.case(f"just within {place}", level, messages, noises, ["Margin"])
            for comment, excess in (("just", distance), ("twice", limit), ("far", 100 * limit)):
                totals = self.made(level, messages, [0, 0, sign * (limit + excess)])
                self.group.case(
                    f"{comment} beyond {place}",
                    ["Margin"],
                    "invalid",
                    error("noisier than an honest evaluation makes them"),
                    bytes=totals.serialized().hex(),
                )


def totals_file(generator):
    file = VectorFile(
        "bfv/totals.json",
        "bfv.totals",
        "What an answer carries to totals: N times each coefficient that was sent, modulo t, within "
        "±(t − 1)/2. A coefficient whose noise is beyond 2^-9 of Q/t is refused.",
        GENERATOR,
        {
            "Sign": "Totals around zero and at both ends of the range.",
            "Margin": "The noise of a total is at the most that is taken, or beyond.",
        },
    )
    for name, parameters in RINGS.items():
        secret_seed = seed(generator)
        group = file.group(name, **ring(parameters), secret_seed=secret_seed.hex())
        TotalsCases(group, parameters, generator, secret_key(parameters, secret_seed)).all()
    return file


def files():
    generator = random.Random(20261211)
    return [totals_file(generator)]
