"""Answers: what a server gives back for a query."""

import random

from common import ed25519
from common.edits import UNCHANGED, edited, replace, whole
from common.polynomials import packed
from common.vectorfile import VectorFile
from common.wire import HEADER, Layout, boolean, envelope, prefixed, signed, string, u8, u32, u64
from formats.claim_keys import ClaimKeys
from formats.forging import (
    COMMON_FLAGS,
    ENVELOPE_FLAGS,
    TESTING_FLAG,
    Forgeries,
    add_envelope_cases,
    cut_short,
    over_limit,
    payload_cut,
    trailing,
    wrong,
)

_SIGNATURE = ("AnswerError", "the answer's signature is not valid")


class _Totals:
    """What is left of a ciphertext: a coefficient for each total, and the second part."""

    def __init__(self, generator, ring, level, count):
        self.ring, self.level = ring, level
        moduli = ring.moduli[:level]
        self.first = [[generator.randrange(q) for q in moduli] for _ in range(count)]
        self.second = [[generator.randrange(q) for _ in range(ring.degree)] for q in moduli]

    def add_to(self, layout, **changes):
        layout.add("totals level", u8(changes.get("level", self.level)))
        layout.add("number of totals", u32(changes.get("count", len(self.first))))
        for residues in changes.get("first", self.first):
            layout.add("total", b"".join(u64(value) for value in residues))
        for q, limb in zip(self.ring.moduli, changes.get("second", self.second)):
            layout.add("totals", packed(limb, (q - 1).bit_length()))

    @property
    def bytes(self):
        layout = Layout()
        self.add_to(layout)
        return layout.bytes


class _Answer:
    """An answer's parts, and the body that says them."""

    def __init__(self, generator, keys, totals=(), groups=((),), tables=1, paillier=()):
        self.keys, self.totals, self.groups = keys, list(totals), list(groups)
        self.query = "SELECT sum(amount) FROM claims"
        self.tables = [
            (generator.randbytes(16), generator.randbytes(32), 1000 * k, k) for k in range(tables)
        ]
        self.plan, self.evaluation = generator.randbytes(32), generator.randbytes(32)
        self.paillier = [generator.randbytes(length) for length in paillier]
        self.seed = generator.randbytes(32)

    def layout(self, **changes):
        result = Layout()

        def add(name, data):
            data = changes.get(name, data)
            if data is not None:
                result.add(name, data)

        add("query", string(self.query))
        add("number of tables", u32(len(self.tables)))
        for identifier, snapshot, records, largest in self.tables:
            add("table identifier", identifier)
            add("table snapshot", snapshot)
            add("table records", u64(records))
            add("records of one person", u64(largest))
        add("plan digest", self.plan)
        add("number of clear grouping columns", u32(len(self.groups[0]) if self.groups else 0))
        add("number of clear groups", u32(len(self.groups)))
        for key in (key for group in self.groups for key in group):
            add("group key flag", boolean(key is not None))
            if key is not None:
                add("group key", string(key))
        add("evaluation digest", self.evaluation)
        add("number of lattice answers", u32(len(self.totals)))
        for totals in self.totals:
            totals.add_to(result, **changes.get("totals", {}))
        add("number of Paillier totals", u32(len(self.paillier)))
        for total in self.paillier:
            add("Paillier total", prefixed(total))
        add("server key", ed25519.public_key(self.seed))
        return result

    def file(self, body=None, **changes):
        keys = self.keys
        fingerprint = changes.get("fingerprint", keys.fingerprint)
        layout = changes.get("layout", keys.layout_fingerprint)
        payload = signed(
            self.layout().bytes if body is None else body,
            changes.get("context", "Cryptally answer"),
            changes.get("seed", self.seed),
            changes.get("bindings", [fingerprint, layout]),
        )
        return envelope("answer", 1, True, layout, fingerprint, payload)

    @property
    def fields(self):
        return {
            "query": self.query,
            "tables": [
                {
                    "identifier": identifier.hex(),
                    "snapshot": snapshot.hex(),
                    "records": records,
                    **({"largest_person_count": largest} if largest else {}),
                }
                for identifier, snapshot, records, largest in self.tables
            ],
            "plan_digest": self.plan.hex(),
            "clear_groups": [list(group) for group in self.groups],
            "evaluation_digest": self.evaluation.hex(),
            "lattice_totals": [
                {"level": totals.level, "count": len(totals.first), "bytes": totals.bytes.hex()}
                for totals in self.totals
            ],
            "paillier_totals": [total.hex() for total in self.paillier],
            "server_seed": self.seed.hex(),
        }


def _valid(file, generator, both, lattice, paillier):
    for name, keys, answers in (
        (
            "encrypted columns",
            lattice,
            [
                _Answer(generator, lattice, [_Totals(generator, lattice.ring, 2, 1)]),
                _Answer(
                    generator, lattice, [_Totals(generator, lattice.ring, 1, n) for n in (1, 3, 8)]
                ),
                _Answer(generator, lattice, tables=3),
            ],
        ),
        (
            "Paillier columns",
            paillier,
            [
                _Answer(generator, paillier, paillier=(64,)),
                _Answer(
                    generator,
                    paillier,
                    groups=[("Aachen",), (None,), ("",), ("Köln\n",)],
                    paillier=(64, 64, 0, 64),
                ),
                _Answer(generator, paillier, groups=()),
                _Answer(generator, paillier, groups=[tuple("abcdefghijklmnop")], paillier=(4096,)),
            ],
        ),
    ):
        first, *others = answers
        group = file.group(
            name,
            file=first.file().hex(),
            accepts_testing=True,
            public_key=keys.public_file().hex(),
        )
        group.case("as it should be", input=UNCHANGED, **first.fields)
        for answer in others:
            group.case(
                f"{len(answer.tables)} tables, {len(answer.groups)} groups, "
                f"{len(answer.totals)} and {len(answer.paillier)} totals",
                input=whole(answer.file()),
                **answer.fields,
            )
        if keys is paillier:
            error = wrong("number of totals", "this key has no lattice part")
            changed = first.layout(**{"number of lattice answers": u32(1)})
            Forgeries(group, first.file)(
                "lattice totals under a Paillier key", [], error, changed.bytes
            )


def _invalid(file, generator, both, lattice, paillier):
    ring = both.ring
    answer = _Answer(
        generator,
        both,
        [_Totals(generator, ring, 2, 2)],
        groups=[("NW", None)],
        paillier=(64,),
    )
    group = file.group(
        "one answer and what can be wrong with it",
        file=answer.file().hex(),
        accepts_testing=True,
        public_key=both.public_file().hex(),
    )
    group.case("as it should be", input=UNCHANGED, **answer.fields)
    add_envelope_cases(group, "answer", testing=True)
    forged = Forgeries(group, answer.file)
    body = answer.layout()

    def refused(comment, flags, error, source):
        group.case(comment, flags, "invalid", error, input=source)

    refused("no payload", ["CutShort"], cut_short("signature"), payload_cut(0))
    refused("a signature alone", ["CutShort"], cut_short("signature"), payload_cut(64))
    # In the file's own words both numbers are of totals.
    forged.cuts(body, {"number of lattice answers": "number of totals"})
    forged("one byte more", ["Trailing"], trailing(1), body.bytes + b"\0")

    refused(
        "the fingerprint of other keys",
        ["Fingerprint"],
        ("AnswerError", f"the answer belongs to the public key {lattice.fingerprint.hex()}"),
        whole(answer.file(fingerprint=lattice.fingerprint)),
    )
    refused(
        "the layout of other keys",
        ["Fingerprint"],
        (
            "AnswerError",
            f"the answer belongs to tables of layout {lattice.layout_fingerprint.hex()}",
        ),
        whole(answer.file(layout=lattice.layout_fingerprint)),
    )
    refused(
        "signed by another",
        ["Signature"],
        _SIGNATURE,
        whole(answer.file(seed=generator.randbytes(32))),
    )
    refused(
        "signed for another context",
        ["Signature"],
        _SIGNATURE,
        whole(answer.file(context="Cryptally answers")),
    )
    refused("bound to no keys", ["Signature"], _SIGNATURE, whole(answer.file(bindings=[])))
    refused(
        "bound to keys and layout in the other order",
        ["Signature"],
        _SIGNATURE,
        whole(answer.file(bindings=[both.layout_fingerprint, both.fingerprint])),
    )
    for name in ("query", "table records", "plan digest", "evaluation digest", "total"):
        at = body.start(name) + (4 if name == "query" else 0)
        refused(
            f"a bit of the {name}",
            ["Signature"],
            _SIGNATURE,
            edited(replace(HEADER + at, bytes([body.bytes[at] ^ 1])), reseal=True),
        )

    def changed(**fields):
        return answer.layout(
            **{name.replace("_", " "): data for name, data in fields.items()}
        ).bytes

    forged(
        "a query of more than 131072 bytes",
        ["Limit"],
        over_limit("query", 131073, 131072),
        changed(query=u32(131073)),
    )
    forged(
        "a query that is not UTF-8",
        ["Text"],
        wrong("query", "it is not valid UTF-8"),
        changed(query=string(b"SELECT \xc3(")),
    )
    for name, limit in (
        ("number of tables", 1 << 16),
        ("number of clear grouping columns", 16),
        ("number of clear groups", 1 << 20),
        ("number of Paillier totals", 1 << 20),
    ):
        forged(
            f"{limit + 1} as the {name}",
            ["Limit"],
            over_limit(name, limit + 1, limit),
            answer.layout(**{name: u32(limit + 1)}).bytes,
        )
    forged(
        "1048577 lattice answers",
        ["Limit"],
        over_limit("number of totals", (1 << 20) + 1, 1 << 20),
        changed(number_of_lattice_answers=u32((1 << 20) + 1)),
    )
    for name in ("table records", "records of one person"):
        for count in (1 << 40, 1 << 63, (1 << 64) - 1):
            forged(
                f"{count} as {name}",
                ["Limit"],
                wrong(name, "there are too many"),
                answer.layout(**{name: u64(count)}).bytes,
            )
    forged(
        "a group key flag of 2",
        ["NotCanonical"],
        wrong("group key flag", "it is neither 0 nor 1"),
        changed(group_key_flag=u8(2)),
    )
    forged(
        "a group key of more than 1048576 bytes",
        ["Limit"],
        over_limit("group key", (1 << 20) + 1, 1 << 20),
        changed(group_key=u32((1 << 20) + 1)),
    )
    forged(
        "a group key that is not UTF-8",
        ["Text"],
        wrong("group key", "it is not valid UTF-8"),
        changed(group_key=string(b"\x80")),
    )
    for level in (0, 3, 255):
        forged(
            f"totals of level {level}",
            ["Level"],
            wrong("totals level", "there is no such level"),
            changed(totals={"level": level}),
        )
    forged(
        "no totals in a lattice answer",
        [],
        wrong("number of totals", "it is zero"),
        changed(totals={"count": 0}),
    )
    forged(
        "more totals than coefficients",
        ["Limit"],
        over_limit("number of totals", 9, 8),
        changed(totals={"count": 9}),
    )
    totals = answer.totals[0]
    for limb in (0, 1):
        first = [list(residues) for residues in totals.first]
        first[1][limb] = ring.moduli[limb]
        forged(
            f"a total is modulus {limb}",
            ["Residue"],
            wrong("total", "a residue is not below its modulus"),
            changed(totals={"first": first}),
        )
        second = [list(values) for values in totals.second]
        second[limb][-1] = ring.moduli[limb]
        forged(
            f"a residue of the second part is modulus {limb}",
            ["Residue"],
            wrong("totals", "a residue is not below its modulus"),
            changed(totals={"second": second}),
        )
    forged(
        "a Paillier total of 4097 bytes",
        ["Limit"],
        over_limit("Paillier total", 4097, 4096),
        changed(Paillier_total=u64(4097)),
    )
    forged(
        "the server key is no key",
        ["Signature"],
        _SIGNATURE,
        changed(server_key=bytes(32)),
    )

    group = file.group(
        "for services",
        file=answer.file().hex(),
        accepts_testing=False,
        public_key=both.public_file().hex(),
    )
    group.case(
        "made for tests",
        ["Testing"],
        "invalid",
        ("WireError", "vector: made for tests"),
        input=UNCHANGED,
    )


def files():
    generator = random.Random(8105)
    file = VectorFile(
        "format/answer.json",
        "format.answer",
        "Answers of servers, read under the public keys; the signature is checked last.",
        "formats/answers.py",
        COMMON_FLAGS
        | ENVELOPE_FLAGS
        | TESTING_FLAG
        | {
            "Fingerprint": "The answer is for other keys, or for tables of another layout.",
            "Signature": "The signature is not the server's.",
            "Forged": "The server signed something that is wrong.",
            "NotCanonical": "A flag that is neither 0 nor 1.",
            "Residue": "A residue is not below its modulus.",
            "Level": "A number of ciphertext moduli that there is not.",
            "Limit": "A count or length above what may stand there.",
            "Text": "A text that is not UTF-8.",
        },
    )
    keys = (
        ClaimKeys(generator, ["state", "amount", "cost"]),
        ClaimKeys(generator, ["amount"]),
        ClaimKeys(generator, ["state", "cost"]),
    )
    _valid(file, generator, *keys)
    _invalid(file, generator, *keys)
    return [file]
