"""A provider's table: which record lies where, what its columns hold, and the digest of all of it."""

import functools

from common import bfv, wire
from common.columns import Category, Date, Number, decimal_text
from common.digests import digest
from common.keystream import Keystream
from stories.keys import little_endian

CIPHERTEXT, CLEAR, PAILLIER = 0, 1, 2


def clear_text(column, value):
    """A cell of a clear column in canonical text."""
    if value is None or isinstance(value, str):
        return value
    return value.isoformat() if isinstance(column, Date) else decimal_text(value, column.scale)


def csv(schema, rows):
    """A claims file; NULL is an empty field."""
    person = [schema.person] if schema.person else []
    lines = [",".join(name.upper() for name in [c.name for c in schema.columns] + person)]
    for row in rows:
        cells = [clear_text(column, row[column.name]) for column in schema.columns]
        cells += [row[name] for name in person]
        lines.append(",".join(cell or "" for cell in cells))
    return "".join(line + "\n" for line in lines)


def cells(schema, row):
    """What a reader makes of a row; the person comes last."""
    read = [cell(column, row[column.name]) for column in schema.columns]
    if schema.person:
        read.append(None if row[schema.person] is None else f"text {row[schema.person]}")
    return read


def cell(column, value):
    """What a reader makes of a cell, as vectors write it."""
    if value is None:
        return None
    if column.protect == "clear":
        return f"text {clear_text(column, value)}"
    if isinstance(column, Category):
        return f"category {column.values.index(value)}"
    return f"date {value}" if isinstance(column, Date) else f"number {value}"


def person_bucket(layout, key, row):
    """The bucket of a record's person, by a hash under the public key's fingerprint; without a person
    that of the empty text."""
    person = (row[layout.schema.person] or "").encode()
    return digest(person, "cryptally.person.bucket", key)[0] % layout.schema.buckets


def slot_value(column, layout, key, row):
    """What a record puts into its slot of a lattice column."""
    schema, names = layout.schema, column.names
    if column.kind == "occupied":
        return 1
    if column.kind == "person/bucket":
        return int(person_bucket(layout, key, row) == column.numbers[0])
    if column.kind == "present":
        return int(row[names] is not None)
    if column.kind == "digit":
        digit, value = column.numbers
        return int(row[names] is not None and schema.column(names).digits(row[names])[digit] == value)
    if column.kind == "value":
        value = 1
        for name in names.split("*"):
            if row[name] is None:
                return 0
            value *= row[name]
        return layout.limbs[names].of(value)[column.numbers[0]]
    place = 0
    for name, size in zip(names.split("+"), layout.index_sizes(names.split("+"))):
        value = row[name]
        digit = size - 1 if value is None else schema.column(name).digits(value)[0]
        place = place * size + digit
    return int(place == column.numbers[0])


class Batch:
    """Records that are encrypted together, from a slot of a chunk on."""

    def __init__(self, ingest, chunk, slot, rows):
        self.ingest, self.chunk, self.slot, self.rows = ingest, chunk, slot, rows
        self.slots, self.plaintexts, self.ciphertexts = {}, {}, {}
        self.packed, self.paillier = {}, {}

    @property
    def end(self):
        return self.slot + len(self.rows)


class Table:
    """A table of one ingest or of several, each a list of rows; `deletion` is the text of a condition on
    clear columns, and whether a row meets it."""

    def __init__(self, custodian, seed, *ingests, deletion=(None, lambda row: False)):
        self.custodian, self.layout, self.seed = custodian, custodian.layout, seed
        self.ingests, (self.deletion, self.is_deleted) = ingests, deletion
        self.identifier = Keystream(seed, "Cryptally test table identifier").bytes(16)
        self.batches, self.columns = [], {}
        for number, rows in enumerate(ingests):
            self._ingest(number, list(rows))

    def _ingest(self, number, rows):
        """First into the free slots of the last chunk, then into new ones."""
        while rows:
            chunk, slot = len(self.chunks), 0
            if self.batches and self.batches[-1].end < self.layout.slots:
                chunk, slot = self.batches[-1].chunk, self.batches[-1].end
            count = self.layout.slots - slot
            batch = Batch(number, chunk, slot, rows[:count])
            rows = rows[count:]
            self._encrypt(batch)
            self.batches.append(batch)

    @property
    def chunks(self):
        return sorted({batch.chunk for batch in self.batches})

    def chunk_rows(self, chunk):
        return [row for batch in self.batches if batch.chunk == chunk for row in batch.rows]

    @property
    def rows(self):
        """The records that are not deleted."""
        return [row for rows in self.ingests for row in rows if not self.is_deleted(row)]

    def largest_person_counts(self):
        """For each ingest the most records of one person; None where nobody is named."""
        person = self.layout.schema.person
        if person is None:
            return [None] * len(self.ingests)
        names = ([row[person] or "" for row in rows] for rows in self.ingests)
        return [max(map(people.count, people)) for people in names]

    def deleted_bits(self, chunk):
        """Slot s is bit s modulo 8 of byte s / 8; without zeros at the end."""
        rows = enumerate(self.chunk_rows(chunk))
        bits = sum(1 << slot for slot, row in rows if self.is_deleted(row))
        return bits.to_bytes((bits.bit_length() + 7) // 8, "little")

    def column(self, column, chunk):
        """The stored ciphertext: the sum of those of all batches."""
        return self.columns[chunk, column.key]

    def _encrypt(self, batch):
        layout, place = self.layout, f"{batch.chunk} {batch.slot}"
        for column in layout.columns:
            key = self.custodian.fingerprint
            values = [slot_value(column, layout, key, row) for row in batch.rows]
            message = bfv.encode(layout.parameters, [0] * batch.slot + values)
            source = Keystream(self.seed, f"Cryptally test column {place} {column.key}")
            fresh = self.custodian.public.encrypt(message, source)
            key = batch.chunk, column.key
            stored = bfv.add(self.columns[key], fresh) if key in self.columns else fresh
            self.columns[key] = batch.ciphertexts[column] = stored
            batch.slots[column], batch.plaintexts[column] = values, message
        if layout.packing is None:
            return
        key = self.custodian.paillier
        for block in range(layout.packing.blocks):
            source = Keystream(self.seed, f"Cryptally test Paillier block {place} {block}")
            batch.packed[block] = [layout.packing.pack(row, block) for row in batch.rows]
            batch.paillier[block] = [
                key.encrypt(m, little_endian(key.nonce_bits, source)) for m in batch.packed[block]
            ]

    def paillier_bytes(self, batch, block):
        key = self.custodian.paillier
        return b"".join(c.to_bytes(key.width, "big") for c in batch.paillier[block])

    # What the server sees of all of it.

    def description(self):
        payload = self.identifier + wire.u32(self.layout.slots)
        payload += wire.string(self.layout.schema.stored())
        return wire.envelope(
            "table description", 2, True, self.layout.fingerprint(), self.custodian.fingerprint,
            payload,
        )  # fmt: skip

    def _part(self, kind, key, chunk, slots, data, statistics=b""):
        """A part's place, statistics and digest."""
        place = wire.i64(chunk) + wire.i64(slots[0]) + wire.i64(slots[1])
        bound = self.identifier + wire.i64(kind) + place + wire.string(key)
        return (
            wire.i64(kind)
            + wire.string(key)
            + wire.i64(slots[0])
            + wire.i64(slots[1])
            + wire.i64(len(data))
            + wire.prefixed(statistics)
            + digest(bound + data, "cryptally.table.part")
        )

    def _chunk(self, chunk):
        batches = [batch for batch in self.batches if batch.chunk == chunk]
        parts, end = [], batches[-1].end
        for column in sorted(self.layout.columns, key=lambda column: column.key.encode()):
            data = self.column(column, chunk).serialized()
            parts.append(self._part(CIPHERTEXT, column.key, chunk, (0, end), data))
        for column in sorted(self.layout.schema.of("clear"), key=lambda column: column.name):
            for batch in batches:
                cells = [clear_text(column, row[column.name]) for row in batch.rows]
                order = 1 if isinstance(column, Number) else 0
                parts.append(
                    self._part(
                        CLEAR, column.name, chunk, (batch.slot, batch.end),
                        clear_cells(cells), clear_statistics(cells, order),
                    )  # fmt: skip
                )
        for block in range(self.layout.packing.blocks if self.layout.packing else 0):
            for batch in batches:
                data = self.paillier_bytes(batch, block)
                parts.append(
                    self._part(PAILLIER, str(block), chunk, (batch.slot, batch.end), data)
                )
        head = wire.i64(chunk) + wire.prefixed(self.deleted_bits(chunk)) + wire.u32(len(batches))
        head += b"".join(wire.i64(batch.end) for batch in batches)
        return head + wire.u32(len(parts)) + b"".join(parts)

    @functools.cache
    def snapshot(self):
        """The digest of all that is published."""
        data = self.description() + wire.u32(len(self.ingests))
        for count in self.largest_person_counts():
            data += wire.boolean(count is not None) + wire.i64(count or 0)
        data += b"".join(self._chunk(chunk) for chunk in self.chunks)
        return digest(data, "cryptally.table.snapshot")


def clear_cells(cells):
    """The distinct values, ascending, and for each slot 0 for NULL or the value's place from 1."""
    values = sorted({cell.encode() for cell in cells if cell is not None})
    assert len(values) < 256
    codes = bytes(0 if cell is None else 1 + values.index(cell.encode()) for cell in cells)
    data = wire.u32(len(cells)) + wire.u32(len(values))
    return data + b"".join(map(wire.string, values)) + codes


def clear_statistics(cells, order):
    """How many, how many NULL, the order; the least and the greatest value; the values' counts if there
    are 16 at most."""
    present = [cell for cell in cells if cell is not None]
    values = sorted(set(present), key=float if order else str.encode)
    data = wire.u32(len(cells)) + wire.u32(len(cells) - len(present)) + wire.u8(order)
    data += wire.boolean(values)
    if values:
        data += wire.string(values[0]) + wire.string(values[-1])
    data += wire.boolean(len(values) <= 16)
    if len(values) <= 16:
        data += wire.u32(len(values))
        for value in sorted(values, key=str.encode):
            data += wire.string(value) + wire.u32(present.count(value))
    return data
