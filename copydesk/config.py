"""What can be chosen: one frozen record, the same for every document of a run."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024
Phrases = tuple[tuple[str, tuple[str, ...]], ...]
"""(kind of insert, the user's lines of that kind), by kind."""
INSERT_KINDS = ("ad_marker", "read_more", "share_row", "newsletter", "cookie", "comments", "paywall")
"""The kinds for which users may name lines of their own."""


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are read and cleaned.

    Attributes:
        max_bytes: larger inputs are refused: no article is that long, and an archive wants its own reader.
        min_confidence: proposals below it are kept as suggestions for a person, not applied.
        spacy: the name of an installed spaCy pipeline that finds names too; None for none.
        phrases: whole lines that are inserts, by kind (one of ``INSERT_KINDS``); ``*`` stands for any words.

    """

    max_bytes: int = 16 * MEBIBYTE
    min_confidence: float = 0.5
    spacy: str | None = None
    phrases: Phrases = ()
