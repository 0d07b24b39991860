"""Keys, and what they encrypt and decrypt."""

from common.bfv.parameters import (
    Ciphertext,
    expanded,
    packed_evaluations,
    scaled_up,
)
from common.polynomials import add, automorphism, negate, scale
from common.primes import centred, rounded
from common.products import product
from common.sampling import centred_binomial, ternary


class SecretKey:
    def __init__(self, parameters, source):
        self.parameters, self.coefficients = parameters, ternary(parameters.degree, source)

    def serialized(self):
        return bytes(x % 256 for x in self.coefficients)

    def masked_error(self, second, source):
        """−a·s + e."""
        error = centred_binomial(self.parameters.degree, source)
        return add(negate(product(second, self.coefficients)), error)

    def encrypt(self, message, source):
        """(−a·s + e + round(Q·m/t), a), a from a seed."""
        parameters = self.parameters
        seed = source.bytes(32)
        second = expanded(
            seed, "Cryptally BFV ciphertext", parameters.moduli, parameters.degree
        )
        first = add(self.masked_error(second, source), scaled_up(parameters, message))
        return Ciphertext(parameters, [first, second], seed=seed)

    def with_phase(self, phase, second, level):
        """A ciphertext whose c0 + c1·s is `phase`."""
        first = add(phase, negate(product(second, self.coefficients)))
        return Ciphertext(self.parameters, [first, second], level)

    def phase(self, ciphertext):
        """c0 + c1·s + c2·s² + …, centred."""
        result, power = [0] * self.parameters.degree, None
        for part in ciphertext.parts:
            result = add(result, part if power is None else product(part, power))
            power = self.coefficients if power is None else product(power, self.coefficients)
        return [centred(x, ciphertext.modulus) for x in result]

    def decrypt(self, ciphertext):
        """round(t·c(s)/Q) modulo t."""
        t, modulus = self.parameters.t, ciphertext.modulus
        return [rounded(t * x, modulus) % t for x in self.phase(ciphertext)]

    def totals(self, totals):
        """N·m modulo t for each coefficient that was sent, centred."""
        t, degree = self.parameters.t, self.parameters.degree
        modulus = self.parameters.product(totals.level)
        masks = product(totals.second, self.coefficients)
        phases = [
            centred(first + masks[k * totals.stride], modulus)
            for k, first in enumerate(totals.first)
        ]
        return [centred(degree * rounded(t * x, modulus), t) for x in phases]


class PublicKey:
    """(−a·s + e, a)."""

    def __init__(self, secret, source):
        parameters = self.parameters = secret.parameters
        self.seed = source.bytes(32)
        self.second = expanded(
            self.seed, "Cryptally BFV public key", parameters.moduli, parameters.degree
        )
        self.first = secret.masked_error(self.second, source)

    def serialized(self):
        return self.seed + packed_evaluations(self.first, self.parameters.moduli)

    def encrypt(self, message, source):
        """(b·u + e0 + round(Q·m/t), a·u + e1)."""
        parameters = self.parameters
        mask = ternary(parameters.degree, source)
        errors = [centred_binomial(parameters.degree, source) for _ in range(2)]
        first = add(product(self.first, mask), errors[0], scaled_up(parameters, message))
        return Ciphertext(parameters, [first, add(product(self.second, mask), errors[1])])


class KeySwitchKey:
    """For each q_i: (−a_i·s + e_i + p·ĝ_i·s′, a_i) modulo Q·p, ĝ_i 1 modulo q_i and 0 modulo the
    others."""

    def __init__(self, secret, target, source):
        parameters = self.parameters = secret.parameters
        self.moduli = parameters.moduli + [parameters.special]
        self.seed, self.rows = source.bytes(32), []
        for index, q in enumerate(parameters.moduli):
            second = expanded(
                self.seed, f"Cryptally BFV key switch {index}", self.moduli, parameters.degree
            )
            others = parameters.product() // q
            gadget = parameters.special * others * pow(others, -1, q)
            first = add(secret.masked_error(second, source), scale(target, gadget))
            self.rows.append((first, second))

    def serialized(self):
        return self.seed + b"".join(packed_evaluations(row[0], self.moduli) for row in self.rows)

    def switch(self, part, level):
        """Two parts under s that stand for `part` under s′: digits times rows, divided by p."""
        special = self.parameters.special
        modulus = special * self.parameters.product(level)
        results = [[0] * len(part), [0] * len(part)]
        for q, row in zip(self.parameters.moduli[:level], self.rows):
            digits = [centred(x, q) for x in part]
            for index in range(2):
                results[index] = add(results[index], product(digits, row[index]))
        return [[rounded(x % modulus, special) for x in result] for result in results]


class RelinearizationKey(KeySwitchKey):
    def __init__(self, secret, source):
        square = product(secret.coefficients, secret.coefficients)
        super().__init__(secret, square, source)


class GaloisKeys:
    """Keys for X → X^g, ascending."""

    def __init__(self, secret, elements, source):
        self.keys = {
            g: KeySwitchKey(secret, automorphism(secret.coefficients, g), source)
            for g in sorted(set(elements))
        }

    def serialized(self):
        result = len(self.keys).to_bytes(4, "little")
        for element, key in self.keys.items():
            result += element.to_bytes(4, "little") + key.serialized()
        return result


def packing_elements(degree):
    return [2**k + 1 for k in range(1, degree.bit_length())]
