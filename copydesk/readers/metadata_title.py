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
_BESIDE = re.compile(SEPARATOR.pattern + r"|:\s+")
WEIGHTS = {"json-ld headline": 3.2, "h1": 1.5, "microdata": 1.4, "og:title": 0.8, "twitter:title": 0.3, "title": 0.3}
"""How far each place is believed; places that say the same add up. Set on pages of half of the sites.

Linked data outweighs every other place, and the heading the titles that are written for search engines and networks.
"""
MAX_HEADLINE = 250
"""Length of a headline in linked data; what is longer is a summary."""
MAX_HEADINGS = 8
MAX_HEADING = 400
MIN_SHARE = 0.34
"""Share of words that a heading has in common with a title to be taken for one version of it."""

MAX_LOWER = 12
_SECTIONS = frozenset(
    "news blog aktuelles magazin magazine presse press home startseite artikel article articles".split()
)
"""Headings of sections, in words without case."""
_DATE_IN_FRONT = re.compile(r"^\s*\d{1,2}\.\d{1,2}\.\d{4}\s*[-–—:|]?\s+(?=\S+\s+\S)")
_EASTERN_SITE = re.compile(r"[-_—–|]\s*[^-_—–|\s]{1,10}(?:网|網|报|報|新闻|新聞|频道|頻道|在线|电视台|ニュース)\s*$")


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
    headings = _headings(page)
    names = names | _learned_names(given)
    known = {key_of(text) for text in (*(title.text for title in given), *headings)} - names
    bare = {text: _without_site(text, names, known) for text in {title.text for title in given}}
    titles = [Title(bare[title.text], title.source) for title in given]
    found = _heading(headings, titles, names) or _lower_heading(page, titles)
    if found is not None:
        page.heading, heading = found
        titles.insert(0, Title(_without_name(heading, names), "h1"))
    return _without_kicker(_by_belief(titles))


def _learned_names(titles: Sequence[Title]) -> set[str]:
    """Return what stands beside one place's title in another's: the site or its section."""
    keys = {key_of(title.text) for title in titles if title.source != "title"}
    found = set[str]()
    for text in {title.text for title in titles}:
        for cut in _BESIDE.finditer(text):
            head, tail = key_of(text[: cut.start()]), key_of(text[cut.end() :])
            found |= {one for one, other in ((head, tail), (tail, head)) if other in keys and len(other.split()) > 2}
    return found - keys


def _without_kicker(titles: list[Title]) -> list[Title]:
    """Put what two places give as title before a heading that has further words in front of it."""
    if titles and titles[0].source == "h1":
        key, keys = key_of(titles[0].text), [key_of(title.text) for title in titles]
        for at, other in enumerate(keys):
            if key.endswith(" " + other) and len(other.split()) > 2 and keys.count(other) > 1:
                return [titles[at], *titles[:at], *titles[at + 1 :]]
    return titles


def _given(page: Page) -> Iterator[Title]:
    if page.article is not None:
        headline = first_text(page.article.get("headline"))
        name = None if headline or not is_article(page.article) else first_text(page.article.get("name"))
        title = headline or name
        if title and len(title) <= MAX_HEADLINE and key_of(title) != key_of(page.meta("description") or ""):
            yield Title(title, "json-ld headline")
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


def _heading(texts: Sequence[str], titles: Sequence[Title], names: frozenset[str]) -> tuple[int, str] | None:
    """Return the number and the text of the first-level heading that is the headline, if one is."""
    headings = [
        (i, text, key)
        for i, text in enumerate(texts)
        if (key := key_of(text)) and key not in _SECTIONS and not names_site(text, names)
    ]
    keys = [*dict.fromkeys(key_of(title.text) for title in titles)]
    for i, text, key in headings:
        if key in keys:
            return i, text
    for i, text, key in headings:
        if len(key.split()) > 2 and any(key in other or (len(other.split()) > 3 and other in key) for other in keys):
            return i, text
    shared = [(_share(key, keys), -i, text) for i, text, key in headings]
    best = max(shared, default=None)
    if best is not None and (best[0] >= MIN_SHARE or len(headings) == 1):
        return -best[1], best[2]
    return headings[0][:2] if headings and not titles else None


def _share(key: str, others: Sequence[str]) -> float:
    """Return the largest share of words that a title has in common with others."""
    words = set(key.split())
    return max((len(words & set(o.split())) / len(words | set(o.split())) for o in others if o), default=0.0)


def _lower_heading(page: Page, titles: Sequence[Title]) -> tuple[int, str] | None:
    """Return a second-level heading that one of the titles begins or ends with, where no first-level one is."""
    keys = [f" {key_of(title.text)} " for title in titles]
    for node in page.body.css("h2,h3")[:MAX_LOWER] if page.body is not None and keys else ():
        text = text_of(node, MAX_HEADING)
        key = f" {key_of(text)} "
        if key.count(" ") > 2 and any(other.startswith(key) or other.endswith(key) for other in keys):
            page.headings.append((node, 0))
            return len(page.headings) - 1, text
    return None


def _without_site(text: str, names: frozenset[str], known: set[str]) -> str:
    """Take the names of the site and its sections off either end of a title, and a date in front of it."""
    text = _DATE_IN_FRONT.sub("", text)
    text = text if text.isascii() else _EASTERN_SITE.sub("", text).rstrip() or text
    while (shorter := _without_name(text, names)) != text:
        text = shorter
    for cut in SEPARATOR.finditer(text):
        for kept in (text[: cut.start()].strip(), text[cut.end() :].strip()):
            if key_of(kept) in known and len(key_of(kept).split()) > 1:
                return kept
    return text


def _without_name(text: str, names: frozenset[str]) -> str:
    """Take one name of the site off an end of a title, the end first; with it goes what stands behind it."""
    cuts = [*SEPARATOR.finditer(text)]
    if not cuts:
        return text
    for cut, following in zip(cuts, [*cuts[1:], None], strict=True):
        head, end = text[: cut.start()].strip(), following.start() if following else len(text)
        if len(key_of(head).split()) > 1 and _names_house(text[cut.end() : end], names):
            return head
    head, tail = text[: cuts[-1].start()].strip(), text[cuts[-1].end() :].strip()
    if names_site(tail, names) and key_of(head):
        return head
    head, tail = text[: cuts[0].start()].strip(), text[cuts[0].end() :].strip()
    return tail if names_site(head, names) and key_of(tail) else text


def _names_house(text: str, names: frozenset[str]) -> bool:
    """Tell whether a part of a title is a name of the site, its initials, or begins with what its address is called."""
    if names_site(text, names):
        return True
    words = key_of(text).split()
    if len(words) == 1:
        return len(words[0]) > 2 and any(words[0] == _initials(name.split()) for name in names)
    return bool(words) and ((len(words) > 2 and _initials(words) in names) or (len(words[0]) > 4 and words[0] in names))


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words)


def _by_belief(titles: Sequence[Title]) -> list[Title]:
    """Order titles by the summed weights of the places that give the same words; equal ones as they come."""
    belief: dict[str, float] = {}
    for title in titles:
        key = key_of(title.text)
        belief[key] = belief.get(key, 0.0) + WEIGHTS[title.source]
    return sorted(titles, key=lambda title: -belief[key_of(title.text)])
