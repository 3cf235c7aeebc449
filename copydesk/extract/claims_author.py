"""What the author claims: forecasts, causes, assessments, goals (English)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from copydesk.document import Span
from copydesk.extract.attributions import span_of
from copydesk.extract.claims_subjects import find_subject, is_asked, on_line
from copydesk.extract.clauses import (
    MODALS,
    NEGATIONS,
    PREPOSITIONS,
    VerbGroup,
    complement_end,
    is_adverb,
    verb_group,
)
from copydesk.extract.cue_words import is_verb
from copydesk.extract.named import Named
from copydesk.extract.reading import ReadingPassage
from copydesk.extract.verbs import Form, VerbForm, forms_of, load
from copydesk.extract.words import Word, Words, places_of
from copydesk.facts import Claim, ClaimKind, EntityType, Modality

_HEDGES = frozenset("potentially possibly probably likely perhaps presumably conceivably".split())
_STOPS = ("but", "while", "though", "although", "whereas", "as", "which", "and")
_DEGREES = frozenset("as less more most quite rather so too very".split())
_NOT_THE_AUTHORS = frozenset("i we you who which that".split())
_READER = frozenset("you your yours us our".split())
_NO_EFFECT = frozenset("and or because if when as you your than to from with".split())
"""What stands behind a verb of causing that names no effect, or only tells the reader what to do."""
_NOUNS = frozenset("damage fuel harm prompt spark spur trigger".split())
_BEFORE_ADJECTIVE = frozenset("a an the any no very more most and or , ai".split())
_PERSONS = frozenset("who i we you he she they".split())
_BE_FORMS = {
    word: (VerbForm("be", form),)
    for form, forms in ((Form.THIRD, ("is", "are")), (Form.PAST, ("was", "were")), (Form.BASE, ("be",)))
    for word in forms
}
_GOAL = re.compile(
    r"\b(?:goals?|aims?|objectives?|purposes?|priorit(?:y|ies)|targets?)\b[^.;,:—–]{0,40}?"
    r"(?:\s*[—–:]\s*|\s+-\s+|\s+(?:is|are|was|were|has been|have been)\s+)(?=to\s)"
)
_GOAL_OF = re.compile(
    r"\w+\s+of\s+(?P<who>(?!\w+ing\b)(?:(?:the|an?|its|their)\s+)?[\w’'-]+(?:\s+[\w’'-]+){0,3}?)\s+(?:is|are|was|were|has|have)\b"
)
_OWNED = re.compile(r"(?P<who>(?:\b(?:the|an?)\s+)?[\w-]+)[’']s?\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?P<who>its|their|his|her)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_HAS = re.compile(r"\s(?:has|had|have|set|sets|pursues?|announced|includes?|lists?)\s+(?:[\w-]+\s+){0,4}$")
"""What stands between a goal and who has it: ``The ministry has two aims: to``."""
_NEAR = 100
"""Characters before a goal in which its owner stands."""
_CONDITION = re.compile(r"\b(?:if|whether|when|where|unless|how)\b", re.IGNORECASE)
_GOAL_WORDS = frozenset(
    "goal goals aim aims objective objectives purpose purposes priority priorities target targets".split()
)
_NEXT_GOAL = re.compile(r",?\s+(?:and|as well as)\s+(?=to\s)|[,;]\s+(?=to\s)")


@cache
def _change_forms() -> Mapping[str, tuple[VerbForm, ...]]:
    return forms_of(load("claims_en.json")["change"])


@cache
def _copula_forms() -> Mapping[str, tuple[VerbForm, ...]]:
    return {**forms_of(load("claims_en.json")["copulas"]), **_BE_FORMS}


@cache
def _cause_forms() -> Mapping[str, tuple[VerbForm, ...]]:
    return forms_of(load("claims_en.json")["cause"])


@cache
def _judgements() -> frozenset[str]:
    return frozenset(load("claims_en.json")["judgements"])


@cache
def _telling() -> frozenset[str]:
    """Return the words of which one stands in every claim but a goal."""
    return frozenset([*_change_forms(), *_cause_forms(), *_judgements()])


def may_claim(passage: ReadingPassage, words: Words) -> bool:
    """Tell whether a sentence has a word of any claim of the author's, or its text one of a goal."""
    return not (_telling().isdisjoint(words.vocabulary) and _GOAL_WORDS.isdisjoint(passage.tokens.vocabulary))


def find_author_claims(passage: ReadingPassage, sentence: Span, words: Words, named: Named) -> Iterator[Claim]:
    """Yield what the author says will be, what caused what, how things stand, and what somebody's goals are."""
    if not (_telling().isdisjoint(words.vocabulary) or is_asked(words)):
        yield from _forecasts(passage, sentence, words)
        yield from _causes(passage, sentence, words, named)
        yield from _assessments(passage, sentence, words)
    yield from _goals(passage, sentence, named)


def _claim(passage: ReadingPassage, sentence: Span, kind: ClaimKind, content: Span, modality: Modality) -> Claim:
    return Claim(
        place=passage.place(content.start, content.end),
        sentence=sentence,
        rule=f"claims.{kind.value}",
        confidence=0.7,
        kind=kind,
        content=content,
        modality=modality,
    )


def _groups(words: Sequence[Word], forms: Mapping[str, tuple[VerbForm, ...]]) -> Iterator[VerbGroup]:
    for at in places_of(words, forms.keys()):
        group = verb_group(words, at, forms[words[at].lower])
        if group is not None and not group.is_infinitive:
            yield group


def _forecasts(passage: ReadingPassage, sentence: Span, words: Sequence[Word]) -> Iterator[Claim]:
    """Yield clauses with a modal verb and a verb of change: ``could undermine``, ``may not continue``."""
    for group in _groups(words, _change_forms()):
        chain = [w.lower for w in words[group.first : group.head]]
        modal = next((w for w in chain if w in MODALS), None)
        if modal in (None, "can", "should", "must", "ca", "’d"):
            continue
        subject = find_subject(passage.text, words, group)
        if subject is None or not _is_subject(words, subject) or _is_for_reader(words, group, subject):
            continue
        end = complement_end(words, group.head + 1, _STOPS)
        content = on_line(passage.text, words[subject[0]].start, words[end - 1].end)
        modality = Modality.POSSIBLE if _HEDGES & set(chain) else MODALS[modal]
        yield _claim(passage, sentence, ClaimKind.FORECAST, content, modality)


def _causes(passage: ReadingPassage, sentence: Span, words: Sequence[Word], named: Named) -> Iterator[Claim]:
    """Yield what something has led to; deeds of persons are no causes."""
    particles: Mapping[str, str] = load("claims_en.json")["cause_with"]
    for group in _groups(words, _cause_forms()):
        after = words[group.head + 1].lower if group.head + 1 < len(words) else ""
        wanted = particles.get(group.lemma)
        subject = find_subject(passage.text, words, group, is_relative=True)
        if group.modality is not Modality.ASSERTED or group.is_passive or subject is None:
            continue
        if (wanted and after != wanted) or words[subject[0]].lower in _PERSONS:
            continue
        if any(m.type is EntityType.PERSON for m in named.within(span_of(words, subject))):
            continue
        start = group.head + (2 if wanted else 1)
        if not _is_cause(words, group, start):
            continue
        end = complement_end(words, start, _STOPS)
        if end <= start:
            continue
        content = on_line(passage.text, words[start].start, words[end - 1].end)
        cue = span_of(words, (group.first, start))
        is_hedged = any(w.lower in _HEDGES for w in words[group.first : group.head])
        modality = Modality.POSSIBLE if is_hedged else Modality.ASSERTED
        claim = _claim(passage, sentence, ClaimKind.CAUSAL, content, modality)
        if content.end > content.start:
            yield _with_cue(claim, passage, cue)


def _with_cue(claim: Claim, passage: ReadingPassage, cue: Span) -> Claim:
    return Claim(
        place=passage.place(min(cue.start, claim.content.start), max(cue.end, claim.content.end)),
        sentence=claim.sentence,
        rule=claim.rule,
        confidence=claim.confidence,
        kind=claim.kind,
        content=claim.content,
        modality=claim.modality,
        cue=cue,
    )


def _assessments(passage: ReadingPassage, sentence: Span, words: Sequence[Word]) -> Iterator[Claim]:
    """Yield how things stand: a subject, a copula and a judgement, with nothing but adverbs of degree between."""
    judgements = _judgements()
    if not places_of(words, judgements):
        return
    for group in _groups(words, _copula_forms()):
        at, subject = group.head + 1, find_subject(passage.text, words, group)
        while at < len(words) and words[at].lower not in judgements and _is_degree(words[at]):
            at += 1
        if at >= len(words) or words[at].lower not in judgements or not _is_subject(words, subject):
            continue
        if words[at].lower.endswith("ed") and group.modality is not Modality.ASSERTED:
            continue  # can be mixed
        end = complement_end(words, group.head + 1, _STOPS)
        content = on_line(passage.text, words[subject[0]].start if subject else words[at].start, words[end - 1].end)
        negated = any(w.lower in NEGATIONS for w in words[group.head + 1 : at])
        yield _claim(passage, sentence, ClaimKind.ASSESSMENT, content, Modality.NEGATED if negated else group.modality)


def _is_for_reader(words: Sequence[Word], group: VerbGroup, subject: tuple[int, int]) -> bool:
    """Tell whether a text only promises its reader something: ``this guide will help you``."""
    after = words[group.head + 1].lower if group.head + 1 < len(words) else ""
    return after in _READER or words[subject[0]].lower in _READER


def _is_cause(words: Sequence[Word], group: VerbGroup, start: int) -> bool:
    """Tell whether a verb of causing is one here: no noun, no adjective, no piece of a list, and with an effect."""
    head, bare = group.head, group.head == group.first
    if words[head].is_name or start >= len(words) or (group.lemma in _NOUNS and not is_verb(words, group)):
        return False
    after, before = words[start], words[group.first - 1]
    if not after.is_word or after.lower in _NO_EFFECT | PREPOSITIONS or is_adverb(after):
        return False
    if not bare:
        return True
    if group.form in (Form.PAST, Form.PARTICIPLE):
        is_told = before.lower.endswith("ing") or (group.first > 1 and words[group.first - 2].lower == "to")
        return not is_told and before.lower not in _BEFORE_ADJECTIVE  # to repair damaged roads
    # a list of what something does: ``, boost sales``; a deed that is named: ``of fostering``
    return (before.text == ",") == (group.form is Form.ING) or group.form is Form.THIRD


def _is_degree(word: Word) -> bool:
    return is_adverb(word) or word.lower in _DEGREES


def _is_subject(words: Sequence[Word], subject: tuple[int, int] | None) -> bool:
    """Tell whether a subject is a noun phrase of the author's: no first or second person, no relative clause."""
    return subject is not None and words[subject[0]].lower not in _NOT_THE_AUTHORS


def _goals(passage: ReadingPassage, sentence: Span, named: Named) -> Iterator[Claim]:
    """Yield each of the goals that a sentence lists, with whose they are; none of a condition or a quotation."""
    if _GOAL_WORDS.isdisjoint(passage.tokens.vocabulary):
        return
    lead = _GOAL.search(passage.text, sentence.start, sentence.end)
    if lead is None or _CONDITION.search(passage.text, sentence.start, lead.start()):
        return
    if any(piece.start < lead.end() < piece.end for piece in passage.quoted):
        return
    held_by = _owner(passage.text, sentence, lead, named)
    holder = named.head(held_by) if held_by else None
    start = lead.end()
    cuts = [m.span() for m in _NEXT_GOAL.finditer(passage.text, start, sentence.end)]
    for begin, end in zip([start, *(c[1] for c in cuts)], [*(c[0] for c in cuts), sentence.end], strict=True):
        content = on_line(passage.text, begin, end)
        if content.end <= content.start:
            continue
        yield Claim(
            place=passage.place(content.start, content.end),
            sentence=sentence,
            rule="claims.goal",
            confidence=0.8,
            kind=ClaimKind.GOAL,
            content=content,
            modality=Modality.INTENDED,
            holder=holder.entity_id if holder else None,
            holder_span=held_by,
        )


def _owner(text: str, sentence: Span, lead: re.Match[str], named: Named) -> Span | None:
    """Return the words that say whose goal it is: "[the council]’s aim", "the goal of [the treaty]", "[its] aim"."""
    if found := _GOAL_OF.match(text, lead.start(), lead.end()):
        return Span(*found.span("who"))
    start = max(sentence.start, lead.start() - _NEAR)
    if found := _OWNED.search(text, start, lead.start()):
        near = (m for m in named.within(Span(sentence.start, found.end("who"))) if m.place.end == found.end("who"))
        mention = next(near, None)
        return Span(mention.place.start, mention.place.end) if mention else Span(*found.span("who"))
    if found := _PRONOUN.search(text, start, lead.start()):
        return Span(*found.span("who"))
    found = _HAS.search(text, start, lead.start())
    mention = named.last(Span(sentence.start, found.start())) if found else None
    return Span(mention.place.start, mention.place.end) if mention else None
