"""How the measures of records lie side by side in plaintexts, what their sums say, and masks.

A block of fields: for each measure its value less the least one and, if it may be NULL, a flag; at the
end the count of records. Every field has room for its sum over the capacity and 41 bits more. Measures
stay whole: one that has no room beside the count begins the next block. A plaintext has a bit less than
the modulus.
"""

import random

from common.vectorfile import VectorFile, words

GUARD_BITS, MASK_BITS = 41, 40
REFUSED = ("PackingError", "refused")


class Measure:
    def __init__(self, name, low, high, nullable):
        self.name, self.low, self.high, self.nullable = name, low, high, nullable

    def content(self):
        return {
            "name": self.name,
            "minimum": f"{self.low:x}",
            "maximum": f"{self.high:x}",
            "nullable": self.nullable,
        }

    def random(self, source):
        if self.nullable and source.random() < 0.3:
            return None
        return source.randint(self.low, self.high)


class Field:
    def __init__(self, content, measure, block, offset, maximum):
        self.content, self.measure, self.block = content, measure, block
        self.offset, self.maximum = offset, maximum
        self.sum_bits = maximum.bit_length()
        self.bits = self.sum_bits + GUARD_BITS

    def description(self):
        return {
            "content": self.content,
            **({} if self.measure is None else {"measure": self.measure}),
            "block": self.block,
            "bit_offset": self.offset,
            "bits": self.bits,
            "maximum": f"{self.maximum:x}",
        }


class Packing:
    def __init__(self, measures, capacity, modulus_bits):
        self.measures, self.capacity, self.modulus_bits = measures, capacity, modulus_bits
        count_bits = capacity.bit_length() + GUARD_BITS
        self.room = modulus_bits - 1 - count_bits
        self.fields, self.block_count, offset = [], 1, 0
        for index, measure in enumerate(measures):
            wanted = [("value", max(1, (measure.high - measure.low) * capacity))]
            wanted += [("flag", capacity)] if measure.nullable else []
            needed = sum(maximum.bit_length() + GUARD_BITS for _, maximum in wanted)
            assert needed <= self.room
            if offset + needed > self.room:
                offset = self._append("record_count", None, offset, capacity)
                self.block_count, offset = self.block_count + 1, 0
            for content, maximum in wanted:
                offset = self._append(content, index, offset, maximum)
        self._append("record_count", None, offset, capacity)

    def _append(self, content, measure, offset, maximum):
        field = Field(content, measure, self.block_count - 1, offset, maximum)
        self.fields.append(field)
        return offset + field.bits

    def parameters(self):
        return {
            "measures": [measure.content() for measure in self.measures],
            "capacity": f"{self.capacity:x}",
            "modulus_bits": self.modulus_bits,
        }

    def pack(self, record):
        blocks = [0] * self.block_count
        for field in self.fields:
            value = None if field.measure is None else record[field.measure]
            if field.content == "record_count":
                content = 1
            elif field.content == "flag":
                content = int(value is not None)
            else:
                content = 0 if value is None else value - self.measures[field.measure].low
            blocks[field.block] += content << field.offset
        return blocks

    def is_asked(self, field, sums, counts):
        if field.content == "record_count":
            return True
        return field.measure in sums or (field.content == "flag" and field.measure in counts)

    def blocks_of(self, sums, counts):
        asked = {field.block for field in self.fields if field.measure in set(sums) | set(counts)}
        return sorted(asked) or [0]

    def hidden(self, block, sums, counts):
        return [
            index
            for index, field in enumerate(self.fields)
            if field.block == block and not self.is_asked(field, sums, counts)
        ]

    def field(self, content, measure=None, block=0):
        return next(
            field
            for field in self.fields
            if field.content == content
            and (field.measure == measure if measure is not None else field.block == block)
        )


CLAIMS = [
    Measure("paid", -2_000_000, 20_000_000, True),
    Measure("deductible", 0, 500_000, False),
    Measure("days", 0, 400, True),
]
WIDE = [Measure(f"column {i}", -(1 << 40), 1 << 40, i % 2 == 0) for i in range(12)]
EDGES = [Measure("constant", -5, -5, False), Measure("large", 0, (1 << 58) - 1, True)]
NEGATIVE = [Measure("loss", -(1 << 57), -1, True), Measure("zero", 0, 0, True)]


def packings():
    return {
        "claims, 3072 bits": Packing(CLAIMS, 200_000, 3072),
        "claims in two blocks": Packing(CLAIMS, 200_000, 300),
        "one record": Packing(CLAIMS, 1, 2048),
        "a capacity of a power of two": Packing(CLAIMS, 1 << 20, 2048),
        "a capacity below a power of two": Packing(CLAIMS, (1 << 20) - 1, 2048),
        "twelve wide measures": Packing(WIDE, 1 << 20, 512),
        "sums below 2^62": Packing(EDGES, 8, 512),
        "negative ranges": Packing(NEGATIVE, 16, 512),
        "no measure": Packing([], 5, 64),
    }


def layout():
    file = VectorFile(
        "paillier/layout.json",
        "paillier.layout",
        "Where the fields of packed records lie.",
        "paillier_packing.py",
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
    invalid("no room for the count", ["OneBitShort", "TooWide"], [], 5, count, f"column record count needs {count} bits of a plaintext that has 0")
    invalid("no room at all", ["TooWide"], CLAIMS, 5, 1, "column paid needs")
    for capacity in (0, -1, -(1 << 63)):
        invalid(f"a capacity of {capacity}", ["Capacity"], CLAIMS, capacity, 2048, f"a capacity of {capacity} records")
    for name, low, high in (("up", 0, 1 << 61), ("down", -(1 << 61), 0), ("both", -(1 << 61), 1 << 61)):
        measure = [Measure(name, low, high, True)]
        valid(f"2^61 {name}, one record", ["SumJustFits"], Packing(measure, 1, 2048))
        invalid(f"2^61 {name}, two records", ["SumTooLarge"], measure, 2, 2048, f"column {name}: its range times the capacity reaches 2^62")
    valid("2^62 − 1", ["SumJustFits"], Packing([Measure("x", 0, (1 << 62) - 1, False)], 1, 2048))
    widest = (1 << 62) - 1
    valid("± (2^62 − 1)", ["SumJustFits"], Packing([Measure("x", -widest, widest, False)], 1, 2048))
    whole = [Measure("y", -(1 << 63), (1 << 63) - 1, True)]
    invalid("all of 64 bits", ["SumTooLarge"], whole, 1, 2048, "column y: its range times the capacity reaches 2^62")
    invalid("the capacity overflows", ["SumTooLarge"], whole, (1 << 63) - 1, 2048, "column y: its range")
    invalid("2^62", ["SumTooLarge"], [Measure("z", 0, 1 << 62, False)], 1, 2048, "column z: its range")
    valid("the largest capacity", ["SumJustFits"], Packing([Measure("zero", 0, 0, True)], (1 << 63) - 1, 512))
    valid("a constant", [], Packing([Measure("c", 7, 7, False)], 1, 512))
    return file


def records(source):
    file = VectorFile(
        "paillier/packing.json",
        "paillier.packing",
        "Records as plaintexts.",
        "paillier_packing.py",
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
            invalid("a value too many", ["Count"], [1], "a record with 1 values where 0 columns are declared")
            continue
        case("the largest values", ["Edge"], highs)
        case("NULL wherever it may be", ["Edge"], [None if m.nullable else m.high for m in measures])
        for index in range(4):
            case(f"random {index + 1}", [], [m.random(source) for m in measures])
        for values, found in ((lows[1:], len(lows) - 1), (lows + [0], len(lows) + 1), ([], 0)):
            invalid(f"{found} values", ["Count"], values, f"a record with {found} values where {len(lows)} columns are declared")
        for index, m in enumerate(measures[:3]):
            for value in (m.low - 1, m.high + 1):
                if -(1 << 63) <= value < 1 << 63:
                    record = lows[:index] + [value] + lows[index + 1 :]
                    invalid(f"{m.name} beyond its range", ["OutOfRange"], record, f"column {m.name}: the value is outside")
            if not m.nullable:
                record = lows[:index] + [None] + lows[index + 1 :]
                invalid(f"{m.name} is NULL", ["UnexpectedNull"], record, f"column {m.name}: NULL where")
    return file


def totals(source):
    file = VectorFile(
        "paillier/packed-totals.json",
        "paillier.packed-totals",
        "What the decrypted sums of blocks say about the totals that were asked for.",
        "paillier_packing.py",
        {
            "FullCapacity": "As many records as the capacity, all with the same values at an edge.",
            "Masked": "Fields that are not asked for are hidden by the largest masks.",
            "CountOnly": "Only counts are asked for.",
            "NoRecord": "There is no record.",
            "Missing": "A block's sum, or a measure, is not there.",
            "Impossible": "No records within the capacity have these totals.",
        },
    )
    for name, packing in packings().items():
        group = file.group(name, **packing.parameters())
        measures = packing.measures
        everything = list(range(len(measures)))

        def given(blocks, sums, counts):
            return {
                "sums_asked": list(sums),
                "counts_asked": list(counts),
                "block_sums": [
                    {"block": block, "sum": f"{total:x}"} for block, total in sorted(blocks.items())
                ],
            }

        def case(comment, flags, rows, sums, counts=(), masks=None):
            """`rows` are records with how often each is there."""
            blocks = packing.blocks_of(sums, counts)
            summed = {
                block: sum(packing.pack(record)[block] * times for record, times in rows)
                for block in blocks
            }
            hidden = [packing.hidden(block, sums, counts) for block in blocks]
            if masks:
                for block, indices in zip(blocks, hidden):
                    for index in indices:
                        field = packing.fields[index]
                        summed[block] += masks(field.sum_bits + MASK_BITS) << field.offset

            def of(measure, total):
                return sum(
                    (total(record[measure])) * times
                    for record, times in rows
                    if record[measure] is not None
                )

            asked = set(sums) | set(counts)
            group.case(
                comment,
                flags + (["CountOnly"] if not sums else []) + (["NoRecord"] if not rows else []),
                **given(summed, sums, counts),
                blocks=blocks,
                hidden_fields=hidden,
                record_count=sum(times for _, times in rows),
                counts=[of(i, lambda _: 1) if i in asked else None for i in everything],
                sums=[f"{of(i, lambda v: v):x}" if i in sums else None for i in everything],
            )

        def invalid(comment, flags, blocks, sums, counts=(), error=REFUSED):
            group.case(comment, flags, "invalid", error, **given(blocks, sums, counts))

        rows = [([m.random(source) for m in measures], 1) for _ in range(min(6, packing.capacity))]
        case("everything", [], rows, everything)
        case("nothing but the count", [], rows, [])
        case("no record", [], [], everything)
        for edge, record in (
            ("least", [m.low for m in measures]),
            ("largest", [m.high for m in measures]),
            ("NULL", [None if m.nullable else m.low for m in measures]),
        ):
            times = min(packing.capacity, (1 << 53) - 1)
            case(f"as many of the {edge} as may be", ["FullCapacity"], [(record, times)], everything)
        for measure in everything[:3]:
            case(f"the sum of measure {measure}", ["Masked"], rows, [measure], (), lambda bits: (1 << bits) - 1)
            case(f"the count of measure {measure}", ["Masked"], rows, [], [measure], source.getrandbits)
        if len(measures) > 2:
            case("a sum and a count", ["Masked"], rows, [1], [2, 0], source.getrandbits)
        if not measures:
            continue

        # One record that is not NULL anywhere, and what cannot be.
        record = [m.high for m in measures]
        good = {block: total for block, total in enumerate(packing.pack(record))}
        last = len(measures)

        def changed(field, change):
            return {**good, field.block: good[field.block] + (change << field.offset)}

        count = packing.field("record_count")
        value = packing.field("value", 0)
        width = measures[0].high - measures[0].low
        invalid("the first block's sum is not there", ["Missing"], {b: t for b, t in good.items() if b}, everything, (), ("PackingError", "the sum of block 0 is missing"))
        invalid("no measure of this number", ["Missing"], good, [last], (), ("PackingError", f"there is no packed column {last}"))
        invalid("a negative measure", ["Missing"], good, [], [-1], ("PackingError", "there is no packed column -1"))
        invalid("a negative sum", ["Impossible"], {**good, 0: -1}, everything)
        invalid("more records than the capacity", ["Impossible"], changed(count, packing.capacity), everything)
        invalid("values of no record", ["Impossible"], {**{b: 0 for b in good}, 0: 1 << value.offset}, everything)
        invalid("above the largest value of one", ["Impossible"], changed(value, 1), everything)
        invalid("above the largest sum", ["Impossible"], changed(value, value.maximum - width + 1), everything)
        invalid("a bit in the room for masks", ["Impossible"], changed(value, 1 << value.sum_bits), everything)
        invalid("the highest bit of a field", ["Impossible"], changed(value, 1 << value.bits - 1), everything)
        invalid("a bit above the count of records", ["Impossible"], changed(count, 1 << count.bits), everything)
        invalid("as many bits as the modulus", ["Impossible"], {**good, 0: good[0] + (1 << packing.modulus_bits - 1)}, everything)
        if measures[0].nullable:
            flag = packing.field("flag", 0)
            invalid("more values than records", ["Impossible"], changed(flag, 1), everything)
            invalid("more values than records, counted only", ["Impossible"], changed(flag, 1), [], [0])
            if width:
                invalid("a value that is NULL", ["Impossible"], changed(flag, -1), [0])
        if packing.block_count > 1:
            other = packing.field("record_count", block=1)
            if packing.capacity > 1:
                invalid("blocks that differ in their records", ["Impossible"], changed(other, 1), everything)
            invalid("a later block's sum is not there", ["Missing"], {0: good[0]}, everything, (), ("PackingError", "the sum of block 1 is missing"))
    return file


def masks(source):
    file = VectorFile(
        "paillier/mask.json",
        "paillier.mask",
        "Masks from given bytes: for each hidden field, in their order, as many bits as its sum and 40 more, of whole bytes with the most significant first and the bits in excess of the first dropped.",
        "paillier_packing.py",
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
                comment, flags, block=block, hidden_fields=hidden, bytes=drawn.hex(), mask=f"{mask:x}"
            )

        ones = lambda count: b"\xff" * count
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
    return [layout(), records(source), totals(source), masks(source)]
