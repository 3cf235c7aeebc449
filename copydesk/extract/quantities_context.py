"""What the words around a figure say of it: how blurred it is, which way it moved, what it measures, if anything."""

from __future__ import annotations

import re

from copydesk.document import Span
from copydesk.extract.numerals import Numeral
from copydesk.facts import Direction


def _any(words: str) -> str:
    return "|".join(words.split())


_DEGREE = "(?:slightly |just |well |little |a little |no |much |far )?"
_MODIFIER = re.compile(
    rf"\b(?:nearly|almost|about|around|roughly|approximately|some|{_DEGREE}(?:over|under)"
    rf"|{_DEGREE}(?:more|less|fewer) than|at (?:least|most)|up to|close to|(?:an )?estimated"
    r"|as (?:many|much) as)\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
_UP = _any(
    """rise rises rose risen rising grow grows grew grown growing growth up increase increases increased increasing
    higher gain gains gained gaining jump jumps jumped jumping climb climbs climbed climbing soar soared soaring surge
    surges surged surging advance advances advanced rally rallied expand expands expanded expanding expansion raise
    raised more greater larger faster improved"""
)
_DOWN = _any(
    """fall falls fell fallen falling down decline declines declined declining drop drops dropped dropping decrease
    decreases decreased decreasing lower lowered lose lost loss losing plunge plunged plummeted slid slipped sank sunk
    shrink shrank shrunk tumble tumbled cut cuts cutting reduce reduced reducing reduction less fewer cheaper smaller
    slower eased dipped contracted contraction off"""
)
_BETWEEN_CUE_AND_FIGURE = _any(
    """by of a an as much estimated another further only just some sharply steeply slightly even at least about around
    nearly almost more less than over"""
)
_CUE = rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
_CUE_BEFORE = re.compile(rf"\b{_CUE}(?:\s+(?:{_BETWEEN_CUE_AND_FIGURE}))*\s*$", re.IGNORECASE)
_CUE_AFTER = re.compile(
    rf"[\s-]*(?:(?!(?:of|in|to|and|or|from|for|on|stake)\b)[a-z-]+\s+){{0,2}}?{_CUE}\b", re.IGNORECASE
)
_OFTEN_OTHER = frozenset({"more", "less", "fewer", "off", "over"})
_STOP_WORDS = frozenset(
    """of in to and or that who which were was are is have has had for on at by with from as will would could may than
    but while when where if after before since between among not it he she they we you i there the a an be been so
    because""".split()
)
_WORDS = re.compile(r"[\w’'–-]+")
_BACK = _any("the these those both all other between each any every our us them you")
_ANAPHORA = re.compile(rf"\b(?:{_BACK})\s+(?:other\s+|first\s+|last\s+)?$", re.IGNORECASE)
_LABELS = _any(
    """no nos number numbers chapter article section page pages room flight highway route channel phase type version
    part volume level grade round line group day figure table item paragraph step platform gate district ward precinct
    division resolution psalm category rule title"""
)
_LABEL = re.compile(rf"(?:\b(?:{_LABELS})\.?|\bgroup of|#)\s*$", re.IGNORECASE)
_UNITS_AFTER = _any("per percent % million billion year month day week km mile people")
_SCORE = re.compile(rf"\s?[-–]\s?\d{{1,3}}(?![\d%-])(?![\s-]?(?:{_UNITS_AFTER}))")
_SCORE_BEFORE = re.compile(r"\d{1,3}\s?[-–]\s?$")
_TERM = re.compile(r"[‘“\"'][^‘’“”\"'\n.,;]{2,40}[’”\"']")
_NAME_BEFORE = re.compile(r"[^.!?\s]\s[A-Z][A-Za-z’-]*[a-z]\s$")
_PLURAL = re.compile(r"\s(?:[a-z-]+\s){0,2}(?:[a-z-]+s|people|men|women|children)\b")
_WAYS = re.compile(r"-(?:way|sided|time|off|fold|tier)\b")
_SMALL = 12
_TERM_WORDS = 3
_MODIFIER_ENDS = frozenset(
    "nearly almost about around roughly approximately some over under than least most to estimated as a an".split()
)
_LETTERS = re.compile(r"[^\W\d_]+$")
_MODIFIER_WINDOW = 28
_CUE_WINDOW = 60


def last_word(text: str, end: int) -> str:
    """Return the word before a position that white space parts from it, in lower case; empty for none."""
    if not end or not text[end - 1].isspace():
        return ""
    word = "".join(text[max(0, end - _MODIFIER_WINDOW) : end].split()[-1:]).lower()
    return word if word.isalpha() else "".join(_LETTERS.findall(word)[-1:])


def modifier_before(text: str, start: int) -> tuple[int, str] | None:
    """Return where the words that blur a number begin, and the words: "nearly", "more than"."""
    if last_word(text, start) not in _MODIFIER_ENDS:
        return None
    found = _MODIFIER.search(text, max(0, start - _MODIFIER_WINDOW), start)
    return (found.start(), " ".join(found.group().split()).removesuffix(" a").removesuffix(" an")) if found else None


def direction_of(text: str, span: Span, sentence: Span) -> Direction | None:
    """Return which way a figure says that something moved: "rose 5%", "12 per cent higher", "a 3 percent drop"."""
    after = _CUE_AFTER.match(text, span.end, sentence.end)
    before = _CUE_BEFORE.search(text[max(sentence.start, span.start - _CUE_WINDOW) : span.start])
    for found in (before, after):
        if found and not (found is before and (found["up"] or found["down"]).lower() in _OFTEN_OTHER):
            return Direction.INCREASE if found["up"] else Direction.DECREASE
    return None


def counted_noun(text: str, end: int, limit: int) -> str | None:
    """Return the words that name what is counted: "three [new lines] of the network"."""
    following = text[end : min(limit, end + 60)]
    if not following[:1].isspace() and not following.startswith("-"):
        return None
    words = noun_words(following, limit=4)
    return " ".join(words) or None


def noun_words(text: str, limit: int, kept: frozenset[str] = frozenset()) -> list[str]:
    """Return the words that a text opens with, up to the first function word that is not ``kept``."""
    stop = _STOP_WORDS - kept
    words: list[str] = []
    at = 0
    for found in _WORDS.finditer(text):
        if len(words) == limit or found.group().lower() in stop or text[at : found.start()].strip(" -\n"):
            break
        words.append(found.group().strip("-–"))
        at = found.end()
    return words


def is_no_figure(text: str, number: Numeral) -> bool:
    """Tell whether a bare number counts nothing: anaphora, labels, scores, parts of names and of quoted terms."""
    before = text[max(0, number.start - 24) : number.start]
    if number.style == "words" and number.value <= _SMALL and _ANAPHORA.search(before):
        return True
    if text[number.start : number.end].lower() == "one" or _LABEL.search(before) or _WAYS.match(text, number.end):
        return True
    if _SCORE.match(text, number.end) or (_SCORE_BEFORE.search(before) and number.style == "digits"):
        return True
    return _is_in_name(text, number, before) or _is_in_term(text, number)


def _is_in_name(text: str, number: Numeral, before: str) -> bool:
    if re.search(r"[^\W\d_][-–]?$", before) or re.match(r"[-–]?[^\W\d_]", text[number.end : number.end + 2]):
        return number.style == "digits" or bool(re.match(r"[-–][A-Z]", text[number.end : number.end + 2]))
    is_led = _NAME_BEFORE.search(before) is not None
    is_short = number.style == "digits" and "," not in text[number.start : number.end]
    return is_short and is_led and not _PLURAL.match(text, number.end)


def _is_in_term(text: str, number: Numeral) -> bool:
    """Tell whether a number begins a short quoted term, as in ‘seven gates’."""
    term = _TERM.match(text, number.start - 1) if number.start else None
    return term is not None and number.style == "words" and len(term.group().split()) <= _TERM_WORDS
