"""Times HEU's ZPaillier through its own Python package and prints JSON lines.

Like ours, it encrypts with short exponents and a table of powers, which it makes with the keys:
the time of its key generation has the table in it. A sum adds one after the other in place.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"

import importlib.metadata

from heu import phe

from paillier_values import BITS, LEFT, RIGHT, SUM, TERMS, check, numbers
from timing import announce, measure


def operations(bits):
    kit = phe.setup(phe.SchemaType.ZPaillier, bits)
    encryptor, decryptor, evaluator = kit.encryptor(), kit.decryptor(), kit.evaluator()
    left, right = encryptor.encrypt_raw(LEFT), encryptor.encrypt_raw(RIGHT)
    measure(f"encrypt-{bits}", lambda: encryptor.encrypt_raw(LEFT))
    measure(f"decrypt-{bits}", lambda: decryptor.decrypt_raw(left))
    measure(f"add-{bits}", lambda: evaluator.add(left, right), calls=20)
    check("add", decryptor.decrypt_raw(evaluator.add(left, right)), LEFT + RIGHT)

    terms = numbers(left, right, evaluator.add)

    def add_up():
        total = evaluator.add(terms[0], terms[1])
        for term in terms[2:]:
            evaluator.add_inplace(total, term)
        return total

    measure(f"sum-{TERMS}-{bits}", add_up, seconds=2, least=3)
    check("sum", decryptor.decrypt_raw(add_up()), SUM)
    measure(
        f"keygen-{bits}", lambda: phe.setup(phe.SchemaType.ZPaillier, bits), seconds=5, least=5)


def main():
    announce(
        f"HEU {importlib.metadata.version('sf-heu')}",
        f"ZPaillier, {' and '.join(map(str, BITS))} bits; key generation with its table")
    for bits in BITS:
        operations(bits)


main()
