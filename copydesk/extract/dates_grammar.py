"""What the rules for time expressions share: pieces of grammar, what a rule is, and what it sees.

A rule is a pattern over the word classes of ``dates_words`` with a function that turns its match into a value, or into
None when the words are no time after all. Of matches at one place the longest is tried first, then the rule that comes
first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from copydesk.extract.dates_calendar import bounds_of, precision_of
from copydesk.extract.dates_words import compile_grammar
from copydesk.extract.numbers import number_of_words
from copydesk.extract.reading import ReadingPassage
from copydesk.facts import DateType

APPROX = "(?:{about}|{over}(?={a})|{more}{than}|{up}{to}|{at}{least}|{some})"
NUMBER = """(?:{digits}(?:{hyphen}?{digits}{slash}{digits})?
    |(?:{a}{scale_word}|{spelled})(?:{hyphen}{0,2}{spelled}|{and}{spelled})*)(?:{and}{a}{half})?"""
VAGUE = "(?:{several}|{a}?{few}|{a}?{couple}{of}?|{spelled}{of})"
AMOUNT = f"""(?:(?P<low>{NUMBER})(?:{{hyphen}}|{{to}}|{{or}}))?(?P<count>{VAGUE}|{NUMBER}){{more}}?{{hyphen}}?
    {{running}}?(?P<unit>{{any_unit}})"""
AM_PM = "(?:{am}|{a|p}{dot}?{m}{dot}?)"
CLOCK = f"""(?P<clock>(?:{{digits}}{{colon}}{{digits}}(?:{{colon}}{{digits}})?{AM_PM}?|{{day|number}}{AM_PM}
    |{{day|number_word}}{{clock}}{{apostrophe}}?{{oclock}}|{{noon}})(?:{{left}}?{{zone}})?)"""
LEAD = "(?:{early}{hyphen}?|{earlier|later}{in}?|{the}{early}{hyphen}?|{the}?{beginning|end}{of})"
REL = "{the}?(?:{last|next|coming|previous|following|same|current|latest|past}|{this}{past|coming}?)"
WEEKDAY = "(?:{this|coming|last|next}{0,2}{weekday|short_weekday}{dot}?{comma}?{the}?)"
REL_YEAR = (
    "(?P<rel_year>(?:{last|this|next|that}|{the}{previous|following|same|current})){fiscal}?(?P<year_unit>{unit})"
)

_FUTURE = re.compile(
    r"\b(?:will|shall|would|won|ll|next|until|till|due|scheduled|expires?|matures?|effective|deadline|upcoming"
    r"|(?:plans?|expects?|expected|going|set|intends?|hopes?|likely|agreed|begin|starting|is|are|be)\s+(?:to|for|by|on)"
    r"|by\s+(?:the\s+end\s+of\s+)?$)\b|['’]ll\b",
    re.IGNORECASE,
)
_WINDOW = 90


class Timex(NamedTuple):
    """The value of an expression.

    Attributes:
        type, value: as in ``copydesk.facts.Date``.
        anchor: what it was counted from.
        days: first and last day where the value alone does not tell them.
        trim: how many tokens at the end of the match do not belong to it.
        skip: how many at its start do not.

    """

    type: DateType
    value: str
    anchor: str | None = None
    days: tuple[date | None, date | None] | None = None
    trim: int = 0
    skip: int = 0


@dataclass
class Story:
    """What is known when an expression is read: the day of publication and the dates that came before."""

    published: date | None
    last: str | None = None
    last_quarter: str | None = None
    last_end: int = -1
    quarter_end: int = -1

    def add(self, timex: Timex, end: int) -> None:
        """Remember a date for the expressions that follow it."""
        if timex.type not in {DateType.DATE, DateType.TIME} or bounds_of(timex.value) is None:
            return
        self.last, self.last_end = timex.value, end
        if precision_of(timex.value) == "quarter":
            self.last_quarter, self.quarter_end = timex.value, end


@dataclass(frozen=True)
class Hit:
    """A match of a rule: the words of its groups, what stands around it, and the story so far."""

    match: re.Match[str]
    passage: ReadingPassage
    story: Story
    low: list[str] = field(repr=False)
    """The tokens of the passage in lower case."""

    def has(self, group: str) -> bool:
        """Tell whether a group took part in the match."""
        return self.match.groupdict().get(group) is not None

    def words(self, group: str | int = 0) -> list[str]:
        """Return the words of a group in lower case; none when it took no part."""
        if isinstance(group, str) and not self.has(group):
            return []
        start, end = self.match.span(group)
        return self.low[start:end]

    def word(self, group: str) -> str:
        """Return the words of a group as one string."""
        return " ".join(self.words(group))

    def number(self, group: str) -> float | None:
        """Return the number that the words of a group spell."""
        words = self.words(group)
        return number_of_words(words) if words else None

    def before(self, count: int = 1) -> str:
        """Return the word that stands so many tokens before the match."""
        at = self.match.start() - count
        return self.low[at] if at >= 0 else ""

    def after(self, count: int = 1) -> str:
        """Return the word that stands so many tokens after the match."""
        at = self.match.end() + count - 1
        return self.low[at] if at < len(self.low) else ""

    def text_of(self, group: str) -> str:
        """Return a group as written."""
        start, end = self.match.span(group)
        tokens = self.passage.tokens
        return self.passage.text[tokens[start].start : tokens[end - 1].end]

    @property
    def start(self) -> int:
        """Where the match begins in the passage."""
        return self.passage.tokens[self.match.start()].start

    @property
    def end(self) -> int:
        """Where the match ends in the passage."""
        return self.passage.tokens[self.match.end() - 1].end

    def is_future(self) -> bool:
        """Tell whether the sentence speaks of what is to come, by the words around the match."""
        sentence = self.passage.sentence_at(self.start)
        start, end = max(sentence.start, self.start - _WINDOW), min(sentence.end, self.end + _WINDOW // 2)
        return bool(_FUTURE.search(self.passage.text, start, end))


class Rule(NamedTuple):
    """A pattern and what it means."""

    name: str
    pattern: re.Pattern[str]
    resolve: Callable[[Hit], Timex | None]


def rule(name: str, pattern: str, resolve: Callable[[Hit], Timex | None]) -> Rule:
    """Return a rule from a pattern over classes."""
    return Rule(name, compile_grammar(pattern), resolve)


Rules = Sequence[Rule]
