#!/usr/bin/env python3
"""Asks the questions of questions.json of encrypted tables, from keys to answers.

    python3 Examples/questions/ask.py --data FOLDER --work FOLDER [--no-suppression] [--only Q01,Q02]

--data holds claims-dev.csv, members-dev.csv and gwas-dev.csv, or files of the same columns; --work takes
keys, tables and answers, and is used again when it is there. Prints one JSON object for each question:
its answers, the depth and the time and memory of each query.
"""
import argparse
import csv
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = {
    "claims": ("claims-dev.csv", {}),
    "members": ("members-dev.csv", {"claims": "claims-dev.csv"}),
    "providers": ("claims-dev.csv", {}),
    "gwas": ("gwas-dev.csv", {}),
}


def run(*arguments):
    """Runs the command; returns its output, the seconds and the peak memory in MB."""
    start = time.monotonic()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    output, errors = process.communicate()
    seconds = time.monotonic() - start
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    if process.returncode != 0:
        sys.exit(f"{' '.join(arguments)}\n{errors.strip()}")
    return output, seconds, memory


class Table:
    """Keys and an encrypted table for one schema."""

    def __init__(self, name, options, cryptally):
        self.folder = options.work / name
        self.cryptally = cryptally
        self.schema = HERE / f"{name}.schema.yaml"
        self.table = self.folder / "table.cryptally"
        self.passphrase = options.work / "passphrase"
        if self.table.exists():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self.passphrase.write_text("made for an example: no secret\n")
        flags = ["--no-suppression"] if options.no_suppression else []
        run(cryptally, "keys", "generate", "--schema", str(self.schema), "--out",
            str(self.folder / "keys"), "--passphrase-file", str(self.passphrase), *flags)
        source, companions = SOURCES[name]
        with_files = [
            part for table, file in companions.items()
            for part in ("--with", f"{table}={options.data / file}")
        ]
        output, seconds, memory = run(
            cryptally, "encrypt", str(options.data / source), "--schema", str(self.schema),
            "--public-key", str(self.folder / "keys" / "public.key"), "--table", str(self.table),
            *with_files)
        print(f"{name}: encrypted in {seconds:.1f} s\n{output}", file=sys.stderr)

    def ask(self, sql):
        answer = self.folder / "answer.enc"
        keys = self.folder / "keys"
        plan, _, _ = run(self.cryptally, "explain", sql, "--table", str(self.table))
        depth = re.search(r"depth (\d+) of (\d+)", plan)
        # One process for each query, so that its memory is its own.
        script = (
            "import resource,subprocess,sys,time\n"
            "start=time.monotonic()\n"
            "subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL)\n"
            "print(time.monotonic()-start,"
            "resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss//1024)")
        output, _, _ = run(
            sys.executable, "-c", script, self.cryptally, "query", sql, "--table", str(self.table),
            "--evaluation-key", str(keys / "evaluation.key"), "--server-key",
            str(keys / "server.key"), "--out", str(answer))
        seconds, memory = output.split()
        released, _, _ = run(
            self.cryptally, "decrypt", str(answer), "--secret-key", str(keys / "secret.key"),
            "--passphrase-file", str(self.passphrase), "--format", "json")
        result = json.loads(released, parse_float=str)
        rows = [dict(zip(result["columns"], row)) for row in result["rows"]]
        return {
            "rows": rows, "withheld": result["withheld"],
            "depth": int(depth.group(1)) if depth else 0, "seconds": round(float(seconds), 2),
            "memory_mb": int(memory),
        }


def constants(question, options):
    """What a question takes from the file in clear: the DRG codes that there are."""
    if "{drgs}" not in "".join(question["sql"]):
        return {}
    with open(options.data / "claims-dev.csv", newline="") as file:
        codes = sorted({row["CLM_DRG_CD"] for row in csv.DictReader(file)} - {""})
    return {"drgs": ", ".join(f"'{code}'" for code in codes)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--no-suppression", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    cryptally = os.environ.get(
        "CRYPTALLY", str(HERE.parent.parent / ".build" / "release" / "cryptally"))
    wanted = set(filter(None, options.only.split(",")))
    tables = {}
    for question in json.loads((HERE / "questions.json").read_text()):
        if wanted and question["id"] not in wanted:
            continue
        name = question["table"]
        if name not in tables:
            tables[name] = Table(name, options, cryptally)
        known = constants(question, options)
        answers = []
        for sql in question["sql"]:
            for key, value in known.items():
                sql = sql.replace("{" + key + "}", str(value))
            answers.append(tables[name].ask(sql))
            # Later rounds may use the numbers of earlier ones.
            if len(answers[-1]["rows"]) == 1:
                known.update(answers[-1]["rows"][0])
        print(json.dumps({"id": question["id"], "answers": answers}), flush=True)


main()
