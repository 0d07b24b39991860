"""Schema files: read, or refused."""

import datetime
import random

from claims.declarations import NULL_TOKENS, Declared, Schema
from claims.schema_refusals import COLUMNS, COMBINATIONS, DISCLOSURE, RECORDS, TOP
from common.vectorfile import VectorFile

DAY = datetime.date
EVERYTHING = [
    Declared("CLM_ID"),
    Declared("SITE", "category", "clear"),
    Declared('Region "N"', "category", "clear", name="region", values=["N", "S", "é \\"], pad=2),
    Declared("BENE_SEX", "category", "encrypted", name="sex", values=["1", "2"], nullable=False),
    Declared(
        "ADMSN",
        "date",
        "encrypted",
        name="admitted",
        range=[DAY(2007, 1, 1), DAY(2010, 12, 31)],
        format=["yyyyMMdd", "M/d/yyyy"],
        null_dates=[DAY(9999, 12, 31), DAY(1900, 1, 1)],
    ),
    Declared(
        "Odd\t\u2028",
        "category",
        "clear",
        name="odd",
        values=[
            "a\u2028b",
            "\ufffe",
            "x\uffff",
            "a\x7fb",
            "a\tb",
            "\x01",
            "a\u00a0b",
            "'",
            "\U0001f642",
        ],
    ),
    Declared("DX", "code", "encrypted", length=5),
    Declared("HCPCS", "code", "encrypted", alphabet=["A-C", "0-2", "-XYZ.0"], pad=3),
    Declared("DAYS", "integer", "encrypted", range=[0, 400], use=["filter", "sum"], nullable=False),
    Declared(
        "PAID",
        "money",
        "encrypted",
        range=[-2_000_000, 20_000_000],
        use=["sum", "filter"],
        bands=[-2_000_000, 0, 1, 500_000],
        decimal=",",
    ),
    Declared("COST", "money", "encrypted", scale=3, range=[0, 10**9]),
    Declared("DED", "money", "paillier", range=[0, 500_000]),
    Declared("UNITS", "integer", "paillier", range=[-9, 9], nullable=False),
    Declared("NOTE", "text", "clear"),
    Declared("SEEN", "date", "clear"),
    Declared("TAX", "money", "clear", scale=0, range=[-5, 5]),
    Declared("YEAR", "integer", "clear", sql="strftime('%Y', \"ADMSN\")"),
    Declared("AGE", "integer", "encrypted", use=["filter"], range=[0, 120]),
]


def schemas():
    generator = random.Random(20261206)
    file = VectorFile(
        "claims/schemas.json",
        "claims.schema",
        "Schema files: their canonical text, fingerprint and digits, or what is wrong with them.",
        "claims/schemas.py",
        {
            "Defaults": "What is not written has its default.",
            "Disclosure": "Settings of the disclosure policy take no part in the fingerprint.",
            "Reading": "How files are read takes no part in the fingerprint.",
            "Combination": "Products and joint indexes.",
            "Person": "What names a record's person.",
            "Invalid": "The schema is refused with the place and what to write instead.",
        },
    )
    group = file.group("schemas")

    def case(comment, schema, *flags):
        group.case(
            comment,
            flags,
            yaml=schema.yaml(generator),
            canonical=schema.canonical(),
            fingerprint=schema.fingerprint().hex(),
            columns=[{"name": column.name, "sizes": column.sizes()} for column in schema.kept],
        )

    for column in EVERYTHING:
        case(f"{column.header} alone", Schema([column]), "Defaults")
    for turn in range(10):
        columns = list(EVERYTHING)
        generator.shuffle(columns)
        case(
            f"all columns {turn + 1}", Schema(columns, capacity=10 ** generator.randint(0, 9), depth=turn % 6)
        )
    for settings in [
        {"minimum_cohort": 1},
        {"minimum_cohort": 5, "complement": "false"},
        {"dominance": "10.5"},
        {"minimum_cohort": 1, "complement": "true"},
        {"dominance": "none", "rounding": 5},
        {"aggregates": "[avg, count]"},
        {"dominance": "100"},
        {"differential_privacy": "{ mechanism: laplace, epsilon: 0.5, budget: 10 }"},
        {"differential_privacy": "{ budget: 2e3, delta: 1e-6, epsilon: 1e-6, mechanism: gaussian }"},
    ]:
        case(f"{settings}", Schema(EVERYTHING[:4], **settings), "Disclosure")
    for more in [
        {"tokens": ["?", "unknown", ""]},
        {"tokens": []},
        {"tokens": NULL_TOKENS},
        {"delimiter": "tab"},
        {"prepare": "SELECT *\nFROM source -- 'all'"},
        {"prepare": "SELECT 1 FROM source", "companions": ["members"]},
        {"cluster": ["site", "year"]},
    ]:
        case(f"{more}"[:110], Schema(EVERYTHING, **more), "Reading")
    for more in [
        {"products": [("paid", "days"), ("cost", "cost")]},
        {"products": [("days", "days"), ("days", "cost")]},
        {"indexes": [["sex", "paid"]]},
        {"indexes": [["paid", "sex"]], "products": [("paid", "cost")]},
    ]:
        case(f"{more}", Schema(EVERYTHING, **more), "Combination")
    for more in [
        {"person": "CLM_ID"},
        {"person": "site", "buckets": 32},
        {"person": 'a "b" \\', "buckets": 2},
    ]:
        case(f"{more}", Schema(EVERYTHING, **more), "Person")
    refusals(file)
    return file


BASES = {
    "columns": "table: t\ncapacity: 1000\ncolumns:\n  X: { ",
    "combinations": """table: t
capacity: 1000
columns:
  A: { type: integer, range: [0, 9], protect: encrypted, use: [filter, sum] }
  B: { type: category, values: [x, y], protect: encrypted, nullable: false }
  C: { type: money, range: [-1.00, 9.99], protect: encrypted, use: [filter, sum], bands: [0, 5] }
  D: { type: date, range: [2009-01-01, 2009-12-31], protect: encrypted }
  E: { type: category, protect: clear }
  F: { type: integer, range: [0, 9], protect: paillier }
  G: { type: integer, range: [0, 9], protect: encrypted, use: [sum] }
  H: { type: integer, range: [0, 999], protect: encrypted, use: [filter], bands: [1, 2] }
  I: { type: integer, range: [0, 9999], protect: encrypted, use: [filter] }
""",
    "head": "table: t\ncapacity: 10\n",
}
TAILS = {
    "records": """
columns:
  SITE: { type: category, protect: clear }
  YEAR: { type: integer, protect: clear }
  SEX: { name: gender, type: category, values: [f, m], protect: encrypted }
""",
    "disclosure": "\ncolumns: {A: {protect: drop}}\n",
}


def refusals(file):
    def refuse(name, rows):
        group = file.group(name)
        for marked, *says in rows:
            before, mark, after = marked.partition("¦")
            line, column = before.count("\n") + 1, len(before.rsplit("\n", 1)[-1]) + 1
            place = f"vector:{line}:{column}: " if mark else "vector:"
            group.case(
                says[0],
                ["Invalid"],
                result="invalid",
                error=("SchemaError", place),
                yaml=before + after,
                says=says,
            )

    refuse("whole schemas", TOP)
    columns = []
    for text, *says in COLUMNS:
        start = BASES["columns"]
        # What is about the column as a whole stands at its header.
        whole = start + text + " }\n" if "¦" in text else start.replace("  X", "  ¦X") + text + " }\n"
        columns.append([whole, *says])
    refuse("columns", columns)
    refuse(
        "products and joint indexes", [[BASES["combinations"] + text, *says] for text, *says in COMBINATIONS]
    )
    refuse("records", [[BASES["head"] + text + TAILS["records"], *says] for text, *says in RECORDS])
    refuse(
        "the disclosure policy",
        [[BASES["head"] + text + TAILS["disclosure"], *says] for text, *says in DISCLOSURE],
    )
