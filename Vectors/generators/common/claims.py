"""A table of claims with a column of every kind, and records for it."""

import datetime

from common.columns import Category, Code, Date, Number, Text, schema_text

DAY = datetime.date
FIRST, LAST = DAY(2007, 11, 15), DAY(2008, 3, 10)


class Claims:
    """The columns by their names, and whatever records are made of them."""

    def __init__(self):
        self.sex = Category("sex", ["M", "F", "X"])
        self.status = Category("status", ["0", "1"], nullable=False)
        self.age = Number("age", 0, 119)
        self.stay = Number("stay", -3, 8, use=("filter", "sum"))
        self.paid = Number("paid", -1000, 10_000, scale=2, bands=[0, 1, 5_000], use=("filter", "sum"))
        self.cost = Number("cost", -150, 1_249, scale=2, use=("filter", "sum"))
        self.fee = Number("fee", 0, 99_999, scale=2, use=("sum",), nullable=False)
        self.admitted = Date("admitted", FIRST, LAST)
        self.closed = Date("closed", DAY(2008, 1, 1), DAY(2008, 12, 31), nullable=False)
        self.code = Code("code", [list("EV12"), list("02"), list("0B")])
        self.region = Category("region", None, protect="clear")
        self.year = Number("year", 1900, 2100, protect="clear", nullable=False)
        self.note = Text("note", protect="clear")
        self.seen = Date("seen", FIRST, LAST, protect="clear")
        self.tax = Number("tax", -1_000, 1_000, scale=2, protect="clear")

    @property
    def columns(self):
        return list(self.__dict__.values())

    @property
    def indexed(self):
        return [column for column in self.columns if column.is_indexed]

    def schema(self, depth, **others):
        return schema_text(self.columns, depth=depth, **others)

    def value(self, column, generator):
        """A value that constants are likely to be near to, or NULL."""
        if column.nullable and generator.random() < 0.2:
            return None
        if isinstance(column, Text):
            return generator.choice(["", "a", "ab", "b", "é", "%", "a'b"][1:])
        if isinstance(column, Category):
            return generator.choice(column.values or ["N", "NE", "S"])
        if isinstance(column, Code):
            return generator.choice(column.everything())
        if isinstance(column, Date):
            edges = [column.first, column.last, DAY(2008, 1, 31), DAY(2008, 2, 1), DAY(2008, 2, 29)]
            edges = [day for day in edges if column.first <= day <= column.last]
            days = (column.last - column.first).days
            other = column.first + datetime.timedelta(days=generator.randrange(days + 1))
            return generator.choice([*edges, other, other])
        cuts = [cut + step for cut in column.bands or [] for step in (-1, 0)]
        edges = [column.low, column.high, 0, 1, 9, 10, 11, 99, 100, *cuts]
        edges = [number for number in edges if column.low <= number <= column.high]
        other = generator.randint(column.low, column.high)
        return generator.choice([*edges, other, other, other])

    def records(self, count, generator):
        """Records, and None for a slot that holds none."""
        rows = []
        for _ in range(count):
            row = {column.name: self.value(column, generator) for column in self.columns}
            rows.append(None if generator.random() < 0.08 else row)
        return rows

    def written(self, rows):
        """Records as vectors write them."""
        return [row and [column.text(row[column.name]) for column in self.columns] for row in rows]
