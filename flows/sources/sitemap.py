"""Sitemaps: of pages and of news, indexes of sitemaps, packed or not (sitemaps.org, protocol 0.9)."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from xml.etree import ElementTree as ET

from copydesk.errors import CopydeskError
from flows.addresses import normalise
from flows.answers import Inflater
from flows.sources.found import Found, Landing
from flows.sources.pages import Ask, Wanted, asking, fetch_document, fetch_pages, is_older, manners_of, unreadable
from flows.sources.settings import Source

SAYS = "sitemap"
"""What the source of such statements is called."""
USUAL_LIMIT = 1000
"""Pages a run when the source does not say: a whole site takes several runs, those never fetched first."""
MAX_SITEMAPS = 5000
MAX_DEPTH = 3
CHUNK = 1000
_NEWS = {"title": "title", "publication_date": "published", "name": "site", "language": "language"}
"""Elements of a news sitemap, with the names that we give to what they state."""
_DAY_ENDS = timedelta(hours=36)
"""Until a day is over everywhere, from its midnight in UTC."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page, or a sitemap, that a sitemap lists, and when it says that it changed."""

    wanted: Wanted
    changed_at: datetime | None
    is_sitemap: bool


@dataclass(slots=True)
class _Walk:
    """A walk through the sitemaps of a source: pages come out, failures are laid aside."""

    source: Source
    landing: Landing
    ask: Ask
    found: list[Found] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    waiting: int = 0

    def pages(self, url: str, depth: int = 0) -> Iterator[tuple[datetime, Wanted]]:
        """Yield the pages that may have changed, with when they were last asked for."""
        if url in self.seen or len(self.seen) >= MAX_SITEMAPS or depth > MAX_DEPTH:
            return
        self.seen.add(url)
        data, found = fetch_document(url, self.source, self.landing, self.ask)
        self.found.append(found)
        if data is None:
            return
        try:
            listed = list(read_sitemap(data, manners_of(self.source, self.landing).max_bytes))
        except (ET.ParseError, ValueError, CopydeskError) as error:
            self.found.append(unreadable(url, "sitemap", error))
            return
        for item in listed:
            if item.is_sitemap:
                yield from self.pages(item.wanted.url, depth + 1)
        yield from self._changed([item for item in listed if not item.is_sitemap])

    def _changed(self, listed: list[Listed]) -> Iterator[tuple[datetime, Wanted]]:
        items = iter(listed)
        while chunk := list(islice(items, CHUNK)):
            known = self.landing.known([item.wanted.url for item in chunk])
            for item in chunk:
                fetch = known.get(item.wanted.url)
                if not is_older(item.changed_at, fetch):
                    self.waiting += 1
                    yield (fetch.checked_at if fetch else _NEVER), item.wanted


def collect(source: Source, landing: Landing) -> Iterator[Found]:
    """Yield the pages that some sitemaps list and that may have changed, those that were never fetched first."""
    limit = source.limit or USUAL_LIMIT
    with asking(source, landing) as ask:
        walk = _Walk(source, landing, ask)
        every = (page for location in source.location for page in walk.pages(location))
        chosen = heapq.nsmallest(limit, every, key=lambda page: page[0])
        yield from walk.found
        yield from fetch_pages((page for _, page in chosen), replace(source, limit=limit), landing, ask)
        if walk.waiting > limit:
            rest = walk.waiting - limit
            yield Found(notice=f"{source.name}: {limit} pages were asked for; {rest} wait for the next runs (limit).")


def read_sitemap(data: bytes, limit: int) -> Iterator[Listed]:
    """Yield what a sitemap lists; ``limit`` is the most bytes that a packed one may have.

    Raises:
        ET.ParseError: it is no XML.
        ValueError: it is XML of another sort.
        Refused: it is too large, or broken.

    """
    if data.startswith(b"\x1f\x8b"):
        inflater = Inflater("gzip", limit, "")
        inflater.feed(data)
        data = inflater.result()
    root = ET.fromstring(data)  # noqa: S314 - expat loads nothing from outside and bounds entities
    kind = _name(root)
    if kind not in ("urlset", "sitemapindex"):
        raise ValueError(f"its root is {kind}")
    for element in root:
        said = {_name(child): (child.text or "").strip() for child in element if _space(child) == _space(root)}
        try:
            url = normalise(said.get("loc", ""))
        except CopydeskError:  # a line without an address is no page
            continue
        stated = tuple(_stated(element)) if kind == "urlset" else ()
        yield Listed(Wanted(url, stated), _changed_at(said.get("lastmod", "")), kind == "sitemapindex")


def _stated(element: ET.Element) -> Iterator[tuple[str, str, str]]:
    """Yield what a news sitemap states of an article."""
    for child in element.iter():
        name, value = _NEWS.get(_name(child)), (child.text or "").strip()
        if name and value and "news" in _space(child):
            yield name, value, SAYS


def _changed_at(written: str) -> datetime | None:
    """Return when a page had changed for certain; a day counts to its end in the last time zone."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    if "T" not in written:
        return found.replace(tzinfo=UTC) + _DAY_ENDS
    return found if found.tzinfo else found.replace(tzinfo=UTC) + _DAY_ENDS / 3


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _space(element: ET.Element) -> str:
    return element.tag.rpartition("}")[0]
