"""The custodian's ledger and its head."""

import hashlib
import random

from common.chacha import xchacha20_poly1305_seal
from common.digests import digest
from common.edits import UNCHANGED, append, cut, edited, replace, whole
from common.vectorfile import VectorFile
from common.wire import Layout, boolean, envelope, i64, signed, string, u16, u32, u64
from formats.claim_keys import ClaimKeys
from formats.forging import COMMON_FLAGS, cut_short, field_edges

_CONTEXT = "Cryptally ledger entry"
_HEAD = "Cryptally ledger head"


class _Entry:
    """What an entry says beside its place in the chain."""

    def __init__(self, generator, **parts):
        self.reason = parts.get("reason")
        self.query = parts.get("query", "SELECT count(*) FROM claims")
        self.plan, self.policy = generator.randbytes(32), parts.get("policy", "minimum_cohort: 11\n")
        self.tables = [
            (generator.randbytes(16), generator.randbytes(32), 4711, largest)
            for largest in parts.get("largest", (0,))
        ]
        self.cells, self.withheld = parts.get("cells", (0, 0))
        self.cohorts = [
            (generator.randbytes(32), place, count) for place, count in parts.get("cohorts", ())
        ]
        self.budget, self.time = parts.get("budget"), parts.get("time", 1_790_000_000)

    def layout(self, index, previous, changes=()):
        changes = dict(changes)
        result = Layout()

        def add(name, data):
            result.add(name, changes.get(name, data))

        add("version", u16(1))
        add("index", u64(index))
        add("time", i64(self.time))
        add("digest of the entry before", previous)
        add("outcome", boolean(self.reason is None))
        if self.reason is not None:
            add("reason", string(self.reason))
        add("query", string(self.query))
        add("plan digest", self.plan)
        add("number of tables", u32(len(self.tables)))
        for identifier, snapshot, records, largest in self.tables:
            add("table identifier", identifier)
            add("table snapshot", snapshot)
            add("table records", u64(records))
            add("records of one person", u64(largest))
        add("policy", string(self.policy))
        add("number of cells", u64(self.cells))
        add("number of withheld cells", u64(self.withheld))
        add("number of cohorts", u32(len(self.cohorts)))
        for group, place, count in self.cohorts:
            add("group", group)
            add("aggregate", u32(place))
            add("contributors", i64(count))
        add("budget flag", boolean(self.budget))
        if self.budget:
            add("budget spent", i64(self.budget[0]))
            add("budget left", i64(self.budget[1]))
        return result

    @property
    def fields(self):
        result = {
            "time": self.time,
            "query": self.query,
            "plan_digest": self.plan.hex(),
            "tables": [
                {
                    "identifier": identifier.hex(),
                    "snapshot": snapshot.hex(),
                    "records": records,
                    **({"largest_person_count": largest} if largest else {}),
                }
                for identifier, snapshot, records, largest in self.tables
            ],
            "policy": self.policy,
            "cells": self.cells,
            "withheld": self.withheld,
            "cohorts": [
                {"group": group.hex(), "aggregate": place, "count": count}
                for group, place, count in self.cohorts
            ],
        }
        if self.reason is not None:
            result["reason"] = self.reason
        if self.budget:
            result["spent"], result["left"] = self.budget
        return result


class _Ledger:
    """A ledger that grows, and the head that follows it."""

    def __init__(self, keys, identifier):
        self.keys = keys
        self.beginning = envelope(
            "ledger", 1, True, keys.layout_fingerprint, keys.fingerprint, identifier
        )
        self.bytes = self.beginning
        self.digests = [digest(self.beginning, "Cryptally ledger beginning")]
        self.entries = []

    @property
    def count(self):
        return len(self.entries)

    @property
    def last(self):
        return self.digests[-1]

    def signed(self, body, seed=None, context=_CONTEXT):
        payload = signed(body, context, seed or self.keys.seed)
        return u32(len(payload)) + payload

    def add(self, entry):
        block = self.signed(entry.layout(self.count, self.last).bytes)
        self.bytes += block
        self.digests.append(digest(block[4:], _CONTEXT))
        self.entries.append(entry)
        return self

    def head(self, nonce, count=None, last=None, **changes):
        message = u64(self.count if count is None else count) + (self.last if last is None else last)
        return self.head_of(changes.pop("message", message), nonce, **changes)

    def head_of(self, message, nonce, **changes):
        keys = self.keys
        fingerprint = changes.get("fingerprint", keys.fingerprint)
        key = hashlib.blake2b(
            changes.get("domain", _HEAD).encode(),
            digest_size=32,
            key=changes.get("seed", keys.seed),
        ).digest()
        box = nonce + xchacha20_poly1305_seal(key, nonce, message, changes.get("bound", fingerprint))
        return envelope(
            "ledger head",
            changes.get("version", 1),
            True,
            keys.layout_fingerprint,
            fingerprint,
            changes.get("box", box),
        )


def _entries(generator):
    return [
        _Entry(generator, cells=(3, 1), cohorts=((0, 120), (1, 35)), largest=(0, 7)),
        _Entry(generator, reason="refused", time=-1, policy=""),
        _Entry(generator, budget=(500_000, 9_500_000), query="SELECT sum(\"β\") FROM claims"),
        _Entry(generator, cells=(1 << 40, 0), cohorts=((0, -5),), largest=()),
    ]


def _valid(group, ledger, entries, nonce, generator):
    """Every number of entries with the head that fits, and the states that a crash leaves."""
    empty = ledger.head(nonce, 0, digest(b"", _HEAD))

    def accepted(comment, flags, head, torn=b""):
        group.case(
            comment,
            flags,
            input=whole(ledger.bytes + torn),
            head=head.hex(),
            entries=[entry.fields for entry in ledger.entries],
            torn_bytes=len(torn),
        )

    accepted("no entry, and a head of no ledger", ["Fresh"], empty)
    accepted("no entry", [], ledger.head(nonce))
    for entry in entries:
        before = ledger.head(nonce)
        ledger.add(entry)
        accepted(f"{ledger.count} entries", [], ledger.head(nonce))
        accepted(f"{ledger.count} entries, the head one behind", ["Crash"], before)
    block = ledger.signed(_Entry(generator).layout(ledger.count, ledger.last).bytes)
    for length in (1, 3, 4, 5, len(block) - 1):
        accepted(f"{length} bytes of another entry", ["Crash"], ledger.head(nonce), block[:length])
    accepted("bytes that are no entry behind the last", ["Crash"], ledger.head(nonce), u32(1) * 3)
    group.case(
        "without the head, cut inside another entry",
        ["Crash", "NoHead"],
        input=whole(ledger.bytes + block[:-1]),
        entries=[entry.fields for entry in ledger.entries],
        torn_bytes=len(block) - 1,
    )
    group.case(
        "without the head",
        ["NoHead"],
        input=UNCHANGED,
        entries=[entry.fields for entry in ledger.entries],
        torn_bytes=0,
    )


def _bad_heads(group, ledger, nonce, generator):
    def refused(comment, flags, error, head):
        group.case(comment, flags, "invalid", error, input=UNCHANGED, head=head.hex())

    good = ledger.head(nonce)
    last = ledger.count - 1
    altered = ("LedgerError", "vector.head: it is not sealed by this secret key, or it was altered")
    refused(
        "the head's digest is another's",
        ["Digest"],
        ("WireError", "vector.head: its digest does not match"),
        good[:-1] + bytes([good[-1] ^ 1]),
    )
    refused(
        "a head of version 2",
        [],
        ("WireError", "vector.head: format version 2; this program reads version 1"),
        ledger.head(nonce, version=2),
    )
    refused(
        "the ledger as its head",
        [],
        ("WireError", "vector.head: is of kind 'ledger' where 'ledger head' is needed"),
        ledger.beginning,
    )
    for comment, changes in (
        ("another seed", {"seed": generator.randbytes(32)}),
        ("another domain", {"domain": "Cryptally ledger"}),
        ("another fingerprint inside", {"bound": generator.randbytes(32)}),
    ):
        refused(f"sealed under {comment}", ["Seal"], altered, ledger.head(nonce, **changes))
    for length in (0, 39, 40):
        refused(f"a box of {length} bytes", ["Seal"], altered, ledger.head(nonce, box=bytes(length)))
    message = u64(ledger.count) + ledger.last
    for length, name in ((0, "number of entries"), (7, "number of entries"), (39, "digest of the last entry")):
        refused(
            f"{length} bytes are sealed",
            ["CutShort", "Sealed"],
            ("WireError", f"vector.head: cut short at {name}"),
            ledger.head(nonce, message=message[:length]),
        )
    refused(
        "41 bytes are sealed",
        ["Trailing", "Sealed"],
        ("WireError", "vector.head: 1 bytes after its end"),
        ledger.head(nonce, message=message + b"\0"),
    )
    refused(
        "the head counts 2^63 entries",
        ["Sealed"],
        altered,
        ledger.head(nonce, 1 << 63),
    )
    refused(
        "the ledger was rolled back",
        ["Rollback"],
        ("LedgerError", f"vector has {ledger.count} entries, vector.head counts {ledger.count + 1}"),
        ledger.head(nonce, ledger.count + 1),
    )
    refused(
        "the head was rolled back",
        ["Rollback"],
        ("LedgerError", f"vector has {ledger.count} entries, vector.head counts {last - 1}"),
        ledger.head(nonce, last - 1, ledger.digests[last - 1]),
    )
    refused(
        "the head names another entry",
        ["Chain"],
        ("LedgerError", f"vector: entry {last} is not the one that vector.head names"),
        ledger.head(nonce, last=generator.randbytes(32)),
    )
    refused(
        "the head that is one behind names another entry",
        ["Chain"],
        ("LedgerError", f"vector: entry {last - 1} is not the one that vector.head names"),
        ledger.head(nonce, last, ledger.last),
    )


def _bad_ledgers(group, ledger, nonce, generator):
    good, start = ledger.bytes, len(ledger.beginning)
    head = ledger.head(nonce).hex()

    def refused(comment, flags, error, source, has_head=True):
        fields = {"head": head} if has_head else {}
        group.case(comment, flags, "invalid", error, input=source, **fields)

    def ledger_error(text):
        return ("LedgerError", f"vector: {text}")

    refused(
        "the beginning's digest is another's",
        ["Digest"],
        ("WireError", "vector: its digest does not match"),
        edited(replace(90, b"\0\0\0")),
    )
    refused(
        "cut inside the beginning",
        ["CutShort"],
        cut_short("payload and digest"),
        edited(cut(start - 1)),
    )
    other = generator.randbytes(32)
    foreign = envelope("ledger", 1, True, ledger.keys.layout_fingerprint, other, bytes(16))
    refused(
        "the ledger of other keys",
        ["Foreign"],
        ("LedgerError", f"vector belongs to the public key {other.hex()}"),
        whole(foreign),
    )
    exchanged = envelope(
        "ledger", 1, True, ledger.keys.layout_fingerprint, ledger.keys.fingerprint, bytes(16)
    )
    refused(
        "another beginning",
        ["Chain"],
        ledger_error("entry 0 does not follow the one before it"),
        whole(exchanged + good[start:]),
    )
    # Where the entries begin.
    places, place = [], start
    while place < len(good):
        places.append(place)
        place += 4 + int.from_bytes(good[place : place + 4], "little")
    blocks = [good[a:b] for a, b in zip(places, [*places[1:], len(good)])]
    for index in (0, len(places) - 1):
        refused(
            f"cut inside entry {index}",
            ["CutShort"],
            ledger_error(f"entry {index} is cut short"),
            edited(cut(places[index] + 100)),
        )
        refused(
            f"cut inside the length of entry {index}",
            ["CutShort"],
            ledger_error(f"entry {index} is cut short"),
            edited(cut(places[index] + 3)),
        )
        refused(
            f"a bit of entry {index}",
            ["Signature"],
            ledger_error(f"entry {index} is not signed by the custodian"),
            edited(replace(places[index] + 20, bytes([good[places[index] + 20] ^ 1]))),
        )
        end = places[index] + len(blocks[index]) - 1
        refused(
            f"a bit of the signature of entry {index}",
            ["Signature"],
            ledger_error(f"entry {index} is not signed by the custodian"),
            edited(replace(end, bytes([good[end] ^ 1]))),
        )
        refused(
            f"entry {index} is as long as a signature",
            ["CutShort"],
            ("WireError", f"vector, entry {index}: cut short at signature"),
            edited(replace(places[index], u32(64))),
        )
        refused(
            f"entry {index} is longer than entries are",
            ["Limit"],
            ledger_error(f"entry {index} is larger than an entry may be"),
            edited(replace(places[index], u32((1 << 26) + 1))),
        )
    refused(
        "an entry is missing",
        ["Chain"],
        ledger_error("entry 1 does not follow the one before it"),
        whole(ledger.beginning + blocks[0] + b"".join(blocks[2:])),
    )
    refused(
        "two entries change places",
        ["Chain"],
        ledger_error("entry 1 does not follow the one before it"),
        whole(ledger.beginning + blocks[0] + blocks[2] + blocks[1] + blocks[3]),
    )
    refused(
        "an entry stands twice",
        ["Chain"],
        ledger_error("entry 1 does not follow the one before it"),
        whole(ledger.beginning + blocks[0] + b"".join(blocks)),
    )
    refused(
        "without the head, a bit of the last entry",
        ["Signature", "NoHead"],
        ledger_error("entry 3 is not signed by the custodian"),
        edited(replace(places[3] + 20, bytes([good[places[3] + 20] ^ 1]))),
        has_head=False,
    )

    # Entries that the custodian signed and that are wrong: in the last entry's place, counted by the head.
    entry, index = ledger.entries[0], 3

    def forged(comment, flags, error, body, **others):
        block = ledger.signed(body, **others)
        refused(
            comment,
            [*flags, "Forged"],
            error,
            edited(cut(places[index]), append(block)),
        )

    here = f"vector, entry {index}"
    cuts = {}
    for source in ledger.entries:
        layout = source.layout(index, ledger.digests[index])
        for name, length in field_edges(layout):
            cuts.setdefault(name, layout.bytes[:length])
    for name, body in cuts.items():
        forged(
            f"cut inside the {name}", ["CutShort"], ("WireError", f"{here}: cut short at {name}"), body
        )
    layout = entry.layout(index, ledger.digests[index])
    forged("one byte more", ["Trailing"], ("WireError", f"{here}: 1 bytes after its end"), layout.bytes + b"\0")
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
    changed("an outcome of 2", ["NotCanonical"], at("outcome: it is neither 0 nor 1"), outcome=b"\2")
    changed(
        "a budget flag of 2", ["NotCanonical"], at("budget flag: it is neither 0 nor 1"), budget_flag=b"\2"
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
        changed(f"2^63 as {name}", ["Limit"], at(f"{name}: it is too large"), **{name: u64(1 << 63)})


def files():
    generator = random.Random(8106)
    keys = ClaimKeys(generator, ["amount"])
    randomness, nonce = generator.randbytes(40), generator.randbytes(24)
    entries = _entries(generator)
    identifier = generator.randbytes(16)
    grown = _Ledger(keys, identifier)
    file = VectorFile(
        "format/ledger.json",
        "format.ledger",
        "The custodian's ledger of answers, each entry signed, and the sealed head that counts them.",
        "formats/ledgers.py",
        COMMON_FLAGS
        | {
            "Fresh": "The head that is made with the keys, before there is a ledger.",
            "Crash": "What a crash between entry and head leaves.",
            "NoHead": "The head is not looked at.",
            "Digest": "The digest does not fit what stands before it.",
            "Version": "A version of the format that there is not.",
            "Seal": "The head is not sealed by these keys.",
            "Sealed": "The head is sealed by these keys, and wrong inside.",
            "Rollback": "Ledger or head are older than the other.",
            "Chain": "An entry does not follow the one before it, or is not the one that was counted.",
            "Foreign": "The ledger of other keys.",
            "Signature": "The signature is not the custodian's.",
            "Forged": "The custodian signed something that is wrong.",
            "NotCanonical": "A flag that is neither 0 nor 1.",
            "Limit": "A number, count or length above what may stand there.",
            "Text": "A text that is not UTF-8.",
        },
    )
    for entry in entries:
        grown.add(entry)
    group = file.group(
        "one ledger",
        file=grown.bytes.hex(),
        secret_key=keys.secret_file(keys.secret_layout([]).bytes, randomness).hex(),
        passphrase=b"open sesame".hex(),
        head_randomness=nonce.hex(),
    )
    _valid(group, _Ledger(keys, identifier), entries, nonce, generator)
    _bad_heads(group, grown, nonce, generator)
    _bad_ledgers(group, grown, nonce, generator)
    return [file]
