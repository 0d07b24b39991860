"""Ledgers and their heads."""

import hashlib

from common.chacha import xchacha20_poly1305_seal
from common.digests import digest
from common.wire import Layout, boolean, envelope, i64, signed, string, u16, u32, u64

CONTEXT = "Cryptally ledger entry"
HEAD_DOMAIN = "Cryptally ledger head"


class LedgerEntry:
    """What an entry says beside its place in the chain."""

    def __init__(self, generator, **parts):
        self.reason = parts.get("reason")
        self.query = parts.get("query", "SELECT count(*) FROM claims")
        self.plan, self.policy = generator.randbytes(32), parts.get(
            "policy", "minimum_cohort: 11\n"
        )
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


class Ledger:
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

    @property
    def places(self):
        """Where the entries begin in the file."""
        result, place = [], len(self.beginning)
        while place < len(self.bytes):
            result.append(place)
            place += 4 + int.from_bytes(self.bytes[place : place + 4], "little")
        return result

    def signed(self, body, seed=None, context=CONTEXT):
        payload = signed(body, context, seed or self.keys.seed)
        return u32(len(payload)) + payload

    def add(self, entry):
        block = self.signed(entry.layout(self.count, self.last).bytes)
        self.bytes += block
        self.digests.append(digest(block[4:], CONTEXT))
        self.entries.append(entry)
        return self

    def head(self, nonce, count=None, last=None, **changes):
        message = u64(self.count if count is None else count) + (
            self.last if last is None else last
        )
        return self.head_of(changes.pop("message", message), nonce, **changes)

    def head_of(self, message, nonce, **changes):
        keys = self.keys
        fingerprint = changes.get("fingerprint", keys.fingerprint)
        key = hashlib.blake2b(
            changes.get("domain", HEAD_DOMAIN).encode(),
            digest_size=32,
            key=changes.get("seed", keys.seed),
        ).digest()
        box = nonce + xchacha20_poly1305_seal(
            key, nonce, message, changes.get("bound", fingerprint)
        )
        return envelope(
            "ledger head",
            changes.get("version", 1),
            True,
            keys.layout_fingerprint,
            fingerprint,
            changes.get("box", box),
        )
