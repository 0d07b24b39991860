"""Ways to spoil a file that all formats share."""

from common.edits import append, cut, edited, replace, whole
from common.wire import HEADER, u64

SOURCE = "vector"
"""The file's name in the errors."""


def field_edges(layout):
    """For every field that has bytes: its name, and a length that ends inside it."""
    return [(name, start + length - 1) for name, start, length in layout.fields if length > 0]


def payload_cut(length):
    """An envelope whose payload ends early, with the length and the digest that fit."""
    return edited(replace(80, u64(length)), cut(HEADER + length), reseal=True)


def payload_replaced(at, data):
    """An envelope with other bytes in its payload and the digest that fits."""
    return edited(replace(HEADER + at, data), reseal=True)


def payload_extended(payload, data):
    """An envelope with bytes behind its payload's last field, and the length and digest that fit."""
    return edited(replace(80, u64(len(payload) + len(data))), append(data), reseal=True)


def cut_short(name):
    return ("WireError", f"{SOURCE}: cut short at {name}")


def trailing(count):
    return ("WireError", f"{SOURCE}: {count} bytes after its end")


def wrong(name, problem):
    return ("WireError", f"{SOURCE}: {name}: {problem}")


def over_limit(name, found, limit):
    return ("WireError", f"{SOURCE}: {name} is {found}; at most {limit} is allowed")


def add_envelope_cases(group, kind, testing, **fields):
    """What every reader of an enveloped file must notice, before it looks at the payload."""
    group.case(
        "the digest is another's",
        ["Digest"],
        "invalid",
        ("WireError", f"{SOURCE}: its digest does not match"),
        input=edited(replace(HEADER, b"\xa5")),
        **fields,
    )
    group.case(
        "a version that is to come",
        ["Version"],
        "invalid",
        ("WireError", f"{SOURCE}: format version 99; this program reads version"),
        input=edited(replace(8, b"\x63\0"), reseal=True),
        **fields,
    )
    group.case(
        "another kind of file",
        ["Kind"],
        "invalid",
        ("WireError", f"{SOURCE}: is of kind 'test vector' where '{kind}' is needed"),
        input=edited(replace(10, b"\x0a\0"), reseal=True),
        **fields,
    )
    if not testing:
        group.case(
            "it says that it was made for tests",
            ["Testing"],
            "invalid",
            ("WireError", f"{SOURCE}: made for tests"),
            input=edited(replace(12, b"\1"), reseal=True),
            **fields,
        )


def add_first_cuts(group, layout, make, **fields):
    """Bytes that end inside the first field of each name."""
    edges = {}
    for name, length in field_edges(layout):
        edges.setdefault(name, length)
    for name, length in edges.items():
        group.case(
            f"cut inside the {name}",
            ["CutShort"],
            "invalid",
            cut_short(name),
            input=make(length),
            **fields,
        )


class Forgeries:
    """Cases of files that are whole, with right digest and signature, and wrong inside."""

    def __init__(self, group, make, flags=("Forged",)):
        self._group, self._make, self._flags = group, make, list(flags)

    def __call__(self, comment, flags, error, body, **changes):
        data = self._make(body, **changes)
        self._group.case(comment, [*flags, *self._flags], "invalid", error, input=whole(data))

    def cuts(self, layout, names=None):
        """The body ends inside each of its fields; of fields of one name inside the first and the
        last. `names` has the fields that errors call otherwise."""
        edges = {}
        for name, length in field_edges(layout):
            edges.setdefault(name, []).append(length)
        for name, lengths in edges.items():
            error = cut_short((names or {}).get(name, name))
            for length in sorted({lengths[0], lengths[-1]} - {0}):
                self(f"cut inside the {name}", ["CutShort"], error, layout.bytes[:length])


ENVELOPE_FLAGS = {
    "Digest": "The digest does not fit what stands before it.",
    "Version": "A version of the format that there is not.",
    "Kind": "A file of another kind.",
}
TESTING_FLAG = {"Testing": "Made for tests, where that is not accepted."}
MARK_FLAG = {"Mark": "The mark of files made for tests is not that of what is in the file."}
COMMON_FLAGS = {
    "CutShort": "The bytes end inside a field.",
    "Trailing": "Bytes follow the last field.",
}
FILE_FLAGS = COMMON_FLAGS | ENVELOPE_FLAGS | TESTING_FLAG
SIGNED_FLAGS = {
    "Fingerprint": "A fingerprint is not that of what it names.",
    "Signature": "The signature is not the custodian's.",
    "Forged": "The custodian, or who has its key, signed something that is wrong.",
    "NotCanonical": "A flag that is neither 0 nor 1.",
    "Residue": "A residue is not below its modulus.",
    "Limit": "A count or length above what may stand there.",
}
