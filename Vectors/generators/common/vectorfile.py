"""Files of test vectors, in the format that Vectors/README.md describes."""

import json

FORMAT = 1


class Group:
    """Cases that share parameters."""

    def __init__(self, file, name, parameters):
        self._file, self._name, self._parameters, self.cases = file, name, parameters, []

    def case(self, comment, flags=(), result="valid", error=None, **fields):
        """Adds a case. An invalid one has as error the type and a part of the text."""
        assert (result == "invalid") == (error is not None)
        for flag in flags:
            assert flag in self._file.flags, flag
        case = {"id": self._file.next_id(), "comment": comment, "flags": list(flags)}
        case.update(fields)
        case["result"] = result
        if error is not None:
            kind, text = error
            case["error"] = {"type": kind, "text": text}
        self.cases.append(case)

    def content(self):
        return {"name": self._name, **self._parameters, "cases": self.cases}


class VectorFile:
    """One file: a kind, what its flags mean, and its groups."""

    def __init__(self, path, kind, description, generator, flags=None):
        self.path, self.kind, self.description = path, kind, description
        self.generator, self.flags = generator, dict(flags or {})
        self._groups, self._count = [], 0

    def next_id(self):
        self._count += 1
        return self._count

    def group(self, name, **parameters):
        group = Group(self, name, parameters)
        self._groups.append(group)
        return group

    def text(self):
        used = {flag for group in self._groups for case in group.cases for flag in case["flags"]}
        assert used == set(self.flags), f"{self.path}: flags that no case has"
        assert self._count > 0 and all(group.cases for group in self._groups), self.path
        return (
            _text(
                {
                    "format": FORMAT,
                    "kind": self.kind,
                    "schema": f"schemas/{self.kind}.schema.json",
                    "description": self.description,
                    "generator": self.generator,
                    "flags": self.flags,
                    "case_count": self._count,
                    "groups": [group.content() for group in self._groups],
                }
            )
            + "\n"
        )


def _is_flat(value):
    return isinstance(value, list) and not any(isinstance(x, (list, dict)) for x in value)


def _text(value, indentation=""):
    """JSON with a line for each field, and lists of plain values on one line."""
    inner = indentation + " "
    if isinstance(value, dict) and value:
        lines = [
            f"{inner}{json.dumps(key, ensure_ascii=False)}: {_text(x, inner)}"
            for key, x in value.items()
        ]
        return "{\n" + ",\n".join(lines) + "\n" + indentation + "}"
    if isinstance(value, list) and not _is_flat(value):
        lines = [inner + _text(x, inner) for x in value]
        return "[\n" + ",\n".join(lines) + "\n" + indentation + "]"
    return json.dumps(value, ensure_ascii=False)


def words(values):
    """Numbers in hexadecimal."""
    return [f"{value:x}" for value in values]
