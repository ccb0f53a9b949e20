"""What no schema can say about a catalogue's documents: ids, their places, and how documents refer to each other.

Standard library only. Rules, for Open Badges 2.0 and 3.0 alike:
ids are absolute and not given twice; a document lies where its id says; language editions name each other;
a required level, value or issuer is one that exists; the index lists what is there, and all of it.
"""
import re

from lib.catalogue import as_list, objects, pointer, types

ABSOLUTE = re.compile(r"^(https?://[^\s/?#]+|urn:uuid:[0-9a-fA-F-]{36}$|did:[a-z0-9]+:)")
# Classes whose `id` is an identity of its own; elsewhere `id` points at something.
OWNERS = {"Achievement", "BadgeClass", "ResultDescription", "RubricCriterionLevel"}
EDITIONS = {"Achievement", "BadgeClass"}
PROFILES = {"Profile", "Issuer"}


def language(node):
    return node.get("inLanguage") or node.get("@language")


def identities(catalogue):
    """Every id given away, with the place that gives it; and what is wrong with them."""
    owners, problems = {}, []
    for path in catalogue.of("ob3") + catalogue.of("ob2"):
        document = catalogue.documents[path]
        for trail, node in objects(document):
            own = not trail or OWNERS & set(types(node))
            if not own or "@context" in trail:
                continue
            name = node.get("id")
            place = f"{path}{pointer(trail)}"
            if not isinstance(name, str) or not ABSOLUTE.match(name):
                problems.append(f"{place}: id {name!r} is not absolute")
            elif name in owners:
                problems.append(f"{place}: id {name} is also given at {owners[name]}")
            else:
                owners[name] = place
    return owners, problems


def places(catalogue):
    """A document is served at its own id."""
    problems = []
    for path in catalogue.of("ob3") + catalogue.of("ob2"):
        document = catalogue.documents[path]
        name = document.get("id") if isinstance(document, dict) else None
        if not isinstance(name, str):
            continue
        if "#" in name:
            problems.append(f"{path}: id {name} is a part of a document, not a document")
        elif not catalogue.is_ours(name) and (path in catalogue.of("ob2") or name not in catalogue.listed()):
            # A badge that was published elsewhere before keeps that address (`iri <…>` in the source): its own host
            # answers it, and the index says so. Anything else outside the base is a fault.
            problems.append(f"{path}: id {name} is not below the base {catalogue.base}")
        elif catalogue.is_ours(name):
            found, why = catalogue.resolve(name)
            if found != path:
                problems.append(f"{path}: id {name} {why or f'is answered by {found}'}")
    return problems


def editions(catalogue, by_id):
    problems = []
    for path in catalogue.of("ob3") + catalogue.of("ob2"):
        document = catalogue.documents[path]
        if not EDITIONS & set(types(document)):
            continue
        seen = set()
        for entry in as_list(document.get("related")):
            target = entry.get("id") if isinstance(entry, dict) else entry
            if not isinstance(target, str):
                continue
            if target == document.get("id") or target in seen:
                problems.append(f"{path}: related names {target} {'twice' if target in seen else 'itself'}")
            seen.add(target)
            if target not in by_id:
                if catalogue.is_ours(target):
                    problems.append(f"{path}: related {target} is not in the catalogue")
                continue
            other = catalogue.documents[by_id[target]]
            if not set(types(document)) & set(types(other)) & EDITIONS:
                problems.append(f"{path}: related {target} is of another class")
            said = language(entry) if isinstance(entry, dict) else None
            if said and said != language(other):
                problems.append(f"{path}: related says {target} is in `{said}`, it is in `{language(other)}`")
            back = {item.get("id") if isinstance(item, dict) else item for item in as_list(other.get("related"))}
            if said and document.get("id") not in back:
                problems.append(f"{path}: related {target} does not name this document in return")
            if said and language(document) == language(other):
                problems.append(f"{path}: related {target} is an edition in the same language")
    return problems


def results(catalogue):
    problems = []
    for path in catalogue.of("ob3"):
        for trail, node in objects(catalogue.documents[path]):
            if "ResultDescription" not in types(node):
                continue
            place = f"{path}{pointer(trail)}"
            levels = [level.get("id") for level in as_list(node.get("rubricCriterionLevel")) if isinstance(level, dict)]
            if node.get("requiredLevel") and node["requiredLevel"] not in levels:
                problems.append(f"{place}: requiredLevel {node['requiredLevel']} is not a level of this result")
            allowed = as_list(node.get("allowedValue"))
            if allowed and node.get("requiredValue") is not None and node["requiredValue"] not in allowed:
                problems.append(f"{place}: requiredValue {node['requiredValue']!r} is not an allowed value")
            if node.get("requiredLevel") and node.get("requiredValue") is not None:
                problems.append(f"{place}: requires a level and a value at once")
            problems += [f"{place}: {fault}" for fault in bounds(node)]
    return problems


def bounds(node):
    numbers = {}
    for key in ("valueMin", "valueMax", "requiredValue"):
        try:
            numbers[key] = float(node[key])
        except (KeyError, TypeError, ValueError):
            continue
    if "valueMin" in numbers and "valueMax" in numbers:
        low, high = numbers["valueMin"], numbers["valueMax"]
        if low > high:
            yield f"valueMin {node['valueMin']} is above valueMax {node['valueMax']}"
        elif not low <= numbers.get("requiredValue", low) <= high:
            yield f"requiredValue {node['requiredValue']} is out of bounds"


def issuers(catalogue, by_id):
    """A creator or issuer below the base has a profile document."""
    problems = []
    for path in catalogue.of("ob3") + catalogue.of("ob2"):
        document = catalogue.documents[path]
        for key in ("creator", "issuer"):
            value = document.get(key) if isinstance(document, dict) else None
            name = value.get("id") if isinstance(value, dict) else value
            if not isinstance(name, str) or not catalogue.is_ours(name):
                continue
            if name not in by_id:
                problems.append(f"{path}: {key} {name} has no profile in the catalogue")
            elif not PROFILES & set(types(catalogue.documents[by_id[name]])):
                problems.append(f"{path}: {key} {name} is not a profile")
    return problems


def index(catalogue):
    problems = []
    there = {
        catalogue.documents[path].get("id"): catalogue.documents[path]
        for path in catalogue.of("ob3")
        if "Achievement" in types(catalogue.documents[path])
    }
    listed = set()
    for path in catalogue.of("index"):
        for number, entry in enumerate(catalogue.documents[path]["achievements"]):
            place = f"{path}/achievements/{number}"
            name = entry.get("id") if isinstance(entry, dict) else None
            if name in listed:
                problems.append(f"{place}: {name} is listed twice")
            if name not in there:
                problems.append(f"{place}: {name} is not an achievement of the catalogue")
                continue
            listed.add(name)
            for key in ("name", "inLanguage", "version", "achievementType"):
                if key in entry and entry[key] != there[name].get(key):
                    problems.append(f"{place}: {key} is {entry[key]!r}, in the document {there[name].get(key)!r}")
    if catalogue.of("index"):
        problems += [f"{name} is in no index" for name in sorted(set(there) - listed, key=str)]
    elif there:
        problems.append("no index document (an object with `base` and `achievements`)")
    return problems


def check(catalogue):
    documents = catalogue.of("ob3") + catalogue.of("ob2") + catalogue.of("index")
    if not documents:
        return 0, []
    if catalogue.base is None:
        return len(documents), ["the base is unknown: no index document, or several that disagree (give --base)"]
    _owners, problems = identities(catalogue)
    by_id = {
        catalogue.documents[path]["id"]: path
        for path in catalogue.of("ob3") + catalogue.of("ob2")
        if isinstance(catalogue.documents[path], dict) and isinstance(catalogue.documents[path].get("id"), str)
    }
    problems += places(catalogue) + editions(catalogue, by_id) + results(catalogue)
    problems += issuers(catalogue, by_id) + index(catalogue)
    return len(documents), problems
