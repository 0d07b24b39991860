"""Keys, ciphertexts and totals as bytes, and what is wrong with damaged ones."""

import random

from bfv.operands import (
    MEDIUM,
    SMALL,
    UNEVEN,
    drawn,
    output,
    random_message,
    secret_key,
    seed,
)
from common import bfv
from common.keystream import Keystream
from common.vectorfile import VectorFile

GENERATOR = "bfv/serialization.py"
RINGS = {"degree 8": SMALL, "degree 16": MEDIUM, "degree 32, primes of many sizes": UNEVEN}


class Layout:
    """Bytes, and which field begins where."""

    def __init__(self):
        self.data, self.fields, self.limbs = b"", [], []

    def field(self, name, data):
        self.fields.append((len(self.data), name))
        self.data += data
        return self

    def polynomial(self, name, data, parameters, moduli):
        """A packed polynomial: each limb can be damaged by itself, and is read by itself."""
        for q in moduli:
            width = (q - 1).bit_length()
            size = width * parameters.degree // 8
            self.limbs.append((len(self.data), name, q, parameters.degree))
            self.field(name, data[:size])
            data = data[size:]
        assert not data
        return self


def size_of(parameters, moduli):
    return sum((q - 1).bit_length() * parameters.degree // 8 for q in moduli)


def cut_short(group, layout):
    """Cut where fields begin, and a byte before they end: the first and the last of each name."""
    starts = [start for start, _ in layout.fields]
    ends = starts[1:] + [len(layout.data)]
    names = [name for _, name in layout.fields]
    for index, name in enumerate(names):
        if name in names[:index] and name in names[index + 1 :]:
            continue
        for length in sorted({starts[index], ends[index] - 1}):
            group.case(
                f"{length} bytes",
                ["CutShort"],
                "invalid",
                ("WireError", f"cut short at {name}"),
                bytes=layout.data[:length].hex(),
            )
    group.case(
        "a byte more",
        ["Trailing"],
        "invalid",
        ("WireError", "1 bytes after its end"),
        bytes=(layout.data + b"\0").hex(),
    )


def replaced(data, start, piece):
    return data[:start] + piece + data[start + len(piece) :]


def with_residue(layout, limb, position, value):
    """The bytes with another residue at one position of a limb."""
    start, _, q, degree = layout.limbs[limb]
    width = (q - 1).bit_length()
    size = width * degree // 8
    whole = int.from_bytes(layout.data[start : start + size], "little")
    mask = ((1 << width) - 1) << (width * position)
    whole = whole & ~mask | value << (width * position)
    return replaced(layout.data, start, whole.to_bytes(size, "little"))


def large_residues(group, layout):
    """A residue that is its modulus, or the largest that the bits hold, here and there."""
    for limb, (_, name, q, degree) in enumerate(layout.limbs):
        largest = (1 << (q - 1).bit_length()) - 1
        is_outer = limb in (0, len(layout.limbs) - 1)
        for position in (0, degree - 1) if is_outer else (limb % degree,):
            for value in (q, largest) if is_outer else (q,):
                group.case(
                    f"the residue {value:x} modulo {q:x} at {position} of limb {limb}",
                    ["Residue"],
                    "invalid",
                    ("WireError", f"{name}: a residue is not below its modulus"),
                    bytes=with_residue(layout, limb, position, value).hex(),
                )


def refused(group, comment, data, text):
    group.case(comment, ["Header"], "invalid", ("WireError", text), bytes=data.hex())


def group_of(file, name, parameters, kind):
    return file.group(
        f"{name}: {kind.replace('_', ' ')}", parameters=parameters.fields(), type=kind
    )


def ciphertexts(file, name, parameters, generator):
    group = group_of(file, name, parameters, "ciphertext")
    for level in range(1, parameters.top + 1):
        _, a = drawn(parameters, seed(generator), level)
        group.case(f"level {level}", bytes=a.serialized().hex(), ciphertext=output(a))
    for value in (0, -1):
        a = a.with_parts([[value] * parameters.degree] * 2)
        group.case(
            f"{value} everywhere", ["Edge"], bytes=a.serialized().hex(), ciphertext=output(a)
        )
    _, a = drawn(parameters, seed(generator), 2)
    data, moduli = a.serialized(), a.moduli
    size = size_of(parameters, moduli)
    layout = Layout().field("ciphertext level", data[:1]).field("ciphertext part count", data[1:2])
    layout.polynomial("ciphertext part", data[2 : 2 + size], parameters, moduli)
    layout.polynomial("ciphertext part", data[2 + size :], parameters, moduli)
    cut_short(group, layout)
    large_residues(group, layout)
    for level in (0, parameters.top + 1, 255):
        refused(
            group,
            f"level {level}",
            replaced(data, 0, bytes([level])),
            "ciphertext level: there is no such level",
        )
    for count in (0, 1, 3, 4, 255):
        refused(
            group,
            f"{count} parts",
            replaced(data, 1, bytes([count])),
            "ciphertext part count: it is not 2",
        )
    _, three = drawn(parameters, seed(generator), 1, 3)
    refused(group, "three whole parts", three.serialized(), "ciphertext part count: it is not 2")
    higher = replaced(data, 0, b"\3")
    refused(group, "a higher level than there are bytes for", higher, "ciphertext part")


def seeded_ciphertexts(file, name, parameters, generator):
    group = group_of(file, name, parameters, "seeded_ciphertext")
    secret = secret_key(parameters, seed(generator))
    a = secret.encrypt(random_message(parameters, generator), Keystream(seed(generator)))
    group.case("an encryption", bytes=a.seeded().hex(), ciphertext=output(a))
    layout = Layout().field("ciphertext seed", a.seed)
    layout.polynomial("ciphertext", a.seeded()[32:], parameters, parameters.moduli)
    cut_short(group, layout)
    large_residues(group, layout)


def secret_keys(file, name, parameters, generator):
    group = group_of(file, name, parameters, "secret_key")
    secret = secret_key(parameters, seed(generator))
    data = secret.serialized()
    group.case("a key", bytes=data.hex(), secret=secret.coefficients)
    for value in (0, 1, -1):
        group.case(
            f"{value} everywhere",
            ["Edge"],
            bytes=(bytes([value % 256]) * parameters.degree).hex(),
            secret=[value] * parameters.degree,
        )
    cut_short(group, Layout().field("lattice secret", data))
    for value in (2, 3, 0x7F, 0x80, 0xFD, 0xFE):
        for position in (0, parameters.degree - 1):
            group.case(
                f"the byte {value:02x} at {position}",
                ["Ternary"],
                "invalid",
                ("WireError", "lattice secret: a coefficient is not ternary"),
                bytes=replaced(data, position, bytes([value])).hex(),
            )


def public_keys(file, name, parameters, generator):
    group = group_of(file, name, parameters, "public_key")
    key = bfv.PublicKey(secret_key(parameters, seed(generator)), Keystream(seed(generator)))
    data = key.serialized()
    group.case("a key", bytes=data.hex())
    layout = Layout().field("public key seed", data[:32])
    layout.polynomial("public key", data[32:], parameters, parameters.moduli)
    cut_short(group, layout)
    large_residues(group, layout)


def switching_layout(layout, data, parameters):
    """A seed and the first parts."""
    moduli = parameters.moduli + [parameters.special]
    size = size_of(parameters, moduli)
    layout.field("key switching seed", data[:32])
    for index in range(parameters.top):
        start = 32 + index * size
        layout.polynomial("key switching key", data[start : start + size], parameters, moduli)
    return layout


def relinearization_keys(file, name, parameters, generator):
    group = group_of(file, name, parameters, "relinearization_key")
    secret = secret_key(parameters, seed(generator))
    data = bfv.RelinearizationKey(secret, Keystream(seed(generator))).serialized()
    group.case("a key", bytes=data.hex())
    layout = switching_layout(Layout(), data, parameters)
    cut_short(group, layout)
    large_residues(group, layout)


def galois_keys(file, name, parameters, generator):
    group, degree = group_of(file, name, parameters, "galois_keys"), parameters.degree
    secret = secret_key(parameters, seed(generator))
    keys = bfv.GaloisKeys(secret, [3, 2 * degree - 1], Keystream(seed(generator)))
    data = keys.serialized()
    size = (len(data) - 4) // 2
    group.case("two keys", bytes=data.hex(), elements=[3, 2 * degree - 1])
    group.case("no keys", ["Edge"], bytes=bytes(4).hex(), elements=[])
    layout = Layout().field("number of Galois keys", data[:4])
    for start in (4, 4 + size):
        layout.field("Galois element", data[start : start + 4])
        switching_layout(layout, data[start + 4 : start + size], parameters)
    cut_short(group, layout)
    for limb in (0, len(layout.limbs) - 1):
        _, field, q, _ = layout.limbs[limb]
        group.case(
            f"the modulus as a residue of limb {limb}",
            ["Residue"],
            "invalid",
            ("WireError", f"{field}: a residue is not below its modulus"),
            bytes=with_residue(layout, limb, 1, q).hex(),
        )
    text = "Galois element: it is out of range or out of order"
    for place, name, values in (
        (4, "first", (0, 1, 2, 4, 2 * degree, 2 * degree + 1, (1 << 32) - 1)),
        (4 + size, "second", (1, 3, 2 * degree - 2, 2 * degree + 1)),
    ):
        for value in values:
            refused(
                group,
                f"{value} as the {name} element",
                replaced(data, place, value.to_bytes(4, "little")),
                text,
            )
    for count in (degree + 1, (1 << 32) - 1):
        refused(
            group,
            f"{count} keys",
            replaced(data, 0, count.to_bytes(4, "little")),
            f"number of Galois keys is {count}; at most {degree} is allowed",
        )
    refused(group, "a key more than there is", replaced(data, 0, b"\3"), "cut short at Galois element")
    refused(group, "a key less than there is", replaced(data, 0, b"\1"), "bytes after its end")


def totals(file, name, parameters, generator):
    group, degree = group_of(file, name, parameters, "totals"), parameters.degree
    for count in (1, 3, degree):
        for level in (1, parameters.top):
            found = drawn_totals(parameters, count, level, generator)
            group.case(f"{count} at level {level}", bytes=found.serialized().hex(), count=count)
    found, level = drawn_totals(parameters, 2, 2, generator), 2
    data, moduli = found.serialized(), parameters.moduli[:2]
    layout = Layout().field("totals level", data[:1]).field("number of totals", data[1:5])
    for index in range(2):
        start = 5 + 8 * level * index
        layout.field("total", data[start : start + 8 * level])
    layout.polynomial("totals", data[5 + 16 * level :], parameters, moduli)
    cut_short(group, layout)
    large_residues(group, layout)
    for index in range(4):
        q = moduli[index % level]
        for value in (q, (1 << 64) - 1):
            group.case(
                f"the word {value:x} as residue {index} of the totals",
                ["Residue"],
                "invalid",
                ("WireError", "total: a residue is not below its modulus"),
                bytes=replaced(data, 5 + 8 * index, value.to_bytes(8, "little")).hex(),
            )
    for value in (0, parameters.top + 1, 255):
        refused(
            group,
            f"level {value}",
            replaced(data, 0, bytes([value])),
            "totals level: there is no such level",
        )
    refused(group, "no totals", replaced(data, 1, bytes(4)), "number of totals: it is zero")
    for count in (degree + 1, (1 << 32) - 1):
        refused(
            group,
            f"{count} totals",
            replaced(data, 1, count.to_bytes(4, "little")),
            f"number of totals is {count}; at most {degree} is allowed",
        )


def drawn_totals(parameters, count, level, generator):
    modulus = parameters.product(level)
    first = [generator.randrange(modulus) for _ in range(count)]
    second = [generator.randrange(modulus) for _ in range(parameters.degree)]
    return bfv.Totals(parameters, first, second, level)


def files():
    generator = random.Random(20261205)
    file = VectorFile(
        "bfv/serialization.json",
        "bfv.serialization",
        "What files hold of ciphertexts, keys and totals: read, checked and written again. A polynomial "
        "is packed limb after limb, each residue in as many bits as its modulus less 1 has.",
        GENERATOR,
        {
            "Edge": "The smallest and the largest values.",
            "CutShort": "The bytes end at the beginning of a field or within it.",
            "Trailing": "There are more bytes than fields.",
            "Residue": "A residue is not below its modulus.",
            "Header": "A level, a number of things or an element that there cannot be.",
            "Ternary": "A byte that is no coefficient of a secret.",
        },
    )
    for name, parameters in RINGS.items():
        ciphertexts(file, name, parameters, generator)
        seeded_ciphertexts(file, name, parameters, generator)
        totals(file, name, parameters, generator)
        if parameters is SMALL or parameters is UNEVEN:
            secret_keys(file, name, parameters, generator)
            public_keys(file, name, parameters, generator)
        if parameters is SMALL:
            relinearization_keys(file, name, parameters, generator)
            galois_keys(file, name, parameters, generator)
    return [file]
