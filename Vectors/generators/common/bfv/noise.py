"""The static noise bounds, as log2 of a bound on the canonical embedding norm.

A polynomial of N independent coefficients that are sub-Gaussian with the proxy variance V has a norm of at
most D·√(N·V), D² = 78, but for a probability of 2^-104. V is 2/3 for ternary, 21/2 for centred binomial
and 1/12 for remainders of a rounding. Sources: Fan and Vercauteren 2012, lemmas 1 and 2; Gentry, Halevi,
Smart 2012, appendix A.5; Brakerski, Gentry, Vaikuntanathan 2012, lemma 1; Kim, Polyakov, Zucca 2021; Chen,
Dai, Kim, Song 2021, section 3; the smudging lemma of Asharov and others 2012 for flooding.
"""

import math

NONE = -math.inf
_TAIL = math.sqrt(78)
_ERROR = 10.5
# What comparisons spare for rounding, and the bits by which totals stay below what would decrypt.
SLACK, MARGIN_BITS = 2.0**-20, 8


def plus(a, b):
    small, large = sorted((a, b))
    return large if small == NONE else large + math.log1p(2 ** (small - large)) / math.log(2)


def times(a, count):
    return NONE if count == 0 or a == NONE else a + math.log2(abs(count))


class NoiseModel:
    """Bounds for parameters: t, log2 of each q_i, log2 of the special prime."""

    def __init__(self, degree, t, moduli, special):
        self.degree, self.t, self.moduli, self.special = degree, t, moduli, special
        self.secret = self._sampled(2 / 3)
        self.remainder = self._sampled(1 / 12)
        # A conversion may leave four coefficients one unit away from the nearest.
        self.converted = self.remainder + 3

    def _sampled(self, variance):
        return _TAIL * math.sqrt(self.degree * variance)

    @property
    def top(self):
        return len(self.moduli)

    def modulus(self, level):
        return sum(self.moduli[:level])

    def _remainders(self, remainder, parts):
        """r0 + r1·s, and r2·s² of three parts."""
        return remainder * sum(self.secret**power for power in range(parts))

    def fresh(self):
        """e·u + e0 + e1·s, and at most one half for each coefficient of the rounding of Q·m/t."""
        masks = math.sqrt(2 * self.secret**2 + 1)
        return math.log2(self._sampled(_ERROR) * masks + self.degree / 2)

    def multiplying_plaintext(self, a):
        """N centred coefficients: the norm is at most N·t/2."""
        return times(a, self.degree * self.t / 2)

    def product(self, a, b, level):
        """(t/Q)·(C·e′ + C′·e − e·e′) and the rounding of three parts."""
        lift = self.t * self._remainders(self.converted, 2)
        cross = a + b + math.log2(self.t) - self.modulus(level)
        rounding = math.log2(self._remainders(self.converted, 3))
        return plus(plus(times(plus(a, b), lift), cross), rounding)

    def key_switch(self, level):
        """Digits times errors over the special prime, and the rounding of both parts."""
        errors = self.remainder * self._sampled(_ERROR) * level
        digits = math.log2(errors) + max(self.moduli[:level]) - self.special
        return plus(digits, math.log2(self._remainders(self.remainder, 2)))

    def packing(self, a, level):
        """What the trace leaves of an operand that was divided by N is one coefficient; of the key
        switches N/2 + N/4 + … + 1."""
        return plus(a, times(self.key_switch(level), self.degree - 1))

    def modulus_switch(self, a, level, target):
        """Divided with the modulus, and less than two roundings."""
        if target >= level:
            return a
        rounding = times(math.log2(self._remainders(self.remainder, 2)), 2)
        return plus(a - (self.modulus(level) - self.modulus(target)), rounding)

    def flooding_bits(self, a, totals):
        """2^40 times the noise and the number of totals, rounded up to a power of two."""
        bits = a + 40 + math.log2(max(totals, 1))
        assert abs(bits - round(bits)) > 1e-9, "a bound on the border"
        return min(max(math.ceil(bits), 0), 4096)

    def flooded(self, a, totals):
        return plus(a, self.flooding_bits(a, totals))

    def largest_total(self, level):
        return self.modulus(level) - math.log2(self.t) - 1 - MARGIN_BITS - SLACK

    def admits_total(self, a, level):
        assert abs(a - self.largest_total(level)) > 1e-9, "a bound on the border"
        return a < self.largest_total(level)

    def extraction(self, noise, totals, level):
        """Bits of flooding for a ciphertext of this noise that is re-randomized, and the level that
        its totals are sent at; no level where they would not decrypt."""
        a = plus(noise, self.modulus_switch(self.fresh(), self.top, level))
        flooded = self.flooded(a, totals)
        if not self.admits_total(flooded, level):
            return self.flooding_bits(a, totals), None
        target = level
        while target > 1 and self.admits_total(
            self.modulus_switch(flooded, level, target - 1), target - 1
        ):
            target -= 1
        return self.flooding_bits(a, totals), target
