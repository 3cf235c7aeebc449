"""Which blocks of a page are its article."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.document import BlockKind, Candidate
from copydesk.readers.html_blocks import Page, PageBlock
from copydesk.readers.html_features import Hints, block_features, name_tokens, plain
from copydesk.readers.html_model import Model

MIN_MARKED = 0.02
"""Captions that score less belong to something else on the page."""
MIN_ARTICLE = 80
"""Characters; what is shorter is no article."""


def hints_of(candidates: Sequence[Candidate]) -> Hints:
    """Return what of a page's metadata its blocks can be compared with."""
    titles = dict.fromkeys(plain(c.value) for c in candidates if c.name == "title")
    described = next((c.value for c in candidates if c.name == "description"), "")
    return Hints(tuple(titles), plain(described)[:60])


def score_blocks(page: Page, hints: Hints, model: Model) -> list[float]:
    """Return, per block, the chance that it is part of the article, 0 to 1."""
    return model.scores(block_features(page, hints, model.lexicon))


def choose_blocks(page: Page, scores: Sequence[float], cut: float) -> list[bool]:
    """Tell, per block, whether it is part of the article."""
    kept = [score >= cut for score in scores]
    if sum(len(block.text) for block, keep in zip(page.blocks, kept, strict=True) if keep) < MIN_ARTICLE:
        return [False] * len(kept)
    return kept


def mark_blocks(page: Page, scores: Sequence[float], kept: Sequence[bool]) -> list[BlockKind | None]:
    """Return the kind of each block of the article; None for blocks left out.

    Captions and pull quotes among the blocks of the article belong to it, as what they are.
    """
    inside = [i for i, keep in enumerate(kept) if keep]
    first, last = (inside[0], inside[-1]) if inside else (0, -1)
    has_quotes = "pull" in " ".join([e.names for e in page.elements]).lower()
    prose = [plain(page.blocks[i].text) for i in inside] if has_quotes else []
    kinds: list[BlockKind | None] = []
    for i, block in enumerate(page.blocks):
        kind = page.elements[block.element].kind
        if kept[i]:
            is_pulled = has_quotes and _is_named_pull_quote(page, block) and _is_repeated(block, prose)
            kinds.append(BlockKind.PULL_QUOTE if is_pulled else kind)
        elif kind is BlockKind.CAPTION and first < i < last and scores[i] >= MIN_MARKED:
            kinds.append(kind if 2 * block.linked <= len(block.text) else None)
        else:
            kinds.append(None)
    return kinds


def _is_named_pull_quote(page: Page, block: PageBlock) -> bool:
    """Tell whether the names of the elements around a block say that it is one."""
    at = block.leaf
    for _ in range(5):
        e = page.elements[at]
        if "pull" in e.names.lower() and not {"pullquote", "pull"}.isdisjoint(name_tokens(e.names)):
            return True
        if e.parent < 0:
            return False
        at = e.parent
    return False


def _is_repeated(block: PageBlock, prose: Sequence[str]) -> bool:
    flat = plain(block.text)
    return len(flat) > 20 and any(flat in text and len(text) > len(flat) for text in prose)
