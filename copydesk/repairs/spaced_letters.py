"""Words that were set with space between their letters: ``A m e r i c a``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from copydesk.proposals import Proposal
from copydesk.view import WORD, View
from copydesk.word_list import english_words

VERSION = 1

LEAST_LETTERS, LEAST_CAPITALS = 4, 5
"""Shorter ones may be initials, an acronym or a list: ``U S A``, ``x y z``, ``N A T O``."""
_BLANKS = " \t\u00a0\u2002-\u200a\u202f"
_SPECIAL = re.compile("[\u00a0\u2002-\u200a\u202f]")
_HINT = re.compile(" [^\\W\\d_] [^\\W\\d_] ")
_SPECIAL_HINT = re.compile("[\u00a0\u2002-\u200a\u202f][^\\W\\d_][\u00a0\u2002-\u200a\u202f]")
_RUN = re.compile(rf"(?<![\w’'&.-])[^\W\d_](?:[{_BLANKS}]{{1,4}}[^\W\d_](?!\w))+(?![’']?\w\w)(?!&)")
_GAP = re.compile(f"[{_BLANKS}]+")
_DOTTED_HINT = re.compile(r"\.[a-z]\.[a-z]\.[a-z]\.[a-z]")
_DOTTED = re.compile(r"(?<![\w.@/-])[a-z](?:\.[a-z]){4,40}(?![\w.@/-])")
_VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœаеёиіоуыэюяαεηιουωάέήίόύώ")


def find_spaced_letters(view: View) -> Iterator[Proposal]:
    r"""Propose to close up words whose letters stand apart; a wider gap parts two words.

    Left alone: initials, acronyms, lists of letters, vowels, the alphabet, scripts without capitals.

    >>> text = "The w i l d  c o a s t of J R R Tolkien, a b c d and the U S A"
    >>> [(text[p.start : p.end], p.replacement) for p in find_spaced_letters(View(text))]
    [('w i l d  c o a s t', 'wild coast')]
    """
    text, special = view.text, any(map(_SPECIAL.match, view.odd))
    if _HINT.search(text) or (special and _SPECIAL_HINT.search(text)):
        known: frozenset[str] = frozenset()
        for match in _RUN.finditer(text):
            if match.end() - match.start() < 2 * LEAST_LETTERS - 3:
                continue
            known = known or frozenset(WORD.findall(text.casefold()))
            yield from _closed(text, match, known)
    if "." in text and _DOTTED_HINT.search(text):
        for match in _DOTTED.finditer(text):
            word = match.group().replace(".", "")
            if _is_word(word):
                yield _proposal(match.start(), match.end(), word)


def _closed(text: str, match: re.Match[str], known: frozenset[str]) -> Iterator[Proposal]:
    """Yield the run of single letters as words, if that is what it is."""
    start, end = _edges(match)
    gaps = _GAP.findall(text, start, end)
    if not gaps:
        return
    within = Counter(gaps).most_common(1)[0][0] if len(gaps) > 2 else min(gaps, key=len)
    if len(within) > 1:
        within = min(gaps, key=len)
    words = _split(text[start:end], within)
    is_special = _SPECIAL.search(within) is not None
    if not is_special:
        start, end, words = _without_neighbours(start, end, words, known)
    letters = sum(map(len, words))
    least = LEAST_LETTERS - is_special if any(c.islower() for w in words for c in w) else LEAST_CAPITALS
    if letters >= least and max(map(len, words)) >= 3 and all(_is_cased(w) for w in words) and _is_word("".join(words)):
        yield _proposal(start, end, " ".join(words))


def _edges(match: re.Match[str]) -> tuple[int, int]:
    """Return the run without the words of one letter (``a``, ``I``) that an ordinary space parts from special gaps."""
    start, end = match.span()
    run = match.group()
    if _SPECIAL.search(run):
        if run[1:2] == " " and run[2:3] != " " and len(run) > 3 and _SPECIAL.match(run[3]):
            start += 2
        if run[-2:-1] == " " and run[-3:-2] != " " and len(run) > 3 and _SPECIAL.match(run[-4]):
            end -= 2
    return start, end


def _split(run: str, within: str) -> list[str]:
    words, begin = [""], 0
    for gap in _GAP.finditer(run):
        words[-1] += run[begin : gap.start()]
        if gap.group() != within:
            words.append("")
        begin = gap.end()
    words[-1] += run[begin:]
    return words


def _without_neighbours(start: int, end: int, words: list[str], known: frozenset[str]) -> tuple[int, int, list[str]]:
    """Leave out an ``a`` or ``I`` at either end that is a word of its own, as the document or a word list can tell."""

    def is_word(letters: str) -> bool:
        return letters.casefold() in known or letters.casefold() in english_words()

    first, last = words[0], words[-1]
    if first[0] in "aAI" and len(first) > 2 and not is_word(first) and is_word(first[1:]):
        start, words = start + 2, [first[1:], *words[1:]]
    if last[-1] == "a" and len(last) > 2 and not is_word(words[-1]) and is_word(words[-1][:-1]):
        end, words = end - 2, [*words[:-1], words[-1][:-1]]
    return start, end, words


def _is_cased(word: str) -> bool:
    return word.islower() or word.isupper() or word.istitle()


def _is_word(word: str) -> bool:
    """Tell whether letters may make a word: vowels and consonants, neither the alphabet nor a rhyme scheme."""
    letters = word.casefold()
    vowels = sum(c in _VOWELS for c in letters)
    return 0 < vowels < len(letters) and not _is_alphabet(letters) and max(letters) > "e"


def _is_alphabet(letters: Sequence[str] | str) -> bool:
    return all(ord(b) - ord(a) == 1 for a, b in pairwise(letters))


def _proposal(start: int, end: int, words: str) -> Proposal:
    return Proposal(start, end, words, "spaced_letters", "spaced_letters.closed", "letters set apart", 0.9)
