#!/usr/bin/env python3
"""Compares our BFV with other libraries and writes `Benchmarks/results/bfv.json`.

    make bench-bfv                 three rounds
    make bench-bfv ROUNDS=5
"""

from comparison import Comparison


def memory_note(own):
    memory, total = own.median("memory-read"), own.median("sum-1000")
    if not memory or not total:
        return []
    return [
        f"sum-1000: to read as much memory takes {memory:,.0f} µs on this thread;"
        f" the sum takes {total / memory:.2f} times that."]


Comparison(
    report="bfv.json",
    prefix="peer",
    names=[
        "ntt-forward", "ntt-inverse", "encode", "encrypt", "decrypt", "add", "multiplyPlain",
        "multiply", "relinearize", "rotate", "keygen-relin", "sum-1000", "inner-1000",
        "conditional-sum-1M", "conditional-sum-1M-extracted",
    ],
    programs=[("seal_peer.py", "tenseal"), ("openfhe_peer.py", "openfhe")],
    # A total that is extracted needs no rotations. The peers have no such operation: the same total
    # takes them the whole conditional sum.
    stands_for={"conditional-sum-1M-extracted": "conditional-sum-1M"},
).run(memory_note)
