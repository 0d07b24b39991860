"""Circuits: sums of columns with weights, products of two circuits, and weighted sums of circuits."""

import math

from stories.schema import OCCUPIED, LatticeColumn


class Circuit:
    def products(self):
        """Every product in it, itself included."""
        return set()

    def linear_factors(self):
        """The factors of the product that it is, nested products opened."""
        return [self]


class Linear(Circuit):
    """Σ weight · column."""

    depth, factors = 0, 1

    def __init__(self, *columns):
        """A pair stands for a column and its weight."""
        self.weights = {}
        for column in columns:
            column, weight = column if isinstance(column, tuple) else (column, 1)
            self.weights[column] = self.weights.get(column, 0) + weight

    def text(self):
        columns = sorted(self.weights, key=lambda column: column.rank)
        text = " + ".join(_weighted(self.weights[column], column.key) for column in columns)
        return f"({text})" if len(columns) > 1 else text

    @property
    def reads_value(self):
        return any(column.kind == "value" for column in self.weights)

    @property
    def weight(self):
        """Σ |weight| of the largest sum of columns."""
        return sum(map(abs, self.weights.values()))


class Product(Circuit):
    def __init__(self, left, right):
        self.operands = left, right

    def text(self):
        return f"({' · '.join(sorted(operand.text() for operand in self.operands))})"

    def products(self):
        return {self.text()}.union(*(operand.products() for operand in self.operands))

    def linear_factors(self):
        return [factor for operand in self.operands for factor in operand.linear_factors()]

    @property
    def depth(self):
        return depth_of(self.linear_factors())

    @property
    def factors(self):
        return sum(operand.factors for operand in self.operands)

    @property
    def reads_value(self):
        return any(operand.reads_value for operand in self.operands)

    @property
    def weight(self):
        return max(operand.weight for operand in self.operands)


class Sum(Circuit):
    """Σ weight · circuit of pairs (weight, circuit)."""

    def __init__(self, *terms):
        self.terms = terms

    def text(self):
        return f"[{' + '.join(sorted(_weighted(w, inner.text()) for w, inner in self.terms))}]"

    def products(self):
        return set().union(*(inner.products() for _, inner in self.terms))

    @property
    def depth(self):
        return max(inner.depth for _, inner in self.terms)

    @property
    def factors(self):
        return max(inner.factors for _, inner in self.terms)

    @property
    def reads_value(self):
        return any(inner.reads_value for _, inner in self.terms)

    @property
    def weight(self):
        return max(inner.weight for _, inner in self.terms)


def depth_of(factors):
    """A product fits depth d when Σ 2^depth of its factors is at most 2^d."""
    return math.ceil(math.log2(sum(2**factor.depth for factor in factors)))


def _weighted(weight, text):
    return text if weight == 1 else f"{weight} {text}"


class Term:
    """One term of a total: a sum of columns, or a product of two circuits, where the clear predicates of
    `required` hold."""

    def __init__(self, *operands, required=()):
        self.operands, self.required = operands, list(required)

    @property
    def is_product(self):
        return len(self.operands) == 2

    @property
    def masks_left(self):
        """A mask goes where no value is, so that one masked operand serves all limbs."""
        left, right = self.operands
        return right.reads_value and not left.reads_value

    def text(self):
        operands = " · ".join(sorted(operand.text() for operand in self.operands))
        return operands + (f" where {self.required}" if self.required else "")


def demand(terms_of_groups, is_grouped):
    """What a plan's totals need of the parameters; of each group's totals the first limb counts."""
    everything = [terms for group in terms_of_groups for terms in group]
    terms = [term for total in everything for term in total]
    products = set()
    for total in (total for group in terms_of_groups[:16] for total in group):
        for term in total:
            if term.is_product:
                products |= Product(*term.operands).products()

    def largest(values):
        return max(values, default=0)

    factors = [
        [factor for operand in term.operands for factor in operand.linear_factors()]
        for term in terms
    ]
    return {
        "depth": largest(map(depth_of, factors)),
        "factors": largest(sum(o.factors for o in term.operands) for term in terms),
        "masks": int(bool(terms) and (is_grouped or any(term.required for term in terms))),
        "products": largest(sum(term.is_product for term in total) for total in everything),
        "column_weight": largest(o.weight for term in terms for o in term.operands),
        "multiplications": len(products),
    }


# What stories' circuits are made of.

RECORDS = Linear(OCCUPIED)


def indicators(name, digit, *values):
    return Linear(*(LatticeColumn(name, "digit", digit, value) for value in values))


def is_null(name):
    return Linear(OCCUPIED, (LatticeColumn(name, "present"), -1))


def joint(names, *places):
    return Linear(*(LatticeColumn("+".join(names), "joint", place) for place in places))


def present(name):
    return Linear(LatticeColumn(name, "present"))


def person_bucket(number):
    return Linear(LatticeColumn("", "person/bucket", number))


def value(name, limb):
    return Linear(LatticeColumn(name, "value", limb))
