"""The time of publication beside the article's own blocks, for pages that state it nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copydesk.document import BlockKind, Candidate
from copydesk.moments import parse_stamps
from copydesk.readers.html_blocks import Page
from copydesk.repairs.datelines import label_pattern

BEFORE, WITHIN, BEHIND = 8, 3, 4
"""Blocks before the article, of its beginning and behind it that are looked at."""
MAX_LINE = 100
"""Characters of a line that may be a date line."""
MAX_LEAD = 40
"""Characters of a paragraph in which the date that it opens with ends."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_NO_DATE = re.compile(r"©|\(c\)|copyright|[“”„«»?]|\b(?:until|bis|from|ab|jusqu|hasta)\b", re.IGNORECASE)


def find_nearby_times(page: Page, kinds: Sequence[BlockKind | None]) -> Iterator[Candidate]:
    """Yield when the article was published, or else updated, by the date line that is nearest to it.

    Looked at are short lines before its first block, the nearest first, the first blocks themselves, and short lines
    behind its last; of a paragraph, the date that it opens with. Left alone: dates of copyrights and in quotations.
    """
    kept = [i for i, kind in enumerate(kinds) if kind]
    if not kept:
        return
    first, last = kept[0], kept[-1]
    near = (*range(first - 1, first - 1 - BEFORE, -1), *kept[:WITHIN], *range(last + 1, last + 1 + BEHIND))
    updated: Candidate | None = None
    for i in near:
        if not 0 <= i < len(page.blocks):
            continue
        for name, value in _times_in(page.blocks[i].text):
            if name == "published":
                yield Candidate(name, value, "date line")
                return
            updated = updated or Candidate("updated", value, "date line")
    if updated:
        yield updated


def _times_in(text: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\n"):
        head = line if len(line) <= MAX_LINE else line[:MAX_LEAD]
        if _YEAR.search(head) and not _NO_DATE.search(head):
            stamp = next(iter(parse_stamps(head)), None)
            if stamp and (len(line) <= MAX_LINE or stamp.start <= MAX_LEAD // 2):
                labels = [match.lastgroup for match in label_pattern().finditer(head, 0, stamp.start)]
                yield (labels[-1] if labels else None) or "published", head[stamp.start : stamp.end]
