"""The key files of custodian and server."""

import random

from common import ed25519
from common.digests import digest
from common.edits import UNCHANGED, cut, edited, replace, whole
from common.primes import largest_primes
from common.vectorfile import VectorFile
from common.wire import HEADER, NO_PARAMETERS, boolean, envelope, prefixed, string, u8, u32, u64
from formats.claim_keys import ClaimKeys, Ring
from formats.forging import (
    COMMON_FLAGS,
    ENVELOPE_FLAGS,
    TESTING_FLAG,
    Forgeries,
    add_envelope_cases,
    cut_short,
    field_edges,
    over_limit,
    payload_cut,
    payload_extended,
    trailing,
    wrong,
)
from formats.paillier_keys import PaillierKey

_GENERATOR = "formats/keys.py"
_SIGNATURE = ("KeyError", "vector: the custodian's signature is not valid")
_FLAGS = COMMON_FLAGS | ENVELOPE_FLAGS | TESTING_FLAG
_SIGNED_FLAGS = {
    "Fingerprint": "A fingerprint is not that of what it names.",
    "Signature": "The signature is not the custodian's.",
    "Forged": "The custodian, or who has its key, signed something that is wrong.",
    "NotCanonical": "A flag that is neither 0 nor 1.",
    "Residue": "A residue is not below its modulus.",
    "Limit": "A count or length above what may stand there.",
}
_CANONICAL = "it is neither 0 nor 1"


def _server(generator):
    file = VectorFile(
        "format/server-key.json",
        "format.server-key",
        "The signing key of a server.",
        _GENERATOR,
        _FLAGS | {"Fingerprint": "The key is another than the one named, or has parameters."},
    )

    def data(seed, fingerprint=None, parameters=NO_PARAMETERS):
        key = digest(ed25519.public_key(seed[:32].ljust(32, b"\0")), "cryptally.verifying-key")
        return envelope("server key", 1, False, parameters, fingerprint or key, seed)

    def fields(seed):
        key = ed25519.public_key(seed)
        return {
            "seed": seed.hex(),
            "key": key.hex(),
            "fingerprint": digest(key, "cryptally.verifying-key").hex(),
        }

    seed = generator.randbytes(32)
    group = file.group("one key and what can be wrong with it", file=data(seed).hex())
    group.case("as it should be", input=UNCHANGED, **fields(seed))
    for other in (bytes(32), b"\xff" * 32, generator.randbytes(32)):
        group.case(f"the seed {other.hex()[:8]}…", input=whole(data(other)), **fields(other))
    add_envelope_cases(group, "server key", testing=False)
    for length in (0, 31):
        group.case(
            f"{length} bytes of seed", ["CutShort"], "invalid", cut_short("seed"), input=payload_cut(length)
        )
    group.case(
        "33 bytes of seed", ["Trailing"], "invalid", trailing(1), input=payload_extended(seed, b"\0")
    )
    other = ("KeyError", "vector belongs to another public key: needed")
    group.case(
        "a bit of the seed",
        ["Fingerprint"],
        "invalid",
        other,
        input=edited(replace(HEADER, bytes([seed[0] ^ 1])), reseal=True),
    )
    group.case(
        "a bit of the fingerprint",
        ["Fingerprint"],
        "invalid",
        other,
        input=whole(data(seed, fingerprint=generator.randbytes(32))),
    )
    group.case(
        "parameters are named",
        ["Fingerprint"],
        "invalid",
        wrong("parameter fingerprint", "the kind has no parameters"),
        input=whole(data(seed, parameters=generator.randbytes(32))),
    )
    return file


def _public_fields(keys):
    fields = {
        "layout_fingerprint": keys.layout_fingerprint.hex(),
        "schema_fingerprint": keys.schema.fingerprint.hex(),
        "custodian": keys.custodian.hex(),
        "fingerprint": keys.fingerprint.hex(),
    }
    if keys.ring:
        fields["lattice"] = keys.ring.fields | {"key": b"".join(keys.lattice).hex()}
    if keys.paillier:
        fields["paillier"] = keys.paillier.public.hex()
    return fields


def _public(generator, both, lattice, paillier):
    file = VectorFile(
        "format/public-key.json",
        "format.public-key",
        "The public keys of a schema, signed by the custodian.",
        _GENERATOR,
        _FLAGS | _SIGNED_FLAGS | {"Parameters": "Lattice parameters that there cannot be."},
    )
    for name, keys in (("encrypted columns", lattice), ("Paillier columns", paillier)):
        group = file.group(
            name, file=keys.public_file().hex(), accepts_testing=True, schema=keys.schema.text
        )
        group.case("as it should be", input=UNCHANGED, **_public_fields(keys))
    group.case(
        "the schema of other keys",
        ["Fingerprint"],
        "invalid",
        ("KeyError", f"the schema does not fit: schema and parameters {keys.schema.fingerprint.hex()}"),
        input=UNCHANGED,
        schema=both.schema.text,
    )

    group = file.group(
        "both", file=both.public_file().hex(), accepts_testing=True, schema=both.schema.text
    )
    group.case("as it should be", input=UNCHANGED, **_public_fields(both))
    add_envelope_cases(group, "public key", testing=True)
    group.case(
        "the layout of other keys",
        ["Fingerprint"],
        "invalid",
        ("KeyError", "the public key does not fit: schema and parameters"),
        input=whole(both.public_file(layout=lattice.layout_fingerprint)),
    )

    forged = Forgeries(group, both.public_file)
    body = both.public_layout()
    group.case(
        "no payload", ["CutShort"], "invalid", cut_short("signature"), input=payload_cut(0)
    )
    group.case(
        "a payload as long as the signature",
        ["CutShort"],
        "invalid",
        cut_short("signature"),
        input=payload_cut(64),
    )
    forged.cuts(body)
    forged("one byte more", ["Trailing"], trailing(1), body.bytes + b"\0")

    other = generator.randbytes(32)
    group.case(
        "another fingerprint",
        ["Fingerprint"],
        "invalid",
        ("KeyError", f"vector belongs to another public key: needed {other.hex()}"),
        input=edited(replace(48, other), reseal=True),
    )
    signature = HEADER + len(body.bytes)
    group.case(
        "a bit of the signature",
        ["Signature"],
        "invalid",
        _SIGNATURE,
        input=edited(
            replace(signature, bytes([both.public_file()[signature] ^ 1])), reseal=True
        ),
    )
    unsigned = {"seed": generator.randbytes(32)}
    group.case(
        "signed by another",
        ["Signature"],
        "invalid",
        _SIGNATURE,
        input=whole(both.public_file(**unsigned)),
    )
    group.case(
        "signed for another context",
        ["Signature"],
        "invalid",
        _SIGNATURE,
        input=whole(both.public_file(context="Cryptally evaluation key")),
    )
    group.case(
        "the custodian is no key",
        ["Signature"],
        "invalid",
        _SIGNATURE,
        input=whole(both.public_file(both.public_layout(**{"custodian's key": bytes(32)}).bytes)),
    )

    for name in ("lattice key flag", "Paillier key flag"):
        changed = both.public_layout(**{name: b"\2"})
        forged(f"a {name} of 2", ["NotCanonical"], wrong(name, _CANONICAL), changed.bytes)
    ring = both.ring
    for limb in range(len(ring.moduli)):
        raised = ring.raised(both.lattice[1], ring.moduli, limb)
        forged(
            f"a residue is modulus {limb}",
            ["Residue"],
            wrong("public key", "a residue is not below its modulus"),
            both.public_layout(**{"public key": raised}).bytes,
        )

    def parameters(comment, text, flags=("Parameters",), field="lattice parameters", **changes):
        changed = both.public_layout(parameters=ring.layout(**changes))
        forged(comment, list(flags), wrong(field, text), changed.bytes)

    for degree in (0, 7, 4, 12, 65536, (1 << 32) - 1):
        parameters(f"degree {degree}", f"the ring degree {degree} is not", degree=degree)
    for plaintext in (0, 1, 192, 209, 29, (1 << 64) - 1):
        parameters(
            f"plaintext modulus {plaintext}",
            f"the plaintext modulus {plaintext} is not a prime",
            plaintext=plaintext,
        )
    composite = ring.moduli[0] + 16
    for modulus in (0, 1, 17, composite, (1 << 64) - 1, largest_primes(1, 61, 8)[0]):
        parameters(
            f"a ciphertext modulus {modulus}",
            f"the ciphertext modulus {modulus} is not a prime",
            moduli=[modulus, ring.moduli[1]],
        )
    parameters(
        "a ciphertext modulus twice",
        f"the modulus {ring.moduli[0]} is used twice",
        moduli=[ring.moduli[0]] * 2,
    )
    parameters(
        "the plaintext modulus among the others",
        "the modulus 193 is used twice",
        moduli=[ring.moduli[0], 193],
    )
    small = largest_primes(1, 20, 8)[0]
    parameters(
        "a special prime that is too small",
        f"the special prime {small} is smaller than a ciphertext modulus",
        special=small,
    )
    parameters("no ciphertext modulus", "0 ciphertext moduli; from 1 to 40", moduli=[])
    forged(
        "41 ciphertext moduli",
        ["Limit"],
        over_limit("number of ciphertext moduli", 41, 40),
        both.public_layout(parameters=ring.layout(count=41)).bytes,
    )
    parameters(
        "a testing flag of 2", _CANONICAL, flags=["NotCanonical"], field="testing flag", testing=2
    )
    parameters(
        "parameters for tests that do not say so",
        "the ring degree 8 is not a power of two from 1024",
        testing=False,
    )

    def with_paillier(data):
        return both.public_layout(**{"Paillier key": data}).bytes

    forged(
        "a Paillier key of 4097 bytes",
        ["Limit"],
        over_limit("Paillier key", 4097, 4096),
        with_paillier(u64(4097) + bytes(4097)),
    )
    public = both.paillier.public
    forged(
        "a Paillier key that is cut short",
        ["CutShort"],
        cut_short("Paillier modulus"),
        with_paillier(prefixed(public[:-1])),
    )
    forged(
        "a Paillier key with a byte more",
        ["Trailing"],
        trailing(1),
        with_paillier(prefixed(public + b"\0")),
    )
    forged(
        "an even Paillier modulus",
        [],
        ("PaillierError", "vector: not a Paillier public key: the modulus is even"),
        with_paillier(prefixed(public[:-1] + bytes([public[-1] & 254]))),
    )

    group = file.group(
        "for services", file=both.public_file(testing=False).hex(), accepts_testing=False, schema=both.schema.text
    )
    real = {"testing": False}
    forged = Forgeries(group, both.public_file)
    group.case(
        "made for tests",
        ["Testing"],
        "invalid",
        ("WireError", "vector: made for tests"),
        input=whole(both.public_file()),
    )
    forged(
        "lattice parameters for tests",
        ["Testing"],
        wrong("testing flag", "these parameters have no security"),
        both.public_body,
        **real,
    )
    forged(
        "a Paillier modulus for tests",
        ["Testing"],
        wrong("Paillier modulus size", "a modulus of 256 bits is not admitted"),
        paillier.public_body,
        **real,
    )
    insecure = Ring(degree=1024, plaintext=12289, count=1, bits=30)
    insecure.testing = False
    forged(
        "a modulus above the security table's",
        ["Parameters"],
        wrong("lattice parameters", "a modulus of 60.0 bits, special prime included, is not secure"),
        both.public_layout(parameters=insecure.layout()).bytes,
        **real,
    )
    return file


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
        _GENERATOR,
        _FLAGS
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
    group.case("as it should be", input=UNCHANGED, **usual, **_secret_fields(both, pins, randomness))
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

    group = file.group("for services", file=both.secret_file(b"", randomness).hex(), accepts_testing=False)
    group.case(
        "made for tests",
        ["Testing"],
        "invalid",
        ("WireError", "vector: made for tests"),
        input=UNCHANGED,
        **usual,
    )
    return file


def _evaluation(generator, both, lattice, paillier):
    file = VectorFile(
        "format/evaluation-key.json",
        "format.evaluation-key",
        "What a server evaluates with: public keys, relinearization and Galois keys.",
        _GENERATOR,
        _FLAGS
        | _SIGNED_FLAGS
        | {
            "Missing": "A part that the public keys need is missing, or one has no use.",
            "Element": "Automorphisms that there are not, or not in order.",
        },
    )

    def fields(keys, body, elements):
        result = {"public_key": keys.public_file().hex(), "galois_elements": list(elements)}
        parts = body.parts()
        start = next((i for i, part in enumerate(parts) if part[0] == "key switching seed"), None)
        if start is not None:
            count = 1 + len(keys.ring.moduli)
            result["relinearization"] = b"".join(data for _, data in parts[start : start + count]).hex()
        if elements:
            first = next(i for i, part in enumerate(parts) if part[0] == "number of Galois keys")
            result["galois"] = b"".join(data for _, data in parts[first:]).hex()
        return result

    for name, keys, elements in (
        ("encrypted columns, no packing", lattice, ()),
        ("Paillier columns", paillier, ()),
    ):
        body = keys.evaluation_layout(generator, elements)
        group = file.group(name, file=keys.evaluation_file(body.bytes).hex(), accepts_testing=True)
        group.case("as it should be", input=UNCHANGED, **fields(keys, body, elements))
        forged = Forgeries(group, keys.evaluation_file)
        if keys is paillier:
            for flag in ("relinearization", "Galois"):
                part = "lattice key" if flag == "relinearization" else "Galois keys"
                forged(
                    f"{flag} without a lattice key",
                    ["Missing"],
                    ("KeyError", f"vector: {part} does not fit the rest of the file"),
                    keys.evaluation_layout(generator, **{flag: b"\1"}).bytes,
                )
        else:
            public = prefixed(keys.public_file())
            forged(
                "no relinearization key",
                ["Missing"],
                ("KeyError", "vector: relinearization key does not fit the rest of the file"),
                public + b"\0\0",
            )

    elements = (3, 5, 9)
    state = generator.getstate()
    body = both.evaluation_layout(generator, elements)
    group = file.group("both", file=both.evaluation_file(body.bytes).hex(), accepts_testing=True)
    group.case("as it should be", input=UNCHANGED, **fields(both, body, elements))
    add_envelope_cases(group, "evaluation key", testing=True)
    forged = Forgeries(group, both.evaluation_file)

    def changed(elements=elements, **changes):
        generator.setstate(state)
        return both.evaluation_layout(generator, elements, **changes).bytes

    forged.cuts(body)
    forged("one byte more", ["Trailing"], trailing(1), body.bytes + b"\0")
    length = len(body.bytes) + 1
    forged(
        "a public key that is longer than all",
        ["Limit"],
        over_limit("public key", length, len(body.bytes) - len(prefixed(both.public_file())) + 8),
        changed(**{"public key": u64(length)}),
    )
    forged(
        "the public keys of another",
        ["Fingerprint"],
        ("KeyError", f"vector belongs to another public key: needed {both.fingerprint.hex()}"),
        changed(**{"public key": prefixed(lattice.public_file())}),
    )
    forged(
        "the layout of another",
        ["Fingerprint"],
        ("KeyError", f"vector does not fit: schema and parameters {lattice.layout_fingerprint.hex()}"),
        body.bytes,
        layout=lattice.layout_fingerprint,
    )
    group.case(
        "signed by another",
        ["Signature"],
        "invalid",
        _SIGNATURE,
        input=whole(both.evaluation_file(body.bytes, seed=generator.randbytes(32))),
    )
    group.case(
        "signed for another context",
        ["Signature"],
        "invalid",
        _SIGNATURE,
        input=whole(both.evaluation_file(body.bytes, context="Cryptally public key")),
    )
    at = HEADER + len(body.bytes) - 1
    group.case(
        "a bit of the last residue",
        ["Signature"],
        "invalid",
        _SIGNATURE,
        input=edited(replace(at, bytes([body.bytes[-1] ^ 1])), reseal=True),
    )
    for flag, name in (("relinearization", "relinearization key flag"), ("Galois", "Galois keys flag")):
        forged(f"a {name} of 2", ["NotCanonical"], wrong(name, _CANONICAL), changed(**{flag: u8(2)}))
    forged(
        "nine Galois keys in a ring of degree 8",
        ["Limit"],
        over_limit("number of Galois keys", 9, 8),
        changed(count=9),
    )
    order = wrong("Galois element", "it is out of range or out of order")
    for others in ((1, 5, 9), (0,), (3, 3, 5), (5, 3), (3, 6), (3, 17), (3, 5, (1 << 32) - 1)):
        forged(f"Galois elements {others}", ["Element"], order, changed(others))

    ring = both.ring
    for index, (name, start, size) in enumerate(body.fields):
        if name != "key switching key" or index % 3:
            continue
        data = body.bytes[start : start + size]
        limb = index % len(ring.key_moduli)
        raised = ring.raised(data, ring.key_moduli, limb)
        forged(
            f"a residue of polynomial {index} is modulus {limb}",
            ["Residue"],
            wrong("key switching key", "a residue is not below its modulus"),
            body.bytes[:start] + raised + body.bytes[start + size :],
        )

    group = file.group("for services", file=both.evaluation_file(body.bytes, testing=False).hex(), accepts_testing=False)
    group.case(
        "made for tests",
        ["Testing"],
        "invalid",
        ("WireError", "vector: made for tests"),
        input=whole(both.evaluation_file(body.bytes)),
    )
    group.case(
        "public keys that were made for tests",
        ["Testing", "Forged"],
        "invalid",
        ("WireError", "vector: made for tests"),
        input=UNCHANGED,
    )
    return file


def files():
    generator = random.Random(8104)
    both = ClaimKeys(generator, ["state", "amount", "cost"])
    lattice = ClaimKeys(generator, ["amount"])
    paillier = ClaimKeys(generator, ["state", "cost"])
    keys = (both, lattice, paillier)
    return [
        _server(generator),
        _public(generator, *keys),
        _secret(generator, *keys),
        _evaluation(generator, *keys),
    ]
