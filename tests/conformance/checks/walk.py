"""Follow every address a catalogue gives below its base, the way a browser at a plain static host would.

Standard library only. In: JSON values (also inside Markdown texts), HTML and SVG attributes and style sheets,
Markdown links, SSSOM terms. An address must lead to a file, a fragment to the element, heading or JSON node
that carries it. Addresses elsewhere are not followed: nothing leaves the machine.
"""
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

from lib.catalogue import objects, pointer, strings
from lib.sssom_table import ABSOLUTE, Table, expanded

LINKS = {"href", "src", "poster", "data", "action", "cite", "content", "xlink:href", "srcset"}
CSS_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
MARKDOWN = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+[\"'(][^\n]*?)?\)|^\s{0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)", re.MULTILINE)
CODE = re.compile(r"^(```|~~~).*?^\1[^\n]*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


class Page(HTMLParser):
    """The addresses and the anchors of one HTML page or SVG drawing."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.links, self.anchors, self.repeated, self.base, self._style = [], set(), [], None, False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self._style = tag == "style"
        for name, value in attributes:
            if value is None:
                continue
            if name == "id" or (name == "name" and tag == "a"):
                if name == "id" and value in self.anchors:
                    self.repeated.append(value)
                self.anchors.add(value)
            elif name == "href" and tag == "base":
                self.base = value
            elif name == "srcset":
                self.links += [part.split()[0] for part in value.split(",") if part.split()]
            elif name == "content":
                if re.match(r"https?://", value):
                    self.links.append(value)
            elif name in LINKS:
                self.links.append(value)
            else:
                self.links += CSS_URL.findall(value)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self._style = False

    def handle_endtag(self, tag):
        self._style = False

    def handle_data(self, text):
        if self._style:
            self.links += CSS_URL.findall(text)


def slug(heading):
    """The anchor that Markdown renderers commonly give a heading."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)|[`*]", lambda found: found.group(1) or "", heading).strip().lower()
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", text))


class Walk:
    def __init__(self, catalogue):
        self.catalogue = catalogue
        self.problems, self.followed = [], 0
        self._anchors, self._pages = {}, {}
        self._bare = re.compile(re.escape(catalogue.base) + r"[^\s<>\"'`)\]}|\\]*")

    def text(self, path):
        return (self.catalogue.folder / path).read_text(encoding="utf-8", errors="replace")

    def page(self, path):
        if path not in self._pages:
            self._pages[path] = Page(self.text(path))
        return self._pages[path]

    def anchors(self, path):
        """What a fragment can name inside `path`."""
        if path not in self._anchors:
            found = set()
            if path.endswith((".html", ".svg")):
                found = self.page(path).anchors
            elif path in self.catalogue.documents:
                for _, node in objects(self.catalogue.documents[path]):
                    if isinstance(node.get("id"), str) and "#" in node["id"]:
                        found.add(unquote(node["id"].split("#", 1)[1]))
            elif path.endswith(".md"):
                text = self.text(path)
                found = {slug(line) for line in re.findall(r"^#{1,6}\s+(.+?)\s*#*$", text, re.MULTILINE)}
                found |= Page(text).anchors
            self._anchors[path] = found
        return self._anchors[path]

    def follow(self, place, url, within=None):
        """`within`: the file whose address relative links start from."""
        catalogue = self.catalogue
        url = url.strip()
        if not url or urlsplit(url).scheme in ("data", "mailto", "tel", "urn", "did"):
            return
        full = urljoin(catalogue.address(within), url) if within else url
        if not catalogue.is_ours(full):
            if not urlsplit(url).scheme and not url.startswith("//"):
                self.problems.append(f"{place}: {url} leaves the catalogue")
            return
        self.followed += 1
        bare, _, fragment = full.partition("#")
        path, why = catalogue.resolve(bare)
        if path is None:
            self.problems.append(f"{place}: {url} {why}")
        elif fragment and unquote(fragment) not in self.anchors(path) and fragment not in ("top",):
            self.problems.append(f"{place}: {url}: {path} has no `{unquote(fragment)}`")

    def json(self, path):
        for trail, value in strings(self.catalogue.documents[path]):
            place = f"{path}{pointer(trail)}"
            if trail == ("base",) or "@context" in trail[:1]:
                continue
            if value.startswith(self.catalogue.base) and not re.search(r"\s", value):
                self.follow(place, value)
            else:
                self.prose(place, value)

    def prose(self, place, text, within=None):
        """Links of Markdown, and addresses below the base that merely stand in the text."""
        text = CODE.sub("", text)
        linked = [first or second for first, second in MARKDOWN.findall(text)]
        for url in linked:
            if within or ABSOLUTE.match(url):
                self.follow(place, url, within)
        for url in self._bare.findall(text):
            bare = url.rstrip(".,;:!?*_")
            if bare not in linked and url not in linked:
                self.follow(place, bare)

    def html(self, path):
        page = self.page(path)
        if page.base:
            self.problems.append(f"{path}: <base> changes what its links mean")
        self.problems += [f"{path}: id `{name}` is given twice" for name in page.repeated]
        for url in page.links:
            self.follow(path, url, within=path)

    def crosswalk(self, path):
        table = Table((self.catalogue.folder / path).read_bytes())
        for number, url in expanded(table):
            if self.catalogue.is_ours(url):
                self.follow(f"{path} row {number}", url)
        for slot, url in re.findall(r"^(mapping_set_id|see_also|license|mapping_provider):\s*(\S+)$", table.block, re.MULTILINE):
            if self.catalogue.is_ours(url):
                self.follow(f"{path} {slot}", url)


def check(catalogue):
    files = catalogue.ending(".json", ".jsonld", ".html", ".md", ".svg", ".sssom.tsv")
    if not files:
        return 0, []
    if catalogue.base is None:
        return len(files), ["the base is unknown: no index document, or several that disagree (give --base)"]
    walk = Walk(catalogue)
    for path in files:
        if path in catalogue.documents:
            walk.json(path)
        elif path.endswith((".html", ".svg")):
            walk.html(path)
        elif path.endswith(".md"):
            walk.prose(path, walk.text(path), within=path)
        elif path.endswith(".tsv"):
            walk.crosswalk(path)
    return walk.followed or len(files), walk.problems
