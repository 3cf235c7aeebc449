"""Statements that somebody makes or holds (English): attributed ones, and the author's own.

What stands within somebody's quoted words is theirs: it is a part of the quote and yields no claim of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from copydesk.document import Span
from copydesk.extract.attributions import Cue, content_after, find_cues, is_speech, span_of, stance_of, verbs_of
from copydesk.extract.claims_author import find_author_claims, may_claim
from copydesk.extract.claims_stances import find_stances
from copydesk.extract.clauses import AUXILIARIES, trim
from copydesk.extract.found import Found
from copydesk.extract.holders import Held, may_hold, object_end
from copydesk.extract.named import Named, named_in
from copydesk.extract.quotes import FIELDS
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.extract.spans import Spans
from copydesk.extract.tellers import Frame, find_teller, first_comma, frame_of, line_end
from copydesk.extract.twins import without_twins
from copydesk.extract.verbs import Form
from copydesk.extract.voices import voice_of
from copydesk.extract.words import Word, sentences_of
from copydesk.facts import Claim, ClaimKind, Modality, Quote, QuoteKind

_FIRST = frozenset("i we me us my our ours mine myself ourselves".split())
_NOBODY = frozenset("you there this that these those what everything nothing something anything".split())
"""Subjects of sentences that tell nobody's view: the reader's, or of things."""


def find_claims(reading: Reading, found: Found) -> Iterator[Claim]:
    """Yield the claims of the texts, those of a holder first in each sentence; needs ``found.quotes``."""
    for passage in reading.passages:
        if passage.field not in FIELDS:
            continue
        named = named_in(found, passage)
        quotes = [q for q in found.quotes if q.place[:2] == (passage.field, passage.ordinal)]
        yield from without_twins(_claims_in(passage, named, quotes))


def _claims_in(passage: ReadingPassage, named: Named, quotes: Sequence[Quote]) -> Iterator[Claim]:
    cues = {q.cue for q in quotes}
    marked = [q.span for q in passage.quoted]
    said = Spans([*(q.content for q in quotes if q.kind is not QuoteKind.TERM), *marked])
    reported = Spans(q.content for q in quotes if q.kind is not QuoteKind.TERM)
    nothing = Spans(())
    for sentence, words in sentences_of(passage):
        attributed = list(_attributed(passage, sentence, words, named, cues, said)) if find_cues(words) else []
        yield from attributed
        theirs = Spans(c.content for c in attributed) if attributed else nothing
        stances = [
            claim
            for claim in find_stances(passage, sentence, words, named)
            if not (theirs.overlap(claim.content) or said.overlap(claim.content))
        ]
        yield from stances
        if not may_claim(passage, words):
            continue
        theirs = Spans(c.content for c in (*attributed, *stances)) if stances else theirs
        for claim in find_author_claims(passage, sentence, words, named):
            if not theirs.overlap(claim.content) and not reported.overlap(claim.content):
                yield claim


def _attributed(
    passage: ReadingPassage,
    sentence: Span,
    words: Sequence[Word],
    named: Named,
    used: AbstractSet[Span | None],
    said: Spans,
) -> Iterator[Claim]:
    """Yield what verbs say that somebody holds; not what a quote has (``used``: their cues), or what stands in one."""
    for cue in find_cues(words):
        modality = stance_of(cue.lemma)
        if modality is None or not _is_somebodys(words, cue):
            continue
        cue_span = span_of(words, (cue.first, cue.last))
        content = None if cue_span in used or said.hold(cue_span) else content_after(words, cue)
        subject = find_teller(passage.text, words, cue, named) if content is not None else None
        if content is None or subject is None:
            continue
        frame = frame_of(words, content)
        if frame is Frame.CLAUSE and cue.lemma in verbs_of("clause_held"):
            frame = frame_of(words, (content[0], first_comma(words, content)))
        if not may_hold(words, Held(cue, content, subject, voice_of(words, subject, named), frame), named):
            continue
        if frame is Frame.PHRASE:
            content = (content[0], object_end(words, content))
        span = trim(passage.text, *_without_hearer(words, cue, content, named))
        span = trim(passage.text, span.start, line_end(passage.text, span))
        if span.start >= span.end:
            continue
        holder = span_of(words, subject)
        mention = named.head(holder)
        yield Claim(
            place=passage.place(min(cue_span.start, holder.start), span.end),
            sentence=sentence,
            rule=f"claims.attributed.{cue.lemma}",
            confidence=0.8,
            kind=ClaimKind.ATTRIBUTED,
            content=span,
            modality=Modality.NEGATED if _is_nobodys(words, subject) else _modality(cue, modality),
            holder=mention.entity_id if mention else None,
            holder_span=holder,
            cue=cue_span,
        )


def _is_somebodys(words: Sequence[Word], cue: Cue) -> bool:
    """Tell whether a cue is a finite verb, or follows one, whose subject is somebody other than the author."""
    if cue.subject is None or any(w.lower in _FIRST for w in words[slice(*cue.subject)]):
        return False
    if cue.subject[1] - cue.subject[0] == 1 and words[cue.subject[0]].lower in _NOBODY:
        return False
    bare = cue.group.form in (Form.ING, Form.PARTICIPLE) and not any(
        w.lower in AUXILIARIES for w in words[cue.group.first : cue.group.head]
    )
    joined = cue.first > 0 and words[cue.first - 1].lower in ("and", "or", "but", ",", "then")
    if bare and cue.group.form is Form.ING:
        return words[cue.first - 1].text == "," and cue.lemma in verbs_of("participles_held")
    return not bare and (cue.is_own or joined)


def _is_nobodys(words: Sequence[Word], subject: tuple[int, int]) -> bool:
    """Tell whether nobody holds it: ``no study shows``."""
    return "no" in (words[subject[0]].lower, words[subject[0] - 1].lower if subject[0] else "")


def _modality(cue: Cue, modality: Modality) -> Modality:
    """Return how sure the content is: what a wish or a fear gives it, or what the cue's own auxiliaries do."""
    return cue.group.modality if cue.group.modality is not Modality.ASSERTED else modality


def _without_hearer(words: Sequence[Word], cue: Cue, content: tuple[int, int], named: Named) -> Span:
    """Return the content of a verb of telling without the hearer at its end: ``to Ms Diaz in May``."""
    whole = span_of(words, content)
    if not is_speech(cue.lemma):
        return whole
    for at in range(content[1] - 1, content[0], -1):
        if words[at].lower == "to" and at + 1 < content[1]:
            after = span_of(words, (at + 1, min(at + 6, content[1])))
            if any(m.place.start == after.start and m.type.value == "PERSON" for m in named.within(after)):
                return Span(whole.start, words[at - 1].end)
    return whole
