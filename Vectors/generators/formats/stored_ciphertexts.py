"""Lattice ciphertexts as tables store them."""

import random

from common.edits import UNCHANGED, append, cut, edited, whole
from common.vectorfile import VectorFile
from common.wire import Layout, u8
from formats.claim_keys import Ring
from formats.forging import COMMON_FLAGS, add_first_cuts, cut_short, trailing, wrong


def _ciphertexts(generator):
    file = VectorFile(
        "format/ciphertext.json",
        "format.ciphertext",
        "Lattice ciphertexts as tables store them.",
        "formats/stored_ciphertexts.py",
        COMMON_FLAGS
        | {
            "Level": "A number of ciphertext moduli that there is not.",
            "Parts": "A number of parts other than two.",
            "Residue": "A residue is not below its modulus.",
        },
    )
    for ring in (Ring(), Ring(degree=16, plaintext=97, count=3, bits=41)):
        count = len(ring.moduli)

        def layout(level, parts=2, polynomials=None):
            result = Layout()
            result.add("ciphertext level", u8(level))
            result.add("ciphertext part count", u8(parts))
            for polynomial in polynomials or [
                ring.polynomial(generator, ring.moduli[:level]) for _ in range(parts)
            ]:
                result.add("ciphertext part", polynomial)
            return result

        base = layout(count)
        group = file.group(
            f"degree {ring.degree}", file=base.bytes.hex(), parameters=ring.parameters.hex()
        )
        group.case("as it should be", input=UNCHANGED, level=count)
        for level in range(1, count):
            group.case(f"level {level}", input=whole(layout(level).bytes), level=level)
        add_first_cuts(group, base, lambda length: edited(cut(length)))
        group.case(
            "cut inside the second part",
            ["CutShort"],
            "invalid",
            cut_short("ciphertext part"),
            input=edited(cut(len(base.bytes) - 1)),
        )
        group.case(
            "one byte more", ["Trailing"], "invalid", trailing(1), input=edited(append(b"\0"))
        )
        for level in (0, count + 1, 255):
            group.case(
                f"level {level}",
                ["Level"],
                "invalid",
                wrong("ciphertext level", "there is no such level"),
                input=whole(bytes([level]) + base.bytes[1:]),
            )
        for parts in (0, 1, 3):
            group.case(
                f"{parts} parts",
                ["Parts"],
                "invalid",
                wrong("ciphertext part count", "it is not 2"),
                input=whole(layout(count, parts).bytes),
            )
        for part in (0, 1):
            for limb in range(count):
                polynomials = [ring.polynomial(generator) for _ in range(2)]
                polynomials[part] = ring.raised(polynomials[part], ring.moduli, limb)
                group.case(
                    f"a residue of part {part} is modulus {limb}",
                    ["Residue"],
                    "invalid",
                    wrong("ciphertext part", "a residue is not below its modulus"),
                    input=whole(layout(count, 2, polynomials).bytes),
                )
    return file


def files():
    generator = random.Random(8112)
    return [_ciphertexts(generator)]
