"""The stories whose answers are opened. Their plans follow from DESIGN.md, section 3: which products there
are, and which factor stands on which side of the last one."""

import random

from common.bfv import Parameters
from common.columns import Category, Number, Text
from stories.cases import Story
from stories.plans import (
    RECORDS,
    TRUE,
    Aggregate,
    Equal,
    Group,
    OneOf,
    Plan,
    Term,
    Total,
    clear,
    column_sum,
    encrypted,
    every,
    indicators,
    joint,
    linear,
    one_digit,
    present,
    product,
    value,
    weighted_sum,
)
from stories.schema import OCCUPIED, LatticeColumn, Schema

FLAGS = {
    "Withheld": "The disclosure policy withholds cells.",
    "Null": "Cells are NULL.",
    "Masked": "Clear columns mask a part of a chunk.",
    "Skipped": "Clear columns leave out whole chunks, or admit all of one.",
    "Appended": "Records are added to a chunk that holds some.",
    "HiddenGroups": "The server does not learn which record is in which group.",
    "Packed": "Totals travel packed, several in one ciphertext.",
    "Empty": "Nothing contributes to a total, so it is an encryption of zero.",
    "Limbs": "Values lie in several limbs.",
    "TwoTables": "The tables of two hospitals are queried together.",
    "TwoSchemes": "One query has totals of both schemes.",
    "HiddenFields": "The server masks fields that the query does not ask for.",
    "Blocks": "Paillier records have several blocks.",
}
REGION = Text("region", protect="clear")


def lattice(kind, name=None, slice=0):
    return Total("lattice", kind, name, slice)


def paillier(kind, name=None, slice=0):
    return Total("paillier", kind, name, slice)


def counted(index):
    return Aggregate("count", [index])


def columns(*shown):
    """What SELECT shows: keys by name, aggregates by number."""
    return [("key", 0) if shown == "key" else ("aggregate", shown) for shown in shown]


def amounts(generator, column, count):
    """Random values of a number column, both ends among them."""
    values = [generator.randint(column.low, column.high) for _ in range(count - 2)]
    return [column.low, column.high] + values


def plain_terms(group, total, limb):
    """Sums of stored columns alone."""
    return [Term(value(total.name, limb) if total.name else RECORDS)]


EVERYWHERE = Group([], [[([], [], TRUE)]])


def clear_groups(generator):
    """Small groups are withheld, and with them the smallest of the others."""
    paid = Number("paid", -50000, 200000, scale=2, use=("sum",), nullable=False)
    schema = Schema([REGION, paid], capacity=64, depth=0, cohort=3)
    regions = ["north"] * 9 + ["south"] * 2 + ["west"] * 4 + [None] * 6
    generator.shuffle(regions)
    rows = [
        {"region": region, "paid": amount}
        for region, amount in zip(regions, amounts(generator, paid, len(regions)))
    ]
    plan = Plan(
        "select region, count(*), sum(paid) from claims group by region",
        "SELECT region, count(*), sum(paid) FROM claims GROUP BY region",
        totals=[lattice("records"), lattice("value", "paid")],
        aggregates=[counted(0), Aggregate("sum", [0], column_sum(1, 0, 2))],
        select=columns("key", 0, 1),
        group_by=["region"],
        clear_keys=["region"],
        groups=[EVERYWHERE],
        terms=plain_terms,
    )
    return Story(generator, schema, plan, [rows], parameters=Parameters.small(16, 26, 44, 3))


def packed_totals(generator):
    """More totals than travel one by one: thirteen groups of three."""
    paid = Number("paid", -500, 900, use=("sum",), nullable=False)
    days = Number("days", 0, 40, use=("sum",), nullable=False)
    schema = Schema([REGION, paid, days], capacity=64, depth=0, cohort=1)
    regions = [f"r{number:02}" for number in range(13)] * 2 + ["r00"] * 4
    rows = [
        {"region": region, "paid": a, "days": b}
        for region, a, b in zip(
            regions, amounts(generator, paid, len(regions)), amounts(generator, days, len(regions))
        )
    ]
    plan = Plan(
        "SELECT region, sum(days), sum(paid), count(*) FROM claims GROUP BY 1",
        "SELECT region, sum(days), sum(paid), count(*) FROM claims GROUP BY region",
        totals=[lattice("records"), lattice("value", "days"), lattice("value", "paid")],
        aggregates=[
            Aggregate("sum", [0], column_sum(1, 0)),
            Aggregate("sum", [0], column_sum(2, 0)),
            counted(0),
        ],
        select=columns("key", 0, 1, 2),
        group_by=["region"],
        clear_keys=["region"],
        groups=[EVERYWHERE],
        terms=plain_terms,
    )
    return Story(generator, schema, plan, [rows], parameters=Parameters.small(16, 18, 45, 3))


def joint_index(generator):
    """Sex and age band are one sum of a joint index, times the amount or whether there is one. The first
    chunk needs a mask, the second none, and the third is left out."""
    sex = Category("sex", ["1", "2"], nullable=False)
    age = Number("age", 0, 109, bands=[18, 45, 65])
    paid = Number("paid", 0, 200000, scale=2, use=("sum",))
    schema = Schema(
        [REGION, sex, age, paid], capacity=64, depth=1, cohort=3, indexes=[["sex", "age"]]
    )
    regions = [generator.choice(["north", "south", "west", None]) for _ in range(16)]
    regions += [generator.choice(["north", "west"]) for _ in range(16)] + ["south"] * 5
    rows = [
        {
            "region": region,
            "sex": generator.choice(["1", "2", "2"]),
            "age": generator.choice([None, 0, 17, 18, 44, 45, 46, 64, 65, 80, 109]),
            "paid": None if number % 4 == 1 else amount,
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
    ages = weighted_sum(
        (1, indicators("age", 0, 4)),
        (1, product(indicators("age", 0, 3), indicators("age", 1, 5, 6, 7, 8, 9))),
        (1, product(indicators("age", 0, 5), indicators("age", 1, 0, 1))),
    )
    tree = ["none"] * 3 + [one_digit(10, set(range(5, 10))), "all", one_digit(10, {0, 1})]
    where = encrypted("age", tree + ["none"] * 5)
    keys = {
        "1": (indicators("sex", 0, 0), encrypted("sex", one_digit(2, {0}))),
        "2": (indicators("sex", 0, 1), encrypted("sex", one_digit(2, {1}))),
        None: (
            linear(OCCUPIED, (LatticeColumn("sex", "present"), -1)),
            encrypted("sex", "none", null=True),
        ),
    }

    def terms(group, total, limb):
        key = keys[group.keys[0]][0]
        if total.kind == "value":
            return [Term(product(key, value("paid", limb)), ages)]
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


def nothing_contributes(generator):
    """No record is where the clear condition looks."""
    sex = Category("sex", ["1", "2"], nullable=False)
    schema = Schema([REGION, sex], capacity=20, depth=1, cohort=1)
    rows = [{"region": "north", "sex": generator.choice(["1", "2"])} for _ in range(9)]
    keys = {
        "1": (indicators("sex", 0, 0), encrypted("sex", one_digit(2, {0}))),
        "2": (indicators("sex", 0, 1), encrypted("sex", one_digit(2, {1}))),
    }
    plan = Plan(
        "SELECT sex, count(*) FROM claims WHERE region = 'south' GROUP BY sex",
        "SELECT sex, count(*) FROM claims WHERE region = 'south' GROUP BY sex",
        totals=[lattice("records")],
        aggregates=[counted(0)],
        select=columns("key", 0),
        group_by=["sex"],
        groups=[Group([key], [[([0], [], own[1])]]) for key, own in keys.items()],
        predicates=[Equal("region", "south")],
        where=lambda row: row["region"] == "south",
        has_where=True,
        terms=lambda group, total, limb: [Term(keys[group.keys[0]][0], required=[0])],
    )
    return Story(generator, schema, plan, [rows], parameters=Parameters.small(16, 12, 45, 3))


KIND = Text("kind", protect="clear", nullable=False)
COST = Number("cost", -50000, 200000, scale=2, protect="paillier", nullable=False)
DAYS = Number("days", 0, 365, protect="paillier")
FEES = Number("fees", 0, 10**9, scale=2, protect="paillier", nullable=False)


def paillier_rows(generator, regions):
    count = len(regions)
    return [
        {
            "region": region,
            "kind": generator.choice(["in", "in", "out"]),
            "cost": cost,
            "days": None if number % 5 == 3 else days,
            "fees": fees,
        }
        for number, (region, cost, days, fees) in enumerate(
            zip(
                regions,
                amounts(generator, COST, count),
                amounts(generator, DAYS, count),
                amounts(generator, FEES, count),
            )
        )
    ]


def paillier_alone(generator):
    """Costs are not asked for and masked; fees lie in the second block."""
    schema = Schema([REGION, KIND, COST, DAYS, FEES], capacity=64, depth=0, cohort=2)
    regions = ["north"] * 7 + ["south"] + ["west"] * 6 + [None] * 4
    generator.shuffle(regions)
    plan = Plan(
        "SELECT region, count(*), sum(days), count(days), sum(fees) FROM claims"
        " WHERE kind = 'in' GROUP BY region",
        "SELECT region, count(*), sum(days), count(days), sum(fees) FROM claims"
        " WHERE kind = 'in' GROUP BY region",
        totals=[
            paillier("records"),
            paillier("present", "days"),
            paillier("value", "days"),
            paillier("value", "fees"),
        ],
        aggregates=[
            counted(0),
            Aggregate("sum", [1], column_sum(2, 1)),
            counted(1),
            Aggregate("sum", [0], column_sum(3, 0, 2)),
        ],
        select=columns("key", 0, 1, 2, 3),
        group_by=["region"],
        clear_keys=["region"],
        filter=Equal("kind", "in"),
        where=lambda row: row["kind"] == "in",
        has_where=True,
        # Records with days, and without.
        atoms=[[1, 1], [1, 0], [1, 0], [1, 1]],
    )
    return Story(generator, schema, plan, [paillier_rows(generator, regions)])


def paillier_filters(generator):
    """Two slices of the records, one of which is empty."""
    schema = Schema([REGION, KIND, COST, DAYS, FEES], capacity=64, depth=0, cohort=1)
    plan = Plan(
        "SELECT sum(cost), sum(days) FILTER (WHERE kind = 'none') FROM claims",
        "SELECT sum(cost), sum(days) FILTER (WHERE kind = 'none') FROM claims",
        totals=[
            paillier("records"),
            paillier("value", "cost"),
            paillier("present", "days", slice=1),
            paillier("value", "days", slice=1),
        ],
        aggregates=[
            Aggregate("sum", [0], column_sum(1, 0, 2)),
            Aggregate("sum", [2], column_sum(3, 2)),
        ],
        select=columns(0, 1),
        slices=[TRUE, clear(Equal("kind", "none"))],
        slice_holds=[lambda row: True, lambda row: row["kind"] == "none"],
        # By kind, and whether there are days.
        atoms=[[1, 1, 1, 1], [1, 0, 0, 0]],
    )
    rows = paillier_rows(generator, ["north"] * 5 + [None] * 4)
    return Story(generator, schema, plan, [rows])


def both_schemes(generator):
    """Amounts in three limbs and costs under Paillier, over two tables; the group of the second table's
    one record is small in both together."""
    paid = Number("paid", -200000, 200000, scale=2, use=("sum",), nullable=False)
    schema = Schema([REGION, paid, COST], capacity=64, depth=0, cohort=2)

    def rows(*regions):
        return [
            {"region": region, "paid": a, "cost": b}
            for region, a, b in zip(
                regions,
                amounts(generator, paid, len(regions)),
                amounts(generator, COST, len(regions)),
            )
        ]

    plan = Plan(
        "SELECT region, count(*), sum(paid), sum(cost), avg(cost) FROM claims GROUP BY region",
        "SELECT region, count(*), sum(paid), sum(cost), avg(cost) FROM claims GROUP BY region",
        totals=[lattice("records"), lattice("value", "paid"), paillier("value", "cost")],
        aggregates=[
            counted(0),
            Aggregate("sum", [0], column_sum(1, 0, 2)),
            Aggregate("sum", [0], column_sum(2, 0, 2)),
            Aggregate("avg", [0], column_sum(2, 0, 2)),
        ],
        select=columns("key", 0, 1, 2, 3),
        group_by=["region"],
        clear_keys=["region"],
        groups=[EVERYWHERE],
        terms=plain_terms,
    )
    first = rows(*["north"] * 6 + ["west"] * 4 + ["east"] * 7)
    second = rows("north", "south", "north", "west", "west")
    return Story(
        generator, schema, plan, [first], [second], parameters=Parameters.small(16, 14, 45, 3)
    )


def add_to(file):
    generator = random.Random(20261129)

    def story(group, make, comment, *flags):
        group.case(comment, flags, **make(generator).fields())

    group = file.group("no product of ciphertexts")
    story(
        group, clear_groups, "counts and sums by a clear column, with a minimum cohort",
        "Withheld", "Masked", "Null",
    )  # fmt: skip
    story(group, packed_totals, "thirty-nine totals by a clear column", "Packed", "Masked")
    story(group, nothing_contributes, "a condition that no record meets", "Empty", "HiddenGroups")
    group = file.group("products of ciphertexts")
    story(
        group, joint_index, "depth 1: a joint index of sex and age band, times an amount",
        "Masked", "Skipped", "Null",
    )  # fmt: skip
    story(
        group, hidden_groups, "depth 2: two digits, a hidden key and an amount",
        "HiddenGroups", "Appended", "Null", "Withheld",
    )  # fmt: skip
    group = file.group("Paillier records")
    story(
        group, paillier_alone, "sums and counts by a clear column, with a clear condition",
        "HiddenFields", "Blocks", "Null", "Withheld",
    )  # fmt: skip
    story(group, paillier_filters, "a sum with a FILTER that nothing meets", "Empty", "HiddenFields")
    group = file.group("both schemes")
    story(
        group, both_schemes, "amounts in limbs and costs under Paillier, of two hospitals",
        "TwoSchemes", "TwoTables", "Limbs", "Withheld", "HiddenFields",
    )  # fmt: skip
