"""The custodian's ledger and its head."""

import random

from common.digests import digest
from common.edits import UNCHANGED, cut, edited, replace, whole
from common.vectorfile import VectorFile
from common.wire import envelope, u32, u64
from formats.claim_keys import ClaimKeys
from formats.forging import COMMON_FLAGS, cut_short
from formats.ledger_entries import add_forged_entries
from formats.ledger_model import HEAD_DOMAIN, Ledger, LedgerEntry


def _entries(generator):
    return [
        LedgerEntry(generator, cells=(3, 1), cohorts=((0, 120), (1, 35)), largest=(0, 7)),
        LedgerEntry(generator, reason="refused", time=-1, policy=""),
        LedgerEntry(generator, budget=(500_000, 9_500_000), query='SELECT sum("β") FROM claims'),
        LedgerEntry(generator, cells=(1 << 40, 0), cohorts=((0, -5),), largest=()),
    ]


def _valid(group, ledger, entries, nonce, generator):
    """Every number of entries with the head that fits, and the states that a crash leaves."""
    empty = ledger.head(nonce, 0, digest(b"", HEAD_DOMAIN))

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
    block = ledger.signed(LedgerEntry(generator).layout(ledger.count, ledger.last).bytes)
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
        refused(
            f"a box of {length} bytes", ["Seal"], altered, ledger.head(nonce, box=bytes(length))
        )
    message = u64(ledger.count) + ledger.last
    for length, name in (
        (0, "number of entries"),
        (7, "number of entries"),
        (39, "digest of the last entry"),
    ):
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
        (
            "LedgerError",
            f"vector has {ledger.count} entries, vector.head counts {ledger.count + 1}",
        ),
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
    places = ledger.places
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


def files():
    generator = random.Random(8106)
    keys = ClaimKeys(generator, ["amount"])
    randomness, nonce = generator.randbytes(40), generator.randbytes(24)
    entries = _entries(generator)
    identifier = generator.randbytes(16)
    grown = Ledger(keys, identifier)
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
    _valid(group, Ledger(keys, identifier), entries, nonce, generator)
    _bad_heads(group, grown, nonce, generator)
    _bad_ledgers(group, grown, nonce, generator)
    add_forged_entries(group, grown, nonce, generator)
    return [file]
