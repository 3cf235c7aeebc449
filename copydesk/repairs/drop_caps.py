"""Drop capitals: the large first letter of a text, which comes apart from its word when a page is copied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from copydesk.proposals import Proposal
from copydesk.view import WORD, View

VERSION = 1

FIRST_LINES = 600
"""Characters at the start of a text within which a capital may stand doubled (``D David``)."""
SAMPLE = 1500
"""Characters from which the language is told."""
PROSE = 30
"""A line with a drop capital is at least so long: shorter ones are entries of a list."""
_START = "[ \t\u00a0\ufeff]*[\"'“‘«„]?"
_GAP = "(?:[ \u00a0]{1,2}|[ \t]*\r?\n(?:[ \t]*\r?\n){0,3}[ \t]*)"
_AT_START = re.compile(rf"\A({_START})([^\W\d_])({_GAP})([^\W\d_]+(?:[’'][^\W\d_]+)?)")
_BEHIND = re.compile(r"\n(" + _START + r")([^\W\d_])(" + _GAP + r")([^\W\d_]+(?:[’'][^\W\d_]+)?)")
_ENGLISH = re.compile(r"\b(?:the|and|of|to|was|said)\b")
ENGLISH_WORDS = frozenset("AIO")
"""Letters that are words in English; elsewhere nearly every letter is one, or was one with an apostrophe."""
BEGINNINGS = frozenset(
    "after although amid among an and another any are around as at all also across according against american "
    "if in into is it its instead israel iran iraq india indian it's "
    "of off on once one only or our out other over officials on "
    "der die das den dem des ein eine im in am auf nach mit bei wer was wie es er sie ich wir und vor seit für "
    "le la les un une des dans depuis pour sur avec il elle ils ce cette c'est en au aux après alors "
    "el los las un una en al por para con desde es se no lo y "
    "il lo la gli un una nel nella dal con per da di è si non "
    "os as um uma no na em do da com por ao de het een van op in der de "
    "в на по из за от до не но как что это его".split()
)
"""Words that articles begin with, in the languages where one letter alone proves little."""
COMPOUNDS = frozenset(
    "cell cells coli ray rays shirt shirts section sections boat boats force forces day sharp list lists bend turn "
    "turns mail plus factor rated type types lymphocytes bomb bombs level levels word words street class team side men "
    "man club company line lines train star stars group groups is was in and or to for of on at the a may can has "
    "had".split()
)
"""Words that stand behind a letter of their own right: T cells, E coli, X rays."""


def find_drop_caps(view: View) -> Iterator[Proposal]:
    r"""Propose to give the first letter of a paragraph back to its word.

    Left alone: letters that are words (``A man``, ``I am``), ``T cells``, initials, entries of an alphabet.

    >>> texts = ["T\n\nHE court met in the town hall of Riga.", "T he court and the mayor met in the hall."]
    >>> texts.append("D Dan said no, the end.")
    >>> [(p.start, p.end, p.replacement) for text in texts for p in find_drop_caps(View(text * 3))]
    [(0, 5, 'The'), (1, 2, ''), (0, 2, '')]
    """
    text = view.text
    first = _AT_START.match(text)
    found = [match for match in (first, *_BEHIND.finditer(text)) if match is not None and match[2].isupper()]
    found = [match for match in found if _is_prose(text, match)]
    if not found:
        return
    known = _Known(text)
    is_alphabet = _are_entries(found)
    for match in found:
        proposal = _repaired(match, known, is_alphabet=is_alphabet)
        if proposal is not None:
            yield proposal


class _Known:
    """The words of a text and its language. They are searched for, since few are ever asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> str:
        return self.text.casefold()

    @cached_property
    def is_english(self) -> bool:
        return len(_ENGLISH.findall(self.text, 0, SAMPLE)) * 500 > min(len(self.text), SAMPLE)

    def __contains__(self, word: object) -> bool:
        sought, folded = str(word), self.folded
        start = folded.find(sought)
        while start >= 0:
            end = start + len(sought)
            if not _is_of_word(folded[start - 1 : start]) and not _is_of_word(folded[end : end + 1]):
                return True
            start = folded.find(sought, start + 1)
        return False


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _is_prose(text: str, match: re.Match[str]) -> bool:
    end = text.find("\n", match.end())
    return (end if end >= 0 else len(text)) - match.start(4) >= PROSE


def _are_entries(found: Sequence[re.Match[str]]) -> bool:
    """Tell whether letters on lines of their own head the entries of a list."""
    heads = {match[2] for match in found if "\n" in match[3] and not match[4].islower()}
    return len(heads) > 2


def _repaired(match: re.Match[str], known: _Known, *, is_alphabet: bool) -> Proposal | None:
    letter, gap, word = match[2], match[3], match[4]
    start, end = match.start(2), match.start(4)
    is_own_line = "\n" in gap
    if word.islower():
        if _joins(letter, word, known):
            return _proposal(end - len(gap), end, "")
        is_wrapped = is_own_line and letter in ENGLISH_WORDS and known.is_english
        return _proposal(end - len(gap), end, " ") if is_wrapped else None
    if is_alphabet:
        return None
    if word.isupper():
        return _from_capitals(match, known)
    is_doubled = word[0] == letter and len(word) > 2 and (is_own_line or start < FIRST_LINES)
    is_doubled &= not (letter in ENGLISH_WORDS and not is_own_line and word.casefold() not in BEGINNINGS)
    return _proposal(start, end, "") if is_doubled else None


def _from_capitals(match: re.Match[str], known: _Known) -> Proposal | None:
    """Return what makes ``T HE court`` ``The court``; a whole line of capitals keeps them."""
    letter, gap, word = match[2], match[3], match[4]
    joined = (letter + word).casefold()
    is_far = "\n" in gap and letter not in ENGLISH_WORDS
    is_likely = joined in BEGINNINGS or joined in known or (is_far and known.is_english)
    is_likely |= joined in {
        "the",
        "this",
        "that",
        "they",
        "there",
        "when",
        "what",
        "we",
        "you",
        "he",
        "she",
        "but",
        "for",
    }
    if not is_likely:
        return None
    behind = WORD.search(match.string, match.end())
    if behind is not None and len(behind.group()) > 1 and behind.group().isupper():
        return _proposal(match.start(3), match.end(3), "")
    return _proposal(match.start(2), match.end(4), letter + word.lower())


def _joins(letter: str, word: str, known: _Known) -> bool:
    """Tell whether a capital and a word in small letters are one word."""
    joined, rest = (letter + word).casefold(), word.casefold()
    stem = WORD.match(joined)
    likely = joined in BEGINNINGS or (stem is not None and stem.group() in known)
    if letter in ENGLISH_WORDS and not likely:
        return False
    if not known.is_english:
        return likely and joined != rest
    if letter in ENGLISH_WORDS:
        return joined in BEGINNINGS or (likely and _is_rare(rest))
    return likely or rest not in COMPOUNDS


def _is_rare(rest: str) -> bool:
    """Tell whether the rest of a word is none itself: no vowel at its start and two consonants that begin no word."""
    return len(rest) < 3 or rest[:2] not in _ONSETS


_ONSETS = frozenset(
    a + b for a in "bcdfghjklmnpqrstvwyz" for b in "aeiouy"
) | frozenset(
    "bl br ch cl cr dr dw fl fr gh gl gn gr kl kn kr ph pl pr ps qu rh sc sh sk sl sm sn sp sq st sw th tr tw wh wr "
    "ab ac ad af ag ai al am an ap ar as at au av aw ea ed ef ei el em en ep eq er es et eu ev ex ey id ig il im in io "
    "ir is it ob oc od of oi ol om on op or os ot ou ov ow ox oy ug ul um un up ur us ut".split()
)  # fmt: skip


def _proposal(start: int, end: int, replacement: str) -> Proposal:
    return Proposal(start, end, replacement, "dropcap", "drop_caps.apart", "a drop capital came apart", 0.9)
