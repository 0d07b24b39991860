"""Stories without a product of ciphertexts."""

from common.bfv import Parameters
from common.columns import Category, Number
from stories.cases import Story
from stories.circuits import Term, indicators
from stories.parts import EVERYWHERE, REGION, amounts, columns, counted, lattice, plain_terms
from stories.plans import Aggregate, Equal, Group, Plan, column_sum, encrypted, one_digit
from stories.schema import Schema


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
