"""The words for page, and those between a page's number and how many there are."""

from __future__ import annotations

import re
from functools import cache

from copydesk.tables import read_table

SEPARATED = re.compile(r"\s?[|·•∙‖¦]\s?|\s[—–-]\s|\s{3,}|\t")
"""What stands between the parts of a running head."""


@cache
def page_words() -> tuple[str, str]:
    """Return the patterns of both, the longest first."""
    listed = [row for (row,) in read_table("page_words.txt")]
    page, of = " ".join(listed[:-1]).split(), listed[-1].split()
    return tuple("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) for words in (page, of))  # type: ignore[return-value]
