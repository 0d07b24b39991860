"""Plans: what is totalled for a query, in which groups, and how a total is computed.

The plans of the stories are laid down here by hand, from DESIGN.md's section 3; this module holds what they
are made of, and the fixed form of a plan over which its digest is."""

from common import wire
from common.digests import digest
from stories.schema import OCCUPIED, LatticeColumn

# Conditions.

TRUE = ("constant", True)


class Cells:
    """The cells of an encrypted column that a condition admits: a set of values, as a tree over the
    digits ("none", "all", or a list of one subtree for each value of the digit), and NULL or not."""

    def __init__(self, name, values, null=False):
        self.name, self.values, self.null = name, values, null


def one_digit(size, chosen):
    return ["all" if value in chosen else "none" for value in range(size)]


def encrypted(name, values, null=False):
    return ("encrypted", Cells(name, values, null))


def every(*operands):
    return ("all", list(operands))


def clear(predicate):
    return ("clear", predicate)


# Clear predicates, as they stand in canonical text; constants are strings.


class Equal:
    def __init__(self, name, text):
        self.name, self.text = name, text

    def serialized(self):
        literal = wire.u8(0) + wire.string(self.text)
        return wire.u8(0) + wire.string(self.name) + wire.u64(1) + literal + wire.string("=")

    def holds(self, row):
        return row[self.name] == self.text


class OneOf:
    def __init__(self, name, *texts):
        self.name, self.texts = name, texts

    def serialized(self):
        literals = b"".join(wire.u8(0) + wire.string(text) for text in self.texts)
        return wire.u8(2) + wire.string(self.name) + wire.u64(len(self.texts)) + literals

    def holds(self, row):
        return row[self.name] in self.texts


# Circuits: sums of columns with weights, products of two, and weighted sums of circuits.


def linear(*columns):
    """Σ of columns; a pair stands for a column and its weight."""
    weights = {}
    for column in columns:
        column, weight = column if isinstance(column, tuple) else (column, 1)
        weights[column] = weights.get(column, 0) + weight
    return ("linear", {column: weight for column, weight in weights.items() if weight})


def product(a, b):
    return ("product", a, b)


def weighted_sum(*terms):
    return ("sum", terms)


def indicators(name, digit, *values):
    return linear(*(LatticeColumn(name, "digit", digit, value) for value in values))


def joint(names, *places):
    return linear(*(LatticeColumn("+".join(names), "joint", place) for place in places))


def present(name):
    return linear(LatticeColumn(name, "present"))


def value(name, limb):
    return linear(LatticeColumn(name, "value", limb))


RECORDS = linear(OCCUPIED)


def reads_value(circuit):
    """Whether a summed value is in it."""
    if circuit[0] == "linear":
        return any(column.kind == "value" for column in circuit[1])
    if circuit[0] == "product":
        return any(map(reads_value, circuit[1:]))
    return any(reads_value(inner) for _, inner in circuit[1])


class Term:
    """One term of a total: a sum of columns, or a product of two circuits, where the clear predicates of
    `required` hold and those of `excluded` do not."""

    def __init__(self, *operands, weight=1, required=(), excluded=()):
        self.operands, self.weight = operands, weight
        self.required, self.excluded = list(required), list(excluded)

    @property
    def masks_left(self):
        """A mask goes where no value is, so that one masked operand serves all limbs."""
        left, right = self.operands
        return reads_value(right) and not reads_value(left)

    @property
    def is_masked(self):
        return bool(self.required or self.excluded)


class Total:
    """What is added up over the records of a slice: ("records", ), ("present", c), ("value", c)."""

    def __init__(self, engine, kind, name=None, slice=0):
        self.engine, self.kind, self.name, self.slice = engine, kind, name, slice

    @property
    def is_lattice(self):
        return self.engine == "lattice"

    def serialized(self):
        names = self.name.split("*") if self.name else []
        tag = {"records": 0, "present": 1, "value": 1 + len(names)}[self.kind]
        data = wire.boolean(self.is_lattice) + wire.u8(tag)
        return data + b"".join(map(wire.string, names)) + wire.u64(self.slice)

    def text(self):
        """As vectors write it."""
        return " ".join(filter(None, [self.engine, self.kind, self.name, f"slice {self.slice}"]))


class Sum:
    """A sum with whole coefficients over totals, in units of 10^-scale: (total, coefficient, the total that
    counts its records, whether that counts no others)."""

    def __init__(self, terms, scale, whole):
        self.terms, self.scale, self.whole = terms, scale, whole

    def serialized(self):
        data = wire.u64(len(self.terms))
        for total, coefficient, counted, exact in self.terms:
            data += wire.u64(total) + wire.string(str(coefficient)) + wire.u64(counted)
            data += wire.boolean(exact)
        return data + wire.u64(self.scale) + wire.boolean(self.whole)


def column_sum(total, counted, scale=None):
    """The sum of a column; of one with a scale SQL's `numeric`."""
    return Sum([(total, 1, counted, True)], scale or 0, scale is None)


class Aggregate:
    _TAGS = {"count": 0, "sum": 2, "avg": 3}

    def __init__(self, function, counts, total=None):
        self.function, self.counts, self.total = function, counts, total

    def serialized(self):
        """Its values are over the records that it tells about; it has no keys, no buckets."""
        data = _indices(self.counts) * 2 + wire.u8(self._TAGS[self.function]) + _indices([])
        data += wire.u64(0) + wire.u64(0 if self.total is None else 1)
        return data + (self.total.serialized() if self.total else b"")


class Group:
    """Hidden keys; for each slice the cases: (required, excluded, condition)."""

    def __init__(self, keys, cases):
        self.keys, self.cases = keys, cases

    def serialized(self):
        data = wire.u64(len(self.keys))
        for key in self.keys:
            data += wire.boolean(key is not None) + wire.string(key or "")
        data += wire.u64(len(self.cases))
        for cases in self.cases:
            data += wire.u64(len(cases))
            for required, excluded, condition in cases:
                data += _indices(required) + _indices(excluded) + _condition(condition)
        return data


class Plan:
    """A query's plan: its text and canonical text, the grouping columns and which of them are clear, the
    hidden groups, the totals, the clear predicates of masks and of the Paillier totals, and what is shown.

    `terms(group, total, limb)` gives the terms of a lattice total; `where` says of a row whether WHERE
    holds, `slice_holds` the same of the further conditions; `atoms` are the classes of records that each
    aggregate tells about, where there are several."""

    def __init__(self, sql, text, totals, aggregates, select, **others):
        self.sql, self.text, self.totals, self.aggregates = sql, text, totals, aggregates
        self.select, self.terms = select, None
        self.group_by, self.clear_keys, self.groups = [], [], [Group([], [])]
        self.predicates, self.filter = [], None
        self.where, self.has_where = (lambda row: True), False
        self.slices, self.slice_holds, self.atoms = [TRUE], [lambda row: True], None
        for name, value in others.items():
            assert hasattr(self, name), name
            setattr(self, name, value)

    @property
    def key_count(self):
        return len(self.group_by)

    def keys(self, clear_keys, hidden_keys):
        """All keys of a group in the order of GROUP BY."""
        clear_keys, hidden_keys = iter(clear_keys), iter(hidden_keys)
        return [next(clear_keys if name in self.clear_keys else hidden_keys) for name in self.group_by]

    def digest(self, schema):
        data = wire.string(self.text) + schema.fingerprint()
        for items in (self.groups, self.totals):
            data += wire.u64(len(items)) + b"".join(item.serialized() for item in items)
        data += wire.u64(0) + wire.u64(len(self.slices)) + b"".join(map(_condition, self.slices))
        for items in (self.aggregates, self.predicates):
            data += wire.u64(len(items)) + b"".join(item.serialized() for item in items)
        data += wire.boolean(self.filter is not None)
        data += self.filter.serialized() if self.filter else b""
        return digest(data, "Cryptally plan")


def _indices(numbers):
    return wire.u64(len(numbers)) + b"".join(map(wire.u64, numbers))


def _tree(values):
    if isinstance(values, str):
        return wire.u8({"none": 0, "all": 1}[values])
    return wire.u8(2) + wire.u64(len(values)) + b"".join(map(_tree, values))


def _condition(condition):
    kind, content = condition
    if kind == "constant":
        return wire.u8(0) + wire.boolean(content)
    if kind == "clear":
        return wire.u8(1) + content.serialized()
    if kind == "encrypted":
        data = wire.u8(2) + wire.string(content.name) + wire.boolean(content.null)
        return data + _tree(content.values)
    return wire.u8({"all": 3, "any": 4}[kind]) + wire.u64(len(content)) + b"".join(
        map(_condition, content)
    )
