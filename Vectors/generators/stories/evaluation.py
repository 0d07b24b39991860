"""What the server does: totals over chunks, re-randomized and flooded."""

from common import bfv, wire
from common.bfv import noise
from common.digests import digest
from stories.answers import AnswerFile
from stories.circuits import Linear, Product
from stories.keys import unit_below
from stories.schema import MASK_BITS, SENT_SINGLY
from stories.tables import clear_text

# Totals that are packed into one ciphertext at most.
PACKED = 512


class Evaluation:
    """One query on tables of one custodian."""

    def __init__(self, plan, tables):
        self.plan, self.tables = plan, tables
        self.custodian, self.layout = tables[0].custodian, tables[0].layout
        self.places = [(table, chunk) for table in tables for chunk in table.chunks]
        self.clear_groups = self._clear_groups()
        self.items = self._items()
        self.requests = self._requests()

    # Clear groups.

    def _clear_key(self, row):
        columns = map(self.layout.schema.column, self.plan.clear_keys)
        return [clear_text(column, row[column.name]) for column in columns]

    def _clear_groups(self):
        """Those of which the clear part of WHERE admits a record, by their bytes, NULL last."""
        if not self.plan.clear_keys:
            return [[]]
        keys = {
            tuple(self._clear_key(row))
            for table, chunk in self.places
            for row in table.chunk_rows(chunk)
            if not table.is_deleted(row) and self._is_admitted(row)
        }
        order = lambda key: [(text is None, (text or "").encode()) for text in key]  # noqa: E731
        return [list(key) for key in sorted(keys, key=order)]

    def _is_admitted(self, row):
        """By the mask of any lattice total, or the filter of the Paillier totals."""
        masks = [case[0] for group in self.plan.groups for cases in group.cases for case in cases]
        admitted = any(self._mask(required, row) for required in masks)
        if any(not total.is_lattice for total in self.plan.totals):
            admitted = admitted or self.plan.filter is None or self.plan.filter.holds(row)
        return admitted

    def _mask(self, required, row):
        return all(self.plan.predicates[index].holds(row) for index in required)

    # Lattice totals.

    def _items(self):
        """By clear group, hidden group, total, limb: the terms and the noise bound."""
        items = []
        for clear_group in self.clear_groups:
            for group in self.plan.groups:
                for total in self.plan.totals:
                    if not total.is_lattice:
                        continue
                    count = self.layout.limbs[total.name].count if total.kind == "value" else 1
                    for limb in range(count):
                        terms = self.plan.terms(group, total, limb)
                        items.append((clear_group, terms, self._bound(terms)))
        return items

    def _bound(self, terms):
        """The static noise bound: every product's and sum's, over all chunks, and a key switch where
        products are relinearized in the end."""
        model, level = self.layout.parameters.noise(), self.layout.parameters.top
        appends = max(
            sum(batch.chunk == chunk for batch in table.batches) for table, chunk in self.places
        )

        def bound(circuit):
            if isinstance(circuit, Linear):
                return noise.times(model.fresh(), appends * circuit.weight)
            if isinstance(circuit, Product):
                a = model.product(*map(bound, circuit.operands), level)
                return noise.plus(a, model.key_switch(level))
            result = noise.NONE
            for weight, inner in circuit.terms:
                result = noise.plus(result, noise.times(bound(inner), weight))
            return result

        def masked(a, applies):
            return model.multiplying_plaintext(a) if applies else a

        result, has_product = noise.NONE, False
        has_deleted = any(table.deleted_bits(chunk) for table, chunk in self.places)
        for term in terms:
            is_masked = bool(self.plan.clear_keys or has_deleted or term.required)
            if not term.is_product:
                a = masked(bound(term.operands[0]), is_masked)
            else:
                has_product = True
                left, right = map(bound, term.operands)
                a = model.product(
                    masked(left, is_masked and term.masks_left),
                    masked(right, is_masked and not term.masks_left),
                    level,
                )
            result = noise.plus(result, a)
        result = noise.times(result, len(self.places))
        return noise.plus(result, model.key_switch(level)) if has_product else result

    def sums(self):
        """Every lattice total's ciphertext before it is re-randomized; None where nothing contributes."""
        return [self._sum(clear_group, terms) for clear_group, terms, _ in self.items]

    def _sum(self, clear_group, terms):
        linear, products = [], []
        for table, chunk in self.places:
            rows = table.chunk_rows(chunk)
            for term in terms:
                slots = [
                    int(
                        not table.is_deleted(row)
                        and self._mask(term.required, row)
                        and (not self.plan.clear_keys or self._clear_key(row) == clear_group)
                    )
                    for row in rows
                ]
                if not any(slots):
                    continue
                mask = None if all(slots) else bfv.encode(self.layout.parameters, slots)
                operands = [self._value(operand, table, chunk) for operand in term.operands]
                if mask is not None:
                    place = 0 if not term.is_product or term.masks_left else 1
                    operands[place] = bfv.multiply_plain(operands[place], mask)
                if term.is_product:
                    products.append(tuple(operands))
                else:
                    linear.append(operands[0])
        parts = [bfv.total(linear)] if linear else []
        if products:
            three = bfv.product_sum(products)
            parts.append(bfv.relinearize(three, self.custodian.relinearization))
        return bfv.total(parts) if parts else None

    def _value(self, circuit, table, chunk):
        """A circuit's ciphertext on a chunk."""
        if isinstance(circuit, Product):
            a, b = (self._value(operand, table, chunk) for operand in circuit.operands)
            return bfv.relinearize(bfv.multiply(a, b), self.custodian.relinearization)
        if isinstance(circuit, Linear):
            terms = [(w, table.column(column, chunk)) for column, w in circuit.weights.items()]
        else:
            terms = [(w, self._value(inner, table, chunk)) for w, inner in circuit.terms]
        return bfv.total([bfv.multiply_weight(c, weight) for weight, c in terms])

    def _zero(self, source):
        return self.custodian.public.encrypt([0] * self.layout.parameters.degree, source)

    def lattice_totals(self, sums, source):
        """As they travel."""
        if not self.items:
            return []
        model, public = self.layout.parameters.noise(), self.custodian.public
        count = len(self.items)
        if self.custodian.galois and count > SENT_SINGLY:
            return self._packed_totals(sums, source, model)
        result = []
        for total, (_, _, bound) in zip(sums, self.items):
            ciphertext = total or self._zero(source)
            result.append(
                bfv.extract(ciphertext, 1, max(bound, model.fresh()), count, public, source)
            )
        return result

    def _packed_totals(self, sums, source, model):
        """Sums wait at the lowest level that bears packing and flooding."""
        top, count = self.layout.parameters.top, len(self.items)
        worst = max([model.fresh()] + [bound for _, _, bound in self.items])

        def packed(level):
            return model.packing(model.modulus_switch(worst, top, level), level)

        def bears(level):
            zero = model.modulus_switch(model.fresh(), top, level)
            flooded = model.flooded(noise.plus(packed(level), zero), count)
            return model.admits_total(flooded, level)

        level = top
        while level > 1 and bears(level - 1):
            level -= 1
        result, waiting = [], []
        limit = min(self.layout.slots, PACKED)
        for index, total in enumerate(sums):
            waiting.append(bfv.modulus_switch(total or self._zero(source), level))
            if len(waiting) == limit or index == count - 1:
                whole = bfv.pack(waiting, self.custodian.galois)
                result.append(
                    bfv.extract(
                        whole, len(waiting), packed(level), count, self.custodian.public, source
                    )
                )
                waiting = []
        return result

    # Paillier totals.

    def _requests(self):
        """For each slice its totals: the measures whose sums, and whose counts alone, are asked."""
        requests = []
        for number in range(len(self.plan.slices)):
            totals = [
                total
                for total in self.plan.totals
                if not total.is_lattice and total.slice == number
            ]
            if totals:
                sums = {total.name for total in totals if total.kind == "value"}
                counts = {total.name for total in totals if total.kind == "present"}
                requests.append((number, sums, counts))
        return requests

    def _blocks(self, sums, counts):
        return sorted({self.layout.packing.block_of(name) for name in sums | counts}) or [0]

    def paillier_blocks(self):
        """In the answer's order: the clear group, the request, the block."""
        return [
            (group, request, block)
            for group in self.clear_groups
            for request in self.requests
            for block in self._blocks(*request[1:])
        ]

    def paillier_sums(self):
        """The products of the ciphertexts of each block; None of no record."""
        result = []
        square = self.custodian.paillier.square if self.custodian.paillier else None
        for group, (number, _, _), block in self.paillier_blocks():
            total = None
            for table in self.tables:
                for batch in table.batches:
                    for row, c in zip(batch.rows, batch.paillier[block]):
                        if (
                            not table.is_deleted(row)
                            and (not self.plan.clear_keys or self._clear_key(row) == group)
                            and (self.plan.filter is None or self.plan.filter.holds(row))
                            and self.plan.slice_holds[number](row)
                        ):
                            total = c if total is None else total * c % square
            result.append(total)
        return result

    def paillier_totals(self, sums, source):
        """Masked where nothing is asked, and re-randomized."""
        key, masked = self.custodian.paillier, []
        for total, (_, (_, asked, counted), block) in zip(sums, self.paillier_blocks()):
            mask = 0
            for field in self.layout.packing.of_block(block):
                kind, name = field.content
                is_asked = (
                    kind == "records" or name in asked or (kind == "flag" and name in counted)
                )
                if not is_asked:
                    bits = field.sum_bits + MASK_BITS
                    drawn = int.from_bytes(source.bytes((bits + 7) // 8), "big")
                    mask += (drawn & ((1 << bits) - 1)) << field.offset
            if total is None:
                total = pow(unit_below(key.n, source), key.n, key.square)
            masked.append(total * (1 + mask * key.n) % key.square)
        return [c * pow(unit_below(key.n, source), key.n, key.square) % key.square for c in masked]

    # The answer.

    def answer(self, source):
        """All steps; what the answer file says."""
        key = self.custodian.paillier
        lattice, paillier = self.sums(), self.paillier_sums()
        self.sum_bytes = [_flagged(c and c.serialized()) for c in lattice]
        self.sum_bytes += [_flagged(c and c.to_bytes(key.width, "big")) for c in paillier]
        self.digest = digest(b"".join(self.sum_bytes), "Cryptally evaluation")
        self.totals = self.lattice_totals(lattice, source)
        self.masked = self.paillier_totals(paillier, source)
        return AnswerFile(
            text=self.plan.text,
            tables=[
                (
                    table.identifier,
                    table.snapshot(),
                    len(table.rows),
                    sum(count or 0 for count in table.largest_person_counts()),
                )
                for table in self.tables
            ],
            plan_digest=self.plan.digest(self.layout.schema),
            clear_columns=len(self.plan.clear_keys),
            clear_groups=self.clear_groups,
            evaluation_digest=self.digest,
            lattice_totals=[total.serialized() for total in self.totals],
            paillier_totals=[total.to_bytes(key.width, "big") for total in self.masked],
            key=self.custodian.fingerprint,
            layout=self.layout.fingerprint(),
        )


def _flagged(data):
    return wire.boolean(data is not None) + (data or b"")
