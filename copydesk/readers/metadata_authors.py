"""Who wrote a page's article, out of the places that name the writers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from copydesk.readers.metadata_jsonld import Json, Value, texts_of, types_of
from copydesk.readers.metadata_names import (
    Name,
    find_byline_names,
    find_credited_names,
    find_dated_names,
    find_names,
    is_agency,
    is_credit,
)
from copydesk.readers.metadata_page import NEAR_BEFORE, Page, text_of
from copydesk.readers.metadata_site import key_of, names_site

_META = re.compile(
    r"(?:.*[.:_/#-])?(?:article[_-]?)?(?:authors?|creators?|byl|byline|written by|author[_-]?names?|writers?|"
    r"citation_authors?)$"
)
_NOT_META = re.compile(r"twitter|content-creator|smartbanner|image|photo|fb:|msapplication|generator")
_AUTHOR = re.compile(r"auth?or(?!i[zs]|ity)|auteur|by-?line|writer|reporter|journalist|redakt|firma|contributor")
_OTHERS = re.compile(
    r"comment|avatar|image|img|photo|foto|picture|related|teaser|social|follow|footer|sidebar|widget|nav\b|menu|quote|"
    r"recommend|promo|popular|trending|most-|next|prev|css|stylesheet|authority|facebook|twitter|linkedin|instagram|"
    r"bild|media|gallery|form|reply|listing|teaser|snippet|mail|title$|position|job|role|desc|kommentar|reviewer"
)
_LABELLED = (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2"))
"""Meta elements that say what others hold: "Written by"."""
MAX_BYLINE = 160
MAX_DATED_LINES = 8
MAX_LOOKED_AT = 60
MAX_KEYS = 2000
"""Names of meta elements that are kept in mind: pages have the same some hundred."""


class Author(NamedTuple):
    """A writer as one place names him."""

    name: str
    is_person: bool
    source: str


def find_authors(page: Page, sites: frozenset[str]) -> list[Author]:
    """Return the writers of a page's article, the most believable place first, people before organisations.

    The places, in this order: linked data, meta elements, microdata, links with rel=author, elements that are styled as
    a byline; and where none of them names a person or an agency, lines of credit behind the heading, and a name beside
    a date. A name that is also the site's is an organisation's.
    """
    groups: list[list[Author]] = []
    for source, find in _PLACES.items():
        found: dict[str, Author] = {}
        for name in find(page):
            key = key_of(name.text)
            if key and key not in found:
                found[key] = Author(name.text, name.is_person and not names_site(name.text, sites), source)
        groups.append(list(found.values()))
    if not any(_is_strong(author) for group in groups for author in group):
        lines = page.lines(before=NEAR_BEFORE)[0]
        names = find_credited_names(lines) or (find_dated_names(lines[:MAX_DATED_LINES]) if page.headings else [])
        credited = [Author(name.text, name.is_person, "credit line") for name in names]
        groups.append([author for author in credited if _is_strong(author)])
    others = [[author for author in group if not names_site(author.name, sites)] for group in groups]
    strong = [author for group in others if any(map(_is_strong, group)) for author in group]
    return (
        _in_full(strong)
        or [author for group in others for author in group]
        or [author for group in groups for author in group]
    )


def _in_full(authors: list[Author]) -> list[Author]:
    """Put names before the same people's names for signing in (idaholm, Ida Holm)."""
    whole = {author.name.casefold().replace(" ", "") for author in authors if " " in author.name}
    logins = {a.source for a in authors if " " not in a.name and a.name.islower() and a.name in whole}
    return sorted(authors, key=lambda author: author.source in logins)


def _is_strong(author: Author) -> bool:
    """Tell whether a name is that of a person or of a news agency: the site's own name says nothing."""
    return author.is_person or is_agency(author.name)


def _from_linked_data(page: Page) -> Iterator[Name]:
    if page.article is None:
        return
    by_id: dict[object, Json] = {thing["@id"]: thing for thing in page.things if isinstance(thing.get("@id"), str)}
    value = page.article.get("author") or page.article.get("creator")
    for item in value if isinstance(value, list) else [value]:
        yield from _names_of(item, by_id)


def _names_of(item: Value, by_id: Mapping[object, Json]) -> Iterator[Name]:
    is_organisation = False
    if isinstance(item, dict):
        whole = by_id.get(item.get("@id"), item) if not item.get("name") else item
        is_organisation = any("Organization" in kind for kind in types_of(whole))
        item = whole.get("name")
    for text in texts_of(item):
        for name in find_names(text):
            yield Name(name.text, name.is_person and not is_organisation)


def _from_metas(page: Page) -> Iterator[Name]:
    for key, values in page.metas.items():
        if _names_writer(key):
            for value in dict.fromkeys(values):
                if "://" not in value:
                    yield from find_names(value)
    for label, key in _LABELLED:
        if is_credit(page.meta(label) or ""):
            yield from find_names(page.meta(key) or "")


@lru_cache(MAX_KEYS)
def _names_writer(key: str) -> bool:
    """Tell whether a meta element of this name holds writers."""
    return bool(_META.match(key)) and not _NOT_META.search(key)


def _from_microdata(page: Page) -> Iterator[Name]:
    nodes = [
        (name, node)
        for name, node in page.marked
        if name in ("author", "creator", "schema:author") and node.tag != "meta"
    ]
    for name, node in nodes:
        inner = node.css_first('[itemprop="name"]')
        names = find_byline_names(lines_of(inner or node))
        if names:
            yield from names
            yield from _beside(node, name, nodes)
            return


def _from_links(page: Page) -> Iterator[Name]:
    nodes = [
        (label, node)
        for label, node in page.styled
        if "author" in label and "author" in (node.attributes.get("rel") or "").lower()
    ]
    for label, node in nodes:
        names = find_names(text_of(node, MAX_BYLINE))
        if names:
            yield from names
            yield from _beside(node, label, nodes)
            return


def _from_bylines(page: Page) -> Iterator[Name]:
    behind, before = page.around_heading()
    ordered = behind + before
    looked_at = 0
    for label, node in ordered:
        if not _AUTHOR.search(label) or _OTHERS.search(label):
            continue
        looked_at += 1
        if looked_at > MAX_LOOKED_AT:
            return
        text = lines_of(node)
        if not text or len(text) > MAX_BYLINE or "{" in text:
            continue
        names = find_byline_names(text)
        if names and (" " in names[0].text or names[0].text[0].isupper() or "vcard" in label):
            yield from names
            yield from _beside(node, label, ordered)
            return


def _beside(first: LexborNode, label: str, ordered: Sequence[tuple[str, LexborNode]]) -> Iterator[Name]:
    """Yield the names in elements of the same label in the same box."""
    box = first.parent.parent if first.parent is not None else None
    if box is None:
        return
    place = label.split("/", maxsplit=1)[0]
    for other, node in ordered[:MAX_LOOKED_AT]:
        above = node.parent.parent if node.parent is not None else None
        if other.split("/")[0] == place and above is not None and above.mem_id == box.mem_id:
            yield from (name for name in find_byline_names(lines_of(node)) if " " in name.text)


def lines_of(node: LexborNode) -> str:
    """Return an element's text, a line for each text in it."""
    text = node.text(separator="\n")[: MAX_BYLINE * 3]
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))[: MAX_BYLINE + 1]


_PLACES: Mapping[str, Callable[[Page], Iterator[Name]]] = {
    "json-ld author": _from_linked_data,
    "meta author": _from_metas,
    "microdata author": _from_microdata,
    "rel=author": _from_links,
    "byline": _from_bylines,
}
