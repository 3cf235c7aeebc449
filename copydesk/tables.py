"""The tables of words that copydesk brings along (``copydesk/data``), as rows and as phrases."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator, Sequence
from functools import cache


def read_table(name: str) -> Iterator[Sequence[str]]:
    """Yield the rows of a table in copydesk/data: lines that are not empty and no comment, cut at tabs."""
    content = pkgutil.get_data("copydesk", f"data/{name}")  # importlib.resources takes 35 ms to import, for tempfile
    for line in (content or b"").decode("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def phrases(table: str, *roles: str) -> frozenset[str]:
    """Return the phrases of some roles in a table of (role, language, phrases by "|"), as written there."""
    return frozenset(words for role, _, cell in read_table(table) if role in roles for words in cell.split("|"))


@cache
def pattern_of(table: str, *roles: str) -> str:
    """Return a pattern of the phrases of some roles, the longest first; any white space may stand for a blank.

    >>> bool(re.fullmatch(pattern_of("bylines.tsv", "by"), "written by"))
    True
    """
    known = sorted(phrases(table, *roles), key=lambda words: (-len(words), words))
    return "|".join(re.escape(words).replace(r"\ ", r"\s+") for words in known) or "(?!)"
