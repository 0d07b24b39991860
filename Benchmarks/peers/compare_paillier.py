#!/usr/bin/env python3
"""Compares our Paillier with other libraries and writes `Benchmarks/results/paillier.json`.

    make bench-paillier            three rounds
    make bench-paillier ROUNDS=5
"""

from comparison import Comparison

BITS = (2048, 3072)


def of_each_size(*operations):
    return [f"{operation}-{bits}" for bits in BITS for operation in operations]


Comparison(
    report="paillier.json",
    prefix="paillier peer",
    names=of_each_size(
        "encrypt", "encrypt-one", "encrypt-pool", "decrypt", "decrypt-one", "add", "sum-10000",
        "keygen"),
    programs=[("phe_peer.py", "phe"), ("heu_peer.py", "heu")],
    # Batches and pools have no counterpart: the peers' figures are those of one number.
    stands_for={
        f"{ours}-{bits}": f"{theirs}-{bits}" for bits in BITS
        for ours, theirs in (
            ("encrypt-one", "encrypt"), ("encrypt-pool", "encrypt"), ("decrypt-one", "decrypt"))
    },
    # No peer shows what its table of powers takes.
    alone=of_each_size("table-build"),
).run()
