"""Limbs of summed values.

A value is Σ limb_i · 2^(bits·i), all limbs but the last in [0, 2^bits), the last one signed. Sums of
limbs over the capacity stay below half of the plaintext modulus, and there are as few limbs as that
allows."""

import random

from common.vectorfile import VectorFile


def encoding(largest, capacity, modulus):
    """Bits and number of limbs; None for the bits of a whole value, None when there is no encoding."""
    limit = (modulus - 1) // 2 // capacity
    if limit == 0:
        return None
    if largest <= limit:
        return None, 1
    # The last limb may be -2^bits.
    bits = limit.bit_length() - 1
    if bits == 0:
        return None
    count = 2
    while largest >= 1 << (bits * count):
        count += 1
    return bits, count


def limbs(value, bits, count):
    if count == 1:
        return [value]
    low = [(value >> (bits * place)) % (1 << bits) for place in range(count - 1)]
    return low + [value >> (bits * (count - 1))]


def values():
    generator = random.Random(20261129)
    file = VectorFile(
        "claims/values.json",
        "claims.values",
        "Summed values and products as limbs whose sums fit the plaintext modulus.",
        "claims/values.py",
        {
            "Negative": "The last limb carries the sign.",
            "Edge": "The largest magnitude.",
            "Sum": "Limbs are added over all records, and the sum is read from their sums.",
        },
    )
    layouts = [
        ("one limb", 20_000_000, 200_000, (1 << 43) - 57),
        ("one limb, just", 1 << 20, 1 << 10, (1 << 31) + 1),
        ("two limbs, just", (1 << 20) + 1, 1 << 10, (1 << 31) + 1),
        ("two limbs", 20_000_000, 200_000, (1 << 32) + 15),
        ("three limbs", 10**12, 1_000_000, (1 << 36) + 31),
        ("limbs of one bit", 255, 1000, 5003),
        ("the last limb may be filled", (1 << 40) - 1, 1000, (1 << 31) + 11),
        ("the last limb would not hold it", 1 << 40, 1000, (1 << 31) + 11),
        ("a product of two amounts", (10**9) ** 2, 1_000_000, (1 << 45) + 59),
        ("the largest product", (10**18) ** 2, 1 << 20, (1 << 49) + 9),
    ]
    for name, largest, capacity, modulus in layouts:
        bits, count = encoding(largest, capacity, modulus)
        group = file.group(
            name,
            largest=f"{largest:x}",
            capacity=capacity,
            modulus=f"{modulus:x}",
            limb_bits=bits,
            limb_count=count,
        )
        chosen = [0, 1, -1, largest, -largest, largest - 1, 1 - largest]
        chosen += [generator.randint(-largest, largest) for _ in range(6)]
        if bits:
            edge = 1 << bits
            chosen += [value for value in (edge - 1, edge, -edge, -edge - 1) if abs(value) <= largest]
        for value in chosen:
            parts = limbs(value, bits, count)
            assert sum(part << ((bits or 0) * place) for place, part in enumerate(parts)) == value
            # Every limb, added up over the capacity, is read back with its sign.
            assert all(2 * abs(part) * capacity < modulus for part in parts)
            group.case(
                str(value),
                (["Negative"] if value < 0 else []) + (["Edge"] if abs(value) == largest else []),
                values=[str(value)],
                limbs=[str(part) for part in parts],
                total=str(value),
            )
        for length in (2, 50):
            chosen = [generator.randint(-largest, largest) for _ in range(length)]
            rows = [limbs(value, bits, count) for value in chosen]
            group.case(
                f"a sum of {length}",
                ["Sum"],
                values=[str(value) for value in chosen],
                limbs=[str(sum(column)) for column in zip(*rows)],
                total=str(sum(chosen)),
            )
        extreme = [-largest] * 7
        rows = [limbs(value, bits, count) for value in extreme]
        group.case(
            "a sum of the least values",
            ["Sum", "Negative"],
            values=[str(value) for value in extreme],
            limbs=[str(sum(column)) for column in zip(*rows)],
            total=str(sum(extreme)),
        )
    for name, largest, capacity, modulus in [
        ("no encoding: not even 1 fits", 1, 1 << 20, (1 << 20) + 7),
        ("no encoding: limbs of no bit", 2, 1000, 2003),
    ]:
        assert encoding(largest, capacity, modulus) is None
        group = file.group(
            name,
            largest=f"{largest:x}",
            capacity=capacity,
            modulus=f"{modulus:x}",
            limb_bits=None,
            limb_count=0,
        )
        group.case("the schema is refused", values=[], limbs=[], total="0")
    return file
