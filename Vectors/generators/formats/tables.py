"""Tables: SQLite files, as the statements that make them."""

import copy

from common.digests import digest
from common.wire import boolean, i64, prefixed, string, u32
from formats.clear_columns import Statistics, cells_layout
from formats.table_descriptions import description_file, description_layout

LAYOUT = [
    "CREATE TABLE description (id INTEGER PRIMARY KEY CHECK (id = 1), envelope BLOB NOT NULL) STRICT",
    "CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), publication INTEGER NOT NULL, "
    "snapshot BLOB NOT NULL) STRICT",
    "CREATE TABLE ingest (id INTEGER PRIMARY KEY, token BLOB NOT NULL, is_live INTEGER NOT NULL, "
    "most_of_person INTEGER) STRICT",
    "CREATE TABLE batch (id INTEGER PRIMARY KEY, ingest_id INTEGER NOT NULL, chunk INTEGER NOT NULL, "
    "first_slot INTEGER NOT NULL, slot_count INTEGER NOT NULL) STRICT",
    "CREATE TABLE part (id INTEGER PRIMARY KEY, batch_id INTEGER NOT NULL, kind INTEGER NOT NULL, "
    "key TEXT NOT NULL, first_slot INTEGER NOT NULL, slot_count INTEGER NOT NULL, "
    "byte_count INTEGER NOT NULL, statistics BLOB NOT NULL, digest BLOB NOT NULL) STRICT",
    "CREATE TABLE tombstone (chunk INTEGER PRIMARY KEY, slots BLOB NOT NULL) STRICT",
    "CREATE TABLE blob (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
]
NAMES = [statement.split()[2] for statement in LAYOUT]
CIPHERTEXT, CLEAR, PAILLIER = 0, 1, 2


def _literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value)


class Table:
    """The rows of a table, by its tables' names and their first columns."""

    application, version = 0x43727970, 2

    def __init__(self, generator, slots_per_chunk=8, testing=True):
        self._generator = generator
        self.identifier, self.slots_per_chunk, self.testing = (
            generator.randbytes(16),
            slots_per_chunk,
            testing,
        )
        self.parameters, self.key = generator.randbytes(32), generator.randbytes(32)
        self.schema = "table: claims\n"
        self.rows = {name: {} for name in NAMES}
        self.layout = list(LAYOUT)
        self.describe()

    def copy(self):
        return copy.deepcopy(self)

    def describe(self, **changes):
        """Writes the description anew."""
        layout = description_layout(self.identifier, self.slots_per_chunk, self.schema)
        envelope = changes.get("envelope") or description_file(
            layout,
            self.parameters,
            self.key,
            changes.get("testing", self.testing),
            changes.get("version", 2),
        )
        self.rows["description"] = {1: [1, envelope]}

    def add(self, name, *values):
        """Adds a row under the next number."""
        number = max(self.rows[name], default=0) + 1
        self.rows[name][number] = [number, *values]
        return number

    def ingest(self, is_live=True, most=None):
        return self.add("ingest", self._generator.randbytes(16), int(is_live), most)

    def batch(self, ingest, chunk, first, count):
        return self.add("batch", ingest, chunk, first, count)

    def part(self, batch, kind, key, data, statistics=b"", first=None, count=None):
        """A part with its bytes, over the slots of its batch; of ciphertexts over all before too."""
        _, _, chunk, begin, size = self.rows["batch"][batch]
        if kind == CIPHERTEXT:
            begin, size = 0, begin + size
        begin, size = begin if first is None else first, size if count is None else count
        digest_of = self.part_digest(kind, chunk, begin, begin + size, key, data)
        number = self.add("part", batch, kind, key, begin, size, len(data), statistics, digest_of)
        self.rows["blob"][number] = [number, data]
        return number

    def clear(self, batch, key, cells, order="bytes", data=None, statistics=None):
        return self.part(
            batch,
            CLEAR,
            key,
            cells_layout(cells).bytes if data is None else data,
            Statistics(cells, order).layout().bytes if statistics is None else statistics,
        )

    def delete(self, chunk, slots):
        bits = sum(1 << slot for slot in slots)
        self.rows["tombstone"][chunk] = [
            chunk,
            bits.to_bytes(bits.bit_length() // 8 + 1, "little").rstrip(b"\0"),
        ]

    def part_digest(self, kind, chunk, first, end, key, data):
        place = self.identifier + i64(kind) + i64(chunk) + i64(first) + i64(end) + string(key)
        return digest(place + data, "cryptally.table.part")

    @property
    def live(self):
        """The batches of ingests that are published, by chunk and in order."""
        ingests = {number for number, row in self.rows["ingest"].items() if row[2] == 1}
        batches = [row for row in self.rows["batch"].values() if row[1] in ingests]
        chunks = {}
        for row in sorted(batches, key=lambda row: (row[2], row[0])):
            chunks.setdefault(row[2], []).append(row)
        return chunks

    def parts_of(self, batches):
        """The parts of a chunk that count: of ciphertexts the latest of each column."""
        numbers = [row[0] for row in batches]
        parts = [row for row in self.rows["part"].values() if row[1] in numbers]
        latest = {}
        for row in sorted(parts, key=lambda row: (row[2], row[3].encode(), row[4], row[1])):
            latest[(row[2], row[3], row[4])] = row
        return list(latest.values())

    @property
    def snapshot(self):
        """The digest of all that is published."""
        data = self.rows["description"][1][1]
        persons = [row[3] for _, row in sorted(self.rows["ingest"].items()) if row[2] == 1]
        data += u32(len(persons))
        data += b"".join(boolean(most is not None) + i64(most or 0) for most in persons)
        for chunk, batches in self.live.items():
            deleted = self.rows["tombstone"].get(chunk, [chunk, b""])[1]
            parts = self.parts_of(batches)
            data += i64(chunk) + prefixed(deleted) + u32(len(batches))
            data += b"".join(i64(row[3] + row[4]) for row in batches) + u32(len(parts))
            for _, _, kind, key, first, count, length, statistics, digest_of in parts:
                data += i64(kind) + string(key) + i64(first) + i64(first + count) + i64(length)
                data += prefixed(statistics) + digest_of
        return digest(data, "cryptally.table.snapshot")

    def publish(self):
        """Stores the digest of what the rows say."""
        self.rows["state"] = {1: [1, len(self.rows["ingest"]), self.snapshot]}
        return self

    @property
    def statements(self):
        """What makes the file."""
        result = [
            f"PRAGMA application_id = {self.application}",
            f"PRAGMA user_version = {self.version}",
            *self.layout,
        ]
        for name in NAMES:
            for row in self.rows[name].values():
                result.append(_insertion(name, row))
        return result

    def changes_to(self, other):
        """What makes the other table's file of this one's; layouts are the same."""
        result = []
        if other.application != self.application:
            result.append(f"PRAGMA application_id = {other.application}")
        if other.version != self.version:
            result.append(f"PRAGMA user_version = {other.version}")
        for name in NAMES:
            own, theirs = self.rows[name], other.rows[name]
            column = "chunk" if name == "tombstone" else "id"
            for number, row in own.items():
                if theirs.get(number) != row:
                    result.append(f"DELETE FROM {name} WHERE {column} = {number}")
            for number, row in theirs.items():
                if own.get(number) != row:
                    result.append(_insertion(name, row))
        return result

    @property
    def fields(self):
        """What must be read of it."""
        chunks = []
        records = 0
        for chunk, batches in self.live.items():
            deleted = int.from_bytes(self.rows["tombstone"].get(chunk, [chunk, b""])[1], "little")
            slots = [k for k in range(8 * self.slots_per_chunk) if deleted >> k & 1]
            records += sum(row[4] for row in batches) - len(slots)
            contents = {"ciphertexts": {}, "clear": {}, "paillier": {}}
            for row in self.parts_of(batches):
                data = self.rows["blob"][row[0]][1]
                if row[2] == CIPHERTEXT:
                    contents["ciphertexts"][row[3]] = data.hex()
                elif row[2] == PAILLIER:
                    contents["paillier"][row[3]] = contents["paillier"].get(row[3], "") + data.hex()
            chunks.append(
                {
                    "appends": [[row[3], row[3] + row[4]] for row in batches],
                    "deleted": slots,
                    "ciphertexts": [
                        {"key": key, "bytes": data} for key, data in contents["ciphertexts"].items()
                    ],
                    "paillier": [
                        {"block": int(key), "bytes": data}
                        for key, data in contents["paillier"].items()
                    ],
                    "clear": self.clear_fields(batches),
                }
            )
        persons = [row[3] for row in self.rows["ingest"].values() if row[2] == 1]
        result = {
            "identifier": self.identifier.hex(),
            "snapshot": self.snapshot.hex(),
            "records": records,
            "chunks": chunks,
        }
        if persons and None not in persons:
            result["largest_person_count"] = sum(persons)
        return result

    def clear_fields(self, batches):
        columns = {}
        for row in self.parts_of(batches):
            if row[2] == CLEAR:
                order = {0: "bytes", 1: "number"}[row[7][8]]
                cells = _cells(self.rows["blob"][row[0]][1])
                columns.setdefault(row[3], (order, []))[1].extend(cells)
        return [
            {"key": key, "cells": cells, "statistics": Statistics(cells, order).fields}
            for key, (order, cells) in columns.items()
        ]


def _cells(data):
    """The cells of stored bytes that are as they should be, with codes of one byte."""
    count = int.from_bytes(data[:4], "little")
    values, at = [None], 8
    for _ in range(int.from_bytes(data[4:8], "little")):
        length = int.from_bytes(data[at : at + 4], "little")
        values.append(data[at + 4 : at + 4 + length].decode())
        at += 4 + length
    return [values[code] for code in data[at : at + count]]


def _insertion(name, row):
    return f"INSERT INTO {name} VALUES ({', '.join(_literal(value) for value in row)})"
