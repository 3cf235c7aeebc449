"""Whether a sentence is over where a piece of text ends, and whether the next piece goes on with it."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache

from copydesk.tables import read_table

STOPS = frozenset(".!?…。！？؟।۔｡")
_CLOSERS = frozenset("\"'”’»›)]}」』）】“")
OPENERS = frozenset("\"'“‘«‹„‚([¿¡「『（")
_LAST_WORD = re.compile(r"[^\W\d_][^\W\d_'’]*$")
_FIRST_WORD = re.compile(r"[^\W\d_][^\W_]{0,40}")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“‘„«])(?:(?:[^\W\d_]\.)+|(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Prof|Hon|Rev|vs|Nr|No|ca|bzw|Sr|Sra|Mme|Dra?)\.)$"
)
WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
"""Characters of scripts that are written without blanks between words: Chinese and Japanese."""
_FIRM = (
    "and or but of by at into than because whether und oder aber von dass im am vom beim zum zur für mit durch gegen "
    "ohne et ou mais y pero con del e ma di ed mas en och men i oraz"
)
_OTHERS = "an os as um uma do da uns is o his her this that these those each every all das die une non"
"""Of the articles and titles, those that end a heading, or are another word in another language."""
NEAR = 40
"""Characters before an end that are looked at."""


_ITEM = re.compile(r"(?:[-–—*•·▪‣●◦○■□➢➤✓→|#>=+~©]|\(?\d{1,3}[.)]\s|\(?[a-zA-Z][.)]\s|\d+$)")
_LABEL = re.compile(r"[^\W_][^.!?:|\n,]{0,30}(?:[:：|]|\s[—–]\s)")
_INNER_STOP = re.compile(r"(?<=[^\W\d_][^\W_])[.!?…][\"”’»)]?\s+[\"“‘«„(]?[^\W\d_]")
MIN_LONG = 60
"""Characters of a piece that is hardly a heading."""


class Ending(Enum):
    """How a piece of text ends."""

    STOP = auto()  # a sentence is over
    COLON = auto()  # something is announced
    OPEN = auto()  # neither


def ending(text: str, start: int, end: int) -> Ending:
    """Tell how the piece [start, end) of a text, without white space at its ends, ends.

    >>> [ending(text, 0, len(text)).name for text in ("It rained.", "“It rained,”", "He said:", "on the U.S.")]
    ['STOP', 'OPEN', 'COLON', 'OPEN']
    """
    at = end
    while at > start and end - at < NEAR and text[at - 1] in _CLOSERS:
        at -= 1
    last = text[at - 1] if at > start else ""
    if last in ":：":
        return Ending.COLON if last else Ending.OPEN
    if last not in STOPS:
        return Ending.OPEN
    is_short = last == "." and at == end and _ABBREVIATION.search(text, max(start, end - NEAR), end)
    return Ending.OPEN if is_short else Ending.STOP


@cache
def open_words() -> frozenset[str]:
    """Return the words that no sentence ends with."""
    return frozenset(word for _, _, listed in read_table("open_words.tsv") for word in listed.split())


@cache
def _english_words() -> frozenset[str]:
    rows = read_table("open_words.tsv")
    return frozenset(word for language, _, listed in rows if language == "en" for word in listed.split())


@cache
def firm_words() -> frozenset[str]:
    """Return those of the open words that no heading ends with either."""
    rows = read_table("open_words.tsv")
    firm = {word for _, name, listed in rows if name in ("article", "title") for word in listed.split()}
    return frozenset(firm | set(_FIRM.split())) - frozenset(_OTHERS.split())


@cache
def opener_words() -> frozenset[str]:
    """Return words that have a capital only because a sentence begins with them."""
    return frozenset(word for row in read_table("opener_words.txt") for word in row[0].split())


def ends_in_open_word(text: str, start: int, end: int, *, is_firm: bool = False) -> bool:
    """Tell whether the last word of [start, end) is one that no sentence ends with; ``is_firm``: no heading either.

    >>> ends_in_open_word("the head of the", 0, 15), ends_in_open_word("the head", 0, 8)
    (True, False)
    """
    match = _LAST_WORD.search(text, max(start, end - NEAR), end)
    if match:
        word = match.group().replace("’", "'")
        if word != word.lower() and word.lower() not in _english_words():
            return False  # a name
        return word.lower() in (firm_words() if is_firm else open_words())
    return text[end - 1 : end] == "." and bool(_ABBREVIATION.search(text, max(start, end - NEAR), end))


def goes_on(text: str, start: int) -> bool:
    """Tell whether a piece that begins at a position begins in mid-sentence: with a small letter, marks aside.

    Left out: names as "iPhone" and addresses as "www.".

    >>> [goes_on(text, 0) for text in ("said he", "(said he)", "Said he", "iPhone sales", "www.example.org", "12")]
    [True, True, False, False, False, False]
    """
    at = start
    while text[at : at + 1] in OPENERS and at - start < len(OPENERS):
        at += 1
    if not text[at : at + 1].islower() or text.startswith(("www.", "http"), at):
        return False
    match = _FIRST_WORD.match(text, at)
    word = match.group() if match else "a"
    return word.islower() and word.isalpha()


def first_word(text: str, start: int, end: int) -> str:
    """Return the first word of [start, end); nothing when a figure or a mark other than a quotation's begins it."""
    at = start
    while at < end and at - start < 3 and text[at] in OPENERS:
        at += 1
    match = _FIRST_WORD.match(text, at, end)
    return match.group() if match else ""


def last_word(text: str, start: int, end: int) -> str:
    """Return the last word of [start, end); nothing when a mark or a figure stands at the end."""
    match = _LAST_WORD.search(text, max(start, end - NEAR), end)
    return match.group() if match else ""


def glue(text: str, before: int, after: int) -> str:
    r"""Return what stands between two joined pieces, one that ends at ``before`` and one that begins at ``after``.

    >>> glue("one\ntwo", 3, 4), glue("灯塔\n看守", 2, 3)
    (' ', '')
    """
    is_wide = WIDE.match(text, before - 1) and WIDE.match(text, after) if before else None
    return "" if is_wide else " "


def is_item(text: str, start: int, end: int) -> bool:
    """Tell whether a line begins as an item of a list does, or as a labelled line: "- ", "2. ", "Class size: "."""
    if _ITEM.match(text, start, end):
        return True
    return end - start < 2 * MIN_LONG and bool(_LABEL.match(text, start, end))


def has_sentences(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence ends inside [start, end) and another begins: it is prose."""
    if WIDE.match(text, start):
        return text.find("。", start, end - 1) >= 0
    return end - start >= MIN_LONG and bool(_INNER_STOP.search(text, start, end))
