"""Which language a text is in, and what is known of each (``data/languages.json``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

from copydesk.extract.verbs import load

ENGLISH = "en"
UNKNOWN = "und"
"""ISO 639-2 for a language that is not determined: one in a script that several languages share."""

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "ko": re.compile("[\uac00-\ud7af]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    UNKNOWN: re.compile("[\u0400-\u04ff\u0600-\u06ff\u0900-\u097f\u0e00-\u0e7f]"),
}
"""Scripts that tell a language, the surest first; kanji stand in Japanese texts too. UNKNOWN: Cyrillic, Arabic ..."""
_SAMPLE = 2_000
"""Characters that are looked at: enough for some 300 words."""
_MIN_WORDS = 8
_MIN_HITS = 3
_MIN_SHARE = 0.12
_LEAD = 2.0
_SCRIPT_SHARE = 0.3


@cache
def languages() -> Mapping[str, Mapping[str, Any]]:
    """Return what is known of each language, by its ISO 639-1 code."""
    return {code: entry for code, entry in load("languages.json").items() if code != "comment"}


@cache
def _languages_of_words() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, entry in languages().items():
        for word in entry["words"].split():
            found[word] = (*found.get(word, ()), code)
    return found


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language; None where it is too short to tell, or in none that is known.

    >>> language_of("Der Rat hat am Montag über die Brücke gesprochen, und sie wird nicht gebaut.")
    'de'
    >>> language_of("The council spoke of the bridge on Monday, and it will not be built."), language_of("Rom, Paris")
    ('en', None)
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    letters = sum(map(len, words))
    for code, script in _SCRIPTS.items() if not sample.isascii() else ():
        if letters and len(script.findall(sample)) > _SCRIPT_SHARE * letters:
            return code
    counts = Counter(code for word in words for code in _languages_of_words().get(word, ()))
    if len(words) < _MIN_WORDS or not counts:
        return None
    (best, count), *others = counts.most_common()
    is_clear = count >= max(_MIN_HITS, _MIN_SHARE * len(words))
    is_clear = is_clear and (best == ENGLISH or count >= _LEAD * counts[ENGLISH])
    return best if is_clear and (not others or count > others[0][1]) else None
