"""What servers evaluate with."""

import random

from common.edits import UNCHANGED, edited, replace, whole
from common.vectorfile import VectorFile
from common.wire import HEADER, prefixed, u8, u64
from formats.claim_keys import BAD_SIGNATURE, NO_FLAG, key_rings
from formats.forging import (
    FILE_FLAGS,
    MARK_FLAG,
    SIGNED_FLAGS,
    Forgeries,
    add_envelope_cases,
    over_limit,
    trailing,
    wrong,
)


def _evaluation(generator, both, lattice, paillier):
    file = VectorFile(
        "format/evaluation-key.json",
        "format.evaluation-key",
        "What a server evaluates with: public keys, relinearization and Galois keys.",
        "formats/evaluation_keys.py",
        FILE_FLAGS
        | MARK_FLAG
        | SIGNED_FLAGS
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
            result["relinearization"] = b"".join(
                data for _, data in parts[start : start + count]
            ).hex()
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
        (
            "KeyError",
            f"vector does not fit: schema and parameters {lattice.layout_fingerprint.hex()}",
        ),
        body.bytes,
        layout=lattice.layout_fingerprint,
    )
    group.case(
        "signed by another",
        ["Signature"],
        "invalid",
        BAD_SIGNATURE,
        input=whole(both.evaluation_file(body.bytes, seed=generator.randbytes(32))),
    )
    group.case(
        "signed for another context",
        ["Signature"],
        "invalid",
        BAD_SIGNATURE,
        input=whole(both.evaluation_file(body.bytes, context="Cryptally public key")),
    )
    at = HEADER + len(body.bytes) - 1
    group.case(
        "a bit of the last residue",
        ["Signature"],
        "invalid",
        BAD_SIGNATURE,
        input=edited(replace(at, bytes([body.bytes[-1] ^ 1])), reseal=True),
    )
    for flag, name in (
        ("relinearization", "relinearization key flag"),
        ("Galois", "Galois keys flag"),
    ):
        forged(f"a {name} of 2", ["NotCanonical"], wrong(name, NO_FLAG), changed(**{flag: u8(2)}))
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

    group.case(
        "the mark of tests is missing outside the public keys",
        ["Mark", "Forged"],
        "invalid",
        ("KeyError", "vector: the mark of keys made for tests does not fit the rest of the file"),
        input=whole(both.evaluation_file(body.bytes, testing=False)),
    )

    group = file.group(
        "for services",
        file=both.evaluation_file(body.bytes, testing=False).hex(),
        accepts_testing=False,
    )
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
    generator = random.Random(8111)
    both, lattice, paillier = key_rings(generator)
    return [_evaluation(generator, both, lattice, paillier)]
