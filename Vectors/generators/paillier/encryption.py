"""Encryption in both forms, decryption, and what is no ciphertext."""

import random

from common.paillier import OUT_OF_RANGE, all_keys, name, no_units, plaintext_edges
from common.vectorfile import VectorFile, words


def encryption(source):
    file = VectorFile(
        "paillier/encryption.json",
        "paillier.encryption",
        "Ciphertexts under given nonces: (1 + n)^m · h_s^α for keys for short exponents, otherwise (1 + n)^m · r^n.",
        "paillier/encryption.py",
        {
            "PlaintextEdge": "Plaintexts are 0, 1, about half the modulus, and below it.",
            "NonceEdge": "Nonces are at the ends of their range, or have one bit.",
            "Batch": "Several plaintexts, in numbers around those that kernels take at a time.",
            "PlaintextRange": "A plaintext is negative, or not below the modulus.",
            "NonceRange": "A nonce is wider than nonces are.",
        },
    )
    for k in all_keys():
        group = file.group(name(k), **k.parameters)

        def case(comment, flags, plaintexts, nonces):
            ciphertexts = [k.encrypt(m, nonce) for m, nonce in zip(plaintexts, nonces)]
            assert all(k.decrypt(c) == m for m, c in zip(plaintexts, ciphertexts)) or k.bits > 1024
            group.case(
                comment,
                flags,
                plaintexts=words(plaintexts),
                nonces=words(nonces),
                ciphertexts=[k.bytes(c) for c in ciphertexts],
            )

        top = k.nonce_bits
        nonces = [1, (1 << top) - 1, 1 << (top - 1), 2] if k.short else [1, k.n - 1, 2, k.n // 2]
        if k.bits > 1024:
            case("a random plaintext", [], [source.randrange(k.n)], [k.nonce(source)])
            case("edges", ["PlaintextEdge", "NonceEdge"], [k.n - 1, 0], nonces[:2])
            if (k.bits, k.short) == (2048, True):
                case(
                    "9 plaintexts",
                    ["Batch"],
                    [source.randrange(k.n) for _ in range(9)],
                    [k.nonce(source) for _ in range(9)],
                )
            continue
        edges = plaintext_edges(k.n)
        case(
            "edges of plaintexts",
            ["PlaintextEdge", "Batch"],
            edges,
            [k.nonce(source) for _ in edges],
        )
        for nonce in nonces + ([0] if k.short else []):
            case(f"a nonce of {nonce.bit_length()} bits", ["NonceEdge"], [7], [nonce])
        for count in (1, 2, 3, 4, 7, 8, 9, 16, 17) if k.bits < 600 else (7, 8, 9):
            case(
                f"{count} plaintexts",
                ["Batch"] if count > 1 else [],
                [source.randrange(k.n) for _ in range(count)],
                [k.nonce(source) for _ in range(count)],
            )
        for index, m in ((0, k.n), (0, -1), (2, k.n + 1), (1, k.square), (0, 1 << k.bits)):
            plaintexts = [5] * index + [m, 6]
            group.case(
                f"a plaintext of {m.bit_length()} bits at {index}",
                ["PlaintextRange"],
                "invalid",
                ("PaillierError", f"plaintext {index} {OUT_OF_RANGE}"),
                plaintexts=words(plaintexts),
                nonces=words([3] * len(plaintexts)),
            )
        group.case(
            "a nonce too wide",
            ["NonceRange"],
            "invalid",
            ("PaillierError", f"plaintext 1 {OUT_OF_RANGE}"),
            plaintexts=words([5, 6]),
            nonces=words([3, 1 << top]),
        )
    return file


def decryption(source):
    file = VectorFile(
        "paillier/decryption.json",
        "paillier.decryption",
        "Plaintexts of ciphertexts, and bytes that are no ciphertext.",
        "paillier/encryption.py",
        {
            "CiphertextEdge": "The ciphertext is 1, n² − 1, beside a multiple of a prime, or a power of 1 + n.",
            "Batch": "Several ciphertexts, in numbers around those that kernels take at a time.",
            "PlaintextEdge": "The plaintext is beside a prime, or at the end of the range.",
            "Range": "The number is 0, or not below n².",
            "NoUnit": "The number has a factor in common with the modulus.",
            "Length": "There are more bytes or fewer than ciphertexts of the key have.",
        },
    )
    for k in all_keys():
        group = file.group(name(k), **k.parameters)
        n, square = k.n, k.square

        def case(comment, flags, ciphertexts, plaintexts=None):
            plaintexts = plaintexts or [k.decrypt(c) for c in ciphertexts]
            group.case(
                comment,
                flags,
                ciphertexts=[k.bytes(c) for c in ciphertexts],
                plaintexts=words(plaintexts),
            )

        edges = plaintext_edges(n) + [k.p, k.q, k.p - 1, k.q + 1, n - k.p, k.p * 2]
        if k.bits > 1024:
            edges = edges[-4:-1]
        case(
            "edges of plaintexts",
            ["PlaintextEdge", "Batch"],
            [k.random_ciphertext(source, m) for m in edges],
            edges,
        )
        case("1", ["CiphertextEdge"], [1], [0])
        case("1 + n", ["CiphertextEdge"], [1 + n], [1])
        case("n² − 1", ["CiphertextEdge"], [square - 1], [0])
        if k.bits <= 1024:
            case("2", ["CiphertextEdge"], [2])
            case("n² − 2", ["CiphertextEdge"], [square - 2])
            for prime, title in ((k.p, "p"), (k.q, "q")):
                case(f"beside {title}", ["CiphertextEdge"], [prime - 1, prime + 1])
                case(f"beside {title}²", ["CiphertextEdge"], [prime**2 - 1, prime**2 + 1])
                multiple = square // prime**2 * prime**2 - prime**2
                case(
                    f"beside a multiple of {title}²",
                    ["CiphertextEdge"],
                    [multiple - 1, multiple + 1],
                )
            for count in (1, 7, 8, 9, 33) if k.bits in (512, 522) else (8, 9):
                ciphertexts = [source.randrange(1, square) for _ in range(count)]
                case(f"{count} random", ["Batch"] if count > 1 else [], ciphertexts)

        def invalid(comment, flag, data, problem):
            group.case(
                comment,
                [flag],
                "invalid",
                ("PaillierError", f"vector: not a Paillier ciphertext: {problem}"),
                ciphertexts=[data.hex()],
            )

        width = k.width
        beyond = "it is not between 0 and the key's square"
        for comment, c in (
            ("0", 0),
            ("n²", square),
            ("n² + 1", square + 1),
            ("n² + n", square + n),
            ("all ones", (1 << 8 * width) - 1),
        ):
            if c.bit_length() <= 8 * width:
                invalid(comment, "Range", c.to_bytes(width, "big"), beyond)
        for comment, c in no_units(k)[: None if k.bits <= 1024 else 3]:
            invalid(
                comment,
                "NoUnit",
                c.to_bytes(width, "big"),
                "it has a factor in common with the key",
            )
        good = k.random_ciphertext(source, 5).to_bytes(width, "big")
        for comment, data in (
            ("empty", b""),
            ("a byte short", good[1:]),
            ("a byte short at the end", good[:-1]),
            ("a zero in front", b"\0" + good),
            ("a byte more", good + b"\0"),
            ("one byte", b"\1"),
        ):
            invalid(comment, "Length", data, f"{len(data)} bytes where the key has {width}")
    return file


def files():
    source = random.Random(20240303)
    return [encryption(source), decryption(source)]
