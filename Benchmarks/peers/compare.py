#!/usr/bin/env python3
"""Runs our benchmarks and the peers' in turn, round after round, and compares their medians.

    make bench-bfv                 three rounds
    make bench-bfv ROUNDS=5

Prints the table, and writes `Benchmarks/results/bfv.json`: a list of

    {"name", "ours_us", "peer", "peer_us", "ratio"}

with one entry for each operation and peer that were both measured; ratio is peer / ours. A peer
that is not to be had on this machine is left out. All runs on one thread, one after the other.
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys

PEERS = pathlib.Path(__file__).resolve().parent
BENCHMARKS = PEERS.parent
SWIFT = os.environ.get("SWIFT", "swift")

# The program of each peer, and its virtual environment.
PROGRAMS = [("seal_peer.py", ".venv-tenseal"), ("openfhe_peer.py", ".venv-openfhe")]

NAMES = [
    "ntt-forward", "ntt-inverse", "encode", "encrypt", "decrypt", "add", "multiplyPlain",
    "multiply", "relinearize", "rotate", "keygen-relin", "sum-1000", "inner-1000",
    "conditional-sum-1M", "conditional-sum-1M-extracted",
]

# A total that is extracted needs no rotations. The peers have no such operation: the same total
# takes them the whole conditional sum.
STANDS_FOR = {"conditional-sum-1M-extracted": "conditional-sum-1M"}

# Seconds that a peer's program may take.
LONGEST = 1200

ONE_THREAD = {
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


def say(message):
    print(message, file=sys.stderr, flush=True)


def swift(*arguments, **options):
    """Runs a command of the package manager on the benchmarks' package."""
    return subprocess.run([SWIFT, *arguments], cwd=BENCHMARKS, check=True, text=True, **options)


def build():
    """Builds what runs on our side, and tells what machine and which kernels it runs on."""
    swift("build", "-c", "release", stdout=sys.stderr)
    return swift(
        "run", "-c", "release", "--skip-build", "MachineReport", stdout=subprocess.PIPE).stdout


def ours():
    """Our times in microseconds, by name."""
    folder = BENCHMARKS / ".build" / "bench-bfv"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.jmh.json"):
        old.unlink()
    swift(
        "package", "--allow-writing-to-package-directory", "benchmark", "--no-progress",
        "--filter", "peer .*", "--format", "jmh", "--path", str(folder), stdout=sys.stderr)
    times = {}
    for file in folder.glob("*.jmh.json"):
        for element in json.loads(file.read_text()):
            # Spaces are underscores here, and a tag follows the name: peer_add_(calls:_20).
            match = re.search(r"\.peer_([\w-]+?)(?:_\(calls:_(\d+)\))?$", element["benchmark"])
            for metric, result in element["secondaryMetrics"].items():
                if match and "wall clock" in metric and result["scoreUnit"] == "μs":
                    median = result["scorePercentiles"]["50.0"]
                    times[match[1]] = median / int(match[2] or 1)
    return times


def peer(program, environment):
    """A peer's name, its parameters, and its times in microseconds; None where it cannot run."""
    python = PEERS / environment / "bin" / "python"
    if not python.exists():
        return None
    try:
        run = subprocess.run(
            [str(python), str(PEERS / program)], cwd=PEERS, env=os.environ | ONE_THREAD, text=True,
            stdout=subprocess.PIPE, timeout=LONGEST, check=True)
        # A library may print lines of its own.
        first, *rest = [
            json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
        return first["peer"], first["parameters"], {entry["name"]: entry["us"] for entry in rest}
    except (OSError, subprocess.SubprocessError, ValueError, KeyError) as problem:
        say(f"peers: {program} failed and is left out of this round: {problem}")
        return None


class Times:
    """The times of one side over the rounds."""

    def __init__(self):
        self.rounds = []

    def median(self, name):
        found = [times[name] for times in self.rounds if name in times]
        return statistics.median(found) if found else None

    def spread(self, name):
        """The rounds' range in percent of their median."""
        found = [times[name] for times in self.rounds if name in times]
        return 100 * (max(found) - min(found)) / statistics.median(found)


def entries(own, others):
    """The report: one entry for each name and peer."""
    found = []
    for name in NAMES:
        ours_us = own.median(name)
        for label, times in others.items():
            peer_us = times.median(STANDS_FOR.get(name, name))
            if ours_us and peer_us:
                found.append({
                    "name": name, "ours_us": round(ours_us, 3), "peer": label,
                    "peer_us": round(peer_us, 3), "ratio": round(peer_us / ours_us, 2),
                })
    return found


def table(own, others):
    """The medians in microseconds side by side, with the range of the rounds, and the ratios."""
    def cell(times, name):
        median = times.median(name)
        return f"{median:,.1f} ±{times.spread(name) / 2:.0f}%" if median else "–"

    rows = [["operation, µs", "ours"]]
    for label in others:
        rows[0] += [label, "ratio"]
    for name in NAMES:
        row = [name, cell(own, name)]
        for times in others.values():
            other = STANDS_FOR.get(name, name)
            both = own.median(name) and times.median(other)
            ratio = f"{times.median(other) / own.median(name):.2f}" if both else "–"
            row += [cell(times, other), ratio]
        rows.append(row)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            text.rjust(width) if column else text.ljust(width)
            for column, (text, width) in enumerate(zip(row, widths)))
        for row in rows)


def main():
    parser = argparse.ArgumentParser(description="Compares our BFV with other libraries.")
    parser.add_argument("--rounds", type=int, default=3, help="how often each side runs")
    parser.add_argument(
        "--output", type=pathlib.Path, default=BENCHMARKS / "results" / "bfv.json",
        help="where the report goes")
    arguments = parser.parse_args()

    subprocess.run([str(PEERS / "install.sh")], check=False)
    machine = build()
    own, others, parameters = Times(), {}, {}
    for number in range(1, arguments.rounds + 1):
        say(f"peers: round {number} of {arguments.rounds}, ours")
        own.rounds.append(ours())
        for program, environment in PROGRAMS:
            say(f"peers: round {number} of {arguments.rounds}, {program}")
            result = peer(program, environment)
            if result:
                label, settings, times = result
                parameters[label] = settings
                others.setdefault(label, Times()).rounds.append(times)

    print(machine, end="")
    print("threads in use".ljust(20) + "1, on every side")
    for label, text in parameters.items():
        print(f"{label}: {text}")
    print()
    print(table(own, others))
    print()
    print("Medians of each round's median; ± is half the range of the rounds. Ratio: peer / ours.")
    for name, other in STANDS_FOR.items():
        print(f"{name}: the peers' figure is that of {other}.")

    memory, total = own.median("memory-read"), own.median("sum-1000")
    if memory and total:
        print(f"sum-1000: to read as much memory takes {memory:,.0f} µs on this thread;"
              f" the sum takes {total / memory:.2f} times that.")

    missing = [name for name in NAMES if own.median(name) is None]
    if missing:
        say(f"peers: of ours there are no times for {', '.join(missing)}")
    report = entries(own, others)
    if not report:
        say("peers: nothing to compare, no report written")
        return
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(report, indent=2) + "\n")
    print(f"Written to {arguments.output}")


main()
