"""Who says what: direct, mixed and indirect speech, and terms in quotation marks (English).

Patterns over words: a verb of saying with its subject beside quotation marks, before a clause, or after one. Left
alone: what nobody is named as saying, unless quotation marks show it. Verbs of thinking and wanting make claims
(``claims``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import islice

from copydesk.article import FieldName
from copydesk.document import Span
from copydesk.extract.attributions import Cue, content_after, find_cues, is_speech, span_of, stance_of, verbs_of
from copydesk.extract.clauses import PREPOSITIONS, is_adverb, trim
from copydesk.extract.cue_words import is_clause, is_title
from copydesk.extract.found import Found
from copydesk.extract.named import Named, named_in
from copydesk.extract.quotes_direct import Said, find_direct, find_turns
from copydesk.extract.quotes_marks import Quoted
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.extract.spans import Spans
from copydesk.extract.tellers import Frame, find_teller, first_comma, frame_of, line_end, may_tell
from copydesk.extract.twins import without_twins
from copydesk.extract.verbs import Form
from copydesk.extract.voices import Voice, voice_of
from copydesk.extract.words import Word, places_of, sentences_of
from copydesk.facts import EntityType, Quote, QuoteKind

FIELDS = frozenset((FieldName.BODY, FieldName.TITLE, FieldName.CAPTION))
"""The texts in which people speak."""

_ACCORDING = frozenset(("according",))
_BEFORE_SOURCE = frozenset(",”\"’'—–-(")
_SURVEYS = frozenset("poll polls survey surveys study trial trials studies".split())
_TOLD_BY = _ACCORDING | _SURVEYS
_MAX_SURVEY = 14
_MAX_BRACKET = 8
_OPENING = frozenset(
    "after although as because before if once since though unless until when whenever while whether where".split()
)
_NO_WORDS = frozenset("a an enough it little more much nothing so something this anything goodbye".split())
"""What begins an object that tells nothing of what is said."""
_DESCRIBES = frozenset("a an the who whose which his her its their one adding citing referring".split())
"""What tells more of a speaker behind a comma: ``said Ms Diaz, a lawyer``."""
_IT_ALL = frozenset("all best over again like with for in to as".split())
_OWN = frozenset("his her its their each every my our your".split())
_MAX_TERM = 8
_SHORT_WORD = 3
_MIN_SAID = 2
_MAX_AFTER = 14


def find_quotes(reading: Reading, found: Found) -> Iterator[Quote]:
    """Yield what is quoted, direct and indirect, with its speaker and cue.

    The content of a direct quotation covers its marks, and, where the cue stands within it (“A,” she said. “B.”), all
    from the first mark to the last.
    """
    for passage in reading.passages:
        if passage.field in FIELDS:
            yield from without_twins(_quotes_in(passage, named_in(found, passage)))


def _quotes_in(passage: ReadingPassage, named: Named) -> Iterator[Quote]:
    quoted = passage.quoted
    direct = find_direct(passage, quoted)
    spoken = Spans(s.content for s in direct)
    direct += [turn for turn in find_turns(passage.text) if not spoken.overlap(turn.content)]
    reported = list(_reported(passage, quoted, direct, named))
    voices = _Voices(named, passage.text)
    for said in sorted([*direct, *reported], key=lambda s: (s.content.start, s.content.end)):
        yield _quote(passage, said, voices.identify(said))
    taken = Spans([s.content for s in (*direct, *reported)])
    for piece in quoted:
        if not taken.overlap(piece.span) and _is_term(passage.text, piece):
            yield Quote(
                place=passage.place(piece.start, piece.end),
                sentence=passage.sentence_at(piece.start),
                rule="quotes.term",
                confidence=0.8,
                kind=QuoteKind.TERM,
                content=piece.span,
            )


def _is_term(text: str, piece: Quoted) -> bool:
    inner = text[piece.start + 1 : piece.end - 1]
    return len(inner.split()) <= _MAX_TERM and not inner.endswith((".", "!", "?")) and any(c.isalnum() for c in inner)


def _quote(passage: ReadingPassage, said: Said, speaker: str | None) -> Quote:
    parts = [span for span in (said.content, said.speaker, said.cue) if span is not None]
    return Quote(
        place=passage.place(min(s.start for s in parts), max(s.end for s in parts)),
        sentence=passage.sentence_at(said.content.start),
        rule=f"quotes.{said.rule}",
        confidence=0.9 if said.cue else 0.6,
        kind=said.kind,
        content=said.content,
        speaker=speaker,
        speaker_span=said.speaker,
        cue=said.cue,
    )


@dataclass
class _Voices:
    """Who speaks: the entity that the speaker's words name; ``he`` and ``she`` are the person who spoke last."""

    named: Named
    text: str
    last: str | None = None

    def identify(self, said: Said) -> str | None:
        if said.speaker is None:
            return None
        words = self.text[said.speaker.start : said.speaker.end].lower()
        if words in ("he", "she"):
            return self.last
        mention = self.named.head(said.speaker)
        if mention is None:
            return None
        if mention.type is EntityType.PERSON:
            self.last = mention.entity_id
        return mention.entity_id


def _reported(
    passage: ReadingPassage, quoted: Sequence[Quoted], direct: Sequence[Said], named: Named
) -> Iterator[Said]:
    """Yield indirect and mixed speech of every sentence."""
    marks, spoken = Spans([q.span for q in quoted]), Spans([s.content for s in direct])
    used = {s.cue for s in direct}
    for _, words in sentences_of(passage):
        if not find_cues(words) and _TOLD_BY.isdisjoint(words.vocabulary):
            continue
        for said in (
            *_by_verb(passage.text, words, marks, named, used),
            *_according_to(passage.text, words, named),
            *_in_survey(passage.text, words),
        ):
            if spoken.overlap(said.content):
                continue
            mixed = marks.overlap(said.content)
            yield replace(said, kind=QuoteKind.MIXED) if mixed else said


def _by_verb(
    text: str, words: Sequence[Word], marks: Spans, named: Named, used: AbstractSet[Span | None]
) -> Iterator[Said]:
    """Yield what verbs of saying bring; not those that bring words within quotation marks (``used``)."""
    for cue in find_cues(words):
        cue_span = span_of(words, (cue.first, cue.last))
        if not is_speech(cue.lemma) or cue_span in used or marks.overlap(cue_span):
            continue
        subject = find_teller(text, words, cue, named)
        if subject is None and cue.subject is not None and cue.group.form is not Form.ING:
            continue
        voice = voice_of(words, subject, named)
        content, rule = _content(words, cue, voice)
        if content is None or not may_tell(words, cue, subject, voice):
            continue
        span = trim(text, *span_of(words, content))
        span = trim(text, span.start, line_end(text, span))
        if span.end > span.start and not _is_title(text[slice(*span)]):
            yield Said(span, span_of(words, subject) if subject else None, cue_span, QuoteKind.INDIRECT, rule)


def _is_title(words: str) -> bool:
    """Tell whether words are a name in quotation marks: “The Long Winter”."""
    if words[:1] not in '“"‘«' or words[-1:] not in '”"’»':
        return False
    inner = words[1:-1].split()
    is_sentence = words[-2:-1] in (".", "!", "?", ",", "…")
    return len(inner) > 1 and not is_sentence and all(w[:1].isupper() for w in inner if len(w) > _SHORT_WORD)


def _content(words: Sequence[Word], cue: Cue, voice: Voice) -> tuple[tuple[int, int] | None, str]:
    is_behind = cue.lemma in verbs_of("behind") and voice is not Voice.THING
    if words[0].lower == "as" and cue.last < len(words) and words[cue.last].text == "," and is_behind:
        return (cue.last + 1, len(words)), "indirect_after_as"
    trailing = _content_before(words, cue) if is_behind else None
    if trailing is not None:
        return trailing, "indirect_before_cue"
    content = content_after(words, cue)
    is_told = content is not None and _is_told(words, cue, content, voice)
    return (content if is_told else None), "indirect_after_cue"


def _is_told(words: Sequence[Word], cue: Cue, content: tuple[int, int], voice: Voice) -> bool:
    """Tell whether a complement is what is said: a clause for verbs that have plain objects too, and no stance."""
    frame, needs_clause = frame_of(words, content), cue.lemma in verbs_of("needs_clause")
    if frame is Frame.THAT:
        return True
    if stance_of(cue.lemma) or (needs_clause and voice in (Voice.ANYBODY, Voice.AUTHOR)):
        return False  # a judgement or a wish: a claim
    if needs_clause:
        frame = frame_of(words, (content[0], first_comma(words, content)))
    opener = words[content[0]].lower
    is_short = content[1] - content[0] <= _MIN_SAID  # he removes said pieces
    if frame is Frame.PHRASE and (needs_clause or opener in _NO_WORDS or is_short):
        return False
    return not (opener == "it" and content[0] + 1 < content[1] and words[content[0] + 1].lower in _IT_ALL)


def _content_before(words: Sequence[Word], cue: Cue) -> tuple[int, int] | None:
    """Return a clause that stands before its cue: ``The talks failed, Ms Diaz said``."""
    if cue.subject is None or cue.group.form in (Form.ING, Form.PARTICIPLE) or not (cue.inverted or cue.is_own):
        return None
    opening = cue.first if cue.inverted else min(cue.first, cue.subject[0])
    closing = max(cue.last, cue.subject[1])
    if opening < 2 or words[opening - 1].text != ",":
        return None
    if closing < len(words) and words[closing].text == ",":
        return _content_around(words, cue, opening, closing)
    rest = list(islice((w for w in words[closing:] if w.is_word or w.text == ","), _MAX_AFTER + 1))
    rest = rest[: next((at for at, w in enumerate(rest) if w.text == ","), len(rest))]
    short = len(rest) <= _MAX_AFTER and (
        not rest or rest[0].lower in PREPOSITIONS or is_adverb(rest[0]) or rest[0].is_name
    )
    whole = short and _is_whole(words[: opening - 1], is_sure=not rest and cue.lemma == "say")
    return (0, opening - 1) if whole and all(w.lower != "that" for w in rest) else None


def _content_around(words: Sequence[Word], cue: Cue, opening: int, closing: int) -> tuple[int, int] | None:
    """Return what is said around its cue; before it, where only the speaker is told of behind it: ``, a lawyer``."""
    if cue.inverted and closing + 1 < len(words) and words[closing + 1].lower in _DESCRIBES:
        return (0, opening - 1)
    return (0, len(words)) if is_clause([*words[: opening - 1], *words[closing + 1 :]], anywhere=True) else None


def _is_whole(words: Sequence[Word], *, is_sure: bool) -> bool:
    """Tell whether words before a cue are a clause: not only what opens one, as in ``When asked, she said``."""
    opens = words[0].lower in _OPENING and not any(w.text == "," for w in words)
    return not opens and (is_sure or is_clause(words, anywhere=True) or is_title(words))


def _according_to(text: str, words: Sequence[Word], named: Named) -> Iterator[Said]:
    for at in places_of(words, _ACCORDING):
        if at + 2 < len(words) and words[at + 1].lower == "to":
            end = next(
                (i for i in range(at + 2, len(words)) if words[i].text in (",", ".", ";", "—", ":", ")", "(", "|")),
                len(words),
            )
            if end == at + 2 or not _is_teller(words, (at + 2, end), named):
                continue
            is_set_off = at > 0 and words[at - 1].text in _BEFORE_SOURCE
            if at > 2 and not is_set_off:
                continue  # cut it according to the plan
            behind = (_past_bracket(words, end), len(words))
            is_within = behind[0] < len(words) and words[behind[0]].text == ","
            opens = not is_set_off or (is_within and not is_clause(words[:at], anywhere=True))
            pieces = behind if opens else (0, at)
            if not any(w.is_word for w in words[slice(*pieces)]):
                continue
            content = trim(text, *span_of(words, pieces))
            speaker = span_of(words, (at + 2, end))
            yield Said(content, speaker, span_of(words, (at, at + 2)), QuoteKind.INDIRECT, "according_to")


def _past_bracket(words: Sequence[Word], at: int) -> int:
    """Return the index past a short bracket that opens at a word: ``the Office for Soil (OfS), …``."""
    if at >= len(words) or words[at].text != "(":
        return at
    return next((i + 1 for i in range(at, min(len(words), at + _MAX_BRACKET)) if words[i].text == ")"), at)


def _in_survey(text: str, words: Sequence[Word]) -> Iterator[Said]:
    """Yield what stands behind a count that opens the sentence: ``In a new poll, 40% were against it``."""
    if words[0].lower != "in" or _SURVEYS.isdisjoint(w.lower for w in words[:_MAX_SURVEY]) or find_cues(words):
        return
    end = next((i for i in range(1, min(_MAX_SURVEY, len(words))) if words[i].text == ","), None)
    if end is None or words[end - 1].lower not in _SURVEYS or not is_clause(words[end + 1 :]):
        return
    content = trim(text, *span_of(words, (end + 1, len(words))))
    content = trim(text, content.start, line_end(text, content))
    yield Said(content, span_of(words, (1, end)), span_of(words, (0, 1)), QuoteKind.INDIRECT, "in_survey")


def _is_teller(words: Sequence[Word], piece: tuple[int, int], named: Named) -> bool:
    """Tell whether something is said ``according to`` it: not ``according to your needs``, ``to size``."""
    voice = voice_of(words, piece, named)
    if voice is Voice.READER:
        return False
    return voice is not Voice.THING or (words[piece[0]].lower not in _OWN and piece[1] - piece[0] > 1)
