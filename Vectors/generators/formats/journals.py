"""The journals beside tables."""

import random

from common.edits import UNCHANGED, whole
from common.vectorfile import VectorFile
from common.wire import Layout, boolean, envelope, u32
from formats.forging import (
    COMMON_FLAGS,
    ENVELOPE_FLAGS,
    add_envelope_cases,
    add_first_cuts,
    cut_short,
    over_limit,
    payload_cut,
    payload_extended,
    trailing,
    wrong,
)


def _journal(generator):
    file = VectorFile(
        "format/journal.json",
        "format.journal",
        "Which sources a table has taken; it stands beside the table and is never uploaded.",
        "formats/journals.py",
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
        return (
            generator.randbytes(32),
            generator.randbytes(32),
            generator.randbytes(16),
            is_finished,
        )

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
    add_first_cuts(group, body, payload_cut)
    group.case(
        "one byte more",
        ["Trailing"],
        "invalid",
        trailing(1),
        input=payload_extended(body.bytes, b"\0"),
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
    generator = random.Random(8113)
    return [_journal(generator)]
