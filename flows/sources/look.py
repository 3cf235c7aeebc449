"""A look at an address, to tell whether it is a feed, a sitemap or a page."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import httpx
from selectolax.lexbor import LexborHTMLParser

from copydesk.errors import CopydeskError
from flows.addresses import normalise
from flows.answers import Answer
from flows.fetch import Request
from flows.roots import SETTINGS, Root
from flows.sources.found import Landing
from flows.sources.pages import asking
from flows.sources.settings import Source, read_contact
from flows.sources.sitemap import read_sitemap
from warehouse.records import Fetch

_FEEDS = 'link[rel~="alternate"][type="application/rss+xml"], link[rel~="alternate"][type="application/atom+xml"]'


def look_at(url: str, root: Root, *, allow_private: bool = False) -> tuple[str, str]:
    """Return the kind of source that an address is, and a line for a person: what was found there, or a better address.

    Raises:
        CopydeskError: nothing came from there; ``--kind`` does without a look.

    """
    url = normalise(url)
    source = Source("look", "urls", (url,), allow_private=allow_private, delay=0.0)
    landing = Landing(root, "", lambda: datetime.now(UTC), lambda _urls: {}, contact=read_contact(root.path / SETTINGS))
    with asking(source, landing) as ask:
        (answer,) = ask([Request(url, any_type=True)])
    if isinstance(answer, CopydeskError):
        answer.advice = f"{answer.advice} With --kind it is added without a look.".strip()
        raise answer
    return _kind_of(answer, url)


def _kind_of(answer: Answer, url: str) -> tuple[str, str]:
    with suppress(ET.ParseError, ValueError, CopydeskError):
        listed = len(list(read_sitemap(answer.content, 2**26)))
        return "sitemap", f"a sitemap that lists {listed}"
    from flows.sources.feed import read_feed  # noqa: PLC0415 - feedparser takes a while to load

    now = datetime.now(UTC)
    media_type = answer.headers.get("content-type")
    entries = read_feed(
        answer.content, Fetch(url=url, source="", final_url=answer.final_url, media_type=media_type, checked_at=now)
    )
    if entries is not None:
        return "feed", f"a feed with {len(entries)} entries"
    for link in LexborHTMLParser(answer.content).css(_FEEDS):
        with suppress(httpx.InvalidURL, CopydeskError):
            feed = normalise(str(httpx.URL(answer.final_url).join(link.attributes.get("href") or "")))
            return "urls", f"a single page; to follow its feed: copydesk add {feed}"
    return "urls", "a single page"
