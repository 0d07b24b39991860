"""Plans: what is totalled for a query, and in which groups.

The plans of the stories are laid down by hand, from DESIGN.md's section 3; this module holds what they are
made of, and the fixed form of a plan over which its digest is."""

from common import wire
from common.digests import digest
from stories.circuits import demand

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


# Totals and what is made of them.


class Total:
    """What is added up over the records of a slice: `records`, `present` or `value` of a column, `bucket`
    of persons by its number."""

    def __init__(self, engine, kind, name=None, slice=0):
        self.engine, self.kind, self.name, self.slice = engine, kind, name, slice

    @property
    def is_lattice(self):
        return self.engine == "lattice"

    def serialized(self):
        names = self.name.split("*") if self.name else []
        tag = {"records": 0, "present": 1, "value": 1 + len(names), "bucket": 4}[self.kind]
        data = wire.boolean(self.is_lattice) + wire.u8(tag)
        return data + b"".join(map(wire.string, names)) + wire.u64(self.slice)

    def text(self):
        """As vectors write it."""
        return " ".join(filter(None, [self.engine, self.kind, self.name, f"slice {self.slice}"]))


class LinearTotal:
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
    return LinearTotal([(total, 1, counted, True)], scale or 0, scale is None)


class Aggregate:
    _TAGS = {"count": 0, "sum": 2, "avg": 3}

    def __init__(self, function, counts, total=None, buckets=()):
        self.function, self.counts, self.total, self.buckets = function, counts, total, buckets

    def serialized(self):
        """Its values are over the records that it tells about, and no keys are counted."""
        data = _indices(self.counts) * 2 + wire.u8(self._TAGS[self.function]) + _indices([])
        data += wire.u64(len(self.buckets))
        data += b"".join(_indices([total]) for total in self.buckets)
        data += wire.u64(0 if self.total is None else 1)
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
    aggregate tells about, where there are several; `key` makes a key of a column's text."""

    def __init__(self, sql, text, totals, aggregates, select, **others):
        self.sql, self.text, self.totals, self.aggregates = sql, text, totals, aggregates
        self.select, self.terms = select, None
        self.group_by, self.clear_keys, self.groups = [], [], [Group([], [])]
        self.predicates, self.filter = [], None
        self.where, self.has_where = (lambda row: True), False
        self.slices, self.slice_holds, self.atoms = [TRUE], [lambda row: True], None
        self.key = lambda text: text
        for name, value in others.items():
            assert hasattr(self, name), name
            setattr(self, name, value)

    def circuits(self):
        """By hidden group and lattice total, the terms of the first limb."""
        totals = [total for total in self.totals if total.is_lattice]
        return [[self.terms(group, total, 0) for total in totals] for group in self.groups]

    def demand(self):
        return demand(self.circuits(), bool(self.clear_keys))

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
