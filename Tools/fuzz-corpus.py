#!/usr/bin/env python3
"""Gathers inputs to begin fuzzing from: what the test vectors, the examples and the tests hold.

    Tools/fuzz-corpus.py FOLDER    # writes FOLDER/TARGET/DIGEST for every input
"""

import hashlib
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAGIC = b"CRYPTALY"
HEADER_BYTES, DIGEST_BYTES, SIGNATURE_BYTES = 88, 32, 64
# By the kind in an envelope's header; those that end in a signature are fuzzed without it.
ENVELOPES = {
    1: ("keys.public", True),
    3: ("keys.evaluation", True),
    4: ("keys.server", False),
    5: ("query.answer", True),
    6: ("bfv.ciphertext", False),
    7: ("paillier.ciphertext", False),
    8: ("table.description", False),
    9: ("table.journal", False),
    11: ("paillier.public-key", False),
    13: ("query.ledger", False),
    14: ("query.ledger-head", False),
}
TEXT_LIMIT = 1 << 16


def envelope_inputs(data):
    """The file, and what is in it."""
    yield "wire.envelope", data
    target, is_signed = ENVELOPES.get(int.from_bytes(data[10:12], "little"), (None, False))
    if target is None:
        return
    yield target, data
    payload = data[HEADER_BYTES:-DIGEST_BYTES]
    yield target, payload[:-SIGNATURE_BYTES] if is_signed else payload


def text_inputs(text):
    """What a text looks like."""
    data = text.encode()
    if re.search(r"\bselect\b", text, re.IGNORECASE) and "columns:" not in text:
        yield "query.sql", data
        yield "query.plan", data
    if "columns:" in text and "table:" in text:
        yield "claims.schema", data
    if text.lstrip().startswith(("{", "[")):
        yield "claims.json", data
        if "resourceType" in text:
            yield "claims.fhir", data
        if '"kty"' in text:
            yield "paillier.json-public-key", data
            yield "paillier.json-private-key", data
        if '"v"' in text and '"e"' in text:
            yield "paillier.json-number", data
    if "\n" in text and "," in text.split("\n", 1)[0]:
        yield "claims.csv", data
        yield "claims.file", data


def hexadecimal_inputs(text, field, kind):
    data = bytes.fromhex(text)
    if data.startswith(MAGIC):
        yield from envelope_inputs(data)
    elif data.startswith(b"\x1f\x8b"):
        yield "claims.gzip", data
    elif kind.startswith("paillier.") and "ciphertext" in field:
        yield "paillier.ciphertext", data
    elif kind.startswith("bfv.") and "ciphertext" in field:
        yield "bfv.ciphertext", data
    elif kind.startswith("bfv.") and "totals" in field:
        yield "bfv.totals", data


def value_inputs(value, field, kind):
    """All inputs in a value of a vector file."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from value_inputs(inner, name, kind)
    elif isinstance(value, list):
        for inner in value:
            yield from value_inputs(inner, field, kind)
    elif isinstance(value, str):
        if len(value) >= 2 and re.fullmatch(r"(?:[0-9a-f]{2})+", value):
            yield from hexadecimal_inputs(value, field, kind)
        else:
            yield from text_inputs(value)


def part_bytes(part):
    piece = bytes.fromhex(part["bytes"]) if "bytes" in part else part.get("text", "").encode()
    return piece * part.get("times", 1)


def vector_inputs(path):
    data = path.read_bytes()
    if len(data) <= TEXT_LIMIT:
        yield "vectors.file", data
    content = json.loads(data)
    if not isinstance(content, dict):
        return
    kind = content.get("kind", "")
    if kind == "format.decoder":
        for group in content["groups"]:
            for case in group["cases"]:
                yield group["decoder"], b"".join(part_bytes(part) for part in case["input"])
    else:
        yield from value_inputs(content, "", kind)


def swift_texts(path):
    """The texts that stand between quotation marks in a test."""
    source = path.read_text()
    for block in re.findall(r'"""\n(.*?)\n\s*"""', source, re.DOTALL):
        lines = block.split("\n")
        margin = min((len(x) - len(x.lstrip()) for x in lines if x.strip()), default=0)
        yield "\n".join(line[margin:] for line in lines)
    for text in re.findall(r'"((?:[^"\\\n]|\\.)*)"', source):
        yield text.replace('\\"', '"').replace("\\n", "\n")


def inputs():
    for path in sorted((ROOT / "Vectors").rglob("*.json")):
        if "schemas" not in path.parts:
            yield from vector_inputs(path)
    for path in sorted((ROOT / "Examples").rglob("*.yaml")):
        yield "claims.schema", path.read_bytes()
    for path in sorted((ROOT / "Examples").rglob("*.csv")):
        lines = path.read_bytes().split(b"\n")
        for target in ("claims.csv", "claims.inference", "claims.file"):
            yield target, b"\n".join(lines[:6])
    for path in sorted((ROOT / "Examples").rglob("*.json")):
        yield from value_inputs(json.loads(path.read_text()), "", "")
    for path in sorted((ROOT / "Tests").rglob("*.swift")):
        for text in swift_texts(path):
            yield from text_inputs(text)


def main():
    folder = pathlib.Path(sys.argv[1])
    for target, data in inputs():
        if len(data) <= TEXT_LIMIT:
            (folder / target).mkdir(parents=True, exist_ok=True)
            (folder / target / hashlib.sha1(data).hexdigest()).write_bytes(data)


if __name__ == "__main__":
    main()
