"""What a page says about itself beside title, people and times: address, language, section, licence, kind of page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from copydesk.readers.metadata_jsonld import Value, first_text, is_article, texts_of, types_of
from copydesk.readers.metadata_page import Page
from copydesk.readers.metadata_site import host_of

MAX_TAGS = 40
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*")
_NO_ARTICLE_PATH = re.compile(r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?|index\.\w+|home/?|default\.\w+)?", re.IGNORECASE)
"""Paths of home pages: nothing, a language, or an index."""
_LISTING_PATH = re.compile(
    r"/(?:tags?|topics?|themen?|category|categories|kategorie|author|autor|search|suche|archive?)/[^/]*/?$"
)
_GALLERY_PATH = re.compile(
    r"/(?:gallery|galerie|bildergalerie|photos?|fotostrecke|slideshow|diaporama|fotogaleria)s?/", re.IGNORECASE
)
_LIVE_PATH = re.compile(
    r"(?:^|[/-])(?:liveblog|live-blog|liveticker|live-ticker|live-updates?|en-direct|minuto-a-minuto)(?=[/-]|$)",
    re.IGNORECASE,
)
_LISTS = frozenset("CollectionPage SearchResultsPage ProfilePage ItemList".split())
_GALLERIES = frozenset("ImageGallery MediaGallery".split())
_GOODS = frozenset("Product Offer Event JobPosting SoftwareApplication LocalBusiness Restaurant Movie".split())


class Said(NamedTuple):
    """A property of the page as one place gives it."""

    name: str
    value: str
    source: str


def find_properties(page: Page) -> Iterator[Said]:
    """Yield the properties of a page that one place or another gives, the most believable place of each first."""
    yield from _address(page)
    yield from _language(page)
    yield from _texts(page)
    yield from _paywall(page)
    yield from _kind(page)


def _address(page: Page) -> Iterator[Said]:
    """Yield the canonical address, if it is believable.

    It is believed on the same site only (where the page was fetched is known), and not if it is a home page or a
    page of lists.
    """
    for address, source in ((page.links.get("canonical"), "link canonical"), (page.meta("og:url"), "og:url")):
        whole = _joined(page.url, address)
        host = host_of(whole) if whole else None
        if (
            whole
            and host
            and _is_same_site(host, host_of(page.url) if page.url else None)
            and not is_home(whole)
            and not _LISTING_PATH.search(_path(whole))
        ):
            yield Said("url", whole, source)


def _joined(base: str | None, address: str | None) -> str | None:
    try:
        return urljoin(base or "", address) if address else None
    except ValueError:
        return None


def is_home(address: str) -> bool:
    """Tell whether an address is that of a site's home page.

    >>> is_home("https://example.org/en/"), is_home("https://example.org/en/2024/flood")
    (True, False)
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    return bool(_NO_ARTICLE_PATH.fullmatch(parts.path)) and not parts.query


def _is_same_site(one: str, other: str | None) -> bool:
    """Tell whether two hosts end in the same two names (three, where the second is short: example.co.uk)."""
    if other is None:
        return True
    return _site_of(one) == _site_of(other)


def _site_of(host: str) -> str:
    labels = host.lower().split(".")
    size = 3 if len(labels) > 2 and len(labels[-2]) <= 3 else 2
    return ".".join(labels[-size:])


def _language(page: Page) -> Iterator[Said]:
    given = (
        (first_text(page.article.get("inLanguage")) if page.article else None, "json-ld inLanguage"),
        (page.language, "html lang"),
        (page.meta("content-language", "dc.language", "dcterms.language", "language"), "meta language"),
        (page.meta("og:locale"), "og:locale"),
    )
    for value, source in given:
        match = _LANGUAGE.fullmatch(value.strip()) if value else None
        if match and len(match[1]) == 2:
            yield Said("language", match[1].lower(), source)


def _texts(page: Page) -> Iterator[Said]:
    article = page.article or {}
    section = first_text(article.get("articleSection"))
    yield from _said("section", section, "json-ld articleSection")
    yield from _said("section", page.meta("article:section", "section", "parsely-section"), "meta section")
    for tag in _tags(article.get("keywords"), page):
        yield Said("tag", tag, "keywords")
    yield from _said("description", first_text(article.get("description")), "json-ld description")
    yield from _said(
        "description", page.meta("description", "og:description", "twitter:description"), "meta description"
    )
    yield from _said("image", page.meta("og:image", "twitter:image"), "og:image")
    yield from _said("image", _image(article.get("image")), "json-ld image")
    licence = article.get("license")
    yield from _said(
        "licence", first_text(licence) if not isinstance(licence, dict) else _address_of(licence), "json-ld license"
    )
    yield from _said("licence", page.links.get("license"), "link license")
    yield from _said("licence", page.meta("dc.rights", "dcterms.license", "copyright"), "meta rights")


def _said(name: str, value: str | None, source: str) -> Iterator[Said]:
    if value:
        yield Said(name, value, source)


def _tags(keywords: Value, page: Page) -> list[str]:
    values = [*texts_of(keywords), *page.metas.get("article:tag", ()), *page.metas.get("news_keywords", ())]
    values = values or page.metas.get("keywords", [])
    tags = (part.strip() for value in values for part in value.split(","))
    return list(dict.fromkeys(tag for tag in tags if tag))[:MAX_TAGS]


def _address_of(value: Value) -> str | None:
    found = (value.get("url") or value.get("@id")) if isinstance(value, dict) else value
    return found if isinstance(found, str) else None


def _image(value: Value) -> str | None:
    return _address_of(value[0] if isinstance(value, list) and value else value)


def _paywall(page: Page) -> Iterator[Said]:
    """Yield that the article is not free, where its linked data says so, or its meta elements do."""
    things = [page.article] if page.article is not None else page.things
    if any(str(thing.get("isAccessibleForFree")).strip().lower() == "false" for thing in things):
        yield Said("paywalled", "true", "json-ld isAccessibleForFree")
    tier = (page.meta("article:content_tier") or "").lower()
    if tier in ("locked", "metered"):
        yield Said("paywalled", "true", "article:content_tier")


def _kind(page: Page) -> Iterator[Said]:
    """Yield what kind of page it is, if anything says so.

    Kinds are ``live_blog``, ``gallery``, ``index``, ``article`` and ``other``.
    """
    types = {kind for thing in page.things for kind in types_of(thing)}
    address = page.url or page.links.get("canonical") or page.meta("og:url") or ""
    path = _path(address)
    has_article = any(is_article(thing) for thing in page.things)
    if "LiveBlogPosting" in types:
        yield Said("kind", "live_blog", "json-ld LiveBlogPosting")
    elif _LIVE_PATH.search(path):
        yield Said("kind", "live_blog", "address")
    elif types & _GALLERIES or _GALLERY_PATH.search(path):
        yield Said("kind", "gallery", "json-ld" if types & _GALLERIES else "address")
    elif page.url and is_home(page.url):
        yield Said("kind", "index", "address")
    elif has_article or (page.meta("og:type") or "").lower() == "article":
        yield Said("kind", "article", "json-ld" if has_article else "og:type")
    elif types & _LISTS or _LISTING_PATH.search(path):
        yield Said("kind", "index", "json-ld" if types & _LISTS else "address")
    elif types & _GOODS:
        yield Said("kind", "other", "json-ld")


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
