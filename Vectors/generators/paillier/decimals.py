"""Numbers with a point: in units of a power of ten, and by python-paillier's powers of 16."""

from fractions import Fraction

from common.vectorfile import VectorFile

SYNTAX = "not a decimal number: write digits with one point at most"
NO_DECIMALS = [
    "",
    "-",
    ".",
    "-.",
    ".5",
    "5.",
    "-.5",
    "+5",
    " 5",
    "5 ",
    "5\n",
    "1,000",
    "1_000",
    "1e3",
    "1E3",
    "0x10",
    "--5",
    "5-",
    "1.2.3",
    "1.-2",
    "1.23x",
    "٣",
    "１",
    "∞",
    "nan",
    "5\0",
    "1..2",
    "−5",
    "½",
    "1 2",
]


def plain(value):
    """A fraction in decimal digits, all of them and no zeros that end it."""
    digits, scaled = 0, Fraction(value)
    while scaled.denominator != 1:
        scaled, digits = scaled * 10, digits + 1
    text = str(abs(scaled.numerator)).rjust(digits + 1, "0")
    whole, part = (text[:-digits], text[-digits:]) if digits else (text, "")
    return ("-" if value < 0 else "") + whole + ("." + part if part else "")


def decimal():
    file = VectorFile(
        "paillier/decimal.json",
        "paillier.decimal",
        "Decimal text as a whole number of units of 10^−digits, and back.",
        "paillier/decimals.py",
        {
            "Rewritten": "The text is not what the number is written as.",
            "Syntax": "The text is no decimal number.",
            "TooManyDigits": "There are more digits after the point than the scale has, be they zeros.",
            "Scale": "There is no such scale.",
            "Long": "The text is as long as it may be, or longer.",
        },
    )
    group = file.group("numbers")

    def case(digits, text, flags=()):
        value = Fraction(text)
        units = value * 10**digits
        assert units.denominator == 1
        number = str(abs(units.numerator)).rjust(digits + 1, "0")
        written = ("-" if units < 0 else "") + (
            f"{number[:-digits]}.{number[-digits:]}" if digits else number
        )
        group.case(
            f"a scale of {digits}",
            list(flags) + (["Rewritten"] if written != text else []),
            digits=digits,
            text=text,
            units=f"{units.numerator:x}",
            written=written,
        )

    for digits, text in (
        (2, "12.5"),
        (2, "-12.50"),
        (0, "-7"),
        (2, "0.05"),
        (2, "-0.05"),
        (2, "-0"),
        (2, "0"),
        (0, "0"),
        (3, "007"),
        (38, "1"),
        (38, "-0." + "0" * 37 + "1"),
        (1, "0.9"),
        (2, "999999999999999999999.99"),
        (19, "18446744073709551615.0000000000000000001"),
        (5, "-0.00001"),
        (4, "10"),
        (4, "-000.1"),
    ):
        case(digits, text)
    case(1, "9" * 700 + ".9")
    case(0, "1" * 2048, ["Long"])
    case(1, "-" + "1" * 2047, ["Long"])

    def invalid(digits, text, flag, problem):
        group.case(
            f"a scale of {digits}",
            [flag],
            "invalid",
            ("PaillierError", problem),
            digits=digits,
            text=text,
        )

    for text in NO_DECIMALS:
        invalid(2, text, "Syntax", SYNTAX)
    for digits, text in (
        (2, "1.234"),
        (2, "1.200"),
        (2, "0.000"),
        (0, "1.0"),
        (38, "0." + "0" * 39),
    ):
        invalid(
            digits,
            text,
            "TooManyDigits",
            f"more digits after the point than the {digits} of the scale",
        )
    invalid(0, "1" * 2049, "Long", "not a decimal number: more than 2048 characters")
    for digits in (-1, 39, 1 << 52):
        invalid(digits, "1", "Scale", f"a scale of {digits} digits after the point: use 0 to 38")
    return file


def encoding():
    file = VectorFile(
        "paillier/encoding.json",
        "paillier.encoding",
        "Numbers as mantissa · 16^exponent.",
        "paillier/decimals.py",
        {
            "Exponent": "The exponent is below 0: the number has digits after the point.",
            "Inexact": "The number ends in decimal and not in binary.",
            "Syntax": "The text is no decimal number.",
            "Long": "The number has as many digits as it may have, or more.",
            "Direct": "Mantissa and exponent are given.",
            "ExponentEdge": "The exponent is ±1024, or beyond.",
        },
    )
    group = file.group("numbers")

    def case(text, flags=()):
        value, exponent = Fraction(text), 0
        while (value / Fraction(16) ** exponent).denominator != 1:
            exponent -= 1
        mantissa = value / Fraction(16) ** exponent
        group.case(
            f"an exponent of {exponent}",
            list(flags) + (["Exponent"] if exponent < 0 else []),
            text=text,
            mantissa=f"{mantissa.numerator:x}",
            exponent=exponent,
            decimal=plain(value),
        )

    for text in (
        "0",
        "-0.0",
        "1",
        "-1",
        "42",
        "2.5",
        "-0.0625",
        "0.03125",
        "0.0078125",
        "16.0",
        "-3.750",
        "256",
        "0.5",
        "-0.75",
        "1.00390625",
        "123456.75",
        "0.000244140625",
        "00.50",
        "0.99993896484375",
    ):
        case(text)
    smallest = plain(Fraction(1, 1 << 38))
    case(smallest, ["Long"])
    case("-" + "9" * 300 + ".5", ["Long"])
    case("0." + "0" * 38, ["Long"])

    def invalid(text, flag, problem):
        group.case(
            f"{len(text)} characters", [flag], "invalid", ("PaillierError", problem), text=text
        )

    for text in ("0.1", "-2.3", "0.3333", "0.7", "1." + "0" * 37 + "1"):
        invalid(text, "Inexact", "not a decimal number: it has no exact binary fraction")
    for text in NO_DECIMALS:
        invalid(text, "Syntax", SYNTAX)
    for text in ("0." + "0" * 39, plain(Fraction(1, 1 << 39))):
        invalid(text, "Long", "not a decimal number: more than 38 digits after the point")
    invalid("1" * 2049, "Long", "not a decimal number: more than 2048 characters")

    group = file.group("mantissa and exponent")
    for mantissa, exponent in (
        (-3, 2),
        (0, 5),
        (0, -5),
        (1, -1),
        (160, -2),
        (7, 0),
        (-(1 << 80), -20),
        (1, 1024),
        (3, -1024),
        (-1, -1),
    ):
        group.case(
            f"an exponent of {exponent}",
            ["Direct"] + (["ExponentEdge"] if abs(exponent) == 1024 else []),
            mantissa=f"{mantissa:x}",
            exponent=exponent,
            decimal=plain(mantissa * Fraction(16) ** exponent),
        )
    for exponent in (-1025, 1025, 1 << 52, -(1 << 52)):
        group.case(
            f"an exponent of {exponent}",
            ["Direct", "ExponentEdge"],
            "invalid",
            ("PaillierError", f"an exponent of {exponent}: from -1024 to 1024 are read"),
            mantissa="1",
            exponent=exponent,
        )
    return file


def files():
    return [decimal(), encoding()]
