"""The places of a page that say something about it, gathered in one pass over its elements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from copydesk.readers.metadata_jsonld import Json, find_article, read_objects

_PLACES = (
    'meta,title,h1,time,link[rel="canonical" i],link[rel="license" i],script[type*=json],[itemprop],[property],'
    "[rel~=author],"
    '[class*="aut" i],[class*="byline" i],[class*="date" i],[class*="publi" '
    'i],[class*="time" i],a[href*="/aut"]'
)
"""Each part of a class costs 0.05 ms a page: these are the ones that find most."""
MAX_PLACES = 3000
"""Elements that are looked at: a page of comments has a time and an author for each."""
MAX_VALUE = 2000
MAX_LINES = 60
MAX_LINES_BEFORE = 12
NEAR_BEHIND, NEAR_BEFORE = 8, 4
"""Texts that are next to a heading, behind it and before it."""
MAX_STEPS = 1500
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/(?=https?:)")
"""What an archive puts in front of the addresses of the pages that it keeps."""
Styled = tuple[str, LexborNode]
_SILENT = frozenset("script style noscript template title textarea option button svg".split())


@dataclass(slots=True)
class Page:
    """What a page says about itself, before anything is believed.

    Attributes:
        url: where it was fetched; None when not known.
        metas: contents of its ``meta`` elements by lower-cased name, property or itemprop.
        links: the canonical address and that of the licence, by lower-cased ``rel``; absolute where the page's address
            is known.
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
    body: LexborNode | None = None
    nearby: tuple[list[str], list[str]] | None = None
    asked: tuple[int, int] = (0, 0)

    def meta(self, *names: str) -> str | None:
        """Return the first content of the first of some names that has any."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)

    def around_heading(self) -> tuple[list[Styled], list[Styled]]:
        """Return the styled elements behind the article's heading in order, and those before it, the nearest first."""
        at = self.headings[self.heading][1] if self.headings else 0
        return self.styled[at:], self.styled[:at][::-1]

    def lines(self, behind: int = MAX_LINES, before: int = MAX_LINES_BEFORE) -> tuple[list[str], list[str]]:
        """Return the first texts behind the article's heading, and the last before it (nearest first), a node each.

        Args:
            behind: how many at most of those behind; without a heading, the first of the page.
            before: how many at most of those before; without a heading there are none.

        """
        if self.nearby is None or self.asked < (behind, before):
            start = self.headings[self.heading][0] if self.headings else self.body
            self.asked = behind, before
            self.nearby = (
                _texts(start, behind) if start is not None else [],
                _texts(start, before, is_backward=True) if start is not None and self.headings else [],
            )
        return self.nearby


def _texts(start: LexborNode, limit: int, *, is_backward: bool = False) -> list[str]:
    """Return the texts of the nodes that follow an element (or precede it), a node each, at most ``limit``.

    They come in document order, or in its mirror image: in both an element stands before what is in it.
    """
    found: list[str] = []
    node = start
    can_enter = not is_backward
    for _ in range(MAX_STEPS):
        step = (node.last_child if is_backward else node.child) if can_enter else None
        while step is None:
            step = node.prev if is_backward else node.next
            if step is None:
                above = node.parent
                if above is None:
                    return found
                node = above
        node = step
        can_enter = not node.is_text_node
        if can_enter:
            can_enter = node.tag not in _SILENT
        elif text := " ".join((node.text_content or "").split()):
            found.append(text)
            if len(found) >= limit:
                break
    return found


def gather(tree: LexborHTMLParser, url: str | None) -> Page:
    """Return the places of a page that say something about it."""
    page = Page(url)
    root = tree.root
    if root is None:
        return page
    page.body = tree.body
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
        if "ld+json" in (attributes.get("type") or "").lower():
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
    get = attributes.get
    label = " ".join(filter(None, (get("class"), get("id"), get("rel"), get("href"), get("data-testid"))))
    if tag == "time":
        label = f"<time> {label}"
    if label:
        page.styled.append((label[:MAX_VALUE].lower(), node))


def addresses(page: Page) -> Iterator[str]:
    """Yield the addresses that a page gives for itself, and where it was fetched."""
    for address in (page.url, page.links.get("canonical"), page.meta("og:url")):
        if address:
            yield _ARCHIVED.sub("", address)


def text_of(node: LexborNode, limit: int = MAX_VALUE) -> str:
    """Return an element's text on one line."""
    return " ".join(node.text(separator=" ")[:limit].replace("\xad", "").split())
