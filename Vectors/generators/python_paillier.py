#!/usr/bin/env python3
"""Makes Vectors/paillier/python-paillier.json with python-paillier itself: its keys, its ciphertexts.

    pip install phe==1.5.0 gmpy2==2.3.2 click
    python3 Vectors/generators/python_paillier.py
    python3 Vectors/generators/python_paillier.py --check .build/release/cryptally

The second command checks the other direction, against the built command: python-paillier decrypts
and adds what it encrypted, and it decrypts and adds python-paillier's. The output of the first is the
same every time: random numbers and the date are replaced. The keys are public, and so worthless.
"""

import argparse
import datetime
import decimal
import json
import pathlib
import random
import subprocess
import tempfile

import phe
import phe.command_line
from click.testing import CliRunner

FILE = pathlib.Path(__file__).resolve().parent.parent / "paillier" / "python-paillier.json"
FLOATS = ["0", "1", "-1", "-2.5", "0.1", "-0.001", "123456.75", "1e20", "5e-324", "1.5e300"]


class FixedDate:
    class datetime:
        @staticmethod
        def now():
            return datetime.datetime(2024, 2, 29)


def exact(number):
    """A number in decimal digits, all of them."""
    text = f"{decimal.Decimal(number):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def pheutil(*arguments):
    result = CliRunner().invoke(phe.command_line.cli, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


class Folder:
    """Files for the commands."""

    def __init__(self, path):
        self.path = pathlib.Path(path)

    def put(self, name, content):
        text = content if isinstance(content, str) else json.dumps(content)
        (self.path / name).write_text(text)
        return str(self.path / name)

    def __truediv__(self, name):
        return str(self.path / name)


def make_keys(folder, bits):
    pheutil("genpkey", "--keysize", str(bits), folder / "private.json")
    pheutil("extract", folder / "private.json", folder / "public.json")
    read = lambda name: json.loads(pathlib.Path(folder / name).read_text())
    return read("private.json"), read("public.json")


def key_case(folder, bits):
    private, public = make_keys(folder, bits)
    key = phe.command_line.load_public_key(public)
    numbers = []
    for text in FLOATS:
        made = pheutil("encrypt", folder / "public.json", "--", text)
        numbers.append({"name": text, "decimal": exact(float(text)), "number": json.loads(made)})

    def of(number):
        return {"v": str(number.ciphertext()), "e": number.exponent}

    integers = {"largest": key.max_int, "smallest": -key.max_int, "forty-two": 42}
    for name, value in integers.items():
        numbers.append({"name": name, "decimal": str(value), "number": of(key.encrypt(value))})

    a, b = folder.put("a.json", numbers[3]["number"]), folder.put("b.json", of(key.encrypt(7)))
    factor = "-0.75"
    return {
        "name": f"{bits} bits",
        "private": json.dumps(private),
        "public": json.dumps(public),
        "n": f"{key.n:x}",
        "largest": str(key.max_int),
        "numbers": numbers,
        "sum": {
            "a": numbers[3]["number"],
            "b": json.loads(pathlib.Path(b).read_text()),
            "decimal": "4.5",
            "number": json.loads(pheutil("addenc", folder / "public.json", a, b)),
        },
        "product": {
            "factor": factor,
            "decimal": "1.875",
            "number": json.loads(pheutil("multiply", folder / "public.json", a, "--", factor)),
        },
        "overflow": of(key.encrypt(key.max_int) + key.encrypt(key.max_int)),
    }


def generate():
    generator = random.Random(20240229)
    random.SystemRandom = lambda: generator
    phe.command_line.datetime = FixedDate
    with tempfile.TemporaryDirectory() as path:
        # Several, because python-paillier's primes may begin with the bits 10 or 11.
        cases = [key_case(Folder(path), bits) for bits in (2048, 2048, 2048, 3072)]
    FILE.write_text(json.dumps(cases, indent=1) + "\n")
    leading = [[bin(phe.util.base64_to_int(json.loads(c["private"])[x]))[2:4] for x in "pq"]
               for c in cases]
    assert any("10" in pair for pair in leading), "no key has a prime that begins with 10"


def check(command):
    def ours(*arguments):
        run = subprocess.run([command, "paillier", *arguments], capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        return run.stdout.strip()

    with tempfile.TemporaryDirectory() as path:
        folder = Folder(path)
        ours("keygen", "--bits", "2048", "--format", "json", "--out", folder / "keys")
        theirs = Folder(pathlib.Path(path) / "theirs")
        theirs.path.mkdir()
        make_keys(theirs, 2048)
        pairs = [
            (folder / "keys/public.json", folder / "keys/private.json"),
            (theirs / "public.json", theirs / "private.json"),
        ]
        for public, private in pairs:
            encrypt = ["encrypt", "--public-key", public, "--format", "json", "--"]
            for text in ["0", "42", "-7", "2.5", "-0.0625"]:
                made = folder.put("ours.json", ours(*encrypt, text))
                found = pheutil("decrypt", private, made)
                assert float(found) == float(text), (text, found)
            left = folder.put("left.json", ours(*encrypt, "-2.5"))
            right = folder.put("right.json", pheutil("encrypt", public, "7"))
            both = folder.put("sum.json", pheutil("addenc", public, left, right))
            decrypt = ["decrypt", "--secret-key", private, "--format", "json"]
            assert ours(*decrypt, both) == "4.5"
            added = ours("add", "--public-key", public, "--format", "json", left, right)
            assert float(pheutil("decrypt", private, folder.put("added.json", added))) == 4.5
            product = ours(
                "multiply", right, "--by", "-0.5", "--public-key", public, "--format", "json")
            assert float(pheutil("decrypt", private, folder.put("p.json", product))) == -3.5
    print("python-paillier and the command read each other's keys and numbers")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", metavar="COMMAND", help="the built command")
    arguments = parser.parse_args()
    if arguments.check:
        check(arguments.check)
    else:
        generate()


if __name__ == "__main__":
    main()
