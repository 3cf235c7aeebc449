"""A tie between two entities as a rule finds it, and the dates that say since and until when it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.document import Span
from copydesk.facts import Date, DateType

_SINCE = re.compile(r",?\s+(?:ever\s+)?(?:since|from|as of)\s+(?:the\s+)?$", re.IGNORECASE)
_UNTIL = re.compile(r",?\s+(?:until|till|up to)\s+$", re.IGNORECASE)
_WHEN = re.compile(r",?\s+(?:\w+\s+){0,4}?(?:in|on|at|back in)?\s*(?:the\s+)?$", re.IGNORECASE)
_OPENS = re.compile(r"\s*,?\s*(?:the\s+)?", re.IGNORECASE)
_SINCE_BEFORE = re.compile(r"\bsince\s+(?:the\s+)?$", re.IGNORECASE)
_IN_BEFORE = re.compile(r"(?:^|[\s“])(?:in|on|by)\s+(?:the\s+)?$|^$", re.IGNORECASE)
_FROM_BEFORE = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)
_REACH = 40


@dataclass(frozen=True)
class Tie:
    """A tie and the words for it.

    ``phase`` is ``holds``, ``began`` or ``ended``: what a date beside the words means. Rules that know nothing of it
    leave it at ``holds``.
    """

    subject: str
    predicate: str
    object: str
    span: Span
    confidence: float = 0.9
    phase: str = "holds"


def since_until(tie: Tie, text: str, sentence: Span, dates: Sequence[Date]) -> tuple[str | None, str | None]:
    """Return the TIMEX3 values of the beginning and the end of a tie; an end of no known day is ``PAST_REF``.

    ``dates`` are those of the sentence. "since 2008" begins a tie, "until 2008" ends it; "in 2008" is when the verb
    happened: it begins what began and ends what ended.
    """
    since: str | None = None
    until: str | None = None
    for date in dates:
        if date.type not in (DateType.DATE, DateType.TIME) or date.value.endswith("_REF"):
            continue
        what = _meaning(tie, text, sentence, date)
        value = date.value.partition("T")[0]
        if what == "since":
            since = since or value
        elif what == "until":
            until = until or value
    if tie.phase == "ended" and until is None:
        until = "PAST_REF"
    return since, until


def _meaning(tie: Tie, text: str, sentence: Span, date: Date) -> str | None:
    start, end = date.place.start, date.place.end
    if start >= tie.span.end and start - tie.span.end <= _REACH:
        if _SINCE.search(text, tie.span.end, start):
            return "since"
        if _UNTIL.search(text, tie.span.end, start):
            return "until"
        return _of_phase(tie) if _WHEN.fullmatch(text, tie.span.end, start) else None
    if end <= tie.span.start and _OPENS.fullmatch(text, end, tie.span.start):
        if _SINCE_BEFORE.search(text, sentence.start, start):
            return "since"
        is_led = _IN_BEFORE.search(text[sentence.start : start]) is not None
        return _of_phase(tie) if is_led else None
    return None


def _of_phase(tie: Tie) -> str | None:
    return {"began": "since", "ended": "until"}.get(tie.phase)
