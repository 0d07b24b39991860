"""Queries that a schema, or the depth of its keys, does not admit."""


def refused(group, sql, error, *flags):
    group.case(sql[:120], flags, result="invalid", error=("QueryError", error), sql=sql)


def refusals(file, claims):
    group = file.group("what the schema does not admit", schema=claims.schema(2), rows=[])

    def where(condition, error, *flags):
        refused(group, f"SELECT count(*) FROM claims WHERE {condition}", error, *flags)

    def select(text, error, *flags):
        refused(group, f"SELECT {text}", error, *flags)

    known = ", ".join(column.name for column in claims.columns)
    select("count(*) FROM patients", 'There is no table "patients" under this key. Write FROM claims.')
    where("nobody = 1", f'There is no column "nobody" at character 35. The columns are {known}.', "Column")
    select("sum(nothing) FROM claims", 'There is no column "nothing" at character 12.', "Column")
    select("count(*) FROM claims GROUP BY nothing", 'no column "nothing" at character 38', "Column")
    where(
        "fee < 5",
        'Column "fee" at character 35: it is encrypted for sums, not for WHERE or GROUP BY',
        "Column",
    )
    where("fee < NULL", 'Column "fee" at character 35', "Column")
    for condition in (
        "share < 5",
        "share IN (1)",
        "share BETWEEN 1 AND 2",
        "units IS NULL AND share IS NULL",
    ):
        where(condition, 'Column "share" at character', "Column", "Paillier")
    for column, constant, expected in [
        ("sex", "1", "expected quoted text such as 'A1'"),
        ("region", "1", "expected quoted text such as 'A1'"),
        ("code", "1.5", "expected quoted text such as 'A1'"),
        ("note", "TRUE", "expected quoted text such as 'A1'"),
        ("admitted", "1", "expected a date such as"),
        ("admitted", "'2009-02-30'", "expected a date such as"),
        ("seen", "'2009-02-30'", "expected a date such as"),
        ("age", "'many'", "expected a whole number such as 3"),
        ("cost", "'1,5'", "expected an amount such as 25000.00"),
        ("tax", "'x'", "expected an amount such as 25000.00"),
        ("year", "''", "expected a whole number such as 3"),
        ("stay", "TRUE", "expected a whole number such as 3"),
    ]:
        place = 35 + len(column) + 3
        error = f'The constant at character {place} does not fit column "{column}": {expected}'
        where(f"{column} = {constant}", error, "Literal")
        where(f"{column} IN ({constant})", f'does not fit column "{column}": {expected}', "Literal")
    where("FALSE AND sex = 1", "does not fit column", "Literal")
    where("sex LIKE 'x%' OR code LIKE 'e%' OR age LIKE '1%'", 'Column "age" at character', "Column")
    for column in ("admitted", "seen", "cost", "year"):
        where(f"{column} LIKE '1%'", f'Column "{column}" at character 35: LIKE compares text', "Column")
    where("paid > 3", "between its cut points. The nearest are 0.01, 50.00.", "Literal")
    where("paid = 50", "between its cut points. The nearest are 50.00.", "Literal")
    where("paid BETWEEN 0 AND 99", "between its cut points. The nearest are 50.00.", "Literal")
    for column in ("sex", "age", "region", "year"):
        where(
            f"extract(year FROM {column}) = 2008", "extract takes a date, and its type is another", "Column"
        )
        select(
            f"count(*) FROM claims GROUP BY date_trunc('month', {column})",
            "date_trunc takes a date",
            "Column",
        )
    where("extract(year FROM admitted) = TRUE", "a part of a date is a number", "Literal")
    needs = "GROUP BY on an encrypted column needs a known list of keys"
    for key in ("admitted", "code", "cost", "date_trunc('day', admitted)"):
        select(f"count(*) FROM claims GROUP BY {key}", needs, "Column", "HiddenGroups")
    select(
        "count(*) FROM claims WHERE code = 'E0' OR sex = 'F' GROUP BY code", needs, "Column", "HiddenGroups"
    )
    select("count(*) FROM claims WHERE code <> 'E0' GROUP BY code", needs, "Column", "HiddenGroups")
    select("count(*) FROM claims GROUP BY fee", "it is encrypted for sums", "Column")
    select("count(*) FROM claims GROUP BY share", "protected as paillier", "Column", "Paillier")
    select(
        "extract(month FROM admitted) AS age, count(*) FROM claims GROUP BY 1", 'the label "age"', "Column"
    )
    select("sex AS status, count(*) FROM claims GROUP BY 1", 'the label "status"', "Column")
    for text in (
        "sum(share) FROM claims WHERE sex = 'F'",
        "sum(share) FROM claims GROUP BY sex",
        "sum(share), count(*) FROM claims WHERE region = 'N' OR sex = 'F'",
        "sum(share) FILTER (WHERE sex = 'F') FROM claims",
        "sum(CASE WHEN age > 5 THEN share ELSE 0 END) FROM claims",
    ):
        select(
            text,
            "protected as paillier, which cannot be filtered or grouped by the encrypted column",
            "Paillier",
        )
    select(
        "CASE WHEN region = 'N' THEN 'x' END, sum(share) FROM claims GROUP BY 1",
        "grouped by CASE",
        "Paillier",
    )
    select("sum(share * share) FROM claims", "such values are not multiplied", "Paillier", "Products")
    select("sum(share + stay) FROM claims", "may be NULL, so it cannot be combined", "Paillier", "Null")
    for text, error in [
        ("sum(sex)", "its values are not numbers, as sum needs"),
        ("avg(admitted)", "its values are not numbers"),
        ("sum(year)", "it is clear, and only encrypted values are summed"),
        ("avg(tax)", "it is clear"),
        ("sum(age)", "it is encrypted for WHERE and GROUP BY, not for sums"),
        ("sum(fee::int)", "a cast to a whole number would round"),
    ]:
        select(f"{text} FROM claims", error, "Column")
    for text in (
        "count(DISTINCT code)",
        "count(DISTINCT admitted)",
        "count(DISTINCT paid)",
        "count(DISTINCT region)",
        "count(DISTINCT fee)",
        "count(DISTINCT share)",
    ):
        select(f"{text} FROM claims", "Column", "Column", "Distinct")
    select("sum(stay * stay * fee) FROM claims", "a product of 3 columns", "Products")
    select("var_pop(stay * stay) FROM claims", "a product of 4 columns", "Products")
    select(
        "sum(stay * wealth) FROM claims",
        "the product stay * wealth, which the tables do not hold",
        "Products",
    )
    select(
        "var_pop(wealth) FROM claims", "Declare it in the schema, as products: [[wealth, wealth]]", "Products"
    )
    select(
        f"sum(stay {'* 0.0000000001 ' * 7}) FROM claims",
        "Too many decimals of a sum: 70, and the limit is 64.",
        "Size",
    )
    select("sum(1e3 * stay) FROM claims", "a number in this form", "Literal")
    for text in ("count(*) FROM claims HAVING sex = 1 AND count(*) > 0",):
        select(text, "must appear in the GROUP BY", "Types")
    select("sex, count(*) FROM claims GROUP BY sex HAVING sex > 5", "Not a valid query", "Types")
    select(
        "admitted, count(*) FROM claims WHERE admitted = '2008-01-01' GROUP BY 1 HAVING admitted + 1 > 3",
        "Not a valid query",
        "Types",
    )
    select("round(sex), count(*) FROM claims GROUP BY sex", "Not a valid query", "Types")
    select("sex + 1, count(*) FROM claims GROUP BY sex", "Not a valid query", "Types")
    select("coalesce(sex, stay), count(*) FROM claims GROUP BY sex, stay", "Not a valid query", "Types")
    limits(file, claims)


def limits(file, claims):
    flat = file.group("keys of depth 1", schema=claims.schema(1), rows=[])
    both = "sex = 'F' AND status = '1'"
    refused(
        flat,
        f"SELECT sum(fee) FROM claims WHERE {both}",
        "This query multiplies 3 factors; the table was encrypted for depth 1 (2 factors). Use fewer conditions"
        " at once, or re-encrypt with depth 2.",
        "Depth",
    )
    refused(flat, f"SELECT count(*) FROM claims WHERE {both} AND stay = 1", "multiplies 3 factors", "Depth")
    refused(flat, "SELECT sum(fee) FROM claims WHERE age = 42", "multiplies 3 factors", "Depth")
    refused(
        flat,
        "SELECT sex, sum(fee) FROM claims WHERE status = '1' GROUP BY sex",
        "multiplies 3 factors",
        "Depth",
        "HiddenGroups",
    )
    refused(
        flat,
        "SELECT sum(CASE WHEN sex = 'F' THEN fee ELSE 0 END) FROM claims WHERE status = '1'",
        "multiplies 3 factors",
        "Depth",
    )
    none = file.group("keys of depth 0", schema=claims.schema(0), rows=[])
    refused(
        none,
        "SELECT sum(fee) FROM claims WHERE sex = 'F'",
        "multiplies 2 factors; the table was encrypted for depth 0 (1 factor)",
        "Depth",
    )
    refused(none, "SELECT count(*) FROM claims WHERE age = 42", "multiplies 2 factors", "Depth")
    many = file.group("many groups", schema=claims.schema(5), rows=[])
    refused(
        many,
        "SELECT count(*) FROM claims GROUP BY age, stay, sex",
        "Too many hidden groups: 6292, and the limit is 4096.",
        "Size",
        "HiddenGroups",
    )
