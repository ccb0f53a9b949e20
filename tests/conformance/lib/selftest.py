"""Prove that every checker can say yes and no.

`fixtures/good` is a small catalogue that all checkers accept. Each file in `fixtures/bad` describes one fault:

    {"why": "…", "checker": "links", "file": "open-badges-3/a.json",
     "replace": ["old text", "new text"], "says": "part of the complaint"}

or `"write"` with the text of a whole file, or `"remove": true`. The fault is put into a copy of the good
catalogue, and the named checker must complain in the words of `says`, about nothing else being required.
"""
import json
import shutil
import tempfile
from pathlib import Path


def spoil(good, case, target):
    """A copy of the good catalogue with the fault of `case`."""
    shutil.copytree(good, target)
    path = target / case["file"]
    if case.get("remove"):
        path.unlink()
    elif "write" in case:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case["write"], encoding="utf-8", newline="")
    else:
        old, new = case["replace"]
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise ValueError(f"{case['file']} holds {old!r} {text.count(old)} times, not once")
        path.write_text(text.replace(old, new), encoding="utf-8", newline="")


def run(fixtures, names, check):
    """`check(folders)` gives the answers by checker. Prints a line per verdict; counts `(passed, failed)`."""
    passed = failed = 0
    cases = []
    for path in sorted((fixtures / "bad").glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        if case["checker"] in names:
            cases.append((path.stem, case))

    def verdict(good, line, detail=()):
        nonlocal passed, failed
        passed, failed = passed + good, failed + (not good)
        print(f"{'ok  ' if good else 'FAIL'} {line}", *detail, sep="\n     ")

    with tempfile.TemporaryDirectory(prefix="gradus-conformance-") as scratch:
        folders = [fixtures / "good"]
        for name, case in cases:
            folders.append(Path(scratch) / name)
            spoil(fixtures / "good", case, folders[-1])
        answers = check(folders)
    for checker in names:
        first = answers[checker][0]
        verdict(first["checked"] > 0 and not first["problems"], f"{checker:<11} accepts the good catalogue", first["problems"])
        if not any(case["checker"] == checker for _, case in cases):
            verdict(False, f"{checker:<11} has no fixture that it must reject")
    for number, (name, case) in enumerate(cases, start=1):
        problems = answers[case["checker"]][number]["problems"]
        said = any(case["says"] in problem for problem in problems)
        verdict(said, f"{case['checker']:<11} rejects {name}", [] if said else problems or ["no complaint"])
    return passed, failed
