#!/usr/bin/env python3
"""SSSOM/TSV crosswalks through PyPI `sssom`: parse, validation, and proof that nothing was dropped."""
import csv
import logging
import sys
import warnings
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

import yaml  # noqa: E402
from sssom.constants import SSSOMSchemaView  # noqa: E402
from sssom.parsers import parse_sssom_table  # noqa: E402
from sssom.validators import validate  # noqa: E402

from lib.job import serve  # noqa: E402
from lib.sssom_table import ABSOLUTE, BUILT_IN, CURIE, Table  # noqa: E402

MODEL = SSSOMSchemaView()
MAPPING, SET = set(MODEL.mapping_slots), set(MODEL.mapping_set_slots)
REFERENCES, LISTS = set(MODEL.entity_reference_slots), set(MODEL.multivalued_slots)


def cells(slot, value):
    """The values of one slot; `\\|` is a bar that separates nothing."""
    if isinstance(value, list):
        return [str(item) for item in value]
    if slot not in LISTS:
        return [str(value)]
    return [part.replace("\0", "|") for part in str(value).replace("\\|", "\0").split("|")]


def block_problems(meta):
    if not isinstance(meta, dict):
        return ["the metadata block is not a YAML mapping"]
    problems = []
    for slot in ("mapping_set_id", "license"):
        if not ABSOLUTE.match(str(meta.get(slot) or "")):
            problems.append(f"{slot} is {meta.get(slot)!r}, not an absolute address")
    known = meta.get("curie_map") or {}
    for prefix, address in known.items():
        if prefix in BUILT_IN:
            problems.append(f"curie_map declares the built-in prefix {prefix}")
        if not ABSOLUTE.match(str(address)):
            problems.append(f"curie_map: {prefix} stands for {address!r}, not an absolute address")
    extensions = {entry.get("slot_name") for entry in meta.get("extension_definitions") or [] if isinstance(entry, dict)}
    for slot in sorted(set(meta) - SET - MAPPING - extensions - {"curie_map"}):
        problems.append(f"metadata {slot} is not part of SSSOM and not declared as an extension")
    return problems


def reference_problems(meta, table):
    problems, known = [], set(meta.get("curie_map") or {}) | BUILT_IN
    places = [("metadata", meta)] + [(f"row {n}", row) for n, row in enumerate(table.rows, start=1)]
    for place, slots in places:
        for slot, value in slots.items():
            if slot not in REFERENCES or value in (None, ""):
                continue
            for item in cells(slot, value):
                match = CURIE.match(item)
                if not match:
                    problems.append(f"{place}: {slot} {item!r} is not a CURIE")
                elif match.group(1) not in known:
                    problems.append(f"{place}: prefix {match.group(1)} of {slot} is not in curie_map")
    return problems


def row_problems(meta, table):
    problems = []
    declared = {entry.get("slot_name") for entry in meta.get("extension_definitions") or [] if isinstance(entry, dict)}
    for column in table.header:
        if column not in MAPPING | declared:
            problems.append(f"column {column} is not part of SSSOM and not declared as an extension")
    for number, row in enumerate(table.rows, start=1):
        def value(slot):
            return row.get(slot) or meta.get(slot)

        for end in ("subject", "object"):
            slot = f"{end}_label" if value(f"{end}_type") == "rdfs literal" else f"{end}_id"
            if not row.get(slot):
                problems.append(f"row {number}: no {slot}")
        for slot in ("predicate_id", "mapping_justification"):
            if not row.get(slot):
                problems.append(f"row {number}: no {slot}")
        reviewed = value("review_date") or value("reviewer_agreement")
        if reviewed and not (value("reviewer_id") or value("reviewer_label")):
            problems.append(f"row {number}: a review without a reviewer")
    return problems


def triples(rows):
    keys = ("subject_id", "subject_label", "predicate_id", "object_id", "object_label")
    return Counter(tuple("" if row.get(key) is None or row.get(key) != row.get(key) else str(row[key]) for key in keys) for row in rows)


def toolkit_problems(path, table):
    """Parse and validate with the toolkit; compare with what the file really holds."""
    # Not `strict=True`: release 0.4.21 then refuses exactly the metadata that is regular.
    parsed = parse_sssom_table(path)
    kept = parsed.df.to_dict("records")
    problems = []
    if len(kept) != len(table.rows):
        problems.append(f"the toolkit keeps {len(kept)} of {len(table.rows)} rows")
    elif triples(kept) != triples(table.rows):
        problems.append("the toolkit reads other rows than are written")
    filled = {column for row in table.rows for column, cell in row.items() if cell}
    for column in sorted((filled & MAPPING) - set(parsed.df.columns)):
        problems.append(f"the toolkit drops column {column}")
    for report in validate(parsed, fail_on_error=False).values():
        problems += [f"sssom validate: {result.message}" for result in report.results]
    return problems


def problems_of(path):
    table = Table(path.read_bytes())
    meta = yaml.load(table.block, Loader=yaml.SafeLoader) or {}
    problems = table.faults + block_problems(meta)
    if isinstance(meta, dict):
        problems += reference_problems(meta, table) + row_problems(meta, table)
    # The toolkit repairs silently, so its word counts only about a file that needs no repair.
    return problems or toolkit_problems(path, table)


def spreadsheet_problems(path, twin):
    """The CSV beside a crosswalk: a rectangle with at least the crosswalk's rows."""
    with open(path, encoding="utf-8-sig", newline="") as handle:
        records = list(csv.reader(handle, strict=True))
    if not records:
        return ["is empty"]
    header, rows = records[0], records[1:]
    problems = []
    if len(set(header)) != len(header) or not all(header):
        problems.append("has a column without a name of its own")
    problems += [f"row {n} has {len(row)} cells for {len(header)} columns" for n, row in enumerate(rows, 1) if len(row) != len(header)]
    if twin and len(rows) < len(twin.rows):
        problems.append(f"has {len(rows)} rows, the crosswalk {len(twin.rows)}")
    return problems


def check(catalogue):
    problems, tables, sheets = [], catalogue.ending(".sssom.tsv"), catalogue.ending(".csv")
    for relative in tables:
        try:
            found = problems_of(catalogue.folder / relative)
        except Exception as error:
            found = [f"the toolkit refuses it: {type(error).__name__}: {str(error)[:240]}"]
        problems += [f"{relative}: {problem}" for problem in found]
    for relative in sheets:
        twin = relative.removesuffix(".csv") + ".sssom.tsv"
        table = Table((catalogue.folder / twin).read_bytes()) if twin in tables else None
        try:
            found = spreadsheet_problems(catalogue.folder / relative, table)
        except (csv.Error, UnicodeDecodeError) as error:
            found = [f"is not CSV: {error}"]
        problems += [f"{relative}: {problem}" for problem in found]
    return len(tables) + len(sheets), problems


serve(check)
