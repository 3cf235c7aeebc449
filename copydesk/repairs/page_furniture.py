"""What the pages of a printed or saved document have and its text has not: numbers, running heads, addresses."""

from __future__ import annotations

import pkgutil
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, cached_property

from copydesk.proposals import Proposal
from copydesk.repairs.cuts import is_cut, is_tight, take_out
from copydesk.repairs.sentences import ends_in_open_word, goes_on, has_sentences
from copydesk.view import View

VERSION = 1

MAX_LINE = 90
"""Characters of a running head; with an address more."""
MAX_ADDRESS = 300
MAX_HEAD = 130
"""Characters of a line beside a page's number: a browser prints a whole title there."""
MAX_NUMBERED = 70
END_MARK = "-30-"
"""Of an American reporter's copy."""
SHORT_NAME = 8
"""Letters of a name in capitals alone, "AFP"."""
MIN_PROSE = 60
MAX_HEADS = 2
"""Lines of a running head on either side of the number."""
INNER_STOPS = 3
"""So many sentences that end inside a paragraph for each paragraph.

Where there are more, a page that ends with a sentence hardly ends with its paragraph.
"""
_INNER_STOP = re.compile(r"[.!?][\"”’]? +[\"“‘]?[^\W\d_a-z]")
_DIGITS = re.compile(r"\d+")
_URL = re.compile(
    r"(?:https?://|www\.|file:/)\S+\s+(?:(?:page|p\.?|seite)\s*)?\d{1,4}\s*(?:/|of|von|de|sur)\s*\d{1,4}", re.IGNORECASE
)
_SEPARATED = re.compile(r"\s?[|·•‖¦]\s?|\s[—–-]\s|\s{3,}|\t")
_LOW = re.compile(r"[a-zß-öø-ÿа-яё]")
_STOP = re.compile(r"[.!?…;:,][\"'”’»)]*$")
_NUMBERED = re.compile(r"\d{1,4}(?=\s)|.*?\s(?=\d{1,4}$)")
_OUTER_NUMBER = re.compile(r"^\d{1,4}\s|\s\d{1,4}$")
_BARE = re.compile(r"(?:[^\W\d_]{1,8}\.? )?\d{1,4}")
_PLAIN = re.compile(r"[^:\t%$€£<>=]+$")
_MARKS = "-–—*•·#+"
_DATE = re.compile(r"\b(?:1[89]|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SMALL = frozenset(
    "the of and for in on at a an de la le les du des der die das und von van het el los las y e di del da do & to "
    "by".split()
)


def find_page_furniture(view: View) -> Iterator[Proposal]:
    r"""Propose to take out page numbers and running heads, and to join the sentence that they cut.

    They are known by their place (in mid-sentence, behind a form feed), by their shape ("- 12 -", "Page 3 of 12", an
    address and "3/12") and by coming again with another number.

    Left alone: years and numbers that stand between paragraphs by themselves, scores, tables, lists.

    >>> text = "The lamp at Skarvik went dark in\n\n\f12\nSkarvik Observer | Vol. 3\n\nJanuary and stayed so."
    >>> [(p.start, p.end, p.replacement) for p in find_page_furniture(View(text))]
    [(35, 63, '')]
    """
    yield from _Pages(view).proposals()


@dataclass(frozen=True)
class _Pages:
    view: View

    def proposals(self) -> Iterator[Proposal]:
        groups = list(self._groups())
        sure = [self._is_sure(*group) for group in groups]
        known = {
            shape for group, is_sure in zip(groups, sure, strict=True) if is_sure for shape in self._shapes(*group)
        }
        for (first, last), is_sure in zip(groups, sure, strict=True):
            if is_sure or self._comes_again(first, last, known):
                is_joined = is_cut(self.view, first, last) or self._is_inside(first, last)
                whole = Proposal(0, 0, "", "pdf_page", "page_furniture.page", "page number or running head", 0.9)
                yield take_out(self.view, first, last, whole, is_joined=is_joined)

    def _groups(self) -> Iterator[tuple[int, int]]:
        """Yield the first and last line of what may be one page's furniture, in text order and disjoint."""
        taken = -1
        for i in self.marks:
            if i > taken:
                first, last = self._extent(i)
                yield max(first, taken + 1), last
                taken = last

    @cached_property
    def marks(self) -> Sequence[int]:
        """The lines that bear a page's number, or stand behind a form feed and look like a head."""
        text = self.view.text
        has_feed = "\f" in text
        found, numbered = list[int](), list[int]()
        for i, line in enumerate(self.view.lines):
            length = line.text_end - line.text_start
            if length > MAX_LINE and (length > MAX_ADDRESS or not text[line.text_end - 1].isdigit()):
                continue
            words = text[line.text_start : line.text_end]
            if self._is_mark(words) or (has_feed and self._is_fed(i) and _is_head(words)):
                found.append(i)
            elif length <= MAX_NUMBERED and _NUMBERED.match(words) and words[0] not in _MARKS and _PLAIN.match(words):
                numbered.append(i)
        again = Counter(_shape(self.view.of(i)) for i in numbered)
        found += [i for i in numbered if again[_shape(self.view.of(i))] > 1 or self._is_alone(i)]
        return sorted(found)

    def _is_mark(self, words: str) -> bool:
        if not (words[-1].isdigit() or words[0].isdigit() or (len(words) < MAX_LINE // 2 and _has_digit(words))):
            return False
        if _number().fullmatch(words) is not None:
            return words != END_MARK
        return _URL.fullmatch(words) is not None or _is_numbered(words)

    def _is_alone(self, i: int) -> bool:
        """Tell whether a line is names with a number, and a blank line or form feed parts it from the text."""
        is_head = _is_head(_OUTER_NUMBER.sub("", self.view.of(i)).strip() or ".")
        return is_head and (
            self.view.is_gap(i) or self._is_fed(i) or (i + 1 < len(self.view.lines) and self.view.is_gap(i + 1))
        )

    def _is_fed(self, i: int) -> bool:
        if i >= len(self.view.lines):
            return False
        begin = self.view.lines[i - 1].text_end if i else 0
        return "\f" in self.view.text[begin : self.view.lines[i].text_start]

    def _extent(self, i: int) -> tuple[int, int]:
        """Return the first and last line of the furniture that a mark belongs to."""
        first = last = i
        while last - i < MAX_HEADS and last + 1 < len(self.view.lines) and self._belongs(last + 1, last + 1):
            last += 1
        while i - first < MAX_HEADS and first > 0 and self._belongs(first - 1, first):
            first -= 1
        return first, last

    def _belongs(self, i: int, lower: int) -> bool:
        """Tell whether a line is part of the furniture beside it; ``lower`` is the lower one of both."""
        is_below = lower == i
        is_near = not self.view.is_gap(lower) or (is_below and self._is_fed(lower))
        line = self.view.lines[i]
        if line.text_end - line.text_start > MAX_HEAD:
            return False
        words = self.view.of(i)
        if _number().fullmatch(words):
            return is_near
        if is_near and self.repeats[_shape(words)] > 1:
            return _is_head(words) or not _STOP.search(words)
        return is_near and (" " in words or is_below) and _is_head(words)

    def _is_sure(self, first: int, last: int) -> bool:
        """Tell whether lines are a page's: they cut a sentence, follow a form feed, or can be nothing else."""
        if first == 0 and last + 1 >= len(self.view.lines):
            return False
        if any(_is_explicit(self.view.of(i)) or self._is_fed(i) for i in range(first, last + 1)) or self._is_fed(
            last + 1
        ):
            return True
        if not is_cut(self.view, first, last) or self._is_among_items(first, last):
            return False
        return self._has_number(first, last) or self._is_in_prose(first, last)

    def _has_number(self, first: int, last: int) -> bool:
        """Tell whether a line is a page's number and nothing else, or a number set apart from a head."""
        return any(
            _number().fullmatch(words) or _is_numbered(words) for words in map(self.view.of, range(first, last + 1))
        )

    def _is_in_prose(self, first: int, last: int) -> bool:
        """Tell whether long text stands before lines and goes on behind them: names with a number may be text."""
        before, after = self.view.lines[first - 1], self.view.lines[last + 1]
        if before.text_end - before.text_start < MIN_PROSE:
            return False
        text = self.view.text
        is_open = ends_in_open_word(text, *before.span) or has_sentences(text, *before.span)
        return is_open or goes_on(text, after.text_start)

    def _is_inside(self, first: int, last: int) -> bool:
        """Tell whether lines stand in a paragraph: no blank line parts them from it, or paragraphs are long anyway."""
        inside = first > 0 and last + 1 < len(self.view.lines)
        return is_tight(self.view, first, last) or (inside and self.has_long_paragraphs)

    @cached_property
    def has_long_paragraphs(self) -> bool:
        """Whether a sentence's end is far more often one inside a paragraph."""
        inner = sum(1 for _ in _INNER_STOP.finditer(self.view.text))
        return inner > INNER_STOPS * len(self.view.paragraphs)

    def _is_among_items(self, first: int, last: int) -> bool:
        """Tell whether the text around is short lines too, as in a table, where no sentence can be cut."""
        around = [i for i in (first - 1, last + 1) if 0 <= i < len(self.view.lines)]
        return all(self.view.lines[i].text_end - self.view.lines[i].text_start < MAX_LINE // 3 for i in around)

    def _shapes(self, first: int, last: int) -> set[str]:
        return {_shape(self.view.of(i)) for i in range(first, last + 1)}

    def _comes_again(self, first: int, last: int, known: AbstractSet[str]) -> bool:
        """Tell whether the head of this page stands elsewhere with another number; a year alone may be a heading."""
        if (last == first and _YEAR.fullmatch(self.view.of(first))) or self._is_among_items(first, last):
            return False
        shapes = self._shapes(first, last)
        if not known.isdisjoint(shapes):
            return True
        heads = [_shape(words) for words in map(self.view.of, range(first, last + 1)) if not _number().fullmatch(words)]
        return self._has_number(first, last) and any(self.repeats[head] > 1 and len(head) > 3 for head in heads)

    @cached_property
    def repeats(self) -> Counter[str]:
        """How often each short line stands in the text, whatever its figures."""
        lines = self.view.lines
        return Counter(
            _shape(self.view.of(i)) for i, line in enumerate(lines) if line.text_end - line.text_start <= MAX_HEAD
        )


def _is_numbered(words: str) -> bool:
    """Tell whether words are a head with a page's number at an end: "PA | 2 May 2019 | 46", "46 · Skarvik Observer"."""
    parts = [part.strip() for part in re.split(r"[|·•‖¦]", words)]
    if len(parts) < 2 or len(words) > MAX_LINE:
        return False
    return any(_BARE.fullmatch(part) for part in (parts[0], parts[-1])) and not all(
        map(_has_digit, parts[:1] + parts[-1:])
    )


def _shape(words: str) -> str:
    return _DIGITS.sub("0", words).casefold()


def _has_digit(words: str) -> bool:
    return _DIGITS.search(words) is not None


def _is_explicit(words: str) -> bool:
    """Tell whether a mark can be nothing else: dashes around a number, page so of so many, an address with pages."""
    return (_explicit().fullmatch(words) is not None and words != END_MARK) or _URL.fullmatch(words) is not None


def _is_head(words: str) -> bool:
    """Tell whether a line looks like a running head: names, capitals, parts set apart, a date; no sentence."""
    tokens = words.split()
    if words.isupper() and not words.isdigit():
        return len(tokens) > 1 or len(words) < SHORT_NAME
    if (
        len(words) > MAX_HEAD
        or _STOP.search(words)
        or words[0] in "\"“‘'«-–—•*("
        or ends_in_open_word(words, 0, len(words))
    ):
        return False
    capitals = sum(map(_is_capital, tokens))
    if _DATE.search(words) and len(tokens) > 1:
        large = sum(not _LOW.match(token) for token in tokens)
        return large * 3 > len(tokens) and (not _LOW.match(words) or words.startswith("www."))
    if _SEPARATED.search(words) or words[-1] in "|·•":
        return len(tokens) <= 14 and capitals * 2 > len(tokens)
    return len(tokens) <= 9 and capitals == len(tokens) and not words.isdigit()


def _is_capital(token: str) -> bool:
    return not _LOW.match(token) or token in _SMALL


@cache
def _words() -> tuple[str, str]:
    rows = (pkgutil.get_data("copydesk", "data/page_words.txt") or b"").decode("utf-8").splitlines()
    listed = [row for row in rows if row and not row.startswith("#")]
    page, of = " ".join(listed[:-1]).split(), listed[-1].split()
    return tuple("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) for words in (page, of))  # type: ignore[return-value]


@cache
def _number() -> re.Pattern[str]:
    """Return the pattern of a line that is a page's number and nothing else."""
    page, of = _words()
    number = rf"(?:{page})?\s?(?:\d{{1,4}}|[ivxlc]{{1,6}}(?<=[ivxlc]{{2}}))(?:\s?(?:{of})\s?\d{{1,4}})?"
    return re.compile(rf"(?:[-–—~\[(<|•·]\s?){{0,2}}{number}(?:\s?[-–—~\])>|•·]){{0,2}}", re.IGNORECASE)


@cache
def _explicit() -> re.Pattern[str]:
    page, of = _words()
    dashed = r"[-–—~]\s?\d{1,4}\s?[-–—~]"
    paged = rf"[\[(]?(?:{page})\s?\d{{1,4}}\s?(?:{of})\s?\d{{1,4}}[\])]?"
    return re.compile(f"{dashed}|{paged}", re.IGNORECASE)
