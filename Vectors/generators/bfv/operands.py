"""Rings, and operands and results as the cases write them."""

from common.bfv import Ciphertext, Parameters, SecretKey
from common.bfv.parameters import combined
from common.digests import vector_digest
from common.keystream import Keystream
from common.primes import is_prime, largest_primes
from common.products import coefficients
from common.sampling import uniform
from common.vectorfile import words


def error(text):
    return ("EvaluationError", text)


FOREIGN = error("parameters differ")
LEVELS = error("primes: switch them to one level first")


def parts_error(found):
    return error(f"a ciphertext of 2 parts is needed, this one has {found}")


def seed(generator):
    return generator.randbytes(16)


def prime_below(bound, degree):
    candidate = bound - (bound - 1) % (2 * degree)
    while not is_prime(candidate):
        candidate -= 2 * degree
    return candidate


def uneven(degree, plaintext_bits, fractions):
    """Primes of many sizes, as fractions of powers of two: many a word that is drawn is too large for
    them."""
    t = largest_primes(1, plaintext_bits, degree)[0]
    moduli = [prime_below(int(f * 2**bits), degree) for f, bits in fractions]
    return Parameters(degree, t, moduli[1:], moduli[0])


SMALL = Parameters.small(8, 17, 40, 3)
MEDIUM = Parameters.small(16, 33, 45, 4)
WIDE = Parameters.small(16, 40, 60, 3)
UNEVEN = uneven(32, 20, [(0.99, 60), (0.52, 50), (0.7, 31), (0.51, 46), (0.9, 58), (0.6, 36)])
LARGE = Parameters.small(1024, 33, 45, 5)

RINGS = {
    "degree 8": SMALL,
    "degree 16": MEDIUM,
    "degree 16, large primes": WIDE,
    "degree 32, primes of many sizes": UNEVEN,
}


def foreign(parameters):
    """The same ring with another plaintext modulus."""
    t = largest_primes(2, parameters.t.bit_length(), parameters.degree)[1]
    return Parameters(parameters.degree, t, parameters.moduli, parameters.special)


def ring(parameters):
    """The fields of a group."""
    return {"parameters": parameters.fields(), "foreign": foreign(parameters).fields()}


def secret_key(parameters, seed):
    return SecretKey(parameters, Keystream(seed))


# Operands.


def given(ciphertext):
    return {"bytes": ciphertext.serialized().hex()}


def drawn(parameters, seed, level=None, parts=2):
    """Uniform values from a seed: the operand, and the ciphertext that it stands for."""
    level, source = level or parameters.top, Keystream(seed)
    moduli = parameters.moduli[:level]
    values = [uniform(parameters.degree, moduli, source) for _ in range(parts)]
    ciphertext = Ciphertext(
        parameters,
        [
            combined([coefficients(limb, q) for limb, q in zip(part, moduli)], moduli)
            for part in values
        ],
        level,
    )
    return {"seed": seed.hex(), "level": level, "part_count": parts}, ciphertext


def as_foreign(operand):
    return {**operand, "foreign": True}


def constant(parameters, value, level=None, parts=2):
    """Every coefficient the same."""
    return Ciphertext(parameters, [[value] * parameters.degree] * parts, level)


def plaintext(message):
    return {"coefficients": words(message)}


def random_message(parameters, generator):
    return [generator.randrange(parameters.t) for _ in range(parameters.degree)]


def random_part(parameters, level, generator):
    return [generator.randrange(parameters.product(level)) for _ in range(parameters.degree)]


def edge_messages(parameters):
    """Names and messages."""
    t, degree = parameters.t, parameters.degree
    edges = [0, 1, t - 1, t // 2, t // 2 + 1]
    return [
        ("zero", [0] * degree),
        ("one", [1] + [0] * (degree - 1)),
        ("all t − 1", [t - 1] * degree),
        ("the values around zero and t/2", (edges * degree)[:degree]),
    ]


# Results.


def output(ciphertext, in_full=None):
    """The coefficients in small rings, else the digest of the bytes."""
    if in_full is None:
        in_full = ciphertext.parameters.degree <= 32
    if in_full:
        return {"level": ciphertext.level, "parts": ciphertext.limbs()}
    return {"level": ciphertext.level, "digest": vector_digest(ciphertext.serialized())}


def written(data, in_full=True):
    return {"bytes": data.hex()} if in_full else {"digest": vector_digest(data)}


def signed(values):
    """As signed words."""
    return [f"{value:x}" for value in values]
