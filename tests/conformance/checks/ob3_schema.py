#!/usr/bin/env python3
"""Open Badges 3.0: each document against the strict schema in `../schema`, through PyPI `jsonschema`."""
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from jsonschema import Draft202012Validator  # noqa: E402

from lib.catalogue import pointer, types  # noqa: E402
from lib.job import serve  # noqa: E402

SCHEMA = json.loads((HERE.parent / "schema" / "open-badges-3.schema.json").read_text(encoding="utf-8"))
Draft202012Validator.check_schema(SCHEMA)
CLASSES = {
    "Achievement": "Achievement",
    "Profile": "Profile",
    "AchievementCredential": "AchievementCredential",
    "OpenBadgeCredential": "AchievementCredential",
    "EndorsementCredential": "EndorsementCredential",
}


def validator(name):
    # A document of its own must bring its contexts; the same class nested in another must not.
    schema = {"$schema": SCHEMA["$schema"], "$defs": SCHEMA["$defs"], "$ref": f"#/$defs/{name}", "required": ["@context"]}
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


VALIDATORS = {name: validator(name) for name in set(CLASSES.values())}


def leaves(error):
    """An `anyOf` fails as a whole; what its branches missed is what helps."""
    if not error.context:
        yield error
    for inner in error.context or []:
        yield from leaves(inner)


def problems_of(document):
    named = [CLASSES[kind] for kind in types(document) if kind in CLASSES]
    if not named:
        return [f"/type: none of {', '.join(CLASSES)}"]
    found = []
    for error in VALIDATORS[named[0]].iter_errors(document):
        inner = sorted({f"{pointer(leaf.absolute_path)}: {leaf.message[:240]}" for leaf in leaves(error)})
        found.append(" or ".join(inner[:3]))
    return sorted(found)


def check(catalogue):
    documents = catalogue.of("ob3")
    return len(documents), [
        f"{path}{problem}" for path in documents for problem in problems_of(catalogue.documents[path])
    ]


serve(check)
