"""How a checker that needs its own interpreter is called.

Standard input: a JSON list of `{"folder", "base"}`. Standard output: a JSON list of the same length with
`{"checked": how many documents, "problems": ["path: what is wrong", …]}`. One process serves all folders,
because loading the packages costs more than checking a small catalogue.
"""
import json
import os
import sys

from lib.catalogue import Catalogue


def serve(check):
    """`check(catalogue)` gives `(number of documents, list of problems)`."""
    answers = []
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a package prints must not end up in the answer
    for job in json.load(sys.stdin):
        catalogue = Catalogue(job["folder"], job["base"])
        try:
            checked, problems = check(catalogue)
        except Exception as error:  # a checker that breaks on a document has not passed it
            checked, problems = 1, [f"the checker stopped: {type(error).__name__}: {error}"]
        answers.append({"checked": checked, "problems": problems})
    json.dump(answers, output)
    output.close()
