"""What is calculated with Paillier ciphertexts, and signed numbers as plaintexts."""

import random

from common.paillier import OUT_OF_RANGE, all_keys, key, name, no_units
from common.vectorfile import VectorFile, words


def operations(source):
    file = VectorFile(
        "paillier/operations.json",
        "paillier.operations",
        "What the server calculates with two ciphertexts, a plaintext and a signed factor.",
        "paillier/operations.py",
        {
            "Zero": "A result encrypts 0 by calculation; where it would be the ciphertext 1, a fresh encryption of 0 takes its place.",
            "ScalarEdge": "The plaintext or factor is 0, 1, or beside the modulus.",
            "Negative": "The factor is negative.",
            "Wraps": "Sums and products are taken modulo n.",
            "CiphertextEdge": "A ciphertext is 1, n² − 1, or beside them.",
            "ScalarRange": "The plaintext, or the factor's magnitude, is not below the modulus.",
        },
    )
    for k in all_keys():
        group = file.group(name(k), **k.parameters)

        def fresh(c):
            """None for the ciphertext 1, which no operation gives."""
            return None if c == 1 else k.bytes(c)

        def case(comment, flags, a, b, plaintext, factor, ma=None, mb=None):
            ma, mb = (k.decrypt(c) if m is None else m for c, m in ((a, ma), (b, mb)))
            inverse_b = pow(b, -1, k.square)
            group.case(
                comment,
                flags,
                a=k.bytes(a),
                b=k.bytes(b),
                plaintext=f"{plaintext:x}",
                factor=f"{factor:x}",
                sum=fresh(a * b % k.square),
                difference=fresh(a * inverse_b % k.square),
                negative=fresh(inverse_b),
                plaintext_sum=fresh(k.hidden(plaintext, a)),
                plaintext_product=fresh(pow(a, plaintext, k.square)),
                factor_product=fresh(pow(a, factor, k.square)),
                opened={
                    "sum": f"{(ma + mb) % k.n:x}",
                    "difference": f"{(ma - mb) % k.n:x}",
                    "negative": f"{-mb % k.n:x}",
                    "plaintext_sum": f"{(ma + plaintext) % k.n:x}",
                    "plaintext_product": f"{ma * plaintext % k.n:x}",
                    "factor_product": f"{ma * factor % k.n:x}",
                },
            )

        n = k.n
        x, y = source.randrange(n // 2, n), source.randrange(n // 2, n)
        a, b = k.random_ciphertext(source, x), k.random_ciphertext(source, y)
        case("random", ["Wraps"], a, b, source.randrange(n), source.randrange(n), x, y)
        case("a small negative factor", ["Negative"], a, b, n - 21, -21, x, y)
        if k.bits > 1024:
            continue
        case("a zero", ["Zero", "ScalarEdge"], a, a, 0, 0, x, x)
        case("what the sum takes away", ["Zero"], a, pow(a, -1, k.square), n - x, 1, x, n - x)
        case("one", ["ScalarEdge"], a, b, 1, 1, x, y)
        case("minus one", ["ScalarEdge", "Negative"], a, b, n - 1, -1, x, y)
        case("the largest factors", ["ScalarEdge"], a, b, n - 1, n - 1, x, y)
        case("the smallest factor", ["ScalarEdge", "Negative"], a, b, n // 2, 1 - n, x, y)
        case("the trivial ciphertext", ["CiphertextEdge", "Zero"], 1, b, 5, 5, 0, y)
        case("powers of 1 + n", ["CiphertextEdge"], 1 + n, 1 + n * (n - 1), 2, 3, 1, n - 1)
        case(
            "the largest ciphertext", ["CiphertextEdge"], k.square - 1, k.square - 2, 2, 4, 0, None
        )
        for comment, plaintext, factor in (
            ("the modulus", n, 1),
            ("above the modulus", n + 1, 1),
            ("a negative plaintext", -1, 1),
            ("a factor of the modulus", 1, n),
            ("its negative", 1, -n),
        ):
            group.case(
                comment,
                ["ScalarRange"],
                "invalid",
                ("PaillierError", f"plaintext 0 {OUT_OF_RANGE}"),
                a=k.bytes(a),
                b=k.bytes(b),
                plaintext=f"{plaintext:x}",
                factor=f"{factor:x}",
            )
    return file


def sums(source):
    file = VectorFile(
        "paillier/sums.json",
        "paillier.sums",
        "Encrypted sums of many ciphertexts, in one group or several.",
        "paillier/operations.py",
        {
            "Groups": "There are several groups.",
            "EmptyGroup": "A group has no ciphertext: its total is a fresh encryption of 0.",
            "LaneEdge": "There are about as many ciphertexts as kernels take at a time.",
            "ManyOfOneGroup": "Most ciphertexts are of one group.",
            "NoUnit": "A ciphertext has a factor in common with the key, which shows in the total.",
            "Range": "A ciphertext is 0, or not below n².",
            "GroupRange": "A group is not one of those that there are.",
        },
    )
    for k in [key(bits) for bits in (64, 412, 512, 522, 542, 1024)] + [key(522, False)]:
        group = file.group(name(k), **k.parameters)

        def case(comment, flags, ciphertexts, groups, group_count, split):
            totals, _opened = [1] * group_count, []
            for c, g in zip(ciphertexts, groups):
                totals[g] = totals[g] * c % k.square
            group.case(
                comment,
                flags
                + (["EmptyGroup"] if len(set(groups)) < group_count else [])
                + (["Groups"] if group_count > 1 else []),
                ciphertexts=[k.bytes(c) for c in ciphertexts],
                groups=list(groups),
                group_count=group_count,
                split=split,
                totals=[None if total == 1 else k.bytes(total) for total in totals],
                opened=words(k.decrypt(total) for total in totals),
            )

        pool = [k.random_ciphertext(source) for _ in range(18)]
        counts = (0, 1, 2, 7, 8, 9, 16, 17) if k.bits == 522 else (1, 8, 9)
        for count in counts:
            flags = ["LaneEdge"] if count in (7, 8, 9, 16, 17) else []
            case(f"{count} ciphertexts", flags, pool[:count], [0] * count, 1, count // 3)
        groups = [source.randrange(3) for _ in pool]
        case("three groups", [], pool, groups, 3, 8)
        case("each in its own group", [], pool[:9], range(9), 9, 4)
        case("one group of four", ["ManyOfOneGroup"], pool[:17], [2] * 16 + [0], 4, 9)
        case("the groups take turns", [], pool, [i % 5 for i in range(18)], 6, 18)
        case("all in the second part", [], pool[:11], [i % 2 for i in range(11)], 2, 0)
        if k.bits in (512, 522):
            for comment, c in no_units(k):
                group.case(
                    comment,
                    ["NoUnit"],
                    "invalid",
                    (
                        "PaillierError",
                        "vector: not a Paillier ciphertext: one of 3 has a factor in common with the key",
                    ),
                    ciphertexts=[k.bytes(x) for x in (pool[0], c, pool[1])],
                    groups=[0, 0, 0],
                    group_count=1,
                    split=3,
                )
            for comment, c in (("0", 0), ("n²", k.square), ("more than n²", k.square + 1)):
                group.case(
                    comment,
                    ["Range"],
                    "invalid",
                    (
                        "PaillierError",
                        "vector: not a Paillier ciphertext: it is not between 0 and the key's square",
                    ),
                    ciphertexts=[k.bytes(x) for x in (pool[0], c)],
                    groups=[0, 0],
                    group_count=1,
                    split=2,
                )
            for comment, groups, count in (
                ("a negative group", [0, -1], 2),
                ("a group too many", [0, 2], 2),
                ("no groups", [0, 0], 0),
            ):
                group.case(
                    comment,
                    ["GroupRange"],
                    "invalid",
                    ("PaillierError", "each ciphertext needs one group"),
                    ciphertexts=[k.bytes(x) for x in pool[:2]],
                    groups=groups,
                    group_count=count,
                    split=2,
                )
    return file


def signed(source):
    file = VectorFile(
        "paillier/signed.json",
        "paillier.signed",
        "Signed numbers as plaintexts: the lowest third of [0, n) stands for itself, the highest for n less.",
        "paillier/operations.py",
        {
            "Edge": "The magnitude is ⌊n / 3⌋ − 1, the largest.",
            "TooLarge": "The magnitude is larger.",
            "GuardBand": "The plaintext is in the middle third, where only too large a sum or product leads.",
            "Range": "The plaintext is not in [0, n).",
        },
    )
    for k in [key(bits) for bits in (64, 512, 522, 2048)] + [key(512, False)]:
        n, largest = k.n, k.n // 3 - 1
        group = file.group(f"{name(k)}, n mod 3 = {n % 3}", **k.parameters)
        middle = source.randrange(-largest, largest)
        for value in (0, 1, -1, 1 << 62, -(1 << 63), largest, -largest, largest - 1, middle):
            if abs(value) > largest:
                continue
            group.case(
                f"a value of {abs(value).bit_length()} bits",
                ["Edge"] if abs(value) == largest else [],
                value=f"{value:x}",
                plaintext=f"{value % n:x}",
            )
        for value in (largest + 1, -largest - 1, n // 2, n, -n, n + 1):
            group.case(
                f"a value of {abs(value).bit_length()} bits, too large",
                ["TooLarge"],
                "invalid",
                ("PaillierError", f"plaintext 0 {OUT_OF_RANGE}"),
                value=f"{value:x}",
            )
        for plaintext in (largest + 1, n // 2, n - largest - 1, n // 3 + 1, 2 * n // 3):
            group.case(
                f"a plaintext at {plaintext * 100 // n} percent",
                ["GuardBand"],
                "invalid",
                ("PaillierError", "the decrypted number is outside the range of signed numbers"),
                plaintext=f"{plaintext:x}",
            )
        for plaintext in (n, n + 1, -1):
            group.case(
                "no plaintext",
                ["Range"],
                "invalid",
                ("PaillierError", f"plaintext 0 {OUT_OF_RANGE}"),
                plaintext=f"{plaintext:x}",
            )
    return file


def files():
    source = random.Random(20240306)
    return [operations(source), sums(source), signed(source)]
