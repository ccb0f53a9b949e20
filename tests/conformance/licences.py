#!/usr/bin/env python3
"""Check the licence of every dependency against `deny.toml`, with nothing but cargo and Python 3.11.

usage: tests/conformance/licences.py [--offline]

The same list as `cargo deny check licenses`, for where cargo-deny is not installed. It reads the licence
expression each package declares, not the licence texts. Exit code: 0 all allowed, 1 some not, 2 no answer.
"""
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOKEN = re.compile(r"\(|\)|[A-Za-z0-9.+\-]+")


def allows(expression, allowed):
    """Whether an SPDX expression can be met with the allowed licences. `/` is the old way to write OR."""
    tokens = TOKEN.findall(expression.replace("/", " OR "))
    position = 0

    def peek():
        return tokens[position].upper() if position < len(tokens) else ""

    def take():
        nonlocal position
        position += 1
        return tokens[position - 1]

    def either():
        met = both()
        while peek() == "OR":
            take()
            met = both() or met
        return met

    def both():
        met = one()
        while peek() == "AND":
            take()
            met = one() and met
        return met

    def one():
        if peek() in ("", ")", "OR", "AND", "WITH"):
            raise ValueError(f"`{expression}` is not a licence expression")
        if peek() == "(":
            take()
            met = either()
            if peek() != ")":
                raise ValueError(f"`{expression}` leaves a bracket open")
            take()
            return met
        name = take()
        if peek() == "WITH":
            take()
            if position == len(tokens):
                raise ValueError(f"`{expression}` ends after WITH")
            name = f"{name} WITH {take()}"
        return name in allowed

    met = either()
    if position != len(tokens):
        raise ValueError(f"`{expression}` is not a licence expression")
    return met


def main():
    allowed = set(tomllib.loads((ROOT / "deny.toml").read_text(encoding="utf-8"))["licenses"]["allow"])
    version = subprocess.run(["rustc", "-vV"], capture_output=True, text=True, check=True).stdout
    host = re.search(r"^host: (\S+)", version, re.MULTILINE).group(1)
    command = ["cargo", "metadata", "--format-version", "1", "--filter-platform", host, *sys.argv[1:]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
        return 2
    metadata = json.loads(done.stdout)
    own, needed = set(metadata["workspace_members"]), {node["id"] for node in metadata["resolve"]["nodes"]}
    passed = failed = 0
    for package in sorted(metadata["packages"], key=lambda item: (item["name"], item["version"])):
        if package["id"] in own or package["id"] not in needed:
            continue
        try:
            problem = None if allows(package["license"] or "", allowed) else f"`{package['license']}` is not allowed"
        except ValueError as error:
            problem = str(error)
        if problem:
            failed += 1
            print(f"FAIL {package['name']} {package['version']}: {problem}")
        else:
            passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0 if passed else 2


if __name__ == "__main__":
    sys.exit(main())
