"""Which blocks of a page are its article."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.document import Candidate
from copydesk.readers.html_blocks import Page
from copydesk.readers.html_features import Hints, block_features, plain
from copydesk.readers.html_model import Model

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
    if sum(len(b.text) for b, keep in zip(page.blocks, kept, strict=True) if keep) < MIN_ARTICLE:
        return [False] * len(kept)
    return kept
