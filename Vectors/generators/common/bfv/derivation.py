"""Parameters for a workload: the smallest ring, then the fewest primes of 20 to 45 bits, then the smallest
modulus that hold its deepest total within the security table (Bossuat and others, "Security guidelines for
implementing homomorphic encryption", 2024)."""

from dataclasses import dataclass
from functools import cache

from common.bfv.noise import plus, times
from common.bfv.parameters import Parameters
from common.primes import is_prime

SECURITY_TABLE = {4096: 106, 8192: 214, 16384: 430, 32768: 868}
TESTING_LIMIT, PREFERRED_BITS, MOST_PRIMES = 1700, 45, 39


@dataclass
class Workload:
    """The deepest computation: t exceeds the bound; levels of products; ciphertexts added up in a
    factor, products in a level and in a total; plaintext products on one path; totals of an answer."""

    plaintext_bound: int
    depth: int
    additions_per_factor: int
    additions_per_level: int
    additions_per_total: int
    plaintext_products: int
    totals: int

    def fields(self):
        return {**vars(self), "plaintext_bound": f"{self.plaintext_bound:x}"}


def deepest_total(model, workload):
    """A bound on the noise of the deepest total, packed and flooded; infinite where no modulus that
    there is would hold it."""
    top = model.top
    if max(workload.depth, workload.plaintext_products) > model.modulus(top):
        return float("inf")
    noise = times(model.fresh(), max(workload.additions_per_factor, 1))
    for _ in range(workload.plaintext_products):
        noise = model.multiplying_plaintext(noise)
    for _ in range(workload.depth):
        noise = plus(model.product(noise, noise, top), model.key_switch(top))
        noise = times(noise, max(workload.additions_per_level, 1))
    noise = plus(times(noise, max(workload.additions_per_total, 1)), model.fresh())
    return model.flooded(model.packing(noise, top), workload.totals)


@cache
def _largest(count, bits, degree, excluded):
    found, candidate = [], (1 << bits) - ((1 << bits) - 1) % (2 * degree)
    while len(found) < count and candidate >> (bits - 1):
        if candidate != excluded and is_prime(candidate):
            found.append(candidate)
        candidate -= 2 * degree
    return found


def _primes(count, bits, degree, excluded):
    """Primes that share the bits as evenly as can be, the larger ones first; fewer where there are
    not enough."""
    size, larger = divmod(bits, count)
    return (
        _largest(larger, size + 1, degree, excluded)
        + _largest(count - larger, size, degree, excluded)
    )


def _smallest_plaintext_modulus(bound, degree):
    candidate = bound - bound % (2 * degree) + 1
    while candidate <= bound or not is_prime(candidate):
        candidate += 2 * degree
    return candidate


def _derived(workload, degree, limit, testing):
    t = _smallest_plaintext_modulus(workload.plaintext_bound, degree)
    if t >= 1 << 50:
        return None
    smallest = max(20, degree.bit_length() + 2)
    for count in range(2, MOST_PRIMES + 2):
        for bits in range(count * smallest, min(limit, count * PREFERRED_BITS) + 1):
            primes = _primes(count, bits, degree, t)
            if len(primes) < count:
                continue
            parameters = Parameters(degree, t, primes[1:], primes[0], testing)
            model = parameters.noise()
            if model.admits_total(deepest_total(model, workload), count - 1):
                return parameters
    return None


def derived(workload, testing_degree=None):
    """The parameters; none where there are none. A testing degree gives a ring without security."""
    if testing_degree:
        return _derived(workload, testing_degree, TESTING_LIMIT, True)
    if workload.plaintext_bound >= 1 << 60:
        return None
    found = (_derived(workload, n, limit, False) for n, limit in SECURITY_TABLE.items())
    return next((parameters for parameters in found if parameters), None)
