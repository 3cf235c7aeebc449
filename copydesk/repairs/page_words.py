"""The words for page, and those between a page's number and how many there are."""

from __future__ import annotations

import pkgutil
import re
from functools import cache


@cache
def page_words() -> tuple[str, str]:
    """Return the patterns of both, the longest first."""
    rows = (pkgutil.get_data("copydesk", "data/page_words.txt") or b"").decode("utf-8").splitlines()
    listed = [row for row in rows if row and not row.startswith("#")]
    page, of = " ".join(listed[:-1]).split(), listed[-1].split()
    return tuple("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) for words in (page, of))  # type: ignore[return-value]
