"""The dialect: queries as canonical text, and queries that are refused."""

import random

from common.aggregates import Aggregate, Arithmetic, Case, Constant, Count, Negative, Value
from common.claims import Claims
from common.predicates import Is
from common.vectorfile import VectorFile
from query.canonical import canonical, canonical_aggregate
from query.random_conditions import tree
from query.spelling import Speller
from query.sql_refusals import CLAUSES, CONDITIONS, EXPRESSIONS, INVALID
from query.sql_rewritings import AGGREGATES, DATES, GROUPINGS, NUMBERS, RESULTS

FLAGS = {
    "Rewritten": "What is written so is read as something else that means the same.",
    "Spelling": "One query in another spelling: case, spaces, comments, parentheses, names.",
    "Invalid": "PostgreSQL refuses the query too.",
    "Unsupported": "Valid SQL that cannot be answered from ciphertexts, or must not be.",
    "Limit": "As much as is read.",
    "TooLarge": "More than is read.",
}


def has_unknown(condition):
    if isinstance(condition, Is) and condition.word.endswith("UNKNOWN"):
        return True
    return any(has_unknown(operand) for operand in condition.operands)


def spellings(file, generator):
    claims = Claims()
    group = file.group("spellings")
    speller = Speller(generator)
    values = [Value(claims.stay), Value(claims.paid), Value(claims.fee)]

    def condition(size):
        while has_unknown(found := tree(claims, generator, size)):
            pass
        return found

    def expression():
        form = generator.random()
        if form < 0.3:
            return generator.choice(values)
        if form < 0.7:
            a, b, c = (
                generator.choice(values),
                generator.choice([*values, Constant("2.50")]),
                generator.choice(values),
            )
            return Arithmetic(
                Arithmetic(a, generator.choice("+-*"), b),
                generator.choice("+-*"),
                generator.choice([c, Negative(c), Arithmetic(b, "-", c)]),
            )
        otherwise = generator.choice([None, Constant("0"), generator.choice(values)])
        return Case([(condition(1), generator.choice(values)), (condition(2), Constant("1"))], otherwise)

    for _ in range(120):
        where = condition(generator.randint(1, 5))
        aggregates = [
            generator.choice(
                [
                    Count(),
                    Count(claims.sex),
                    Count(claims.stay, distinct=True, where=condition(1)),
                    Aggregate(generator.choice(["sum", "avg", "var_pop", "stddev_samp"]), expression()),
                    Aggregate("corr", expression(), generator.choice(values)),
                ]
            )
            for _ in range(generator.randint(1, 3))
        ]
        key = generator.choice([None, "sex", "extract(month FROM admitted)", "date_trunc('month', seen)"])
        items = ([f"{key} AS g"] if key else []) + [f"{x.sql()} AS a{n}" for n, x in enumerate(aggregates)]
        text = f"SELECT {', '.join(items)} FROM claims WHERE {where.sql()}"
        items = ([f"{key} AS g"] if key else []) + [
            f"{canonical_aggregate(x)} AS a{n}" for n, x in enumerate(aggregates)
        ]
        expected = f"SELECT {', '.join(items)} FROM claims WHERE {canonical(where)}"
        if key:
            text += generator.choice([f" GROUP BY {key}", " GROUP BY 1"])
            expected += f" GROUP BY {key}"
            tail = generator.choice(
                ["", " ORDER BY 2 DESC", " ORDER BY 1 DESC NULLS LAST, 2 LIMIT 7 OFFSET 3"]
            )
            text, expected = text + tail, expected + tail
        group.case(expected[:120], ["Spelling"], sql=speller.spell(text), canonical=expected)


def rewritings(file):
    def pairs(name, before, after, rows):
        group = file.group(name)
        for written, expected in rows:
            group.case(
                written[:120],
                ["Rewritten"],
                sql=before[0] + written + before[1],
                canonical=after[0] + expected + after[1],
            )

    plain = ("SELECT ", " FROM t")
    pairs("aggregates", plain, plain, AGGREGATES)
    result = ("SELECT ", " AS x, count(*) FROM t")
    pairs("results", result, result, RESULTS)
    where = ("SELECT count(*) FROM t WHERE ", "")
    pairs("conditions on dates", where, where, DATES)
    pairs(
        "groupings",
        ("SELECT count(*) FROM t u GROUP BY ", ""),
        ("SELECT count(*) FROM t GROUP BY ", ""),
        GROUPINGS,
    )
    pairs(
        "numbers",
        ("SELECT count(*) FROM t WHERE x < ", ""),
        ("SELECT count(*) FROM t WHERE x < ", ""),
        NUMBERS,
    )
    whole = file.group("whole queries")
    for written, expected in [
        ("select Count ( * )from T;", "SELECT count(*) FROM t"),
        ('SELECT "Sex", count(*) FROM "T" GROUP BY 1', 'SELECT "Sex", count(*) FROM "T" GROUP BY "Sex"'),
        ('SELECT count(*) AS "count", count(*) AS n FROM t', "SELECT count(*), count(*) AS n FROM t"),
        ("SELECT count(*) FROM t u WHERE u.a = 1", "SELECT count(*) FROM t WHERE a = 1"),
        ("SELECT a, b, count(*) FROM t GROUP BY (b, a), a", "SELECT a, b, count(*) FROM t GROUP BY b, a"),
        (
            "SELECT count(*) n FROM t GROUP BY a ORDER BY n, a",
            "SELECT count(*) AS n FROM t GROUP BY a ORDER BY 1, t.a",
        ),
        (
            "SELECT count(*) FROM t ORDER BY count(*) DESC NULLS FIRST",
            "SELECT count(*) FROM t ORDER BY 1 DESC",
        ),
        ("SELECT count(*) FROM t FETCH FIRST ROW ONLY", "SELECT count(*) FROM t LIMIT 1"),
        ("SELECT count(*) FROM t LIMIT ALL OFFSET 0", "SELECT count(*) FROM t"),
        ("SELECT count(*) FROM t LIMIT (2 + 3) OFFSET 4 ROWS", "SELECT count(*) FROM t LIMIT 5 OFFSET 4"),
        (
            "SELECT count(*) FROM t WHERE (a = 1) IS UNKNOWN",
            "SELECT count(*) FROM t WHERE (a = 1) IS NOT TRUE AND (NOT (a = 1)) IS NOT TRUE",
        ),
        (
            "SELECT count(*) FROM t WHERE a IS NOT DISTINCT FROM NULL",
            "SELECT count(*) FROM t WHERE a IS NULL",
        ),
        (
            "SELECT count(*) FROM t WHERE 5 > a AND NOT a <> 3",
            "SELECT count(*) FROM t WHERE a < 5 AND NOT (a <> 3)",
        ),
        (
            "SELECT count(*) FROM t WHERE \"user\" = '' AND \"größe\" = 'ß''ß'",
            "SELECT count(*) FROM t WHERE \"user\" = '' AND \"größe\" = 'ß''ß'",
        ),
        (
            "SELECT count(*) FROM t HAVING count(*) > 3 AND NOT count(*) = 5",
            "SELECT count(*) FROM t HAVING count(*) > 3 AND NOT (count(*) = 5)",
        ),
        (
            "SELECT -(-count(*)) AS n, count(*) - -3 AS m FROM t",
            "SELECT -(-count(*)) AS n, count(*) - -3 AS m FROM t",
        ),
    ]:
        whole.case(written[:120], ["Rewritten"], sql=written, canonical=expected)


def refusals(file):
    for name, flag, rows in [
        ("not SQL", "Invalid", INVALID),
        ("clauses", "Unsupported", CLAUSES),
        ("expressions", "Unsupported", EXPRESSIONS),
        ("conditions", "Unsupported", CONDITIONS),
    ]:
        group = file.group(name)
        head = {"Invalid": "Not a valid query", "Unsupported": "Not supported"}[flag]
        for marked, *says in rows:
            place = marked.find("¦")
            position = None if place < 0 else place
            where = "" if position is None else f" at character {position + 1}"
            group.case(
                (marked.replace("\0", "␀") or "nothing")[:120],
                [flag],
                result="invalid",
                error=("QueryError", f"{head}{where}: "),
                sql=marked.replace("¦", ""),
                position=position,
                says=says,
            )


def limits(file):
    group = file.group("limits")

    def large(comment, sql, error):
        group.case(comment, ["TooLarge"], result="invalid", error=("QueryError", error), sql=sql)

    def read(comment, sql, expected):
        group.case(comment, ["Limit"], sql=sql, canonical=expected)

    where = "SELECT count(*) FROM t WHERE "
    read("200 nested parentheses", where + "(" * 200 + "a = '(('" + ")" * 200, where + "a = '(('")
    large(
        "201 nested parentheses",
        where + "(" * 201 + "a = 1" + ")" * 201,
        "Too many nested parentheses: 201, and the limit is 200.",
    )
    large(
        "nesting of 65 conditions",
        where + "NOT (" * 65 + "a = 1" + ")" * 65,
        "Too many nested conditions and expressions: 65, and the limit is 64.",
    )
    read(
        "nesting of 64 conditions",
        where + "NOT (" * 64 + "a = 1" + ")" * 64,
        where + "NOT (" * 64 + "a = 1" + ")" * 64,
    )
    members = [str(number) for number in range(4097)]
    large(
        "4097 members of IN",
        where + f"a IN ({', '.join(members)})",
        "Too many members of IN: 4097, and the limit is 4096.",
    )
    read("members of IN that are one", where + f"a IN ({', '.join(['7'] * 5000)})", where + "a IN (7)")
    outputs = ", ".join(f"sum(a) AS x{number}" for number in range(257))
    large(
        "257 output columns",
        f"SELECT {outputs} FROM t",
        "Too many output columns: 257, and the limit is 256.",
    )
    half = ", ".join(f"sum(a{number})" for number in range(129))
    rest = ", ".join(f"sum(b{number})" for number in range(128))
    large(
        "257 aggregates",
        f"SELECT coalesce({half}), coalesce({rest}) FROM t",
        "Too many different aggregates: 257, and the limit is 256.",
    )
    branches = " ".join(f"WHEN a = {number} THEN {number}" for number in range(257))
    large(
        "257 branches",
        f"SELECT sum(CASE {branches} END) FROM t",
        "Too many branches of one CASE: 257, and the limit is 256.",
    )
    large("too many rows", "SELECT count(*) FROM t LIMIT 1000000001", "Too many rows in LIMIT: 1000000001")
    large(
        "65 terms of ORDER BY",
        f"SELECT count(*) FROM t ORDER BY {', '.join(['1'] * 65)}",
        "Too many terms of ORDER BY: 65, and the limit is 64.",
    )
    months = ", ".join(f"'{1000 + number}-01-01'" for number in range(2500))
    large(
        "a text that grows when it is written out",
        where + f"date_trunc('month', d) IN ({months})",
        "Too many bytes of query text, written out",
    )
    unknown = "a = 1"
    for _ in range(14):
        unknown = f"({unknown}) IS UNKNOWN"
    large("a condition that is written out without end", where + unknown, "Too many")


def texts():
    generator = random.Random(20261204)
    file = VectorFile(
        "query/sql.json",
        "query.sql",
        "SQL texts: their canonical form, or why they are refused.",
        "query/sql.py",
        FLAGS,
    )
    rewritings(file)
    spellings(file, generator)
    refusals(file)
    limits(file)
    return file
