"""Bytes as changes of other bytes: how invalid files are written in vectors."""

from common.wire import resealed


def replace(at, data):
    return {"at": at, "replace": bytes(data).hex()}


def cut(length):
    """Leaves the first `length` bytes."""
    return {"cut": length}


def append(data):
    return {"append": bytes(data).hex()}


def applied(base, edits, reseal=False):
    """The bytes after the edits, one after the other. Resealing first takes the envelope's digest
    away, and puts the right one there at the end."""
    data = base[:-32] if reseal else base
    for edit in edits:
        if "cut" in edit:
            data = data[: edit["cut"]]
        elif "append" in edit:
            data += bytes.fromhex(edit["append"])
        else:
            new, at = bytes.fromhex(edit["replace"]), edit["at"]
            assert at + len(new) <= len(data)
            data = data[:at] + new + data[at + len(new) :]
    return resealed(data) if reseal else data


def whole(data):
    """Input that says all its bytes."""
    return {"whole": bytes(data).hex()}


def edited(*edits, reseal=False):
    """Input that is the group's file with changes."""
    return {"edits": list(edits)} | ({"reseal": True} if reseal else {})


UNCHANGED = edited()
