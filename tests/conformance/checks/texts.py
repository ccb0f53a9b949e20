"""Every emitted text is what its name says: UTF-8 without byte order mark (but for CSV), `\\n` line ends, JSON and SVG that parse.

Standard library only. Also proves that pages need no script and that nothing of the building machine got in.
"""
import re
from xml.etree import ElementTree

TEXTS = (".json", ".jsonld", ".html", ".md", ".svg", ".tsv", ".csv", ".css", ".txt", ".xml")
MACHINE = re.compile(r"(file:///|(?<![\w./-])/(home|Users)/\w|\b[A-Z]:\\Users\\)")
SCRIPT = re.compile(r"<script\b|\son[a-z]+\s*=\s*[\"']|href\s*=\s*[\"']\s*javascript:", re.IGNORECASE)


def problems_of(path, raw):
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        yield f"not UTF-8: {error.reason} at byte {error.start}"
        return
    if text.startswith("\ufeff") and not path.endswith(".csv"):  # Excel needs it to see accents
        yield "starts with a byte order mark"
    if "\r" in text and not path.endswith(".csv"):  # RFC 4180 ends lines with CRLF
        yield "has carriage returns"
    if not text.strip():
        yield "is empty"
    found = MACHINE.search(text)
    if found:
        yield f"holds a path of the machine: {found.group(0)}"
    if path.endswith((".svg", ".html")):
        tag = SCRIPT.search(re.sub(r">[^<]*<", "><", text))
        if tag:
            yield f"holds a script: {tag.group(0).strip()}"
    if path.endswith(".svg"):
        try:
            root = ElementTree.fromstring(text)
        except ElementTree.ParseError as error:
            yield f"not XML: {error}"
            return
        if root.tag != "{http://www.w3.org/2000/svg}svg":
            yield f"the outermost element is {root.tag}, not an SVG drawing"
        elif not root.get("viewBox") and not (root.get("width") and root.get("height")):
            yield "has neither a viewBox nor a size"


def check(catalogue):
    texts = catalogue.ending(*TEXTS)
    problems = list(catalogue.faults)
    for path in texts:
        problems += [f"{path}: {problem}" for problem in problems_of(path, (catalogue.folder / path).read_bytes())]
    return len(texts), problems
