"""A plain reader of SSSOM/TSV: the commented block and the rows, exactly as written.

The toolkit repairs or drops what it cannot read; this reader keeps everything, so that the two can be
compared. It needs PyYAML and is meant for the `sssom` environment; `expanded` is what the walk uses.
"""
import csv
import io
import re

CURIE = re.compile(r"^([A-Za-z_][A-Za-z0-9_.\-]*):(?!//)(\S*)$")
BUILT_IN = frozenset({"owl", "rdf", "rdfs", "semapv", "skos", "sssom", "xsd", "linkml"})
ABSOLUTE = re.compile(r"^[A-Za-z][A-Za-z0-9+.\-]*:\S+$")


class Table:
    """`block`: the metadata's text. `header`, `rows`: the mappings. `faults`: what is wrong with the layout."""

    def __init__(self, raw):
        self.faults = []
        text = raw.decode("utf-8", errors="replace")
        if raw.startswith(b"\xef\xbb\xbf"):
            self.faults.append("starts with a byte order mark")
            text = text.removeprefix("\ufeff")
        if b"\r" in raw:
            self.faults.append("has carriage returns")
        lines = text.split("\n")
        start = 0
        while start < len(lines) and lines[start].startswith("#"):
            start += 1
        self.block = "\n".join(line[1:] for line in lines[:start])
        body = "\n".join(lines[start:])
        records = list(csv.reader(io.StringIO(body, newline=""), delimiter="\t", strict=True)) if body.strip() else []
        self.header = records[0] if records else []
        self.rows = []
        for number, record in enumerate(records[1:], start=1):
            if not any(record):
                self.faults.append(f"row {number} is empty")
                continue
            if len(record) != len(self.header):
                self.faults.append(f"row {number} has {len(record)} cells for {len(self.header)} columns")
            self.rows.append(dict(zip(self.header, record)))
        if not self.header:
            self.faults.append("has no table")
        if len(set(self.header)) != len(self.header):
            self.faults.append("names a column twice")


def prefixes(block):
    """The `curie_map` of a metadata block without a YAML reader: the indented lines below its key."""
    found, inside = {}, False
    for line in block.split("\n"):
        entry = re.match(r"^\s+([A-Za-z_][\w.\-]*):\s+[\"']?(\S+?)[\"']?\s*$", line)
        if re.match(r"^\s*curie_map:\s*$", line):
            inside = True
        elif inside and entry:
            found[entry.group(1)] = entry.group(2)
        elif line.strip():
            inside = False
    return found


def expanded(table):
    """Every CURIE of the table's `…_id` cells as an address, with its row number."""
    known = prefixes(table.block)
    for number, row in enumerate(table.rows, start=1):
        for column, cell in row.items():
            match = CURIE.match(cell or "") if column.endswith("_id") else None
            if match and match.group(1) in known:
                yield number, known[match.group(1)] + match.group(2)
