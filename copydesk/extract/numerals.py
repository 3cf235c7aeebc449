"""Numbers as English writes them, in digits and in words, read from left to right.

``find_numerals`` gives every number of a text with its span; what the number counts is for others to say. The grammar:
groups below a thousand ("two hundred and five"), scales ("3.2 million", "three lakh crore"), fractions ("two thirds",
"one and a half", "10 1/2", "¾"), spoken decimals ("nine point nought four") and dozens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from copydesk.extract.number_words import ABBREVIATED_SCALES, DENOMINATORS, ORDINALS, SCALES, TENS, UNITS
from copydesk.extract.tokens import Tokens

_DIGITS = r"(?:\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+|\d{1,3}(?:,\d{2,3})+(?!\d)|\d+)(?:\.\d+|,\d(?!\d))?|\.\d+"
_CUT = re.compile(rf"({_DIGITS}|[¼-¾⅐-⅞]|[^\W\d_]+|[^\w\s]|_)")
_VULGAR = re.compile(r"[¼-¾⅐-⅞]")
_EXPONENT = re.compile(
    r"(?:\s?[x×*]\s?10\s?\^\s?(?P<ten>[+-]?\d{1,2})|[eE](?P<e>[+-]?\d{1,2})|\^(?P<power>[+-]{0,2}\d{1,2}))(?!\w)"
)
_SLASH = re.compile(r"\s?/\s?(\d{1,3})(?![\d/.,]{0,8}\d)(?!\w)")
_MIXED = re.compile(r"(?:\s{1,2}|-|\sand\s)(?:(\d{1,2})\s?/\s?(\d{1,2})(?![\w/])|([¼-¾⅐-⅞]))|([¼-¾⅐-⅞])")
_CLOSE_SCALE = re.compile(r"\s{0,2}(k|mil|mn|mln|mm|m|bn|bln|b|g|tn|trn|t)(?![\w'’-])", re.IGNORECASE)
_SIGN = re.compile(r"(?:[-−+]\s{0,2}|\b(?:minus|negative)\s+)$", re.IGNORECASE)
_NO_SIGN = re.compile(r"[\w)%.,]\s{0,2}[-−+]\s{0,2}$")
_SIGN_WINDOW = 12
_CODE_BEFORE = re.compile(r"(?<![^\W_])[A-Z]{3}$")
"""Three capitals close before digits may be a currency's code: USD115."""
_HYPHENS = frozenset("-‑–")
_ARTICLES = frozenset(("a", "an"))
_OPENERS = frozenset((*UNITS, *TENS, *_ARTICLES, "half", "quarter", "hundred", "thousand", "million", "billion"))
_AFTER_ARTICLE = frozenset((*SCALES, *DENOMINATORS, *_HYPHENS, "hundred"))
_GOES_ON = frozenset(
    (*UNITS, *TENS, *SCALES, *DENOMINATORS, *_ARTICLES, *"hundred half and of one out in over point turn minus".split())
)
"""Words that may stand within a number."""

_AROUND = 3
"""How many words at either side of a number tell how it is meant."""

_MIXED_LIMIT = 1000
_LARGEST_BASE = 1e4
_HUNDRED = 100


class Numeral(NamedTuple):
    """A number with its span and value; ``style`` is ``digits``, ``words``, ``fraction`` or ``ratio``."""

    start: int
    end: int
    value: float
    style: str


class _Part(NamedTuple):
    """What was read: its value, the index after it, where it ends in the text, and the last scale in it."""

    value: float
    after: int
    end: int
    scale: float = 1.0


def find_numerals(text: str, tokens: Tokens | None = None) -> Iterator[Numeral]:
    """Yield the numbers of a text from left to right; with its tokens, only what is around numbers is read.

    Leaves alone digits that are part of a word ("B2B", "7th") and ordinals. "One" is yielded like any other number:
    only its surroundings tell whether it counts.

    >>> text = "four hundred and six thousand, 7.3 billion, half a dozen, 7 3/4 and two thirds"
    >>> [round(n.value, 2) for n in find_numerals(text)]
    [406000.0, 7300000000.0, 6.0, 7.75, 0.67]
    """
    for start, end in ((0, len(text)),) if tokens is None else _windows(tokens):
        reader, after = _Reader(text, start, end), 0
        for at in reader.openers():
            found = reader.numeral(at) if at >= after else None
            if found:
                numeral, after = found
                yield numeral


def _windows(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text in which its numbers stand, each with some words around it."""
    lowers, size = tokens.lowers, len(tokens.lowers)
    openers = [at for at, word in enumerate(lowers) if word in _OPENERS or word[0].isnumeric()]
    first = last = -1
    for at in openers:
        if lowers[at] in _ARTICLES and (at + 1 == size or lowers[at + 1] not in _AFTER_ARTICLE):
            continue
        if last < 0 or at - _AROUND >= last:
            if last >= 0:
                yield tokens.starts[first], tokens.ends[min(last, size) - 1]
            first = max(0, at - _AROUND)
        end = max(at + 1, last - _AROUND)
        while end < size and (lowers[end] in _GOES_ON or not lowers[end].isalpha()):
            end += 1
        last = end + _AROUND
    if last >= 0:
        yield tokens.starts[first], tokens.ends[min(last, size) - 1]


def number_of_words(words: Sequence[str]) -> float | None:
    """Return the number that some words and digits spell, or None when they spell none.

    >>> number_of_words(["twenty", "-", "four"]), number_of_words(["2", "1", "/", "2"]), number_of_words(["a"])
    (24.0, 2.5, 1.0)
    """
    text = " ".join(words).replace(" - ", "-").replace(" / ", "/")
    if text in {"a", "an"}:
        return 1.0
    return next((numeral.value for numeral in find_numerals(text)), None)


class _Reader:
    """Reads numbers from the lexemes of a text: a recursive descent, without backing up over more than a word."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        pieces = _CUT.split(text[start:end])  # gaps and lexemes in turn, a gap at both ends
        offsets = list(accumulate(map(len, pieces), initial=start))
        self.starts, self.ends = offsets[1:-1:2], offsets[2::2]
        self.words = [word.lower() for word in pieces[1::2]]

    def openers(self) -> Sequence[int]:
        """Return the lexemes that a number may begin with: most words and marks are none."""
        possible = [
            at
            for at, word in enumerate(self.words)
            if word in _OPENERS or word[0].isnumeric() or (word[0] == "." and len(word) > 1)
        ]
        return [at for at in possible if self.words[at] not in _ARTICLES or self._word(at + 1) in _AFTER_ARTICLE]

    def _kind(self, at: int) -> str:
        """Tell ``digits``, a ``vulgar`` fraction, a ``word`` or a ``mark``."""
        first = self.words[at][0]
        if first.isdecimal() or (first == "." and len(self.words[at]) > 1):
            return "digits"
        return "vulgar" if _VULGAR.match(first) else "word" if first.isalnum() else "mark"

    def numeral(self, at: int) -> tuple[Numeral, int] | None:
        """Return the longest number that begins at a lexeme, and the index after it."""
        kind = self._kind(at)
        if kind == "mark" or (kind == "digits" and self._is_inside_word(at)):
            return None
        part = self._fraction_of_scale(at) or self._cardinal(at)
        if part is None:
            return None
        part, style = self._with_fraction(part, kind)
        start, sign = self._sign(self.starts[at])
        return Numeral(start, part.end, float(sign * part.value), style), part.after

    # --- words and places

    def _word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def _past(self, marks: frozenset[str], at: int) -> int:
        return at + 1 if self._word(at) in marks else at

    def _end(self, after: int) -> int:
        return self.ends[after - 1]

    def _skip_to(self, end: int, at: int) -> int:
        while at < len(self.words) and self.starts[at] < end:
            at += 1
        return at

    def _is_inside_word(self, at: int) -> bool:
        start, end = self.starts[at], self.ends[at]
        before = self.text[start - 1 : start] if start else ""
        if _CODE_BEFORE.search(self.text, max(0, start - 4), start):
            return False
        return before.isalpha() or before == "_" or self.text[end : end + 2] in {"st", "nd", "rd", "th"}

    def _sign(self, start: int) -> tuple[int, int]:
        before = self.text[max(0, start - _SIGN_WINDOW) : start]
        found = _SIGN.search(before)
        if not found or _NO_SIGN.search(before):
            return start, 1
        if found.group()[0] == "+":
            return start, 1
        return start - len(before) + found.start(), -1

    # --- cardinals

    def _cardinal(self, at: int, limit: float = float("inf")) -> _Part | None:
        """Read groups with falling scales: "one million two thousand two hundred and three"."""
        part = self._group(at)
        if part is None:
            return None
        part = self._scaled(part)
        if part.value >= limit:
            return None
        while part.scale > 1:
            following = part.after + 1 if self._word(part.after) == "and" else part.after
            if following > part.after and self._is_proper_fraction(following):
                break
            lower = self._cardinal(following, part.scale) if self._may_follow(part, following) else None
            if lower is None or lower.value != int(lower.value):
                break
            part = _Part(part.value + lower.value, lower.after, lower.end, lower.scale)
        return part

    def _may_follow(self, part: _Part, at: int) -> bool:
        """Tell whether a lower group may stand there: digits only after "and"."""
        if at >= len(self.words):
            return False
        kind = self._kind(at)
        return kind == "word" or (kind == "digits" and at > part.after)

    def _group(self, at: int) -> _Part | None:
        """Read what may stand before a scale: digits, words below a hundred with their hundreds, "a", "half a"."""
        if at < len(self.words) and self._kind(at) in {"digits", "vulgar"}:
            return self._with_hundreds(self._digits(at))
        part = self._below_hundred(at)
        if part is None:
            return self._lead(at)
        if self._word(part.after) == "point":
            return self._spoken_decimal(part)
        return self._with_hundreds(part)

    def _with_hundreds(self, part: _Part) -> _Part:
        at = self._past(_HYPHENS, part.after)
        if self._word(at) != "hundred":
            return part
        part = _Part(part.value * _HUNDRED, at + 1, self._end(at + 1))
        following = part.after + 1 if self._word(part.after) == "and" else part.after
        rest = self._tens_after_hundred(following, is_joined=following > part.after)
        return _Part(part.value + rest.value, rest.after, rest.end) if rest else part

    def _tens_after_hundred(self, at: int, *, is_joined: bool) -> _Part | None:
        if is_joined and self._is_proper_fraction(at):
            return None
        rest = self._below_hundred(at)
        if rest is None and is_joined and self._word(at).isdigit() and int(self._word(at)) < _HUNDRED:
            rest = _Part(float(self._word(at)), at + 1, self._end(at + 1))
        return None if rest is None or self._word(rest.after) == "hundred" else rest

    def _below_hundred(self, at: int) -> _Part | None:
        word = self._word(at)
        if word in UNITS:
            return _Part(float(UNITS[word]), at + 1, self._end(at + 1))
        if word not in TENS:
            return None
        step = at + 1
        while self._word(step) in _HYPHENS:
            step += 1
        unit = UNITS.get(self._word(step), 0)
        after = step + 1 if 0 < unit < 10 else at + 1
        return _Part(float(TENS[word]) + (unit if after > at + 1 else 0), after, self._end(after))

    def _lead(self, at: int) -> _Part | None:
        """Read "a", "half a", "a quarter" or nothing before a scale: "a dozen", "half a million"."""
        word = self._word(at)
        if word in {"a", "an"} and self._is_scale(at + 1):
            return self._with_hundreds(_Part(1.0, at + 1, self._end(at + 1)))
        if word in {"half", "quarter"}:
            scale = at + 2 if self._word(at + 1) in {"a", "an"} else at + 1
            return _Part(1 / DENOMINATORS[word], scale, self._end(scale)) if self._is_scale(scale) else None
        if word in {"hundred", "thousand", "million", "billion"} and not self._word(at - 1).endswith("s"):
            return self._with_hundreds(_Part(1.0, at, self.ends[at]))
        return None

    def _is_scale(self, at: int) -> bool:
        return self._word(at) == "hundred" or (self._word(at) in SCALES and self._word(at) != "dozens")

    def _scaled(self, part: _Part) -> _Part:
        """Multiply by the scales that follow: "2.4 billion", "three lakh crore", "5bn"."""
        scale, after = 1.0, part.after
        while (word := self._word(step := self._past(_HYPHENS, after))) in SCALES:
            scale, after = scale * SCALES[word], step + 1
        if scale > 1:
            return _Part(part.value * scale, after, self._end(after), scale)
        found = _CLOSE_SCALE.match(self.text, part.end) if self.text[part.end - 1].isdigit() else None
        if found and _is_scale_sign(self.text, found):
            scale = ABBREVIATED_SCALES[found[1].lower()]
            return _Part(part.value * scale, self._skip_to(found.end(), after), found.end())
        return part

    def _spoken_decimal(self, whole: _Part) -> _Part:
        digits, after = "", whole.after + 1
        while part := self._below_hundred(after):
            digits, after = digits + str(int(part.value)), part.after
        return _Part(float(f"{int(whole.value)}.{digits}"), after, self._end(after)) if digits else whole

    def _digits(self, at: int) -> _Part:
        word, end = self.words[at], self.ends[at]
        if self._kind(at) == "vulgar":
            return _Part(unicodedata.numeric(word), at + 1, end)
        value = _plain(word)
        if found := _EXPONENT.match(self.text, end):
            value, end = _raised(value, found), found.end()
        elif found := _SLASH.match(self.text, end):
            value, end = value / (float(found[1]) or 1.0), found.end()
        elif value < _MIXED_LIMIT and (found := _MIXED.match(self.text, end)):
            vulgar = found[3] or found[4]
            value += unicodedata.numeric(vulgar) if vulgar else float(found[1]) / (float(found[2]) or 1.0)
            end = found.end()
        return _Part(value, self._skip_to(end, at + 1), end)

    # --- fractions

    def _denominator(self, at: int, count: float) -> tuple[float, int] | None:
        """Return the parts that a whole is cut into, and the index after the word; "one fifth", "two fifths"."""
        step = self._past(_HYPHENS, at)
        parts = DENOMINATORS.get(self._word(step))
        if parts is None or self._word(step).endswith("s") == (count == 1):
            return None
        return parts, step + 1

    def _is_proper_fraction(self, at: int) -> bool:
        """Tell whether a fraction below one stands there: "a half", "two thirds"."""
        count = self._count_of_parts(at)
        if count is None:
            return False
        found = self._denominator(count.after, count.value)
        return found is not None and count.value < found[0]

    def _count_of_parts(self, at: int) -> _Part | None:
        if self._word(at) in {"a", "an"}:
            return _Part(1.0, at + 1, self._end(at + 1))
        return self._below_hundred(at)

    def _proper_fraction(self, at: int) -> _Part | None:
        count = self._count_of_parts(at)
        found = self._denominator(count.after, count.value) if count else None
        if count is None or found is None or count.value >= found[0]:
            return None
        return _Part(count.value / found[0], found[1], self._end(found[1]))

    def _fraction_of_scale(self, at: int) -> _Part | None:
        """Read "two thirds of a million", "three quarters billion", and "a third of"."""
        part = self._proper_fraction(at)
        if part is None:
            return self._half(at)
        step = part.after
        if self._word(step) == "of" and self._word(step + 1) in {"a", "one"}:
            step += 2
        if self._is_scale(step) and self._word(step) in SCALES:
            scale = SCALES[self._word(step)]
            return _Part(part.value * scale, step + 1, self._end(step + 1), scale)
        is_share = self._word(part.after) in {"of", "turn"}
        is_change = self._word(at - 1) == "by" and self._word(part.after) in _AFTER_CHANGE
        if self._word(at) in {"a", "an"} and not is_share and not is_change:
            return None
        return part

    def _half(self, at: int) -> _Part | None:
        """Read "half" where it is a share: "half of", "more than half", but not "the first half" or "half-time"."""
        if self._word(at) != "half" or self._lead(at) is not None:
            return None
        is_share = self._word(at + 1) in _AFTER_HALF or self._word(at - 1) in _BEFORE_HALF
        if self._word(at - 1) in ORDINALS or self._word(at - 1) in {"last", "latter"} or not is_share:
            return None
        return _Part(0.5, at + 1, self._end(at + 1)) if self._word(at + 1) not in _HYPHENS else None

    def _with_fraction(self, part: _Part, kind: str) -> tuple[_Part, str]:
        """Add "and a half", divide by "fifths", or make the ratio of "one in three"."""
        style = "digits" if kind == "digits" else "words"
        if found := self._denominator(part.after, part.value):
            if style == "words":
                return _Part(part.value / found[0], found[1], self._end(found[1])), "fraction"
        elif part.value.is_integer() and (rest := self._rest(part)):
            scale = part.scale if part.scale > _HUNDRED and rest.scale == 1 else 1.0
            return _Part(part.value + rest.value * scale, rest.after, rest.end), "fraction"
        elif ratio := self._ratio(part, style):
            return ratio, "ratio"
        return part, style

    def _rest(self, part: _Part) -> _Part | None:
        """Read the fraction after "and": "a half", "three quarters million" after a higher scale."""
        if self._word(part.after) != "and":
            return None
        rest = self._fraction_of_scale(part.after + 1) or self._proper_fraction(part.after + 1)
        return rest if rest and rest.value < max(part.scale, 1.0) else None

    def _ratio(self, part: _Part, style: str) -> _Part | None:
        word, following = self._word(part.after), part.after + 1
        if word == "out" and self._word(following) == "of":
            following += 1
        elif word not in {"in", "over"} or (word == "over" and style == "digits" and part.value != 1):
            return None
        whole = self._cardinal(following) if following < len(self.words) else None
        if whole is None or not 0 < part.value < whole.value or part.value != int(part.value):
            return None
        if word == "in" and not self._is_one_in(part.value, whole):
            return None
        return _Part(part.value / whole.value, whole.after, whole.end)

    def _is_one_in(self, count: float, whole: _Part) -> bool:
        """Tell "one in three" from "one in 2019" and "two in three days"."""
        following = self._word(whole.after)
        is_time = following.rstrip("s") in {"year", "month", "week", "day", "hour", "minute", "second", "decade"}
        return count < 10 and whole.value <= 1e6 and not 1000 < whole.value < 2100 and not is_time


_AFTER_CHANGE = frozenset(
    ["", *". , ; ) in since to from over last this and after during compared between on for at".split()]
)
"""What follows "by a third" where it is no ordinal: not a noun."""
_AFTER_HALF = frozenset("of the a an its their his her our all people what".split())
_BEFORE_HALF = frozenset("than about nearly almost over around roughly under least by".split())


def _plain(digits: str) -> float:
    digits = re.sub(r"[\u00a0\u2009\u202f]", "", digits)
    if re.fullmatch(r"\d+,\d", digits):
        return float(digits.replace(",", "."))
    return float(digits.replace(",", ""))


def _raised(value: float, found: re.Match[str]) -> float:
    if found["power"]:
        power = int(found["power"].lstrip("+-")) * (-1) ** found["power"].count("-")
        return float(value**power) if value and abs(value) < _LARGEST_BASE else value
    return value * 10.0 ** int(found["ten"] or found["e"])


def _is_scale_sign(text: str, found: re.Match[str]) -> bool:
    """Tell whether a short form after digits is a scale: "m" and "t" are metres and tonnes too, and 5G is a network."""
    short, is_close = found[1], found.group() == found[1]
    if short == "G":
        return not (is_close and re.search(r"(?<![\d,.])[1-6]$", text[max(0, found.start() - 2) : found.start()]))
    if short.lower() in {"m", "b", "t", "mm", "g"}:
        return short in {"M", "MM"} or (short in {"B", "T"} and is_close)
    return True
