"""Conditions on records: SQL text, and their value in three-valued logic (True, False, None for NULL).

Written from the SQL standard's truth tables and PostgreSQL's documentation of its operators."""

import datetime
import math
import operator
from fractions import Fraction

OPERATORS = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def string(text):
    return "'" + text.replace("'", "''") + "'"


class Constant:
    """A constant as it is written, and what it is: text in bytes, a date, an exact number, None."""

    def __init__(self, sql, value):
        self.sql, self.value = sql, value

    @staticmethod
    def of(value, sql=None):
        if value is None:
            return Constant("NULL", None)
        if isinstance(value, str):
            return Constant(sql or string(value), value.encode())
        if isinstance(value, datetime.date):
            return Constant(sql or f"DATE '{value}'", value)
        return Constant(sql or str(value), Fraction(value))


def number(text):
    """A numeric constant by its text."""
    return Constant(text, Fraction(text))


def negation(value):
    return None if value is None else not value


def conjunction(values):
    values = list(values)
    return False if False in values else None if None in values else True


def disjunction(values):
    values = list(values)
    return True if True in values else None if None in values else False


class Predicate:
    def __and__(self, other):
        return And(self, other)

    def __or__(self, other):
        return Or(self, other)

    def __invert__(self):
        return Not(self)

    def columns(self):
        """The columns of all leaves, repetitions included."""
        return [column for operand in self.operands for column in operand.columns()]

    operands = ()


class Leaf(Predicate):
    column = None

    def columns(self):
        return [self.column]

    def own(self, row):
        """The column's value in the row as it compares; None for NULL."""
        value = row[self.column.name]
        return None if value is None else self.column.order(value)


class Compare(Leaf):
    def __init__(self, column, symbol, constant, turned=False):
        self.column, self.symbol, self.constant, self.turned = column, symbol, constant, turned

    def sql(self):
        if self.turned:
            symbol = self.symbol.translate(str.maketrans("<>", "><")) if self.symbol != "<>" else "<>"
            return f"{self.constant.sql} {symbol} {self.column.name}"
        return f"{self.column.name} {self.symbol} {self.constant.sql}"

    def value(self, row):
        own = self.own(row)
        if own is None or self.constant.value is None:
            return None
        return OPERATORS[self.symbol](own, self.constant.value)


class Between(Leaf):
    def __init__(self, column, low, high, negated=False):
        self.column, self.low, self.high, self.negated = column, low, high, negated

    def sql(self):
        word = "NOT BETWEEN" if self.negated else "BETWEEN"
        return f"{self.column.name} {word} {self.low.sql} AND {self.high.sql}"

    def value(self, row):
        inside = conjunction(
            [
                Compare(self.column, ">=", self.low).value(row),
                Compare(self.column, "<=", self.high).value(row),
            ]
        )
        return negation(inside) if self.negated else inside


class In(Leaf):
    def __init__(self, column, constants, negated=False):
        self.column, self.constants, self.negated = column, constants, negated

    def sql(self):
        members = ", ".join(constant.sql for constant in self.constants)
        return f"{self.column.name} {'NOT IN' if self.negated else 'IN'} ({members})"

    def value(self, row):
        found = disjunction(Compare(self.column, "=", constant).value(row) for constant in self.constants)
        return negation(found) if self.negated else found


class Like(Leaf):
    """A prefix, or a whole text when it is exact."""

    def __init__(self, column, prefix, exact=False, negated=False):
        self.column, self.prefix, self.exact, self.negated = column, prefix, exact, negated

    def sql(self):
        pattern = string(self.prefix if self.exact else self.prefix + "%")
        return f"{self.column.name} {'NOT LIKE' if self.negated else 'LIKE'} {pattern}"

    def value(self, row):
        own = self.own(row)
        if own is None:
            return None
        prefix = self.prefix.encode()
        found = own == prefix if self.exact else own.startswith(prefix)
        return negation(found) if self.negated else found


class IsNull(Leaf):
    def __init__(self, column, negated=False):
        self.column, self.negated = column, negated

    def sql(self):
        return f"{self.column.name} IS {'NOT ' if self.negated else ''}NULL"

    def value(self, row):
        return (self.own(row) is None) != self.negated


PARTS = {
    "year": lambda day: day.year,
    "quarter": lambda day: (day.month + 2) // 3,
    "month": lambda day: day.month,
    "day": lambda day: day.day,
}
UNITS = {
    "year": lambda day: day.replace(month=1, day=1),
    "quarter": lambda day: day.replace(month=(day.month + 2) // 3 * 3 - 2, day=1),
    "month": lambda day: day.replace(day=1),
    "day": lambda day: day,
}


class DatePart(Leaf):
    """extract(part FROM column) compared with a number."""

    def __init__(self, part, column, symbol, constant):
        self.part, self.column, self.symbol, self.constant = part, column, symbol, constant

    def sql(self):
        return f"extract({self.part} FROM {self.column.name}) {self.symbol} {self.constant.sql}"

    def value(self, row):
        own = self.own(row)
        if own is None or self.constant.value is None:
            return None
        return OPERATORS[self.symbol](PARTS[self.part](own), self.constant.value)


class Truncated(Leaf):
    """date_trunc(unit, column) compared with a date."""

    def __init__(self, unit, column, symbol, constant):
        self.unit, self.column, self.symbol, self.constant = unit, column, symbol, constant

    def sql(self):
        return f"date_trunc('{self.unit}', {self.column.name}) {self.symbol} {self.constant.sql}"

    def value(self, row):
        own = self.own(row)
        if own is None or self.constant.value is None:
            return None
        return OPERATORS[self.symbol](UNITS[self.unit](own), self.constant.value)


class Not(Predicate):
    def __init__(self, operand):
        self.operands = (operand,)

    def sql(self):
        return f"NOT ({self.operands[0].sql()})"

    def value(self, row):
        return negation(self.operands[0].value(row))


class And(Predicate):
    def __init__(self, *operands):
        self.operands = operands

    def sql(self):
        return " AND ".join(f"({operand.sql()})" for operand in self.operands)

    def value(self, row):
        return conjunction(operand.value(row) for operand in self.operands)


class Or(Predicate):
    def __init__(self, *operands):
        self.operands = operands

    def sql(self):
        return " OR ".join(f"({operand.sql()})" for operand in self.operands)

    def value(self, row):
        return disjunction(operand.value(row) for operand in self.operands)


class Is(Predicate):
    """IS [NOT] TRUE, FALSE or UNKNOWN."""

    def __init__(self, operand, word):
        self.operands, self.word = (operand,), word

    def sql(self):
        return f"({self.operands[0].sql()}) IS {self.word}"

    def value(self, row):
        truth = {"TRUE": True, "FALSE": False, "UNKNOWN": None}[self.word.split()[-1]]
        holds = self.operands[0].value(row) is truth
        return not holds if self.word.startswith("NOT ") else holds


class Truth(Predicate):
    """TRUE, FALSE or NULL itself."""

    def __init__(self, truth):
        self.truth = truth

    def sql(self):
        return {True: "TRUE", False: "FALSE", None: "NULL"}[self.truth]

    def value(self, row):
        return self.truth


def relevant_digits(column, holds):
    """How many digits of the column the set of values depends on.

    A product of indicators needs a factor for each of them, one at least where the set is neither
    empty nor everything, and no polynomial in the indicators has a smaller degree for prefixes, ranges
    and single values. `holds` tells of every value, and of None, whether it is in the set."""
    values = column.everything()
    members = {tuple(column.digits(value)): holds(value) for value in values}
    if len(set(members.values()) | ({holds(None)} if column.nullable else set())) == 1:
        return 0
    count = 0
    for place in range(len(column.sizes())):
        seen = {}
        for digits, member in members.items():
            rest = digits[:place] + digits[place + 1 :]
            if seen.setdefault(rest, member) != member:
                count += 1
                break
    return max(count, 1)


def depth_of(factors):
    """The depth of a product: d admits 2^d factors."""
    return 0 if factors <= 1 else math.ceil(math.log2(factors))
