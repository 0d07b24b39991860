"""Conditions on records, and the records that they select."""

import itertools
import random
from fractions import Fraction

from common.claims import DAY, Claims
from common.predicates import (
    And,
    Between,
    Compare,
    Constant,
    DatePart,
    In,
    Is,
    IsNull,
    Like,
    Not,
    Or,
    Truncated,
    Truth,
    depth_of,
    number,
)
from common.vectorfile import VectorFile
from query.depths import depths, factors_of
from query.random_conditions import tree

FLAGS = {
    "Null": "NULL decides: in a column, in a list, or as a constant.",
    "Negation": "NOT of a condition that may be NULL.",
    "NoSuchValue": "No value of the column equals the constant.",
    "TwoDigits": "The condition needs more than one digit of a column.",
    "Complement": "What is left out is cheaper to add up.",
    "Band": "A comparison at a cut point.",
    "Prefix": "LIKE with a prefix.",
    "DatePart": "extract or date_trunc of a date.",
    "Clear": "A clear column takes part: it costs no depth.",
    "Exclusive": "Alternatives that exclude each other are added.",
    "Overlap": "Alternatives that overlap: a + b - ab.",
    "Limit": "As many factors as the depth admits.",
    "TooDeep": "More factors than the depth admits.",
    "Random": "A condition made at random.",
    "Calculated": "The constant is calculated from constants.",
}


class Cases:
    """Cases over the records of one group."""

    def __init__(self, file, name, claims, rows, depth):
        self._rows, self._depth = rows, depth
        self._group = file.group(name, schema=claims.schema(depth), rows=claims.written(rows))

    def add(self, condition, *flags, flat=False, comment=None):
        slots = "".join(
            "1" if row is not None and condition.value(row) is True else "0" for row in self._rows
        )
        sql = condition.sql()
        self._group.case(
            (comment or sql)[:120],
            flags,
            where=sql,
            slots=slots,
            **depths(condition, self._depth, flat),
        )

    def refuse(self, condition, error, *flags):
        self._group.case(
            condition.sql()[:120],
            flags,
            result="invalid",
            error=("QueryError", error),
            where=condition.sql(),
        )


def numeric_constants(column):
    """Around the ends, around tens, between two units, and far outside."""
    units = [column.low - 1, column.low, column.low + 1, 0, 9, 10, 40, column.high, column.high + 1]
    texts = [column.decimal(value) for value in units]
    return texts + [column.decimal(15) + ("5" if column.scale else ".5"), "1e9", "-1e9", "12e-1"]


def comparisons(claims, cases):
    """Every operator against every kind of column."""
    for column in (claims.stay, claims.age, claims.cost):
        for text, symbol in itertools.product(numeric_constants(column), ("=", "<>", "<", "<=", ">", ">=")):
            constant = number(text)
            units = constant.value * 10**column.scale
            exists = units.denominator == 1 and column.low <= units <= column.high
            flags = [] if exists or symbol not in ("=", "<>") else ["NoSuchValue"]
            cases.add(Compare(column, symbol, constant), *flags, flat=True)
    for symbol, text in [
        ("<", "0"),
        (">=", "0"),
        (">", "0"),
        ("<=", "0.00"),
        ("=", "0"),
        ("<>", "0.000"),
        ("<", "50"),
        (">=", "50.00"),
        ("<", "-10"),
        (">", "100"),
        ("<=", "1000"),
        ("=", "77.777"),
        ("<>", "-11"),
        ("<", "49.995"),
    ]:
        cases.add(Compare(claims.paid, symbol, number(text)), "Band", flat=True)
    days = [
        "2007-11-14",
        "2007-11-15",
        "2007-12-01",
        "2008-01-31",
        "2008-02-29",
        "2008-03-01",
        "2008-03-10",
        "2008-03-11",
        "1999-12-31",
        "2008-02-10",
    ]
    for text, symbol in itertools.product(days, ("=", "<>", "<", "<=", ">", ">=")):
        day = DAY.fromisoformat(text)
        inside = claims.admitted.first <= day <= claims.admitted.last
        flags = ["NoSuchValue"] if not inside and symbol in ("=", "<>") else []
        sql = f"'{text}'" if symbol in ("=", "<") else None
        cases.add(Compare(claims.admitted, symbol, Constant.of(day, sql)), *flags, flat=True)
    for text, symbol in itertools.product(
        ["E", "E0", "E0B", "V20", "1", "", "A", "E1", "e", "E0BX", "Z", "é"], ("=", "<>", "<", ">=")
    ):
        exists = text in claims.code.everything()
        flags = ["NoSuchValue"] if not exists and symbol in ("=", "<>") else []
        cases.add(Compare(claims.code, symbol, Constant.of(text)), *flags, flat=True)
    for text, symbol in itertools.product(["M", "F", "m", "", "G"], ("=", "<>", "<", "<=", ">", ">=")):
        flags = ["NoSuchValue"] if text not in claims.sex.values and symbol in ("=", "<>") else []
        cases.add(Compare(claims.sex, symbol, Constant.of(text)), *flags, flat=True)
    for column, symbol, value in [
        (claims.age, "<", 40),
        (claims.stay, ">=", 2),
        (claims.cost, "<>", 3),
        (claims.sex, "=", "F"),
    ]:
        cases.add(
            Compare(column, symbol, Constant.of(value), turned=True),
            flat=True,
            comment=f"the constant on the left of {column.name} {symbol} {value}",
        )


def nulls(claims, cases):
    null = Constant.of(None)
    for column in claims.indexed + [claims.region, claims.seen, claims.tax]:
        clear = ["Clear"] if column.protect == "clear" else []
        cases.add(IsNull(column), "Null", *clear, flat=True)
        cases.add(IsNull(column, negated=True), "Null", *clear, flat=True)
        for symbol in ("=", "<>", "<"):
            cases.add(Compare(column, symbol, null), "Null", *clear, flat=True)
            cases.add(Not(Compare(column, symbol, null)), "Null", "Negation", *clear, flat=True)
    some = [Constant.of("M"), null]
    for negated in (False, True):
        cases.add(In(claims.sex, some, negated), "Null", flat=True)
        cases.add(In(claims.sex, [null], negated), "Null", flat=True)
        cases.add(In(claims.age, [number("40"), null, number("7")], negated), "Null", flat=True)
        cases.add(In(claims.status, [Constant.of("1"), null], negated), "Null", flat=True)
        cases.add(Between(claims.stay, null, number("3"), negated), "Null", flat=True)
        cases.add(Between(claims.stay, number("3"), null, negated), "Null", flat=True)
        cases.add(Between(claims.region, null, Constant.of("O"), negated), "Null", "Clear", flat=True)
        cases.add(In(claims.region, [Constant.of("N"), null], negated), "Null", "Clear", flat=True)
    for truth in (True, False, None):
        cases.add(Truth(truth), *(["Null"] if truth is None else []))
        cases.add(Truth(truth) & Compare(claims.sex, "=", Constant.of("F")))
        cases.add(Truth(truth) | Compare(claims.sex, "=", Constant.of("F")))
        cases.add(Not(Truth(truth)), "Negation")
    female, old = Compare(claims.sex, "=", Constant.of("F")), Compare(claims.age, ">=", number("65"))
    for word in ("TRUE", "NOT TRUE", "FALSE", "NOT FALSE", "UNKNOWN", "NOT UNKNOWN"):
        cases.add(Is(female, word), "Null")
        cases.add(Is(female & old, word), "Null")
        cases.add(Is(Not(female | old), word), "Null", "Negation")
        cases.add(Is(Compare(claims.region, "<", Constant.of("S")), word), "Null", "Clear")
        cases.add(Is(Is(female, word), word), "Null")


def negations(claims, cases):
    leaves_ = [
        Compare(claims.sex, "=", Constant.of("F")),
        Compare(claims.age, "<", number("37")),
        In(claims.code, [Constant.of("E0"), Constant.of("V2B")]),
        Like(claims.code, "E"),
        Between(claims.admitted, Constant.of(DAY(2007, 12, 5)), Constant.of(DAY(2008, 2, 29))),
        Compare(claims.region, "=", Constant.of("N")),
        Compare(claims.status, "=", Constant.of("1")),
    ]
    for leaf in leaves_:
        clear = ["Clear"] if leaf.column.protect == "clear" else []
        cases.add(Not(leaf), "Negation", *clear, flat=True)
        cases.add(Not(Not(leaf)), "Negation", *clear, flat=True)
    for a, b in itertools.combinations(leaves_, 2):
        cases.add(Not(And(a, b)), "Negation")
        cases.add(Not(Or(a, b)), "Negation")


def lists(claims, cases):
    for negated in (False, True):
        flags = ["Negation"] * negated
        cases.add(In(claims.sex, [Constant.of("F"), Constant.of("X")], negated), *flags, flat=True)
        cases.add(
            In(claims.sex, [Constant.of("F"), Constant.of("?")], negated), "NoSuchValue", *flags, flat=True
        )
        cases.add(
            In(claims.stay, [number(str(x)) for x in range(-3, 6)], negated), "Complement", *flags, flat=True
        )
        cases.add(
            In(claims.age, [number("7"), number("41"), number("42")], negated), "TwoDigits", *flags, flat=True
        )
        cases.add(
            In(claims.age, [number(str(x)) for x in range(40, 50)], negated),
            *flags,
            flat=True,
            comment="a whole ten",
        )
        cases.add(
            In(claims.age, [number(str(10 * x + 4)) for x in range(12)], negated),
            *flags,
            flat=True,
            comment="one digit of every ten",
        )
        cases.add(
            In(claims.age, [number(str(x)) for x in range(120)], negated),
            "Complement",
            *flags,
            flat=True,
            comment="everything that the column can hold",
        )
        cases.add(
            In(claims.cost, [number("1.00"), number("1.01"), number("-0.5")], negated), "TwoDigits", *flags
        )
        cases.add(
            In(claims.code, [Constant.of(x) for x in ("E", "V0", "V2", "E0B")], negated), "TwoDigits", *flags
        )
        cases.add(
            In(claims.closed, [Constant.of(DAY(2008, m, 1)) for m in range(1, 13)], negated),
            "TwoDigits",
            *flags,
            flat=True,
            comment="the first of every month",
        )
        for low, high in [("2", "5"), ("5", "2"), ("-10", "100"), ("3", "3")]:
            cases.add(Between(claims.stay, number(low), number(high), negated), *flags, flat=True)
        for low, high in [("20", "39"), ("17", "64"), ("18", "19"), ("-1", "200"), ("40", "30")]:
            cases.add(Between(claims.age, number(low), number(high), negated), *flags, flat=True)
        for low, high in [("-1.50", "0.99"), ("0.005", "12.484"), ("1.00", "1.09")]:
            cases.add(Between(claims.cost, number(low), number(high), negated), *flags, flat=True)
        cases.add(Between(claims.paid, number("0.01"), number("49.99"), negated), "Band", *flags, flat=True)
        for low, high in [
            (DAY(2007, 12, 1), DAY(2008, 1, 31)),
            (DAY(2007, 12, 24), DAY(2008, 1, 6)),
            (DAY(2000, 1, 1), DAY(2008, 2, 29)),
            (DAY(2008, 3, 1), DAY(2030, 1, 1)),
        ]:
            cases.add(
                Between(claims.admitted, Constant.of(low), Constant.of(high), negated), *flags, flat=True
            )
        cases.add(Between(claims.code, Constant.of("E0"), Constant.of("V"), negated), *flags)
        cases.add(
            Between(claims.note, Constant.of("a"), Constant.of("b"), negated), "Clear", *flags, flat=True
        )


def prefixes(claims, cases):
    for prefix in ("E", "E0", "E0B", "2", "", "A", "E1", "E0B0", "e"):
        for negated in (False, True):
            flags = ["Prefix"] + ["Negation"] * negated
            cases.add(Like(claims.code, prefix, negated=negated), *flags, flat=True)
    for prefix in ("E0", "V2B", "E%"[:1], ""):
        cases.add(Like(claims.code, prefix, exact=True), "Prefix", flat=True)
    for prefix in ("M", "", "é"):
        cases.add(Like(claims.sex, prefix), "Prefix", flat=True)
        cases.add(Like(claims.note, prefix), "Prefix", "Clear", flat=True)
    cases.add(Like(claims.note, "a'"), "Prefix", "Clear", flat=True)
    cases.add(Like(claims.region, "N", negated=True), "Prefix", "Clear", "Negation", flat=True)


def date_parts(claims, cases):
    for column in (claims.admitted, claims.closed, claims.seen):
        clear = ["Clear"] * (column is claims.seen)
        for part, symbol, text in [
            ("year", "=", "2008"),
            ("year", "<", "2008"),
            ("year", ">=", "2009"),
            ("month", "=", "2"),
            ("month", "<>", "12"),
            ("month", ">", "6.5"),
            ("quarter", "=", "1"),
            ("quarter", "<=", "0"),
            ("day", "=", "31"),
            ("day", "<", "10"),
            ("day", ">=", "32"),
            ("day", "<>", "1"),
            ("month", "=", "2.5"),
        ]:
            cases.add(DatePart(part, column, symbol, number(text)), "DatePart", *clear, flat=True)
        cases.add(DatePart("day", column, "=", Constant.of(None)), "DatePart", "Null", *clear, flat=True)
        for unit in ("year", "quarter", "month", "day"):
            for day in (DAY(2008, 1, 1), DAY(2008, 2, 29), DAY(2007, 10, 1)):
                for symbol in ("=", "<>", "<", "<=", ">", ">="):
                    cases.add(
                        Truncated(unit, column, symbol, Constant.of(day)), "DatePart", *clear, flat=True
                    )
    calculated = [
        ("DATE '2008-01-31' + INTERVAL '1 month'", DAY(2008, 2, 29)),
        ("DATE '2007-12-31' + 31", DAY(2008, 1, 31)),
        ("DATE '2008-03-31' - INTERVAL '1 month 2 days'", DAY(2008, 2, 27)),
        ("date_trunc('quarter', DATE '2008-02-29')", DAY(2008, 1, 1)),
        ("DATE '2008-02-29' - INTERVAL '1 year'", DAY(2007, 2, 28)),
        ("CAST('2008-01-01' AS date) + INTERVAL '2 weeks'", DAY(2008, 1, 15)),
    ]
    for sql, day in calculated:
        for symbol in ("<", ">="):
            cases.add(Compare(claims.admitted, symbol, Constant.of(day, sql)), "Calculated", flat=True)
    for sql, value in [
        ("40 + 2 * 3", 46),
        ("100 - 99.5", Fraction(1, 2)),
        ("-(-7)", 7),
        ("CAST('12' AS int)", 12),
    ]:
        cases.add(Compare(claims.age, "<", Constant(sql, Fraction(value))), "Calculated", flat=True)


def combinations(claims, cases):
    female = Compare(claims.sex, "=", Constant.of("F"))
    old = Compare(claims.age, ">=", number("60"))
    exact_age = Compare(claims.age, "=", number("42"))
    code = Like(claims.code, "E0")
    month = Between(claims.admitted, Constant.of(DAY(2008, 1, 1)), Constant.of(DAY(2008, 1, 31)))
    north = Compare(claims.region, "=", Constant.of("N"))
    stay = Compare(claims.stay, ">", number("2"))
    final = Compare(claims.status, "=", Constant.of("1"))
    for a, b in itertools.combinations([female, old, exact_age, code, month, north, stay, final], 2):
        clear = ["Clear"] * (north in (a, b))
        flat = a.column is not b.column
        cases.add(a & b, *clear, flat=flat)
        cases.add(a | b, "Overlap", *clear, flat=flat and not clear)
        cases.add(a & Not(b), "Negation", *clear, flat=flat)
    cases.add(And(female, exact_age, code, stay), flat=True)
    cases.add(And(female, exact_age, code, stay, month, final, north), "Clear", flat=True)
    cases.add(Or(female, exact_age, code, stay), "Overlap", flat=True)
    cases.add(And(Or(female, old), Or(code, month), Or(stay, final)))
    cases.add(Or(And(female, old), And(code, month), And(stay, final)), "Overlap")
    cases.add(Or(And(north, female), And(Not(north), stay)), "Clear", "Exclusive")
    cases.add(Or(And(north, female), stay), "Clear", "Overlap")
    cases.add(And(Or(north, female), Or(stay, Is(north, "NOT TRUE"))), "Clear")
    male = Compare(claims.sex, "=", Constant.of("M"))
    cases.add(Or(And(female, old), And(male, code)), "Exclusive")
    cases.add(And(female, male))
    cases.add(Or(female, male, IsNull(claims.sex)), "Exclusive")
    cases.add(Or(And(female, exact_age), And(female, code)), "Overlap")
    cases.add(And(Or(female, stay), Or(female, code), Or(male, code)))
    cases.add(Or(And(old, female), And(Not(old), male), And(IsNull(claims.age), final)), "Exclusive", "Null")
    young = Compare(claims.age, "<", number("18"))
    cases.add(Or(young, old), "Exclusive", flat=False)
    cases.add(And(Not(young), Not(old)))
    cases.add(Not(Or(young, old, IsNull(claims.age))), "Null")


def limits(file, claims, generator):
    """Conditions in which no column stands twice have exactly as many factors as digits decide them:
    they are admitted when the depth holds so many, and refused with that number when it does not."""
    leaves_ = [
        Compare(claims.sex, "=", Constant.of("F")),
        Compare(claims.stay, ">", number("2")),
        Compare(claims.status, "=", Constant.of("1")),
        Compare(claims.age, "=", number("42")),
        Compare(claims.cost, "<", number("3.33")),
        Like(claims.code, "E0"),
        Between(claims.admitted, Constant.of(DAY(2007, 12, 5)), Constant.of(DAY(2008, 1, 20))),
        Compare(claims.closed, ">=", Constant.of(DAY(2008, 4, 1))),
    ]
    for depth in (0, 1, 2, 3):
        rows = claims.records(24, generator)
        cases = Cases(file, f"keys of depth {depth}", claims, rows, depth)
        for _ in range(24):
            chosen = generator.sample(leaves_, generator.randint(1, min(6, depth + 3)))
            conditions = [And(*chosen), Or(*chosen), Not(And(*chosen))]
            if len(chosen) > 2:
                conditions.append(And(chosen[0], Or(*chosen[1:])))
                conditions.append(Or(chosen[0], And(*chosen[1:])))
            condition = generator.choice(conditions) if len(chosen) > 1 else chosen[0]
            factors = factors_of(condition)
            if depth_of(factors) <= depth:
                cases.add(condition, *(["Limit"] if factors == 1 << depth else []))
            else:
                cases.refuse(
                    condition,
                    f"multiplies {factors} factors; the table was encrypted for depth {depth}",
                    "TooDeep",
                )


def predicates():
    generator = random.Random(20261202)
    claims = Claims()
    file = VectorFile(
        "query/predicates.json",
        "query.predicate",
        "WHERE clauses in SQL's three-valued logic, evaluated by their circuits on clear slots.",
        "query/predicates.py",
        FLAGS,
    )
    rows = claims.records(60, generator)
    for name, part in [
        ("comparisons", comparisons),
        ("NULL", nulls),
        ("negations", negations),
        ("lists and ranges", lists),
        ("prefixes", prefixes),
        ("parts of dates", date_parts),
        ("several conditions", combinations),
    ]:
        part(claims, Cases(file, name, claims, rows, 5))
    limits(file, claims, generator)
    for size in (2, 3, 4, 5):
        cases = Cases(file, f"random conditions of {size}", claims, claims.records(48, generator), 5)
        for _ in range(80):
            cases.add(tree(claims, generator, size), "Random")
    return file
