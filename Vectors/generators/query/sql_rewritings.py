"""What is written in one way and read as another: parts of queries, and their canonical text."""

# Aggregates.
AGGREGATES = [
    ("sum(coalesce(a, 0))", "sum(CASE WHEN a IS NOT NULL THEN a ELSE 0 END)"),
    ("sum(coalesce(a, b, 0))", "sum(CASE WHEN a IS NOT NULL THEN a WHEN b IS NOT NULL THEN b ELSE 0 END)"),
    ("sum(coalesce(a, NULL))", "sum(CASE WHEN a IS NOT NULL THEN a END)"),
    ("sum(nullif(a, 9))", "sum(CASE WHEN a = 9 THEN NULL ELSE a END)"),
    (
        "sum(CASE x WHEN '1' THEN a WHEN '2' THEN -a ELSE NULL END)",
        "sum(CASE WHEN x = '1' THEN a WHEN x = '2' THEN -a END)",
    ),
    (
        "sum(CASE extract(year FROM d) WHEN 2009 THEN a END)",
        "sum(CASE WHEN extract(year FROM d) = 2009 THEN a END)",
    ),
    ("sum((a > 1)::int)", "sum(CASE WHEN a > 1 THEN 1 WHEN NOT (a > 1) THEN 0 END)"),
    ("count(a IN (1, 2))", "count(CASE WHEN a IN (1, 2) THEN 1 WHEN a NOT IN (1, 2) THEN 0 END)"),
    ("sum(a::numeric * b::float8)", "sum(a * b)"),
    ("sum(a::int8)", "sum(CAST(a AS bigint))"),
    ("sum(CAST(a AS HUGEINT) * a)", "sum(CAST(a AS bigint) * a)"),
    (
        "sum((CASE WHEN b = 1 THEN a ELSE 0 END)::bigint)",
        "sum(CASE WHEN b = 1 THEN CAST(a AS bigint) ELSE 0 END)",
    ),
    ("count(a::text)", "count(a)"),
    ("sum(+a - -2)", "sum(a - -2)"),
    ("sum(-(+2) * a)", "sum(-2 * a)"),
    ("count(DISTINCT CASE WHEN b = 1 THEN a END)", "count(DISTINCT a) FILTER (WHERE b = 1)"),
    (
        "count(DISTINCT CASE WHEN b = 1 AND c = 2 THEN a END) FILTER (WHERE d = 3)",
        "count(DISTINCT a) FILTER (WHERE d = 3 AND b = 1 AND c = 2)",
    ),
]

# Calculations with released values.
RESULTS = [
    ("count(*) BETWEEN 1 AND 10", "count(*) >= 1 AND count(*) <= 10"),
    ("count(*) NOT BETWEEN 1 AND 10", "NOT (count(*) >= 1 AND count(*) <= 10)"),
    ("count(*) IN (1, 2, 1)", "count(*) = 1 OR count(*) = 2"),
    ("count(*) NOT IN (1)", "NOT (count(*) = 1)"),
    ("(sum(a) > 1) IS TRUE", "coalesce(sum(a) > 1, FALSE)"),
    ("(sum(a) > 1) IS NOT FALSE", "NOT (coalesce(NOT (sum(a) > 1), FALSE))"),
    ("(sum(a) > 1) IS UNKNOWN", "(sum(a) > 1) IS NULL"),
    ("sum(a) NOTNULL", "sum(a) IS NOT NULL"),
    ("count(*) % 2", "count(*) % 2"),
    ("pow(sum(a), 2)", "power(sum(a), 2)"),
    ("ceiling(avg(a))", "ceil(avg(a))"),
    ("+sum(a)", "sum(a)"),
    ("avg(a)::numeric(10,2)", "CAST(avg(a) AS numeric(10, 2))"),
    ("avg(a)::decimal", "CAST(avg(a) AS numeric)"),
    ("avg(a)::int4", "CAST(avg(a) AS bigint)"),
    ("avg(a)::float8", "CAST(avg(a) AS double precision)"),
    ("CAST(avg(a) AS DOUBLE)", "CAST(avg(a) AS double precision)"),
    ("sum(a)::varchar", "CAST(sum(a) AS text)"),
    ("(count(*) > 1)::int", "CAST(count(*) > 1 AS bigint)"),
    ("CASE count(*) WHEN 0 THEN NULL ELSE sum(a) END", "CASE WHEN count(*) = 0 THEN NULL ELSE sum(a) END"),
    ("CASE WHEN sum(a) > 0 THEN 'x' ELSE NULL END", "CASE WHEN sum(a) > 0 THEN 'x' END"),
    ("2 - (3 - sum(a))", "2 - (3 - sum(a))"),
    ("(2 - 3) - sum(a)", "2 - 3 - sum(a)"),
    ("stddev(a)", "stddev_samp(a)"),
    ("variance(a)", "var_samp(a)"),
    ("DATE '2009-01-31' + INTERVAL '1 month'", "'2009-02-28'"),
]

# Conditions on dates.
DATES = [
    ("extract(year FROM d) = 2009", "extract(year FROM d) = 2009"),
    ("2009 >= date_part('year', d)", "extract(year FROM d) <= 2009"),
    (
        "extract(quarter FROM d)::int IN (1, 3, 1)",
        "extract(quarter FROM d) = 1 OR extract(quarter FROM d) = 3",
    ),
    ("extract(month FROM d) NOT IN (12)", "NOT (extract(month FROM d) = 12)"),
    ("extract(day FROM d) BETWEEN 1 AND 7", "extract(day FROM d) >= 1 AND extract(day FROM d) <= 7"),
    ("extract(year FROM d) = '2009'", "extract(year FROM d) = 2009"),
    ("extract(year FROM d) <> NULL", "extract(year FROM d) <> NULL"),
    ("extract(year FROM d) IS NULL", "d IS NULL"),
    (
        "extract(year FROM d) = ANY ('{2008,2009}')",
        "extract(year FROM d) = 2008 OR extract(year FROM d) = 2009",
    ),
    ("extract(year FROM d) IS DISTINCT FROM 2009", "(extract(year FROM d) = 2009) IS NOT TRUE"),
    ("a = ANY (ARRAY[1, 2, NULL])", "a IN (1, 2, NULL)"),
    ("a = ANY (ARRAY['x', 'y']::text[])", "a IN ('x', 'y')"),
    ('a <> ALL (\'{1, "b c" , null, "null", d\\,e}\')', "a NOT IN ('1', 'b c', NULL, 'null', 'd,e')"),
    ("a IN ('1', '2', '1', 1)", "a IN ('1', '2', 1)"),
    ("a IN (('x'), 'y'::text)", "a IN ('x', 'y')"),
    ("a = ANY ('{}')", "FALSE"),
]

# What records are grouped by.
GROUPINGS = [
    ("extract(year FROM d)", "extract(year FROM d)"),
    ("date_part('year', d)", "extract(year FROM d)"),
    ("extract(YEAR FROM d::timestamp)::numeric", "extract(year FROM d)"),
    ("date_trunc('Year', d)::date", "date_trunc('year', d)"),
    ("date_trunc('day', d)", "date_trunc('day', d)"),
    ("CASE x WHEN 1 THEN 'a' ELSE NULL END", "CASE WHEN x = 1 THEN 'a' END"),
    ("(x)", "x"),
    ("t.x", "x"),
    ("u.x", "x"),
]

# Numeric constants.
NUMBERS = [
    ("-3", "-3"),
    ("-  12", "-12"),
    ("-0", "0"),
    ("(-007)", "-7"),
    ("+3", "3"),
    ("- -3", "3"),
    ("0", "0"),
    ("007", "7"),
    ("25000.01", "25000.01"),
    ("-0.50", "-0.50"),
    (".5", "0.5"),
    ("5.", "5"),
    ("1.5E3", "1.5e3"),
    ("00000000000000000000012.10", "12.10"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("-(3)", "-3"),
    ("- ( -(3))", "3"),
    ("(3)", "3"),
    ("1 + 1", "2"),
    ("1000 * 2.5", "2500.0"),
    ("0.1 - 3", "-2.9"),
    ("1.5e3 + 1", "1501"),
    ("1e-3 * 5", "0.005"),
    ("-(1 + 1)", "-2"),
    ("5::int", "5"),
    ("'5'::numeric", "5"),
    ("' -0.50 '::float8", "-0.50"),
    ("CAST('12' AS bigint)", "12"),
]
