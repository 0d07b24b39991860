"""What tables store: descriptions, ciphertexts, clear cells, statistics; and the journal beside them."""

import random

from common.edits import UNCHANGED, append, cut, edited, whole
from common.vectorfile import VectorFile
from common.wire import Layout, boolean, envelope, string, u8, u32
from formats.claim_keys import ClaimSchema, Ring
from formats.clear_columns import Statistics, cells_layout
from formats.forging import (
    COMMON_FLAGS,
    ENVELOPE_FLAGS,
    TESTING_FLAG,
    add_envelope_cases,
    cut_short,
    field_edges,
    over_limit,
    payload_cut,
    payload_extended,
    trailing,
    wrong,
)

_GENERATOR = "formats/table_parts.py"


def description_layout(identifier, slot_count, text, **changes):
    """The fields of a table's description."""
    result = Layout()
    result.add("table identifier", identifier)
    result.add("slots per chunk", changes.get("slots", u32(slot_count)))
    result.add("schema", changes.get("schema", string(text)))
    return result


def description_file(layout, parameters, key, testing=True, version=2):
    return envelope("table description", version, testing, parameters, key, layout.bytes)


def _field_cuts(group, layout, make, **fields):
    """Bytes that end inside each field of a name."""
    edges = {}
    for name, length in field_edges(layout):
        edges.setdefault(name, length)
    for name, length in edges.items():
        group.case(
            f"cut inside the {name}",
            ["CutShort"],
            "invalid",
            cut_short(name),
            input=make(length),
            **fields,
        )


def _descriptions(generator):
    file = VectorFile(
        "format/table-description.json",
        "format.table-description",
        "What a table is; it stands in the table's own file.",
        _GENERATOR,
        COMMON_FLAGS
        | ENVELOPE_FLAGS
        | TESTING_FLAG
        | {
            "Limit": "A count or length above what may stand there.",
            "Text": "A text that is not UTF-8.",
        },
    )
    text = ClaimSchema(["state", "amount", "cost"]).stored_text

    def fields(identifier, slots, schema, parameters, key, testing):
        return {
            "identifier": identifier.hex(),
            "slots_per_chunk": slots,
            "schema": schema,
            "parameter_fingerprint": parameters.hex(),
            "key_fingerprint": key.hex(),
            "is_testing": testing,
        }

    for testing in (False, True):
        names = generator.randbytes(32), generator.randbytes(32)
        identifier = generator.randbytes(16)
        layout = description_layout(identifier, 4096, text)
        group = file.group(
            "for tests" if testing else "for services",
            file=description_file(layout, *names, testing).hex(),
            accepts_testing=testing,
        )
        group.case(
            "as it should be", input=UNCHANGED, **fields(identifier, 4096, text, *names, testing)
        )
        add_envelope_cases(group, "table description", testing=testing)
        for slots, schema in ((1, ""), (1 << 20, "table: \0\n")):
            other = description_layout(identifier, slots, schema)
            group.case(
                f"{slots} slots, a schema of {len(schema)} bytes",
                input=whole(description_file(other, *names, testing)),
                **fields(identifier, slots, schema, *names, testing),
            )
    group.case(
        "version 1, which was before the first release",
        ["Version"],
        "invalid",
        ("WireError", "vector: format version 1; this program reads version 2"),
        input=whole(description_file(layout, *names, version=1)),
    )
    _field_cuts(group, layout, payload_cut)
    group.case(
        "one byte more", ["Trailing"], "invalid", trailing(1), input=payload_extended(layout.bytes, b"\0")
    )

    def refused(comment, flags, error, **changes):
        other = description_layout(identifier, 4096, text, **changes)
        group.case(comment, flags, "invalid", error, input=whole(description_file(other, *names)))

    refused("no slots", ["Limit"], wrong("slots per chunk", "it is 0"), slots=u32(0))
    slots, limit = (1 << 20) + 1, 1 << 22
    refused(
        f"{slots} slots", ["Limit"], over_limit("slots per chunk", slots, slots - 1), slots=u32(slots)
    )
    refused(
        f"a schema of {limit + 1} bytes",
        ["Limit"],
        over_limit("schema", limit + 1, limit),
        schema=u32(limit + 1),
    )
    refused(
        "a schema that is not UTF-8",
        ["Text"],
        wrong("schema", "it is not valid UTF-8"),
        schema=string(b"table: \xc0\x80"),
    )
    return file


def _ciphertexts(generator):
    file = VectorFile(
        "format/ciphertext.json",
        "format.ciphertext",
        "Lattice ciphertexts as tables store them.",
        _GENERATOR,
        COMMON_FLAGS
        | {
            "Level": "A number of ciphertext moduli that there is not.",
            "Parts": "A number of parts other than two.",
            "Residue": "A residue is not below its modulus.",
        },
    )
    for ring in (Ring(), Ring(degree=16, plaintext=97, count=3, bits=41)):
        count = len(ring.moduli)

        def layout(level, parts=2, polynomials=None):
            result = Layout()
            result.add("ciphertext level", u8(level))
            result.add("ciphertext part count", u8(parts))
            for polynomial in polynomials or [
                ring.polynomial(generator, ring.moduli[:level]) for _ in range(parts)
            ]:
                result.add("ciphertext part", polynomial)
            return result

        base = layout(count)
        group = file.group(
            f"degree {ring.degree}", file=base.bytes.hex(), parameters=ring.parameters.hex()
        )
        group.case("as it should be", input=UNCHANGED, level=count)
        for level in range(1, count):
            group.case(f"level {level}", input=whole(layout(level).bytes), level=level)
        _field_cuts(group, base, lambda length: edited(cut(length)))
        group.case(
            "cut inside the second part",
            ["CutShort"],
            "invalid",
            cut_short("ciphertext part"),
            input=edited(cut(len(base.bytes) - 1)),
        )
        group.case("one byte more", ["Trailing"], "invalid", trailing(1), input=edited(append(b"\0")))
        for level in (0, count + 1, 255):
            group.case(
                f"level {level}",
                ["Level"],
                "invalid",
                wrong("ciphertext level", "there is no such level"),
                input=whole(bytes([level]) + base.bytes[1:]),
            )
        for parts in (0, 1, 3):
            group.case(
                f"{parts} parts",
                ["Parts"],
                "invalid",
                wrong("ciphertext part count", "it is not 2"),
                input=whole(layout(count, parts).bytes),
            )
        for part in (0, 1):
            for limb in range(count):
                polynomials = [ring.polynomial(generator) for _ in range(2)]
                polynomials[part] = ring.raised(polynomials[part], ring.moduli, limb)
                group.case(
                    f"a residue of part {part} is modulus {limb}",
                    ["Residue"],
                    "invalid",
                    wrong("ciphertext part", "a residue is not below its modulus"),
                    input=whole(layout(count, 2, polynomials).bytes),
                )
    return file


def _cells():
    file = VectorFile(
        "format/clear-cells.json",
        "format.clear-cells",
        "The cells of a clear column: the distinct values once, and a code for each slot.",
        _GENERATOR,
        COMMON_FLAGS
        | {
            "Width": "So many values that codes have two bytes.",
            "Order": "The values are not ascending by their bytes, each once.",
            "Code": "A code that names no value.",
            "Limit": "A count or length that does not fit the slots.",
            "Text": "A text that is not UTF-8, or is so in more than one way.",
        },
    )
    group = file.group("columns")
    for comment, flags, cells in (
        ("one cell", [], ["x"]),
        ("NULL alone", [], [None, None]),
        ("an empty text is not NULL", [], ["", None, ""]),
        ("two spellings of a letter are two values", ["Text"], ["\u00e9", "e\u0301", None, "z", "Z"]),
        ("255 values", [], [f"{k:03}" for k in range(255)]),
        ("256 values", ["Width"], [None, *(f"{k:03}" for k in range(256))]),
    ):
        group.case(
            comment, flags, input=whole(cells_layout(cells).bytes), slots=len(cells), cells=cells
        )

    cells = ["b", None, "a", "b", "ccc"]
    base = cells_layout(cells)
    group = file.group("one column and what can be wrong with it", file=base.bytes.hex())
    group.case("as it should be", input=UNCHANGED, slots=5, cells=cells)
    _field_cuts(group, base, lambda length: edited(cut(length)), slots=5)

    def refused(comment, flags, error, slots=5, **changes):
        group.case(
            comment,
            flags,
            "invalid",
            error,
            input=whole(cells_layout(cells, **changes).bytes),
            slots=slots,
        )

    group.case(
        "one byte more", ["Trailing"], "invalid", trailing(1), input=edited(append(b"\0")), slots=5
    )
    refused("more slots than the batch has", ["Limit"], over_limit("slot count", 5, 4), slots=4)
    refused("fewer slots than the batch has", ["Limit"], wrong("slot count", "it is 5"), slots=6)
    refused("more values than slots", ["Limit"], over_limit("value count", 6, 5), value_count=6)
    group.case(
        "a value of more than 1048576 bytes",
        ["Limit"],
        "invalid",
        over_limit("value", (1 << 20) + 1, 1 << 20),
        input=whole(u32(5) + u32(1) + u32((1 << 20) + 1)),
        slots=5,
    )
    order = wrong("value", "values are not ascending")
    refused("values in another order", ["Order"], order, values=["b", "a", "ccc"])
    refused("a value twice", ["Order"], order, values=["a", "b", "b", "ccc"], codes=[1, 2, 3, 4, 0])
    refused("longer before shorter", ["Order"], order, values=["a", "ba", "b"], codes=[0] * 5)
    refused(
        "values that are not UTF-8",
        ["Text"],
        wrong("value", "it is not valid UTF-8"),
        values=[b"a", b"\xff"],
        codes=[0] * 5,
    )
    refused("a code above the values", ["Code"], wrong("codes", "a code names no value"), codes=[4, 0, 1, 2, 3])
    refused("codes of two bytes", ["Trailing"], trailing(5), width=2)
    return file


def _statistics():
    file = VectorFile(
        "format/clear-statistics.json",
        "format.clear-statistics",
        "What a table knows of a clear column's cells without reading them.",
        _GENERATOR,
        COMMON_FLAGS
        | {
            "Many": "So many values that they are not listed.",
            "Long": "A value is too long to be a bound.",
            "NotCanonical": "A flag that is neither 0 nor 1.",
            "Limit": "A count or length above what may stand there.",
            "Text": "A text that is not UTF-8.",
        },
    )
    group = file.group("columns")
    for comment, flags, order, cells in (
        ("texts", [], "bytes", ["NW", "BY", "NW", None]),
        ("numbers by size", [], "number", ["-10.00", "9.50", "-2.00", "10.00"]),
        ("the same as texts", [], "bytes", ["-10.00", "9.50", "-2.00", "10.00"]),
        ("NULL alone", [], "bytes", [None, None]),
        ("16 values", [], "number", [str(k) for k in range(16)]),
        ("17 values", ["Many"], "number", [str(k) for k in range(17)]),
        ("a value of 256 bytes", [], "bytes", ["é" * 128, "a"]),
        ("a value of 257 bytes", ["Long"], "bytes", ["x" * 257, "a"]),
    ):
        statistics = Statistics(cells, order)
        group.case(
            comment,
            flags,
            input=whole(statistics.layout().bytes),
            statistics=statistics.fields,
            cells=cells,
        )

    cells = ["NW", "BY", "NW", None]
    base = Statistics(cells)
    group = file.group("one column and what can be wrong with it", file=base.layout().bytes.hex())
    group.case("as it should be", input=UNCHANGED, statistics=base.fields, cells=cells)
    _field_cuts(group, base.layout(), lambda length: edited(cut(length)))

    def refused(comment, flags, error, **changes):
        group.case(
            comment, flags, "invalid", error, input=whole(base.layout(**changes).bytes)
        )

    group.case("one byte more", ["Trailing"], "invalid", trailing(1), input=edited(append(b"\0")))
    refused("more NULLs than records", ["Limit"], over_limit("NULL count", 5, 4), nulls=5)
    refused("an order of 2", [], wrong("order of values", "there is no such order"), order=2)
    for name, label in (("has_bounds", "whether there are bounds"), ("has_counts", "whether values are listed")):
        refused(
            f"{label}: 2", ["NotCanonical"], wrong(label, "it is neither 0 nor 1"), **{name: b"\2"}
        )
    refused("17 values", ["Limit"], over_limit("value count", 17, 16), value_count=17)
    refused(
        "a bound of 257 bytes",
        ["Limit"],
        over_limit("value", 257, 256),
        bounds=("BY", "x" * 257),
    )
    refused(
        "a value of 257 bytes",
        ["Limit"],
        over_limit("value", 257, 256),
        counts=[("BY", 1), ("x" * 257, 2)],
    )
    refused(
        "a bound that is not UTF-8",
        ["Text"],
        wrong("value", "it is not valid UTF-8"),
        bounds=("BY", b"\xff"),
    )
    refused(
        "more records of a value than records",
        ["Limit"],
        over_limit("records of a value", 5, 4),
        counts=[("BY", 5), ("NW", 2)],
    )
    return file


def _journal(generator):
    file = VectorFile(
        "format/journal.json",
        "format.journal",
        "Which sources a table has taken; it stands beside the table and is never uploaded.",
        _GENERATOR,
        COMMON_FLAGS
        | ENVELOPE_FLAGS
        | {
            "NotCanonical": "A flag that is neither 0 nor 1.",
            "Limit": "A count above what may stand there.",
        },
    )
    identifier, key = generator.randbytes(16), generator.randbytes(32)
    names = generator.randbytes(32), generator.randbytes(32)

    def layout(entries, **changes):
        result = Layout()
        result.add("table identifier", identifier)
        result.add("key", key)
        result.add("entry count", u32(changes.get("count", len(entries))))
        for source, reading, token, is_finished in entries:
            result.add("source", source)
            result.add("reading", reading)
            result.add("ingest", token)
            result.add("whether it is finished", changes.get("flag", boolean(is_finished)))
        return result

    def data(entries, version=2, **changes):
        return envelope("journal", version, True, *names, layout(entries, **changes).bytes)

    def entry(is_finished):
        return (generator.randbytes(32), generator.randbytes(32), generator.randbytes(16), is_finished)

    def fields(entries):
        return {
            "identifier": identifier.hex(),
            "key": key.hex(),
            "entries": [
                {
                    "source": source.hex(),
                    "reading": reading.hex(),
                    "ingest": token.hex(),
                    "is_finished": is_finished,
                }
                for source, reading, token, is_finished in entries
            ],
        }

    entries = [entry(True), entry(False)]
    group = file.group("one journal and what can be wrong with it", file=data(entries).hex())
    group.case("as it should be", input=UNCHANGED, **fields(entries))
    group.case("no entry", input=whole(data([])), **fields([]))
    add_envelope_cases(group, "journal", testing=True)
    group.case(
        "version 1, which was before the first release",
        ["Version"],
        "invalid",
        ("WireError", "vector: format version 1; this program reads version 2"),
        input=whole(data(entries, version=1)),
    )
    body = layout(entries)
    _field_cuts(group, body, payload_cut)
    group.case(
        "one byte more", ["Trailing"], "invalid", trailing(1), input=payload_extended(body.bytes, b"\0")
    )
    limit = (1 << 26) // 32
    group.case(
        f"{limit + 1} entries",
        ["Limit"],
        "invalid",
        over_limit("entry count", limit + 1, limit),
        input=whole(data(entries, count=limit + 1)),
    )
    group.case(
        "three entries where two are",
        ["CutShort"],
        "invalid",
        cut_short("source"),
        input=whole(data(entries, count=3)),
    )
    group.case(
        "a flag of 2",
        ["NotCanonical"],
        "invalid",
        wrong("whether it is finished", "it is neither 0 nor 1"),
        input=whole(data(entries, flag=b"\2")),
    )
    return file


def files():
    generator = random.Random(8107)
    return [
        _descriptions(generator),
        _ciphertexts(generator),
        _cells(),
        _statistics(),
        _journal(generator),
    ]
