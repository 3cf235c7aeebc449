"""Marks that a writer types and a renderer takes away: Markdown, wiki markup, templates in braces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from copydesk.repairs.tags import Mark

_IMAGE = re.compile(
    r"\[?!\[[^\[\]\n]{0,500}\](?:\([^()\s]{0,1000}(?:\s\"[^\"\n]{0,300}\")?\)|\[[\w-]{0,40}\])(?:\]\([^()\s]{1,1000}\))?"
)
_LINK = re.compile(
    r"(?<![!\]\\\[])\[(?!\[)([^\[\]\n]{1,500})(\]\((?:https?:|/|#|mailto:|www\.|\.|[\w-]+\.[a-z]{2,5}\b)[^()\s]{0,1000}"
    r"(?:\([^()\s]{0,200}\)[^()\s]{0,200})?(?:\s[\"'][^\"\n]{0,300})?\)|\][ ]?\[(?:\d{1,3}|[a-z][\w-]{0,40})?\])"
)
_BEHIND = re.compile(r"\] ?[(\[:]")
_NO_TEXT = re.compile(r"(?:\d+|sic|[Cc]itation needed|note \d+|\W+|.)")
_DEFINITION = re.compile(r"(?m)^ {0,3}\[[\w-]{1,40}\]: *<?(?:https?://|/|www\.)\S+(?: +[\"'(][^\n]{0,300})?$")
_EMPHASIS = re.compile(
    r"(?<![^\s“‘\"'«„(\[—–>,.:;/_*~-])(?P<mark>\*{1,3}|_{1,3}|~~)(?=[^\s*_~])(?P<inner>[^\n*_]{1,400}?|[^\n*]{1,400}?)"
    r"(?<=[^\s*~])(?P=mark)(?![\w*~])"
)
_HEADING = re.compile(r"(?m)^(#{1,6}[ \t]+)(?=[^\W_].*?(?P<close>[ \t]+#{1,6})?$)")
_SETTEXT = re.compile(r"(?m)^={2,6} ?(?=[^\s=])[^\n=]{1,200}[^\s=] ?(={2,6})$")
_WIKI_LINK = re.compile(r"(\[\[(?:[^\[\]|\n]{1,300}\|)?)([^\[\]|\n]{1,300})(\]\])")
_OUTER_LINK = re.compile(r"(\[https?://[^\s\[\]]{1,1000} +)([^\[\]\n]{1,500})(\])(?!\()")
_QUOTES = re.compile(r"(?<!')('{2,3}|'{5})(?=[^\s'])([^'\n]{1,300}(?:'[^'\n]{1,300}){0,5})(?<=[^\s'])\1(?!')")
_TEMPLATE = re.compile(r"\{\{([^{}\n|]{0,80}\|)?([^{}\n]{0,500})\}\}")
_NAMES = re.compile(r"\s*[\w.$:/# -]{0,60}\s*")
_FILE = re.compile(r"(?i)\[\[(?:file|image|datei|bild|fichier|archivo|category|kategorie|catégorie|categoría)\s?:")
_ASKS = re.compile(r"[a-z]+\s?=")


def find_wikitext(text: str) -> Iterator[Mark]:
    """Yield the marks of Markdown and wikis. Footnotes, ``[sic]``, starred notes and lists, and ``s**t`` have none."""
    certain = list(chain(_links(text), _braces(text), _wiki(text)))
    emphasis = list(_emphasis(text)) if any(m in text for m in "*_~") else []
    headings = list(_headings(text, has_others=bool(certain or emphasis))) if "#" in text or "=" in text else []
    yield from certain
    yield from headings
    yield from _sure(emphasis, others=len(certain) + len(headings))


def _links(text: str) -> Iterator[Mark]:
    if "[" not in text or not _BEHIND.search(text):
        return
    for match in _IMAGE.finditer(text):
        yield Mark(*match.span(), "markup.image")
    for match in _DEFINITION.finditer(text):
        yield Mark(*match.span(), "markup.definition")
    for match in _LINK.finditer(text):
        if not _NO_TEXT.fullmatch(match[1]):
            yield Mark(match.start(), match.start() + 1, "markup.link")
            yield Mark(*match.span(2), "markup.link")


def _wiki(text: str) -> Iterator[Mark]:
    has_links = "[" in text and "[[" in text
    if has_links:
        for match in _WIKI_LINK.finditer(text):
            if _FILE.match(match.group()):
                yield Mark(*match.span(), "markup.wiki")
            else:
                yield Mark(*match.span(1), "markup.wiki")
                yield Mark(*match.span(3), "markup.wiki")
    if "[" in text and "[http" in text:
        for match in _OUTER_LINK.finditer(text):
            yield Mark(*match.span(1), "markup.link")
            yield Mark(*match.span(3), "markup.link")
    if has_links or ("=" in text and "==" in text) or ("{" in text and "{{" in text):
        for match in _QUOTES.finditer(text):
            yield Mark(*match.span(1), "markup.wiki")
            yield Mark(match.end(2), match.end(), "markup.wiki")


def _braces(text: str) -> Iterator[Mark]:
    """Yield templates: with a text in it (``{{link|text}}``) its marks, else all of it."""
    if "{" not in text or "{{" not in text:
        return
    for match in _TEMPLATE.finditer(text):
        name, inner = match[1], match[2]
        shown = inner.rfind("|") + 1
        if _ASKS.match(inner, shown) or (name is None and (_NAMES.fullmatch(inner) and " " not in inner.strip())):
            yield Mark(*match.span(), "markup.template")
        else:
            yield Mark(match.start(), match.start(2) + shown, "markup.template")
            yield Mark(match.end(2), match.end(), "markup.template")


def _headings(text: str, *, has_others: bool) -> Iterator[Mark]:
    for match in _HEADING.finditer(text) if "#" in text else ():
        if has_others or match[1].startswith("##"):
            yield Mark(*match.span(1), "markup.heading")
            if match["close"]:
                yield Mark(*match.span("close"), "markup.heading")
    for match in _SETTEXT.finditer(text) if "=" in text and "==" in text else ():
        mark = match[1]
        if match.group().startswith(mark):
            lead = len(mark) + match.group()[len(mark)].isspace()
            tail = len(mark) + match.group()[-len(mark) - 1].isspace()
            yield Mark(match.start(), match.start() + lead, "markup.heading")
            yield Mark(match.end() - tail, match.end(), "markup.heading")


def _emphasis(text: str) -> Iterator[re.Match[str]]:
    position = 0
    while match := _EMPHASIS.search(text, position):
        yield match
        position = match.end()  # a mark that closes opens nothing


def _sure(emphasis: Sequence[re.Match[str]], others: int) -> Iterator[Mark]:
    """Yield marks of emphasis, but not the only one of a document about a single word: that may be the writer's."""
    others += len(emphasis) - 1
    for match in emphasis:
        is_phrase = any(c.isspace() for c in match["inner"].strip())
        if others or is_phrase:
            yield Mark(*match.span("mark"), "markup.emphasis")
            yield Mark(match.end() - len(match["mark"]), match.end(), "markup.emphasis")
