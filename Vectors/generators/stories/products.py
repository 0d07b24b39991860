"""Stories with products of ciphertexts. Their plans follow from DESIGN.md, section 3: which products
there are, and which factor stands on which side of the last one."""

import datetime

from common.bfv import Parameters
from common.columns import Category, Date, Number
from stories.cases import Story
from stories.circuits import (
    Product,
    Sum,
    Term,
    indicators,
    is_null,
    joint,
    person_bucket,
    present,
    value,
)
from stories.parts import REGION, amounts, columns, counted, lattice
from stories.plans import (
    TRUE,
    Aggregate,
    Group,
    LinearTotal,
    OneOf,
    Plan,
    column_sum,
    encrypted,
    every,
    one_digit,
)
from stories.schema import Schema


def joint_index(generator):
    """Sex and age band are one sum of a joint index, times the amount or whether there is one. The first
    chunk needs a mask, the second none, and the third is left out."""
    sex = Category("sex", ["1", "2"], nullable=False)
    age = Number("age", 0, 109, bands=[18, 45, 65])
    paid = Number("paid", 0, 200000, scale=2, use=("sum",))
    schema = Schema(
        [REGION, sex, age, paid], capacity=64, depth=1, cohort=2, indexes=[["sex", "age"]]
    )
    regions = [generator.choice(["north", "south", "west", None]) for _ in range(16)]
    regions += [generator.choice(["north", "west"]) for _ in range(16)] + ["south"] * 5
    rows = [
        {
            "region": region,
            "sex": generator.choice(["1", "2", "2"]),
            "age": generator.choice([None, 0, 17, 18, 44, 45, 46, 64, 65, 80, 109]),
            "paid": None if number % 3 == 1 else amount,
        }
        for number, (region, amount) in enumerate(
            zip(regions, amounts(generator, paid, len(regions)))
        )
    ]
    # The place of sex 2 and the third or fourth of five age digits, NULL the last.
    places = joint(["sex", "age"], 7, 8)
    sets = {
        "age": encrypted("age", one_digit(4, {2, 3})),
        "paid": encrypted("paid", "all"),
        "sex": encrypted("sex", one_digit(2, {1})),
    }

    def terms(group, total, limb):
        if total.kind == "value":
            return [Term(places, value("paid", limb), required=[0])]
        if total.slice == 1:
            return [Term(present("paid"), places, required=[0])]
        return [Term(places, required=[0])]

    def where(row):
        return (
            row["sex"] == "2"
            and row["age"] is not None
            and row["age"] >= 45
            and row["region"] in ("north", "west")
        )

    plan = Plan(
        "select count(*) as n, sum(paid), avg(paid) from claims c"
        " where c.sex = '2' and age >= 45 and region in ('north', 'west')",
        "SELECT count(*) AS n, sum(paid), avg(paid) FROM claims"
        " WHERE sex = '2' AND age >= 45 AND region IN ('north', 'west')",
        totals=[lattice("records"), lattice("records", slice=1), lattice("value", "paid")],
        aggregates=[
            counted(0),
            Aggregate("sum", [1], column_sum(2, 1, 2)),
            Aggregate("avg", [1], column_sum(2, 1, 2)),
        ],
        select=columns(0, 1, 2),
        groups=[
            Group(
                [],
                [
                    [([0], [], every(sets["age"], sets["sex"]))],
                    [([0], [], every(sets["age"], sets["paid"], sets["sex"]))],
                ],
            )
        ],
        predicates=[OneOf("region", "north", "west")],
        slices=[TRUE, sets["paid"]],
        slice_holds=[lambda row: True, lambda row: row["paid"] is not None],
        where=where,
        has_where=True,
        # Records with an amount, and without.
        atoms=[[1, 1], [1, 0], [1, 0]],
        terms=terms,
    )
    return Story(generator, schema, plan, [rows], parameters=Parameters.small(16, 25, 45, 4))


def hidden_groups(generator):
    """A range over two digits, a hidden key and an amount: four factors. The second file's records go to
    the slots that the first one left."""
    sex = Category("sex", ["1", "2"])
    age = Number("age", 0, 109)
    paid = Number("paid", -9000, 9000, scale=1, use=("sum",), nullable=False)
    schema = Schema([sex, age, paid], capacity=50, depth=2, cohort=2)
    rows = [
        {
            "sex": generator.choice(["1", "2", "2", None]),
            "age": generator.choice([None, 7, 34, 35, 39, 40, 44, 49, 50, 51, 52, 59, 109]),
            "paid": amount,
        }
        for amount in amounts(generator, paid, 27)
    ]
    ages = Sum(
        (1, indicators("age", 0, 4)),
        (1, Product(indicators("age", 0, 3), indicators("age", 1, 5, 6, 7, 8, 9))),
        (1, Product(indicators("age", 0, 5), indicators("age", 1, 0, 1))),
    )
    tree = ["none"] * 3 + [one_digit(10, set(range(5, 10))), "all", one_digit(10, {0, 1})]
    where = encrypted("age", tree + ["none"] * 5)
    keys = {
        "1": (indicators("sex", 0, 0), encrypted("sex", one_digit(2, {0}))),
        "2": (indicators("sex", 0, 1), encrypted("sex", one_digit(2, {1}))),
        None: (is_null("sex"), encrypted("sex", "none", null=True)),
    }

    def terms(group, total, limb):
        key = keys[group.keys[0]][0]
        if total.kind == "value":
            return [Term(Product(key, value("paid", limb)), ages)]
        return [Term(key, ages)]

    plan = Plan(
        "SELECT sex, count(*), sum(paid) FROM claims WHERE age >= 35 AND age < 52 GROUP BY sex",
        "SELECT sex, count(*), sum(paid) FROM claims WHERE age >= 35 AND age < 52 GROUP BY sex",
        totals=[lattice("records"), lattice("value", "paid")],
        aggregates=[counted(0), Aggregate("sum", [0], column_sum(1, 0, 1))],
        select=columns("key", 0, 1),
        group_by=["sex"],
        groups=[Group([key], [[([], [], every(where, own[1]))]]) for key, own in keys.items()],
        where=lambda row: row["age"] is not None and 35 <= row["age"] < 52,
        has_where=True,
        terms=terms,
    )
    return Story(
        generator, schema, plan, [rows[:11], rows[11:]], parameters=Parameters.small(16, 21, 45, 5)
    )


def persons(generator):
    """Of the second group five records are enough people, because they are in three buckets at least; six
    records of two persons are not."""
    sex = Category("sex", ["1", "2", "3", "4"], nullable=False)
    paid = Number("paid", 0, 900, use=("sum",), nullable=False)
    schema = Schema([sex, paid], capacity=32, depth=1, cohort=3, person="member", buckets=4)
    members = {
        "1": ["m01", "m02", "m03", "m01", "m05", "m06", "m06", "m07", None],
        "2": ["m11", "m12", "m13", "m14", "m15"],
        "3": ["m21", "m21", "m21", "m22", "m22", "m22"],
        "4": ["m31", "m31", "m31", "m31"],
    }
    people = [(key, member) for key, group in members.items() for member in group]
    generator.shuffle(people)
    rows = [
        {"sex": key, "member": member, "paid": amount}
        for (key, member), amount in zip(people, amounts(generator, paid, len(people)))
    ]
    keys = {key: number for number, key in enumerate(sex.values)}

    def terms(group, total, limb):
        key = indicators("sex", 0, keys[group.keys[0]])
        if total.kind == "records":
            return [Term(key)]
        other = value("paid", limb) if total.kind == "value" else person_bucket(int(total.name))
        return [Term(key, other)]

    text = "SELECT sex, count(*), sum(paid) FROM claims GROUP BY sex"
    buckets = [lattice("bucket", str(number)) for number in range(4)]
    plan = Plan(
        text,
        text,
        totals=[lattice("records"), *buckets, lattice("value", "paid")],
        aggregates=[
            Aggregate("count", [0], buckets=[1, 2, 3, 4]),
            Aggregate("sum", [0], column_sum(5, 0), buckets=[1, 2, 3, 4]),
        ],
        select=columns("key", 0, 1),
        group_by=["sex"],
        groups=[
            Group([key], [[([], [], encrypted("sex", one_digit(4, {number})))]])
            for key, number in keys.items()
        ],
        terms=terms,
    )
    return Story(generator, schema, plan, [rows], parameters=Parameters.small(16, 16, 45, 3))


def months_and_products(generator):
    """Groups by the first digit of a hidden date; stored products, and a sum with coefficients. Some
    records were deleted."""
    admitted = Date(
        "admitted", datetime.date(2009, 11, 15), datetime.date(2010, 2, 10), nullable=False
    )
    days = Number("days", 0, 40, use=("sum",), nullable=False)
    paid = Number("paid", -900, 900, scale=2, use=("sum",))
    schema = Schema(
        [REGION, admitted, days, paid], capacity=32, depth=1, cohort=2, products=[["days", "paid"]]
    )
    count = 23
    rows = [
        {
            "region": generator.choice(["north", "north", "south", None]),
            "admitted": admitted.first
            + datetime.timedelta(generator.randrange((admitted.last - admitted.first).days + 1)),
            "days": day,
            "paid": None if number % 6 == 4 else amount,
        }
        for number, (day, amount) in enumerate(
            zip(amounts(generator, days, count), amounts(generator, paid, count))
        )
    ]
    months = ["2009-11-01", "2009-12-01", "2010-01-01", "2010-02-01"]
    has_amount = encrypted("paid", "all")

    def terms(group, total, limb):
        month = indicators("admitted", 0, months.index(group.keys[0]))
        if total.kind == "value":
            return [Term(month, value(total.name, limb))]
        return [Term(month, present("paid")) if total.slice else Term(month)]

    def group(number):
        chosen = encrypted("admitted", one_digit(4, {number}))
        return Group(
            [months[number]], [[([], [], chosen)], [([], [], every(chosen, has_amount))]]
        )

    plan = Plan(
        "SELECT date_trunc('month', admitted) AS month, count(*), sum(days * paid),"
        " sum(3 * days - 1) FROM claims GROUP BY 1",
        "SELECT date_trunc('month', admitted) AS month, count(*), sum(days * paid),"
        " sum(3 * days - 1) FROM claims GROUP BY date_trunc('month', admitted)",
        totals=[
            lattice("records"),
            lattice("records", slice=1),
            lattice("value", "days*paid"),
            lattice("value", "days"),
        ],
        aggregates=[
            counted(0),
            Aggregate("sum", [1], column_sum(2, 1, 2)),
            Aggregate("sum", [0], LinearTotal([(0, -1, 0, True), (3, 3, 0, True)], 0, True)),
        ],
        select=columns("key", 0, 1, 2),
        group_by=["admitted"],
        groups=[group(number) for number in range(4)],
        key=lambda text: text[:8] + "01",
        slices=[TRUE, has_amount],
        slice_holds=[lambda row: True, lambda row: row["paid"] is not None],
        atoms=[[1, 1], [1, 0], [1, 1]],
        terms=terms,
    )
    return Story(
        generator,
        schema,
        plan,
        [rows],
        parameters=Parameters.small(16, 22, 45, 4),
        deletion=("region = 'south'", lambda row: row["region"] == "south"),
    )
