"""Direct speech: words between quotation marks, with who says them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from copydesk.document import Span
from copydesk.extract.attributions import Cue, content_after, find_cues, is_speech, may_quote, noun_phrase, span_of
from copydesk.extract.clauses import DETERMINERS, PREPOSITIONS, main_subject
from copydesk.extract.quotes_marks import PARAGRAPH, Quoted
from copydesk.extract.reading import ReadingPassage
from copydesk.extract.voices import find_voice
from copydesk.extract.words import Word, words_of
from copydesk.facts import QuoteKind

_SIGNED = re.compile(
    r"\s*[—–―-]{1,2}\s*(?P<name>[A-Z][\w.’'-]*(?: +(?:[A-Z][\w.’'-]*|(?:of|de|van|von|al|bin)\b))*"
    r"(?: +[a-z][^\n,]{0,80})?)[^\n]{0,80}(?=\n|$)"
)
_TURN = re.compile(
    r"(?P<name>[A-Z](?<![^\n].)[A-Z.’'-]+(?: [A-Z][A-Z.’'-]*){0,3})(?: \([^)\n]{1,40}\))?: +"
    r"(?P<said>\S[^\n]*\S)(?=\n|$)"
)
_RUNS_ON = re.compile(r"[^.,!?…;:—–-][”’\"'»]\s+[a-z]")
"""A piece that is no sentence, with the rest of its sentence behind it."""
_INSERT = re.compile(
    r"\s*(?:\([^()\n]{1,40}\))?\s*(?:,|who\b|during\b|after\b|in\b|at\b|on\b|of\b|when\b|while\b|from\b)"
)
_BEFORE_REST = re.compile(r"(?:^|[.,:;]|\b(?:and|but))$")
_SENTENCE_ENDS = '.?!…”"’'
_LABELS = frozenset(
    "ADVICE|AND|BACKGROUND|CAUTION|CLAIM|CONS|DATE|DISCLAIMER|EDITING|EDITOR’S NOTE|EDITOR'S NOTE|FACT|FACTS|FAQ|FYI|"
    "IMPORTANT|NOTE|NOTES|OUR VERDICT|PROS|READ MORE|RESULT|RULING|STEP|SUMMARY|THE FACTS|THE VERDICT|TIP|TIPS|UPDATE|"
    "VERDICT|WARNING|WHERE|WHEN|WHO|WHY|WHAT|HOW".split("|")
)
"""Headings in capitals that are nobody's name."""
_READER = frozenset(("you", "your"))
_MIN_TURNS = 2
_MAX_GAP = 12
_MAX_INSERT = 40
_MIN_ALONE = 5
_MAX_BLANK = 20


@dataclass(frozen=True, slots=True)
class Said:
    """Something said: spans of what, who and how."""

    content: Span
    speaker: Span | None
    cue: Span | None
    kind: QuoteKind
    rule: str


def find_direct(passage: ReadingPassage, quoted: Sequence[Quoted]) -> list[Said]:
    """Return the direct speech of a passage, in text order.

    A quoted piece is speech when a verb of saying stands beside it, when it goes on after such a piece, or when it is a
    paragraph of its own.
    """
    found: list[Said] = []
    for index, piece in enumerate(quoted):
        before = quoted[index - 1].end if index else 0
        after = quoted[index + 1].start if index + 1 < len(quoted) else len(passage.text)
        if piece.is_single and not _is_sentence(passage.text, piece):
            continue
        if found and _goes_on(passage, found[-1], piece):
            added = _added(passage, found[-1], piece)
            whole = replace(found[-1], content=Span(found[-1].content.start, piece.end))
            found[-1:] = [found[-1], added] if added else [whole]
            continue
        said = _attributed(passage, piece, before, after) or _alone(passage, piece, found[-1] if found else None)
        if said is not None:
            found.append(said)
    return found


def _is_sentence(text: str, piece: Quoted) -> bool:
    """Tell whether a piece looks like something said, not like a term or a title."""
    inner = text[piece.start + 1 : piece.end - 1].strip()
    return inner.lstrip("[")[:1].isupper() and inner[-1:] in ",.!?…" and " " in inner


def _goes_on(passage: ReadingPassage, last: Said, piece: Quoted) -> bool:
    """Tell whether a piece continues the speech before it: nothing but its attribution stands between."""
    start = _end(last)
    between = passage.text[start : piece.start]
    if piece.start < start or PARAGRAPH.search(passage.text, last.content.end, piece.start):
        return False
    if last.cue is not None and last.cue.start < last.content.start:
        return not between.strip()
    end = start + len(between.rstrip())
    if end > start and passage.sentence_at(start - 1).end < end:
        return False
    if between.rstrip()[-1:] == "." and _RUNS_ON.match(passage.text, piece.end - 2):
        return False
    most = _MAX_INSERT if _INSERT.match(between) else _MAX_GAP
    return len(between.split()) <= most and _BEFORE_REST.search(between.rstrip()) is not None


def _added(passage: ReadingPassage, last: Said, piece: Quoted) -> Said | None:
    """Return a piece that follows another with a verb of its own: ``“A,” she said, adding: “B.”``."""
    between = words_of(passage, Span(_end(last), piece.start)) if _end(last) < piece.start else []
    cues = [c for c in find_cues(between) if is_speech(c.lemma) and not c.inverted]
    if not cues:
        return None
    said = _said(passage.text, piece, between, cues[-1], "direct_after_cue")
    return said if said.speaker is not None else replace(said, speaker=last.speaker)


def _attributed(passage: ReadingPassage, piece: Quoted, before: int, after: int) -> Said | None:
    sentence_end = passage.sentence_at(piece.end - 1).end
    if (
        sentence_end <= piece.end
        and passage.text[piece.end - 2] in "?!…"
        and passage.text[piece.end : piece.end + 1] == " "
    ):
        sentence_end = passage.sentence_at(piece.end + 1).end  # “Why?” Ms Diaz asked.
    tail = words_of(passage, Span(piece.end, min(sentence_end, after))) if piece.end < min(sentence_end, after) else []
    sentence = passage.sentence_at(piece.start)
    start = max(sentence.start, before)
    lead = words_of(passage, Span(start, piece.start)) if start < piece.start else []
    fragment = any(w.is_word for w in lead) and passage.text[piece.start + 1 : piece.start + 2].islower()
    fragment = fragment or (bool(lead) and lead[-1].lower in PREPOSITIONS | DETERMINERS)
    if not fragment and (cue := _cue_in_tail(tail)) is not None:
        return _said(passage.text, piece, tail, cue, "direct_before_cue")
    if (speaker := _signature(passage.text, piece)) is not None:
        return Said(piece.span, speaker, None, QuoteKind.DIRECT, "direct_signed")
    if (cue := _cue_in_lead(lead, piece, passage.text)) is not None:
        return _said(passage.text, piece, lead, cue, "direct_after_cue")
    if not lead and (words := _line_before(passage, piece)):
        cues = [c for c in find_cues(words) if is_speech(c.lemma)]
        if cues:
            return _said(passage.text, piece, words, cues[-1], "direct_after_colon")
    return _introduced(lead, piece, passage.text)


def _introduced(lead: Sequence[Word], piece: Quoted, text: str) -> Said | None:
    """Return a whole sentence that a colon, or ``According to Ms Diaz,``, brings without a verb of saying."""
    if len(lead) < 2 or not _is_sentence(text, piece):
        return None
    if lead[0].lower == "according" and lead[1].lower == "to" and lead[-1].text == ",":
        end = next(i for i, w in enumerate(lead) if w.text == ",")
        speaker, cue = span_of(lead, (2, end)) if end > 2 else None, span_of(lead, (0, 2))
        return Said(piece.span, speaker, cue, QuoteKind.DIRECT, "direct_according_to")
    if lead[-1].text == ":":
        subject = find_voice(text, lead, noun_phrase(lead, main_subject(lead)))
        return Said(
            piece.span, span_of(lead, subject) if subject else None, None, QuoteKind.DIRECT, "direct_after_colon"
        )
    return None


def _said(text: str, piece: Quoted, words: Sequence[Word], cue: Cue, rule: str) -> Said:
    subject = find_voice(text, words, cue.subject)
    speaker = span_of(words, subject) if subject else None
    return Said(piece.span, speaker, span_of(words, (cue.first, cue.last)), QuoteKind.DIRECT, rule)


def _cue_in_tail(tail: Sequence[Word]) -> Cue | None:
    """Return the cue right after a quotation: ``” Ms Diaz said``, ``,” said Ms Diaz``."""
    for cue in find_cues(tail):
        opening = cue.first if cue.inverted else cue.subject[0] if cue.subject else len(tail)
        if opening <= 1 and may_quote(cue.lemma):
            content = content_after(tail, cue)
            return cue if content is None or tail[content[0] - 1].lower != "that" else None
        return None
    return None


def _cue_in_lead(lead: Sequence[Word], piece: Quoted, text: str) -> Cue | None:
    """Return the cue right before a quotation: ``Ms Diaz said:``, ``told us on Monday, ``."""
    cues = [c for c in find_cues(lead) if may_quote(c.lemma) and c.subject is not None and not c.inverted]
    if not cues or lead[cues[-1].subject[0] if cues[-1].subject else 0].lower in _READER:
        return None
    cue = cues[-1]
    gap = lead[cue.last :]
    if not gap:
        return cue
    closes = gap[-1].text in (",", ":")
    opens = text[piece.start + 1 : piece.end].lstrip("[")[:1].isupper()
    near = len(gap) <= _MAX_GAP and not any(w.text in (".", ";") or w.lower == "that" for w in gap)
    return cue if near and closes and opens else None


def _line_before(passage: ReadingPassage, piece: Quoted) -> list[Word]:
    """Return the words of the sentence before a piece when it ends in a colon."""
    before = passage.text[max(0, piece.start - _MAX_BLANK) : piece.start]
    if not before.rstrip().endswith(":"):
        return []
    end = piece.start - len(before) + len(before.rstrip())
    return words_of(passage, Span(passage.sentence_at(end - 1).start, end))


def _signature(text: str, piece: Quoted) -> Span | None:
    """Return the name after a dash that signs a quotation: ``“...” — Ana Ruiz`` at the end of a line."""
    signed = _SIGNED.match(text, piece.end)
    return Span(*signed.span("name")) if signed else None


def find_turns(text: str) -> Iterator[Said]:
    """Yield the turns of a transcript: paragraphs that start with a name in capitals and a colon.

    Two names at the least take turns in whole sentences; a lone label (``TIP:``) or a table of facts is none.
    """
    turns = [t for t in _TURN.finditer(text) if t["said"][-1] in _SENTENCE_ENDS and t["name"] not in _LABELS]
    if len({t["name"] for t in turns}) < _MIN_TURNS:
        return
    for turn in turns:
        yield Said(Span(*turn.span("said")), Span(*turn.span("name")), None, QuoteKind.DIRECT, "direct_turn")


def _alone(passage: ReadingPassage, piece: Quoted, last: Said | None) -> Said | None:
    """Return a piece that is a paragraph of its own; it belongs to who spoke in the paragraph before."""
    text = passage.text
    starts = not piece.start or text[: piece.start].endswith("\n") if piece.start < 3 else text[piece.start - 1] == "\n"
    ends = text[piece.end : piece.end + 1] in ("", "\n")
    if not (starts and ends) or len(text[piece.start : piece.end].split()) < _MIN_ALONE:
        return None
    follows = last is not None and not text[max(last.content.end, _end(last)) : piece.start].strip(" .\n")
    speaker = last.speaker if follows and last is not None else None
    return Said(piece.span, speaker, None, QuoteKind.DIRECT, "direct_alone")


def _end(said: Said) -> int:
    return max(s.end for s in (said.content, said.speaker, said.cue) if s is not None)
