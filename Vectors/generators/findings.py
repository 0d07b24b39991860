"""Inputs of decoders that fuzzing, or reading the code, found to be taken wrongly once."""

from common.vectorfile import VectorFile


def text(piece, times=1):
    return {"text": piece, **({"times": times} if times > 1 else {})}


def schema(*lines):
    head = "table: t\ncapacity: 10\n"
    return head + "".join(f"{line}\n" for line in lines)


def paths(file):
    group = file.group("paths into FHIR resources", decoder="claims.fhir-path")
    group.case(
        "conditions in conditions",
        ["Stack"],
        input=[text("a.where(", 100_000)],
        result="invalid",
        error=("ClaimReadError", "a FHIR path of names"),
    )


def documents(file):
    group = file.group("JSON documents", decoder="claims.json")
    for comment, document in (
        ("an array, and another one", '[{"a":1}]\n[{"a":2}]'),
        ("an empty array, and an object", '[]\n{"a":2}'),
        ("an object over lines, and another one", '{\n"a":1\n}\n{\n"a":2\n}\n'),
        ("a bundle, and another one", '{"resourceType":"Bundle",\n"entry":[]}\n{"resourceType":"Bundle"}'),
    ):
        group.case(
            comment,
            ["Loss"],
            input=[text(document)],
            result="invalid",
            error=("ClaimReadError", "text after the value"),
        )


def schemas(file):
    group = file.group("schemas", decoder="claims.schema")
    for code in ("FFFE", "FFFF"):
        group.case(
            f"a header of the character U+{code}",
            ["Canonical"],
            input=[
                text(schema("columns:", f'  "\\u{code}": {{ name: x, type: text, protect: clear }}'))
            ],
        )
    group.case(
        "a long list that stands in many places by aliases",
        ["Time"],
        input=[
            text(schema("columns:", "  a: { type: text, protect: clear }") + "indexes: [&a [p"),
            text(",p", 200_000),
            text("]"),
            text(",*a", 16),
            text("]\n"),
        ],
        result="invalid",
        error=("SchemaError", "a list of lists of two to four columns"),
    )
    group.case(
        "the widest range of a column that must have one",
        ["Canonical"],
        input=[
            text(
                schema(
                    "columns:",
                    "  a: { type: integer, range: [-1000000000000000000, 1000000000000000000],",
                    "       protect: encrypted }",
                )
            )
        ],
    )
    columns = "".join(f"  c{number}: *a\n" for number in range(20))
    group.case(
        "values that aliases make longer, written out, than what is read again",
        ["Canonical"],
        input=[
            text(schema("columns:") + "  a: &a { type: category, protect: clear, values: [x"),
            text("x", 60_000),
            text("] }\n" + columns),
        ],
        result="invalid",
        error=("SchemaError", "written out it has"),
    )
    group.case(
        "a long key that stands in many places by aliases",
        ["Time"],
        input=[
            text(schema("columns:", "  a: { type: text, protect: clear }") + "? &a [p"),
            text(",p", 100_000),
            text("]\n: 1\n"),
            text("? *a\n: 1\n", 20_000),
        ],
        result="invalid",
        error=("SchemaError", "aliases"),
    )


def claims(file):
    group = file.group("claims in FHIR", decoder="claims.fhir")
    group.case(
        "a claim of many lines and many diagnoses",
        ["Time"],
        input=[
            text('{"resourceType":"ExplanationOfBenefit","item":[{}'),
            text(",{}", 5000),
            text('],"diagnosis":[{}'),
            text(",{}", 5000),
            text("]}"),
        ],
    )


def queries(file):
    group = file.group("query texts", decoder="query.sql")
    group.case(
        "comments in comments",
        ["Time"],
        input=[text("/*", 30_000)],
        result="invalid",
        error=("QueryError", "comments: 30000"),
    )
    group = file.group("plans", decoder="query.plan")
    sums = ", ".join(f"sum(paid) FILTER (WHERE drg = '{number:03}')" for number in range(150))
    group.case(
        "many totals for each of many hidden groups",
        ["Time"],
        input=[text(f"SELECT days, sex, race, {sums} FROM claims GROUP BY 1, 2, 3")],
        result="invalid",
        error=("QueryError", "totals of all hidden groups"),
    )


def inference(file):
    group = file.group("proposed schemas", decoder="claims.inference")
    group.case(
        "more columns than a schema has",
        ["Time"],
        input=[text("a,", 300_000), text("a\n"), text("1,", 300_000), text("1\n")],
        result="invalid",
        error=("ClaimReadError", "300001 columns"),
    )
    group.case(
        "a header and values that read like an escape",
        ["Canonical"],
        input=[text("\\ufeff,\\\\UFEFF\n" + "\\ufeff,\\\\U0000FEFF\n" * 4)],
    )
    for comment, header in (("no column has a header", ",,,"), ("each header is there twice", "a,b,a,b")):
        group.case(
            comment,
            ["Canonical"],
            input=[text(f"{header}\n1,2,1,2\n")],
            result="invalid",
            error=("ClaimReadError", "no column has a header that a schema can name"),
        )


def vectors(file):
    group = file.group("files of vectors", decoder="vectors.file")
    group.case(
        "as many cases as a number can say",
        ["Memory"],
        input=[
            text(
                '{"format":1,"kind":"memory.digest","description":"d","case_count":9223372036854775807,'
                '"flags":{},"groups":[]}'
            )
        ],
        result="invalid",
        error=("VectorFileError", "not numbered"),
    )


def files():
    file = VectorFile(
        "fuzz/findings.json",
        "format.decoder",
        "Inputs that decoders once took wrongly.",
        "findings.py",
        {
            "Canonical": "What is written of it is refused, or something else.",
            "Loss": "A part of it was passed over without a word.",
            "Memory": "It took memory without bound.",
            "Stack": "It nests deeper than a thread's stack.",
            "Time": "It took a time that grows much faster than its length.",
        },
    )
    for group in (paths, documents, claims, schemas, inference, queries, vectors):
        group(file)
    return [file]
