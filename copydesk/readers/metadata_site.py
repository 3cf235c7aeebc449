"""What a page calls its site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from copydesk.readers.metadata_jsonld import first_text, types_of
from copydesk.readers.metadata_page import Page, addresses

_PUBLISHERS = frozenset("WebSite Organization NewsMediaOrganization Corporation LocalBusiness".split())
_ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les|el|il|o) ")
_WORD = re.compile(r"\w+")
_METAS = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "publisher",
    "dc.publisher",
    "cre",
    "al:ios:app_name",
)


class SiteName(NamedTuple):
    """A name of the site, and the place that gives it."""

    text: str
    source: str


def find_site_names(page: Page) -> list[SiteName]:
    """Return the names that a page gives its site, the most believable first."""
    found: dict[str, SiteName] = {}
    for name in _given(page):
        if name.text and "://" not in name.text:
            found.setdefault(name.text, name)
    return list(found.values())


def _given(page: Page) -> Iterator[SiteName]:
    site = page.meta("og:site_name")
    if site:
        yield SiteName(site, "og:site_name")
    if page.article is not None:
        yield SiteName(first_text(page.article.get("publisher")) or "", "json-ld publisher")
    for thing in page.things:
        if not _PUBLISHERS.isdisjoint(types_of(thing)):
            yield SiteName(first_text(thing.get("name")) or "", "json-ld " + types_of(thing)[0])
    for key in _METAS[1:]:
        yield SiteName(page.meta(key) or "", key)


def site_keys(page: Page, names: list[SiteName]) -> frozenset[str]:
    """Return what the site is called, as words without case and marks: its names, and those that its address gives."""
    return frozenset(filter(None, (*(key_of(name.text) for name in names), *_domain_keys(page))))


def _domain_keys(page: Page) -> Iterator[str]:
    for address in addresses(page):
        host = (host_of(address) or "").removeprefix("www.")
        if host:
            yield from (key_of(host), key_of(host).replace(" ", ""))
            yield from ("".join(_WORD.findall(label)) for label in host.split(".")[:-1] if len(label) > 2)


def host_of(address: str) -> str | None:
    """Return the host of an address; None when there is none."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def names_site(text: str, keys: frozenset[str]) -> bool:
    """Tell whether a text is nothing but a name of the site."""
    key = key_of(text)
    bare = _ARTICLE.sub("", key)
    return bool(bare) and not keys.isdisjoint((key, key.replace(" ", ""), bare, bare.replace(" ", "")))


def key_of(text: str) -> str:
    """Return the words of a text without case and marks."""
    return " ".join(_WORD.findall(text.casefold()))
