"""Schemas: their canonical text and fingerprint, and the layout of their tables.

The canonical text is a schema file with every default written out, a line for each column."""

import datetime
import random

from claim_values import encoding
from common.columns import decimal_text
from common.digests import digest
from common.vectorfile import VectorFile
from schema_refusals import COLUMNS, COMBINATIONS, DISCLOSURE, RECORDS, TOP

AGGREGATES = [
    "sum", "count", "avg", "var_pop", "var_samp", "stddev_pop", "stddev_samp", "covar_pop", "corr",
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
        elif code < 0x20 or 0x7F <= code <= 0xA0 or code in (0x2028, 0x2029, 0xFEFF):
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
        text += f"{chr(first)}-{chr(last)}" if last - first >= 2 else "".join(map(chr, range(first, last + 1)))
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
            texts = [quoted(alphabet_text(expanded(text))) for text in (texts if len(texts) > 1 else texts * length)]
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

    def __init__(self, columns, table="claims", capacity=1000, depth=None, cluster=(), person=None, buckets=None,
                 products=(), indexes=(), tokens=None, delimiter=None, prepare=None, companions=(), **disclosure):
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
        pairs = sorted((tuple(sorted(pair)) for pair in self.products), key=lambda pair: f"{pair[0]} * {pair[1]}")
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
            + "".join(column.canonical() for column in self.columns) + self._combinations()
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


DAY = datetime.date
EVERYTHING = [
    Declared("CLM_ID"),
    Declared("SITE", "category", "clear"),
    Declared("Region \"N\"", "category", "clear", name="region", values=["N", "S", "é \\"], pad=2),
    Declared("BENE_SEX", "category", "encrypted", name="sex", values=["1", "2"], nullable=False),
    Declared("ADMSN", "date", "encrypted", name="admitted", range=[DAY(2007, 1, 1), DAY(2010, 12, 31)],
             format=["yyyyMMdd", "M/d/yyyy"], null_dates=[DAY(9999, 12, 31), DAY(1900, 1, 1)]),
    Declared("DX", "code", "encrypted", length=5),
    Declared("HCPCS", "code", "encrypted", alphabet=["A-C", "0-2", "-XYZ.0"], pad=3),
    Declared("DAYS", "integer", "encrypted", range=[0, 400], use=["filter", "sum"], nullable=False),
    Declared("PAID", "money", "encrypted", range=[-2_000_000, 20_000_000], use=["sum", "filter"],
             bands=[-2_000_000, 0, 1, 500_000], decimal=","),
    Declared("COST", "money", "encrypted", scale=3, range=[0, 10**9]),
    Declared("DED", "money", "paillier", range=[0, 500_000]),
    Declared("UNITS", "integer", "paillier", range=[-9, 9], nullable=False),
    Declared("NOTE", "text", "clear"),
    Declared("SEEN", "date", "clear"),
    Declared("TAX", "money", "clear", scale=0, range=[-5, 5]),
    Declared("YEAR", "integer", "clear", sql="strftime('%Y', \"ADMSN\")"),
    Declared("AGE", "integer", "encrypted", use=["filter"], range=[0, 120]),
]


def schemas():
    generator = random.Random(20261206)
    file = VectorFile(
        "claims/schemas.json",
        "claims.schema",
        "Schema files: their canonical text, fingerprint and digits, or what is wrong with them.",
        "claims.py",
        {
            "Defaults": "What is not written has its default.",
            "Disclosure": "Settings of the disclosure policy take no part in the fingerprint.",
            "Reading": "How files are read takes no part in the fingerprint.",
            "Combination": "Products and joint indexes.",
            "Person": "What names a record's person.",
            "Invalid": "The schema is refused with the place and what to write instead.",
        },
    )
    group = file.group("schemas")

    def case(comment, schema, *flags):
        group.case(
            comment, flags, yaml=schema.yaml(generator), canonical=schema.canonical(),
            fingerprint=schema.fingerprint().hex(),
            columns=[{"name": column.name, "sizes": column.sizes()} for column in schema.kept],
        )

    for column in EVERYTHING:
        case(f"{column.header} alone", Schema([column]), "Defaults")
    for turn in range(10):
        columns = list(EVERYTHING)
        generator.shuffle(columns)
        case(f"all columns {turn + 1}", Schema(columns, capacity=10**generator.randint(0, 9), depth=turn % 6))
    for settings in [
        {"minimum_cohort": 1}, {"minimum_cohort": 5, "complement": "false"}, {"dominance": "10.5"},
        {"minimum_cohort": 1, "complement": "true"}, {"dominance": "none", "rounding": 5},
        {"aggregates": "[avg, count]"}, {"dominance": "100"},
        {"differential_privacy": "{ mechanism: laplace, epsilon: 0.5, budget: 10 }"},
        {"differential_privacy": "{ budget: 2e3, delta: 1e-6, epsilon: 1e-6, mechanism: gaussian }"},
    ]:
        case(f"{settings}", Schema(EVERYTHING[:4], **settings), "Disclosure")
    for more in [
        {"tokens": ["?", "unknown", ""]}, {"tokens": []}, {"tokens": NULL_TOKENS}, {"delimiter": "tab"},
        {"prepare": "SELECT *\nFROM source -- 'all'"}, {"prepare": "SELECT 1 FROM source", "companions": ["members"]},
        {"cluster": ["site", "year"]},
    ]:
        case(f"{more}"[:110], Schema(EVERYTHING, **more), "Reading")
    for more in [
        {"products": [("paid", "days"), ("cost", "cost")]}, {"products": [("days", "days"), ("days", "cost")]},
        {"indexes": [["sex", "paid"]]}, {"indexes": [["paid", "sex"]], "products": [("paid", "cost")]},
    ]:
        case(f"{more}", Schema(EVERYTHING, **more), "Combination")
    for more in [{"person": "CLM_ID"}, {"person": "site", "buckets": 32}, {"person": 'a "b" \\', "buckets": 2}]:
        case(f"{more}", Schema(EVERYTHING, **more), "Person")
    refusals(file)
    return file


BASES = {
    "columns": "table: t\ncapacity: 1000\ncolumns:\n  X: { ",
    "combinations": """table: t
capacity: 1000
columns:
  A: { type: integer, range: [0, 9], protect: encrypted, use: [filter, sum] }
  B: { type: category, values: [x, y], protect: encrypted, nullable: false }
  C: { type: money, range: [-1.00, 9.99], protect: encrypted, use: [filter, sum], bands: [0, 5] }
  D: { type: date, range: [2009-01-01, 2009-12-31], protect: encrypted }
  E: { type: category, protect: clear }
  F: { type: integer, range: [0, 9], protect: paillier }
  G: { type: integer, range: [0, 9], protect: encrypted, use: [sum] }
  H: { type: integer, range: [0, 999], protect: encrypted, use: [filter], bands: [1, 2] }
  I: { type: integer, range: [0, 9999], protect: encrypted, use: [filter] }
""",
    "head": "table: t\ncapacity: 10\n",
}
TAILS = {
    "records": """
columns:
  SITE: { type: category, protect: clear }
  YEAR: { type: integer, protect: clear }
  SEX: { name: gender, type: category, values: [f, m], protect: encrypted }
""",
    "disclosure": "\ncolumns: {A: {protect: drop}}\n",
}


def refusals(file):
    def refuse(name, rows):
        group = file.group(name)
        for marked, *says in rows:
            before, mark, after = marked.partition("¦")
            line, column = before.count("\n") + 1, len(before.rsplit("\n", 1)[-1]) + 1
            place = f"vector:{line}:{column}: " if mark else "vector:"
            group.case(
                says[0], ["Invalid"], result="invalid", error=("SchemaError", place), yaml=before + after, says=says
            )

    refuse("whole schemas", TOP)
    columns = []
    for text, *says in COLUMNS:
        start = BASES["columns"]
        # What is about the column as a whole stands at its header.
        whole = start + text + " }\n" if "¦" in text else start.replace("  X", "  ¦X") + text + " }\n"
        columns.append([whole, *says])
    refuse("columns", columns)
    refuse("products and joint indexes", [[BASES["combinations"] + text, *says] for text, *says in COMBINATIONS])
    refuse("records", [[BASES["head"] + text + TAILS["records"], *says] for text, *says in RECORDS])
    refuse("the disclosure policy", [[BASES["head"] + text + TAILS["disclosure"], *says] for text, *says in DISCLOSURE])


def storage_keys(schema, limbs):
    """The ciphertext columns in canonical order: records, persons, then by name, and for a column its
    presence, digits, limbs, places."""
    keys = [(("", 0, 0, 0), "occupied")]
    keys += [(("", 1, bucket, 0), f"person/bucket/{bucket}") for bucket in range(schema.buckets or 0)]
    for column in schema.kept:
        if column.protect != "encrypted":
            continue
        if column.nullable:
            keys.append(((column.name, 1, 0, 0), f"{column.name}/present"))
        for digit, size in enumerate(column.sizes() or []):
            keys += [((column.name, 2, digit, x), f"{column.name}/digit/{digit}/{x}") for x in range(size)]
    for name, count in limbs.items():
        keys += [((name, 3, limb, 0), f"{name}/value/{limb}") for limb in range(count)]
    by_name = {column.name: column for column in schema.kept}
    for names in schema.indexes:
        count = 1
        for name in names:
            count *= by_name[name].sizes()[0] + by_name[name].nullable
        joined = "+".join(names)
        keys += [((joined, 4, place, 0), f"{joined}/joint/{place}") for place in range(count)]
    return [text for _, text in sorted(keys)]


def layouts():
    """Layouts under small parameters that protect nothing."""
    file = VectorFile(
        "claims/layouts.json",
        "claims.layout",
        "The ciphertext columns of a schema's tables, the limbs of their values, and the layout's fingerprint.",
        "claims.py",
        {
            "Limbs": "A value or product is stored in more than one limb.",
            "Paillier": "There are packed Paillier records.",
            "Joint": "There are joint indexes.",
            "Buckets": "Persons have buckets.",
        },
    )
    generator = random.Random(20261207)
    columns = [column for column in EVERYTHING if column.name != "dx"]
    degree, special = 8, 113
    for comment, schema, modulus in [
        ("no more than needed", Schema(columns[2:4]), 1_000_081),
        ("many columns", Schema(columns), 562_949_953_421_201),
        ("many columns, small sums", Schema(columns, capacity=100), 1_000_081),
        ("products", Schema(columns, products=[("paid", "days"), ("cost", "cost"), ("cost", "paid")]),
         562_949_953_421_201),
        ("products in limbs", Schema(columns, products=[("paid", "paid")], capacity=50_000), 1_099_511_627_297),
        ("joint indexes", Schema(columns, indexes=[["sex", "paid"]]), 562_949_953_421_201),
        ("buckets", Schema(columns, person="CLM_ID", buckets=16), 562_949_953_421_201),
        ("Paillier alone", Schema([x for x in columns if x.protect in ("paillier", "clear")]), None),
    ]:
        limbs, largest = {}, {}
        for column in schema.kept:
            if column.protect == "encrypted" and "sum" in column.uses:
                largest[column.name] = max(map(abs, column.details["range"]))
        for a, b in (tuple(sorted(pair)) for pair in schema.products):
            largest[f"{a}*{b}"] = largest[a] * largest[b]
        for name, value in largest.items():
            limbs[name] = encoding(value, schema.capacity, modulus)[1]
        measures = [column.name for column in schema.kept if column.protect == "paillier"]
        bits = 2048 if measures else None
        bytes_ = schema.fingerprint() + bytes([modulus is not None])
        if modulus is not None:
            assert modulus % (2 * degree) == 1
            bytes_ += degree.to_bytes(4, "little") + modulus.to_bytes(8, "little") + (1).to_bytes(4, "little")
            bytes_ += (97).to_bytes(8, "little") + special.to_bytes(8, "little") + b"\1"
        bytes_ += (bits or 0).to_bytes(4, "little")
        flags = ["Limbs"] * any(x > 1 for x in limbs.values()) + ["Paillier"] * bool(measures)
        flags += ["Joint"] * bool(schema.indexes) + ["Buckets"] * bool(schema.buckets)
        parameters = modulus and {
            "degree": degree, "plaintext_modulus": f"{modulus:x}", "ciphertext_moduli": ["61"],
            "special_modulus": f"{special:x}",
        }
        group = file.group(comment)
        group.case(
            comment, flags, yaml=schema.yaml(generator), parameters=parameters, paillier_bits=2048,
            columns=storage_keys(schema, limbs) if modulus else [],
            measures=measures, fingerprint=digest(bytes_, "Cryptally table layout").hex(),
        )
    return file
