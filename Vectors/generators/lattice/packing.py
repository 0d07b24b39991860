"""Residues as fields of bits, and numbers in slots."""

import random

from common.polynomials import packed
from common.primes import centred, largest_primes
from common.vectorfile import VectorFile, words


def _packing(generator):
    file = VectorFile(
        "lattice/packing.json",
        "lattice.packing",
        "A polynomial as files have it: limb after limb, each residue in as many bits as its modulus "
        "less 1 has, least significant bit first.",
        "lattice/packing.py",
        {
            "Largest": "Every residue is the largest one.",
            "Edges": "0, 1 and the largest residue in turn.",
            "NotReduced": "A field is not below its modulus.",
            "CutShort": "Bytes are missing at the end.",
            "Trailing": "Bytes are left at the end.",
            "Empty": "There are no bytes.",
        },
    )
    wide = [largest_primes(1, bits, 8)[0] for bits in (30, 45, 50, 60)]
    for name, degree, moduli in (
        ("17, the smallest prime", 8, [17]),
        ("257, whose residues need nine bits", 16, [257]),
        ("primes of 30, 45, 50 and 60 bits", 8, wide),
        ("degree 64", 64, largest_primes(2, 45, 64)),
        ("widths of 20 to 61 bits", 8, [largest_primes(1, b, 8)[0] for b in range(20, 62)]),
    ):
        group = file.group(name, degree=degree, moduli=words(moduli))

        def field(limb, q):
            return packed(limb, (q - 1).bit_length())

        def whole(limbs):
            return b"".join(map(field, limbs, moduli))

        def randoms():
            return [[generator.randrange(q) for _ in range(degree)] for q in moduli]

        for comment, flags, limbs in (
            ("random", [], randoms()),
            ("largest", ["Largest"], [[q - 1] * degree for q in moduli]),
            ("edges", ["Edges"], [([0, 1, q - 1] * degree)[:degree] for q in moduli]),
            ("one largest", ["Edges"], [[0] * (degree - 1) + [q - 1] for q in moduli]),
        ):
            group.case(comment, flags, bytes=whole(limbs).hex(), residues=[words(x) for x in limbs])

        def refused(comment, flag, data, text):
            group.case(comment, [flag], "invalid", ("WireError", text), bytes=data.hex())

        for limb in sorted({0, len(moduli) // 2, len(moduli) - 1}):
            q = moduli[limb]
            for place in (0, degree // 2, degree - 1):
                for value, what in ((q, "the modulus"), ((1 << (q - 1).bit_length()) - 1, "all bits")):
                    limbs = randoms()
                    limbs[limb][place] = value
                    refused(
                        f"{what} in limb {limb}, place {place}",
                        "NotReduced",
                        whole(limbs),
                        "polynomial: a residue is not below its modulus",
                    )
        data = whole(randoms())
        refused("nothing", "Empty", b"", "cut short at polynomial")
        refused("one byte less", "CutShort", data[:-1], "cut short at polynomial")
        first = len(field([0] * degree, moduli[0]))
        refused("cut in the first limb", "CutShort", data[: first - 1], "cut short at polynomial")
        refused("one byte more", "Trailing", data + b"\0", "1 bytes after its end")
    return file


def _slots(generator):
    file = VectorFile(
        "lattice/slots.json",
        "lattice.slots",
        "Signed numbers, in two's complement, placed as residues modulo an odd number, and read again.",
        "lattice/packing.py",
        {
            "Fewer": "There are fewer numbers than places: the rest is 0.",
            "Limit": "The largest and the smallest number of the range.",
            "OutOfRange": "A number is outside of the range: that is reported.",
        },
    )
    count = 16
    for t in (3, 257, 65537, largest_primes(1, 40, 16)[0], largest_primes(1, 60, 16)[0], 2**61 - 1):
        group = file.group(f"modulo {t}", modulus=f"{t:x}")
        limit = (t - 1) // 2

        def case(comment, flags, values):
            slots = list(range(count))
            generator.shuffle(slots)
            within = all(abs(x) <= limit for x in values)
            placed = [values[slot] % t if slot < len(values) else 0 for slot in slots]
            fields = {"placed": words(placed)} if within else {}
            positions = list(range(count))
            generator.shuffle(positions)
            residues = [0, 1, limit, limit + 1, t - 1]
            residues += [generator.randrange(t) for _ in range(count - len(residues))]
            group.case(
                comment,
                flags,
                values=words(x % 2**64 for x in values),
                slots=slots,
                is_within=within,
                **fields,
                residues=words(residues),
                positions=positions,
                read=words(centred(residues[position], t) % 2**64 for position in positions),
            )

        def randoms(number):
            return [generator.randint(-limit, limit) for _ in range(number)]

        case("all", [], randoms(count))
        case("half of them", ["Fewer"], randoms(count // 2))
        case("one", ["Fewer"], randoms(1))
        case("limits", ["Limit"], [limit, -limit, 0, 1, -1] + randoms(count - 5))
        for value in (limit + 1, -limit - 1, t, -t, 2**63 - 1, -(2**63), -(2**63) + 1):
            values = randoms(count)
            values[generator.randrange(count)] = value
            case(f"{value}", ["OutOfRange"], values)
    return file


def files():
    generator = random.Random(2024031509)
    return [_packing(generator), _slots(generator)]
