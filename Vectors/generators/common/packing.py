"""How the measures of records lie side by side in plaintexts, what their sums say, and masks.

A block of fields: for each measure its value less the least one and, if it may be NULL, a flag; at the
end the count of records. Every field has room for its sum over the capacity and 41 bits more. Measures
stay whole: one that has no room beside the count begins the next block. A plaintext has a bit less than
the modulus.
"""

GUARD_BITS, MASK_BITS = 41, 40


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
