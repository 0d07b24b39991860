"""Parameters, ciphertexts, and both as bytes."""

import math

from common.bfv.noise import NoiseModel
from common.digests import digest
from common.keystream import Keystream
from common.polynomials import fast_evaluations, limbs, packed
from common.primes import largest_primes, product_of, rounded, smallest_root
from common.products import coefficients
from common.sampling import uniform

# Degree, bits of the plaintext modulus, number and bits of the primes.
NAMED = {
    "n4096": (4096, 17, 2, 35),
    "n8192": (8192, 17, 4, 42),
    "n16384": (16384, 33, 8, 45),
    "n32768": (32768, 33, 18, 45),
}


class Parameters:
    """N, t, the q_i and the special prime p."""

    def __init__(self, degree, plaintext_modulus, moduli, special_modulus, testing=True):
        self.degree, self.t, self.moduli = degree, plaintext_modulus, list(moduli)
        self.special, self.testing = special_modulus, testing

    @staticmethod
    def named(name):
        degree, plaintext_bits, count, bits = NAMED[name]
        t = largest_primes(1, plaintext_bits, degree)[0]
        primes = [q for q in largest_primes(count + 2, bits, degree) if q != t]
        return Parameters(degree, t, primes[1 : count + 1], primes[0], testing=False)

    @staticmethod
    def small(degree, plaintext_bits, prime_bits, count):
        """The largest primes of these sizes; the special one is the largest of all."""
        t = largest_primes(1, plaintext_bits, degree)[0]
        primes = [q for q in largest_primes(count + 2, prime_bits, degree) if q != t]
        return Parameters(degree, t, primes[1 : count + 1], primes[0])

    @property
    def top(self):
        """The level of a fresh ciphertext: its number of primes."""
        return len(self.moduli)

    def product(self, level=None):
        """Q of a level."""
        return product_of(self.moduli[: self.top if level is None else level])

    def serialized(self):
        result = self.degree.to_bytes(4, "little") + self.t.to_bytes(8, "little")
        result += self.top.to_bytes(4, "little")
        result += b"".join(q.to_bytes(8, "little") for q in self.moduli + [self.special])
        return result + bytes([self.testing])

    def fingerprint(self):
        return digest(self.serialized(), "Cryptally BFV parameters").hex()

    def noise(self):
        return NoiseModel(
            self.degree, self.t, [math.log2(q) for q in self.moduli], math.log2(self.special)
        )

    def fields(self):
        """As vectors write them."""
        return {
            "degree": self.degree,
            "plaintext_modulus": f"{self.t:x}",
            "ciphertext_moduli": [f"{q:x}" for q in self.moduli],
            "special_modulus": f"{self.special:x}",
        }


# Polynomials as bytes.


def packed_evaluations(a, moduli):
    """For each modulus the values, in as many bits as the modulus less 1 has."""
    result = b""
    for q in moduli:
        values = fast_evaluations([x % q for x in a], q, smallest_root(len(a), q))
        result += packed(values, (q - 1).bit_length())
    return result


def packed_coefficients(a, moduli):
    return b"".join(packed([x % q for x in a], (q - 1).bit_length()) for q in moduli)


def combined(residues, moduli):
    """The integers modulo the product with these residues (Chinese remainder theorem)."""
    whole = product_of(moduli)
    weights = [whole // q * pow(whole // q, -1, q) for q in moduli]
    return [sum(r * w for r, w in zip(column, weights)) % whole for column in zip(*residues)]


def expanded(seed, domain, moduli, degree):
    """The polynomial that a public seed stands for: its values are drawn."""
    drawn = uniform(degree, moduli, Keystream(seed, domain))
    return combined([coefficients(limb, q) for limb, q in zip(drawn, moduli)], moduli)


def scaled_up(parameters, message, level=None):
    """round(Q·m/t)."""
    return [rounded(parameters.product(level) * m, parameters.t) for m in message]


class Ciphertext:
    """Parts over the integers modulo the Q of the level."""

    def __init__(self, parameters, parts, level=None, seed=None):
        self.parameters, self.level, self.seed = parameters, level or parameters.top, seed
        self.modulus = parameters.product(self.level)
        self.parts = [[x % self.modulus for x in part] for part in parts]

    @property
    def moduli(self):
        return self.parameters.moduli[: self.level]

    def serialized(self):
        body = b"".join(packed_evaluations(part, self.moduli) for part in self.parts)
        return bytes([self.level, len(self.parts)]) + body

    def seeded(self):
        """A symmetric one with its seed in the place of the second part."""
        return self.seed + packed_evaluations(self.parts[0], self.moduli)

    def limbs(self):
        """Coefficients, as vectors write them."""
        return [limbs(part, self.moduli) for part in self.parts]

    def with_parts(self, parts, level=None):
        return Ciphertext(self.parameters, parts, level or self.level)
