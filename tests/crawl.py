"""A walk over the public site through Django's test client, and the blocks of text a page is made of."""

import os
import re
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

# What a reader sees as one statement: a number and its link must stand together inside it.
STATEMENTS = {"p", "li", "tr", "dd", "dt", "figure", "h1", "h2", "h3", "caption", "figcaption", "aside", "article"}
VOID = {
    "meta",
    "link",
    "img",
    "br",
    "hr",
    "input",
    "source",
    "wbr",
    "path",
    "rect",
    "circle",
    "line",
    "polyline",
    "use",
}
UNSEEN = {"script", "style", "template", "head", "option"}


@dataclass
class Element:
    tag: str
    attributes: dict
    parent: "Element | None" = None
    children: list = field(default_factory=list)

    def text(self):
        if self.tag in UNSEEN:
            return ""
        return " ".join(child if isinstance(child, str) else child.text() for child in self.children)

    def walk(self):
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def links(self):
        return {e.attributes["href"] for e in self.walk() if e.tag == "a" and e.attributes.get("href")}

    def ancestors(self):
        above = self.parent
        while above:
            yield above
            above = above.parent


class _Tree(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = self.here = Element("html", {})

    def handle_starttag(self, tag, attributes):
        element = Element(tag, dict(attributes), self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag, attributes):
        self.here.children.append(Element(tag, dict(attributes), self.here))

    def handle_endtag(self, tag):
        for above in (self.here, *self.here.ancestors()):
            if above.tag == tag and above.parent:
                self.here = above.parent
                return

    def handle_data(self, data):
        if data.strip():
            self.here.children.append(re.sub(r"\s+", " ", data))


def parse(html):
    tree = _Tree()
    tree.feed(html)
    return tree.root


NOT_PAGES = ("/admin/", "/static/", "/media/")


# Pages of one kind are made alike: of those so many are enough. CRAWL=all visits every one.
ALIKE = {"figures": 60, "sources": 30, "policies": 30, "rankings": 30, "compare": 6}
# In the second language the same templates answer, so fewer of a kind are enough.
AGAIN = {kind: n // 2 for kind, n in ALIKE.items()} | {"cities": 20, "indicators": 50}


def pages(client, start="/", skip=None, alike=ALIKE):
    """(address, Element) of every HTML page under `start` that links reach, each path once (queries are left out)."""
    waiting, seen = deque([start]), {start}
    left = {} if os.environ.get("CRAWL") == "all" else dict(alike)
    while waiting:
        address = waiting.popleft()
        kind = address.removeprefix(start).partition("/")[0]
        if kind in left:
            left[kind] -= 1
            if left[kind] < 0:
                continue
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, f"{address} answers {answer.status_code}"
        if not answer["Content-Type"].startswith("text/html"):
            assert answer.content, f"{address} is an empty file"
            continue
        page = parse(answer.content.decode())
        yield address, page
        for href in page.links():
            target = urlsplit(urldefrag(urljoin(address, href)).url)
            unwanted = (*NOT_PAGES, skip) if skip else NOT_PAGES
            if target.netloc or target.scheme or target.path in seen or not target.path.startswith(start):
                continue
            if not target.path.startswith(unwanted):
                seen.add(target.path)
                waiting.append(target.path)
