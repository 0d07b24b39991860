"""Stories of Paillier records, alone and beside encrypted columns."""

from common.bfv import Parameters
from common.columns import Number, Text
from stories.cases import Story
from stories.parts import (
    EVERYWHERE,
    REGION,
    amounts,
    columns,
    counted,
    lattice,
    paillier,
    plain_terms,
)
from stories.plans import TRUE, Aggregate, Equal, Plan, clear, column_sum
from stories.schema import Schema

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
