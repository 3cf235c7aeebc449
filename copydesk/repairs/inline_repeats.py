"""Sentences, or parts of one, that stand twice in a row within a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.document import Span
from copydesk.proposals import Proposal
from copydesk.repeats import Chain, Repeats
from copydesk.view import View

VERSION = 1

MIN_LENGTH = 24
"""Characters of a beginning that breaks off and begins again; stammering and emphasis are shorter."""
MIN_SENTENCE = 48
"""Characters of a whole sentence that stands twice: shorter ones are said twice on purpose."""
MIN_DIFFERENT = 5
"""Different words in it: "no, no, no" and a refrain's "fa la la" have fewer."""
_STOP = re.compile(r"[.!?…。！？؟।۔]")
_MARKS_BEHIND = re.compile(r"[^\w\s]*")
_OPENING = re.compile(r"[^\w\s]*\Z")


def find_inline_repeats(view: View) -> Iterator[Proposal]:
    r"""Propose to take out words that stand twice in a row in one paragraph; the evidence is the copy that stays.

    A beginning that breaks off before the whole sentence goes; of a sentence, or its end, the second one goes. Left
    alone: short sentences that are said twice, repetitions of three and more, copies that differ in a word, pages: what
    is copied there is a whole block.

    >>> text = "It rained. Nobody in the village had seen Nobody in the village had seen the river so high."
    >>> [text[p.start:p.end] for p in find_inline_repeats(View(text))]
    ['Nobody in the village had seen ']
    """
    for chain in view.repeats.chains if view.is_pasted else ():
        proposal = _judge(view, chain) if len(chain.runs) == 1 and chain.earlier.stop == chain.later.start else None
        if proposal:
            yield proposal


def _judge(view: View, chain: Chain) -> Proposal | None:
    repeats, text = view.repeats, view.text
    one, other = repeats.span(chain.earlier), repeats.span(chain.later)
    words = repeats.words[chain.later.start : chain.later.stop]
    if not _is_varied(words) or "\n" in text[one.start : other.end] or _goes_on(repeats, chain):
        return None
    between = text[one.end : other.start]
    if _STOP.search(between):
        gone = Span(_behind(text, one.end), _behind(text, other.end))
        is_tail = text[other.start].islower()
        size, evidence = MIN_LENGTH if is_tail else MIN_SENTENCE, one
    else:
        gone = Span(_before(text, one.start), _before(text, other.start))
        size, evidence = MIN_LENGTH, other
    if gone.end - gone.start < size or not _is_side(text, gone, is_beginning=evidence is other):
        return None
    reason = f"{len(words)} words that stand twice in a row"
    return Proposal(*gone, "", "duplicate", "inline_repeats.twice", reason, 0.95, evidence)


def _is_varied(words: list[str]) -> bool:
    """Tell whether words do not repeat themselves all the time, as a refrain or a chant does."""
    return len(set(words)) >= max(MIN_DIFFERENT, len(words) / 4)


def _goes_on(repeats: Repeats, chain: Chain) -> bool:
    """Tell whether the words stand a third time, at least half of them."""
    words, later = repeats.words, chain.later
    half = len(later) // 2 + 1
    return words[later.stop : later.stop + half] == words[later.start : later.start + half]


def _is_side(text: str, gone: Span, *, is_beginning: bool) -> bool:
    """Tell whether a beginning begins as a sentence does, or what goes second ends as one does."""
    if not is_beginning:
        return bool(_STOP.search(text, max(gone.start, gone.end - 3), gone.end))
    before = text[max(0, gone.start - 4) : gone.start].strip()
    return not before or bool(_STOP.search(before)) or before[-1:] in ':"”’»'


def _behind(text: str, position: int) -> int:
    """Return where the marks behind a word end."""
    match = _MARKS_BEHIND.match(text, position)
    return match.end() if match else position


def _before(text: str, position: int) -> int:
    """Return where the marks before a word begin."""
    match = _OPENING.search(text, max(0, position - 3), position)
    return match.start() if match else position
