"""A built catalogue folder: which document is what, and which file answers an address.

In: the folder, and the address (`base`) it will be served at. Documents are told apart by what they
say (`@context`, `type`), and only then by where they lie: a file in `open-badges-3/` that lost its
context is still an Open Badges 3.0 document, a broken one, and must not slip past every checker.
Nothing here writes, and nothing leaves the machine.
"""
import json
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

MANIFEST = ".gradus-manifest.json"
OB2_CONTEXT = "https://w3id.org/openbadges/v2"
OB3_CONTEXT = re.compile(r"^https://purl\.imsglobal\.org/spec/ob/v3p0/context(-\d+\.\d+\.\d+)?\.json$")
VC2_CONTEXT = "https://www.w3.org/ns/credentials/v2"


class Unreadable(Exception):
    """A file that is not the text or JSON it claims to be."""


def as_list(value):
    """JSON-LD's habit of writing one value without its array, undone."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def types(node):
    return [kind for kind in as_list(node.get("type")) if isinstance(kind, str)] if isinstance(node, dict) else []


def read_json(path):
    """JSON as everybody understands it: no repeated keys, no NaN, UTF-8."""

    def pairs(items):
        seen = {}
        for key, value in items:
            if key in seen:
                raise Unreadable(f"key `{key}` is written twice in one object")
            seen[key] = value
        return seen

    def constant(name):
        raise Unreadable(f"`{name}` is not JSON")

    try:
        return json.loads(Path(path).read_bytes().decode("utf-8"), object_pairs_hook=pairs, parse_constant=constant)
    except UnicodeDecodeError as error:
        raise Unreadable(f"not UTF-8: {error.reason} at byte {error.start}") from error
    except ValueError as error:
        raise Unreadable(f"not JSON: {error}") from error
    except RecursionError as error:
        raise Unreadable("nested too deeply") from error


def strings(node, trail=()):
    """Every string value in a JSON document with the keys that lead to it."""
    if isinstance(node, str):
        yield trail, node
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from strings(item, (*trail, index))
    elif isinstance(node, dict):
        for key, item in node.items():
            yield from strings(item, (*trail, key))


def objects(node, trail=()):
    """Every object in a JSON document with the keys that lead to it."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from objects(item, (*trail, index))
    elif isinstance(node, dict):
        yield trail, node
        for key, item in node.items():
            yield from objects(item, (*trail, key))


def pointer(trail):
    return "/" + "/".join(str(part) for part in trail)


def kind_of(relative, document):
    """`ob3`, `ob2`, `index` or `other` for one parsed JSON file."""
    folder = relative.split("/", 1)[0]
    if isinstance(document, dict):
        contexts = [item for item in as_list(document.get("@context")) if isinstance(item, str)]
        if OB2_CONTEXT in contexts:
            return "ob2"
        if VC2_CONTEXT in contexts or any(OB3_CONTEXT.match(item) for item in contexts):
            return "ob3"
        if isinstance(document.get("base"), str) and isinstance(document.get("achievements"), list):
            return "index"
        if {"Achievement", "AchievementCredential", "OpenBadgeCredential", "EndorsementCredential"} & set(types(document)):
            return "ob3"
        if "BadgeClass" in types(document):
            return "ob2"
    return {"open-badges-3": "ob3", "open-badges-2": "ob2"}.get(folder, "other")


class Catalogue:
    """One built folder. `base` always ends with a slash once known."""

    def __init__(self, folder, base=None):
        self.folder = Path(folder).resolve()
        self.files = sorted(
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_file() and path.name != MANIFEST
        )
        self.documents, self.kinds, self.faults = {}, {}, []
        for relative in self.files:
            if relative.endswith((".json", ".jsonld")):
                try:
                    document = read_json(self.folder / relative)
                except Unreadable as error:
                    self.faults.append(f"{relative}: {error}")
                    continue
                self.documents[relative] = document
                self.kinds[relative] = kind_of(relative, document)
        if base is None:
            bases = {self.documents[path]["base"] for path in self.of("index")}
            base = bases.pop() if len(bases) == 1 else None
        self.base = base if base is None or base.endswith("/") else base + "/"

    def of(self, kind):
        return [path for path, found in self.kinds.items() if found == kind]

    def ending(self, *suffixes):
        return [path for path in self.files if path.endswith(suffixes)]

    def is_ours(self, url):
        return bool(self.base) and (url.startswith(self.base) or url == self.base[:-1])

    def listed(self):
        """The ids that an index names."""
        entries = [entry for path in self.of("index") for entry in self.documents[path]["achievements"]]
        return {entry.get("id") for entry in entries if isinstance(entry, dict)}

    def resolve(self, url):
        """The file a plain static host answers `url` with: `(path, None)` or `(None, why not)`.

        A folder answers with its `index.html`; nothing is guessed beyond that.
        """
        rest = url[len(self.base):].split("#", 1)[0].split("?", 1)[0]
        try:
            wanted = unquote(rest, errors="strict")
        except UnicodeDecodeError:
            return None, "is not UTF-8 once unescaped"
        if "\0" in wanted:
            return None, "holds a zero byte"
        clean = posixpath.normpath(wanted) if wanted else "."
        if clean.startswith(("../", "/")) or clean == "..":
            return None, "leaves the catalogue"
        target = self.folder / clean
        if target.is_dir():
            page = posixpath.join(clean, "index.html") if clean != "." else "index.html"
            return (page, None) if (self.folder / page).is_file() else (None, "is a folder without index.html")
        if wanted.endswith("/") or not target.is_file():
            return None, "is no file of the catalogue"
        return clean, None

    def address(self, relative):
        """Where a file is served."""
        return self.base + relative
