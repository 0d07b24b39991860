"""Primes that have negacyclic transforms, and their roots of unity."""

from functools import cache

_BASES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)


def is_prime(n):
    """Miller and Rabin's test, which with these bases decides every n below 2^64 (Sorenson and
    Webster 2015)."""
    if n < 2:
        return False
    for p in _BASES:
        if n % p == 0:
            return n == p
    d, s = n - 1, 0
    while d % 2 == 0:
        d, s = d // 2, s + 1
    for base in _BASES:
        x = pow(base, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def largest_primes(count, bits, degree):
    """The largest primes of so many bits that are 1 modulo 2·degree, descending."""
    found, candidate = [], (1 << bits) - ((1 << bits) - 1) % (2 * degree)
    while len(found) < count:
        assert candidate >> (bits - 1), "there are not so many primes"
        if is_prime(candidate):
            found.append(candidate)
        candidate -= 2 * degree
    return found


@cache
def smallest_root(degree, q):
    """The smallest ψ with ψ^degree = −1."""
    candidate = 2
    while True:
        root = pow(candidate, (q - 1) // (2 * degree), q)
        if pow(root, degree, q) == q - 1:
            square, power, least = root * root % q, root, root
            for _ in range(degree - 1):
                power = power * square % q
                least = min(least, power)
            return least
        candidate += 1


def product_of(moduli):
    product = 1
    for q in moduli:
        product *= q
    return product


def centred(x, q):
    """The representative of x in (−q/2, q/2]."""
    x %= q
    return x - q if 2 * x > q else x


def rounded(numerator, denominator):
    """The nearest integer; no vector has a tie."""
    assert 2 * numerator % denominator != 0 or numerator % denominator == 0
    return (2 * numerator + denominator) // (2 * denominator)


SMALL_PRIMES = [n for n in range(3, 1 << 15, 2) if is_prime(n)]


def is_probable_prime(n):
    """Miller and Rabin's test to six small bases: for numbers of any size that were drawn at random,
    of which hardly one passes that is no prime."""
    if n < 1 << 64:
        return is_prime(n)
    if n % 2 == 0 or any(n % p == 0 for p in SMALL_PRIMES):
        return False
    d, s = n - 1, 0
    while d % 2 == 0:
        d, s = d // 2, s + 1
    for base in [2] + SMALL_PRIMES[:5]:
        x = pow(base, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True
