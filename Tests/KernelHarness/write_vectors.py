#!/usr/bin/env python3
"""Writes Vectors/lattice as tables for vectors.c: write_vectors.py VECTORS OUTPUT

Polynomials that are given by a seed are left out: the tables would be long, and other vectors take
transforms of every degree.
"""

import json
import pathlib
import sys


class Tables:
    """C source with an array for each list of numbers."""

    def __init__(self):
        self.lines, self._count = [], 0

    def array(self, values, kind="uint64_t"):
        """The name of an array with these numbers."""
        values = list(values)
        if not values:
            return "NULL"
        name = f"v{self._count}"
        self._count += 1
        suffix = "u" if kind == "uint64_t" else ""
        text = ", ".join(f"{value:#x}{suffix}" for value in values)
        self.lines.append(f"static const {kind} {name}[] = {{{text}}};")
        return name

    def table(self, kind, rows):
        self.lines.append(f"static const {kind}_vector {kind}_vectors[] = {{")
        self.lines += [f"    {{{', '.join(map(str, row))}}}," for row in rows]
        self.lines.append("};")


def number(text):
    return int(text, 16)


def numbers(texts):
    return [number(text) for text in texts]


def cases(folder, name):
    """The valid cases, each with its group's parameters."""
    for group in json.loads((folder / name).read_text())["groups"]:
        for case in group["cases"]:
            if case["result"] == "valid":
                yield {**group, **case}


def literal(value):
    return f"{value:#x}u"


def transforms(tables, folder):
    for case in cases(folder, "transforms.json"):
        operand, values = case["coefficients"], case["values"]
        if "seed" in operand:
            continue
        residues = operand.get("limbs") or operand.get("repeated") or [[]]
        sparse = operand.get("sparse", {"exponents": [], "limbs": [[]]})
        positions = values.get("positions", range(case["degree"]))
        samples = values.get("samples") or values["limbs"]
        yield [
            case["degree"],
            literal(number(case["moduli"][0])),
            literal(number(case["root"])),
            len(residues[0]),
            tables.array(numbers(residues[0])),
            len(sparse["exponents"]),
            tables.array(sparse["exponents"]),
            tables.array(numbers(sparse["limbs"][0])),
            len(positions),
            tables.array(positions),
            tables.array(numbers(samples[0])),
        ]


def arithmetic(tables, folder):
    fields = (
        "a",
        "b",
        "c",
        "sum",
        "difference",
        "negation",
        "product",
        "product_added",
        "constant_product",
        "difference_product",
    )
    for case in cases(folder, "arithmetic.json"):
        q = number(case["modulus"])
        ratio = (1 << 128) // q
        modulus = ", ".join(map(literal, (q, ratio >> 64, ratio & (1 << 64) - 1)))
        constant = ", ".join(literal(number(case[x])) for x in ("constant", "constant_quotient"))
        yield [
            f"{{{modulus}}}",
            f"{{{constant}}}",
            len(case["a"]),
            *(tables.array(numbers(case[field])) for field in fields),
        ]


def centrings(tables, folder):
    for case in cases(folder, "centring.json"):
        yield [
            literal(number(case["modulus"])),
            literal(number(case["source"])),
            len(case["residues"]),
            tables.array(numbers(case["residues"])),
            tables.array(numbers(case["centred"])),
        ]


def packings(tables, folder):
    for case in cases(folder, "packing.json"):
        data, start = bytes.fromhex(case["bytes"]), 0
        for modulus, limb in zip(numbers(case["moduli"]), case["residues"]):
            bits = (modulus - 1).bit_length()
            end = start + case["degree"] * bits // 8
            yield [
                bits,
                case["degree"],
                tables.array(numbers(limb)),
                tables.array(data[start:end], "uint8_t"),
            ]
            start = end


def small(tables, folder, name):
    for case in cases(folder, name):
        if "bytes" in case:
            data = bytes.fromhex(case["bytes"])
            yield [
                case["degree"],
                len(data),
                tables.array(data, "uint8_t"),
                tables.array(case["values"], "int8_t"),
            ]


def uniforms(tables, folder):
    for case in cases(folder, "uniform.json"):
        # Of several limbs it takes the words' rounds to know which belong to which.
        if "bytes" in case and len(case["moduli"]) == 1:
            data = bytes.fromhex(case["bytes"])
            drawn = [int.from_bytes(data[k : k + 8], "little") for k in range(0, len(data), 8)]
            yield [
                literal(number(case["moduli"][0])),
                case["degree"],
                len(drawn),
                tables.array(drawn),
                tables.array(numbers(case["residues"][0])),
            ]


def conversions(tables, folder):
    for case in cases(folder, "conversion.json"):
        sources, targets = numbers(case["moduli"]), numbers(case["targets"])
        product = 1
        for q in sources:
            product *= q
        yield [
            case["degree"],
            len(sources),
            len(targets),
            tables.array(sources),
            tables.array(targets),
            tables.array(product // q % p for p in targets for q in sources),
            tables.array(product % p for p in targets),
            tables.array(x for limb in case["digits"] for x in numbers(limb)),
            tables.array(x for limb in case["converted"] for x in numbers(limb)),
        ]


def main():
    folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    tables = Tables()
    for kind, rows in (
        ("transform", transforms(tables, folder)),
        ("arithmetic", arithmetic(tables, folder)),
        ("centring", centrings(tables, folder)),
        ("packing", packings(tables, folder)),
        ("ternary", small(tables, folder, "ternary.json")),
        ("binomial", small(tables, folder, "binomial.json")),
        ("uniform", uniforms(tables, folder)),
        ("conversion", conversions(tables, folder)),
    ):
        rows = list(rows)
        assert rows, kind
        tables.table(kind, rows)
    output.write_text("\n".join(tables.lines) + "\n")


if __name__ == "__main__":
    main()
