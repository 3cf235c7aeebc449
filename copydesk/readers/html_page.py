"""Web pages: the base text is the article's blocks; what the page says of itself are candidates."""

from __future__ import annotations

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser

from copydesk.config import Options, SiteRules
from copydesk.document import Candidate, Decoding, Document, LeftOut, Span
from copydesk.readers.html_blocks import VOID, Page, read_blocks
from copydesk.readers.html_choice import choose_blocks, hints_of, mark_blocks, score_blocks
from copydesk.readers.html_draft import Draft, Judged, why_left_out
from copydesk.readers.html_fallback import is_swallowed, unswallow
from copydesk.readers.html_features import Hints
from copydesk.readers.html_model import load_model
from copydesk.readers.metadata import read_metadata
from copydesk.readers.site_rules import rules_for

MAX_OPEN = 500
"""Elements of one name that may be open at a time, and ten times as many of all names together: the parser takes time
with the square of the depth."""
MANY_TAGS = 10_000
"""Pages with fewer cannot nest so deep that it matters."""
_CLOSED_BY_THEMSELVES = VOID | frozenset("p li dt dd td th tr option rb rp rt".split())
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")


def read_html(
    text: str,
    decoding: Decoding | None = None,
    url: str | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
) -> Document:
    """Return the document of a page; without an article its text is empty, and a candidate says so.

    A page on which nothing is found, although its source has paragraphs, is parsed once more with Beautiful Soup.

    Raises:
        InputError: the plug-in of the page's site cannot be loaded, or fails.

    """
    draft, candidates, page = _read(LexborHTMLParser(bound_depth(text)), text, url, options)
    if not draft.blocks and is_swallowed(page, text):
        again = _read(LexborHTMLParser(bound_depth(unswallow(text))), text, url, options)
        draft, candidates, page = again if again[0].blocks else (draft, candidates, page)
    if not draft.blocks:
        candidates = (Candidate("kind", "not_an_article", "body"), *candidates)
    return Document(
        draft.text,
        tuple(draft.blocks),
        candidates,
        "html",
        decoding,
        url,
        source=text,
        left_out=tuple(draft.left_out),
        made=tuple(draft.made),
    )


def _read(
    tree: LexborHTMLParser, text: str, url: str | None, options: Options
) -> tuple[Draft, tuple[Candidate, ...], Page]:
    candidates = tuple(read_metadata(tree, text, url))
    rules = (
        rules_for((url, *(c.value for c in candidates if c.name == "url")), options.sites) if options.sites else None
    )
    if rules:
        return _read_by_rules(tree, candidates, rules)
    page = read_blocks(tree)
    judged = _judge(page, hints_of(candidates))
    draft = Draft()
    for block, kind, score in zip(page.blocks, judged.kinds, judged.scores, strict=True):
        if kind:
            draft.keep(kind, block.text)
        else:
            draft.left_out.append(
                LeftOut(
                    page.elements[block.element].kind,
                    block.text,
                    draft.start,
                    why_left_out(page, block),
                    round(score, 3),
                )
            )
    return draft, candidates, page


def _read_by_rules(
    tree: LexborHTMLParser, candidates: tuple[Candidate, ...], rules: SiteRules
) -> tuple[Draft, tuple[Candidate, ...], Page]:
    from copydesk.readers import site_choice, site_said, soup_blocks  # noqa: PLC0415 - only such pages need a soup

    head = soup_blocks.parse_soup((tree.head.html or "") if tree.head else "").head
    page = read_blocks(tree)  # the tree has no head any more
    soup = soup_blocks.parse_soup(tree.html or "")
    if head is not None:
        (soup.html or soup).insert(0, head)
    candidates = (*site_said.find_said(soup, rules), *candidates)
    return site_choice.apply_rules(_judge(page, hints_of(candidates)), soup, rules), candidates, page


def _judge(page: Page, hints: Hints) -> Judged:
    model = load_model()
    scores = score_blocks(page, hints, model)
    return Judged(page, scores, mark_blocks(page, scores, choose_blocks(page, scores, model.cut)), hints.titles)


def bound_depth(source: str) -> str:
    """Return a source without the opening tags that would nest deeper than any page does.

    >>> len(bound_depth("<div>" * 100_000)) == len("<div>") * MAX_OPEN
    True
    """
    if source.count("<") <= MANY_TAGS:
        return source
    count = Counter[str]()
    depth = 0
    dropped: list[Span] = []
    for tag in _TAG.finditer(source):
        name = tag[2].lower()
        if name in _CLOSED_BY_THEMSELVES:
            continue
        if tag[1]:
            if count[name]:
                count[name] -= 1
                depth -= 1
        elif count[name] >= MAX_OPEN or depth >= 10 * MAX_OPEN:
            end = source.find(">", tag.end())
            dropped.append(Span(tag.start(), len(source) if end < 0 else end + 1))
        else:
            count[name] += 1
            depth += 1
    return _without(source, dropped) if dropped else source


def _without(source: str, spans: list[Span]) -> str:
    parts, at = [], 0
    for start, end in spans:
        if start >= at:
            parts.append(source[at:start])
        at = max(at, end)
    return "".join((*parts, source[at:]))
