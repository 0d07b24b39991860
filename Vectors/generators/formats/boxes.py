"""Sealed boxes, keyed boxes and signed bodies: what protects the inside of files."""

import hashlib
import random

from common import ed25519
from common.chacha import xchacha20_poly1305_seal
from common.digests import digest
from common.edits import UNCHANGED, append, cut, edited, replace, whole
from common.vectorfile import VectorFile
from common.wire import sealed_box, signed, u16, u32, u64
from formats.forging import COMMON_FLAGS


def _sealed(generator):
    file = VectorFile(
        "format/sealed-box.json",
        "format.sealed-box",
        "Secrets under passphrases: Argon2id and XChaCha20-Poly1305.",
        "formats/boxes.py",
        COMMON_FLAGS
        | {
            "Altered": "A byte is not what was sealed.",
            "Cost": "The box asks for work that none is written with.",
            "Empty": "There is no secret, or no passphrase.",
            "Passphrase": "The passphrase is another one.",
            "Version": "A version of the format that there is not.",
        },
    )
    group = file.group("passphrases, costs and lengths")
    for passphrase, length, passes, kibibytes in (
        ("correct horse battery staple", 32, 1, 8),
        ("x", 1, 1, 8),
        ("pässwörd ≠ password", 100, 2, 8),
        ("zero\0inside", 64, 1, 9),
        ("p" * 200, 17, 1, 16),
        ("three passes", 16, 3, 12),
        ("nothing", 0, 1, 8),
    ):
        secret, associated = generator.randbytes(length), generator.randbytes(length % 7)
        salt, nonce = generator.randbytes(16), generator.randbytes(24)
        box = sealed_box(
            secret, passphrase.encode(), associated, salt, nonce, passes, 1024 * kibibytes
        )
        group.case(
            f"{length} bytes, {passes} passes over {kibibytes} KiB",
            [] if length else ["Empty"],
            input=whole(box),
            passphrase=passphrase.encode().hex(),
            associated_data=associated.hex(),
            secret=secret.hex(),
            passes=passes,
            memory=1024 * kibibytes,
            randomness=(salt + nonce).hex(),
        )

    usual = {"passphrase": b"open sesame".hex(), "associated_data": b"claims".hex()}
    secret, salt, nonce = b"the secret", generator.randbytes(16), generator.randbytes(24)
    base = sealed_box(secret, b"open sesame", b"claims", salt, nonce)
    group = file.group("one box and what can be wrong with it", file=base.hex())
    group.case(
        "as it should be",
        input=UNCHANGED,
        **usual,
        secret=secret.hex(),
        passes=1,
        memory=8192,
        randomness=(salt + nonce).hex(),
    )

    def refused(comment, flags, text, *edits, **others):
        group.case(
            comment,
            flags,
            "invalid",
            ("SecureMemoryError", text),
            input=edited(*edits),
            **(usual | others),
        )

    altered = "vector: wrong passphrase, or the sealed data was altered"
    for length in (0, 1, 2, 13, 14, 54, 69):
        refused(
            f"{length} bytes",
            ["CutShort"],
            f"vector: the sealed data is cut short: {length} bytes where at least 70 are needed",
            cut(length),
        )
    refused("the last byte is missing", ["CutShort"], altered, cut(len(base) - 1))
    refused("one byte more", ["Trailing"], altered, append(b"\0"))
    for version in (0, 2, 65535):
        refused(
            f"version {version}",
            ["Version"],
            f"vector: sealed data of version {version}; this program reads version 1",
            replace(0, u16(version)),
        )
    for passes in (0, 11, (1 << 32) - 1):
        refused(
            f"{passes} passes",
            ["Cost"],
            f"vector: the sealed data asks for {passes} passes over 8192 bytes",
            replace(2, u32(passes)),
        )
    for memory in (0, 8191, (1 << 30) + 1, 1 << 40, (1 << 64) - 1):
        refused(
            f"{memory} bytes of memory",
            ["Cost"],
            f"vector: the sealed data asks for 1 passes over {memory} bytes",
            replace(6, u64(memory)),
        )
    for name, at in (
        ("passes", 2),
        ("memory", 7),
        ("salt", 14),
        ("salt", 29),
        ("nonce", 30),
        ("nonce", 53),
        ("secret", 54),
        ("tag", 64),
        ("tag", 79),
    ):
        bit = 3 if name == "passes" else 1 << 2
        refused(f"a bit of the {name}", ["Altered"], altered, replace(at, bytes([base[at] ^ bit])))
    refused("another passphrase", ["Passphrase"], altered, passphrase=b"open sesame!".hex())
    refused("the passphrase in capitals", ["Passphrase"], altered, passphrase=b"OPEN SESAME".hex())
    refused("no passphrase", ["Passphrase", "Empty"], "the passphrase is empty", passphrase="")
    refused("other associated data", ["Altered"], altered, associated_data=b"claim".hex())
    refused("no associated data", ["Altered"], altered, associated_data="")
    return file


def _keyed(generator):
    file = VectorFile(
        "format/keyed-box.json",
        "format.keyed-box",
        "Messages under a key that follows from a signing key: keyed BLAKE2b and XChaCha20-Poly1305.",
        "formats/boxes.py",
        COMMON_FLAGS
        | {
            "Altered": "A byte is not what was sealed.",
            "Key": "The key is another one.",
            "Empty": "There is no message.",
        },
    )

    def box_of(seed, domain, message, associated, nonce):
        key = hashlib.blake2b(domain.encode(), digest_size=32, key=seed).digest()
        return nonce + xchacha20_poly1305_seal(key, nonce, message, associated)

    group = file.group("domains and lengths")
    for domain, length in (("Cryptally ledger head", 40), ("d", 0), ("Ⓒ", 1), ("x" * 100, 129)):
        seed, message = generator.randbytes(32), generator.randbytes(length)
        associated, nonce = generator.randbytes(length % 50), generator.randbytes(24)
        group.case(
            f"{length} bytes",
            [] if length else ["Empty"],
            input=whole(box_of(seed, domain, message, associated, nonce)),
            seed=seed.hex(),
            domain=domain,
            associated_data=associated.hex(),
            message=message.hex(),
            randomness=nonce.hex(),
        )

    seed, nonce = generator.randbytes(32), generator.randbytes(24)
    usual = {"seed": seed.hex(), "domain": "Cryptally ledger head", "associated_data": b"key".hex()}
    base = box_of(seed, usual["domain"], b"a message", b"key", nonce)
    group = file.group("one box and what can be wrong with it", file=base.hex())
    group.case(
        "as it should be",
        input=UNCHANGED,
        **usual,
        message=b"a message".hex(),
        randomness=nonce.hex(),
    )

    def refused(comment, flags, *edits, **others):
        group.case(
            comment,
            flags,
            "invalid",
            ("FormatRefusal", "the box does not open"),
            input=edited(*edits),
            **(usual | others),
        )

    for length in (0, 23, 24, 39, 40, len(base) - 1):
        refused(f"{length} bytes", ["CutShort"], cut(length))
    refused("one byte more", ["Trailing"], append(b"\0"))
    for name, at in (("nonce", 0), ("nonce", 23), ("message", 24), ("tag", 33), ("tag", 48)):
        refused(f"a bit of the {name}", ["Altered"], replace(at, bytes([base[at] ^ 128])))
    refused("another seed", ["Key"], seed=generator.randbytes(32).hex())
    refused("another domain", ["Key"], domain="Cryptally ledger")
    refused("other associated data", ["Altered"], associated_data=b"yek".hex())
    return file


def _signed(generator):
    file = VectorFile(
        "format/signed-body.json",
        "format.signed-body",
        "Payloads that end in an Ed25519 signature over the digest of what stands before it.",
        "formats/boxes.py",
        COMMON_FLAGS
        | {
            "Altered": "The body or the signature is not what was signed.",
            "Binding": "The signature is for another context, or bound to something else.",
            "Key": "The signature is another key's, or the key is no key.",
            "Malleable": "The signature satisfies the equation and is not in its only form.",
        },
    )
    group = file.group("contexts, bindings and lengths")
    for context, bindings, length in (
        ("Cryptally answer", 2, 200),
        ("Cryptally public key", 0, 1),
        ("c", 1, 64),
        ("Cryptally ledger entry", 0, 1000),
    ):
        seed, body = generator.randbytes(32), generator.randbytes(length)
        bound = [generator.randbytes(32) for _ in range(bindings)]
        group.case(
            f"{length} bytes bound to {bindings} digests",
            input=whole(signed(body, context, seed, bound)),
            seed=seed.hex(),
            key=ed25519.public_key(seed).hex(),
            context=context,
            bindings=[part.hex() for part in bound],
            body=body.hex(),
        )

    seed, binding = generator.randbytes(32), generator.randbytes(32)
    body, context = b"what the custodian says", "Cryptally vector"
    base = signed(body, context, seed, [binding])
    usual = {
        "seed": seed.hex(),
        "key": ed25519.public_key(seed).hex(),
        "context": context,
        "bindings": [binding.hex()],
    }
    group = file.group("one payload and what can be wrong with it", file=base.hex())
    group.case("as it should be", input=UNCHANGED, **usual, body=body.hex())

    def refused(
        comment, flags, *edits, error=("FormatRefusal", "the signature is not the key's"), **others
    ):
        group.case(comment, flags, "invalid", error, input=edited(*edits), **(usual | others))

    for length in (0, 1, 63, 64):
        refused(
            f"{length} bytes",
            ["CutShort"],
            cut(length),
            error=("WireError", "vector: cut short at signature: 64 bytes needed"),
        )
    refused("the last byte is missing", ["CutShort"], cut(len(base) - 1))
    refused("one byte more", ["Trailing"], append(b"\0"))
    at = len(body)
    for name, place in (("body", 0), ("body", at - 1), ("R", at), ("R", at + 31), ("S", at + 32)):
        refused(f"a bit of the {name}", ["Altered"], replace(place, bytes([base[place] ^ 1])))
    refused("a signature of zeros", ["Altered"], replace(at, bytes(64)))
    refused("another context", ["Binding"], context="Cryptally vectors")
    refused("no binding", ["Binding"], bindings=[])
    refused("another binding", ["Binding"], bindings=[generator.randbytes(32).hex()])
    refused("the binding twice", ["Binding"], bindings=[binding.hex()] * 2)
    refused("another key", ["Key"], key=ed25519.public_key(generator.randbytes(32)).hex())
    s = int.from_bytes(base[-32:], "little") + ed25519.ORDER
    refused("S is not below the order", ["Malleable"], replace(at + 32, s.to_bytes(32, "little")))
    # With the neutral element as key and R, S = 0 satisfies the equation for every message.
    neutral, minus = (1).to_bytes(32, "little"), (ed25519.P - 1).to_bytes(32, "little")
    for name, point in (
        ("the neutral element", neutral),
        ("the point of order 2", minus),
        ("the neutral element with another sign", (1 | 1 << 255).to_bytes(32, "little")),
        ("the neutral element, not reduced", (ed25519.P + 1).to_bytes(32, "little")),
        ("a point of order 4", bytes(32)),
    ):
        refused(
            f"the key is {name}",
            ["Key"],
            replace(at, neutral + bytes(32)),
            key=point.hex(),
        )
    refused("the key is no point", ["Key"], key=(2).to_bytes(32, "little").hex())
    unbound = ed25519.sign(seed, context.encode() + binding + digest(body, "other"))
    refused("the digest is under another domain", ["Binding"], replace(at, unbound))
    bare = ed25519.sign(seed, context.encode() + binding + body)
    refused("the body itself is signed", ["Binding"], replace(at, bare))
    return file


def files():
    generator = random.Random(8102)
    return [_sealed(generator), _keyed(generator), _signed(generator)]
