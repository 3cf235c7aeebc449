"""Tells what stands where an article stood: an error page, a wall, a home page, or much less of the article.

Nothing here says that a text is bad by itself; it says that it is worse than what was there before.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from copydesk.article import Article, Flag
from copydesk.readers.metadata_about import is_home
from copydesk.tables import phrases

SHORT = 150
"""Words: an error page or a wall has fewer."""
HALF = 0.5
"""A text that keeps this share of the words before is no error page, whatever it says."""
CUT = 0.8
"""The share of the words below which an article that is newly cut off, or for subscribers, counts as a teaser."""
FAR_SHORTER = 0.4
"""The share of the words below which much of the article is gone."""
LEAST = 60
"""Words before: of a shorter article nothing can be said by its length."""
LEADS = 3
"""Paragraphs at the beginning, beside the title, in which an error page or a wall says what it is."""
LONGEST = 200
"""Characters of a line that says so."""
NOTES = 400
"""Characters at each end of a text in which a note of a correction stands."""


class StandIn(StrEnum):
    """What stands where an article stood."""

    ERROR_PAGE = "error_page"
    WALL = "wall"
    NO_ARTICLE = "no_article"
    SHORTER = "shorter"


class Before(NamedTuple):
    """What is known of the article as it was: its words (their number) and its flags."""

    words: int
    flags: frozenset[str]


class Found(NamedTuple):
    """What stands there, and in words how that was seen."""

    kind: StandIn
    reason: str


def find_stand_in(article: Article, before: Before | None, address: str | None = None) -> Found | None:
    """Return what stands in for an article, if anything does.

    An article that is shorter and says that it was corrected or withdrawn is left alone; so is the first state of an
    article, unless it was fetched and is an error page.

    Args:
        article: as received now.
        before: the state before; None for the first.
        address: that answered in the end, when it is not the one that was asked for.

    """
    words = len(article.text.split())
    if before is None:
        line = _line(article, "error_page") if words < SHORT and _is_page(article) else None
        return Found(StandIn.ERROR_PAGE, f"It looks like an error page ({line!r}).") if line else None
    counted = f"{words} words, {before.words} before"
    if words < SHORT and words < HALF * before.words:
        for kind, name in ((StandIn.ERROR_PAGE, "an error page"), (StandIn.WALL, "a wall before the article")):
            if line := _line(article, kind):
                return Found(kind, f"It looks like {name} ({line!r}): {counted}.")
    return _find_other(article, before, address, counted)


def _find_other(article: Article, before: Before, address: str | None, counted: str) -> Found | None:
    """Return what stands there if it says nothing of itself: another page, or less of the article."""
    words = len(article.text.split())
    if Flag.NOT_AN_ARTICLE in article.flags and Flag.NOT_AN_ARTICLE not in before.flags:
        return Found(StandIn.NO_ARTICLE, f"There is no article on the page any more: {counted}.")
    if address and is_home(address) and not is_home(article.document.url or ""):
        return Found(StandIn.NO_ARTICLE, f"Its address leads to a home page now ({address}).")
    cut = {str(flag) for flag in article.flags & {Flag.PAYWALLED, Flag.TRUNCATED}} - before.flags
    if cut and words < CUT * before.words:
        return Found(StandIn.WALL, f"It is cut short ({', '.join(sorted(cut))}): {counted}.")
    if before.words >= LEAST and words < FAR_SHORTER * before.words and not is_corrected(article):
        return Found(StandIn.SHORTER, f"It is far shorter: {counted}.")
    return None


def is_corrected(article: Article) -> bool:
    """Tell whether an article says at its beginning or end that it was corrected, or withdrawn."""
    ends = f"{article.title or ''}\n{article.text[:NOTES]}\n{article.text[-NOTES:]}"
    return _pattern("correction").search(_plain(ends)) is not None


def _is_page(article: Article) -> bool:
    return article.document.format == "html" or article.document.url is not None


def _line(article: Article, kind: str) -> str | None:
    """Return the line among the title and the first paragraphs that says that it is an error page, or a wall.

    Of a page that has no text of an article, the first blocks of all are looked at.
    """
    starts = [article.text[start:end] for start, end in article.paragraphs[:LEADS]]
    for line in (article.title, *(starts or [block.text for block in article.document.left_out[:LEADS]])):
        if line and len(line) <= LONGEST and _pattern(kind).search(_plain(line)):
            return " ".join(line.split())
    return None


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    known = sorted({_plain(words) for words in phrases("stand_ins.tsv", kind)}, key=lambda words: (-len(words), words))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, known)) + r")\b")


def _plain(text: str) -> str:
    """Return a text without case, accents and the shapes of apostrophes."""
    parts = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())
