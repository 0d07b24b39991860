#!/usr/bin/env python3
"""Changes one constant, comparison or sign at a time, builds, and runs the test vectors.

    mutations.py [NUMBER ...]    # all of them, or those numbers

Each change must make vectors fail. A change that none notices is an error of the vectors. Needs a
clean checkout, which is put back after every change. Prints for each how many cases failed, and
of which kinds. Builds into a folder of its own, with the Swift code not optimized: that builds in a
fraction of the time.
"""

import collections
import json
import os
import pathlib
import subprocess
import sys

# File below Sources, what stands there once, what is put in its place, what it is.
MUTATIONS = [
    ("Lattice/NTTPlan.swift", "smallest = min(smallest, root)", "smallest = max(smallest, root)",
     "twiddles: the largest root of unity instead of the smallest"),
    ("CLatticeKernels/scalar_basis.c", "overflow[k] = (uint64_t)1 << 50;",
     "overflow[k] = (uint64_t)1 << 49;",
     "base conversion (scalar): rounding of the overflow"),
    ("CLatticeKernels/arithmetic.h", "return difference + (q & (0 - (difference >> 63)));",
     "return difference + (q & (0 - ((difference - 1) >> 63)));",
     "reduction: x = q is not taken back to 0"),
    ("CLatticeKernels/scalar_sampling.c", "const uint32_t mask = (1u << 21) - 1;",
     "const uint32_t mask = (1u << 20) - 1;",
     "errors (scalar): 20 bits counted instead of 21"),
    ("BFV/PublicKey.swift", "  result.negate()\n  result.addProduct(a, secret)\n  result.negate()",
     "  result.addProduct(a, secret)",
     "keys: the sign of the mask"),
    ("BFV/LevelTools.swift",
     "$0.negate($0.inverse($0.reduce(plaintextModulus.value)))",
     "$0.inverse($0.reduce(plaintextModulus.value))",
     "scaling of plaintexts: the sign of the rounding"),
    ("BFV/EvaluationKeys.swift", "element = element * 3 % (2 * degree)",
     "element = element * 5 % (2 * degree)",
     "rotations: another generator of the rows"),
    ("BFV/KeySwitchKey.swift", "limb: digit)", "limb: 0)",
     "key switching: every digit's secret in the first limb"),
    ("BFV/Decryptor+Totals.swift", "plaintextModulus.reduce(UInt64(degree))",
     "plaintextModulus.reduce(UInt64(degree / 2))",
     "totals: half of N"),
    ("Paillier/ShortExponentBase.swift", "let h = (-(x * x))", "let h = (x * x)",
     "Paillier: the sign of the short exponents' base"),
    ("Paillier/ResidueCombination.swift", "adding(second.square)", "adding(first.square)",
     "Paillier: the remainders' combination by the key holder"),
    ("Paillier/RecordPacking.swift", "UInt64.bitWidth - maximum.leadingZeroBitCount +",
     "UInt64.bitWidth - 1 - maximum.leadingZeroBitCount +",
     "packing: one bit less for each field"),
    ("Paillier/PublicKey+Plaintexts.swift", "if plaintext <= maximum { return plaintext }",
     "if plaintext < maximum { return plaintext }",
     "signed numbers: the largest one counts as an overflow"),
    ("Paillier/PackedTotals.swift", "sum.bitCount <= end", "sum.bitCount <= end + 1",
     "packing: one bit beyond the last field is let through"),
    ("ClaimSchema/DigitSet+Algebra.swift", "$0 < digit ? .all : $0 == digit",
     "$0 <= digit ? .all : $0 == digit",
     "digits: below includes the digit itself"),
    ("ClaimKeys/ValueEncoding.swift", "value >> Int128(limbBits * index)",
     "value >> Int128(limbBits * index + 1)",
     "values in limbs: each shifted one bit too far"),
    ("ClaimQuery/Disclosure/Suppression/CohortThreshold.swift",
     "Int64(max(minimumCohort, 1) - 1)", "Int64(max(minimumCohort, 1))",
     "disclosure: the minimum cohort one higher"),
    ("SecureMemory/DigestStream.swift", "UInt32(clamping: name.count).littleEndian",
     "UInt32(clamping: name.count + 1).littleEndian",
     "digests: the domain's length"),
    ("Wire/EnvelopeHeader.swift", "static let byteCount = 88", "static let byteCount = 87",
     "envelope: the header's length"),
]  # fmt: skip


SCRATCH = ".build-mutations"


def run(*command):
    return subprocess.run(command, text=True, capture_output=True, check=False)


def build():
    return run(
        os.environ.get("SWIFT", "swift"), "build", "-c", "release", "-Xswiftc", "-Onone",
        "--scratch-path", SCRATCH, "--product", "cryptally",
    )  # fmt: skip


def failures():
    """How many cases fail, by kind; None when the command itself ends badly."""
    result = run(f"{SCRATCH}/release/cryptally", "vectors", "run", "--format", "json")
    try:
        reports = json.loads(result.stdout)
    except json.JSONDecodeError:
        return None
    found = collections.Counter()
    for report in reports:
        found[report["kind"]] += len(report["failures"])
    return +found


def main():
    os.chdir(pathlib.Path(__file__).resolve().parent.parent)
    if run("git", "status", "--porcelain", "--untracked-files=no").stdout:
        sys.exit("mutations: the checkout has changes; commit them first")
    wanted = [int(number) for number in sys.argv[1:]] or range(1, len(MUTATIONS) + 1)
    unnoticed = []
    for number in wanted:
        path, old, new, name = MUTATIONS[number - 1]
        file = pathlib.Path("Sources") / path
        text = file.read_text()
        if text.count(old) != 1:
            sys.exit(f"mutations: {path} has not exactly one place for change {number}")
        try:
            file.write_text(text.replace(old, new))
            built = build()
            if built.returncode != 0:
                sys.exit(f"mutations: change {number} does not build:\n{built.stdout[-2000:]}")
            found = failures()
        finally:
            file.write_text(text)
        if found is None:
            print(f"{number:2} {name}: the command itself fails", flush=True)
        elif found:
            kinds = ", ".join(f"{kind} {count}" for kind, count in found.most_common(6))
            print(f"{number:2} {name}: {sum(found.values())} cases fail ({kinds})", flush=True)
        else:
            print(f"{number:2} {name}: NOT NOTICED", flush=True)
            unnoticed.append(number)
    if unnoticed:
        sys.exit(f"mutations: not noticed: {unnoticed}")
    print(f"mutations: vectors notice each of the {len(list(wanted))} changes")


if __name__ == "__main__":
    main()
