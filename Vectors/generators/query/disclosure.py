"""What of an answer is released, and what is withheld so that nothing follows."""

import itertools
import random

from common.aggregates import Aggregate, ByColumn, Count, Query, Value
from common.columns import schema_text
from common.disclosure import Policy, released
from common.predicates import Compare, IsNull, Not, number
from common.vectorfile import VectorFile
from query.disclosure_table import (
    COLUMNS,
    COST,
    FINAL,
    POSSIBLE,
    SEX,
    STATUS,
    STAY,
    record,
    sex,
    some,
    written,
)

FLAGS = {
    "SmallCohort": "So few records contribute that the cell is withheld.",
    "Empty": "No record contributes: 0 and NULL are shown.",
    "Difference": "Two cells differ by few records, so only the first is shown.",
    "Derivable": "A cell would follow from others by adding and subtracting.",
    "Halves": "Three cells give a class of records by halves.",
    "ZeroCell": "A cell of 0 tells that everything in it is 0.",
    "Complement": "What is left out is protected like what is shown.",
    "Rows": "A withheld row would follow from the table's size, so others are withheld too.",
    "People": "Several records may be one person's.",
    "Dominance": "Few contributors make up most of a sum.",
    "Rounded": "Released numbers are multiples of a base.",
    "Random": "A query and a table made at random.",
    "Refused": "The key never releases this aggregate.",
}


class Releases:
    """Cases over one table."""

    def __init__(self, file):
        self._file = file

    def add(self, name, policy, rows, query, *flags):
        schema = schema_text(
            COLUMNS, depth=3, more=f"products: [[cost, cost], [stay, stay]]\n{policy.yaml()}"
        )
        group = self._file.group(
            name,
            schema=schema,
            rows=written(rows),
            records_per_person=policy.per_person,
            record_count=policy.records,
        )
        group.case(query.sql()[:120], flags, sql=query.sql(), rows=released(policy, query, POSSIBLE, rows))


def cohorts(releases):
    for cohort, count in [(11, 0), (11, 1), (11, 10), (11, 11), (1, 1), (2, 1), (2, 2), (5, 4), (5, 5)]:
        flags = ["Empty"] if count == 0 else ["SmallCohort"] if count < cohort else []
        releases.add(
            f"{count} records, cohort {cohort}",
            Policy(cohort, False),
            some(count),
            Query([Count(), Aggregate("sum", Value(COST))]),
            *flags,
        )
    for count in (9, 12, 13):
        releases.add(
            f"{count} records, 4 of a person",
            Policy(4, False, per_person=4),
            some(count),
            Query([Count()]),
            "People",
            *(["SmallCohort"] if count < 13 else []),
        )
    rows = some(20) + some(4, cost=None) + some(3, stay=None)
    releases.add(
        "each sum has its own contributors",
        Policy(5, False),
        rows,
        Query([Aggregate("sum", Value(COST)), Aggregate("sum", Value(STAY)), Count(COST), Count()]),
        "Difference",
    )
    releases.add(
        "few with a value",
        Policy(5, False),
        some(3) + some(30, cost=None),
        Query([Count(), Aggregate("sum", Value(COST)), Count(COST)]),
        "SmallCohort",
    )


def derivations(releases):
    women, men, others = sex("F"), sex("M"), sex("X")
    rows = some(20) + some(30, sex="M") + some(3, sex="X")
    parts = [Count(where=women), Count(where=men), Count(where=others)]
    releases.add("a whole less its parts", Policy(5, False), rows, Query([*parts, Count(SEX)]), "Derivable")
    releases.add("the whole first", Policy(5, False), rows, Query([Count(), *parts]), "Difference")
    releases.add(
        "what is left has NULL in it",
        Policy(5, False),
        rows + some(40, sex=None),
        Query([*parts, Count()]),
    )
    pairs = [Count(where=sex("F", "M")), Count(where=sex("M", "X")), Count(where=sex("F", "X"))]
    releases.add("three pairs give the third", Policy(5, False), rows, Query(pairs), "Halves")
    aside = Count(where=men & FINAL)
    mixed = rows + some(12, sex="M", status="1")
    releases.add(
        "three pairs, and something aside", Policy(5, False), mixed, Query([*pairs, aside]), "Halves"
    )
    releases.add(
        "something aside, and three pairs", Policy(5, False), mixed, Query([aside, *pairs]), "Halves"
    )
    across = Count(where=sex("X", "F") & FINAL)
    fourth = [Count(where=women), *pairs[:2], across]
    wide = some(20) + some(30, sex="M") + some(3, sex="X") + some(15, status="1")
    releases.add(
        "a difference that is no cell, and something across",
        Policy(5, False),
        wide,
        Query(fourth),
        "Derivable",
    )
    releases.add(
        "something across first",
        Policy(5, False),
        wide,
        Query([across, *pairs[:2], Count(where=women)]),
        "Derivable",
    )
    same = some(3, sex="M") + some(30)
    releases.add(
        "two cells of the same records",
        Policy(5, False),
        same + some(12, sex="M", status="1"),
        Query(
            [
                Count(where=women),
                Count(where=sex("F", "X")),
                Count(where=sex("X", "M") & Not(FINAL) | women),
                Count(where=men & FINAL),
            ]
        ),
        "ZeroCell",
    )
    long = Compare(STAY, ">=", number("3"))
    releases.add(
        "three pairs, and a stay aside",
        Policy(5, False),
        rows + some(12, sex="M", stay=4),
        Query([*pairs, Count(where=men & long)]),
        "Halves",
    )
    union = [Count(where=women | FINAL), Count(where=women), Count(where=FINAL), Count(where=women & FINAL)]
    both = some(20) + some(30, sex="M", status="1") + some(3, status="1")
    for order in itertools.permutations(range(4)):
        releases.add(
            f"inclusion and exclusion {order}",
            Policy(5, False),
            both,
            Query([union[place] for place in order]),
            "Derivable",
        )
    nobody = some(3, sex="M") + some(30, sex="F")
    releases.add(
        "a cell of 0 divides another",
        Policy(5, False),
        nobody,
        Query(
            [
                Count(where=sex("X") | IsNull(SEX)),
                Count(where=sex("X", "M", "F")),
                Count(where=women),
                Count(where=men),
            ]
        ),
        "ZeroCell",
    )
    releases.add(
        "a cell of 0, and what it spares",
        Policy(5, False),
        some(3, sex="M", status="1") + some(30, status="1"),
        Query(
            [
                Count(where=Not(FINAL)),
                Count(where=women | Not(FINAL)),
                Count(where=sex("F", "M")),
                Count(where=men),
            ]
        ),
        "ZeroCell",
    )


def complements(releases):
    by_sex = [ByColumn(SEX)]
    for sizes in [
        (20, 30, 3, 0),
        (20, 30, 3, 2),
        (20, 30, 3, 9),
        (20, 20, 3, 0),
        (4, 4, 4, 4),
        (2, 3, 30, 0),
        (1, 0, 0, 0),
        (30, 30, 30, 30),
        (5, 6, 4, 3),
    ]:
        rows = [row for count, value in zip(sizes, ["F", "M", "X", None]) for row in some(count, sex=value)]
        for complement in (False, True):
            policy = Policy(5, complement, records=len(rows))
            flags = (["Rows"] if complement else []) + ["SmallCohort"] * any(0 < size < 5 for size in sizes)
            releases.add(
                f"rows of {sizes}, {'with' if complement else 'without'} complement",
                policy,
                rows,
                Query([Count(), Aggregate("sum", Value(COST))], by=by_sex),
                *flags,
            )
    rows = (
        some(20) + some(30, sex="M") + some(4, status="1") + some(9, sex="M", status="1") + some(6, sex="X")
    )
    for records in (None, len(rows), len(rows) + 3, len(rows) + 40):
        for where in (None, sex("F", "M"), Not(FINAL), sex("F", "M", "X")):
            releases.add(
                f"a filter over {records} records",
                Policy(7, True, records=records),
                rows,
                Query([Count(), Count(where=FINAL), Count(where=Not(FINAL))], where=where),
                "Complement",
            )
            releases.add(
                f"rows under a filter over {records} records",
                Policy(7, True, records=records),
                rows,
                Query([Count(), Count(where=FINAL)], where=where, by=by_sex),
                "Complement",
                "Rows",
            )


def dominance(releases):
    for costs in [
        [100] * 20,
        [100] * 2,
        [100000] + [100] * 19,
        [5000, 4000] + [1000] * 20,
        [0] * 12,
        [50000, 50000] + [2000] * 10,
        [700] * 6,
    ]:
        rows = [record(cost=cost) for cost in costs]
        for share in ("10", "50.55", "100"):
            releases.add(
                f"{len(costs)} contributors, {share} percent",
                Policy(1, False, dominance=share),
                rows,
                Query([Count(), Aggregate("sum", Value(COST))]),
                "Dominance",
            )


def rounding(releases):
    for base, count, cost in [
        (5, 22, 123),
        (5, 23, 123),
        (10, 15, 50),
        (10, 14, 49),
        (3, 20, 149),
        (100, 49, 101),
    ]:
        rows = some(count, cost=cost)
        releases.add(
            f"{count} records, base {base}",
            Policy(3, False, rounding=base),
            rows,
            Query([Count(), Aggregate("sum", Value(COST)), Aggregate("sum", Value(STAY))]),
            "Rounded",
        )


def randoms(releases, generator):
    conditions = [
        sex("F"),
        sex("M"),
        sex("X"),
        sex("F", "M"),
        sex("M", "X"),
        Not(sex("F")),
        IsNull(SEX),
        FINAL,
        Not(FINAL),
        Compare(STAY, "<", number("2")),
        Compare(STAY, ">=", number("3")),
        IsNull(STAY),
    ]
    for turn in range(150):
        rows = []
        for _ in range(generator.randint(10, 70)):
            rows.append(
                record(
                    generator.choices(["F", "M", "X", None], [6, 5, 1, 1])[0],
                    generator.choices("01", [4, 1])[0],
                    generator.choice([0, 1, 1, 2, 3, 4, None]),
                    generator.choice([None, 100, 2500, 40_000]),
                )
            )
        aggregates = []
        for _ in range(generator.randint(2, 5)):
            where = generator.choice([None, generator.choice(conditions)])
            if where is not None and generator.random() < 0.4:
                other = generator.choice(conditions)
                where = where & other if generator.random() < 0.5 else where | other
            aggregates.append(
                generator.choice(
                    [
                        Count(where=where),
                        Count(STAY, where=where),
                        Aggregate("sum", Value(STAY), where=where),
                        Aggregate("sum", Value(COST), where=where),
                    ]
                )
            )
        aggregates = list({aggregate.sql(): aggregate for aggregate in aggregates}.values())
        by = generator.choice([[], [], [ByColumn(SEX)], [ByColumn(STATUS)]])
        where = generator.choice([None, None, generator.choice(conditions)])
        policy = Policy(
            generator.choice([3, 5, 11]),
            generator.choice([False, True]),
            per_person=generator.choice([1, 1, 2]),
            records=generator.choice([None, len(rows)]),
        )
        releases.add(f"random {turn + 1}", policy, rows, Query(aggregates, where, by), "Random")


def refusals(file):
    def refused(name, policy, rows):
        schema = schema_text(COLUMNS, depth=3, more=f"products: [[cost, cost]]\n{policy}")
        group = file.group(name, schema=schema, rows=[], records_per_person=1, record_count=None)
        for sql, error in rows:
            group.case(
                sql[:120],
                ["Refused"],
                result="invalid",
                error=("QueryError", f"Refused by the disclosure policy: {error}"),
                sql=sql,
            )

    refused(
        "some aggregates only",
        "aggregates: [count, avg]\n",
        [
            (
                "SELECT count(*), sum(cost) FROM claims",
                "the key does not release sum; it releases count, avg",
            ),
            ("SELECT var_pop(cost) FROM claims", "the key does not release var_pop; it releases count, avg"),
            ("SELECT count(*) FROM claims HAVING sum(cost) > 5", "the key does not release sum"),
            ("SELECT count(*) FROM claims ORDER BY -sum(stay)", "the key does not release sum"),
        ],
    )
    refused(
        "rounded answers",
        "rounding: 5\n",
        [
            ("SELECT var_pop(cost) FROM claims", "the key rounds its answers or adds noise to them"),
            ("SELECT count(DISTINCT sex) FROM claims", "the key rounds its answers or adds noise to them"),
        ],
    )
    refused(
        "limited dominance",
        "dominance: 10\n",
        [
            (
                "SELECT sum(stay) FROM claims",
                "the key limits dominance, so it releases sum only over columns",
            ),
            (
                "SELECT avg(cost - 5) FROM claims",
                "the key limits dominance, so it releases avg only over columns",
            ),
        ],
    )


def disclosure():
    file = VectorFile(
        "query/disclosure.json",
        "query.disclosure",
        "Answers after the disclosure policy: which cells are shown, and what they show.",
        "query/disclosure.py",
        FLAGS,
    )
    releases = Releases(file)
    for part in (cohorts, derivations, complements, dominance, rounding):
        part(releases)
    randoms(releases, random.Random(20261205))
    refusals(file)
    return file
