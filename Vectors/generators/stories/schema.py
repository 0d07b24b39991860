"""Schemas: their canonical text, and how tables of them are stored (DESIGN.md, section 3)."""

from common.columns import Category, Date, Number, Text, quoted
from common.digests import digest
from common.wire import boolean, u32

AGGREGATES = "sum count avg var_pop var_samp stddev_pop stddev_samp covar_pop corr".split()
FIELD_GUARD_BITS, MASK_BITS = 41, 40
# Up to so many totals each travel in a ciphertext of their own.
SENT_SINGLY = 32


def type_parts(column):
    """What a column's line says about its type."""
    if isinstance(column, Text):
        return ["type: text"]
    if isinstance(column, Category):
        values = [f"values: [{', '.join(map(quoted, column.values))}]"] if column.values else []
        return ["type: category"] + values
    if isinstance(column, Date):
        return ["type: date", f"range: [{column.first}, {column.last}]"]
    assert isinstance(column, Number)
    parts = ["type: integer"] if column.kind == "integer" else ["type: money", f"scale: {column.scale}"]
    parts.append(f"range: [{column.decimal(column.low)}, {column.decimal(column.high)}]")
    if column.bands is not None:
        parts.append(f"bands: [{', '.join(map(column.decimal, column.cuts))}]")
    return parts


def stored_parts(column):
    """What decides how a column is stored, every default written out."""
    parts = type_parts(column) + [f"protect: {column.protect}"]
    if column.protect == "encrypted":
        parts.append(f"use: [{', '.join(use for use in ('filter', 'sum') if use in column.use)}]")
    return ", ".join(parts + [f"nullable: {'true' if column.nullable else 'false'}"])


def reading_parts(column):
    """How cells are read, where that has a default."""
    return ', format: "yyyy-MM-dd"' if isinstance(column, Date) else ""


def hidden_keys(column):
    """How many keys of its own an indexed column has for GROUP BY; None when queries list them."""
    if isinstance(column, Category):
        return len(column.values)
    if isinstance(column, Number) and column.bands is not None:
        return len(column.cuts) + 1
    if isinstance(column, Number) and column.kind == "integer" and column.high - column.low < 4096:
        return column.high - column.low + 1
    return None


class Schema:
    """A claim table; a column's header is its name in capitals. The person is a column of the claims
    files that is stored nowhere."""

    def __init__(
        self, columns, capacity, depth, cohort=11, products=(), indexes=(), person=None, buckets=None
    ):
        self.columns, self.capacity, self.depth, self.cohort = columns, capacity, depth, cohort
        self.products, self.indexes = list(products), [list(index) for index in indexes]
        self.person, self.buckets = person, buckets

    def column(self, name):
        return next(column for column in self.columns if column.name == name)

    def of(self, protection):
        return [column for column in self.columns if column.protect == protection]

    def yaml(self):
        """The schema as somebody would write it."""
        text = f"table: claims\ncapacity: {self.capacity}\ndepth: {self.depth}\n"
        text += f"minimum_cohort: {self.cohort}\n"
        text += self._person(self.person and self.person.upper()) + "columns:\n"
        for column in self.columns:
            entries = ", ".join(f"{key}: {value}" for key, value in column.declaration().items())
            text += f"  {column.name.upper()}: {{ {entries} }}\n"
        return text + self._combinations()

    def _person(self, header):
        """The lines that name the person."""
        if not header:
            return ""
        return f"person: {quoted(header)}\nperson_buckets: {self.buckets}\n"

    def _combinations(self):
        text = ""
        for key, lists in (("products", self.products), ("indexes", self.indexes)):
            if lists:
                text += f"{key}: [{', '.join('[' + ', '.join(names) + ']' for names in lists)}]\n"
        return text

    def _head(self):
        return (
            f"table: claims\ncapacity: {self.capacity}\ndepth: {self.depth}\n"
            f"minimum_cohort: {self.cohort}\naggregates: [{', '.join(AGGREGATES)}]\n"
            f"complement: {'true' if self.cohort > 1 else 'false'}\ndominance: none\nrounding: 1\n"
            "differential_privacy: none\n"
        )

    def canonical(self):
        lines = [
            f"  {quoted(column.name.upper())}: {{ name: {column.name},"
            f" {stored_parts(column)}{reading_parts(column)} }}\n"
            for column in self.columns
        ]
        head = self._head() + self._person(self.person and self.person.upper())
        return head + "columns:\n" + "".join(lines) + self._combinations()

    def _stored_columns(self):
        lines = [f"  {column.name}: {{ {stored_parts(column)} }}\n" for column in self.columns]
        return "columns:\n" + "".join(lines)

    def stored(self):
        """Without what says how claims files are read: what tables hold."""
        return self._head() + self._stored()

    def _stored(self):
        return self._person(self.person and "person") + self._stored_columns() + self._combinations()

    def fingerprint(self):
        """Of everything but disclosure and reading."""
        text = f"table: claims\ncapacity: {self.capacity}\ndepth: {self.depth}\n"
        return digest((text + self._stored()).encode(), "Cryptally schema")


class LatticeColumn:
    """One column of ciphertexts: `occupied`, a bucket of persons, or of a claim column (or several)
    `present`, an indicator of a digit's value, a limb of a value, a place of a joint index."""

    _RANKS = {"person/bucket": 1, "present": 1, "digit": 2, "value": 3, "joint": 4}

    def __init__(self, names, kind, *numbers):
        self.names, self.kind, self.numbers = names, kind, numbers
        self.rank = (names, self._RANKS.get(kind, 0), *numbers)
        self.key = "/".join([*([names] if names else []), kind, *map(str, numbers)])

    def __eq__(self, other):
        return self.key == other.key

    def __hash__(self):
        return hash(self.key)


OCCUPIED = LatticeColumn("", "occupied")


class Limbs:
    """How a value lies in slots: whole, or in the fewest limbs whose sums over the capacity stay below
    t/2; all but the last are natural."""

    def __init__(self, largest, capacity, t):
        limit = (t - 1) // 2 // capacity
        self.bits, self.count = 63, 1
        if largest > limit:
            self.bits, self.count = limit.bit_length() - 1, 2
            while largest >> (self.bits * self.count):
                self.count += 1

    def of(self, value):
        low = [value >> (self.bits * k) & ((1 << self.bits) - 1) for k in range(self.count - 1)]
        return low + [value >> (self.bits * (self.count - 1))]

    def value(self, sums):
        return sum(x << (self.bits * k) for k, x in enumerate(sums))


class Field:
    """A field of a packed Paillier plaintext."""

    def __init__(self, content, block, offset, maximum):
        self.content, self.block, self.offset, self.maximum = content, block, offset, maximum
        self.sum_bits = maximum.bit_length()
        self.bits = self.sum_bits + FIELD_GUARD_BITS


class Packing:
    """The measures in their order, each with its flag of not being NULL; the record count is the highest
    field of each block."""

    def __init__(self, measures, capacity, bits):
        self.measures, self.fields = measures, []
        room = bits - 1 - (capacity.bit_length() + FIELD_GUARD_BITS)
        block, offset = 0, 0

        def append(content, maximum):
            nonlocal offset
            self.fields.append(Field(content, block, offset, maximum))
            offset += self.fields[-1].bits

        for column in measures:
            fields = [(("value", column.name), max(1, (column.high - column.low) * capacity))]
            if column.nullable:
                fields.append((("flag", column.name), capacity))
            needed = sum(maximum.bit_length() + FIELD_GUARD_BITS for _, maximum in fields)
            assert needed <= room
            if offset + needed > room:
                append(("records", None), capacity)
                block, offset = block + 1, 0
            for content, maximum in fields:
                append(content, maximum)
        append(("records", None), capacity)
        self.blocks = block + 1

    def of_block(self, block):
        return [field for field in self.fields if field.block == block]

    def pack(self, row, block):
        whole = 0
        for field in self.of_block(block):
            kind, name = field.content
            if kind == "records":
                content = 1
            elif kind == "flag":
                content = int(row[name] is not None)
            else:
                low = next(c.low for c in self.measures if c.name == name)
                content = 0 if row[name] is None else row[name] - low
            whole |= content << field.offset
        return whole

    def block_of(self, name):
        return next(field.block for field in self.fields if field.content == ("value", name))


class Layout:
    """How the tables of a schema are stored under a set of keys."""

    def __init__(self, schema, parameters, paillier_bits):
        self.schema, self.parameters, self.paillier_bits = schema, parameters, paillier_bits
        measures = schema.of("paillier")
        self.packing = Packing(measures, schema.capacity, paillier_bits) if measures else None
        self.limbs, self.columns = {}, []
        if parameters:
            self._add_lattice_columns(parameters)

    def _add_lattice_columns(self, parameters):
        columns = [OCCUPIED]
        buckets = range(self.schema.buckets or 0)
        columns += [LatticeColumn("", "person/bucket", bucket) for bucket in buckets]
        for column in self.schema.of("encrypted"):
            if column.nullable:
                columns.append(LatticeColumn(column.name, "present"))
            if "filter" in column.use:
                columns += [
                    LatticeColumn(column.name, "digit", digit, value)
                    for digit, size in enumerate(column.sizes())
                    for value in range(size)
                ]
        for name, largest in self._summed():
            limbs = self.limbs[name] = Limbs(largest, self.schema.capacity, parameters.t)
            columns += [LatticeColumn(name, "value", limb) for limb in range(limbs.count)]
        for names in self.schema.indexes:
            count = 1
            for size in self.index_sizes(names):
                count *= size
            columns += [LatticeColumn("+".join(names), "joint", place) for place in range(count)]
        self.columns = sorted(columns, key=lambda column: column.rank)

    def _summed(self):
        """Every stored value with its largest magnitude."""
        largest = {
            column.name: max(abs(column.low), abs(column.high))
            for column in self.schema.of("encrypted")
            if "sum" in column.use
        }
        yield from largest.items()
        for a, b in self.schema.products:
            yield f"{a}*{b}", largest[a] * largest[b]

    def index_sizes(self, names):
        """NULL is one more digit value, the last."""
        columns = [self.schema.column(name) for name in names]
        return [column.sizes()[0] + column.nullable for column in columns]

    @property
    def slots(self):
        """Records of a chunk; those of tables without ciphertext slots are gathered all the same."""
        return self.parameters.degree if self.parameters else 4096

    @property
    def needs_packing(self):
        """Whether queries may ask for more groups than are sent one by one."""
        if self.parameters is None:
            return False
        counts = [hidden_keys(column) for column in self.schema.columns if column.is_indexed]
        if self.schema.of("clear") or None in counts:
            return True
        product = 1
        for count in sorted(counts)[-3:]:
            product *= count
        return product > SENT_SINGLY

    def fingerprint(self):
        data = self.schema.fingerprint() + boolean(self.parameters is not None)
        if self.parameters:
            data += self.parameters.serialized()
        data += u32(self.paillier_bits if self.packing else 0)
        return digest(data, "Cryptally table layout")

