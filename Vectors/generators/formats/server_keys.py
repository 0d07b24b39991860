"""The signing keys of servers."""

import random

from common import ed25519
from common.digests import digest
from common.edits import UNCHANGED, edited, replace, whole
from common.vectorfile import VectorFile
from common.wire import HEADER, NO_PARAMETERS, envelope
from formats.forging import (
    FILE_FLAGS,
    add_envelope_cases,
    cut_short,
    payload_cut,
    payload_extended,
    trailing,
    wrong,
)


def _server(generator):
    file = VectorFile(
        "format/server-key.json",
        "format.server-key",
        "The signing key of a server.",
        "formats/server_keys.py",
        FILE_FLAGS | {"Fingerprint": "The key is another than the one named, or has parameters."},
    )

    def data(seed, fingerprint=None, parameters=NO_PARAMETERS):
        key = digest(ed25519.public_key(seed[:32].ljust(32, b"\0")), "cryptally.verifying-key")
        return envelope("server key", 1, False, parameters, fingerprint or key, seed)

    def fields(seed):
        key = ed25519.public_key(seed)
        return {
            "seed": seed.hex(),
            "key": key.hex(),
            "fingerprint": digest(key, "cryptally.verifying-key").hex(),
        }

    seed = generator.randbytes(32)
    group = file.group("one key and what can be wrong with it", file=data(seed).hex())
    group.case("as it should be", input=UNCHANGED, **fields(seed))
    for other in (bytes(32), b"\xff" * 32, generator.randbytes(32)):
        group.case(f"the seed {other.hex()[:8]}…", input=whole(data(other)), **fields(other))
    add_envelope_cases(group, "server key", testing=False)
    for length in (0, 31):
        group.case(
            f"{length} bytes of seed",
            ["CutShort"],
            "invalid",
            cut_short("seed"),
            input=payload_cut(length),
        )
    group.case(
        "33 bytes of seed",
        ["Trailing"],
        "invalid",
        trailing(1),
        input=payload_extended(seed, b"\0"),
    )
    other = ("KeyError", "vector belongs to another public key: needed")
    group.case(
        "a bit of the seed",
        ["Fingerprint"],
        "invalid",
        other,
        input=edited(replace(HEADER, bytes([seed[0] ^ 1])), reseal=True),
    )
    group.case(
        "a bit of the fingerprint",
        ["Fingerprint"],
        "invalid",
        other,
        input=whole(data(seed, fingerprint=generator.randbytes(32))),
    )
    group.case(
        "parameters are named",
        ["Fingerprint"],
        "invalid",
        wrong("parameter fingerprint", "the kind has no parameters"),
        input=whole(data(seed, parameters=generator.randbytes(32))),
    )
    return file


def files():
    generator = random.Random(8104)
    return [_server(generator)]
