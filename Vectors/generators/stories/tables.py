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
    lines = [",".join(column.name.upper() for column in schema.columns)]
    for row in rows:
        cells = (clear_text(column, row[column.name]) for column in schema.columns)
        lines.append(",".join(cell or "" for cell in cells))
    return "".join(line + "\n" for line in lines)


def cell(column, value):
    """What a reader makes of a cell, as vectors write it."""
    if value is None:
        return None
    if column.protect == "clear":
        return f"text {clear_text(column, value)}"
    if isinstance(column, Category):
        return f"category {column.values.index(value)}"
    return f"date {value}" if isinstance(column, Date) else f"number {value}"


def slot_value(column, layout, row):
    """What a record puts into its slot of a lattice column."""
    schema, names = layout.schema, column.names
    if column.kind == "occupied":
        return 1
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
    """A table of one ingest or of several, each a list of rows."""

    def __init__(self, custodian, seed, *ingests):
        self.custodian, self.layout, self.seed = custodian, custodian.layout, seed
        self.ingests, self.rows = ingests, [row for ingest in ingests for row in ingest]
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

    def column(self, column, chunk):
        """The stored ciphertext: the sum of those of all batches."""
        return self.columns[chunk, column.key]

    def _encrypt(self, batch):
        layout, place = self.layout, f"{batch.chunk} {batch.slot}"
        for column in layout.columns:
            values = [slot_value(column, layout, row) for row in batch.rows]
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
        head = wire.i64(chunk) + wire.prefixed(b"") + wire.u32(len(batches))
        head += b"".join(wire.i64(batch.end) for batch in batches)
        return head + wire.u32(len(parts)) + b"".join(parts)

    @functools.cache
    def snapshot(self):
        """The digest of all that is published; no ingest knows of persons, and nothing is deleted."""
        data = self.description() + wire.u32(len(self.ingests))
        data += (wire.boolean(False) + wire.i64(0)) * len(self.ingests)
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
