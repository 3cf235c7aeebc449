"""The headline of a page, out of the places that give one, without the site's name."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from copydesk.readers.metadata_jsonld import first_text, is_article
from copydesk.readers.metadata_page import Page, text_of
from copydesk.readers.metadata_site import key_of, names_site

SEPARATOR = re.compile(r"\s+(?:[|·•»«›‹:~]|[-–—]{1,2}|::|//)\s+|\s*(?:[|｜ㅣ：_]|\s»|«\s)\s*")
"""What stands between a headline and the name of its site or section."""
WEIGHTS = {"json-ld headline": 2.4, "h1": 1.7, "microdata": 1.0, "og:title": 0.6, "twitter:title": 0.5, "title": 0.3}
"""How far each place is believed; places that say the same add up. Set on pages of 60 % of the sites."""
MAX_HEADINGS = 8
MAX_HEADING = 400
MIN_SHARE = 0.34
"""Share of words that a heading has in common with a title to be taken for one version of it."""


class Title(NamedTuple):
    """A title as one place gives it, the site's name taken off."""

    text: str
    source: str


def find_titles(page: Page, names: frozenset[str]) -> list[Title]:
    """Return the titles that a page gives, the most believable first.

    Places that give the same words (letters and digits) stand together for them; of several first-level headings the
    one counts that another place confirms, else the first that is not the site's name. A name of the site or of its
    section at either end is taken off; it is known by the places that name the site, by the page's address, or because
    the rest is what another place gives as title. Left alone: colons and dashes within a headline.
    """
    given = [title for title in _given(page) if key_of(title.text)]
    known = {key_of(title.text) for title in given} | {key_of(text) for text in _headings(page) if text}
    titles = [Title(_without_site(title.text, names, known), title.source) for title in given]
    found = _heading(page, titles, names)
    if found is not None:
        page.heading, heading = found
        titles.insert(0, Title(heading, "h1"))
    return _by_belief(titles)


def _given(page: Page) -> Iterator[Title]:
    if page.article is not None:
        headline = first_text(page.article.get("headline"))
        name = None if headline or not is_article(page.article) else first_text(page.article.get("name"))
        if headline or name:
            yield Title(headline or name or "", "json-ld headline")
    for source in ("og:title", "title", "twitter:title"):
        value = page.title if source == "title" else page.meta(source)
        if value:
            yield Title(html.unescape(value) if "&" in value else value, source)
    for name, node in page.marked:
        if name in ("headline", "schema:headline") and node.tag not in ("meta", "h1"):
            yield Title(text_of(node, MAX_HEADING), "microdata")
            return


def _headings(page: Page) -> list[str]:
    return [text_of(node, MAX_HEADING) for node, _ in page.headings[:MAX_HEADINGS]]


def _heading(page: Page, titles: Sequence[Title], names: frozenset[str]) -> tuple[int, str] | None:
    """Return the number and the text of the first-level heading that is the headline, if one is."""
    headings = [(i, text) for i, text in enumerate(_headings(page)) if key_of(text) and not names_site(text, names)]
    keys = [key_of(title.text) for title in titles]
    for i, text in headings:
        if key_of(text) in keys:
            return i, text
    for i, text in headings:
        key = key_of(text)
        if len(key.split()) > 2 and any(key in other or (len(other.split()) > 3 and other in key) for other in keys):
            return i, text
    shared = [(_share(key_of(text), keys), -i, text) for i, text in headings]
    best = max(shared, default=None)
    if best is not None and (best[0] >= MIN_SHARE or len(headings) == 1):
        return -best[1], best[2]
    return headings[0] if headings and not titles else None


def _share(key: str, others: Sequence[str]) -> float:
    """Return the largest share of words that a title has in common with others."""
    words = set(key.split())
    return max((len(words & set(o.split())) / len(words | set(o.split())) for o in others if o), default=0.0)


def _without_site(text: str, names: frozenset[str], known: set[str]) -> str:
    """Take the names of the site and its sections off either end of a title."""
    while (shorter := _without_name(text, names)) != text:
        text = shorter
    for cut in SEPARATOR.finditer(text):
        for kept in (text[: cut.start()].strip(), text[cut.end() :].strip()):
            if key_of(kept) in known and len(key_of(kept).split()) > 1:
                return kept
    return text


def _without_name(text: str, names: frozenset[str]) -> str:
    """Take one name of the site off an end of a title, the end first."""
    cuts = [*SEPARATOR.finditer(text)]
    if not cuts:
        return text
    head, tail = text[: cuts[-1].start()].strip(), text[cuts[-1].end() :].strip()
    if names_site(tail, names) and key_of(head):
        return head
    head, tail = text[: cuts[0].start()].strip(), text[cuts[0].end() :].strip()
    return tail if names_site(head, names) and key_of(tail) else text


def _by_belief(titles: Sequence[Title]) -> list[Title]:
    """Order titles by the summed weights of the places that give the same words; equal ones as they come."""
    belief: dict[str, float] = {}
    for title in titles:
        key = key_of(title.text)
        belief[key] = belief.get(key, 0.0) + WEIGHTS[title.source]
    return sorted(titles, key=lambda title: -belief[key_of(title.text)])
