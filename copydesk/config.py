"""What can be chosen: one frozen record, the same for every document of a run."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024
Phrases = tuple[tuple[str, tuple[str, ...]], ...]
"""(kind of insert, the user's lines of that kind), by kind."""
INSERT_KINDS = ("ad_marker", "read_more", "share_row", "newsletter", "cookie", "comments", "paywall")
"""The kinds for which users may name lines of their own."""


SELECTORS = ("keep", "drop", "title", "author", "date")
"""What CSS selectors of a site can be named for."""


@dataclass(frozen=True, slots=True)
class SiteRules:
    """What people know of the pages of a site, in CSS selectors as Beautiful Soup's ``select`` takes them.

    Attributes:
        site: the name of its host; those below it belong to it (``news.example.org`` to ``example.org``).
        keep: what they select is the article, and nothing else is.
        drop: what they select is no part of the article.
        title, author, date: what they select says so; of several selectors the first that finds something counts.
        plugin: ``module:function``: is called with the soup of the article and may change it, or return another.
        plugin_sha256: the hash of its module's code, in hex, where it is known: other code, other rows.

    """

    site: str
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    plugin: str = ""
    plugin_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are read and cleaned.

    Attributes:
        max_bytes: larger inputs are refused: no article is that long, and an archive wants its own reader.
        min_confidence: proposals below it are kept as suggestions for a person, not applied.
        spacy: the name of an installed spaCy pipeline that finds names too; None for none.
        phrases: whole lines that are inserts, by kind (one of ``INSERT_KINDS``); ``*`` stands for any words.
        sites: what is known of the pages of some sites; of those that fit a page the most exact counts.

    """

    max_bytes: int = 16 * MEBIBYTE
    min_confidence: float = 0.5
    spacy: str | None = None
    phrases: Phrases = ()
    sites: tuple[SiteRules, ...] = ()
