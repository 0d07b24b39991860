"""Envelopes: what all files are wrapped in."""

import random

from common.digests import digest
from common.edits import UNCHANGED, append, cut, edited, replace, whole
from common.vectorfile import VectorFile
from common.wire import HEADER, KINDS, envelope, u16, u64
from formats.forging import COMMON_FLAGS, ENVELOPE_FLAGS, TESTING_FLAG, cut_short, trailing, wrong

_FIELDS = [
    ("magic", 0, 8),
    ("version", 8, 2),
    ("kind", 10, 2),
    ("flags", 12, 1),
    ("reserved bytes", 13, 3),
    ("parameter fingerprint", 16, 32),
    ("key fingerprint", 48, 32),
    ("payload length", 80, 8),
]


def _content(kind, version, testing, parameters, key, payload):
    return {
        "kind": kind,
        "version": version,
        "is_testing": testing,
        "parameter_fingerprint": parameters.hex(),
        "key_fingerprint": key.hex(),
        "payload": payload.hex(),
    }


def _valid(file, generator):
    group = file.group("every kind, version and length")
    for name, kind in KINDS.items():
        version = generator.choice((1, 1, 2, 255, 256, 65535))
        testing = generator.random() < 0.3
        payload = generator.randbytes(generator.choice((0, 1, 7, 64, 300)))
        parts = (kind, version, testing, generator.randbytes(32), generator.randbytes(32), payload)
        flags = (["MadeForTests"] if testing else []) + ([] if payload else ["Empty"])
        group.case(
            f"a {name} of version {version} with {len(payload)} bytes",
            flags,
            input=whole(envelope(*parts)),
            expecting=kind,
            versions=[1, version] if version < 256 else [version, 65535],
            accepts_testing=testing or generator.random() < 0.5,
            envelope=_content(*parts),
        )


def _invalid(file, generator):
    parts = (KINDS["answer"], 1, False, generator.randbytes(32), generator.randbytes(32))
    payload = generator.randbytes(20)
    base = envelope(*parts, payload)
    usual = {"expecting": KINDS["answer"], "versions": [1, 1], "accepts_testing": False}
    group = file.group("one file and what can be wrong with it", file=base.hex())
    group.case("as it should be", input=UNCHANGED, **usual, envelope=_content(*parts, payload))

    def refused(comment, flags, error, *edits, reseal=False, **others):
        group.case(
            comment,
            flags,
            "invalid",
            error,
            input=edited(*edits, reseal=reseal),
            **(usual | others),
        )

    foreign = ("WireError", "vector: not a Cryptally file")
    refused("no bytes", ["CutShort"], foreign, cut(0))
    for name, start, length in _FIELDS:
        for end in sorted({start, start + length - 1} - {0}):
            refused(f"{end} bytes", ["CutShort"], cut_short(name), cut(end))
    for end in (HEADER, HEADER + 19, HEADER + 20, len(base) - 1):
        refused(f"{end} bytes", ["CutShort"], cut_short("payload and digest"), cut(end))
    refused("one byte more", ["Trailing"], trailing(1), append(b"\0"))
    refused("the file twice", ["Trailing"], trailing(len(base)), append(base))

    refused("other magic", [], foreign, replace(0, b"CRYPTALx"), reseal=True)
    refused("one letter of other magic", ["CutShort"], foreign, replace(0, b"X"), cut(1))
    for kind in (0, 15, 256, 65535):
        refused(
            f"kind {kind}",
            ["Kind"],
            ("WireError", f"vector: kind {kind}, which this program does not know"),
            replace(10, u16(kind)),
            reseal=True,
        )
    for name, kind in KINDS.items():
        if name != "answer":
            refused(
                f"a {name} for an answer",
                ["Kind"],
                ("WireError", f"vector: is of kind '{name}' where 'answer' is needed"),
                replace(10, u16(kind)),
                reseal=True,
            )
    for version in (0, 2, 256, 65535):
        refused(
            f"version {version} of one",
            ["Version"],
            ("WireError", f"vector: format version {version}; this program reads version 1"),
            replace(8, u16(version)),
            reseal=True,
        )
    for version in (1, 5):
        refused(
            f"version {version} where 2 to 4 are read",
            ["Version"],
            ("WireError", f"vector: format version {version}; this program reads versions 2 to 4"),
            replace(8, u16(version)),
            reseal=True,
            versions=[2, 4],
        )
    for flags in (2, 3, 128, 255):
        refused(
            f"flags {flags}",
            ["Reserved"],
            wrong("flags", "unknown flags are set"),
            replace(12, bytes([flags])),
            reseal=True,
            accepts_testing=True,
        )
    for at in (13, 14, 15):
        refused(
            f"byte {at} is not 0",
            ["Reserved"],
            wrong("reserved bytes", "they are not zero"),
            replace(at, b"\1"),
            reseal=True,
        )
    refused(
        "made for tests, and tests are not meant",
        ["Testing"],
        ("WireError", "vector: made for tests"),
        replace(12, b"\1"),
        reseal=True,
    )

    for length in (21, 1 << 31, 1 << 32, 1 << 63, (1 << 64) - 32, (1 << 64) - 1):
        refused(
            f"a payload of {length} bytes is announced",
            ["Length"],
            cut_short("payload and digest"),
            replace(80, u64(length)),
            reseal=True,
        )
    for length in (0, 19):
        refused(
            f"a payload of {length} bytes is announced",
            ["Length"],
            trailing(20 - length),
            replace(80, u64(length)),
            reseal=True,
        )

    altered = ("WireError", "vector: its digest does not match its content")
    for at in (16, 47, 48, 79, HEADER, HEADER + 19, len(base) - 32, len(base) - 1):
        refused(f"a bit of byte {at}", ["Digest"], altered, replace(at, bytes([base[at] ^ 1])))
    refused("a digest of zeros", ["Digest"], altered, replace(len(base) - 32, bytes(32)))
    other = digest(base[:-32], "Cryptally test vector")
    refused("a digest under another domain", ["Digest"], altered, replace(len(base) - 32, other))


def files():
    generator = random.Random(8101)
    file = VectorFile(
        "format/envelope.json",
        "format.envelope",
        "What all files are wrapped in: kind, version, fingerprints, digest.",
        "formats/envelopes.py",
        COMMON_FLAGS
        | ENVELOPE_FLAGS
        | TESTING_FLAG
        | {
            "Empty": "There is no payload.",
            "MadeForTests": "Made for tests, and accepted as such.",
            "Reserved": "Bits that have no meaning are set.",
            "Length": "The announced length is not the payload's.",
        },
    )
    _valid(file, generator)
    _invalid(file, generator)
    return [file]
