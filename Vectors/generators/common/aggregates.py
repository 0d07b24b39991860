"""Aggregates over records: SQL text, and what they are taken over, by SQL's rules."""

from fractions import Fraction

from common.columns import Number
from common.predicates import PARTS, UNITS, string


class Expression:
    """What an aggregate takes of a record."""

    operands = ()

    def polynomial(self, row):
        """What the expression is of this record, by what stands in the branches that it takes: its
        columns' products with their factors. None for the constant NULL."""
        raise NotImplementedError

    def value(self, row):
        """Its value; None for NULL."""
        raise NotImplementedError

    def is_nothing(self, row):
        """Whether it is 0 for this record whatever the columns hold."""
        polynomial = self.polynomial(row)
        return polynomial is not None and not any(polynomial.values())


class Value(Expression):
    def __init__(self, column):
        self.column = column

    def sql(self):
        return self.column.name

    def polynomial(self, row):
        return {(self.column.name,): Fraction(1)}

    def value(self, row):
        own = row[self.column.name]
        return None if own is None else self.column.order(own)


class Constant(Expression):
    def __init__(self, text):
        self.text = text

    def sql(self):
        return self.text

    def polynomial(self, row):
        return None if self.text == "NULL" else {(): Fraction(self.text)}

    def value(self, row):
        return None if self.text == "NULL" else Fraction(self.text)


class Negative(Expression):
    def __init__(self, operand):
        self.operand = operand

    def sql(self):
        return f"-({self.operand.sql()})"

    def polynomial(self, row):
        inner = self.operand.polynomial(row)
        return inner and {key: -factor for key, factor in inner.items()}

    def value(self, row):
        inner = self.operand.value(row)
        return None if inner is None else -inner


class Arithmetic(Expression):
    def __init__(self, left, symbol, right):
        self.left, self.symbol, self.right = left, symbol, right

    def sql(self):
        return f"({self.left.sql()} {self.symbol} {self.right.sql()})"

    def polynomial(self, row):
        a, b = self.left.polynomial(row), self.right.polynomial(row)
        if a is None or b is None:
            return None
        result = {}
        if self.symbol == "*":
            for x, factor in a.items():
                for y, other in b.items():
                    key = tuple(sorted(x + y))
                    result[key] = result.get(key, 0) + factor * other
            return result
        sign = 1 if self.symbol == "+" else -1
        for source, weight in ((a, 1), (b, sign)):
            for key, factor in source.items():
                result[key] = result.get(key, 0) + weight * factor
        return result

    def value(self, row):
        a, b = self.left.value(row), self.right.value(row)
        if a is None or b is None:
            return None
        return {"+": a + b, "-": a - b, "*": a * b}[self.symbol]


class Case(Expression):
    def __init__(self, branches, otherwise=None):
        self.branches, self.otherwise = branches, otherwise

    def sql(self):
        parts = [f"WHEN {condition.sql()} THEN {value.sql()}" for condition, value in self.branches]
        last = [f"ELSE {self.otherwise.sql()}"] if self.otherwise else []
        return " ".join(["CASE", *parts, *last, "END"])

    def _taken(self, row):
        for condition, value in self.branches:
            if condition.value(row) is True:
                return value
        return self.otherwise or Constant("NULL")

    def polynomial(self, row):
        return self._taken(row).polynomial(row)

    def value(self, row):
        return self._taken(row).value(row)


class Count:
    """count(*), or of a column of any type."""

    function = "count"

    def __init__(self, column=None, distinct=False, where=None):
        self.column, self.distinct, self.where = column, distinct, where

    def sql(self):
        inner = "*" if self.column is None else self.column.name
        return f"count({'DISTINCT ' if self.distinct else ''}{inner}){filtered(self.where)}"

    def facts(self, rows):
        rows = [row for row in rows if self.where is None or self.where.value(row) is True]
        if self.column is not None:
            rows = [row for row in rows if row[self.column.name] is not None]
        facts = {"values": str(len(rows)), "contributors": str(len(rows)), "sums": []}
        if self.distinct:
            facts["distinct"] = len({row[self.column.name] for row in rows})
        return facts


class Aggregate:
    """An aggregate of numbers."""

    def __init__(self, function, *arguments, where=None):
        self.function, self.arguments, self.where = function, arguments, where

    def sql(self):
        arguments = ", ".join(argument.sql() for argument in self.arguments)
        return f"{self.function}({arguments}){filtered(self.where)}"

    def facts(self, rows):
        rows = [row for row in rows if self.where is None or self.where.value(row) is True]
        taken = [row for row in rows if None not in [x.value(row) for x in self.arguments]]
        telling = [row for row in taken if not all(x.is_nothing(row) for x in self.arguments)]
        pairs = [[x.value(row) for x in self.arguments] for row in taken]
        return {
            "values": str(len(taken)),
            "contributors": str(len(telling)),
            "sums": [exact_text(sum(map(term, pairs), Fraction(0))) for term in self._terms()],
        }

    def _terms(self):
        """What is added up."""
        if self.function in ("sum", "avg"):
            return [lambda x: x[0]]
        if len(self.arguments) == 1:
            return [lambda x: x[0], lambda x: x[0] ** 2]
        terms = [lambda x: x[0], lambda x: x[1], lambda x: x[0] * x[1]]
        return terms + ([lambda x: x[0] ** 2, lambda x: x[1] ** 2] if self.function == "corr" else [])


def filtered(condition):
    return f" FILTER (WHERE {condition.sql()})" if condition else ""


def exact_text(value):
    """A decimal without superfluous zeros."""
    places = 0
    while value.denominator != 1:
        value, places = value * 10, places + 1
    digits = str(abs(value.numerator)).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (digits if places == 0 else f"{digits[:-places]}.{digits[-places:]}")


class ByColumn:
    def __init__(self, column):
        self.column, self.is_clear = column, column.protect == "clear"

    def sql(self):
        return self.column.name

    def key(self, row):
        value = row[self.column.name]
        if value is None:
            return None
        if isinstance(self.column, Number) and self.column.bands is not None:
            return self._band(value)
        if isinstance(self.column, Number) and self.column.kind == "money":
            return self.column.decimal(value)
        return self.column.text(value)

    def _band(self, value):
        column = self.column
        ends = [column.low, *column.cuts, column.high]
        place = sum(cut <= value for cut in column.cuts)
        close = "]" if place == len(column.cuts) else ")"
        return f"[{column.decimal(ends[place])},{column.decimal(ends[place + 1])}{close}"


class ByPart:
    def __init__(self, part, column):
        self.part, self.column, self.is_clear = part, column, column.protect == "clear"

    def sql(self):
        return f"extract({self.part} FROM {self.column.name})"

    def key(self, row):
        day = row[self.column.name]
        return None if day is None else str(PARTS[self.part](day))


class ByUnit:
    def __init__(self, unit, column):
        self.unit, self.column, self.is_clear = unit, column, column.protect == "clear"

    def sql(self):
        return f"date_trunc('{self.unit}', {self.column.name})"

    def key(self, row):
        day = row[self.column.name]
        return None if day is None else UNITS[self.unit](day).isoformat()


class ByCase:
    is_clear = False

    def __init__(self, branches, otherwise=None):
        self.branches, self.otherwise = branches, otherwise

    def sql(self):
        parts = [f"WHEN {condition.sql()} THEN {string(label)}" for condition, label in self.branches]
        last = [] if self.otherwise is None else [f"ELSE {string(self.otherwise)}"]
        return " ".join(["CASE", *parts, *last, "END"])

    def key(self, row):
        for condition, label in self.branches:
            if condition.value(row) is True:
                return label
        return self.otherwise


class Query:
    """A SELECT of aggregates, each with a name of its own. What is asked for twice is totalled once."""

    def __init__(self, aggregates, where=None, by=()):
        self.aggregates, self.where, self.by = aggregates, where, by
        self.different = list({aggregate.sql(): aggregate for aggregate in aggregates}.values())

    def sql(self):
        items = [f"{key.sql()} AS g{place}" for place, key in enumerate(self.by)]
        items += [f"{value.sql()} AS a{place}" for place, value in enumerate(self.aggregates)]
        text = f"SELECT {', '.join(items)} FROM claims"
        if self.where is not None:
            text += f" WHERE {self.where.sql()}"
        if self.by:
            text += f" GROUP BY {', '.join(str(place + 1) for place in range(len(self.by)))}"
        return text

    def groups(self, rows):
        """For every group its keys, and what its records give; a query without keys has one."""
        groups = {} if self.by else {(): []}
        for row in rows:
            if row is not None and (self.where is None or self.where.value(row) is True):
                groups.setdefault(tuple(key.key(row) for key in self.by), []).append(row)
        ordered = sorted(groups, key=lambda keys: [(key is None, (key or "").encode()) for key in keys])
        return [
            {
                "keys": list(keys),
                "records": str(len(groups[keys])),
                "aggregates": [aggregate.facts(groups[keys]) for aggregate in self.different],
            }
            for keys in ordered
        ]
