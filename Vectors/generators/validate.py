"""Compares files of test vectors with their JSON Schemas (draft 2020-12)."""

import json

import jsonschema
import referencing


def problems(folder, paths):
    """What does not fit, a line each."""
    schemas = {path.name: json.loads(path.read_text()) for path in (folder / "schemas").glob("*.json")}
    registry = referencing.Registry().with_resources(
        (name, referencing.Resource.from_contents(schema)) for name, schema in schemas.items()
    )
    found = []
    for name, schema in sorted(schemas.items()):
        jsonschema.Draft202012Validator.check_schema(schema)
    for path in sorted(paths):
        content = json.loads((folder / path).read_text())
        if not isinstance(content, dict):
            found.append(f"{path}: is no object")
            continue
        name = f"{content.get('kind')}.schema.json"
        if name not in schemas:
            found.append(f"{path}: there is no schema {name}")
            continue
        validator = jsonschema.Draft202012Validator(schemas[name], registry=registry)
        for error in list(validator.iter_errors(content))[:3]:
            place = "/".join(str(part) for part in error.absolute_path)
            found.append(f"{path}: {place}: {error.message[:200]}")
    return found
