"""Cells of claims files, and the values that they are read as.

Where a value can be written in many ways, the cases are made from the value: the texts are what
ledgers, spreadsheets and databases would write for it."""

import random
import unicodedata

from claims.cell_cases import Cells
from claims.date_cells import dates
from common.columns import decimal_text
from common.vectorfile import VectorFile

FLAGS = {
    "Null": "The cell means NULL.",
    "Sentinel": "A day that stands for NULL.",
    "Padded": "A spreadsheet took zeros from the front; they are put back.",
    "WhiteSpace": "There is white space around the value.",
    "Composed": "Text is composed to Unicode's form NFC.",
    "Currency": "A currency stands with the amount.",
    "Grouped": "Groups of three digits are set apart.",
    "Negative": "The amount is below 0.",
    "Ambiguous": "It could mean something else, so it is refused and never guessed.",
    "TimeOfDay": "A time of day after the date is left out.",
    "SecondFormat": "The first of the column's formats does not fit.",
    "NoSuchDay": "The calendar has no such day.",
    "Range": "The value is outside of the declared range, or at its end.",
    "Alphabet": "A character that the position does not admit.",
    "Exact": "No floating-point number would hold the value.",
}


def nulls(file):
    cells = Cells(file, "what means NULL", "type: text, protect: clear")
    for text in ("", "  ", "NULL", "NA", "N/A", " N/A\t", "-", "\\N", "\u00a0", "\u3000\u2003", "\r\n"):
        cells.read(text, None, ["Null"])
    cells.read(None, None, ["Null"])
    for text in ("null", "na", "--", "NULL NULL", "\\n", "n/a", "0", "None", "null and void"):
        cells.read(text, text, comment=f"{text} is text")
    strict = Cells(file, "a column without NULL", "type: text, protect: clear, nullable: false")
    for text in ("", "NULL", "-", None):
        strict.refuse(text, "empty, but the column is not nullable", ["Null"])
    own = Cells(
        file,
        "NULL tokens of the schema",
        "type: text, protect: clear",
        table='null_tokens: ["?", unknown, "é"]\n',
    )
    for text in ("?", " unknown ", "é"):
        own.read(text, None, ["Null"])
    for text in ("NA", "-", "NULL", "Unknown", "??"):
        own.read(text, text, comment=f"{text} is text")
    own.read("", "", comment="empty text is text")
    none = Cells(file, "no NULL token", "type: text, protect: clear", table="null_tokens: []\n")
    none.read("NULL", "NULL", comment="NULL is text")
    none.read(None, None, ["Null"])
    category = Cells(
        file, "a declared value is never NULL", 'type: category, protect: encrypted, values: [a, NA, "-"]'
    )
    for text in ("a", "NA", "-"):
        category.read(text, text)
    category.read("N/A", None, ["Null"])
    category.read("", None, ["Null"])


def texts(file):
    cells = Cells(file, "text", "type: text, protect: clear")
    cells.read(" Ab c ", "Ab c", ["WhiteSpace"])
    cells.read("\u00a0\u2003 a b \u3000\n", "a b", ["WhiteSpace"])
    cells.read("\t\v\f a\u0085", "a", ["WhiteSpace"])
    cells.read("\u200ba", "\u200ba", comment="a zero-width space is no white space")
    cells.read("\ufeffa", "\ufeffa", comment="a byte order mark is no white space")
    for text in ("e\u0301", "A\u030a", "\u212b", "\u1100\u1161\u11a8", "o\u0302\u0323", "\ufb01", "ﬁ①"):
        cells.read(text, unicodedata.normalize("NFC", text), ["Composed"])
    category = Cells(
        file,
        "a category with letters beyond ASCII",
        'type: category, protect: encrypted, values: ["\u00e9", "\u00c5", plain]',
    )
    category.read("e\u0301", "\u00e9", ["Composed"])
    category.read("\u212b", "\u00c5", ["Composed"])
    category.read(" plain\u2009", "plain", ["WhiteSpace"])
    for text in ("e", "Plain", "plain.", "E\u0301"):
        category.refuse(text, "not one of the declared values")
    clear = Cells(file, "a clear category", "type: category, protect: clear")
    clear.read("S01", "S01")
    declared = Cells(file, "a clear category with values", "type: category, protect: clear, values: [x, y]")
    declared.read("y", "y")
    declared.refuse("z", "not one of the declared values")


def codes(file):
    cells = Cells(file, "codes", "type: code, protect: encrypted, length: 5")
    for text, code in [
        (" v5789", "V5789"),
        ("038.9", "0389"),
        ("i10.9", "I109"),
        ("I109", "I109"),
        ("e", "E"),
        ("0", "0"),
        ("00000", "00000"),
        (".1.2.", "12"),
    ]:
        cells.read(text, code)
    cells.refuse("123456", "longer than 5 characters", ["Range"])
    cells.refuse("038-9", "character 4 is not in the declared alphabet", ["Alphabet"])
    cells.refuse("..", "character 1 is not in the declared alphabet", ["Alphabet"])
    cells.refuse("12 34", "character 3 is not in the declared alphabet", ["Alphabet"])
    cells.refuse("É10", "is not in the declared alphabet", ["Alphabet"])
    cells.refuse("éé", "is not in the declared alphabet", ["Alphabet"])
    positions = Cells(
        file,
        "an alphabet for each position",
        'type: code, protect: encrypted, alphabet: ["A-C", "0-2", "0-2X"]',
    )
    for text in ("A", "B1", "C2x"):
        positions.read(text, text.upper())
    positions.refuse("1", "character 1 is", ["Alphabet"])
    positions.refuse("AA", "character 2 is", ["Alphabet"])
    positions.refuse("A13", "character 3 is", ["Alphabet"])
    positions.refuse("A1X0", "longer than 3 characters", ["Range"])
    dotted = Cells(file, "codes with dots", 'type: code, protect: encrypted, length: 5, alphabet: "A-Z0-9."')
    dotted.read("i10.9", "I10.9")
    dotted.refuse("i10.99", "longer than 5 characters", ["Range"])
    padded = Cells(file, "codes filled with zeros", "type: code, protect: encrypted, length: 5, pad: 5")
    for text, code in [("389", "00389"), ("38.9", "00389"), ("0", "00000"), ("1", "00001")]:
        padded.read(text, code, ["Padded"], padded=True)
    padded.read("v58", "V58", comment="a spreadsheet takes zeros only from numbers")
    padded.read("12345", "12345")
    padded.refuse("123456", "longer than 5 characters", ["Range"])
    state = Cells(
        file,
        "a category filled with zeros",
        'type: category, protect: encrypted, values: ["05", "12", "7"], pad: 2',
    )
    state.read("5", "05", ["Padded"], padded=True)
    state.read("05", "05")
    state.read("7", "7", comment="a declared value stays as it is")
    state.refuse("6", "not one of the declared values")
    state.refuse("005", "not one of the declared values")
    clear = Cells(file, "a clear category filled with zeros", "type: category, protect: clear, pad: 3")
    clear.read("7", "007", ["Padded"], padded=True)
    clear.read("1234", "1234")
    clear.read("7a", "7a")
    clear.read("", None, ["Null"])


def integers(file):
    cells = Cells(file, "whole numbers", "type: integer, protect: encrypted, range: [-40, 400]")
    for text, value in [
        ("3", 3),
        ("3.00", 3),
        ("+07", 7),
        ("-40", -40),
        ("400", 400),
        ("-0", 0),
        (" 12 ", 12),
        ("5.", 5),
        ("0" * 30 + "9", 9),
    ]:
        cells.read(text, str(value))
    for text in ("3.5", "0.0001", ".5"):
        cells.refuse(text, "not a whole number")
    for text in ("401", "-41", "9" * 400, "-" + "9" * 40):
        cells.refuse(text, "outside the declared range [-40, 400]", ["Range"])
    for text in ("", "-", "NA"):
        cells.read(text, None, ["Null"])
    for text in ("--1", ".", "+", "1.2.3", "+-1", "/", "1e3", "x", "1,000", "$5", "٣", "0x1", "1 0", "5-"):
        cells.refuse(text, "not a number", ["Ambiguous"])
    wide = Cells(file, "clear whole numbers", "type: integer, protect: clear")
    for value in (10**18, -(10**18), 9_007_199_254_740_993):
        wide.read(f"+{value}" if value > 0 else str(value), str(value), ["Exact"])
    for value in (10**18 + 1, -(10**18) - 1, 2**63, -(2**63), 2**64 + 5):
        wide.refuse(str(value), "outside the declared range", ["Range"])


def grouped(digits, separator):
    """Groups of three digits from the end."""
    groups = []
    while digits:
        groups.insert(0, digits[-3:])
        digits = digits[:-3]
    return separator.join(groups)


def written(units, scale, separator, mark, decimals):
    digits = decimal_text(abs(units), scale)
    whole, fraction = digits.split(".")
    fraction = fraction.rstrip("0").ljust(decimals, "0") if decimals < scale else fraction
    return grouped(whole, separator) + (mark + fraction if fraction else "")


SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "₹", "USD": "USD", "CHF": "CHF"}
SEPARATORS = ["", ",", "'", "\u2019", " ", "\u00a0", "\u2009", "\u202f"]


def amounts(file):
    generator = random.Random(20261130)
    declaration = "type: money, protect: encrypted, range: [-10000000.00, 10000000.00]"
    cells = Cells(file, "amounts in many forms", declaration)
    numbers = [0, 5, -7, 50, 123_450, -123_450, 123_456_789, -100_000_000, 99_999, 10**9, -(10**9)]
    numbers += [generator.randint(-(10**9), 10**9) for _ in range(20)]
    for number in numbers:
        for _ in range(3):
            separator, symbol = generator.choice(SEPARATORS), generator.choice(["", *SYMBOLS])
            plain = written(number, 2, separator, ".", generator.choice([0, 2]))
            gap = generator.choice(["", " ", "\u00a0"])
            text = generator.choice([symbol + gap + plain, plain + gap + symbol]) if symbol else plain
            if number < 0:
                text = generator.choice(["-" + text, text + "-", f"({text})", "\u2212" + text, f"- {text}"])
            elif generator.random() < 0.2:
                text = "+" + text
            flags = ["Currency"] * bool(symbol)
            flags += ["Grouped"] * (bool(separator) and abs(number) >= 100_000)
            flags += ["Negative"] * (number < 0)
            cells.read(text, str(number), flags, currency=SYMBOLS.get(symbol))
    edges = Cells(file, "amounts, by hand", declaration)
    for text, value in [
        ("26000.00", 2_600_000),
        ("-10", -1000),
        ("+0.5", 50),
        (" 1.2 ", 120),
        ("3.100", 310),
        ("-0.00", 0),
        (".07", 7),
        ("5.", 500),
        ("007", 700),
        ("10000000.00", 10**9),
        ("-10,000,000", -(10**9)),
        ("0,000", 0),
        ("1.0000000000", 100),
    ]:
        edges.read(text, str(value))
    for text, value in [("12.30-", -1230), ("5-", -500), (".07-", -7)]:
        edges.read(text, str(value), ["Negative"])
    edges.read("12.30+", "1230")
    edges.read("$-5", "-500", ["Currency", "Negative"], currency="USD")
    edges.read("$ 5.00-", "-500", ["Currency", "Negative"], currency="USD")
    edges.read("-(5)"[1:], "-500", ["Negative"])
    edges.read("( 5 )", "-500", ["Negative"])
    for text in ("10000000.01", "-10000000.01", "9" * 400):
        edges.refuse(text, "outside the declared range [-10000000.00, 10000000.00]", ["Range"])
    for text in ("1.005", "$0.001", "-1.234"):
        edges.refuse(text, "more than 2 decimals")
    ambiguous = [
        "1.234,56",
        "1,00",
        "12,34.00",
        "1,234,56",
        ",100",
        "1,2345",
        "1,234'567",
        "1,234.567,8",
        "1e3",
        "-5-",
        "(-5)",
        "((5))",
        "$",
        "$$5",
        "$5€",
        "USD 5 EUR",
        "usd 5",
        "0x1",
        "1 0",
        "٣",
        "()",
        "5 $ 6",
        "1234,567",
        "+5-",
        "5+5",
        "US$5",
        "1..234",
        "1,234,",
        "1,,234",
        "\u00bd",
        "5%",
        "EURO 5",
        "1\u2009234,567",
        "--5",
        "1.2.3",
        ".",
        "+",
    ]
    for text in ambiguous:
        edges.refuse(text, "not an amount such as -1234.50", ["Ambiguous"])
    commas(file)
    wide = Cells(file, "exact amounts", "type: money, protect: clear")
    wide.read("$9,007,199,254,740,993.01", "9007199254740993.01", ["Exact", "Currency"], currency="USD")
    wide.read("10000000000000000.00", "10000000000000000.00", ["Exact", "Range"])
    wide.refuse("10000000000000000.01", "outside the declared range", ["Range"])
    wide.refuse("$0.005", "more than 2 decimals")
    wide.read("5", "5.00")
    wide.read("-0.5", "-0.50")
    wide.read("-0", "0.00")
    fine = Cells(file, "amounts of nine decimals", "type: money, scale: 9, protect: clear")
    fine.read("-1.000000001", "-1.000000001", ["Exact"])
    fine.read("1000000000", "1000000000.000000000", ["Range"])
    fine.refuse("1000000000.000000001", "outside the declared range", ["Range"])
    coarse = Cells(
        file, "amounts without decimals", "type: money, scale: 0, protect: encrypted, range: [0, 9]"
    )
    coarse.read("$9.00", "9", ["Currency"], currency="USD")
    coarse.refuse("1.5", "not a whole number")


def commas(file):
    declaration = 'type: money, protect: encrypted, range: [-10000000.00, 10000000.00], decimal: ","'
    cells = Cells(file, "decimal commas", declaration)
    for text, value in [
        ("1.234,56", 123_456),
        ("-1.234.567,8", -123_456_780),
        ("(0,07)", -7),
        ("1 234,50", 123_450),
        ("1.234", 123_400),
        ("5", 500),
        ("5,", 500),
        (",5", None),
        ("1'234,5", 123_450),
        ("12.345.678,90", None),
        ("−3,10", -310),
    ]:
        if value is not None:
            cells.read(text, str(value))
    cells.read("12,5 €", "1250", ["Currency"], currency="EUR")
    cells.read("CHF 1’000,05", "100005", ["Currency", "Grouped"], currency="CHF")
    for text in ("1,234.56", "1,2,3", "12.34", "1.5", "1234.5", "1,234,567", "1.23,4", "1e3"):
        cells.refuse(text, "with a comma before the decimals", ["Ambiguous"])
    cells.refuse("0,001", "more than 2 decimals")


def cells():
    file = VectorFile(
        "claims/cells.json",
        "claims.cells",
        "Cells of claims files: the values that they are read as, or what is wrong with them.",
        "claims/cells.py",
        FLAGS,
    )
    for part in (nulls, texts, codes, integers, amounts, dates):
        part(file)
    return file
