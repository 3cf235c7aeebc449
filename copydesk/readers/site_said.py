"""What the rules of a site find on a page: title, authors, time of publication; and whether they can be understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import soupsieve
from bs4 import BeautifulSoup, Tag

from copydesk.config import SELECTORS, SiteRules
from copydesk.document import SITE_RULES, Candidate
from copydesk.errors import CopydeskError
from copydesk.moments import parse_stamp, parse_stamps
from copydesk.readers.metadata_names import find_byline_names
from copydesk.readers.site_rules import name_of

_PLUGIN = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*:[^\W\d]\w*")
MAX_VALUE = 400
"""Characters of a title, a byline or a date."""


def check_rules(rules: SiteRules) -> None:
    """Raise an error if some rules cannot be understood.

    Raises:
        CopydeskError: a selector, or the name of the plug-in, is none.

    """
    for key in SELECTORS:
        for selector in getattr(rules, key):
            try:
                soupsieve.compile(selector)
            except soupsieve.SelectorSyntaxError as error:
                reason = str(error).partition("\n")[0].rstrip(".:")
                advice = 'Write a CSS selector as Beautiful Soup\'s select() takes it, as "div.article-body > p".'
                raise CopydeskError(f"{name_of(rules, key)}: {selector!r}: {reason}.", advice=advice) from error
    if rules.plugin and not _PLUGIN.fullmatch(rules.plugin):
        advice = 'Write module:function, as "tidy:tidy_article" for tidy_article in tidy.py.'
        raise CopydeskError(f"{name_of(rules, 'plugin')}: {rules.plugin!r} names no function.", advice=advice)


def find_said(soup: BeautifulSoup, rules: SiteRules) -> Iterator[Candidate]:
    """Yield what the page says in the places that its site's rules name: title, authors, time of publication.

    Notes tell where a rule does not do what it is for.

    Raises:
        CopydeskError: the rules cannot be understood.

    """
    check_rules(rules)
    title = next(filter(None, (_words(tag) for tag in selected(soup, rules.title))), None)
    if title:
        yield Candidate("title", title, SITE_RULES)
    for name in dict.fromkeys(name for tag in selected(soup, rules.author) for name in _names(_words(tag))):
        yield Candidate("author", name, SITE_RULES)
    dates = selected(soup, rules.date)
    value = next(filter(None, map(time_in, dates)), None)
    if value:
        yield Candidate("published", value, SITE_RULES)
    elif dates:
        yield Candidate("note", f"{name_of(rules, 'date')}: no time is read in {_words(dates[0])!r}", SITE_RULES)
    if rules.keep and not selected(soup, rules.keep):
        yield Candidate("note", f"{name_of(rules, 'keep')} finds nothing on this page", SITE_RULES)


def selected(soup: Tag, selectors: Sequence[str]) -> list[Tag]:
    """Return the elements that the first selector finds of those that find some."""
    return next(filter(None, (list(soup.select(selector)) for selector in selectors)), [])


def told_by(soup: BeautifulSoup, rules: SiteRules) -> Iterator[tuple[str, Tag]]:
    """Yield the elements that tell a field, with the key that names them; what is long is no field."""
    for key, selectors in (("title", rules.title), ("author", rules.author), ("date", rules.date)):
        for tag in selected(soup, selectors):
            if len(tag.get_text()) <= MAX_VALUE and (key != "date" or time_in(tag)):
                yield key, tag


def _words(tag: Tag) -> str:
    """Return what an element says: the content of a ``meta`` element, and the text of all others."""
    text = str(tag.get("content") or "") if tag.name == "meta" else tag.get_text(" ")
    return " ".join(text.split())[:MAX_VALUE]


def _names(text: str) -> list[str]:
    """Return the people that a byline names; all of it where it cannot be read as one."""
    return [name.text for name in find_byline_names(text)] or ([text] if text else [])


def time_in(tag: Tag) -> str | None:
    """Return the first time that an element states, as written: for machines, or else for readers."""
    for value in (str(tag.get("datetime") or ""), str(tag.get("content") or "")):
        if parse_stamp(value):
            return value
    text = _words(tag)
    return next((text[stamp.start : stamp.end] for stamp in parse_stamps(text)), None)
