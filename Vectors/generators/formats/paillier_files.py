"""Paillier keys and ciphertexts in files of their own."""

import random

from common.digests import digest
from common.edits import UNCHANGED, whole
from common.vectorfile import VectorFile
from common.wire import NO_PARAMETERS, envelope, sealed_box, u32
from formats.forging import (
    COMMON_FLAGS,
    ENVELOPE_FLAGS,
    MARK_FLAG,
    TESTING_FLAG,
    add_envelope_cases,
    cut_short,
    over_limit,
    payload_cut,
    payload_extended,
    payload_replaced,
    trailing,
    wrong,
)
from formats.paillier_keys import FINGERPRINT_FLAG, PaillierKey, prime, public_bytes, secret_bytes

_WRONG_MARK = wrong("mark of files made for tests", "it does not fit the size of the key")
_GENERATOR = "formats/paillier_files.py"
_ASSOCIATED = b"Cryptally Paillier secret key"


def _public_file(key, payload=None, fingerprint=None, parameters=NO_PARAMETERS, testing=None):
    payload = key.public if payload is None else payload
    if fingerprint is None:
        fingerprint = digest(payload, "cryptally.paillier.public-key")
    testing = key.bits < 2048 if testing is None else testing
    return envelope("Paillier public key", 1, testing, parameters, fingerprint, payload)


def _public_fields(key):
    return {
        "modulus": f"{key.n:x}",
        "modulus_bits": key.bits,
        "short_exponents": key.short,
        "fingerprint": key.fingerprint.hex(),
    }


def _public(generator, real):
    file = VectorFile(
        "format/paillier-public-key.json",
        "format.paillier-public-key",
        "Paillier public keys in files of their own.",
        _GENERATOR,
        COMMON_FLAGS
        | ENVELOPE_FLAGS
        | TESTING_FLAG
        | MARK_FLAG
        | FINGERPRINT_FLAG
        | {
            "Size": "The modulus has not the stated size, or one that is not admitted.",
            "Modulus": "The number is no product of two large primes.",
            "NotCanonical": "A flag that is neither 0 nor 1.",
        },
    )
    group = file.group("for services", file=_public_file(real).hex(), accepts_testing=False)
    group.case("as it should be", input=UNCHANGED, **_public_fields(real))
    add_envelope_cases(group, "Paillier public key", testing=False)
    small = PaillierKey(generator, 1024)
    group.case(
        "1024 bits, said to be for tests",
        ["Testing"],
        "invalid",
        ("WireError", "vector: made for tests"),
        input=whole(_public_file(small)),
    )
    group.case(
        "1024 bits",
        ["Size"],
        "invalid",
        wrong("Paillier modulus size", "a modulus of 1024 bits is not admitted"),
        input=whole(_public_file(small, testing=False)),
    )

    key = PaillierKey(generator, 256)
    group = file.group("for tests", file=_public_file(key).hex(), accepts_testing=True)
    group.case("as it should be", input=UNCHANGED, **_public_fields(key))
    for bits, short in ((64, True), (66, False), (128, False), (130, True)):
        other = PaillierKey(generator, bits, short)
        group.case(
            f"{bits} bits with{'' if short else 'out'} short exponents",
            input=whole(_public_file(other)),
            **_public_fields(other),
        )
    add_envelope_cases(group, "Paillier public key", testing=True)

    def refused(comment, flags, error, source):
        group.case(comment, flags, "invalid", error, input=source)

    for length, name in (
        (0, "Paillier modulus size"),
        (3, "Paillier modulus size"),
        (4, "Paillier short-exponent flag"),
        (5, "Paillier modulus"),
        (36, "Paillier modulus"),
    ):
        refused(f"{length} bytes of payload", ["CutShort"], cut_short(name), payload_cut(length))
    refused("one byte more", ["Trailing"], trailing(1), payload_extended(key.public, b"\0"))
    refused(
        "4097 bits are stated",
        ["Size"],
        over_limit("Paillier modulus size", 4097, 4096),
        payload_replaced(0, u32(4097)),
    )
    for bits in (0, 62, 255):
        refused(
            f"{bits} bits are stated",
            ["Size"],
            wrong("Paillier modulus size", f"a modulus of {bits} bits is not admitted"),
            payload_replaced(0, u32(bits)),
        )
    for bits in (250, 254):
        stated = ("PaillierError", f"has 256 bits where {bits} are stated")
        refused(f"{bits} bits are stated of 256", ["Size"], stated, payload_replaced(0, u32(bits)))
    high = key.n & ((1 << 255) - 1)
    refused(
        "fewer bits than are stated",
        ["Size"],
        ("PaillierError", "vector: not a Paillier public key: the modulus has"),
        payload_replaced(5, high.to_bytes(32, "big")),
    )
    for value in (2, 255):
        refused(
            f"a flag of {value}",
            ["NotCanonical"],
            wrong("Paillier short-exponent flag", "it is neither 0 nor 1"),
            payload_replaced(4, bytes([value])),
        )

    def with_modulus(modulus):
        return whole(_public_file(key, public_bytes(modulus.bit_length(), True, modulus)))

    start = 1 << 255
    p = prime(generator, 128)
    for comment, modulus, problem in (
        ("even", start + 2, "the modulus is even"),
        ("a multiple of 3", (start // 3 + 2 | 1) * 3, "the modulus has a prime factor below 32768"),
        (
            "a multiple of 32749",
            (start // 32749 + 2 | 1) * 32749,
            "the modulus has a prime factor below",
        ),
        ("a prime", prime(generator, 256), "the modulus is prime"),
        ("a square", p * p, "the modulus is a power of another number"),
        ("a fourth power", prime(generator, 64) ** 4, "the modulus is a power of another number"),
    ):
        assert modulus.bit_length() == 256, comment
        refused(
            f"the modulus is {comment}",
            ["Modulus"],
            ("PaillierError", f"vector: not a Paillier public key: {problem}"),
            with_modulus(modulus),
        )
    refused(
        "another key's fingerprint",
        ["Fingerprint"],
        ("PaillierError", "vector: not a Paillier public key: its fingerprint is not the one"),
        whole(_public_file(key, fingerprint=generator.randbytes(32))),
    )
    refused(
        "parameters are named",
        ["Fingerprint"],
        wrong("parameter fingerprint", "the kind has no parameters"),
        whole(_public_file(key, parameters=generator.randbytes(32))),
    )
    for comment, other, testing in (
        ("a key for tests without the mark", key, False),
        ("a key for services with the mark", real, True),
    ):
        refused(comment, ["Mark"], _WRONG_MARK, whole(_public_file(other, testing=testing)))
    return file


def _secret_file(key, randomness, secret=None, **changes):
    fingerprint = changes.get("fingerprint", key.fingerprint)
    box = sealed_box(
        key.secret if secret is None else secret,
        b"open sesame",
        _ASSOCIATED + changes.get("bound", fingerprint),
        randomness[:16],
        randomness[16:],
    )
    return envelope(
        "Paillier secret key",
        1,
        changes.get("testing", key.bits < 2048),
        changes.get("parameters", NO_PARAMETERS),
        fingerprint,
        changes.get("box", box),
    )


def _secret_fields(key, randomness):
    return _public_fields(key) | {"content": key.secret.hex(), "randomness": randomness.hex()}


def _secret(generator, real):
    file = VectorFile(
        "format/paillier-secret-key.json",
        "format.paillier-secret-key",
        "Paillier secret keys in files of their own, sealed under a passphrase.",
        _GENERATOR,
        COMMON_FLAGS
        | ENVELOPE_FLAGS
        | TESTING_FLAG
        | MARK_FLAG
        | FINGERPRINT_FLAG
        | {
            "Passphrase": "The passphrase is another one.",
            "Sealed": "The damage is inside the sealed box: whoever made it knew the passphrase.",
            "Size": "The modulus has not the stated size, or one that is not admitted.",
            "Primes": "The numbers are not primes as keys have them.",
        },
    )
    usual = {"passphrase": b"open sesame".hex()}
    random_bytes = generator.randbytes(40)
    group = file.group(
        "for services", file=_secret_file(real, random_bytes).hex(), accepts_testing=False
    )
    group.case("as it should be", input=UNCHANGED, **usual, **_secret_fields(real, random_bytes))
    add_envelope_cases(group, "Paillier secret key", testing=False, **usual)

    key = PaillierKey(generator, 256)
    group = file.group(
        "for tests", file=_secret_file(key, random_bytes).hex(), accepts_testing=True
    )
    group.case("as it should be", input=UNCHANGED, **usual, **_secret_fields(key, random_bytes))
    for bits, short in ((64, True), (128, False), (130, True)):
        other = PaillierKey(generator, bits, short)
        group.case(
            f"{bits} bits with{'' if short else 'out'} short exponents",
            input=whole(_secret_file(other, random_bytes)),
            **usual,
            **_secret_fields(other, random_bytes),
        )
    add_envelope_cases(group, "Paillier secret key", testing=True, **usual)

    def refused(comment, flags, error, data, passphrase=b"open sesame"):
        group.case(comment, flags, "invalid", error, input=whole(data), passphrase=passphrase.hex())

    closed = ("SecureMemoryError", "vector: wrong passphrase, or the sealed data was altered")
    refused(
        "another passphrase", ["Passphrase"], closed, _secret_file(key, random_bytes), b"sesame"
    )
    refused(
        "the box of another key",
        ["Fingerprint"],
        closed,
        _secret_file(key, random_bytes, bound=generator.randbytes(32)),
    )
    refused(
        "the box is cut short",
        ["CutShort"],
        ("SecureMemoryError", "vector: the sealed data is cut short: 69 bytes"),
        _secret_file(key, random_bytes, box=generator.randbytes(69)),
    )
    refused(
        "parameters are named",
        ["Fingerprint"],
        wrong("parameter fingerprint", "the kind has no parameters"),
        _secret_file(key, random_bytes, parameters=generator.randbytes(32)),
    )
    for comment, other, testing in (
        ("a key for tests without the mark", key, False),
        ("a key for services with the mark", real, True),
    ):
        refused(
            comment, ["Mark"], _WRONG_MARK, _secret_file(other, random_bytes, testing=testing)
        )
    inside = ("PaillierError", "vector: not a Paillier private key")
    refused(
        "another key's fingerprint",
        ["Fingerprint", "Sealed"],
        inside,
        _secret_file(key, random_bytes, fingerprint=PaillierKey(generator, 256).fingerprint),
    )

    def sealed_refusal(comment, flags, secret):
        refused(comment, [*flags, "Sealed"], inside, _secret_file(key, random_bytes, secret))

    for length in (0, 4, 5, 36):
        sealed_refusal(f"{length} bytes inside", ["CutShort"], key.secret[:length])
    sealed_refusal("one byte more", ["Trailing"], key.secret + b"\0")
    for bits in (0, 62, 254, 255, 258, 4098):
        sealed_refusal(f"{bits} bits are stated", ["Size"], u32(bits) + key.secret[4:])
    sealed_refusal("a flag of 2", [], key.secret[:4] + b"\2" + key.secret[5:])

    def primes(comment, p, q, short=True):
        sealed_refusal(comment, ["Primes"], secret_bytes(256, short, p, q))

    close = key.p + 2
    primes("p and q are equal", key.p, key.p)
    primes("q is composite", key.p, close)
    primes("q is even", key.p, key.q - 1)
    primes("q is 0", key.p, 0)
    primes("q is 1", key.p, 1)
    primes("q has 127 bits", key.p, prime(generator, 127))
    primes("q is 1 modulo 4 with short exponents", key.p, prime(generator, 128, 1))
    while True:
        # p − 1 and q − 1 are multiples of 6.
        p, q = prime(generator, 128), prime(generator, 128)
        if p % 3 == q % 3 == 1:
            break
    primes("p − 1 and q − 1 have the factor 3 in common with short exponents", p, q)
    return file


def files():
    generator = random.Random(8103)
    real = PaillierKey(generator, 2048)
    return [_public(generator, real), _secret(generator, real)]
