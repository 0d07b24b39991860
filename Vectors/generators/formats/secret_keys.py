"""The custodian's secret keys."""

import random

from common import ed25519
from common.edits import UNCHANGED, edited, replace, whole
from common.vectorfile import VectorFile
from common.wire import HEADER, prefixed, string, u32, u64
from formats.claim_keys import key_rings
from formats.forging import (
    FILE_FLAGS,
    MARK_FLAG,
    add_envelope_cases,
    cut_short,
    field_edges,
    over_limit,
    payload_cut,
    trailing,
    wrong,
)
from formats.paillier_keys import PaillierKey


def _secret_fields(keys, pins, randomness):
    fields = {
        "schema": keys.schema.text,
        "policy": keys.schema.policy,
        "pinned_servers": [pin.hex() for pin in pins],
        "public_key": keys.public_file().hex(),
        "signing_seed": keys.seed.hex(),
        "randomness": randomness.hex(),
    }
    if keys.ring:
        fields["lattice_secret"] = keys.secret.hex()
    if keys.paillier:
        fields["paillier_secret"] = keys.paillier.secret.hex()
    return fields


def _secret(generator, both, lattice, paillier):
    file = VectorFile(
        "format/secret-key.json",
        "format.secret-key",
        "The custodian's secrets, with schema, policy and pinned servers, sealed under a passphrase.",
        "formats/secret_keys.py",
        FILE_FLAGS
        | MARK_FLAG
        | {
            "Passphrase": "The passphrase is another one.",
            "Cost": "The box asks for work that none is written with.",
            "Fingerprint": "A fingerprint is not that of what it names.",
            "Sealed": "The damage is inside the sealed box: whoever made it knew the passphrase.",
            "Limit": "A count or length above what may stand there.",
            "Text": "A text that is not as it must be.",
            "Ternary": "A coefficient of the lattice secret is not −1, 0 or 1.",
            "Foreign": "A part belongs to other keys.",
        },
    )
    usual = {"passphrase": b"open sesame".hex()}
    randomness = generator.randbytes(40)
    pins = [ed25519.public_key(generator.randbytes(32)) for _ in range(2)]
    for name, keys, count in (("encrypted columns", lattice, 1), ("Paillier columns", paillier, 0)):
        content = keys.secret_layout(pins[:count]).bytes
        group = file.group(
            name, file=keys.secret_file(content, randomness).hex(), accepts_testing=True
        )
        group.case(
            "as it should be",
            input=UNCHANGED,
            **usual,
            **_secret_fields(keys, pins[:count], randomness),
        )

    content = both.secret_layout(pins)
    group = file.group(
        "both", file=both.secret_file(content.bytes, randomness).hex(), accepts_testing=True
    )
    group.case(
        "as it should be", input=UNCHANGED, **usual, **_secret_fields(both, pins, randomness)
    )
    add_envelope_cases(group, "secret key", testing=True, **usual)

    def refused(comment, flags, error, source, **others):
        group.case(comment, flags, "invalid", error, input=source, **(usual | others))

    closed = ("SecureMemoryError", "vector: wrong passphrase, or the sealed data was altered")
    refused("another passphrase", ["Passphrase"], closed, UNCHANGED, passphrase=b"open".hex())
    refused(
        "no passphrase",
        ["Passphrase"],
        ("SecureMemoryError", "the passphrase is empty"),
        UNCHANGED,
        passphrase="",
    )
    refused(
        "absurd passes",
        ["Cost"],
        ("SecureMemoryError", "vector: the sealed data asks for 4294967295 passes over 8192 bytes"),
        edited(replace(HEADER + 2, b"\xff" * 4), reseal=True),
    )
    refused(
        "absurd memory",
        ["Cost"],
        ("SecureMemoryError", f"vector: the sealed data asks for 1 passes over {1 << 60} bytes"),
        edited(replace(HEADER + 6, u64(1 << 60)), reseal=True),
    )
    refused(
        "a box of another version",
        ["Version"],
        ("SecureMemoryError", "vector: sealed data of version 2; this program reads version 1"),
        edited(replace(HEADER, b"\2"), reseal=True),
    )
    refused(
        "the box is cut short",
        ["CutShort"],
        ("SecureMemoryError", "vector: the sealed data is cut short: 69 bytes"),
        payload_cut(69),
    )
    for comment, at in (("layout", 16), ("key", 48)):
        refused(
            f"the {comment} fingerprint is another one",
            ["Fingerprint"],
            closed,
            edited(replace(at, generator.randbytes(32)), reseal=True),
        )
    foreign = generator.randbytes(32)
    refused(
        "the key fingerprint is another one, and the box is bound to it",
        ["Fingerprint", "Sealed"],
        ("KeyError", f"vector belongs to another public key: needed {foreign.hex()}"),
        whole(both.secret_file(content.bytes, randomness, fingerprint=foreign)),
    )

    def sealed(comment, flags, error, data):
        refused(comment, [*flags, "Sealed"], error, whole(both.secret_file(data, randomness)))

    edges = {}
    for name, length in field_edges(content):
        edges.setdefault(name, length)
    for name, length in edges.items():
        sealed(f"cut inside the {name}", ["CutShort"], cut_short(name), content.bytes[:length])
    sealed("one byte more", ["Trailing"], trailing(1), content.bytes + b"\0")

    def changed(**fields):
        named = {name.replace("_", " "): data for name, data in fields.items()}
        if "Paillier secret" in named:
            named["Paillier secret size"] = u32(len(named["Paillier secret"]))
        return both.secret_layout(pins, **named).bytes

    for name, limit in (("schema", 1 << 20), ("disclosure policy", 1 << 16)):
        sealed(
            f"a {name} of {limit + 1} bytes",
            ["Limit"],
            over_limit(name, limit + 1, limit),
            changed(**{name: u32(limit + 1)}),
        )
        sealed(
            f"a {name} that is not UTF-8",
            ["Text"],
            wrong(name, "it is not valid UTF-8"),
            changed(**{name: string(b"table: \xff\n")}),
        )
    sealed(
        "a schema without a table",
        ["Text"],
        ("SchemaError", "vector:1:1: the schema has no 'table'"),
        changed(schema=string("capacity: 20\n")),
    )
    sealed(
        "the schema of other keys",
        ["Foreign"],
        ("KeyError", "the schema does not fit: schema and parameters"),
        changed(schema=string(lattice.schema.text)),
    )
    sealed(
        "a policy with a cohort of 0",
        ["Text"],
        ("SchemaError", "vector:1:17: 'minimum_cohort' must be"),
        changed(disclosure_policy=string("minimum_cohort: 0\n")),
    )
    sealed(
        "a policy with an unknown key",
        ["Text"],
        ("SchemaError", "vector:1:1: unknown key 'maximum_cohort'"),
        changed(disclosure_policy=string("maximum_cohort: 1\n")),
    )
    sealed(
        "1025 pinned servers",
        ["Limit"],
        over_limit("server keys", 1025, 1024),
        changed(server_keys=u32(1025)),
    )
    sealed(
        "a public key above the limit",
        ["Limit"],
        over_limit("public key", (1 << 28) + 1, 1 << 28),
        changed(public_key=u64((1 << 28) + 1)),
    )
    sealed(
        "the public keys of another",
        ["Foreign"],
        ("KeyError", f"vector belongs to another public key: needed {both.fingerprint.hex()}"),
        changed(public_key=prefixed(lattice.public_file())),
    )
    damaged = bytearray(both.public_file())
    damaged[200] ^= 1
    sealed(
        "a public key with a flipped bit",
        ["Digest"],
        ("WireError", "vector: its digest does not match"),
        changed(public_key=prefixed(bytes(damaged))),
    )
    sealed(
        "another signing key",
        ["Foreign"],
        ("KeyError", "vector: the signing key does not fit the rest of the file"),
        changed(signing_key=generator.randbytes(32)),
    )
    for value in (2, 127, 128, 254):
        for at in (0, 7):
            secret = bytearray(both.secret)
            secret[at] = value
            sealed(
                f"coefficient {at} of the lattice secret is {value}",
                ["Ternary"],
                wrong("lattice secret", "a coefficient is not ternary"),
                changed(lattice_secret=bytes(secret)),
            )
    sealed(
        "a Paillier secret of 4097 bytes",
        ["Limit"],
        over_limit("Paillier secret size", 4097, 4096),
        changed(**{"Paillier secret size": u32(4097)}),
    )
    sealed(
        "another Paillier secret",
        ["Foreign"],
        ("KeyError", "vector: the Paillier secret does not fit the rest of the file"),
        changed(**{"Paillier secret": PaillierKey(generator, 256).secret}),
    )
    sealed(
        "a Paillier secret that is none",
        [],
        ("PaillierError", "vector: not a Paillier private key"),
        changed(**{"Paillier secret": both.paillier.secret[:-1]}),
    )

    group.case(
        "the mark of tests is missing outside the public keys",
        ["Mark"],
        "invalid",
        ("KeyError", "vector: the mark of keys made for tests does not fit the rest of the file"),
        input=whole(both.secret_file(content.bytes, randomness, testing=False)),
        **usual,
    )

    group = file.group(
        "for services", file=both.secret_file(b"", randomness).hex(), accepts_testing=False
    )
    group.case(
        "made for tests",
        ["Testing"],
        "invalid",
        ("WireError", "vector: made for tests"),
        input=UNCHANGED,
        **usual,
    )
    return file


def files():
    generator = random.Random(8110)
    both, lattice, paillier = key_rings(generator)
    return [_secret(generator, both, lattice, paillier)]
