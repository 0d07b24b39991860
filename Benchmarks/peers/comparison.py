"""Runs our benchmarks and the peers' in turn, round after round, and compares their medians.

The table goes to standard output, and a report to a file: a list of

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


def ours(prefix):
    """Our times in microseconds, by name, of the benchmarks that begin with a prefix."""
    folder = BENCHMARKS / ".build" / "bench-peers"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.jmh.json"):
        old.unlink()
    swift(
        "package", "--allow-writing-to-package-directory", "benchmark", "--no-progress",
        "--filter", f"{prefix} .*", "--format", "jmh", "--path", str(folder), stdout=sys.stderr)
    times = {}
    pattern = rf"\.{prefix.replace(' ', '_')}_([\w-]+?)(?:_\(calls:_(\d+)\))?$"
    for file in folder.glob("*.jmh.json"):
        for element in json.loads(file.read_text()):
            # Spaces are underscores here, and a tag follows the name: peer_add_(calls:_20).
            match = re.search(pattern, element["benchmark"])
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


class Comparison:
    """What is compared with whom.

    report: the file's name in `results`.
    prefix: how our benchmarks' names begin.
    names: the operations.
    programs: the program of each peer, and the name of its virtual environment.
    stands_for: by operation that the peers do not have, the one that they are measured by.
    alone: operations that no peer has, which are shown only.
    """

    def __init__(self, report, prefix, names, programs, stands_for={}, alone=()):
        self.report, self.prefix, self.names = report, prefix, names
        self.programs, self.stands_for, self.alone = programs, stands_for, alone
        self.own, self.others = Times(), {}

    def entries(self):
        """The report: one entry for each name and peer."""
        found = []
        for name in self.names:
            ours_us = self.own.median(name)
            for label, times in self.others.items():
                peer_us = times.median(self.stands_for.get(name, name))
                if ours_us and peer_us:
                    found.append({
                        "name": name, "ours_us": round(ours_us, 3), "peer": label,
                        "peer_us": round(peer_us, 3), "ratio": round(peer_us / ours_us, 2),
                    })
        return found

    def table(self):
        """The medians in microseconds side by side, the range of the rounds, and the ratios."""
        def cell(times, name):
            median = times.median(name)
            return f"{median:,.1f} ±{times.spread(name) / 2:.0f}%" if median else "–"

        rows = [["operation, µs", "ours"]]
        for label in self.others:
            rows[0] += [label, "ratio"]
        for name in [*self.names, *self.alone]:
            row = [name, cell(self.own, name)]
            for times in self.others.values():
                other = self.stands_for.get(name, name)
                both = self.own.median(name) and times.median(other)
                ratio = f"{times.median(other) / self.own.median(name):.2f}" if both else "–"
                row += [cell(times, other), ratio]
            rows.append(row)
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        return "\n".join(
            "  ".join(
                text.rjust(width) if column else text.ljust(width)
                for column, (text, width) in enumerate(zip(row, widths)))
            for row in rows)

    def measure(self, rounds):
        """Runs everybody in turn; gives the peers' parameters."""
        parameters = {}
        for number in range(1, rounds + 1):
            say(f"peers: round {number} of {rounds}, ours")
            self.own.rounds.append(ours(self.prefix))
            for program, environment in self.programs:
                say(f"peers: round {number} of {rounds}, {program}")
                result = peer(program, f".venv-{environment}")
                if result:
                    label, settings, times = result
                    parameters[label] = settings
                    self.others.setdefault(label, Times()).rounds.append(times)
        return parameters

    def run(self, notes=lambda own: []):
        """The whole comparison. notes: from our times, lines to print below the table."""
        parser = argparse.ArgumentParser(description="Compares us with other libraries.")
        parser.add_argument("--rounds", type=int, default=3, help="how often each side runs")
        parser.add_argument(
            "--output", type=pathlib.Path, default=BENCHMARKS / "results" / self.report,
            help="where the report goes")
        arguments = parser.parse_args()

        environments = [environment for _, environment in self.programs]
        subprocess.run([str(PEERS / "install.sh"), *environments], check=False)
        machine = build()
        parameters = self.measure(arguments.rounds)

        print(machine, end="")
        print("threads in use".ljust(20) + "1, on every side")
        for label, text in parameters.items():
            print(f"{label}: {text}")
        print()
        print(self.table())
        print()
        print(
            "Medians of each round's median; ± is half the range of the rounds."
            " Ratio: peer / ours.")
        for name, other in self.stands_for.items():
            print(f"{name}: the peers' figure is that of {other}.")
        for line in notes(self.own):
            print(line)

        missing = [
            name for name in [*self.names, *self.alone] if self.own.median(name) is None]
        if missing:
            say(f"peers: of ours there are no times for {', '.join(missing)}")
        report = self.entries()
        if not report:
            say("peers: nothing to compare, no report written")
            return
        arguments.output.parent.mkdir(parents=True, exist_ok=True)
        arguments.output.write_text(json.dumps(report, indent=2) + "\n")
        print(f"Written to {arguments.output}")
