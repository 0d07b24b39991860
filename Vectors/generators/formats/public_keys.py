"""The public keys of a schema."""

import random

from common.edits import UNCHANGED, edited, replace, whole
from common.primes import largest_primes
from common.vectorfile import VectorFile
from common.wire import HEADER, prefixed, u64
from formats.claim_keys import BAD_SIGNATURE, NO_FLAG, Ring, key_rings
from formats.forging import (
    FILE_FLAGS,
    SIGNED_FLAGS,
    Forgeries,
    add_envelope_cases,
    cut_short,
    over_limit,
    payload_cut,
    trailing,
    wrong,
)


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
        "formats/public_keys.py",
        FILE_FLAGS | SIGNED_FLAGS | {"Parameters": "Lattice parameters that there cannot be."},
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
        (
            "KeyError",
            f"the schema does not fit: schema and parameters {keys.schema.fingerprint.hex()}",
        ),
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
    group.case("no payload", ["CutShort"], "invalid", cut_short("signature"), input=payload_cut(0))
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
        BAD_SIGNATURE,
        input=edited(replace(signature, bytes([both.public_file()[signature] ^ 1])), reseal=True),
    )
    unsigned = {"seed": generator.randbytes(32)}
    group.case(
        "signed by another",
        ["Signature"],
        "invalid",
        BAD_SIGNATURE,
        input=whole(both.public_file(**unsigned)),
    )
    group.case(
        "signed for another context",
        ["Signature"],
        "invalid",
        BAD_SIGNATURE,
        input=whole(both.public_file(context="Cryptally evaluation key")),
    )
    group.case(
        "the custodian is no key",
        ["Signature"],
        "invalid",
        BAD_SIGNATURE,
        input=whole(both.public_file(both.public_layout(**{"custodian's key": bytes(32)}).bytes)),
    )

    for name in ("lattice key flag", "Paillier key flag"):
        changed = both.public_layout(**{name: b"\2"})
        forged(f"a {name} of 2", ["NotCanonical"], wrong(name, NO_FLAG), changed.bytes)
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
        "a testing flag of 2", NO_FLAG, flags=["NotCanonical"], field="testing flag", testing=2
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
        "for services",
        file=both.public_file(testing=False).hex(),
        accepts_testing=False,
        schema=both.schema.text,
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
    Forgeries(group, paillier.public_file)(
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
        wrong(
            "lattice parameters", "a modulus of 60.0 bits, special prime included, is not secure"
        ),
        both.public_layout(parameters=insecure.layout()).bytes,
        **real,
    )
    return file


def files():
    generator = random.Random(8109)
    both, lattice, paillier = key_rings(generator)
    return [_public(generator, both, lattice, paillier)]
