#!/usr/bin/env python3
"""Asks PostgreSQL again for the results in query/postgres-results.json.

    python3 Vectors/generators/postgres_results.py            # rewrites the file
    python3 Vectors/generators/postgres_results.py --check    # compares

The expressions stand in the file; what PostgreSQL answers to them is the vector. A server is started for
it, with default settings and the locale C, in a temporary folder; as root, in the name of the user
`postgres`."""

import argparse
import json
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time

FOLDER = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(FOLDER / "generators"))
PATH = "query/postgres-results.json"
MARK = "\x1c"
TYPES = {"integer": "integer", "bigint": "integer", "double precision": "double"}

from common.vectorfile import VectorFile  # noqa: E402


def programs():
    """The folder of the newest installation."""
    folders = sorted(
        pathlib.Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda path: int(path.parent.name),
        reverse=True,
    )
    found = shutil.which("postgres")
    folders += [pathlib.Path(found).parent] if found else []
    if not folders:
        sys.exit("postgres_results: PostgreSQL is not installed")
    return folders[0]


class Server:
    """A server of its own, reached by a socket in a temporary folder."""

    def __enter__(self):
        self._programs, self._folder = programs(), tempfile.mkdtemp(prefix="pg-")
        self._as = {}
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self._folder, user.pw_uid, user.pw_gid)
            self._as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self._run(
            "initdb",
            "-D",
            f"{self._folder}/data",
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        )
        options = [
            "-D",
            f"{self._folder}/data",
            "-k",
            self._folder,
            "-c",
            "listen_addresses=",
            "-c",
            "fsync=off",
        ]
        self._server = subprocess.Popen(
            [self._programs / "postgres", *options], cwd=self._folder, stderr=subprocess.DEVNULL, **self._as
        )
        for _ in range(600):
            if self._psql("SELECT 1;").strip() == "1":
                return self
            time.sleep(0.1)
        sys.exit("postgres_results: PostgreSQL does not start")

    def __exit__(self, *_):
        self._server.terminate()
        self._server.wait()
        shutil.rmtree(self._folder)

    def _run(self, program, *arguments):
        subprocess.run(
            [self._programs / program, *arguments],
            cwd=self._folder,
            check=True,
            stdout=subprocess.DEVNULL,
            **self._as,
        )

    def _psql(self, script):
        options = ["-X", "-q", "-A", "-t", "-h", self._folder, "-U", "postgres", "-d", "postgres"]
        return subprocess.run(
            [self._programs / "psql", *options, "-P", "null=\x1d", "-F", "\x1f"],
            input=script,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
            check=False,
        ).stdout

    def version(self):
        return self._psql("SHOW server_version;").split()[0]

    def answers(self, expressions):
        """For each expression its fields: type and value, or the SQLSTATE and the message."""
        script = "".join(
            f"SELECT pg_typeof(x), x::text FROM (SELECT {expression} AS x) AS s;\n"
            f"\\echo {MARK} :SQLSTATE {MARK} :LAST_ERROR_MESSAGE {MARK}\n"
            for expression in expressions
        )
        parts = self._psql(script).split(MARK)
        for rows, state, message in zip(parts[0::3], parts[1::3], parts[2::3]):
            if state.strip() == "00000":
                kind, value = rows.strip("\n").split("\x1f")
                yield (
                    {"type": None, "value": None}
                    if value == "\x1d"
                    else {"type": TYPES.get(kind, kind), "value": value}
                )
            else:
                yield {"state": state.strip(), "message": message.strip()}


def fragment(message):
    """The part of a message that does not depend on the names of types."""
    return re.split(r"\(| and | types ", message)[0]


def answered(content, server):
    """The file with PostgreSQL's answers of today."""
    file = VectorFile(
        PATH,
        "query.result",
        content["description"],
        f"PostgreSQL {server.version()}, by postgres_results.py",
        content["flags"],
    )
    cases = [case for group in content["groups"] for case in group["cases"]]
    answers = iter(list(server.answers([case["expression"] for case in cases])))
    for group in content["groups"]:
        written = file.group(group["name"], form=group["form"])
        for case in group["cases"]:
            answer = next(answers)
            fields = {key: case[key] for key in ("name", "arguments", "expression")}
            message = answer.pop("message", None)
            error = message and ("ResultError", fragment(message))
            flags = [flag for flag in case["flags"] if flag not in ("Null", "Refused")]
            flags += ["Refused"] if error else ["Null"] if answer["value"] is None else []
            written.case(
                case["comment"],
                flags,
                result="invalid" if error else "valid",
                error=error,
                **fields,
                **answer,
            )
    return file.text()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    arguments = parser.parse_args()
    path = FOLDER / PATH
    old = path.read_text()
    with Server() as server:
        new = answered(json.loads(old), server)
    if not arguments.check:
        path.write_text(new)
    elif new != old:
        for ours, theirs in zip(old.splitlines(), new.splitlines()):
            if ours != theirs:
                sys.exit(
                    f"postgres_results: the file has {ours.strip()}, PostgreSQL answers {theirs.strip()}"
                )
        sys.exit("postgres_results: the file has other cases")


if __name__ == "__main__":
    main()
