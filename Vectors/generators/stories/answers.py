"""Answer files."""

import dataclasses

from common import ed25519, wire
from common.digests import digest

CONTEXT = "Cryptally answer"


@dataclasses.dataclass
class AnswerFile:
    """What an answer says; tables are identifier, snapshot, number of records, and the most records of one
    person, 0 where nobody is named."""

    text: str
    tables: list
    plan_digest: bytes
    clear_columns: int
    clear_groups: list
    evaluation_digest: bytes
    lattice_totals: list
    paillier_totals: list
    key: bytes
    layout: bytes

    def replacing(self, **fields):
        """The same with other fields, for forgeries."""
        return dataclasses.replace(self, **fields)

    def body(self, server):
        data = wire.string(self.text) + wire.u32(len(self.tables))
        for identifier, snapshot, records, largest in self.tables:
            data += identifier + snapshot + wire.u64(records) + wire.u64(largest)
        data += self.plan_digest
        data += wire.u32(self.clear_columns) + wire.u32(len(self.clear_groups))
        for text in (text for group in self.clear_groups for text in group):
            data += wire.boolean(text is not None)
            data += wire.string(text) if text is not None else b""
        data += self.evaluation_digest + wire.u32(len(self.lattice_totals))
        data += b"".join(self.lattice_totals) + wire.u32(len(self.paillier_totals))
        return data + b"".join(map(wire.prefixed, self.paillier_totals)) + server.public

    def signature(self, server):
        bound = CONTEXT.encode() + self.key + self.layout
        return ed25519.sign(server.seed, bound + digest(self.body(server), CONTEXT))

    def file(self, server, signature=None):
        """Signed by the server, or with another signature in its place."""
        payload = self.body(server) + (signature or self.signature(server))
        return wire.envelope("answer", 1, True, self.layout, self.key, payload)
