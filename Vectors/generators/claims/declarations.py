"""Schemas and their columns: ways to write them, and the one canonical text.

The canonical text is a schema file with every default written out, a line for each column."""

import datetime

from common.columns import decimal_text
from common.digests import digest

AGGREGATES = [
    "sum",
    "count",
    "avg",
    "var_pop",
    "var_samp",
    "stddev_pop",
    "stddev_samp",
    "covar_pop",
    "corr",
]


NULL_TOKENS = ["", "NULL", "NA", "N/A", "-", "\\N"]


EVERY_NUMBER = [-(10**18), 10**18]


EVERY_DAY = [datetime.date(1, 1, 1), datetime.date(9999, 12, 31)]


def quoted(text):
    """A double-quoted YAML scalar."""
    out = ""
    for character in text:
        code = ord(character)
        if character in '"\\':
            out += "\\" + character
        elif code < 0x20 or 0x7F <= code <= 0xA0 or code in (0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF):
            out += f"\\u{code:04x}"
        else:
            out += character
    return f'"{out}"'


def alphabet_text(characters):
    """Runs of three and more as ranges, a hyphen first."""
    codes, runs = sorted(ord(x) for x in characters if x != "-"), []
    for code in codes:
        if runs and runs[-1][1] + 1 == code:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    text = "-" if "-" in characters else ""
    for first, last in runs:
        text += (
            f"{chr(first)}-{chr(last)}" if last - first >= 2 else "".join(map(chr, range(first, last + 1)))
        )
    return text


class Declared:
    """A column with everything that can be declared of it."""

    def __init__(self, header, kind=None, protect="drop", name=None, use=None, nullable=True, **details):
        self.header, self.kind, self.protect, self.name = header, kind, protect, name or header.lower()
        self.is_named, self.use, self.nullable, self.details = name is not None, use, nullable, details

    @property
    def uses(self):
        if self.protect != "encrypted":
            return []
        return self.use or (["sum"] if self.kind in ("integer", "money") else ["filter"])

    @property
    def scale(self):
        return 0 if self.kind == "integer" else self.details.get("scale", 2)

    def yaml(self, generator):
        """One of the ways to write it, defaults left out here and there."""
        if self.protect == "drop":
            return f"{quoted(self.header)}: {{ protect: drop }}"
        parts = {"type": self.kind, "protect": self.protect}
        if self.is_named:
            parts["name"] = self.name
        if self.use:
            parts["use"] = f"[{', '.join(self.use)}]"
        if not self.nullable or generator.random() < 0.3:
            parts["nullable"] = str(self.nullable).lower()
        for key, value in self.details.items():
            parts[key] = self._written(key, value)
        entries = list(parts.items())
        generator.shuffle(entries)
        return f"{quoted(self.header)}: {{ {', '.join(f'{key}: {value}' for key, value in entries)} }}"

    def _written(self, key, value):
        if key in ("range", "bands"):
            return f"[{', '.join(self._end(x) for x in value)}]"
        if key in ("values", "format", "alphabet") and isinstance(value, list):
            return f"[{', '.join(map(quoted, value))}]"
        if key == "null_dates":
            return f"[{', '.join(map(str, value))}]"
        return quoted(value) if isinstance(value, str) else str(value)

    def _end(self, value):
        return str(value) if isinstance(value, datetime.date) else decimal_text(value, self.scale)

    def stored(self):
        """What decides how the column is stored."""
        parts = [f"type: {self.kind}"]
        details = self.details
        if self.kind == "category" and "values" in details:
            parts.append(f"values: [{', '.join(map(quoted, details['values']))}]")
        if self.kind == "code":
            alphabets = details.get("alphabet", "A-Z0-9")
            texts = [alphabets] if isinstance(alphabets, str) else alphabets
            length = details.get("length", len(texts))
            texts = [
                quoted(alphabet_text(expanded(text)))
                for text in (texts if len(texts) > 1 else texts * length)
            ]
            parts.append(f"length: {length}")
            parts.append(f"alphabet: {texts[0] if len(set(texts)) == 1 else '[' + ', '.join(texts) + ']'}")
        if self.kind == "money":
            parts.append(f"scale: {self.scale}")
        everything = {"date": EVERY_DAY, "integer": EVERY_NUMBER, "money": EVERY_NUMBER}.get(self.kind)
        if details.get("range", everything) != everything:
            parts.append(f"range: [{', '.join(self._end(x) for x in details['range'])}]")
        if "bands" in details:
            cuts = [cut for cut in details["bands"] if cut != details["range"][0]]
            parts.append(f"bands: [{', '.join(self._end(x) for x in cuts)}]")
        parts.append(f"protect: {self.protect}")
        if self.protect == "encrypted":
            parts.append(f"use: [{', '.join(use for use in ('filter', 'sum') if use in self.uses)}]")
        return [*parts, f"nullable: {str(self.nullable).lower()}"]

    def reading(self):
        parts, details = [], self.details
        if self.kind == "date":
            formats = details.get("format", "yyyy-MM-dd")
            formats = [formats] if isinstance(formats, str) else formats
            texts = list(map(quoted, formats))
            parts.append(f"format: {texts[0] if len(texts) == 1 else '[' + ', '.join(texts) + ']'}")
        if "null_dates" in details:
            parts.append(f"null_dates: [{', '.join(map(str, sorted(details['null_dates'])))}]")
        if "pad" in details:
            parts.append(f"pad: {details['pad']}")
        if details.get("decimal", ".") != ".":
            parts.append('decimal: ","')
        if "sql" in details:
            parts.append(f"sql: {quoted(details['sql'])}")
        return parts

    def canonical(self):
        if self.protect == "drop":
            return f"  {quoted(self.header)}: {{ protect: drop }}\n"
        return f"  {quoted(self.header)}: {{ {', '.join([f'name: {self.name}', *self.stored(), *self.reading()])} }}\n"

    def sizes(self):
        """The values of each digit; None for a column without an index."""
        if self.protect != "encrypted" or "filter" not in self.uses:
            return None
        details = self.details
        if self.kind == "category":
            return [len(details["values"])]
        if self.kind == "code":
            alphabets = details.get("alphabet", "A-Z0-9")
            texts = [alphabets] * details.get("length", 1) if isinstance(alphabets, str) else alphabets
            return [len(expanded(text)) + 1 for text in texts]
        first, last = details["range"]
        if self.kind == "date":
            return [(last.year - first.year) * 12 + last.month - first.month + 1, 31]
        if "bands" in details:
            return [1 + sum(cut != first for cut in details["bands"])]
        if last - first < 32:
            return [last - first + 1]
        places = 1
        while last // 10**places - first // 10**places >= 64:
            places += 1
        return [last // 10**places - first // 10**places + 1] + [10] * places


def expanded(text):
    """The characters of an alphabet."""
    characters, place = [], 0
    while place < len(text):
        if text[place + 1 : place + 2] == "-" and place + 2 < len(text):
            characters += map(chr, range(ord(text[place]), ord(text[place + 2]) + 1))
            place += 3
        else:
            characters.append(text[place])
            place += 1
    return characters


class Schema:
    """A whole schema."""

    def __init__(
        self,
        columns,
        table="claims",
        capacity=1000,
        depth=None,
        cluster=(),
        person=None,
        buckets=None,
        products=(),
        indexes=(),
        tokens=None,
        delimiter=None,
        prepare=None,
        companions=(),
        **disclosure,
    ):
        self.columns, self.table, self.capacity, self.depth = columns, table, capacity, depth
        self.cluster, self.person, self.buckets = cluster, person, buckets
        self.products, self.indexes, self.disclosure = products, indexes, disclosure
        self.tokens, self.delimiter, self.prepare, self.companions = tokens, delimiter, prepare, companions

    @property
    def kept(self):
        return [column for column in self.columns if column.protect != "drop"]

    def yaml(self, generator):
        lines = [f"table: {self.table}", f"capacity: {self.capacity}"]
        if self.depth is not None:
            lines.append(f"depth: {self.depth}")
        lines += [f"{key}: {value}" for key, value in self.disclosure.items()]
        if self.cluster:
            lines.append(f"cluster_by: [{', '.join(self.cluster)}]")
        if self.person:
            lines.append(f"person: {quoted(self.person)}")
        if self.buckets:
            lines.append(f"person_buckets: {self.buckets}")
        if self.tokens is not None:
            lines.append(f"null_tokens: [{', '.join(map(quoted, self.tokens))}]")
        if self.delimiter:
            lines.append(f"delimiter: {self.delimiter}")
        if self.prepare:
            lines.append(f"prepare: {quoted(self.prepare)}")
        if self.companions:
            lines.append(f"with: [{', '.join(self.companions)}]")
        if self.products:
            lines.append(f"products: [{', '.join(f'[{a}, {b}]' for a, b in self.products)}]")
        if self.indexes:
            lines.append(f"indexes: [{', '.join('[' + ', '.join(x) + ']' for x in self.indexes)}]")
        generator.shuffle(lines)
        place = generator.randrange(len(lines) + 1)
        lines.insert(place, "columns:\n" + "\n".join(f"  {x.yaml(generator)}" for x in self.columns))
        return "\n".join(lines) + "\n"

    def _disclosure(self):
        own = self.disclosure
        cohort = own.get("minimum_cohort", 11)
        aggregates = own.get("aggregates", f"[{', '.join(AGGREGATES)}]").strip("[]").split(", ")
        dominance = own.get("dominance", "none")
        if dominance != "none":
            whole, _, decimals = str(dominance).partition(".")
            dominance = f"{whole}.{decimals.ljust(2, '0')}"
        return (
            f"minimum_cohort: {cohort}\n"
            f"aggregates: [{', '.join(x for x in AGGREGATES if x in aggregates)}]\n"
            f"complement: {own.get('complement', str(cohort > 1).lower())}\n"
            f"dominance: {dominance}\nrounding: {own.get('rounding', 1)}\n"
            f"differential_privacy: {self._privacy()}\n"
        )

    def _privacy(self):
        text = self.disclosure.get("differential_privacy", "none")
        if text == "none":
            return text
        parts = dict(part.split(": ") for part in text.strip("{ }").split(", "))
        decimals = {"epsilon": 6, "delta": 18, "budget": 6}
        for key, places in decimals.items():
            if key in parts:
                parts[key] = decimal_text(int(scaled(parts[key], places)), places)
        order = ["mechanism", "epsilon", "delta", "budget"]
        return "{ " + ", ".join(f"{key}: {parts[key]}" for key in order if key in parts) + " }"

    def _person(self, name):
        if not self.person:
            return ""
        return f"person: {quoted(name)}\n" + (f"person_buckets: {self.buckets}\n" if self.buckets else "")

    def _combinations(self):
        pairs = sorted(
            (tuple(sorted(pair)) for pair in self.products), key=lambda pair: f"{pair[0]} * {pair[1]}"
        )
        text = f"products: [{', '.join(f'[{a}, {b}]' for a, b in pairs)}]\n" if pairs else ""
        if self.indexes:
            text += f"indexes: [{', '.join('[' + ', '.join(x) + ']' for x in self.indexes)}]\n"
        return text

    def _reading(self):
        text = ""
        if self.tokens is not None and self.tokens != NULL_TOKENS:
            text += f"null_tokens: [{', '.join(map(quoted, self.tokens))}]\n"
        if self.delimiter:
            text += f"delimiter: {self.delimiter}\n"
        if self.prepare:
            text += f"prepare: {quoted(self.prepare)}\n"
        return text + (f"with: [{', '.join(self.companions)}]\n" if self.companions else "")

    @property
    def _depth(self):
        return 2 if self.depth is None else self.depth

    def canonical(self):
        cluster = f"cluster_by: [{', '.join(self.cluster)}]\n" if self.cluster else ""
        return (
            f"table: {self.table}\ncapacity: {self.capacity}\ndepth: {self._depth}\n{self._disclosure()}{cluster}"
            f"{self._person(self.person)}{self._reading()}columns:\n"
            + "".join(column.canonical() for column in self.columns)
            + self._combinations()
        )

    def fingerprint(self):
        """Of what decides how tables are encrypted: not headers, nor how files are read, nor what may be
        released."""
        columns = "".join(f"  {column.name}: {{ {', '.join(column.stored())} }}\n" for column in self.kept)
        text = (
            f"table: {self.table}\ncapacity: {self.capacity}\ndepth: {self._depth}\n{self._person('person')}"
            f"columns:\n{columns}{self._combinations()}"
        )
        return digest(text.encode(), "Cryptally schema")


def scaled(text, places):
    """A decimal with an exponent or without in units of 10^-places."""
    mantissa, _, exponent = text.partition("e")
    whole, _, decimals = mantissa.partition(".")
    moved = places + int(exponent or 0) - len(decimals)
    assert moved >= 0
    return int(whole + decimals) * 10**moved
