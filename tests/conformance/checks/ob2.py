#!/usr/bin/env python3
"""Open Badges 2.0: BadgeClass, Issuer and Profile documents through the reference validator, PyPI `openbadges`.

The validator fetches what a document names. Here every request is answered from the catalogue folder the way
a plain static host at the base would; an address below the base without a file is a connection error.
Pictures that lie elsewhere are answered with a placeholder, everything else is refused.
"""
import json
import logging
import mimetypes
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import requests  # noqa: E402
from openbadges.verifier import verify  # noqa: E402
from openbadges.verifier.openbadges_context import OPENBADGES_CONTEXT_V2_DICT  # noqa: E402

from lib.catalogue import OB2_CONTEXT, types  # noqa: E402
from lib.job import serve  # noqa: E402

logging.disable(logging.CRITICAL)
CHECKED = {"BadgeClass", "Issuer", "Profile"}
PLACEHOLDER = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


class StaticHost(requests.adapters.BaseAdapter):
    """Answers from a catalogue folder and remembers what it could not answer."""

    def __init__(self, catalogue):
        super().__init__()
        self.catalogue = catalogue
        self.by_id = {
            document["id"]: path
            for path, document in catalogue.documents.items()
            if isinstance(document, dict) and isinstance(document.get("id"), str)
        }
        self.missing = set()

    def body(self, url):
        bare = url.split("#", 1)[0]
        if bare == OB2_CONTEXT:
            return json.dumps(OPENBADGES_CONTEXT_V2_DICT).encode(), "application/ld+json"
        path = None
        if self.catalogue.base is None:  # loose documents: each is served at its own id
            path = self.by_id.get(url)
        elif self.catalogue.is_ours(bare):
            path, _ = self.catalogue.resolve(bare)
        if path:
            guess = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return (self.catalogue.folder / path).read_bytes(), guess
        if not self.catalogue.is_ours(bare) and bare.lower().endswith((".png", ".svg")):
            return PLACEHOLDER, "image/svg+xml"
        return None, None

    def send(self, request, **_options):
        content, media_type = self.body(request.url)
        if content is None:
            self.missing.add(request.url)
            raise requests.ConnectionError(f"{request.url} is not in the catalogue")
        response = requests.Response()
        response.status_code, response.url, response.request = 200, request.url, request
        response._content = content
        response.headers["Content-Type"] = media_type
        response.encoding = "utf-8"
        return response

    def close(self):
        pass


def forgiven(document):
    """What the standard asks for and release 1.1.2 of the validator lets pass."""
    if {"Issuer", "Profile"} & set(types(document)):
        for key in ("name", "url", "email"):
            if not document.get(key):
                yield f"an issuer needs {key}"
    criteria = document.get("criteria")
    if isinstance(criteria, dict) and not (criteria.get("id") or criteria.get("narrative")):
        yield "criteria need id or narrative"


def problems_of(document, host):
    found = types(document)
    if not CHECKED & set(found):
        return [f"type {found} is neither BadgeClass nor Issuer nor Profile"]
    if not isinstance(document.get("id"), str):
        return ["no id"]
    host.missing.clear()
    report = verify(
        document["id"] if document["id"].startswith("http") else json.dumps(document), use_cache=False, cache_backend=None
    )["report"]
    problems = [
        f"{message.get('name')}: {message.get('result')}"
        for message in report["messages"]
        if message.get("messageLevel") == "ERROR"
    ]
    problems += [f"names {url}, which is not in the catalogue" for url in sorted(host.missing)]
    problems += forgiven(document)
    if not report["valid"] and not problems:
        problems.append("not valid, for no stated reason")
    subject = report.get("validationSubject")
    if not problems and subject != document["id"]:
        problems.append(f"the validator looked at {subject} instead")
    return problems


def check(catalogue):
    host = StaticHost(catalogue)
    requests.Session.get_adapter = lambda _session, url: host
    documents = catalogue.of("ob2")
    return len(documents), [
        f"{path}: {problem}" for path in documents for problem in problems_of(catalogue.documents[path], host)
    ]


serve(check)
