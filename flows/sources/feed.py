"""Feeds: RSS, Atom and JSON Feed. What an entry states of its article joins what the page says of itself."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import feedparser
import httpx

from copydesk.errors import CopydeskError
from flows.addresses import normalise
from flows.sources.found import Found, Landing
from flows.sources.pages import Wanted, asking, fetch_document, fetch_pages, unreadable
from flows.sources.settings import Source
from warehouse.records import Capture, Fetch

SAYS = "feed"
"""What the source of such statements is called."""
_TAG = re.compile(r"<[^<>]{0,500}>")
_LANGUAGE = re.compile(r"([a-zA-Z]{2,3})(?:[-_]|$)")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed.

    Attributes:
        key: what the feed calls it.
        url: of the page; None when it names none.
        stated: name, value, where: title, authors, times ...
        content: the text in the feed, with its media type; None when there is none, or a summary only.

    """

    key: str
    url: str | None
    stated: tuple[tuple[str, str, str], ...]
    content: tuple[str, str] | None


def collect(source: Source, landing: Landing) -> Iterator[Found]:
    """Yield the articles that some feeds list: their pages, or the texts in the feed where the source says so."""
    with asking(source, landing) as ask:
        for location in source.location:
            data, found = fetch_document(location, source, landing, ask)
            yield found
            if data is None or found.fetch is None:
                continue
            entries = read_feed(data, found.fetch)
            if entries is None:
                yield unreadable(found.fetch.url, "feed", "neither RSS nor Atom nor JSON Feed")
                continue
            pages = [Wanted(entry.url, entry.stated) for entry in entries if entry.url and source.pages]
            yield from fetch_pages(pages, source, landing, ask)
            for entry in entries[: source.limit]:
                if entry.content and not (entry.url and source.pages):
                    yield _land(entry, found.fetch, source, landing)


def read_feed(data: bytes, fetch: Fetch) -> Sequence[Entry] | None:
    """Return the entries of a feed; None when it is none."""
    place = fetch.final_url or fetch.url
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _read_json(data, place)
    headers = {"content-location": place, "content-type": fetch.media_type or ""}
    # a stream, never bytes: feedparser would open a file that has such a name
    parsed = feedparser.parse(
        io.BytesIO(data), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
    )
    if not parsed.get("version") and not parsed.entries:
        return None
    about = tuple(_about(parsed.feed.get("title"), parsed.feed.get("language")))
    return [_entry(entry, about, place) for entry in parsed.entries]


def _entry(entry: Mapping[str, Any], about: tuple[tuple[str, str, str], ...], place: str) -> Entry:
    url = _url(entry.get("link"), place)
    said = [("title", _plain(entry.get("title")))]
    said += [("author", _plain(author.get("name"))) for author in entry.get("authors") or [] if author]
    # feedparser gives the time of publication for that of the update where there is none: "in" tells them apart
    said += [(name, entry[name]) for name in ("published", "updated") if name in entry]
    stated = tuple((name, value, SAYS) for name, value in said if value and not (name == "author" and "@" in value))
    contents = entry.get("content") or []
    content = next(((c.get("value"), c.get("type") or "text/html") for c in contents if c.get("value")), None)
    return Entry(str(entry.get("id") or url or ""), url, (*stated, *about), content)


def _read_json(data: bytes, place: str) -> Sequence[Entry] | None:
    """Return the entries of a JSON Feed (jsonfeed.org, 1.1)."""
    try:
        feed = json.loads(data)
    except ValueError:
        return None
    items = feed.get("items") if isinstance(feed, dict) and "jsonfeed.org" in str(feed.get("version")) else None
    if not isinstance(items, list):
        return None
    about = tuple(_about(feed.get("title"), feed.get("language")))
    return [_json_entry(item, about, place) for item in items if isinstance(item, dict)]


def _json_entry(item: Mapping[str, Any], about: tuple[tuple[str, str, str], ...], place: str) -> Entry:
    url = _url(item.get("url"), place)
    said = [("title", item.get("title"))]
    authors = item.get("authors") or [item.get("author")]
    said += [("author", author.get("name")) for author in authors if isinstance(author, dict)]
    said += [("published", item.get("date_published")), ("updated", item.get("date_modified"))]
    stated = tuple((name, value, SAYS) for name, value in said if isinstance(value, str) and value.strip())
    kinds = (("content_html", "text/html"), ("content_text", "text/plain"))
    content = next(((item[name], kind) for name, kind in kinds if isinstance(item.get(name), str)), None)
    return Entry(str(item.get("id") or url or ""), url, (*stated, *about), content)


def _about(title: object, language: object) -> Iterator[tuple[str, str, str]]:
    """Yield what a feed says of all its articles."""
    if isinstance(title, str) and title.strip():
        yield "site", _plain(title), SAYS
    if isinstance(language, str) and (found := _LANGUAGE.match(language)):
        yield "language", found[1].lower(), SAYS


def _plain(written: object) -> str:
    """Return words without the markup that feeds put into titles."""
    return " ".join(html.unescape(_TAG.sub("", written)).split()) if isinstance(written, str) else ""


def _url(written: object, place: str) -> str | None:
    """Return the address of an entry; None for one that is none."""
    try:
        return normalise(str(httpx.URL(place).join(written))) if isinstance(written, str) and written.strip() else None
    except (CopydeskError, httpx.InvalidURL, ValueError):
        return None


def _land(entry: Entry, fetch: Fetch, source: Source, landing: Landing) -> Found:
    """Keep the text that stands in the feed; it goes by the address of its page, else by what the feed calls it."""
    text, media_type = entry.content or ("", "")
    data = text.encode("utf-8", "surrogatepass")
    landing.expected += 1
    try:
        digest = landing.keep(data, fetch.url)
    except CopydeskError as error:
        return Found(error=error)
    return Found(
        Capture(
            source=source.name,
            path=f"{fetch.url}#{entry.key}",
            url=entry.url,
            sha256=digest,
            size=len(data),
            media_type=f"{media_type}; charset=utf-8",
            captured_at=landing.now(),
            stated=entry.stated,
        )
    )
