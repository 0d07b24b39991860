"""Days as sources write them."""

import datetime
import random

from claims.cell_cases import Cells

MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


FORMS = {
    "yyyy-MM-dd": lambda d: f"{d.year:04}-{d.month:02}-{d.day:02}",
    "yyyyMMdd": lambda d: f"{d.year:04}{d.month:02}{d.day:02}",
    "yyyy/MM/dd": lambda d: f"{d.year:04}/{d.month:02}/{d.day:02}",
    "MM/dd/yyyy": lambda d: f"{d.month:02}/{d.day:02}/{d.year:04}",
    "dd.MM.yyyy": lambda d: f"{d.day:02}.{d.month:02}.{d.year:04}",
    "M/d/yyyy": lambda d: f"{d.month}/{d.day}/{d.year:04}",
    "d.M.yyyy": lambda d: f"{d.day}.{d.month}.{d.year:04}",
    "ddMMMyyyy": lambda d: f"{d.day:02}{MONTHS[d.month - 1]}{d.year:04}",
    "d MMM, yyyy": lambda d: f"{d.day} {MONTHS[d.month - 1].title()}, {d.year:04}",
    "MMM d yyyy": lambda d: f"{MONTHS[d.month - 1].lower()} {d.day} {d.year:04}",
    "yyyy_dd_MM": lambda d: f"{d.year:04}_{d.day:02}_{d.month:02}",
}


TIMES = [
    "T10:00:00Z",
    " 10:00",
    "T10:00:00.000+02:00",
    " 10:00:00 PM",
    ":10:00:00",
    "T1000-0500",
    " 00:00:00.0000000",
    "T23:59:60Z",
    "t9:05am",
    "T24:00",
    "  1:00",
    "T100000,5+01",
    " 9:05 pm Z",
]


NO_TIMES = [
    "T",
    "x",
    "T10",
    "T25:00",
    "T10:60",
    " 10:00x",
    "-05",
    "T10:00:00+1",
    "1",
    "T10:00:61",
    "T10:0",
    "T10:00:00.",
    "T10:00:00.1234567890",
    " 10:00 XM",
    "Z",
    "T10:00+2:00",
]


def dates(file):
    generator = random.Random(20261201)
    first, last = datetime.date(1850, 1, 1), datetime.date(2150, 12, 31)
    for pattern, form in FORMS.items():
        cells = Cells(file, f"dates as {pattern}", f'type: date, protect: clear, format: "{pattern}"')
        days = [datetime.date(2008, 2, 29), datetime.date(1, 1, 1), datetime.date(9999, 12, 31)]
        days += [first + datetime.timedelta(days=generator.randrange((last - first).days)) for _ in range(8)]
        for day in days:
            cells.read(form(day), day.isoformat(), format=0)
        time = generator.choice(TIMES)
        if not (pattern.endswith("yyyy") and time[0].isdigit()):
            cells.read(form(days[0]) + time, days[0].isoformat(), ["TimeOfDay"], format=0)
        problem = f"not a date in the format {pattern}"
        for text in ("20070229", "2008-02-300", "2008 229", "29/02/2008x", "0000", "32132008", "today"):
            cells.refuse(text, problem)
    plain = Cells(file, "days with times", "type: date, protect: clear")
    for time in TIMES:
        plain.read("2009-01-31" + time, "2009-01-31", ["TimeOfDay"], format=0)
    for time in NO_TIMES:
        plain.refuse("2009-01-31" + time, "not a date in the format yyyy-MM-dd", ["TimeOfDay"])
    for text in (
        "2009-02-29",
        "1900-02-29",
        "2009-04-31",
        "2009-00-10",
        "2009-13-01",
        "2009-01-00",
        "0000-01-01",
        "2009-1-01",
        "20090101",
        "2009-01-3",
        "-2009-01-01",
        "2009\u201301\u201301",
    ):
        plain.refuse(text, "not a date in the format yyyy-MM-dd", ["NoSuchDay"])
    plain.read("2000-02-29", "2000-02-29", format=0)
    several = Cells(
        file,
        "formats in their order",
        "type: date, protect: clear, format: [yyyyMMdd, dd/MM/yyyy, MM/dd/yyyy, M/d/yyyy, ddMMMyyyy]",
    )
    several.read("20080304", "2008-03-04", format=0)
    for text, day, index in [
        ("03/04/2008", "2008-04-03", 1),
        ("12/31/2008", "2008-12-31", 2),
        ("3/4/2008", "2008-03-04", 3),
        ("04mar2008", "2008-03-04", 4),
        ("29FEB2008", "2008-02-29", 4),
        ("13/12/2008", "2008-12-13", 1),
    ]:
        several.read(text, day, ["SecondFormat"], format=index)
    message = "not a date in the format yyyyMMdd or dd/MM/yyyy or MM/dd/yyyy or M/d/yyyy or ddMMMyyyy"
    for text in ("20080230", "2008-03-04", "31/31/2008", "3/4/08", "04xyz2008", "3/4/20081"):
        several.refuse(text, message)
    ranges = "type: date, protect: encrypted, range: [2007-01-01, 2010-12-31]"
    ranged = Cells(file, "dates in a range", ranges)
    for text in ("2007-01-01", "2010-12-31"):
        ranged.read(text, text, ["Range"], format=0)
    for text in ("2006-12-31", "2011-01-01", "9999-12-31"):
        ranged.refuse(text, "outside the declared range [2007-01-01, 2010-12-31]", ["Range"])
    declared = ranges + ", format: [yyyy-MM-dd, yyyyMMdd], null_dates: [9999-12-31, 1900-01-01, 2008-01-01]"
    sentinels = Cells(file, "days that stand for NULL", declared)
    for text in ("9999-12-31", "99991231", "1900-01-01T00:00:00", "2008-01-01"):
        sentinels.read(text, None, ["Sentinel"], sentinel=True)
    sentinels.read("2008-01-02", "2008-01-02", format=0)
    sentinels.read("20080102", "2008-01-02", ["SecondFormat"], format=1)
    sentinels.refuse("9999-12-30", "outside the declared range", ["Range"])
    strict = Cells(file, "sentinels where NULL is not admitted", declared + ", nullable: false")
    strict.refuse("9999-12-31", "empty, but the column is not nullable", ["Sentinel"])
