"""What the rules for time expressions share: pieces of grammar, what a rule is, and what it sees.

A rule is a pattern over the word classes of ``dates_words`` with a function that turns its match into a value, or into
None when the words are no time after all. Of matches at one place the longest is tried first, then the rule that comes
first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from copydesk.extract.dates_calendar import bounds_of, precision_of
from copydesk.extract.dates_words import compile_grammar
from copydesk.extract.numerals import number_of_words
from copydesk.extract.reading import ReadingPassage
from copydesk.facts import DateType

APPROX = "(?:{about}|{over}(?={a})|{more}{than}|{up}{to}|{at}{least}|{some})"
NUMBER = """(?:{digits}(?:{hyphen}?{digits}{slash}{digits})?
    |(?:{a}{scale_word}|{spelled})(?:{hyphen}{0,2}{spelled}|{and}{spelled}){0,9})(?:{and}{a}{half})?"""
VAGUE = "(?:{several}|{a}?{few}|{a}?{couple}{of}?|{spelled}{of})"
AMOUNT = f"""(?:(?P<low>{NUMBER})(?:{{hyphen}}|{{to}}|{{or}}))?
    {{open_bracket}}?(?P<count>{VAGUE}|{NUMBER}){{close_bracket}}?{{more}}?{{hyphen}}?
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

_FUTURE = frozenset(
    """will shall would won ll may might due scheduled expected upcoming expire expires mature matures deadline starting
    effective next""".split()
)
_TOWARDS = frozenset({"by", "until", "till", "through"})
_BEFORE_TO = frozenset(
    """plan plans planned expect expects expected going set intend intends hope hopes hoped likely is are be agreed
    scheduled due wants ready about slated bound ordered prepared""".split()
)
_PAST = frozenset(
    """said told met was were had did began held came went took made became rose fell won lost got gave sent left found
    kept saw met led shot hit cut broke flew spoke wrote put paid sold bought brought fought stood ran drew chose showed
    struck swept closed has have""".split()
)
_NO_PAST = frozenset("succeed exceed proceed indeed hundred speed".split())
_BEFORE_ADJECTIVE = frozenset("a an the its his her their this that these still as-yet of any no".split())
"""Words after which a form in -ed is rather an adjective: a proposed merger, a still unspecified date."""
_CLAUSE_ENDS = frozenset(
    {",", ";", ".", ":", "(", ")", "that", "who", "which", "when", "but", "while", "where", "because"}
)
_MOST_OF_A_QUARTER = timedelta(days=80)
_LOOK = 14
_SHORTEST_PAST = 5


class Timex(NamedTuple):
    """The value of an expression.

    Attributes:
        type, value: as in ``copydesk.facts.Date``.
        anchor: what it was counted from.
        days: first and last day where the value alone does not tell them.
        trim: how many tokens at the end of the match do not belong to it.
        skip: how many at its start do not.
        is_aside: whether it is only compared with, so that the story does not go on from it.

    """

    type: DateType
    value: str
    anchor: str | None = None
    days: tuple[date | None, date | None] | None = None
    trim: int = 0
    skip: int = 0
    is_aside: bool = False


@dataclass
class Story:
    """What is known when an expression is read: the day of publication and the dates that came before."""

    published: date | None
    last: str | None = None
    last_quarter: str | None = None
    quarter_end: int = -1

    def add(self, timex: Timex, end: int) -> None:
        """Remember a date for the expressions that follow it."""
        days = bounds_of(timex.value)
        if timex.type not in {DateType.DATE, DateType.TIME} or days is None or timex.is_aside:
            return
        self.last = timex.value
        if precision_of(timex.value) == "quarter" and not self._is_elsewhere(timex.value, days[0]):
            self.last_quarter, self.quarter_end = timex.value, end

    def _is_elsewhere(self, value: str, begun: date) -> bool:
        """Tell whether a quarter is not the one that the text is about: still to come, or earlier than that one."""
        if self.published and begun + _MOST_OF_A_QUARTER > self.published:
            return True
        return self.last_quarter is not None and value < self.last_quarter


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
        index = self.match.re.groupindex.get(group)
        return index is not None and self.match.start(index) >= 0

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
        """Tell whether the words speak of what is to come: by the nearest verb before them in the clause, or after."""
        words = self._plain(max(0, self.match.start() - _LOOK), self.match.start())
        for at in range(len(words) - 1, -1, -1):
            if words[at] in _CLAUSE_ENDS and not (words[at] == "." and len(words[at - 1]) == 1):
                break
            if (tense := _tense(words, at)) is not None:
                return tense
        words = self._plain(self.match.end(), self.match.end() + _LOOK)
        tenses = (_tense(words, at) for at in range(len(words)))
        return next((tense for tense in tenses if tense is not None), self.before() in _TOWARDS)

    def _plain(self, start: int, end: int) -> list[str]:
        """Return a run of tokens without the names in it: Mohamed is no past tense."""
        tokens = self.passage.tokens[start:end]
        return [
            "Name" if len(token.text) > 1 and token.text[0].isupper() else low
            for token, low in zip(tokens, self.low[start:end], strict=True)
        ]


def _tense(words: Sequence[str], at: int) -> bool | None:
    """Return whether a word points to the future (True) or to the past (False), or None when to neither."""
    word = words[at]
    before = words[at - 1] if at else ""
    if word in _FUTURE or (word == "to" and before in _BEFORE_TO):
        return True
    is_past = word.endswith("ed") and len(word) >= _SHORTEST_PAST and word not in _NO_PAST
    if word in _PAST or (is_past and before not in _BEFORE_ADJECTIVE and words[at + 1 : at + 2] != ["to"]):
        return before == "be"
    return None


class Rule(NamedTuple):
    """A pattern and what it means."""

    name: str
    pattern: re.Pattern[str]
    resolve: Callable[[Hit], Timex | None]


def rule(name: str, pattern: str, resolve: Callable[[Hit], Timex | None]) -> Rule:
    """Return a rule from a pattern over classes."""
    return Rule(name, compile_grammar(pattern), resolve)


Rules = Sequence[Rule]
