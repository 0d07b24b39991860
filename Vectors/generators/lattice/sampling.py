"""Bytes to coefficients."""

import random

from common.digests import words_digest
from common.keystream import Keystream
from common.primes import is_prime, largest_primes
from common.sampling import Replay, centred_binomial, ternary, uniform
from common.vectorfile import VectorFile, words

_DEGREES = (8, 64, 1024, 8192, 32768)
# Up to here the coefficients stand in the vectors.
_LARGEST_WHOLE = 256


class _Replay(Replay):
    """What was taken of a long run of bytes."""

    def taken(self):
        return self._data[: self.used].hex()


def _signed_digest(values):
    """Of 64-bit words in two's complement."""
    return words_digest(x % 2**64 for x in values)


def _signed(values):
    return {"values": values} if len(values) <= _LARGEST_WHOLE else {"digest": _signed_digest(values)}


def _seed_cases(file, generator, sampler, describe, degrees=_DEGREES):
    group = file.group("from seeds")
    for degree in degrees:
        seed = generator.randbytes(32)
        stream = Keystream(seed)
        values = sampler(degree, stream)
        group.case(
            f"degree {degree}",
            degree=degree,
            seed=seed.hex(),
            following=stream.bytes(8).hex(),
            **describe(values),
        )


def _ternary(generator):
    file = VectorFile(
        "lattice/ternary.json",
        "lattice.ternary",
        "Uniform ternary coefficients from bytes. All bytes are used; `following` "
        "are those that come next after a seed's.",
        "lattice/sampling.py",
        {
            "Refused": "Bytes of 255 among the first ones: more are drawn.",
            "EveryByte": "Every byte is there.",
        },
    )
    group = file.group("from bytes")

    def case(comment, flags, degree, data):
        source = _Replay(data)
        values = ternary(degree, source)
        group.case(comment, flags, degree=degree, bytes=source.taken(), values=values)

    case("random", [], 16, bytes(generator.randrange(255) for _ in range(16)))
    case(
        "one round of refused bytes, then some",
        ["Refused"],
        16,
        bytes([255] * 20)
        + bytes(generator.randrange(255) for _ in range(8))
        + bytes([255] * 3)
        + bytes(generator.randrange(255) for _ in range(40)),
    )
    case("the last one is refused", ["Refused"], 8, bytes([254, 0, 1, 2, 3, 4, 5, 255] + [7] * 8))
    case("the first one is refused", ["Refused"], 8, bytes([255, 0, 1, 2, 3, 4, 5, 6] + [8] * 8))
    case("every byte", ["EveryByte", "Refused"], 256, bytes(range(256)) + generator.randbytes(256))
    _seed_cases(file, generator, ternary, _signed)
    return file


def _binomial(generator):
    file = VectorFile(
        "lattice/binomial.json",
        "lattice.binomial",
        "Centred binomial coefficients of parameter 21 from six bytes each. All bytes are used; "
        "`following` are those that come next after a seed's.",
        "lattice/sampling.py",
        {
            "Extreme": "All bits up, or all bits down.",
            "Ignored": "The six highest bits are set; they are ignored.",
            "EachBit": "One bit is set, each in turn.",
        },
    )
    group = file.group("from bytes")

    def case(comment, flags, numbers):
        data = b"".join(x.to_bytes(6, "little") for x in numbers)
        group.case(
            comment,
            flags,
            degree=len(numbers),
            bytes=data.hex(),
            values=centred_binomial(len(numbers), Replay(data)),
        )

    ones = (1 << 21) - 1
    case(
        "extreme",
        ["Extreme", "Ignored"],
        [
            0,
            ones,
            ones << 21,
            ones | ones << 21,
            63 << 42,
            ones | 63 << 42,
            ones << 21 | 63 << 42,
            (1 << 48) - 1,
        ],
    )
    case("each bit", ["EachBit", "Ignored"], [1 << bit for bit in range(48)])
    case("random", [], [generator.getrandbits(48) for _ in range(64)])
    _seed_cases(file, generator, centred_binomial, _signed)
    return file


def _uniform(generator):
    file = VectorFile(
        "lattice/uniform.json",
        "lattice.uniform",
        "Uniform residues, limb after limb, from eight bytes each. All bytes are used; `following` "
        "are those that come next after a seed's.",
        "lattice/sampling.py",
        {
            "Refused": "Words that are not below the modulus: more are drawn.",
            "OftenRefused": "Nearly half of all words are refused.",
            "CutToWidth": "The highest bits of the words are set; they are ignored.",
        },
    )
    group = file.group("from bytes")

    def case(comment, flags, degree, moduli, numbers):
        source = _Replay(b"".join(x.to_bytes(8, "little") for x in numbers))
        residues = uniform(degree, moduli, source)
        group.case(
            comment,
            flags,
            degree=degree,
            moduli=words(moduli),
            bytes=source.taken(),
            residues=[words(limb) for limb in residues],
        )

    primes = largest_primes(1, 30, 8) + largest_primes(1, 45, 8) + [17]
    edges = [primes[0], primes[0] - 1, (1 << 64) - 1, 1 << 30, 0]
    many = [generator.getrandbits(64) for _ in range(300)]
    case("edges", ["Refused", "CutToWidth"], 8, primes, edges + many)
    case(
        "a modulus just above a power of two",
        ["OftenRefused", "Refused"],
        16,
        [65537],
        [65536, 65537, 131071, 131072 + 5, 0, 1] + many,
    )
    case("all refused for two rounds", ["Refused"], 8, [97], [127] * 16 + many)
    q = largest_primes(1, 60, 8)[0]
    case("largest modulus", ["CutToWidth"], 8, [q], [q - 1 + (15 << 60)] * 8)
    group = file.group("from seeds")
    for degree in (8, 64, 1024, 8192, 32768):
        moduli = [largest_primes(1, bits, degree)[0] for bits in (30, 45, 60)]
        above = range((1 << 20) + 1, 1 << 22, 2 * degree)
        moduli.append(next(q for q in above if is_prime(q)))
        seed = generator.randbytes(32)
        stream = Keystream(seed)
        residues = uniform(degree, moduli, stream)
        fields = (
            {"residues": [words(limb) for limb in residues]}
            if degree <= 64
            else {"digest": words_digest(x for limb in residues for x in limb)}
        )
        group.case(
            f"degree {degree}",
            ["OftenRefused"],
            degree=degree,
            moduli=words(moduli),
            seed=seed.hex(),
            following=stream.bytes(8).hex(),
            **fields,
        )
    return file


def files():
    generator = random.Random(2024031508)
    return [_ternary(generator), _binomial(generator), _uniform(generator)]
