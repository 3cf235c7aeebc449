"""Names for files that people and all file systems can read."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80
"""Characters of the words of a name: with a day and an id it stays far below the 255 bytes that file systems take."""
_NO_WORD = re.compile(r"[\W_]+")
_ACCENT = re.compile("[\u0300-\u036f]+")


def name_file(*parts: str | None) -> str:
    """Return a name without its ending: ASCII letters, digits and hyphens; what cannot be written so is left out.

    It is for the last part, an id, to tell names apart; of the others no more than ``LONGEST`` characters are taken.

    >>> name_file("2024-03-04", "Où est l'été? ../../etc", "ebe4eb06-dd6d")
    '2024-03-04-ou-est-l-ete-etc-ebe4eb06-dd6d'
    >>> name_file(None, "東京", "ebe4eb06-dd6d")
    'ebe4eb06-dd6d'
    """
    *words, last = (_plain(part) for part in parts if part)
    said = "-".join(word for word in words if word)[:LONGEST].rstrip("-")
    return "-".join(part for part in (said, last) if part)


def _plain(words: str) -> str:
    decomposed = _ACCENT.sub("", unicodedata.normalize("NFKD", words[: 4 * LONGEST]))
    return _NO_WORD.sub("-", _NO_WORD.sub("-", decomposed).encode("ascii", "ignore").decode().lower()).strip("-")
