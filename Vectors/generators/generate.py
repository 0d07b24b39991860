#!/usr/bin/env python3
"""Writes the test vectors, or checks that the files are what the generators say.

    python3 Vectors/generators/generate.py            # writes them
    python3 Vectors/generators/generate.py --check    # compares, and validates with the schemas

Nothing here knows the library: numbers are Python's own, products of polynomials are schoolbook, and
the formats are written from their description. The same files come out every time.
"""

import argparse
import fnmatch
import importlib
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent.parent
GENERATORS = [
    "memory",
    "lattice",
    "bfv",
    "integers",
    "paillier",
    "claims",
    "query",
    "formats",
    "stories",
    "findings",
]
# Made by other programs, with scripts of their own.
FOREIGN = {
    "golden/*/manifest.json",
    "paillier/python-paillier.json",
    "query/postgres-results.json",
}


def stored():
    """The files that there are, by their paths below the folder."""
    return {
        path.relative_to(FOLDER).as_posix()
        for path in FOLDER.rglob("*.json")
        if "schemas" not in path.parts
    }


def generated(names):
    for name in names:
        print(f"vectors: {name}", file=sys.stderr, flush=True)
        yield from importlib.import_module(name).files()


def differences(files, everything):
    """What is not as it should be, a line each."""
    for file in files:
        path = FOLDER / file.path
        if not path.exists():
            yield f"{file.path}: is missing"
        elif path.read_text() != file.text():
            yield f"{file.path}: is not what {file.generator} gives"
    if everything:
        for path in sorted(stored() - {file.path for file in files}):
            if not any(fnmatch.fnmatch(path, pattern) for pattern in FOREIGN):
                yield f"{path}: no generator gives it"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("names", nargs="*", help="generators; all of them without a name")
    arguments = parser.parse_args()
    files = list(generated(arguments.names or GENERATORS))
    if arguments.check:
        found = list(differences(files, not arguments.names))
        found += importlib.import_module("validate").problems(FOLDER, stored())
        for line in found:
            print(f"vectors: {line}", file=sys.stderr)
        if found:
            sys.exit(1)
        print(f"vectors: {len(files)} files are what their generators give, and fit their schemas")
        return
    for file in files:
        path = FOLDER / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text())
    print(f"vectors: {len(files)} files written")


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
    main()
