"""Times python-paillier with gmpy2 and prints JSON lines.

What is timed is the encryption of an integer as its users call it, encoding included, and the
additions of encrypted numbers; a sum adds one after the other, as there is no operation for many.
"""

import importlib.metadata

import phe

from paillier_values import BITS, LEFT, RIGHT, SUM, TERMS, check, numbers
from timing import announce, measure


def operations(bits):
    public, private = phe.generate_paillier_keypair(n_length=bits)
    left, right = public.encrypt(LEFT), public.encrypt(RIGHT)
    measure(f"encrypt-{bits}", lambda: public.encrypt(LEFT))
    measure(f"decrypt-{bits}", lambda: private.decrypt(left))
    measure(f"add-{bits}", lambda: left + right, calls=20)
    check("add", private.decrypt(left + right), LEFT + RIGHT)

    terms = numbers(left, right, lambda a, b: a + b)

    def add_up():
        total = terms[0]
        for term in terms[1:]:
            total = total + term
        return total

    measure(f"sum-{TERMS}-{bits}", add_up, seconds=2, least=3)
    check("sum", private.decrypt(add_up()), SUM)
    measure(
        f"keygen-{bits}", lambda: phe.generate_paillier_keypair(n_length=bits), seconds=5, least=5)


def main():
    gmpy2 = importlib.metadata.version("gmpy2")
    announce(
        f"python-paillier {importlib.metadata.version('phe')}",
        f"{' and '.join(map(str, BITS))} bits, with gmpy2 {gmpy2}")
    if not phe.util.HAVE_GMP:
        raise SystemExit("python-paillier runs without gmpy2")
    for bits in BITS:
        operations(bits)


main()
