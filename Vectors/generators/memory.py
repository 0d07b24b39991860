"""Digests, and bytes from seeds: what every other vector with a seed rests on."""

import random

from common.digests import digest
from common.keystream import Keystream
from common.vectorfile import VectorFile


def digests(generator):
    file = VectorFile(
        "memory/digest.json",
        "memory.digest",
        "BLAKE2b-256 under a domain, with and without a key.",
        "memory.py",
        {
            "Empty": "There is no data.",
            "Keyed": "The digest is a message authentication code.",
            "LongKey": "The key is longer than 64 bytes, and digested first.",
            "BlockEdge": "The framed data ends at a block of 128 bytes, or beside it.",
        },
    )
    group = file.group("domains and lengths")
    for length in (0, 1, 31, 64, 99, 100, 101, 128, 1000):
        domain = "cryptally.vector.digest"
        framed = 4 + len(domain) + length
        flags = (["Empty"] if length == 0 else []) + (
            ["BlockEdge"] if framed % 128 in (0, 1, 127) else []
        )
        data = generator.randbytes(length)
        group.case(
            f"{length} bytes", flags, domain=domain, data=data.hex(), digest=digest(data, domain).hex()
        )
    for domain in ("", "d", "Ⓒ domain", "x" * 200):
        data = generator.randbytes(40)
        group.case(
            f"a domain of {len(domain.encode())} bytes",
            domain=domain,
            data=data.hex(),
            digest=digest(data, domain).hex(),
        )
    keyed = file.group("keyed")
    for length in (1, 32, 64, 65, 200):
        key, data = generator.randbytes(length), generator.randbytes(50)
        keyed.case(
            f"a key of {length} bytes",
            ["Keyed"] + (["LongKey"] if length > 64 else []),
            domain="keyed",
            key=key.hex(),
            data=data.hex(),
            digest=digest(data, "keyed", key).hex(),
        )
    return file


def keystreams(generator):
    file = VectorFile(
        "memory/seed.json",
        "memory.seed",
        "Bytes that follow from a seed, however they are asked for.",
        "memory.py",
        {"Pieces": "The bytes are asked for in pieces that no block divides."},
    )
    group = file.group("streams")
    for seed, domain in ((b"", "d"), (bytes(32), ""), (generator.randbytes(32), "Cryptally")):
        for pieces in ([64], [1, 63, 64, 65], [200, 7, 0, 130]):
            stream = Keystream(seed, domain)
            group.case(
                f"a seed of {len(seed)} bytes in {len(pieces)} pieces",
                ["Pieces"] if len(pieces) > 1 else [],
                seed=seed.hex(),
                domain=domain,
                pieces=pieces,
                bytes=[stream.bytes(count).hex() for count in pieces],
            )
    return file


def files():
    generator = random.Random(20261128)
    return [digests(generator), keystreams(generator)]
