"""What a figure measures: the noun that it counts, what follows "of", or the subject of its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.document import Span
from copydesk.extract.quantities_context import counted_noun, noun_words
from copydesk.extract.quantities_units import Measured
from copydesk.facts import QuantityKind


def _any(words: str) -> str:
    return "|".join(words.split())


_COUNTED = frozenset({QuantityKind.COUNT, QuantityKind.NUMBER, QuantityKind.VAGUE_COUNT, QuantityKind.RATIO})
_OF_NOTHING = frozenset({QuantityKind.AGE, QuantityKind.DURATION})
_VERBS = frozenset(
    """was were is are be been being has have had will would could may might can should rise rises rose risen fall falls
    fell fallen grow grows grew grown drop hit hits cost costs cut went go goes came come stood stand stands lost lose
    loses made make makes spent spend paid pay sold sell shrank shrunk sank slid sunk became held hold holds got won
    reach exceed total average start starts began begin accounts amounts account amount set put left met kept saw see
    sees shot double triple soar surge plunge jump climb decline increase decrease widen narrow remain remains swell
    swelled lies lay""".split()
)
_WORD = re.compile(r"[\w’'-]+")
_NO_VERB_ED = frozenset(
    """need speed seed indeed united hundred bed red feed breed weed limited skilled combined advanced unskilled
    compared""".split()
)
_WITHIN_GROUP = frozenset(
    "not also now still already just only to even then since forecast likely due set going about".split()
)
_CLAUSE = re.compile(
    r"[,;:—(]\s|\b(?:and|but|while|though|although|as|that|said|says|where|when|if|because|after|before)\s"
)
_INSERT = re.compile(r",\s+[^,]{1,80},\s*$")
_BETWEEN = re.compile(r"\bbetween\s[\w\s’'-]{1,40}$")
_RELATIVE = frozenset({"which", "that", "who"})
_PRONOUNS = frozenset("he she it they we i you there this these those who which that what one others now then".split())
_NO_NOUNS = _PRONOUNS | _VERBS
_MOVES = _any("increase rise growth gain jump surge drop fall decline decrease cut reduction loss share stake")
_IN_OF = re.compile(rf"\s+(?:(?:[a-z]+\s+)?(?:{_MOVES})\s+in|of)\s+(?P<what>[^,.;:()]{{2,80}})", re.IGNORECASE)
_WHOLE = re.compile(
    r"\s+of\s+(?:the\s+|its\s+|all\s+|total\s+|national\s+|annual\s+)*"
    r"(?:GDP|gross domestic product|(?:national |economic )?(?:income|output)|total|sales|revenues?)\b",
    re.IGNORECASE,
)
"""What a share is a share of, when it says nothing of what the share is."""
_IN_ANY = re.compile(
    r"\s+in\s+(?P<what>(?!(?:the|an?|its|his|her|their|our|each|every|this|that|these|last|next|recent|early|late|total|all|"
    r"addition|exchange|return|order|case|part|fact|about|less|more|just|only|over|under|one|two|three|today|which|what|"
    r"whom|response|line|front|time|court|public|private|place|advance|favor|favour)\b)[a-z-]+(?:\s(?!(?:for|to|from|on|over|"
    r"every|an?|each|since|this|last|by|that|and|at|with|in|of|as|during|after|before|the|is|are|was|were|has|had|have|"
    r"will|would|if|when|while|but|or|than|annually|yearly)\b)[a-z-]+|\sand\s[a-z-]+(?=\s[a-z]+s\b)){0,4})"
)
"""What money is: ``$100 million in interest``; the words of a place or a time are none."""
_IN_MONEY = re.compile(
    r"\s+in\s+(?P<what>(?:[a-z]+\s){0,2}(?:aid|loans?|debts?|cash|goods|revenues?|sales|tax(?:es)?|damages|compensation|"
    r"assets|investments?|bonds|subsidies|grants|fines|exports|imports|profits?|losses|spending|savings))\b"
)
_OF_KIND = re.compile(
    r"\b(?:an?|the|its|his|her|their|our|this|that|new)\s+(?:(?:about|roughly|nearly|proposed|record)\s+)?$"
)
"""Before money that describes the noun after it: ``the $5 billion market``."""
_NO_KIND = re.compile(rf"\s*-?(?:{_MOVES})\b")
_BEFORE_FIGURE = re.compile(r"(?:\s+(?:of|worth|valued at)|,\s+(?:now\s+)?at)\s+(?:\w+\s+)?$")
_BREAK = re.compile(r"[,.;:()]")
_LEADS = frozenset("with at on by from for despite after including plus against over".split())
"""Prepositions that bring a noun phrase: what stands before them is no part of it."""

_DETERMINER = re.compile(r"^(?:an?|the)\s+(?=\w)")
_CHANGED = re.compile(
    r"\b(?:raised?|raising|cut|cutting|lift(?:ed)?|lower(?:ed)?|reduc(?:e|ed|ing)|increas(?:e|ed|ing)|trimmed|slashed|"
    r"boost(?:ed)?|expand(?:ed)?)\s+(?P<what>(?:its|the|their|his|her)\s[^,.;:]{3,60}?)\s+(?:by|to|from)\s+$"
)
_FOLLOWS = re.compile(
    r"\b(?:compared\s+(?:with|to)|against|versus|from|to|and\s+another|(?:and|or)\s+by|and)\s+(?:a\s+|an\s+|about\s+|another\s+)*$"
    r"|,\s+(?:(?:up|down|a|an|or)\s+)?$"
)
_OPENERS = re.compile(
    r"^(?:(?:an? \w+ ago|(?:last|this|next) (?:year|month|week|quarter)|overall|and|but|or|so|then|hence)\s+)+"
    r"|\s+(?:also|still|now|already|just|only)$",
    re.IGNORECASE,
)
"""Words at the edges of a subject that are no part of it."""
_MAX_BETWEEN = 60
_OF_WORDS = frozenset({"of", "the", "a", "an", "between", "and"})
_SUBJECT_WINDOW = 300
_NOUN_WINDOW = 100
_LINK_WINDOW = 30
_MOST_WORDS = 12


def follows(text: str, start: int, end: int) -> bool:
    """Tell whether a figure is compared with, or added to, the one before it: "fell to 4 from [5]"."""
    return end - start <= _MAX_BETWEEN and _FOLLOWS.search(text, start, end) is not None


def measure_of(text: str, measured: Measured, span: Span, sentence: Span, before: str | None = None) -> str | None:
    """Return the words that say what a figure measures, None where nothing near says it.

    ``before`` is what the figure measures that this one is compared with, if there is one.

    >>> text = "Military spending reached 2.1 per cent of GDP."
    >>> percent = Measured(QuantityKind.PERCENT, "percent", 26, 38, 2.1)
    >>> measure_of(text, percent, Span(26, 38), Span(0, len(text)))
    'Military spending'
    """
    if measured.kind in _COUNTED and (noun := counted_noun(text, measured.end, sentence.end)):
        return noun
    if before or measured.kind in _OF_NOTHING:
        return None if measured.kind in _OF_NOTHING else before
    subject = _subject(text, span, sentence)
    if subject and _WHOLE.match(text, measured.end, sentence.end):
        return subject
    if found := _IN_OF.match(text, measured.end, sentence.end):
        return " ".join(noun_words(found["what"], limit=8, kept=_OF_WORDS)) or None
    if measured.kind is QuantityKind.MONEY and (what := _of_money(text, measured, span, sentence)):
        return what
    changed = _CHANGED.search(text, max(sentence.start, span.start - _NOUN_WINDOW), span.start)
    return _named_before(text, span, sentence) or (_checked(changed["what"]) if changed else None) or subject


def _of_money(text: str, measured: Measured, span: Span, sentence: Span) -> str | None:
    """Return what an amount of money is: "$3 million in [dividends]", "the $5 billion [market]"."""
    for pattern in (_IN_MONEY, _IN_ANY):
        if found := pattern.match(text, measured.end, sentence.end):
            return found["what"]
    is_kind = _OF_KIND.search(text, max(sentence.start, span.start - _LINK_WINDOW), span.start)
    if is_kind and not _NO_KIND.match(text, measured.end):
        return counted_noun(text, measured.end, sentence.end)
    return None


def _is_verb(word: str) -> bool:
    """Tell whether a word is a verb of the list, or ends as a past does."""
    return word in _VERBS or (word.endswith("ed") and word.islower() and len(word) > 3 and word not in _NO_VERB_ED)


def _named_before(text: str, span: Span, sentence: Span) -> str | None:
    """Return the noun before ``of`` or ``worth``: "[cocoa yields] of 500 kilograms", "traded [goods] worth $3"."""
    start = max(sentence.start, span.start - _NOUN_WINDOW)
    link = _BEFORE_FIGURE.search(text, max(start, span.start - _LINK_WINDOW), span.start)
    if link is None:
        return None
    before = _BREAK.split(text[start : link.start()])[-1]
    words = list(_WORD.finditer(before))
    ends = [
        word.end()
        for at, word in enumerate(words)
        if word.group().lower() in _LEADS or (_is_verb(word.group()) and not _is_participle(words, at))
    ]
    return _checked(_DETERMINER.sub("", " ".join(before[ends[-1] if ends else 0 :].split())))


def _is_participle(words: Sequence[re.Match[str]], at: int) -> bool:
    """Tell whether a word in -ed describes the noun after it: "an [estimated] cost"."""
    return at > 0 and words[at].group().endswith("ed") and words[at - 1].group().lower() in ("a", "an", "the", "its")


def _subject(text: str, span: Span, sentence: Span) -> str | None:
    """Return the subject of the last verb before a figure."""
    before = text[max(sentence.start, span.start - _SUBJECT_WINDOW) : span.start]
    words = list(_WORD.finditer(before))
    at = next((i for i in range(len(words) - 1, -1, -1) if _is_verb(words[i].group())), None)
    if at is None:
        return None
    first = words[at].start()
    for word in reversed(words[:at]):
        if _is_verb(word.group()):
            first = word.start()
        elif word.group() not in _WITHIN_GROUP and not word.group().endswith("ly"):
            break
    return _noun_before(before, first)


def _noun_before(before: str, end: int) -> str | None:
    """Return what stands before a verb in its clause; an insert between commas is passed over."""
    if before[:end].rstrip().endswith(",") and (insert := _INSERT.search(before, 0, end)):
        end = insert.start()
    breaks = [found for found in _CLAUSE.finditer(before, 0, end) if not _BETWEEN.search(before, 0, found.start())]
    start = breaks[-1].end() if breaks else 0
    words = before[start:end].strip(" \n\t‘“\"'")
    if words.lower() in _RELATIVE:
        head = before[:start].rstrip(" ,")
        return _checked(head[max((found.end() for found in _CLAUSE.finditer(head)), default=0) :])
    return _checked(words)


def _checked(words: str) -> str | None:
    """Return words that name something; pronouns and whole clauses are none."""
    words = _OPENERS.sub("", words)
    parts = words.split()
    if not parts or len(parts) > _MOST_WORDS or parts[0].lower() in _NO_NOUNS:
        return None
    return words.strip(" \n\t‘“\"',")
