"""A story as a case of a vector file."""

from common.digests import vector_digest, words_digest
from common.keystream import Keystream
from stories.disclosure import answer
from stories.evaluation import Evaluation
from stories.keys import Custodian, Server
from stories.opening import opened_groups, plain_groups
from stories.schema import Layout
from stories.tables import Table, cells, csv


PAILLIER_BITS = 256


class Story:
    """A schema under parameters, keys and tables from seeds, and a query on them."""

    def __init__(self, generator, schema, plan, *tables, parameters=None, **deletion):
        self.layout = Layout(schema, parameters, PAILLIER_BITS)
        seeds = [generator.randbytes(32) for _ in range(4)]
        self.custodian = Custodian(self.layout, *seeds[:2])
        self.server, self.answer_seed = Server(seeds[2]), seeds[3]
        self.tables = [
            Table(self.custodian, generator.randbytes(32), *rows, **deletion) for rows in tables
        ]
        self.evaluation = Evaluation(plan, self.tables)
        self.plan, self.answer = plan, self.evaluation.answer(Keystream(self.answer_seed))
        self.groups = opened_groups(self.evaluation)
        assert self.groups == plain_groups(self.evaluation), "the totals are not those of the records"

    def fields(self):
        """Every step, the answer's included."""
        evaluation, schema = self.evaluation, self.layout.schema
        records = sum(len(table.rows) for table in self.tables)
        largest = sum(
            count or 0 for table in self.tables for count in table.largest_person_counts()
        )
        rows, withheld = answer(self.plan, self.groups, records, schema.cohort, largest)
        steps = {
            "seed": self.answer_seed.hex(),
            "sums": [vector_digest(data) for data in evaluation.sum_bytes],
            "evaluation_digest": evaluation.digest.hex(),
            "lattice_totals": [vector_digest(total.serialized()) for total in evaluation.totals],
            "paillier_totals": [f"{total:x}" for total in evaluation.masked],
            "file": vector_digest(self.answer.file(self.server)),
            "opened": [
                {"keys": keys, "totals": [str(total) for total in totals]}
                for keys, totals in self.groups
            ],
            "rows": rows,
            "withheld": [{"row": row, "column": column} for row, column in withheld],
        }
        return {**self.setting(), "answer": steps}

    def setting(self):
        """What comes before an answer."""
        return {
            **self._schema(),
            "keys": self._keys(),
            "tables": [self._table(table) for table in self.tables],
            "query": self.plan.sql,
            "plan": self._plan(),
        }

    def _schema(self):
        layout, schema = self.layout, self.layout.schema
        fields = {
            "schema": schema.yaml(),
            "canonical_schema": schema.canonical(),
            "stored_schema": schema.stored(),
            "schema_fingerprint": schema.fingerprint().hex(),
        }
        if layout.parameters:
            fields["parameters"] = layout.parameters.fields()
        fields["paillier_bits"] = layout.paillier_bits
        fields["layout"] = {
            "columns": [column.key for column in layout.columns],
            "limbs": [
                {"value": name, "count": limbs.count, "bits": limbs.bits}
                for name, limbs in sorted(layout.limbs.items())
            ],
            "fields": [
                {"block": field.block, "bit_offset": field.offset, "bits": field.bits}
                for field in (layout.packing.fields if layout.packing else [])
            ],
            "fingerprint": layout.fingerprint().hex(),
        }
        return fields

    def _keys(self):
        custodian, keys = self.custodian, {}
        keys["seed"], keys["evaluation_seed"] = custodian.seed.hex(), custodian.evaluation_seed.hex()
        if custodian.secret:
            keys["lattice_secret"] = vector_digest(custodian.secret.serialized())
            keys["lattice_public"] = vector_digest(custodian.public.serialized())
            keys["relinearization"] = vector_digest(custodian.relinearization.serialized())
        if custodian.galois:
            keys["galois"] = vector_digest(custodian.galois.serialized())
        if custodian.paillier:
            keys["paillier_secret"] = custodian.paillier.private().hex()
        keys["custodian"] = custodian.signing_key.hex()
        keys["fingerprint"] = custodian.fingerprint.hex()
        keys["public_file"] = vector_digest(custodian.public_file())
        keys["evaluation_file"] = vector_digest(custodian.evaluation_file())
        keys["server_file"] = self.server.file().hex()
        return keys

    def _table(self, table):
        return {
            "seed": table.seed.hex(),
            "identifier": table.identifier.hex(),
            "ingests": [
                {
                    "csv": csv(self.layout.schema, rows),
                    "cells": [cells(self.layout.schema, row) for row in rows],
                    "batches": [
                        self._batch(table, batch) for batch in table.batches if batch.ingest == number
                    ],
                }
                for number, rows in enumerate(table.ingests)
            ],
            "deletions": self._deletions(table),
            "snapshot": table.snapshot().hex(),
        }

    @staticmethod
    def _deletions(table):
        if table.deletion is None:
            return []
        count = sum(len(rows) for rows in table.ingests)
        return [
            {
                "where": table.deletion,
                "deleted": count - len(table.rows),
                "left": len(table.rows),
            }
        ]

    @staticmethod
    def _batch(table, batch):
        key = table.custodian.paillier
        return {
            "chunk": batch.chunk,
            "slot": batch.slot,
            "count": len(batch.rows),
            "columns": [
                {
                    "column": column.key,
                    "slots": batch.slots[column],
                    "plaintext": words_digest(batch.plaintexts[column]),
                    "ciphertext": vector_digest(batch.ciphertexts[column].serialized()),
                }
                for column in batch.slots
            ],
            "paillier": [
                {
                    "block": block,
                    "plaintexts": [f"{m:x}" for m in plaintexts],
                    "ciphertexts": [
                        vector_digest(c.to_bytes(key.width, "big")) for c in batch.paillier[block]
                    ],
                }
                for block, plaintexts in batch.packed.items()
            ],
        }

    def _plan(self):
        plan = self.plan
        return {
            "canonical_text": plan.text,
            "totals": [total.text() for total in plan.totals],
            "hidden_groups": [group.keys for group in plan.groups],
            "circuits": [
                [[term.text() for term in terms] for terms in totals] for totals in plan.circuits()
            ],
            "demand": plan.demand(),
            "clear_groups": self.evaluation.clear_groups,
            "digest": plan.digest(self.layout.schema).hex(),
        }
