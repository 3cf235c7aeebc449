"""Leftover markup: tags, comments, shortcodes, Markdown, wiki marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from copydesk.proposals import Proposal
from copydesk.repairs.tags import Mark, find_brackets, find_tags
from copydesk.repairs.wikitext import find_wikitext
from copydesk.view import View

VERSION = 1

ENOUGH = 4
"""So many marks in other lines, and a line that speaks of markup is marked up itself."""
_ABOUT = re.compile(
    r"\bHTML5?\b|\bMarkdown\b|\bBB ?[Cc]ode\b|\bmarkup\b|\bshortcodes?\b|\b(?:start|end|closing|opening) tags?\b"
    r"|\btags? (?:is|are|was|were)\b|\bthe \S{1,20} (?:tag|element|attribute)\b|\b[Bb]alises?\b|\b[Ee]tiquetas? HTML"
)
_ESCAPED = re.compile(r"&(?:amp;){0,4}(?:lt|#0{0,2}60|#[xX]0{0,2}3[cC]);")
_LINKS = re.compile(r"\] ?[(\[:]|\[(?:\[|http)")
_CODE = re.compile(r"(?m)^(```|~~~)[^\n]*\n(?:.*\n)*?\1|`[^`\n]{1,300}`")
_OPENING, _CLOSING = frozenset("“‘«\"'`„"), frozenset("”’»\"'`“")


def find_markup(view: View) -> Iterator[Proposal]:
    r"""Propose to take leftover marks away and keep the text between them; a mark alone on its line goes with the line.

    Left alone: ``a < b``, ``<3``, addresses in angle brackets, ``[sic]``, ``[He] said``, ``[1]``, starred notes, code,
    the marks that a text about markup shows, and pages, whose marks their reader has read: others are meant.

    >>> text = "<p>He [b]left[/b] **at last** for [Rome](/r), [sic] <a@b.c></p>\n\n<!-- ad -->\n\nx < y"
    >>> [text[p.start : p.end] for p in find_markup(View(text))]
    ['<p>', '[b]', '[/b]', '**', '**', '[', '](/r)', '</p>', '<!-- ad -->']
    """
    if not view.is_pasted:
        return
    text = view.text
    marks = _disjoint(sorted(_marks(text), key=lambda m: (m.start, -m.end)))
    if marks:
        yield from _laid_out(text, _meant_to_be_removed(text, marks))


def _marks(text: str) -> Iterator[Mark]:
    if "<" in text or ("&" in text and _ESCAPED.search(text)):
        yield from find_tags(text)
    if "[" in text:
        yield from find_brackets(text)
    if any(mark in text for mark in "*_~{#=") or ("[" in text and _LINKS.search(text)):
        yield from find_wikitext(text)


def _disjoint(marks: Sequence[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in marks:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _meant_to_be_removed(text: str, marks: Sequence[Mark]) -> Sequence[Mark]:
    """Leave out the marks in code, in quotation marks, and in lines on markup unless others stand elsewhere."""
    if "`" in text or "~~~" in text:
        codes = [match.span() for match in _CODE.finditer(text)]
        starts = [start for start, _ in codes]
        marks = [m for m in marks if (i := bisect_right(starts, m.start) - 1) < 0 or codes[i][1] < m.end]
    marks = [mark for mark in marks if not _is_shown(text, mark)]
    if not marks or not _ABOUT.search(text):
        return marks
    aside = [_ABOUT.search(_line(text, mark)) is not None for mark in marks]
    if aside.count(False) >= ENOUGH:
        return marks
    return [mark for mark, is_aside in zip(marks, aside, strict=True) if not is_aside]


def _is_shown(text: str, mark: Mark) -> bool:
    before, after = text[mark.start - 1 : mark.start] if mark.start else "", text[mark.end : mark.end + 1]
    return before in _OPENING and after in _CLOSING


def _line(text: str, mark: Mark) -> str:
    start = max(text.rfind("\n", 0, mark.start) + 1, mark.start - 500)
    end = text.find("\n", mark.end, mark.end + 500)
    around = text[start : mark.start], text[mark.end : end if end >= 0 else mark.end + 500]
    return " ".join(around)


def _laid_out(text: str, marks: Sequence[Mark]) -> Iterator[Proposal]:
    """Yield proposals: marks that fill their lines as one block, a break between texts that marks had kept apart."""
    first = 0
    for i in range(1, len(marks) + 1):
        if i < len(marks) and not text[marks[i - 1].end : marks[i].start].strip(" \t"):
            continue
        group = marks[first:i]
        first = i
        start, end = group[0].start, group[-1].end
        line_start = text.rfind("\n", max(0, start - 100), start) + 1
        is_first = not text[line_start:start].strip() and (line_start > 0 or start <= 100)
        line_end = text.find("\n", end, end + 100)
        is_last = not text[end : line_end if line_end >= 0 else end + 100].strip()
        if is_first and is_last and not any(mark.replacement for mark in group):
            rule = group[0].rule
            yield Proposal(start, end, "", "markup", rule, "leftover markup on a line of its own", 0.95, is_block=True)
        else:
            yield from _in_line(group, needs_break=not is_first and not is_last)


def _in_line(group: Sequence[Mark], *, needs_break: bool) -> Iterator[Proposal]:
    breaks = [mark.breaks for mark in group if mark.breaks] if needs_break else []
    widest = max(breaks, key=len, default="")
    widest = "\n\n" if breaks.count("\n") > 1 else widest
    for mark in group:
        replacement = mark.replacement
        if widest and mark.breaks:
            replacement, widest = widest, ""
        yield Proposal(mark.start, mark.end, replacement, mark.kind, mark.rule, "leftover markup", 0.95)
