"""Web pages: the base text is the article's blocks; what the page says of itself are candidates."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from copydesk.config import Options, SiteRules
from copydesk.document import Candidate, Decoding, Document, LeftOut
from copydesk.readers.html_blocks import MAX_BLOCKS, Page, read_blocks
from copydesk.readers.html_bounds import parse
from copydesk.readers.html_choice import choose_blocks, hints_of, mark_blocks, score_blocks
from copydesk.readers.html_draft import Draft, Judged, why_left_out
from copydesk.readers.html_fallback import is_swallowed, unswallow
from copydesk.readers.html_features import Hints
from copydesk.readers.html_model import load_model
from copydesk.readers.metadata import read_metadata
from copydesk.readers.metadata_nearby import find_nearby_times
from copydesk.readers.site_rules import rules_for


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
    draft, candidates, page = _read(parse(text), text, url, options)
    if not draft.blocks and is_swallowed(page, text):
        again = _read(parse(unswallow(text)), text, url, options)
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
    if page.is_cut:
        candidates = (*candidates, Candidate("truncated", "true", f"only {MAX_BLOCKS:,} blocks of the page were read"))
    if not any(candidate.name == "published" for candidate in candidates):
        candidates = (*candidates, *find_nearby_times(page, judged.kinds))
    draft = Draft()
    elements, left_out = page.elements, draft.left_out
    for block, kind, score in zip(page.blocks, judged.kinds, judged.scores, strict=True):
        if kind:
            draft.keep(kind, block.text)
        else:
            element = elements[block.element]
            rounded = round(score, 3) if score else 0.0
            left_out.append(LeftOut(element.kind, block.text, draft.start, why_left_out(element, block), rounded))
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
