"""What an answer carries of a ciphertext."""

import random

from bfv.operands import (
    FOREIGN,
    RINGS,
    as_foreign,
    drawn,
    error,
    given,
    parts_error,
    random_message,
    ring,
    secret_key,
    seed,
    signed,
)
from common import bfv
from common.bfv import Parameters
from common.keystream import Keystream
from common.primes import centred
from common.vectorfile import VectorFile

GENERATOR = "bfv/extraction.py"
# With one prime rounding alone is too much noise, so that totals stay at two.
NOTHING_TO_DROP = Parameters.small(16, 42, 60, 2)


def noise_for(parameters, bits, totals, level):
    """log2 of a noise that asks for as many bits of flooding."""
    model = parameters.noise()
    for quarter in range(4 * 400):
        # Never a whole number of bits, where rounding would decide.
        noise = quarter / 4 + 0.125
        asked, target = model.extraction(noise, totals, level)
        if asked == bits and target:
            return noise
    return None


class Extractions:
    """The cases of one ring."""

    def __init__(self, group, parameters, generator, secret, public):
        self.group, self.parameters, self.generator = group, parameters, generator
        self.secret, self.public = secret, public

    def encrypted(self, level=None):
        message = random_message(self.parameters, self.generator)
        a = self.public.encrypt(message, Keystream(seed(self.generator)))
        return bfv.modulus_switch(a, level or self.parameters.top), message

    def case(self, comment, level, count, noise, totals, flags=()):
        a, message = self.encrypted(level)
        drawn_seed, degree = seed(self.generator), self.parameters.degree
        found = bfv.extract(a, count, noise, totals, self.public, Keystream(drawn_seed))
        if found.level == level:
            flags = [*flags, "Visible"]
        expected = [
            centred(degree * message[k * found.stride], self.parameters.t) for k in range(count)
        ]
        assert self.secret.totals(found) == expected
        self.group.case(
            comment,
            flags,
            ciphertext=given(a),
            count=count,
            noise=noise,
            totals_in_answer=totals,
            seed=drawn_seed.hex(),
            level=found.level,
            written=found.serialized().hex(),
            totals=signed(expected),
        )

    def refused(self, comment, operand, count, noise, expected, **fields):
        self.group.case(
            comment,
            (),
            "invalid",
            expected,
            ciphertext=operand,
            count=count,
            noise=noise,
            totals_in_answer=1,
            seed="00",
            **fields,
        )

    def all(self):
        parameters, degree = self.parameters, self.parameters.degree
        top = parameters.top
        for count in (1, 2, 3, degree // 2 + 1, degree):
            self.case(f"{count} totals", top, count, 20.125, count)
        self.case("one of many totals in the answer", top, 1, 20.125, 64, ["Accounted"])
        self.case("fewer in the answer than there are", top, 4, 20.125, 1, ["Accounted"])
        self.case("no totals in the answer", top, 1, 20.125, 0, ["Accounted"])
        self.case("hardly any noise", top, 1, -1000.125, 1, ["NoiseLimit"])
        for bits in (62, 63, 64, 65, 126, 127, 128):
            noise = noise_for(parameters, bits, 2, top)
            if noise is not None:
                self.case(f"{bits} bits of flooding", top, 2, noise, 2, ["WordEdge"])
        for level in range(1, top):
            if parameters.noise().extraction(12.125, 1, level)[1]:
                self.case(f"at level {level}", level, 1, 12.125, 1, ["Level"])
        # The largest noise that is admitted, and a quarter more.
        noise = 0.125
        while parameters.noise().extraction(noise + 0.25, 1, top)[1]:
            noise += 0.25
        self.case("the largest noise", top, 1, noise, 1, ["NoiseLimit"])
        operand = given(self.encrypted()[0])
        for excess in (0.25, 1, 1000, 1000000):
            self.refused(
                f"a noise of {excess} bits more than the largest",
                operand,
                1,
                noise + excess,
                error(f"bits does not decrypt with {top} primes"),
            )
        three = drawn(parameters, seed(self.generator), parts=3)[0]
        self.refused("no total", operand, 0, 20, error("nothing to compute on"))
        self.refused("a negative number", operand, -1, 20, error("nothing to compute on"))
        self.refused("too many", operand, degree + 1, 20, error(f"more than {degree} totals"))
        self.refused("three parts", three, 1, 20, parts_error(3))
        self.refused("other parameters", as_foreign(operand), 1, 20, FOREIGN)
        self.refused(
            "an encryptor of other parameters", operand, 1, 20, FOREIGN, foreign_encryptor=True
        )


def extraction(generator):
    file = VectorFile(
        "bfv/extraction.json",
        "bfv.extraction",
        "What an answer carries: the ciphertext and a fresh encryption of zero, the coefficients of "
        "totals flooded by uniform noise, switched to the smallest modulus that still decrypts. The seed "
        "gives the encryption of zero, then the words of each total's flooding.",
        GENERATOR,
        {
            "Accounted": "The flooding is for another number of totals than there are.",
            "WordEdge": "The flooding takes as many bits as words have, or one more or less.",
            "Visible": "No prime is dropped after flooding, so every bit of it shows.",
            "Level": "Below the level of fresh ciphertexts.",
            "NoiseLimit": "The smallest or the largest noise that may be sent.",
        },
    )
    for name, parameters in {**RINGS, "degree 16, no prime to drop": NOTHING_TO_DROP}.items():
        seeds = [seed(generator) for _ in range(2)]
        secret = secret_key(parameters, seeds[0])
        public = bfv.PublicKey(secret, Keystream(seeds[1]))
        group = file.group(
            name, **ring(parameters), secret_seed=seeds[0].hex(), public_key_seed=seeds[1].hex()
        )
        Extractions(group, parameters, generator, secret, public).all()
    return file


def files():
    generator = random.Random(20261210)
    return [extraction(generator)]
