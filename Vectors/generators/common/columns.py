"""Claim columns: how schemas declare them, what their cells mean, and how values become digits.

Values are Python's own: whole numbers (amounts in units of the last decimal), `datetime.date`, text;
None is NULL. Digits are written from the design (section 3, "How a claim table is encrypted")."""

import datetime
import itertools
import json
from fractions import Fraction

ONE_DIGIT_VALUES = 32
FIRST_DIGIT_VALUES = 64
DAYS_IN_A_MONTH = 31


def quoted(text):
    """A text in double quotes, as YAML and JSON both read it."""
    return json.dumps(text, ensure_ascii=False)


def decimal_text(units, scale):
    """Units of 10^-scale as a decimal with all decimals."""
    sign, digits = ("-" if units < 0 else ""), str(abs(units)).rjust(scale + 1, "0")
    return sign + (digits if scale == 0 else f"{digits[:-scale]}.{digits[-scale:]}")


class Column:
    """What columns of all types have."""

    kind = None

    def __init__(self, name, protect="encrypted", use=("filter",), nullable=True):
        self.name, self.protect, self.use, self.nullable = name, protect, use, nullable

    def declaration(self):
        """The entries of the column's mapping in a schema file."""
        parts = {"type": self.kind, **self.details(), "protect": self.protect}
        if self.protect == "encrypted" and self.use is not None:
            parts["use"] = f"[{', '.join(self.use)}]"
        if not self.nullable:
            parts["nullable"] = "false"
        return parts

    def yaml(self):
        entries = ", ".join(f"{key}: {value}" for key, value in self.declaration().items())
        return f"  {self.name}: {{ {entries} }}\n"

    def details(self):
        return {}

    @property
    def is_indexed(self):
        return self.protect == "encrypted" and "filter" in self.use

    def text(self, value):
        """A value as vectors write it; NULL stays None."""
        return value

    def order(self, value):
        """What decides how a value compares."""
        return value


class Text(Column):
    kind = "text"

    def order(self, value):
        return value.encode()


class Category(Column):
    kind = "category"

    def __init__(self, name, values, **others):
        super().__init__(name, **others)
        self.values = values

    def details(self):
        return {"values": f"[{', '.join(map(quoted, self.values))}]"} if self.values else {}

    def sizes(self):
        return [len(self.values)]

    def digits(self, value):
        return [self.values.index(value)] if value in self.values else None

    def order(self, value):
        return value.encode()

    def everything(self):
        return list(self.values)


class Code(Column):
    """At most as many characters as there are alphabets."""

    kind = "code"

    def __init__(self, name, alphabets, **others):
        super().__init__(name, **others)
        self.alphabets = [sorted(alphabet) for alphabet in alphabets]

    def details(self):
        texts = [self._written(alphabet) for alphabet in self.alphabets]
        if len(set(texts)) == 1:
            return {"length": len(texts), "alphabet": quoted(texts[0])}
        return {"alphabet": f"[{', '.join(map(quoted, texts))}]"}

    @staticmethod
    def _written(alphabet):
        """The characters one by one, a hyphen first so that it is no range."""
        return "".join(sorted(alphabet, key=lambda character: character != "-"))

    def sizes(self):
        return [len(alphabet) + 1 for alphabet in self.alphabets]

    def digits(self, value):
        """A digit for each position; 0 is the pad of a code that ends before."""
        if not value or len(value) > len(self.alphabets):
            return None
        digits = [0] * len(self.alphabets)
        for position, (character, alphabet) in enumerate(zip(value, self.alphabets)):
            if character not in alphabet:
                return None
            digits[position] = 1 + alphabet.index(character)
        return digits

    def order(self, value):
        return value.encode()

    def everything(self):
        """Every code there can be."""
        return [
            "".join(characters)
            for length in range(1, len(self.alphabets) + 1)
            for characters in itertools.product(*self.alphabets[:length])
        ]


class Date(Column):
    kind = "date"

    def __init__(self, name, first, last, **others):
        super().__init__(name, **others)
        self.first, self.last = first, last

    def details(self):
        return {"range": f"[{self.first}, {self.last}]"}

    @staticmethod
    def _month(day):
        return day.year * 12 + day.month

    def sizes(self):
        return [self._month(self.last) - self._month(self.first) + 1, DAYS_IN_A_MONTH]

    def digits(self, value):
        if not self.first <= value <= self.last:
            return None
        return [self._month(value) - self._month(self.first), value.day - 1]

    def text(self, value):
        return None if value is None else value.isoformat()

    def everything(self):
        count = (self.last - self.first).days + 1
        return [self.first + datetime.timedelta(days=number) for number in range(count)]


class Number(Column):
    """Whole numbers, or amounts in units of 10^-scale."""

    def __init__(self, name, low, high, scale=None, bands=None, **others):
        super().__init__(name, **others)
        self.low, self.high, self.bands = low, high, bands
        self.scale, self.kind = scale or 0, "integer" if scale is None else "money"

    def details(self):
        parts = {"scale": self.scale} if self.kind == "money" else {}
        parts["range"] = f"[{self.decimal(self.low)}, {self.decimal(self.high)}]"
        if self.bands is not None:
            parts["bands"] = f"[{', '.join(map(self.decimal, self.bands))}]"
        return parts

    def decimal(self, units):
        return decimal_text(units, self.scale)

    @property
    def cuts(self):
        """The cut points; the range's own beginning cuts nothing off."""
        return [cut for cut in self.bands if cut != self.low]

    def _radix(self):
        """The number of low decimal digits, and the number that all digits are counted from."""
        if self.high - self.low + 1 <= ONE_DIGIT_VALUES:
            return 0, self.low
        count = 1
        while self.high // 10**count - self.low // 10**count + 1 > FIRST_DIGIT_VALUES:
            count += 1
        return count, self.low // 10**count * 10**count

    def sizes(self):
        if self.bands is not None:
            return [len(self.cuts) + 1]
        count, base = self._radix()
        return [(self.high - base) // 10**count + 1] + [10] * count

    def digits(self, value):
        if not self.low <= value <= self.high:
            return None
        if self.bands is not None:
            return [sum(cut <= value for cut in self.cuts)]
        count, base = self._radix()
        distance = value - base
        low = [distance // 10**place % 10 for place in range(count)]
        return [distance // 10**count] + low[::-1]

    def text(self, value):
        """Units; a clear cell with its decimals."""
        if value is None:
            return None
        return self.decimal(value) if self.protect == "clear" else str(value)

    def order(self, value):
        """Constants of SQL are in whole units, so values are compared there."""
        return Fraction(value, 10**self.scale)

    def everything(self):
        return list(range(self.low, self.high + 1))


def schema_text(columns, table="claims", capacity=1000, depth=2, more=""):
    """A schema file."""
    return (
        f"table: {table}\ncapacity: {capacity}\ndepth: {depth}\ncolumns:\n"
        + "".join(column.yaml() for column in columns)
        + more
    )
