"""Paillier ciphertexts in files of their own."""

import random

from common.edits import UNCHANGED, whole
from common.vectorfile import VectorFile
from common.wire import NO_PARAMETERS, envelope
from formats.forging import (
    COMMON_FLAGS,
    ENVELOPE_FLAGS,
    MARK_FLAG,
    TESTING_FLAG,
    add_envelope_cases,
    payload_cut,
    payload_extended,
    payload_replaced,
    wrong,
)
from formats.paillier_keys import FINGERPRINT_FLAG, PaillierKey


def _ciphertext_file(key, payload, **changes):
    return envelope(
        "Paillier ciphertext",
        1,
        changes.get("testing", key.bits < 2048),
        changes.get("parameters", NO_PARAMETERS),
        changes.get("fingerprint", key.fingerprint),
        payload,
    )


def _ciphertexts(generator, real):
    file = VectorFile(
        "format/paillier-ciphertext.json",
        "format.paillier-ciphertext",
        "Paillier ciphertexts in files of their own.",
        "formats/paillier_ciphertexts.py",
        COMMON_FLAGS
        | ENVELOPE_FLAGS
        | TESTING_FLAG
        | MARK_FLAG
        | FINGERPRINT_FLAG
        | {
            "Length": "A ciphertext is as long as the square of the modulus, neither more nor less.",
            "Range": "The number is not between 0 and the square of the modulus.",
            "NoUnit": "The number has a factor in common with the modulus.",
        },
    )
    for name, key, plaintexts in (
        ("for services", real, (7,)),
        ("for tests", PaillierKey(generator, 130), (0, 1, -1, 10**9)),
    ):
        value = key.encrypt(12345, generator)
        group = file.group(
            name,
            file=_ciphertext_file(key, key.ciphertext_bytes(value)).hex(),
            key=key.public.hex(),
            secret=key.secret.hex(),
        )
        group.case("as it should be", input=UNCHANGED, value=f"{value:x}", plaintext=f"{12345:x}")
        for plaintext in plaintexts:
            value = key.encrypt(plaintext % key.n, generator)
            group.case(
                f"an encryption of {plaintext}",
                input=whole(_ciphertext_file(key, key.ciphertext_bytes(value))),
                value=f"{value:x}",
                plaintext=f"{plaintext % key.n:x}",
            )
        add_envelope_cases(group, "Paillier ciphertext", testing=key.bits < 2048)

    def refused(comment, flags, error, source):
        group.case(comment, flags, "invalid", error, input=source)

    def not_one(problem):
        return ("PaillierError", f"vector: not a Paillier ciphertext: {problem}")

    square = key.n * key.n
    for length in (0, 1, key.width - 1):
        refused(
            f"{length} bytes",
            ["CutShort"],
            not_one(f"{length} bytes where the key has {key.width}"),
            payload_cut(length),
        )
    refused(
        "one byte more",
        ["Trailing", "Length"],
        not_one(f"{key.width + 1} bytes where the key has {key.width}"),
        payload_extended(bytes(key.width), b"\0"),
    )
    for comment, number in (
        ("0", 0),
        ("the square", square),
        ("the square and 1", square + 1),
        ("all bits", (1 << 8 * key.width) - 1),
    ):
        refused(
            comment,
            ["Range"],
            not_one("it is not between 0 and the key's square"),
            payload_replaced(0, key.ciphertext_bytes(number)),
        )
    for comment, number in (
        ("n", key.n),
        ("p", key.p),
        ("q²", key.q * key.q),
        ("p · 12345", key.p * 12345),
        ("n² − q", square - key.q),
    ):
        refused(
            comment,
            ["NoUnit"],
            not_one("it has a factor in common with the key"),
            payload_replaced(0, key.ciphertext_bytes(number)),
        )
    refused(
        "another key's fingerprint",
        ["Fingerprint"],
        ("PaillierError", f"not of {key.fingerprint.hex()}"),
        whole(_ciphertext_file(key, bytes(key.width), fingerprint=generator.randbytes(32))),
    )
    refused(
        "parameters are named",
        ["Fingerprint"],
        wrong("parameter fingerprint", "the kind has no parameters"),
        whole(_ciphertext_file(key, bytes(key.width), parameters=generator.randbytes(32))),
    )
    refused(
        "of a key for tests, without the mark",
        ["Mark"],
        wrong("mark of files made for tests", "it does not fit the size of the key"),
        whole(_ciphertext_file(key, bytes(key.width), testing=False)),
    )
    return file


def files():
    generator = random.Random(8114)
    return [_ciphertexts(generator, PaillierKey(generator, 2048))]
