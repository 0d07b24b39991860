"""What tables say of themselves."""

import random

from common.edits import UNCHANGED, whole
from common.vectorfile import VectorFile
from common.wire import Layout, envelope, string, u32
from formats.claim_keys import ClaimSchema
from formats.forging import (
    COMMON_FLAGS,
    ENVELOPE_FLAGS,
    TESTING_FLAG,
    add_envelope_cases,
    add_first_cuts,
    over_limit,
    payload_cut,
    payload_extended,
    trailing,
    wrong,
)


def description_layout(identifier, slot_count, text, **changes):
    """The fields of a table's description."""
    result = Layout()
    result.add("table identifier", identifier)
    result.add("slots per chunk", changes.get("slots", u32(slot_count)))
    result.add("schema", changes.get("schema", string(text)))
    return result


def description_file(layout, parameters, key, testing=True, version=2):
    return envelope("table description", version, testing, parameters, key, layout.bytes)


def _descriptions(generator):
    file = VectorFile(
        "format/table-description.json",
        "format.table-description",
        "What a table is; it stands in the table's own file.",
        "formats/table_descriptions.py",
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
    add_first_cuts(group, layout, payload_cut)
    group.case(
        "one byte more",
        ["Trailing"],
        "invalid",
        trailing(1),
        input=payload_extended(layout.bytes, b"\0"),
    )

    def refused(comment, flags, error, **changes):
        other = description_layout(identifier, 4096, text, **changes)
        group.case(comment, flags, "invalid", error, input=whole(description_file(other, *names)))

    refused("no slots", ["Limit"], wrong("slots per chunk", "it is 0"), slots=u32(0))
    slots, limit = (1 << 20) + 1, 1 << 22
    refused(
        f"{slots} slots",
        ["Limit"],
        over_limit("slots per chunk", slots, slots - 1),
        slots=u32(slots),
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


def files():
    generator = random.Random(8107)
    return [_descriptions(generator)]
