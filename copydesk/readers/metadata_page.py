"""The places of a page that say something about it, gathered in one pass over its elements."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from copydesk.readers.metadata_jsonld import Json, find_article, read_objects

_PLACES = (
    'meta,title,h1,time,link[rel],script[type*="ld+json" i],[itemprop],[rel~="author" i],[property],'
    '[class*="author" i],[class*="autor" i],[class*="auteur" i],[class*="byline" i],[class*="writer" i],'
    '[class*="reporter" i],[class*="journalist" i],[class*="redakt" i],[class*="firma" i],[class*="contributor" i],'
    '[class*="date" i],[class*="datum" i],[class*="fecha" i],[class*="publish" i],[class*="posted" i],[id*="author" i],'
    '[id*="date" i],[href*="/author" i],[href*="/autor" i],[data-testid*="author" i],[data-testid*="byline" i],[data-testid*="date" i]'
)
MAX_PLACES = 3000
"""Elements that are looked at: a page of comments has a time and an author for each."""
MAX_VALUE = 2000
MAX_LINES = 60
MAX_LINES_BEFORE = 12
Styled = tuple[str, LexborNode]
_SILENT = frozenset("script style noscript template title textarea option button svg".split())


@dataclass(slots=True)
class Page:
    """What a page says about itself, before anything is believed.

    Attributes:
        url: where it was fetched; None when not known.
        metas: contents of its ``meta`` elements by lower-cased name, property or itemprop.
        links: ``href`` by lower-cased ``rel``, absolute where the page's address is known.
        scripts: the texts of its linked data.
        title: the text of its ``title``.
        headings: its ``h1`` elements, each with the number of styled elements before it.
        times: its ``time`` elements.
        marked: elements marked up in microdata or RDFa.
        styled: elements whose class, id or address names an author or a date.
        language: what its root element says.
        heading: which of the headings is the article's.
        things: the objects of its linked data; article is the one of them that stands for the article.

    """

    url: str | None
    metas: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)
    title: str | None = None
    headings: list[tuple[LexborNode, int]] = field(default_factory=list)
    times: list[LexborNode] = field(default_factory=list)
    marked: list[tuple[str, LexborNode]] = field(default_factory=list)
    styled: list[Styled] = field(default_factory=list)
    language: str | None = None
    things: Sequence[Json] = ()
    article: Json | None = None
    heading: int = 0
    root: LexborNode | None = None

    def meta(self, *names: str) -> str | None:
        """Return the first content of the first of some names that has any."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)


    def around_heading(self) -> tuple[list[Styled], list[Styled]]:
        """Return the styled elements behind the article's heading in order, and those before it, the nearest first."""
        at = self.headings[self.heading][1] if self.headings else 0
        return self.styled[at:], self.styled[:at][::-1]

    def lines(self) -> tuple[list[str], list[str]]:
        """Return the first texts behind the article's heading, and the last before it (nearest first), a node each."""
        heading = self.headings[self.heading][0].mem_id if self.headings else None
        before: deque[str] = deque(maxlen=MAX_LINES_BEFORE)
        behind: list[str] = []
        is_behind = heading is None
        for node in self.root.traverse(include_text=True) if self.root is not None else ():
            if node.mem_id == heading:
                is_behind = True
            elif node.is_text_node and (node.parent is None or node.parent.tag not in _SILENT):
                text = " ".join((node.text_content or "").split())
                if text:
                    (behind if is_behind else before).append(text)
                    if len(behind) >= MAX_LINES:
                        break
        return behind, list(before)[::-1]


def gather(tree: LexborHTMLParser, url: str | None) -> Page:
    """Return the places of a page that say something about it."""
    page = Page(url)
    root = tree.root
    if root is None:
        return page
    page.root = root
    page.language = root.attributes.get("lang") or root.attributes.get("xml:lang")
    for node in tree.css(_PLACES)[:MAX_PLACES]:
        _file(page, node)
    page.things = read_objects(page.scripts)
    page.article = find_article(page.things, [*addresses(page)])
    return page


def _file(page: Page, node: LexborNode) -> None:
    attributes = node.attributes
    tag = node.tag
    if tag == "meta":
        _file_meta(page, attributes)
    elif tag == "link":
        href, rel = attributes.get("href"), (attributes.get("rel") or "").lower()
        if href and rel not in page.links:
            page.links[rel] = urljoin(page.url or "", href.strip()) if "//" not in href else href.strip()
    elif tag == "script":
        page.scripts.append(node.text())
    elif tag == "title":
        page.title = page.title or text_of(node)
    else:
        _file_visible(page, node, tag, attributes)


def _file_meta(page: Page, attributes: dict[str, str | None]) -> None:
    content = attributes.get("content")
    if not content or not (content := " ".join(content[:MAX_VALUE].split())):
        return
    for key in ("property", "name", "itemprop", "http-equiv"):
        name = attributes.get(key)
        if name:
            page.metas.setdefault(name.lower().strip(), []).append(content)


def _file_visible(page: Page, node: LexborNode, tag: str | None, attributes: dict[str, str | None]) -> None:
    if tag == "h1":
        page.headings.append((node, len(page.styled)))
    elif tag == "time":
        page.times.append(node)
    for key in ("itemprop", "property"):
        name = attributes.get(key)
        if name:
            page.marked.append((name.lower(), node))
    label = " ".join(filter(None, (attributes.get(key) for key in ("class", "id", "rel", "href", "data-testid"))))
    if tag == "time":
        label = f"<time> {label}"
    if label:
        page.styled.append((label[:MAX_VALUE].lower(), node))


def addresses(page: Page) -> Iterator[str]:
    """Yield the addresses that a page gives for itself, and where it was fetched."""
    yield from filter(None, (page.url, page.links.get("canonical"), page.meta("og:url")))


_SPACE = re.compile(r"\s+")


def text_of(node: LexborNode, limit: int = MAX_VALUE) -> str:
    """Return an element's text on one line."""
    return " ".join(node.text(separator=" ")[:limit].split())
