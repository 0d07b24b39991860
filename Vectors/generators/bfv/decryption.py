"""Ciphertexts to messages."""

import random

from bfv.operands import (
    FOREIGN,
    LARGE,
    RINGS,
    as_foreign,
    drawn,
    edge_messages,
    given,
    parts_error,
    random_message,
    random_part,
    ring,
    secret_key,
    seed,
)
from common import bfv
from common.digests import words_digest
from common.polynomials import add
from common.vectorfile import VectorFile, words

GENERATOR = "bfv/decryption.py"


class Decryptions:
    """The cases of one ring."""

    def __init__(self, group, parameters, generator, secret):
        self.group, self.parameters, self.generator = group, parameters, generator
        self.secret = secret

    def case(self, comment, operand, ciphertext, flags=(), expected=None):
        message = self.secret.decrypt(ciphertext)
        assert expected is None or message == expected
        in_full = self.parameters.degree <= 32
        fields = {"message": words(message)} if in_full else {"message_digest": words_digest(message)}
        self.group.case(comment, flags, ciphertext=operand, **fields)

    def levels(self):
        parameters, generator = self.parameters, self.generator
        for level in range(1, parameters.top + 1):
            edges = edge_messages(parameters)[-1][1]
            for comment, message, noise in (
                ("no noise", edges, 0),
                ("small noise", random_message(parameters, generator), 20),
            ):
                errors = [generator.randint(-noise, noise) for _ in message]
                phase = add(bfv.scaled_up(parameters, message, level), errors)
                a = self.secret.with_phase(phase, random_part(parameters, level, generator), level)
                self.case(f"{comment} at level {level}", given(a), a, expected=message)
            operand, a = drawn(parameters, seed(generator), level)
            self.case(f"any residues at level {level}", operand, a, ["Noise"])
            operand, a = drawn(parameters, seed(generator), level, 3)
            self.case(f"three parts at level {level}", operand, a, ["ThreeParts", "Noise"])

    def limits(self):
        """t·c(s)/Q as near to a message and one half as decides the message for certain: (count of
        primes) · 2^-49 and a little more."""
        parameters, generator, t = self.parameters, self.generator, self.parameters.t
        for level in range(1, parameters.top + 1):
            modulus = parameters.product(level)
            distance = (level + 1) * modulus // (t << 49) + 1
            half = modulus // (2 * t)
            for comment, noise, step in (
                ("just below the largest noise", half - distance, 0),
                ("just above the largest noise", half + distance + 1, 1),
                ("just above the smallest noise", distance - half, 0),
                ("just below the smallest noise", -half - distance - 1, -1),
            ):
                message = random_message(parameters, generator)
                message[:4] = [0, t - 1, t // 2, t // 2 + 1]
                phase = [m * modulus // t + noise for m in message]
                a = self.secret.with_phase(phase, random_part(parameters, level, generator), level)
                self.case(
                    f"{comment} at level {level}",
                    given(a),
                    a,
                    ["NoiseLimit"],
                    [(m + step) % t for m in message],
                )

    def refusals(self):
        a = drawn(self.parameters, seed(self.generator))[0]
        self.group.case("other parameters", (), "invalid", FOREIGN, ciphertext=as_foreign(a))
        for parts in (1, 4):
            self.group.case(
                f"{parts} parts",
                (),
                "invalid",
                parts_error(parts),
                ciphertext=drawn(self.parameters, seed(self.generator), parts=parts)[0],
            )


def decryption(generator):
    file = VectorFile(
        "bfv/decryption.json",
        "bfv.decryption",
        "round(t·c(s)/Q) modulo t.",
        GENERATOR,
        {
            "Noise": "Not an encryption: any residues decrypt to something.",
            "ThreeParts": "A ciphertext has three parts.",
            "NoiseLimit": "The noise is just below or above what still decrypts to the message.",
        },
    )
    for name, parameters in {**RINGS, "degree 1024": LARGE}.items():
        secret_seed = seed(generator)
        group = file.group(name, **ring(parameters), secret_seed=secret_seed.hex())
        decryptions = Decryptions(
            group, parameters, generator, secret_key(parameters, secret_seed)
        )
        if parameters is LARGE:
            operand, a = drawn(parameters, seed(generator))
            decryptions.case("any residues", operand, a, ["Noise"])
            continue
        decryptions.levels()
        decryptions.limits()
        decryptions.refusals()
    return file


def files():
    generator = random.Random(20261208)
    return [decryption(generator)]
