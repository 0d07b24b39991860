"""The layouts of tables."""

import random

from claims.declarations import Schema
from claims.schemas import EVERYTHING
from claims.values import encoding
from common.digests import digest
from common.vectorfile import VectorFile


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
        "claims/layouts.py",
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
        (
            "products",
            Schema(columns, products=[("paid", "days"), ("cost", "cost"), ("cost", "paid")]),
            562_949_953_421_201,
        ),
        (
            "products in limbs",
            Schema(columns, products=[("paid", "paid")], capacity=50_000),
            1_099_511_627_297,
        ),
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
            "degree": degree,
            "plaintext_modulus": f"{modulus:x}",
            "ciphertext_moduli": ["61"],
            "special_modulus": f"{special:x}",
        }
        group = file.group(comment)
        group.case(
            comment,
            flags,
            yaml=schema.yaml(generator),
            parameters=parameters,
            paillier_bits=2048,
            columns=storage_keys(schema, limbs) if modulus else [],
            measures=measures,
            fingerprint=digest(bytes_, "Cryptally table layout").hex(),
        )
    return file
