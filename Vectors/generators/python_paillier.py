#!/usr/bin/env python3
"""Makes Vectors/paillier/python-paillier.json with python-paillier itself: its keys, its ciphertexts.

    pip install phe==1.5.0 gmpy2==2.3.2 click
    python3 Vectors/generators/python_paillier.py
    python3 Vectors/generators/python_paillier.py --compare
    python3 Vectors/generators/python_paillier.py --check .build/release/cryptally

The second command compares the stored file with what python-paillier gives, which is the same every
time: random numbers and the date are replaced. The third checks the other direction, against the built
command: python-paillier decrypts and adds what it encrypted, and it decrypts and adds python-paillier's.
The keys are public, and so worthless.
"""

import argparse
import datetime
import decimal
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import phe
import phe.command_line
from click.testing import CliRunner

from common.vectorfile import VectorFile

FOLDER = pathlib.Path(__file__).resolve().parent.parent
FLOATS = [
    "0",
    "1",
    "-1",
    "-2.5",
    "0.1",
    "-0.001",
    "123456.75",
    "1e20",
    "5e-324",
    "-5e-324",
    "1.5e300",
    "1.7976931348623157e308",
    "2.2250738585072014e-308",
    "0.0625",
    "-0.3333333333333333",
]
FACTORS = ["-0.75", "3", "-1", "0.5", "1e-10", "1000000.25"]
OVERFLOW = ("PaillierError", "the decrypted number is outside the range of signed numbers")


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


def exact_value(number, private):
    """The same of an encrypted number, from what it decrypts to."""
    encoded = private.decrypt_encoded(number)
    with decimal.localcontext() as context:
        context.prec = 5000
        mantissa = decimal.Decimal(encoded.encoding)
        if encoded.encoding >= private.public_key.n - private.public_key.max_int:
            mantissa -= private.public_key.n
        return exact(mantissa * decimal.Decimal(16) ** encoded.exponent)


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
    return tuple(
        pathlib.Path(folder / f"{name}.json").read_text() for name in ("private", "public")
    )


def document(number):
    """As the command writes it, with no fresh randomness."""
    return {"v": str(number.ciphertext(be_secure=False)), "e": number.exponent}


def signed(encoding, key):
    return encoding if encoding <= key.max_int else encoding - key.n


def key_cases(file, folder, bits, generator):
    private_text, public_text = make_keys(folder, bits)
    key = phe.command_line.load_public_key(json.loads(public_text))
    private = json.loads(private_text)
    primes = [phe.util.base64_to_int(private[name]) for name in "pq"]
    secret = phe.PaillierPrivateKey(key, *primes)
    group = file.group(
        f"{bits} bits, primes that begin with {' and '.join(bin(prime)[2:4] for prime in primes)}",
        public_document=public_text,
        private_document=private_text,
        modulus=f"{key.n:x}",
        largest_signed=f"{key.max_int:x}",
    )

    for text in FLOATS:
        made = json.loads(pheutil("encrypt", folder / "public.json", "--", text))
        group.case(
            f"{text} by the command", ["Command"], numbers=[made], decimal=exact(float(text))
        )

    def encrypted(value):
        encoding = phe.EncodedNumber.encode(key, value)
        nonce = generator.randrange(1, key.n)
        number = key.encrypt(encoding, r_value=nonce)
        return number, {"mantissa": f"{signed(encoding.encoding, key):x}", "nonce": f"{nonce:x}"}

    values = [0, 1, -1, 42, key.max_int, -key.max_int, 2.5, -0.1, 1e100]
    for value in values:
        number, made_of = encrypted(value)
        title = value if abs(value) < 1e101 else "the largest" if value > 0 else "the smallest"
        group.case(
            f"{title} under a nonce",
            ["Nonce"],
            numbers=[document(number)],
            **made_of,
            decimal=exact(value),
        )

    numbers = {value: encrypted(value)[0] for value in (-2.5, 7, 0.001, 123456, -7)}
    for a, b in ((-2.5, 7), (7, -2.5), (7, 123456), (0.001, 7), (-2.5, 0.001), (7, -7)):
        total = numbers[a] + numbers[b]
        group.case(
            f"{a} + {b}",
            ["Addition"],
            numbers=[document(numbers[a]), document(numbers[b])],
            outcome=document(total),
            decimal=exact_value(total, secret),
        )
    for text in FACTORS:
        factor = int(text) if text.lstrip("-").isdigit() else float(text)
        for value in (-2.5, 7):
            product = numbers[value] * factor
            encoding = phe.EncodedNumber.encode(key, factor)
            group.case(
                f"{value} · {text}",
                ["Product"],
                numbers=[document(numbers[value])],
                factor={
                    "mantissa": f"{signed(encoding.encoding, key):x}",
                    "exponent": encoding.exponent,
                },
                outcome=document(product),
                decimal=exact_value(product, secret),
            )

    a, b = folder.put("a.json", document(numbers[-2.5])), folder.put("b.json", document(numbers[7]))
    both = json.loads(pheutil("addenc", folder / "public.json", a, b))
    group.case("-2.5 + 7 by the command", ["Command"], numbers=[both], decimal="4.5")
    product = json.loads(pheutil("multiply", folder / "public.json", a, "--", "-0.75"))
    group.case("-2.5 · -0.75 by the command", ["Command"], numbers=[product], decimal="1.875")
    for sign in (1, -1):
        largest = encrypted(sign * key.max_int)[0]
        group.case(
            "twice the " + ("largest" if sign > 0 else "smallest"),
            ["Overflow"],
            "invalid",
            OVERFLOW,
            numbers=[document(largest + largest)],
        )
    return primes


def generated():
    generator = random.Random(20240229)
    random.SystemRandom = lambda: generator
    phe.command_line.datetime = FixedDate
    file = VectorFile(
        "paillier/python-paillier.json",
        "paillier.python-paillier",
        "Keys, encrypted numbers, sums and products of python-paillier.",
        f"python_paillier.py, by python-paillier {phe.__version__}",
        {
            "Command": "Its command wrote the number, with fresh randomness.",
            "Nonce": "The nonce is known, so the number can be made again.",
            "Addition": "It added two numbers; the exponents may differ.",
            "Product": "It multiplied a number by a plain one.",
            "Overflow": "A sum is too large for the key.",
        },
    )
    with tempfile.TemporaryDirectory() as path:
        # Several, because python-paillier's primes may begin with the bits 10 or 11.
        primes = [
            key_cases(file, Folder(path), bits, generator) for bits in (2048, 2048, 2048, 3072)
        ]
    leading = {bin(prime)[2:4] for pair in primes for prime in pair}
    assert leading == {"10", "11"}, "the primes of all keys begin with the same bits"
    return file


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
                "multiply", right, "--by", "-0.5", "--public-key", public, "--format", "json"
            )
            assert float(pheutil("decrypt", private, folder.put("p.json", product))) == -3.5
    print("python-paillier and the command read each other's keys and numbers")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", metavar="COMMAND", help="the built command")
    parser.add_argument("--compare", action="store_true", help="compare the file, write nothing")
    arguments = parser.parse_args()
    if arguments.check:
        check(arguments.check)
        return
    file = generated()
    path = FOLDER / file.path
    if not arguments.compare:
        path.write_text(file.text())
    elif path.read_text() != file.text():
        sys.exit(f"vectors: {file.path}: is not what python-paillier gives")
    else:
        print(f"vectors: {file.path} is what python-paillier gives")


if __name__ == "__main__":
    main()
