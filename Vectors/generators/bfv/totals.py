"""Decryption, and totals: packed, extracted, decrypted."""

import random

from bfv.operands import (
    FOREIGN,
    LARGE,
    RINGS,
    as_foreign,
    drawn,
    given,
    output,
    random_message,
    ring,
    secret_key,
    signed,
)
from common import bfv
from common.digests import words_digest
from common.keystream import Keystream
from common.polynomials import add
from common.primes import centred
from common.products import product
from common.vectorfile import VectorFile, words

GENERATOR = "bfv/totals.py"
PARTS = "a ciphertext of 2 parts is needed, this one has {}"


def error(text):
    return ("EvaluationError", text)


def seed(generator):
    return generator.randbytes(16)


def random_part(parameters, level, generator):
    return [generator.randrange(parameters.product(level)) for _ in range(parameters.degree)]


# Decryption.


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
            edges = ([0, 1, parameters.t - 1, parameters.t // 2, parameters.t // 2 + 1] * 8)[
                : parameters.degree
            ] if parameters.degree <= 32 else random_message(parameters, generator)
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
                error(PARTS.format(parts)),
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


# Packing.


def packing(generator):
    file = VectorFile(
        "bfv/packing.json",
        "bfv.packing",
        "The constant coefficients of several ciphertexts in one: coefficient i·N/2^l is that of "
        "ciphertext i, where 2^l is the next power of two, and all others are zero.",
        GENERATOR,
        {
            "Power": "As many ciphertexts as a power of two, or one more or less.",
            "Level": "Below the level of fresh ciphertexts.",
            "MissingKey": "A Galois key is not there.",
        },
    )
    for name, parameters in RINGS.items():
        degree = parameters.degree
        seeds = [seed(generator) for _ in range(2)]
        secret = secret_key(parameters, seeds[0])
        elements = bfv.packing_elements(degree)
        keys = bfv.GaloisKeys(secret, elements, Keystream(seeds[1]))
        shared = {
            **ring(parameters), "secret_seed": seeds[0].hex(), "key_seed": seeds[1].hex()
        }
        group = file.group(name, **shared, elements=elements)

        def encrypted():
            message = random_message(parameters, generator)
            return secret.encrypt(message, Keystream(seed(generator))), message

        for count in (1, 2, 3, 4, 5, degree // 2 + 1, degree - 1, degree):
            if count > 8 and degree > 8:
                continue
            pairs = [encrypted() for _ in range(count)]
            packed = bfv.pack([a for a, _ in pairs], keys)
            expected = [0] * degree
            for k, (_, message) in enumerate(pairs):
                expected[k * bfv.stride(count, degree)] = message[0]
            assert secret.decrypt(packed) == expected
            near = any((count + offset) & (count + offset - 1) == 0 for offset in (-1, 0, 1))
            group.case(
                f"{count} ciphertexts",
                ["Power"] if near else [],
                operands=[given(a) for a, _ in pairs],
                output=output(packed),
                message=words(expected),
            )
        for level in range(1, parameters.top):
            pairs = [drawn(parameters, seed(generator), level) for _ in range(3)]
            group.case(
                f"three ciphertexts at level {level}",
                ["Level"],
                operands=[operand for operand, _ in pairs],
                output=output(bfv.pack([a for _, a in pairs], keys)),
            )
        a = drawn(parameters, seed(generator))[0]
        low = drawn(parameters, seed(generator), 1)[0]
        three = drawn(parameters, seed(generator), parts=3)[0]
        for comment, operands, expected in (
            ("none", [], error("nothing to compute on")),
            ("more than coefficients", [a] * (degree + 1), error(f"more than {degree} totals")),
            ("two levels", [a, low], error("primes: switch them to one level first")),
            ("other parameters", [a, as_foreign(a)], FOREIGN),
            ("three parts", [a, three], error(PARTS.format(3))),
        ):
            group.case(comment, (), "invalid", expected, operands=operands)
        missing = elements[-1]
        group = file.group(f"{name}, a key less", **shared, elements=elements[:-1])
        group.case(
            "a key is missing",
            ["MissingKey"],
            "invalid",
            error(f"there is no Galois key for the element {missing}"),
            operands=[a],
        )
    return file


# Extraction.


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
            self.case(f"{count} totals", top, count, 24.125, count)
        self.case("one of many totals in the answer", top, 1, 24.125, 4096, ["Accounted"])
        self.case("fewer in the answer than there are", top, 4, 24.125, 1, ["Accounted"])
        self.case("no bound on the answer's totals", top, 1, 24.125, 0, ["Accounted"])
        for bits in (62, 63, 64, 126, 127, 128):
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
        self.refused("three parts", three, 1, 20, error(PARTS.format(3)))
        self.refused("other parameters", as_foreign(operand), 1, 20, FOREIGN)
        self.refused(
            "an encryptor of other parameters", operand, 1, 20, FOREIGN, foreign_encryptor=True
        )


def extraction(generator):
    file = VectorFile(
        "bfv/extraction.json",
        "bfv.extraction",
        "What an answer carries: the ciphertext and a fresh encryption of zero, the coefficients of totals "
        "flooded by uniform noise, switched to the smallest modulus that still decrypts. The seed gives "
        "the encryption of zero, then the words of each total's flooding.",
        GENERATOR,
        {
            "Accounted": "The flooding is for another number of totals than there are.",
            "WordEdge": "The flooding takes as many bits as words have, or one more or less.",
            "Level": "Below the level of fresh ciphertexts.",
            "NoiseLimit": "The largest noise that may be sent.",
        },
    )
    for name, parameters in RINGS.items():
        seeds = [seed(generator) for _ in range(2)]
        secret = secret_key(parameters, seeds[0])
        public = bfv.PublicKey(secret, Keystream(seeds[1]))
        group = file.group(
            name, **ring(parameters), secret_seed=seeds[0].hex(), public_key_seed=seeds[1].hex()
        )
        Extractions(group, parameters, generator, secret, public).all()
    return file


# Decryption of totals.


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
        degree, t, inverse = parameters.degree, parameters.t, pow(parameters.degree, -1, parameters.t)
        for level in range(1, parameters.top + 1):
            for count in {1, 2, 3, 5, degree - 1, degree}:
                messages = [generator.randrange(t) for _ in range(count)]
                noises = [generator.randint(-20, 20) for _ in range(count)]
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
            noises = [0, sign * (limit - distance), 0]
            self.case(f"just within the {name} noise at level {level}", level, messages, noises, ["Margin"])
            for excess in (distance, limit, 100 * limit):
                totals = self.made(level, messages, [0, 0, sign * (limit + excess)])
                self.group.case(
                    f"{'just' if excess == distance else 'far'} beyond the {name} noise at level {level}",
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
    generator = random.Random(20261204)
    return [
        decryption(generator), packing(generator), extraction(generator), totals_file(generator)
    ]
