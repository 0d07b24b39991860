"""Entries of ledgers: for each field what can be wrong with it."""

from common.edits import append, cut, edited
from common.wire import string, u16, u32, u64
from formats.forging import field_edges


def add_forged_entries(group, ledger, nonce, generator):
    """Entries that the custodian signed and that are wrong, in the last one's place: the head counts
    them."""
    entry, index = ledger.entries[0], ledger.count - 1
    head = ledger.head(nonce).hex()

    def ledger_error(text):
        return ("LedgerError", f"vector: {text}")

    def forged(comment, flags, error, body, **others):
        block = ledger.signed(body, **others)
        group.case(
            comment,
            [*flags, "Forged"],
            "invalid",
            error,
            input=edited(cut(ledger.places[index]), append(block)),
            head=head,
        )

    here = f"vector, entry {index}"
    cuts = {}
    for source in ledger.entries:
        layout = source.layout(index, ledger.digests[index])
        for name, length in field_edges(layout):
            cuts.setdefault(name, layout.bytes[:length])
    for name, body in cuts.items():
        forged(
            f"cut inside the {name}",
            ["CutShort"],
            ("WireError", f"{here}: cut short at {name}"),
            body,
        )
    layout = entry.layout(index, ledger.digests[index])
    forged(
        "one byte more",
        ["Trailing"],
        ("WireError", f"{here}: 1 bytes after its end"),
        layout.bytes + b"\0",
    )
    forged(
        "signed by another",
        ["Signature"],
        ledger_error(f"entry {index} is not signed by the custodian"),
        layout.bytes,
        seed=generator.randbytes(32),
    )
    forged(
        "signed for another context",
        ["Signature"],
        ledger_error(f"entry {index} is not signed by the custodian"),
        layout.bytes,
        context="Cryptally ledger entries",
    )

    def changed(comment, flags, error, refusal=None, **fields):
        source = refusal or entry
        named = {name.replace("_", " "): data for name, data in fields.items()}
        forged(comment, flags, error, source.layout(index, ledger.digests[index], named).bytes)

    def at(text):
        return ("WireError", f"{here}: {text}")

    for version in (0, 2):
        changed(
            f"an entry of version {version}",
            ["Version"],
            at(f"format version {version}; this program reads version 1"),
            version=u16(version),
        )
    for number in (2, 4):
        changed(
            f"the index is {number}",
            ["Chain"],
            ledger_error(f"entry {index} does not follow the one before it"),
            index=u64(number),
        )
    changed("the index is 2^63", ["Limit"], at("index: it is too large"), index=u64(1 << 63))
    changed(
        "the digest of the entry before is another",
        ["Chain"],
        ledger_error(f"entry {index} does not follow the one before it"),
        digest_of_the_entry_before=generator.randbytes(32),
    )
    changed(
        "an outcome of 2", ["NotCanonical"], at("outcome: it is neither 0 nor 1"), outcome=b"\2"
    )
    changed(
        "a budget flag of 2",
        ["NotCanonical"],
        at("budget flag: it is neither 0 nor 1"),
        budget_flag=b"\2",
    )
    limit = 1 << 17
    for name in ("query", "policy", "reason"):
        refusal = ledger.entries[1] if name == "reason" else None
        changed(
            f"a {name} of {limit + 1} bytes",
            ["Limit"],
            at(f"{name} is {limit + 1}; at most {limit} is allowed"),
            refusal,
            **{name: u32(limit + 1)},
        )
        changed(
            f"a {name} that is not UTF-8",
            ["Text"],
            at(f"{name}: it is not valid UTF-8"),
            refusal,
            **{name: string(b"\xed\xa0\x80")},
        )
    for name, most in (("number of tables", 1 << 16), ("number of cohorts", 1 << 20)):
        changed(
            f"{most + 1} as the {name}",
            ["Limit"],
            at(f"{name} is {most + 1}; at most {most} is allowed"),
            **{name: u32(most + 1)},
        )
    for name in ("table records", "records of one person"):
        changed(
            f"2^40 as {name}", ["Limit"], at(f"{name}: there are too many"), **{name: u64(1 << 40)}
        )
    for name in ("number of cells", "number of withheld cells"):
        changed(
            f"2^63 as {name}", ["Limit"], at(f"{name}: it is too large"), **{name: u64(1 << 63)}
        )
