#!/usr/bin/env python3
"""Prints the coverage of each target and lists what is not covered.

    coverage.py EXPORT LIST: EXPORT is what `llvm-cov export` wrote, LIST is written.
"""

import collections
import json
import pathlib
import platform
import sys

# Schemes, what they stand on, the files' formats, and what decides on release.
STRICT = {
    "BFV", "BigInteger", "CBigIntegerKernels", "CLatticeKernels", "ClaimKeys",
    "ClaimQuery/Disclosure", "ClaimQuery/Ledger", "CustodianLedger", "Lattice", "Paillier",
    "SecureMemory", "Wire",
}  # fmt: skip
STRICT_PERCENT, PERCENT = 90, 80

# Parts of a target that have a threshold of their own.
PARTS = {"ClaimQuery/Disclosure", "ClaimQuery/Ledger"}

# Kernels are covered where the processor runs them.
NEEDS = {
    "CLatticeKernels/avx2": "avx2",
    "CLatticeKernels/avx512": "avx512f",
    "CLatticeKernels/ifma": "avx512ifma",
    "CLatticeKernels/neon": "asimd",
    "CBigIntegerKernels/lane": "avx512ifma",
    # What calls the kernels that multiply in lanes.
    "BigInteger/Lane": "avx512ifma",
}


def processor_features():
    """The features that the processor names; None where the system does not tell."""
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
    except OSError:
        return None
    return set(text.replace(":", " ").split())


def target_of(path):
    part = "/".join(path.split("/")[:2])
    return part if part in PARTS else path.split("/")[0]


def is_out_of_reach(path, features):
    return features is not None and any(
        path.startswith(start) and feature not in features for start, feature in NEEDS.items()
    )


def uncovered_lines(segments):
    """Ranges of lines that no test reached, from a file's segments."""
    lines = []
    for current, following in zip(segments, segments[1:]):
        line, _, count, has_count = current[:4]
        is_gap = current[5] if len(current) > 5 else False
        if has_count and count == 0 and not is_gap:
            last = following[0] - (1 if following[1] == 1 else 0)
            lines.append((line, max(line, last)))
    merged = []
    for start, end in sorted(lines):
        if merged and start <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged


def main():
    export, listing = sys.argv[1:]
    root = f"{pathlib.Path.cwd().resolve()}/Sources/"
    features = processor_features()
    totals = collections.defaultdict(lambda: [0, 0, 0, 0])
    skipped, lines = [], []
    for file in sorted(
        json.loads(pathlib.Path(export).read_text())["data"][0]["files"],
        key=lambda file: file["filename"],
    ):
        if not file["filename"].startswith(root):
            continue
        path = file["filename"].removeprefix(root)
        if is_out_of_reach(path, features):
            skipped.append(path)
            continue
        summary = file["summary"]
        total = totals[target_of(path)]
        for index, kind in enumerate(("lines", "regions")):
            total[2 * index] += summary[kind]["covered"]
            total[2 * index + 1] += summary[kind]["count"]
        ranges = uncovered_lines(file["segments"])
        if ranges:
            text = ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in ranges)
            lines.append(f"{path}: {text}")
    pathlib.Path(listing).write_text("".join(line + "\n" for line in lines))

    print(f"coverage on {platform.machine()}")
    print(f"{'target':24} {'lines':>16} {'regions':>16}  least")
    low = []
    for target, (line, all_lines, region, all_regions) in sorted(totals.items()):
        least = STRICT_PERCENT if target in STRICT else PERCENT
        shares = [100 * line / max(all_lines, 1), 100 * region / max(all_regions, 1)]
        print(
            f"{target:24} {line:6}/{all_lines:<5} {shares[0]:4.1f} {region:6}/{all_regions:<5}"
            f"{shares[1]:4.1f}  {least}"
        )
        if min(shares) <= least:
            low.append(target)
    if skipped:
        print(f"left out, as this processor does not run them: {', '.join(skipped)}")
    print(f"what is not covered: {listing}")
    if low:
        print(f"coverage: too little is covered in: {', '.join(low)}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
