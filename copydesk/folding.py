"""The words of a text without what readers do not notice: case, spacing, and the shapes of marks and dashes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_MARKS: Mapping[int, str] = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "−": "-", "…": "..."}
)
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Return a text as far as its words go.

    Superscripts and fractions stay what they are: 10² is not 102.

    >>> fold("He  said “No”.")
    'he said "no".'
    """
    folded = "".join(unicodedata.normalize("NFKC", part) if not part.isnumeric() else part for part in _pieces(text))
    return _SPACES.sub(" ", folded.translate(_MARKS).casefold()).strip()


def _pieces(text: str) -> list[str]:
    return [text] if text.isascii() else re.split(r"([²³¹⁰-⁹₀-₉¼-¾⅐-⅞])", text)
