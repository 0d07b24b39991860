"""Records as plaintexts: the layout of their fields, and masks."""

import random

from common.packing import CLAIMS, GUARD_BITS, MASK_BITS, Measure, Packing, packings
from common.vectorfile import VectorFile, words


def layout():
    file = VectorFile(
        "paillier/layout.json",
        "paillier.layout",
        "Where the fields of packed records lie.",
        "paillier/records.py",
        {
            "Blocks": "The measures do not fit into one plaintext.",
            "ExactFit": "A block takes every bit that there is.",
            "OneBitShort": "A bit more would be enough.",
            "Capacity": "The capacity is below 1.",
            "SumTooLarge": "Capacity times magnitude is 2^62 or more.",
            "SumJustFits": "Capacity times magnitude is just below 2^62.",
            "TooWide": "A measure has no room in any plaintext.",
        },
    )
    group = file.group("layouts")

    def valid(comment, flags, packing):
        group.case(
            comment,
            flags + (["Blocks"] if packing.block_count > 1 else []),
            **packing.parameters(),
            block_count=packing.block_count,
            fields=[field.description() for field in packing.fields],
        )

    def invalid(comment, flags, measures, capacity, modulus_bits, text):
        group.case(
            comment,
            flags,
            "invalid",
            ("PackingError", text),
            measures=[measure.content() for measure in measures],
            capacity=f"{capacity:x}",
            modulus_bits=modulus_bits,
        )

    for comment, packing in packings().items():
        valid(comment, [], packing)
    # The three claims' fields and the count take so many bits.
    exact = sum(field.bits for field in packings()["claims, 3072 bits"].fields) + 1
    valid("room for all in one block", ["ExactFit"], Packing(CLAIMS, 200_000, exact))
    valid("a bit less", ["OneBitShort"], Packing(CLAIMS, 200_000, exact - 1))
    first = Packing(CLAIMS[:1], 200_000, 3072)
    alone = sum(field.bits for field in first.fields) + 1
    valid("room for the widest alone", ["ExactFit"], Packing(CLAIMS, 200_000, alone))
    paid = sum(field.bits for field in first.fields[:2])
    invalid(
        "a bit less than for the widest",
        ["OneBitShort", "TooWide"],
        CLAIMS,
        200_000,
        alone - 1,
        f"column paid needs {paid} bits of a plaintext that has {paid - 1}",
    )
    count = (5).bit_length() + GUARD_BITS
    valid("room for the count alone", ["ExactFit"], Packing([], 5, count + 1))
    invalid(
        "no room for the count",
        ["OneBitShort", "TooWide"],
        [],
        5,
        count,
        f"column record count needs {count} bits of a plaintext that has 0",
    )
    invalid("no room at all", ["TooWide"], CLAIMS, 5, 1, "column paid needs")
    for capacity in (0, -1, -(1 << 63)):
        invalid(
            f"a capacity of {capacity}",
            ["Capacity"],
            CLAIMS,
            capacity,
            2048,
            f"a capacity of {capacity} records",
        )
    for name, low, high in (
        ("up", 0, 1 << 61),
        ("down", -(1 << 61), 0),
        ("both", -(1 << 61), 1 << 61),
    ):
        measure = [Measure(name, low, high, True)]
        valid(f"2^61 {name}, one record", ["SumJustFits"], Packing(measure, 1, 2048))
        invalid(
            f"2^61 {name}, two records",
            ["SumTooLarge"],
            measure,
            2,
            2048,
            f"column {name}: its range times the capacity reaches 2^62",
        )
    valid("2^62 − 1", ["SumJustFits"], Packing([Measure("x", 0, (1 << 62) - 1, False)], 1, 2048))
    widest = (1 << 62) - 1
    valid("± (2^62 − 1)", ["SumJustFits"], Packing([Measure("x", -widest, widest, False)], 1, 2048))
    whole = [Measure("y", -(1 << 63), (1 << 63) - 1, True)]
    invalid(
        "all of 64 bits",
        ["SumTooLarge"],
        whole,
        1,
        2048,
        "column y: its range times the capacity reaches 2^62",
    )
    invalid(
        "the capacity overflows", ["SumTooLarge"], whole, (1 << 63) - 1, 2048, "column y: its range"
    )
    invalid(
        "2^62", ["SumTooLarge"], [Measure("z", 0, 1 << 62, False)], 1, 2048, "column z: its range"
    )
    valid(
        "the largest capacity",
        ["SumJustFits"],
        Packing([Measure("zero", 0, 0, True)], (1 << 63) - 1, 512),
    )
    valid("a constant", [], Packing([Measure("c", 7, 7, False)], 1, 512))
    return file


def records(source):
    file = VectorFile(
        "paillier/packing.json",
        "paillier.packing",
        "Records as plaintexts.",
        "paillier/records.py",
        {
            "Edge": "Values are at the ends of their ranges.",
            "Null": "Some values are NULL.",
            "OutOfRange": "A value is outside the measure's range.",
            "UnexpectedNull": "A measure that may not be NULL is.",
            "Count": "There are more values or fewer than measures.",
        },
    )
    for name, packing in packings().items():
        group = file.group(name, **packing.parameters())
        measures = packing.measures

        def text(values):
            return [None if value is None else f"{value:x}" for value in values]

        def case(comment, flags, record):
            group.case(
                comment,
                flags + (["Null"] if None in record else []),
                values=text(record),
                plaintexts=words(packing.pack(record)),
            )

        def invalid(comment, flags, record, problem):
            group.case(comment, flags, "invalid", ("PackingError", problem), values=text(record))

        lows, highs = [m.low for m in measures], [m.high for m in measures]
        case("the least values", ["Edge"], lows)
        if not measures:
            invalid(
                "a value too many",
                ["Count"],
                [1],
                "a record with 1 values where 0 columns are declared",
            )
            continue
        case("the largest values", ["Edge"], highs)
        case(
            "NULL wherever it may be", ["Edge"], [None if m.nullable else m.high for m in measures]
        )
        for index in range(4):
            case(f"random {index + 1}", [], [m.random(source) for m in measures])
        for values, found in ((lows[1:], len(lows) - 1), (lows + [0], len(lows) + 1), ([], 0)):
            invalid(
                f"{found} values",
                ["Count"],
                values,
                f"a record with {found} values where {len(lows)} columns are declared",
            )
        for index, m in enumerate(measures[:3]):
            for value in (m.low - 1, m.high + 1):
                if -(1 << 63) <= value < 1 << 63:
                    record = lows[:index] + [value] + lows[index + 1 :]
                    invalid(
                        f"{m.name} beyond its range",
                        ["OutOfRange"],
                        record,
                        f"column {m.name}: the value is outside",
                    )
            if not m.nullable:
                record = lows[:index] + [None] + lows[index + 1 :]
                invalid(
                    f"{m.name} is NULL", ["UnexpectedNull"], record, f"column {m.name}: NULL where"
                )
    return file


def masks(source):
    file = VectorFile(
        "paillier/mask.json",
        "paillier.mask",
        "Masks from given bytes: for each hidden field, in their order, as many bits as its sum and 40 more, of whole bytes with the most significant first and the bits in excess of the first dropped.",
        "paillier/records.py",
        {
            "Largest": "Every bit of the mask is set.",
            "Nothing": "Nothing is hidden.",
            "OtherBlock": "A field of another block, or none, is named; it is not considered.",
        },
    )
    for name, packing in packings().items():
        if not packing.measures:
            continue
        group = file.group(name, **packing.parameters())

        def case(comment, flags, block, hidden, fill):
            mask, drawn = 0, b""
            for index, field in enumerate(packing.fields):
                if field.block == block and index in hidden:
                    bits = field.sum_bits + MASK_BITS
                    part = fill((bits + 7) // 8)
                    drawn += part
                    mask += (int.from_bytes(part, "big") & (1 << bits) - 1) << field.offset
            group.case(
                comment,
                flags,
                block=block,
                hidden_fields=hidden,
                bytes=drawn.hex(),
                mask=f"{mask:x}",
            )

        def ones(count):
            return b"\xff" * count

        for block in range(min(packing.block_count, 2)):
            own = [i for i, f in enumerate(packing.fields) if f.block == block]
            case(f"all but the count of block {block}", [], block, own[:-1], source.randbytes)
            case(f"the largest in block {block}", ["Largest"], block, own[:-1], ones)
            case(f"the first field of block {block}", [], block, own[:1], source.randbytes)
        case("nothing", ["Nothing"], 0, [], source.randbytes)
        others = [i for i, f in enumerate(packing.fields) if f.block != 0] + [99, -1]
        case("fields elsewhere", ["Nothing", "OtherBlock"], 0, others, source.randbytes)
    return file


def files():
    source = random.Random(20240304)
    return [layout(), records(source), masks(source)]
