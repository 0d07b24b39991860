"""Plans: the groups of a query, and what its totals are over given records."""

import itertools
import random

from common.aggregates import (
    Aggregate,
    Arithmetic,
    ByCase,
    ByColumn,
    ByPart,
    ByUnit,
    Case,
    Constant,
    Count,
    Negative,
    Query,
    Value,
)
from common.claims import DAY, Claims
from common.columns import Number
from common.predicates import Between, Compare
from common.predicates import Constant as Literal
from common.predicates import In, IsNull, Like, Not, number
from common.vectorfile import VectorFile
from query.plan_refusals import refusals
from query.random_conditions import tree

FLAGS = {
    "Contributors": "CASE makes the value 0 for some records: they do not contribute.",
    "Null": "An argument or a key is NULL.",
    "Filter": "An aggregate has a condition of its own.",
    "HiddenGroups": "The plan lists the keys, and the server does not learn who has which.",
    "ClearGroups": "The server reads the keys.",
    "Products": "A product of two columns is summed.",
    "Paillier": "The totals are of packed Paillier records.",
    "Distinct": "The keys that occur are counted.",
    "JointIndex": "A joint index makes a product a sum.",
    "Limbs": "A value is stored in more than one limb.",
    "Random": "A query made at random.",
    "Depth": "What decides is how many factors the depth admits.",
    "Column": "A column does not admit this use.",
    "Literal": "A constant does not fit its column.",
    "Types": "What is calculated of the released values has no type.",
    "Size": "There would be too much of something.",
    "Golden": "The digest was taken from the first release and not calculated independently.",
}


class PlanClaims(Claims):
    """With values that are multiplied, values in Paillier records, and a value in two limbs."""

    def __init__(self):
        super().__init__()
        self.share = Number("share", 0, 999, scale=2, protect="paillier")
        self.units = Number("units", -9, 9, protect="paillier", nullable=False)
        self.wealth = Number("wealth", -(10**16), 10**16, scale=2, use=("sum",))

    def schema(self, depth, indexes=False, **others):
        summed = sorted([self.stay.name, self.paid.name, self.fee.name, self.cost.name])
        pairs = itertools.combinations_with_replacement(summed, 2)
        more = f"products: [{', '.join(f'[{a}, {b}]' for a, b in pairs)}]\n"
        if indexes:
            more += "indexes: [[sex, status], [paid, sex, stay]]\n"
        return super().schema(depth, more=more, **others)


class Plans:
    """Cases over the records of one group."""

    def __init__(self, file, name, claims, rows, depth=5, **others):
        self._rows = rows
        schema = claims.schema(depth, **others)
        self._group = file.group(name, schema=schema, rows=claims.written(rows))

    def add(self, query, *flags, **fields):
        sql = query.sql()
        self._group.case(sql[:120], flags, sql=sql, groups=query.groups(self._rows), **fields)


def counts(claims, plans):
    female = Compare(claims.sex, "=", Literal.of("F"))
    north = Compare(claims.region, "=", Literal.of("N"))
    plans.add(Query([Count()]))
    for column in claims.columns:
        flags = ["Null"] if column.nullable else []
        if column in (claims.share, claims.units):
            plans.add(Query([Count(column)]), "Paillier", *flags)
            continue
        plans.add(Query([Count(column), Count()], where=female), *flags)
    plans.add(
        Query([Count(where=female), Count(where=Not(female)), Count(where=IsNull(claims.sex))]), "Filter"
    )
    plans.add(Query([Count(claims.age, where=north & female)], where=Not(north)), "Filter")
    plans.add(Query([Count()], where=female & Compare(claims.sex, "=", Literal.of("M"))))
    for column in (claims.sex, claims.status, claims.stay):
        plans.add(Query([Count(column, distinct=True)]), "Distinct")
        plans.add(Query([Count(column, distinct=True, where=female)], where=north), "Distinct", "Filter")
    plans.add(
        Query([Count(claims.stay, distinct=True)], by=[ByColumn(claims.sex)]), "Distinct", "HiddenGroups"
    )


def sums(claims, plans):
    stay, paid, fee, cost = (Value(x) for x in (claims.stay, claims.paid, claims.fee, claims.cost))
    female = Compare(claims.sex, "=", Literal.of("F"))
    old = Compare(claims.age, ">=", number("65"))
    zero = Constant("0")
    for function in ("sum", "avg", "var_pop", "var_samp", "stddev_pop", "stddev_samp"):
        for value in (stay, paid, fee, cost):
            flags = ["Null"] * value.column.nullable + ["Products"] * (function not in ("sum", "avg"))
            plans.add(Query([Aggregate(function, value)]), *flags)
            plans.add(Query([Aggregate(function, value, where=old)], where=female), "Filter", *flags)
    for a, b in itertools.permutations([stay, paid, fee], 2):
        for function in ("covar_pop", "corr"):
            plans.add(Query([Aggregate(function, a, b)], where=female), "Products")
    expressions = [
        Arithmetic(stay, "+", paid),
        Arithmetic(fee, "-", Constant("12.345")),
        Negative(cost),
        Arithmetic(stay, "*", paid),
        Arithmetic(fee, "*", fee),
        Arithmetic(Constant("2"), "*", stay),
        Arithmetic(Arithmetic(stay, "+", Constant("1")), "*", Arithmetic(fee, "-", paid)),
        Arithmetic(paid, "-", paid),
        Arithmetic(zero, "*", paid),
        Constant("1"),
        Constant("-0.5"),
    ]
    for expression in expressions:
        flags = ["Contributors"] if expression.is_nothing({}) else []
        plans.add(Query([Aggregate("sum", expression)], where=old), "Null", *flags)
        plans.add(Query([Aggregate("avg", expression, where=female)]), "Null", "Filter", *flags)
    choices = [
        Case([(female, paid)], zero),
        Case([(female, paid)]),
        Case([(female, Constant("1"))], zero),
        Case([(female, Constant("1")), (old, Constant("NULL"))], stay),
        Case([(old, fee), (female, Negative(fee))], zero),
        Case([(IsNull(claims.stay), zero)], stay),
        Case([(Compare(claims.paid, "<", number("0")), Negative(paid))], paid),
        Arithmetic(Case([(female, stay)], zero), "*", Case([(old, paid)], Constant("1"))),
        Arithmetic(Case([(female, stay)], zero), "+", Case([(old, Constant("1.5"))], zero)),
        Case([(Compare(claims.region, "=", Literal.of("N")), fee)], zero),
        Case([(female & old, zero)], Constant("3")),
    ]
    for choice in choices:
        for function in ("sum", "avg"):
            plans.add(Query([Aggregate(function, choice)]), "Contributors")
            plans.add(
                Query([Aggregate(function, choice, where=old)], where=female | old), "Contributors", "Filter"
            )
    plans.add(Query([Aggregate("var_pop", choices[0])]), "Contributors", "Products")
    plans.add(Query([Aggregate("corr", choices[0], choices[1])]), "Contributors", "Products")
    wealth = Value(claims.wealth)
    plans.add(Query([Aggregate("sum", wealth), Aggregate("avg", wealth)]), "Limbs", "Null")
    plans.add(Query([Aggregate("sum", Arithmetic(wealth, "-", fee))], where=female), "Limbs", "Null")


def groups(claims, plans):
    female = Compare(claims.sex, "=", Literal.of("F"))
    old = Compare(claims.age, ">=", number("65"))
    young = Compare(claims.age, "<", number("18"))
    total = [Count(), Aggregate("sum", Value(claims.paid))]
    keys = [
        ByColumn(claims.sex),
        ByColumn(claims.status),
        ByColumn(claims.stay),
        ByColumn(claims.paid),
        ByColumn(claims.age),
        ByPart("year", claims.admitted),
        ByPart("quarter", claims.closed),
        ByPart("month", claims.admitted),
        ByUnit("month", claims.admitted),
        ByUnit("quarter", claims.admitted),
        ByUnit("year", claims.closed),
        ByCase([(young, "young"), (old, "old")], "between"),
        ByCase([(female, "yes")]),
        ByCase([(old, "b"), (female, "a"), (young, "b")], "é"),
    ]
    clear = [
        ByColumn(claims.region),
        ByColumn(claims.year),
        ByColumn(claims.tax),
        ByPart("month", claims.seen),
        ByUnit("quarter", claims.seen),
        ByColumn(claims.seen),
    ]
    for key in keys:
        plans.add(Query(total, by=[key]), "HiddenGroups")
        plans.add(Query(total, where=female | IsNull(claims.age), by=[key]), "HiddenGroups", "Null")
    for key in clear:
        plans.add(Query(total, by=[key]), "ClearGroups")
        plans.add(
            Query([Count(where=old), Aggregate("avg", Value(claims.fee))], where=female, by=[key]),
            "ClearGroups",
            "Filter",
        )
    for key, other in [(keys[0], clear[0]), (clear[3], keys[3]), (keys[5], keys[11]), (keys[1], keys[2])]:
        plans.add(Query(total, by=[key, other]), "HiddenGroups")
    plans.add(Query(total, where=old, by=[keys[1], clear[0], keys[0]]), "HiddenGroups", "ClearGroups")
    listed = In(claims.code, [Literal.of(x) for x in ("E0", "V20", "V", "??", "E0")])
    plans.add(Query(total, where=listed, by=[ByColumn(claims.code)]), "HiddenGroups")
    days = In(
        claims.admitted, [Literal.of(day) for day in (DAY(2008, 1, 31), DAY(2007, 11, 15), DAY(2008, 2, 29))]
    )
    plans.add(Query(total, where=days & female, by=[ByColumn(claims.admitted)]), "HiddenGroups")
    plans.add(
        Query(total, where=Compare(claims.cost, "=", number("0.09")), by=[ByColumn(claims.cost)]),
        "HiddenGroups",
    )
    plans.add(
        Query(total, where=Between(claims.age, number("30"), number("39")), by=[ByColumn(claims.age)]),
        "HiddenGroups",
    )


def paillier(claims, plans):
    share, units = Value(claims.share), Value(claims.units)
    north = Compare(claims.region, "=", Literal.of("N"))
    late = Compare(claims.seen, ">=", Literal.of(DAY(2008, 1, 1)))
    for where in (None, north, Not(north), north | late, Like(claims.note, "a"), IsNull(claims.tax)):
        plans.add(
            Query([Aggregate("sum", share), Aggregate("avg", units), Count(claims.share)], where=where),
            "Paillier",
        )
        plans.add(Query([Aggregate("sum", units, where=late)], where=where), "Paillier", "Filter")
    choice = Case([(north, share)], Constant("0"))
    plans.add(
        Query([Aggregate("sum", choice), Aggregate("avg", Case([(late, units)]))]), "Paillier", "Contributors"
    )
    plans.add(Query([Aggregate("sum", Arithmetic(units, "-", Constant("1.5")))], where=late), "Paillier")
    for key in (ByColumn(claims.region), ByUnit("month", claims.seen), ByColumn(claims.tax)):
        plans.add(
            Query([Aggregate("sum", share), Aggregate("sum", units)], by=[key]), "Paillier", "ClearGroups"
        )


def joint(claims, plans):
    female, final = Compare(claims.sex, "=", Literal.of("F")), Compare(claims.status, "=", Literal.of("1"))
    total = [Count(), Aggregate("sum", Value(claims.fee))]
    low, stays = Compare(claims.paid, "<", number("0")), Compare(claims.stay, ">", number("2"))
    for where in (
        female & final,
        Not(female) & final,
        IsNull(claims.sex) & final,
        female & low & stays,
        (female | IsNull(claims.sex)) & final & Not(low),
        Not(female & final),
        female | final,
    ):
        plans.add(Query(total, where=where), "JointIndex")
    plans.add(Query(total, by=[ByColumn(claims.sex), ByColumn(claims.status)]), "JointIndex", "HiddenGroups")
    plans.add(Query(total, where=female, by=[ByColumn(claims.status)]), "JointIndex", "HiddenGroups")
    plans.add(
        Query(total, where=low, by=[ByColumn(claims.stay), ByColumn(claims.sex)]),
        "JointIndex",
        "HiddenGroups",
    )


def random_query(claims, generator):
    values = [Value(x) for x in (claims.stay, claims.paid, claims.fee, claims.cost)]

    def condition(size):
        return tree(claims, generator, size)

    def expression():
        form, value = generator.random(), generator.choice(values)
        if form < 0.4:
            return value
        if form < 0.6:
            return Arithmetic(value, generator.choice("+-*"), generator.choice([*values, Constant("2.5")]))
        return Case([(condition(1), value)], generator.choice([None, Constant("0"), Constant("1")]))

    aggregates = []
    for _ in range(generator.randint(1, 3)):
        where = condition(1) if generator.random() < 0.3 else None
        if generator.random() < 0.3:
            aggregates.append(Count(generator.choice([None, claims.age, claims.region]), where=where))
        else:
            function = generator.choice(["sum", "avg"])
            aggregates.append(Aggregate(function, expression(), where=where))
    keys = [
        ByColumn(claims.sex),
        ByColumn(claims.region),
        ByColumn(claims.paid),
        ByPart("month", claims.admitted),
        ByUnit("quarter", claims.seen),
        ByCase([(condition(1), "x"), (condition(1), "y")], "z"),
    ]
    by = generator.sample(keys, generator.choice([0, 0, 1, 2]))
    where = condition(generator.randint(1, 3)) if generator.random() < 0.8 else None
    return Query(aggregates, where, by)


def golden(claims, plans):
    """Plans whose digests must not change: server and custodian compare them."""
    female = Compare(claims.sex, "=", Literal.of("F"))
    old = Compare(claims.age, ">=", number("65"))
    north = Compare(claims.region, "=", Literal.of("N"))
    paid, fee = Value(claims.paid), Value(claims.fee)
    queries = [
        Query([Count()]),
        Query([Count(), Aggregate("sum", paid)], where=female & old),
        Query([Aggregate("avg", fee)], where=(north & female) | Not(old)),
        Query([Aggregate("var_samp", paid), Aggregate("corr", paid, fee)], where=Like(claims.code, "E0")),
        Query([Count(claims.stay, distinct=True)], by=[ByColumn(claims.sex)]),
        Query([Count()], by=[ByUnit("month", claims.admitted), ByColumn(claims.region)]),
        Query(
            [Aggregate("sum", Case([(female, paid), (old, Constant("0"))], fee))], where=IsNull(claims.stay)
        ),
        Query([Aggregate("sum", Value(claims.share))], where=north, by=[ByPart("month", claims.seen)]),
        Query([Count(where=female)], by=[ByCase([(old, "old"), (female, "x")], "else")]),
        Query(
            [Aggregate("sum", Value(claims.wealth))],
            where=Between(claims.admitted, Literal.of(DAY(2008, 1, 1)), Literal.of(DAY(2008, 2, 10))),
        ),
    ]
    for query, digest in zip(queries, GOLDEN, strict=True):
        plans.add(query, "Golden", digest=digest)


GOLDEN = [
    "5ed8bb9dd7b3cc29b5b8f0f8b26860550484303dc0c48d6b516775b61742e345",
    "e8fcb6ee70b7487691a36ae9d73807e745d646de02f950dfc9a82b39eb17bdef",
    "476ecc1fa093737598753ed5b027f0741f078a59cdcd627aeb9ff0b6343623af",
    "d4c0d4cb712bfb4d121e8122a548ff28098aedddd780fd0ac52477bb286a3001",
    "4daf561fed29bf3ae3f3591ef2d038c7985850c9da6470beb4c7f530ee9f3391",
    "01e337f4e7cfa4195d8ad57ac700e8b6c2bfcda94b0762c36093c9be4140df49",
    "5d51437f0c37f1263cadfbf203eb5c17a55b8e521237624f901a1d5fc4190381",
    "278a86aa2f72c3e77ea2cd26232c40fe9b68c598809a6cee3e165219f13adeb1",
    "33021ef48f5e5312a5be38341b7310760c989c12c166d6ea50d155fe018eeedf",
    "4a9fc9c1154425fb25d715c4301adf56d70bf97325f4e7af8c50610b005ca7c9",
]


def plans():
    generator = random.Random(20261203)
    claims = PlanClaims()
    file = VectorFile(
        "query/plans.json",
        "query.plan",
        "Queries, their groups, and the counts and sums that their totals give over given records.",
        "query/plans.py",
        FLAGS,
    )
    rows = claims.records(48, generator)
    for name, part, options in [
        ("counts", counts, {}),
        ("sums", sums, {}),
        ("groups", groups, {}),
        ("Paillier totals", paillier, {}),
        ("joint indexes", joint, {"depth": 2, "indexes": True}),
    ]:
        part(claims, Plans(file, name, claims, rows, **options))
    golden(claims, Plans(file, "digests", claims, rows[:16], depth=3))
    randoms = Plans(file, "random queries", claims, claims.records(40, generator))
    for _ in range(120):
        randoms.add(random_query(claims, generator), "Random")
    refusals(file, claims)
    return file
