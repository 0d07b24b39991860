"""Tables: what opening and reading them must check."""

import random

from common.vectorfile import VectorFile
from common.wire import envelope
from formats.clear_columns import Statistics, cells_layout
from formats.tables import CIPHERTEXT, LAYOUT, PAILLIER, Table

_FILE = "vector.enc: "
_CIPHERTEXT_BYTES, _RECORD_BYTES = 20, 8


def _fill(table, generator, ingest, chunk, first, count, columns=("occupied", "amount/0")):
    """A batch with a part for every column."""
    batch = table.batch(ingest, chunk, first, count)
    for key in columns:
        table.part(batch, CIPHERTEXT, key, generator.randbytes(_CIPHERTEXT_BYTES))
    states = [generator.choice(("NW", "BY", None)) for _ in range(count)]
    table.clear(batch, "state", states)
    table.clear(batch, "year", [str(generator.randrange(-5, 20)) for _ in range(count)], "number")
    for block in ("0", "1"):
        table.part(batch, PAILLIER, block, generator.randbytes(_RECORD_BYTES * count))
    return batch


def _table(generator):
    """Two chunks with a gap in their numbers, one appended to; an ingest that was never published."""
    table = Table(generator)
    first, second = table.ingest(most=2), table.ingest(most=3)
    _fill(table, generator, first, 0, 0, 5)
    _fill(table, generator, second, 0, 5, 3)
    _fill(table, generator, second, 2, 0, 3)
    pending = table.ingest(is_live=False, most=9)
    _fill(table, generator, pending, 2, 3, 2)
    _fill(table, generator, pending, 3, 0, 1)
    table.delete(0, [1, 6])
    return table.publish()


class _Cases:
    def __init__(self, group, table):
        self._group, self._table = group, table

    def accepted(self, comment, flags, change):
        table = self._table.copy()
        change(table)
        table.publish()
        self._group.case(
            comment, flags, changes=self._table.changes_to(table), table=table.fields
        )

    def refused(self, comment, flags, text, change, publishes=True, error="TableError"):
        """`publishes`: the digest over everything is made to fit."""
        table = self._table.copy()
        change(table)
        if publishes:
            table.publish()
        self.raw(comment, flags, text, self._table.changes_to(table), error)

    def raw(self, comment, flags, text, changes, error="TableError"):
        self._group.case(comment, flags, "invalid", (error, _FILE + text), changes=changes)


def _set(name, number, column, value):
    """A change of one value of a row."""

    def change(table):
        table.rows[name][number][column] = value

    return change


def _redigested(number, column=None, value=None, data=None):
    """A change of a part or its bytes, with the part's own digest made to fit."""

    def change(table):
        row = table.rows["part"][number]
        if column is not None:
            row[column] = value
        if data is not None:
            table.rows["blob"][number][1], row[6] = data, len(data)
        chunk = table.rows["batch"][row[1]][2]
        row[8] = table.part_digest(
            row[2], chunk, row[4], row[4] + row[5], row[3], table.rows["blob"][number][1]
        )

    return change


def _valid(file, generator):
    group = file.group("tables", statements=[], accepts_testing=True)
    empty = Table(generator).publish()
    group.case("no record", changes=empty.statements, table=empty.fields)
    table = Table(generator)
    ingest = table.ingest()
    _fill(table, generator, ingest, 0, 0, 6)
    _fill(table, generator, ingest, 1, 0, 8)
    _fill(table, generator, ingest, 2, 0, 1)
    table.publish()
    group.case(
        "one ingest, which gives the same data when it is done again",
        ["Rewritten"],
        changes=table.statements,
        is_ingested_again=True,
        table=table.fields,
    )


def _base(file, generator):
    table = _table(generator)
    group = file.group(
        "one table and what can be wrong with it",
        statements=table.statements,
        accepts_testing=True,
    )
    group.case("as it should be", changes=[], table=table.fields)
    cases = _Cases(group, table)
    cases.accepted("without deleted records", [], lambda t: t.rows["tombstone"].clear())
    cases.accepted("all records of a chunk are deleted", [], lambda t: t.delete(2, [0, 1, 2]))
    cases.accepted("no persons are counted", [], _set("ingest", 1, 3, None))
    return table, cases


def _headers(cases, generator):
    cases.raw("no application", ["Header"], "not a Cryptally table: an SQLite file of no application", ["PRAGMA application_id = 0"])
    cases.raw("another application", ["Header"], "not a Cryptally table: another file", ["PRAGMA application_id = 1"])
    for version in (0, 1, 3):
        cases.raw(
            f"version {version}",
            ["Version"],
            f"table format version {version}; this program reads version 2",
            [f"PRAGMA user_version = {version}"],
        )
    layout = "layout: it is not that of version 2"
    for comment, changes in (
        ("a trigger", ["CREATE TRIGGER t AFTER INSERT ON blob BEGIN DELETE FROM blob; END"]),
        ("a view", ["CREATE VIEW v AS SELECT * FROM blob"]),
        ("an index", ["CREATE INDEX i ON part (batch_id)"]),
        ("a further table", ["CREATE TABLE t (id INTEGER PRIMARY KEY)"]),
        ("a table less", ["DROP TABLE tombstone"]),
        ("a table of another name", ["ALTER TABLE blob RENAME TO blobs"]),
        ("a further column", ["ALTER TABLE blob ADD COLUMN x INTEGER"]),
        ("a table without STRICT", ["DROP TABLE blob", LAYOUT[-1].removesuffix(" STRICT")]),
        ("tables in another order", ["DROP TABLE description", LAYOUT[0]]),
        (
            "a view in a table's place",
            ["DROP TABLE blob", "CREATE VIEW blob AS SELECT 1 AS id, x'00' AS bytes"],
        ),
    ):
        cases.raw(comment, ["Layout"], layout, changes)


def _descriptions(cases, generator):
    part = "description: "
    cases.refused("no description", ["Missing"], part + "it is missing", lambda t: t.rows["description"].clear(), False)

    def envelope_of(data):
        return lambda t: t.rows.update(description={1: [1, data]})

    original = cases._table.rows["description"][1][1]
    for comment, text, data in (
        ("empty", "its description: not a Cryptally file", b""),
        ("cut short", "its description: cut short at payload and digest", original[:-1]),
        ("with a byte more", "its description: 1 bytes after its end", original + b"\0"),
        ("with a flipped bit", "its description: its digest does not match", original[:90] + b"\xff" + original[91:]),
        (
            "that is a journal",
            "its description: is of kind 'journal' where 'table description' is needed",
            envelope("journal", 2, True, bytes(32), bytes(32), original[88:-32]),
        ),
    ):
        cases.refused(f"a description {comment}", ["Description"], part + text, envelope_of(data))
    cases.refused(
        "a description of version 1",
        ["Description", "Version"],
        part + "its description: format version 1; this program reads version 2",
        lambda t: t.describe(version=1),
    )
    cases.refused(
        "another description",
        ["Digest"],
        "catalogue: it does not match its digest",
        lambda t: t.describe(testing=False),
        False,
    )
    cases.refused("no state", ["Missing"], "state: it is missing", lambda t: t.rows["state"].clear(), False)
    for length in (0, 31, 33):
        cases.refused(
            f"a digest of {length} bytes over everything",
            ["Digest"],
            "state: a digest has the wrong length",
            _set("state", 1, 2, bytes(length)),
            False,
        )
    cases.refused(
        "another digest over everything",
        ["Digest"],
        "catalogue: it does not match its digest",
        _set("state", 1, 2, generator.randbytes(32)),
        False,
    )


def _chunks(cases):
    chunks, unmatched = "list of chunks: ", "catalogue: it does not match its digest"
    for comment, batch, column, value, text in (
        ("a batch begins too late", 2, 3, 6, "slots are missing"),
        ("a batch begins too early", 2, 3, 4, "slots are missing"),
        ("a batch begins before 0", 1, 3, -1, "a count is out of range"),
        ("a batch has no slot", 3, 4, 0, "slots are missing"),
        ("a batch has −1 slots", 3, 4, -1, "a count is out of range"),
        ("a batch has 2^32 slots", 3, 4, 1 << 32, "a count is out of range"),
        ("a batch has 2^63 − 1 slots", 3, 4, (1 << 63) - 1, "a count is out of range"),
        ("a chunk of number −1", 3, 2, -1, "a count is out of range"),
        ("a chunk with more records than slots", 2, 4, 4, "a chunk has more records than slots"),
    ):
        cases.refused(comment, ["Chunks"], chunks + text, _set("batch", batch, column, value), False)

    def appended(table):
        for slot in range(64):
            table.slots_per_chunk = 100
            table.batch(2, 2, 3 + slot, 1)

    cases.refused("a chunk that was appended to 64 times", ["Chunks"], chunks + "slots are missing", appended, False)
    cases.refused(
        "a batch of no ingest is not counted",
        ["Digest"],
        unmatched,
        _set("batch", 3, 1, 77),
        False,
    )
    cases.refused(
        "an ingest is no longer published",
        ["Chunks"],
        chunks + "slots are missing",
        _set("ingest", 1, 2, 0),
        False,
    )
    cases.refused("an ingest that is published unsaid", ["Digest"], unmatched, _set("ingest", 3, 2, 1), False)
    cases.refused("another number of a person's records", ["Digest"], unmatched, _set("ingest", 1, 3, 1), False)
    cases.refused(
        "−1 records of a person", ["Persons"], "list of ingests: a count is out of range", _set("ingest", 1, 3, -1), False
    )
    cases.refused("a chunk's number", ["Digest"], unmatched, _set("batch", 3, 2, 1), False)


def _tombstones(cases):
    text = "list of deleted records: it names records that there are not"
    for comment, chunk, slots in (
        ("slot 8 of 8", 0, b"\0\1"),
        ("slot 3 of 3", 2, b"\x08"),
        ("the slot of a record that is not published", 3, b"\1"),
        ("a chunk that there is not", 1, b"\1"),
        ("no slot", 2, b"\0"),
        ("nothing", 2, b""),
        ("a last byte of 0", 0, b"\2\0"),
    ):
        cases.refused(
            f"deleted: {comment}",
            ["Tombstones"],
            text,
            lambda t, chunk=chunk, slots=slots: t.rows["tombstone"].update({chunk: [chunk, slots]}),
            False,
        )
    cases.refused(
        "deleted: a chunk of number −1",
        ["Tombstones"],
        "list of deleted records: a count is out of range",
        lambda t: t.rows["tombstone"].update({-1: [-1, b"\1"]}),
        False,
    )
    cases.refused(
        "a record is no longer deleted",
        ["Digest"],
        "catalogue: it does not match its digest",
        lambda t: t.delete(0, [1]),
        False,
    )


def _catalogue(cases, table):
    """The list of columns."""
    columns = "list of columns: "
    # The parts of the third batch: two ciphertexts, two clear columns, two Paillier blocks.
    first = next(number for number, row in table.rows["part"].items() if row[1] == 3)
    clear, paillier = first + 2, first + 4
    for comment, part, column, value, text in (
        ("a part of kind 3", first, 2, 3, columns + "a column belongs to no chunk"),
        ("a part of kind −1", first, 2, -1, columns + "a column belongs to no chunk"),
        ("a part begins before 0", first, 4, -1, columns + "a count is out of range"),
        ("a part of 2^32 bytes", first, 6, 1 << 32, columns + "a count is out of range"),
        ("a digest of 31 bytes", first, 8, bytes(31), columns + "a digest has the wrong length"),
        ("a ciphertext that does not cover its records", first, 5, 2, "chunk 1: a ciphertext does not cover"),
        ("a clear column that does not cover its records", clear, 5, 2, "chunk 1: the column 'state' does not cover"),
        ("a Paillier block that does not cover its records", paillier, 4, 1, "chunk 1: the column '0' does not cover"),
        ("Paillier records of unequal size", paillier, 6, 25, "chunk 1: Paillier block 0 has records of unequal size"),
        ("Paillier records of another size than before", paillier, 6, 27, "chunk 1: its column 'Paillier block 0' is missing or differs"),
        ("Paillier records of no bytes", paillier, 6, 0, "chunk 1: its column 'Paillier block 0' is missing or differs"),
        ("a column of another name", clear, 3, "City", "chunk 1: its column 'City' is missing or differs"),
    ):
        cases.refused(comment, ["Catalogue"], text, _set("part", part, column, value), False)

    def without(*numbers):
        def change(t):
            for number in numbers:
                del t.rows["part"][number]
                del t.rows["blob"][number]

        return change

    for comment, number, name in (
        ("a ciphertext column is missing", first, "occupied"),
        ("a clear column is missing", clear, "state"),
        ("a Paillier block is missing", paillier, "Paillier block 0"),
    ):
        cases.refused(
            comment, ["Catalogue"], f"chunk 1: its column '{name}' is missing or differs", without(number), False
        )
    appended = next(number for number, row in table.rows["part"].items() if row[1] == 2) + 2
    cases.refused(
        "a clear column was not appended to",
        ["Catalogue"],
        "chunk 0: the column 'state' does not cover its records",
        without(appended),
        False,
    )
    cases.refused(
        "a ciphertext was not appended to",
        ["Catalogue"],
        "chunk 0: a ciphertext does not cover its records",
        without(appended - 2),
        False,
    )
    unmatched = "catalogue: it does not match its digest"
    for comment, column, value in (
        ("a part's key, in all its batches", 3, "statf"),
        ("a part's statistics", 7, b""),
        ("a part's digest", 8, bytes(32)),
    ):

        def change(t, column=column, value=value):
            for row in t.rows["part"].values():
                if row[3] == "state":
                    row[column] = value

        cases.refused(comment, ["Digest"], unmatched, change, False)


def _contents(cases, table):
    """What is found only when the bytes are read."""
    ciphertext = next(
        number for number, row in table.rows["part"].items() if row[1] == 3 and row[2] == CIPHERTEXT
    )
    clear, paillier = ciphertext + 2, ciphertext + 4
    unmatched = "it does not match its digest"
    for number, place in (
        (ciphertext, "chunk 1, column 'occupied'"),
        (clear, "chunk 1, column 'state'"),
        (paillier, "chunk 1, Paillier block 0"),
    ):
        data = table.rows["blob"][number][1]
        for comment, change in (
            ("with a flipped bit", _set("blob", number, 1, bytes([data[0] ^ 1]) + data[1:])),
            ("cut short", _set("blob", number, 1, data[:-1])),
            ("with a byte more", _set("blob", number, 1, data + b"\0")),
            ("missing", lambda t, number=number: t.rows["blob"].pop(number)),
        ):
            cases.refused(f"{place}: bytes {comment}", ["Bytes"], f"{place}: {unmatched}", change, False)

    def exchanged(t):
        a, b = t.rows["blob"][ciphertext], t.rows["blob"][ciphertext + 1]
        a[1], b[1] = b[1], a[1]

    cases.refused(
        "two columns change places",
        ["Bytes"],
        f"chunk 1, column 'amount/0': {unmatched}",
        exchanged,
        False,
    )
    place = "chunk 1, column 'state': "
    cells = ["NW", None, "BY"]
    for comment, data, text in (
        ("of other slots", cells_layout([*cells, None]).bytes, "slot count is 4; at most 3 is allowed"),
        ("cut short", cells_layout(cells).bytes[:-1], "cut short at codes"),
        ("with a byte more", cells_layout(cells).bytes + b"\0", "1 bytes after its end"),
        ("in another order", cells_layout(cells, values=["NW", "BY"]).bytes, "value: values are not ascending"),
        ("with a code too high", cells_layout(cells, codes=[3, 0, 1]).bytes, "codes: a code names no value"),
        ("that are not UTF-8", cells_layout(cells, values=[b"\xff"], codes=[0, 0, 0]).bytes, "value: it is not valid UTF-8"),
    ):
        cases.refused(
            f"cells {comment}", ["Cells"], f"{place}{place}{text}", _redigested(clear, data=data)
        )
    good = Statistics(cells)
    for comment, data, text in (
        ("empty", b"", "cut short at record count"),
        ("with a byte more", good.layout().bytes + b"\0", "1 bytes after its end"),
        ("with more NULLs than records", good.layout(nulls=4).bytes, "NULL count is 4; at most 3 is allowed"),
    ):
        cases.refused(
            f"statistics {comment}", ["Statistics"], f"{place}{place}{text}", _redigested(clear, 7, data)
        )


def _production(file, table):
    group = file.group("for services", statements=table.statements, accepts_testing=False)
    group.case(
        "made for tests",
        ["Testing"],
        "invalid",
        ("TableError", _FILE + "made for tests, without security"),
        changes=[],
    )
    real = table.copy()
    real.testing = False
    real.describe()
    real.publish()
    group.case("not made for tests", changes=table.changes_to(real), table=real.fields)


def files():
    generator = random.Random(8108)
    file = VectorFile(
        "format/table.json",
        "format.table",
        "Tables: SQLite files, each made by its statements, opened and read to the last byte.",
        "formats/table_files.py",
        {
            "Rewritten": "The same batches, staged by an ingest, have the same digest.",
            "Header": "The file is of another application.",
            "Version": "A version of the format that there is not.",
            "Layout": "The file holds something else than a table's tables, which could act.",
            "Missing": "A row that must be there.",
            "Description": "The description is damaged or none.",
            "Digest": "The digest over everything does not fit.",
            "Chunks": "The batches do not follow one another.",
            "Persons": "A count that there cannot be.",
            "Tombstones": "Records are deleted that there are not, or not in the one way to say so.",
            "Catalogue": "Columns are missing, or are not over all records.",
            "Bytes": "What is stored is not what the catalogue says.",
            "Cells": "Digests fit, and a clear column's bytes are wrong.",
            "Statistics": "Digests fit, and a clear column's statistics are wrong.",
            "Testing": "Made for tests, where that is not accepted.",
        },
    )
    _valid(file, generator)
    table, cases = _base(file, generator)
    _headers(cases, generator)
    _descriptions(cases, generator)
    _chunks(cases)
    _tombstones(cases)
    _catalogue(cases, table)
    _contents(cases, table)
    _production(file, table)
    return [file]
