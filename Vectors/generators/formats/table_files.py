"""Tables: what opening and reading them must check."""

import random

from common.vectorfile import VectorFile
from common.wire import envelope
from formats.table_cases import FILE, TableCases, set_value
from formats.table_catalogues import add_catalogue_cases, add_content_cases
from formats.tables import CIPHERTEXT, LAYOUT, PAILLIER, Table

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
    cases = TableCases(group, table)
    cases.accepted("without deleted records", [], lambda t: t.rows["tombstone"].clear())
    cases.accepted("all records of a chunk are deleted", [], lambda t: t.delete(2, [0, 1, 2]))
    cases.accepted("no persons are counted", [], set_value("ingest", 1, 3, None))
    return table, cases


def _headers(cases, generator):
    cases.raw(
        "no application",
        ["Header"],
        "not a Cryptally table: an SQLite file of no application",
        ["PRAGMA application_id = 0"],
    )
    cases.raw(
        "another application",
        ["Header"],
        "not a Cryptally table: another file",
        ["PRAGMA application_id = 1"],
    )
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
    cases.refused(
        "no description",
        ["Missing"],
        part + "it is missing",
        lambda t: t.rows["description"].clear(),
        False,
    )

    def envelope_of(data):
        return lambda t: t.rows.update(description={1: [1, data]})

    original = cases._table.rows["description"][1][1]
    for comment, text, data in (
        ("empty", "its description: not a Cryptally file", b""),
        ("cut short", "its description: cut short at payload and digest", original[:-1]),
        ("with a byte more", "its description: 1 bytes after its end", original + b"\0"),
        (
            "with a flipped bit",
            "its description: its digest does not match",
            original[:90] + b"\xff" + original[91:],
        ),
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
    cases.refused(
        "no state", ["Missing"], "state: it is missing", lambda t: t.rows["state"].clear(), False
    )
    for length in (0, 31, 33):
        cases.refused(
            f"a digest of {length} bytes over everything",
            ["Digest"],
            "state: a digest has the wrong length",
            set_value("state", 1, 2, bytes(length)),
            False,
        )
    cases.refused(
        "another digest over everything",
        ["Digest"],
        "catalogue: it does not match its digest",
        set_value("state", 1, 2, generator.randbytes(32)),
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
    ):
        cases.refused(
            comment, ["Chunks"], chunks + text, set_value("batch", batch, column, value), False
        )

    def narrowed(table):
        table.slots_per_chunk = 7
        table.describe()

    cases.refused(
        "a chunk with more records than slots",
        ["Chunks"],
        chunks + "a chunk has more records than slots",
        narrowed,
    )

    def appended(table):
        for slot in range(64):
            table.slots_per_chunk = 100
            table.batch(2, 2, 3 + slot, 1)

    cases.refused(
        "a chunk that was appended to 64 times",
        ["Chunks"],
        chunks + "slots are missing",
        appended,
        False,
    )
    cases.refused(
        "a batch of no ingest is not counted",
        ["Digest"],
        unmatched,
        set_value("batch", 3, 1, 77),
        False,
    )
    cases.refused(
        "an ingest is no longer published",
        ["Chunks"],
        chunks + "slots are missing",
        set_value("ingest", 1, 2, 0),
        False,
    )
    cases.refused(
        "an ingest that is published unsaid",
        ["Digest"],
        unmatched,
        set_value("ingest", 3, 2, 1),
        False,
    )
    cases.refused(
        "another number of a person's records",
        ["Digest"],
        unmatched,
        set_value("ingest", 1, 3, 1),
        False,
    )
    cases.refused(
        "−1 records of a person",
        ["Persons"],
        "list of ingests: a count is out of range",
        set_value("ingest", 1, 3, -1),
        False,
    )
    cases.refused("a chunk's number", ["Digest"], unmatched, set_value("batch", 3, 2, 1), False)


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


def _production(file, table):
    group = file.group("for services", statements=table.statements, accepts_testing=False)
    group.case(
        "made for tests",
        ["Testing"],
        "invalid",
        ("TableError", FILE + "made for tests, without security"),
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
    add_catalogue_cases(cases, table)
    add_content_cases(cases, table)
    _production(file, table)
    return [file]
