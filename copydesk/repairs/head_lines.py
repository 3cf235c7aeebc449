"""One line above an article, read: who made it, when, and for whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from copydesk.document import Span
from copydesk.repairs.datelines import BLANK, blank_times, is_beside
from copydesk.repairs.name_shapes import EASTERN, is_agency, is_house, is_medium, is_person
from copydesk.tables import pattern_of, phrases

MAX_LENGTH = 160
MAX_SMALL = 8
"""Words without a capital in such a line, at most: a cheap look."""
SURE = ("by", "von", "par", "por", "di", "door", "av", "af", "от", "від", "oleh", "του", "της", "από")
"""Credits that need no colon behind them."""
_ADDRESS = re.compile(r"\(?\s*(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w{2,}|https?://\S+)\s*\)?")
_SEPARATOR = re.compile(
    rf"[|•·∙‧‖;/／{BLANK}]+|\s[-–—―:]+(?=\s|$)|—|[,，、](?=\s|$)|[()（）\[\]【】]|\n|\s{{3,}}|^[-–—\s]+"
)
_REPORT = re.compile("[／/ ]?[\u3400-\u9fff、]{2,8}(?:報導|报道|報道|电|電|讯|訊)$")


class HeadLine(NamedTuple):
    """What a line above an article says.

    Attributes:
        names: the people named, as spans of the line.
        houses: agencies, media and places beside them.
        callings: what the people are called, and bylines without a name.
        is_credited: a credit stands before the names (by).
        time: the hull of the times in the line with their labels; None when there are none.
        has_address: an e-mail address or a handle stands in it.

    """

    names: tuple[Span, ...] = ()
    houses: tuple[Span, ...] = ()
    callings: tuple[Span, ...] = ()
    is_credited: bool = False
    time: Span | None = None
    has_address: bool = False


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<by>{pattern_of('bylines.tsv', 'by')})(?P<mark>\s*[:：／/・=]\s*|\s+|(?=[\u2e80-\ud7af]))", re.IGNORECASE
    )


@cache
def _and() -> re.Pattern[str]:
    words = phrases("bylines.tsv", "and")
    long, short = ("|".join(re.escape(w) for w in words if (len(w) > 1) == is_long) for is_long in (True, False))
    return re.compile(
        rf"\s*(?:,|，|、|&)\s*(?:and\s+)?|\s+(?:(?i:{long})|{short})\s+"
    )  # a capital letter is an initial


@cache
def _place() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{pattern_of('bylines.tsv', 'place')})\s+(?=\S)")  # small letters: Per is a name


@cache
def _callings() -> tuple[frozenset[str], re.Pattern[str]]:
    words = frozenset(word.lower() for word in phrases("bylines.tsv", "calling"))
    eastern = sorted((w for w in words if EASTERN.match(w)), key=len, reverse=True)
    return words, re.compile(rf"(?P<name>.{{2,6}}?)\s?(?:{'|'.join(eastern)})(?:の)?")


@cache
def _unnamed() -> re.Pattern[str]:
    unnamed, place = pattern_of("bylines.tsv", "unnamed"), pattern_of("bylines.tsv", "place")
    opened = rf"(?:(?:by|from|von|par|por|di|door)\s+)?(?:the\s+)?(?:{unnamed})"
    return re.compile(rf"(?i:{opened})(?:\s+(?:{place})\s+\w[\w ]{{1,30}})?")


@lru_cache(maxsize=256)
def read_head_line(text: str) -> HeadLine | None:
    """Return what a line above an article says; None when it says anything else.

    >>> line = "By Ida Holm and Per Dahl in Oslo | Harbour News | 3 March 2021"
    >>> head = read_head_line(line)
    >>> [line[slice(*span)] for span in head.names + head.houses + (head.time,)]
    ['Ida Holm', 'Per Dahl', 'Oslo', 'Harbour News', '3 March 2021']
    >>> read_head_line("By the time the fire was out, it was Monday") is None
    True
    """
    if not 0 < len(text) <= MAX_LENGTH or sum(map(str.islower, text.split())) > MAX_SMALL:
        return None
    times = blank_times(text)
    rest, has_address = times.text, False
    for match in _ADDRESS.finditer(rest):
        has_address = True
        rest = rest[: match.start()] + BLANK * len(match.group()) + rest[match.end() :]
    reader = _Reader(text, has_time=times.has_stamp or times.has_ago)
    for start, end in _parts(rest):
        if not reader.take(start, end):
            return None
    time = Span(*_time_hull(text, times.start, times.end)) if reader.has_time else None
    return HeadLine(
        tuple(reader.names), tuple(reader.houses), tuple(reader.callings), reader.is_credited, time, has_address
    )


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the pieces between separators, without white space and full stops at their ends."""
    start = 0
    for match in (*_SEPARATOR.finditer(text), None):
        end = match.start() if match else len(text)
        piece = text[start:end]
        bare = piece.strip(" \t\xa0-–—:")
        if bare:
            lead = piece.find(bare)
            yield start + lead, start + lead + len(bare)
        start = match.end() if match else end


def _time_hull(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen the hull of times by the labels that lead up to them."""
    while start:
        before = re.search(r"([^\W\d_]+)[\s:：.]*$", text[:start])
        if not before or not is_beside(before.group(1)):
            break
        start = before.start()
    return start, end


class _Reader:
    """Reads the pieces of one line, from left to right."""

    def __init__(self, text: str, *, has_time: bool) -> None:
        self.text, self.has_time, self.is_credited = text, has_time, False
        self.names: list[Span] = []
        self.houses: list[Span] = []
        self.callings: list[Span] = []

    def take(self, start: int, end: int) -> bool:
        """Tell whether a piece is one of those that such lines are made of, and keep it."""
        if self.has_time:
            start, end = self._without_beside(start, end)
        piece = self.text[start:end]
        if not piece:
            return True
        if _unnamed().fullmatch(piece):
            self.callings.append(Span(start, end))
            return True
        if EASTERN.search(piece) and self._take_eastern(start, end):
            return True
        credit = None if self.names or self.houses else _credit().match(piece)
        if credit and self._is_sure(credit) and self._take_people(start + credit.end(), end, least=1):
            self.is_credited = True
            return True
        return self._take_bare(start, end)

    def _is_sure(self, credit: re.Match[str]) -> bool:
        """Tell whether a word is a credit: one that is nothing else, or one with a colon."""
        words = credit["by"].lower().split()
        return (not credit["mark"].isspace() and bool(credit["mark"])) or words[-1] in SURE or words[-1] == "by"

    def _without_beside(self, start: int, end: int) -> tuple[int, int]:
        """Leave out the words at both ends that belong to the times beside them."""
        words = list(re.finditer(r"\S+", self.text[start:end]))
        if words and is_beside(self.text[start:end]):
            return end, end
        while words and is_beside(words[-1].group()) and words[-1].group().islower():
            words.pop()
        while words and is_beside(words[0].group()) and not _credit().match(self.text[start + words[0].start() : end]):
            words.pop(0)
        return (start + words[0].start(), start + words[-1].end()) if words else (end, end)

    def _take_people(self, start: int, end: int, least: int) -> bool:
        """Keep names joined by "and", and the place or house behind them."""
        places = _place().finditer(self.text, start, end)
        place = next((m for m in places if is_house(self.text[m.end() : end].rstrip(" ."))), None)
        found = list(self._split(start, place.start() if place else end))
        texts = [self.text[slice(*span)] for span in found]
        if not all(is_person(text, least) or is_agency(text) or is_medium(text) for text in texts):
            return False
        if not found:
            return False
        for span in found:
            name = self.text[slice(*span)]
            (self.houses if is_agency(name) or is_medium(name) else self.names).append(span)
        if place:
            self.houses.append(Span(place.end(), end))
        return True

    def _split(self, start: int, end: int) -> Iterator[Span]:
        """Yield the names between commas and "and"."""
        begin = start
        for stop, following in (*(m.span() for m in _and().finditer(self.text, start, end)), (end, end)):
            name = self.text[begin:stop].rstrip()
            name = name if name.endswith(("Jr.", "Sr.")) else name.rstrip(" .")
            if name:
                yield Span(begin, begin + len(name))
            begin = following

    def _take_bare(self, start: int, end: int) -> bool:
        """Keep what stands without a credit: a name, a house, what somebody is called."""
        piece, span = self.text[start:end], Span(start, end)
        if self._is_calling(piece):
            self.callings.append(span)
        elif is_agency(piece) or is_medium(piece):
            self.houses.append(span)
        elif not (is_person(piece) and self._take_people(start, end, 2)) and not self._take_people(start, end, 2):
            if not is_house(piece, 6):
                return False
            self.houses.append(span)
        return True

    def _is_calling(self, piece: str) -> bool:
        words = piece.split()
        known = _callings()[0]
        if not 0 < len(words) <= 8 or not (words[-1].lower() in known or words[0].lower() in known):
            return False
        return (
            sum(not is_house(word) and word.lower() not in known for word in words) <= 3 and len(words) > 1
        ) or words[0][0].isupper()

    def _take_eastern(self, start: int, end: int) -> bool:
        """Keep names in scripts without blanks: with a credit before them, or what they are called behind."""
        piece = _REPORT.sub("", self.text[start:end])
        credit = _credit().match(piece)
        if credit and is_person(piece[credit.end() :].strip(), 1):
            self.names.append(Span(start + credit.end(), start + len(piece)))
            self.is_credited = True
            return True
        called = _callings()[1].fullmatch(piece)
        if called and is_person(called["name"].strip()):
            self.names.append(Span(start, start + called.end("name")))
            self.is_credited = True
            return True
        return False
