"""Digits of indexed columns, the values that comparisons and prefixes select, and the keys of groups."""

import datetime
from fractions import Fraction

from common.columns import Category, Code, Date, Number, schema_text
from common.predicates import OPERATORS
from common.vectorfile import VectorFile

DAY = datetime.date


def letters(text):
    return list(text)


COLUMNS = {
    "a category": Category("v", ["b", "a", "10", "9", "ab", "é"]),
    "a category of one value": Category("v", ["only"]),
    "whole numbers below 0, one digit": Number("v", -7, 3),
    "32 whole numbers, one digit": Number("v", 0, 31),
    "33 whole numbers, two digits": Number("v", 0, 32),
    "ages": Number("v", 0, 120),
    "a range that begins within a ten": Number("v", 95, 210),
    "a range across 0": Number("v", -25, 40),
    "a range below 0": Number("v", -1234, -1190),
    "64 tens": Number("v", 0, 639),
    "65 tens, three digits": Number("v", 0, 640),
    "a long range": Number("v", -1_000_000, 2_500_000),
    "the longest range": Number("v", -(10**18), 10**18),
    "one number": Number("v", 5, 5),
    "amounts": Number("v", -150, 1200, scale=2),
    "amounts of three decimals": Number("v", 0, 99_999, scale=3),
    "amounts with bands": Number(
        "v", -2_000_000, 20_000_000, scale=2, bands=[0, 1, 500_000, 1_500_001, 2_500_001]
    ),
    "bands from the beginning of the range": Number("v", 0, 99, bands=[0, 18, 65, 99]),
    "days": Date("v", DAY(2007, 11, 15), DAY(2008, 3, 10)),
    "one day": Date("v", DAY(2008, 2, 29), DAY(2008, 2, 29)),
    "days of all years": Date("v", DAY(1, 1, 1), DAY(300, 12, 31)),
    "codes": Code("v", [letters("EV12"), letters("02"), letters("0B")]),
    "codes with a hyphen and a dot": Code("v", [letters("-.A")] * 2),
}


def schema(column):
    return schema_text([column])


def samples(column):
    """Values worth looking at, the ends of everything among them."""
    if isinstance(column, (Category, Code)):
        return column.everything()
    if isinstance(column, Date):
        days = [column.first, column.last]
        for day in (DAY(2008, 1, 31), DAY(2008, 2, 1), DAY(2008, 2, 29), DAY(4, 2, 29), DAY(200, 3, 1)):
            if column.first <= day <= column.last:
                days.append(day)
        return sorted(set(days))
    edges = {column.low, column.high, column.low + 1, column.high - 1}
    cuts = column.bands or []
    for value in [0, 1, 9, 10, 99, 100, 101, -1, -9, -10, -11, *cuts]:
        edges |= {value - 1, value, value + 1}
    return sorted(value for value in edges if column.low <= value <= column.high)


def outside(column):
    """Values that the column does not admit."""
    if isinstance(column, Category):
        return []
    if isinstance(column, Code):
        return ["E00B", "0", "E1", "e", "E0C"] if len(column.alphabets) == 3 else ["B", "A-A", "a"]
    if isinstance(column, Date):
        day = datetime.timedelta(days=1)
        before = [] if column.first == DAY.min else [column.first - day]
        return before + [column.last + day]
    return [column.low - 1, column.high + 1]


def digits():
    file = VectorFile(
        "claims/digits.json",
        "claims.digits",
        "Values of indexed columns as digits; each digit is stored one-hot.",
        "claims/digits.py",
        {
            "Null": "NULL has no digits.",
            "OutsideDeclaration": "The column does not admit the value, so there are no digits.",
            "Edge": "The least or the greatest value of the column.",
        },
    )
    for name, column in COLUMNS.items():
        group = file.group(name, schema=schema(column), sizes=column.sizes())
        values = samples(column)
        for value in values:
            group.case(
                f"{column.text(value)}",
                ["Edge"] if value in (values[0], values[-1]) else [],
                value=column.text(value),
                digits=column.digits(value),
            )
        for value in outside(column):
            assert column.digits(value) is None, value
            group.case(
                f"{column.text(value)} is not admitted",
                ["OutsideDeclaration"],
                value=column.text(value),
                digits=None,
            )
        group.case("NULL", ["Null"], value=None, digits=None)
    return file


class Constants:
    """Constants that a column is compared with: their text, and what they are."""

    @staticmethod
    def of(column):
        if isinstance(column, (Category, Code)):
            texts = set(column.everything())
            texts |= {"", "0", "A", "F", "Z", "e", "E1", "E00", "E0A", "E0C", "E0BX", "é", "E ", "~", "aa"}
            return [(text, text.encode()) for text in sorted(texts)]
        if isinstance(column, Date):
            return Constants.days(column)
        return Constants.numbers(column)

    @staticmethod
    def days(column):
        days = {column.first, column.last, DAY(1999, 1, 1), DAY(9999, 12, 31), DAY(1, 1, 1)}
        day = datetime.timedelta(days=1)
        days |= {column.first - day, column.last + day, column.first + day, column.last - day}
        for year, month in ((2007, 12), (2008, 1), (2008, 2)):
            following = DAY(year + month // 12, month % 12 + 1, 1)
            days |= {DAY(year, month, 1), DAY(year, month, 17), following - day}
        plain = [(value.isoformat(), value) for value in sorted(days)]
        return plain + [("20080229", DAY(2008, 2, 29))]

    @staticmethod
    def numbers(column):
        """Around both ends and 0, between two units, with exponents, and far outside."""
        units = {column.low, column.high, 0, 10, 40}
        near = {value + step for value in units for step in (-1, 0, 1)}
        pairs = []
        for value in sorted(near):
            text = column.decimal(value)
            pairs.append((text, Fraction(value, 10**column.scale)))
        half = column.decimal(column.low + 3)
        half += "5" if column.scale else ".5"
        pairs.append((half, Fraction(half)))
        pairs += [("-0.0", Fraction(0)), ("+7", Fraction(7)), (".5", Fraction(1, 2)), ("5.", Fraction(5))]
        for text in ("12e-1", "1.2E1", "0.03e3", "-2e1", "1e400", "-1e400", "1e-400", "-1e-400", "9" * 40):
            pairs.append((text, exact(text)))
        return pairs


def exact(text):
    """The number that a text with an exponent is."""
    mantissa, _, exponent = text.lower().partition("e")
    return Fraction(mantissa) * Fraction(10) ** int(exponent or 0)


def chosen(values, holds):
    """A text with 1 for each value that is chosen."""
    return "".join("1" if holds(value) else "0" for value in values)


SELECTED = [
    "a category",
    "whole numbers below 0, one digit",
    "33 whole numbers, two digits",
    "a range that begins within a ten",
    "a range across 0",
    "65 tens, three digits",
    "amounts",
    "days",
    "codes",
    "codes with a hyphen and a dot",
]


def selections():
    file = VectorFile(
        "claims/selections.json",
        "claims.selection",
        "The values of indexed columns that compare so with a constant, or begin with a prefix.",
        "claims/digits.py",
        {
            "NoSuchValue": "No value of the column equals the constant.",
            "BetweenUnits": "The constant lies between two values that the column can hold.",
            "Far": "The constant is far outside of the range.",
            "Prefix": "What LIKE 'prefix%' selects.",
            "CutPoint": "The column knows only its bands, and the comparison is at a cut point.",
            "NotACutPoint": "The comparison would have to divide a band.",
            "NotAConstant": "The text is no constant of the column's type.",
            "NotIndexed": "The column has no digits.",
        },
    )
    for name in SELECTED:
        column = COLUMNS[name]
        values = column.everything()
        group = file.group(name, schema=schema(column), values=[column.text(x) for x in values])
        for text, constant in Constants.of(column):
            for symbol, holds in OPERATORS.items():
                flags = []
                if symbol in ("=", "<>") and not any(column.order(x) == constant for x in values):
                    flags = ["NoSuchValue"]
                if isinstance(constant, Fraction):
                    if (constant * 10**column.scale).denominator > 1:
                        flags.append("BetweenUnits")
                    if abs(constant) > 10**10:
                        flags.append("Far")
                group.case(
                    f"{symbol} {text}"[:60],
                    flags,
                    operator=symbol,
                    constant=text,
                    selected=chosen(values, lambda x: holds(column.order(x), constant)),
                )
        if isinstance(column, (Category, Code)):
            for text, constant in Constants.of(column):
                group.case(
                    f"LIKE {text}%",
                    ["Prefix"],
                    operator="prefix",
                    constant=text,
                    selected=chosen(values, lambda x: column.order(x).startswith(constant)),
                )
    bands(file)
    refusals(file)
    return file


def bands(file):
    column = COLUMNS["amounts with bands"]
    values = sorted({cut + step for cut in column.bands for step in (-1, 0, 1)})
    values = [column.low, *values, column.high]
    group = file.group("amounts with bands", schema=schema(column), values=[str(x) for x in values])
    fitting = [
        ("<", "0"),
        (">=", "0.00"),
        (">", "0"),
        ("<=", "0"),
        ("=", "0"),
        ("<>", "0.000"),
        ("<", "5000"),
        (">=", "5000.00"),
        (">", "25000"),
        ("<=", "25000.00"),
        (">=", "25000.01"),
        ("<", "25000.005"),
        (">", "15000.0001"),
        ("<", "-20000"),
        (">=", "-20000"),
        (">", "200000"),
        ("<=", "200000.00"),
        ("<", "1e9"),
        ("=", "-30000"),
        ("<>", "1e9"),
        ("=", "5000.001"),
        ("<>", "7.77777"),
    ]
    for symbol, text in fitting:
        constant = exact(text)
        group.case(
            f"{symbol} {text}",
            ["CutPoint"],
            operator=symbol,
            constant=text,
            selected=chosen(values, lambda x: OPERATORS[symbol](column.order(x), constant)),
        )
    for symbol, text, nearest in [
        (">", "20000", "15000.01 and 25000.01"),
        ("<", "-5", "nearest are 0.00"),
        ("=", "5000", "5000.00 and 15000.01"),
        (">=", "25000.02", "nearest are 25000.01"),
        ("<>", "0.01", "0.01 and 5000.00"),
        ("<=", "5000", "5000.00 and 15000.01"),
    ]:
        group.case(
            f"{symbol} {text} is within a band",
            ["NotACutPoint"],
            result="invalid",
            error=("LiteralProblem", nearest),
            operator=symbol,
            constant=text,
        )


def refusals(file):
    def refused(name, column, rows):
        group = file.group(name, schema=schema(column), values=[])
        for symbol, text, flag, fragment in rows:
            group.case(
                f"{symbol} '{text}'"[:60],
                [flag],
                result="invalid",
                error=("LiteralProblem", fragment),
                operator=symbol,
                constant=text,
            )

    wrong = ["", "x", "1e", "e5", "1..2", "--1", "0x10", "1 2", "1e99999999999999999999", "∞", "1,5"]
    refused(
        "whole numbers and other texts",
        Number("v", 0, 99),
        [("<", text, "NotAConstant", "expected a whole number such as 3") for text in wrong],
    )
    refused(
        "amounts and other texts",
        Number("v", 0, 99, scale=2),
        [("=", text, "NotAConstant", "expected an amount such as 25000.00") for text in wrong]
        + [("prefix", "1", "NotAConstant", "only categories and codes have prefixes")],
    )
    days = ["2008-02-30", "2008-2-3", "200802", "", "01/02/2008", "2008-01-01 00:00", "0000-01-01"]
    refused(
        "days and other texts",
        Date("v", DAY(2007, 1, 1), DAY(2008, 12, 31)),
        [("<", text, "NotAConstant", "expected a date such as 2009-01-31") for text in days]
        + [("prefix", "2008", "NotAConstant", "only categories and codes have prefixes")],
    )
    unindexed = Number("v", 0, 9, use=("sum",))
    message = "the column is not encrypted with use: [filter]"
    refused(
        "a column for sums",
        unindexed,
        [("<", "1", "NotIndexed", message), ("prefix", "1", "NotIndexed", message)],
    )
    refused("a clear column", Number("v", 0, 9, protect="clear"), [("=", "1", "NotIndexed", message)])
    refused("a Paillier column", Number("v", 0, 9, protect="paillier"), [("=", "1", "NotIndexed", message)])


def keys():
    file = VectorFile(
        "claims/keys.json",
        "claims.keys",
        "The keys by which an encrypted column is grouped, in order, and the values of each.",
        "claims/digits.py",
        {
            "Bands": "The keys are intervals between cut points.",
            "NoKeys": "The column has no list of keys: a query has to name them.",
        },
    )

    def case(name, column, labels, members, flags=()):
        values = samples(column)
        group = file.group(name, schema=schema(column), values=[column.text(x) for x in values])
        group.case(
            name,
            flags,
            labels=labels,
            selected=labels and [chosen(values, member) for member in members],
        )

    column = COLUMNS["a category"]
    ordered = sorted(column.values, key=str.encode)
    case("values in the order of their bytes", column, ordered, [lambda x, y=y: x == y for y in ordered])
    for name in ("a range across 0", "one number", "33 whole numbers, two digits"):
        column = COLUMNS[name]
        numbers = column.everything()
        case(name, column, [str(x) for x in numbers], [lambda x, y=y: x == y for y in numbers])
    longest = Number("v", 1, 4096)
    numbers = longest.everything()
    case(
        "the longest list of numbers",
        longest,
        [str(x) for x in numbers],
        [lambda x, y=y: x == y for y in numbers],
    )
    for name in ("amounts with bands", "bands from the beginning of the range"):
        column = COLUMNS[name]
        starts = [column.low, *column.cuts]
        ends = [*column.cuts, None]
        case(
            name,
            column,
            [
                f"[{column.decimal(a)},{column.decimal(column.high if b is None else b)}"
                + ("]" if b is None else ")")
                for a, b in zip(starts, ends)
            ],
            [lambda x, a=a, b=b: a <= x and (b is None or x < b) for a, b in zip(starts, ends)],
            ["Bands"],
        )
    case("one number too many", Number("v", 0, 4096), None, [], ["NoKeys"])
    for name in ("codes", "days", "amounts"):
        case(name, COLUMNS[name], None, [], ["NoKeys"])
    return file
