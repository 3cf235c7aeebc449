"""Claims that adjectives and nouns bring: "is confident that", "fears that", "her promise to" (English).

Left alone: relative clauses ("the claim that he made"), and adjectives of things ("it is certain that").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from copydesk.document import Span
from copydesk.extract.attributions import noun_phrase, span_of
from copydesk.extract.clauses import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    complement_end,
    is_adverb,
    main_subject,
    subject_span,
    trim,
)
from copydesk.extract.named import Named
from copydesk.extract.reading import ReadingPassage
from copydesk.extract.tellers import line_end
from copydesk.extract.verbs import load
from copydesk.extract.voices import Voice, find_voice, voice_of, voice_of_noun
from copydesk.extract.words import Word, places_of
from copydesk.facts import Claim, ClaimKind, Modality

_COPULAS = BE | frozenset("remain remains remained feel feels felt seem seems seemed sound sounds sounded ’s".split())
_DEGREES = frozenset("as less more most quite rather so too very also deeply increasingly not n’t never no".split())
_STOPS = ("but", "while", "though", "although", "whereas", "which", "and", "according")
_NOBODY = frozenset("it there that this which what i we me us you".split())
_FINITE = AUXILIARIES - {"be", "been", "being", "having"}
_OPENERS = SUBORDINATORS | RELATIVES | PRONOUNS | {"and"}
_OWNERS = frozenset("his her their its".split())
_FIRST = frozenset("my our your".split())
_MAY = frozenset("can could may might should must to".split())
_MIN_CLAUSE = 3
_MOST_BACK = 6


_HOLDERS = frozenset((Voice.SOMEBODY, Voice.SOURCE, Voice.ANYBODY, Voice.IT))


class _Lead(NamedTuple):
    """A word that brings a clause: where its cue begins, where its clause does, and who holds it (word indexes)."""

    first: int
    start: int
    holder: tuple[int, int] | None
    modality: Modality


def find_stances(passage: ReadingPassage, sentence: Span, words: Sequence[Word], named: Named) -> Iterator[Claim]:
    """Yield the claims of adjectives and nouns, each with its holder where one is named."""
    for at in places_of(words, _leads()):
        word = words[at]
        lead = _adjective(words, at) if word.lower in _adjectives() else _noun(words, at)
        if lead is None:
            continue
        end = complement_end(words, lead.start, _STOPS)
        if word.lower in _nouns():
            end = _before_main_verb(words, lead.start, end)
        if word.lower in _nouns_to():
            end = next((i for i in range(lead.start, end) if words[i].text == ","), end)
        content = trim(passage.text, *span_of(words, (lead.start, end))) if end > lead.start else Span(0, 0)
        if end - lead.start < _MIN_CLAUSE or content.end <= content.start:
            continue
        piece = find_voice(passage.text, words, lead.holder)
        if lead.holder and voice_of(words, piece, named) not in _HOLDERS:
            continue
        is_adjective = word.lower in _adjectives()
        if is_adjective and words[lead.start].lower == "to" and word.lower in ("sure", "certain", "clear"):
            continue
        if word.lower == "aware" and words[lead.start - 1].lower != "that":
            continue
        content = trim(passage.text, content.start, line_end(passage.text, content))
        cue = span_of(words, (lead.first, at + 1))
        holder = span_of(words, piece) if piece else None
        mention = named.head(holder) if holder else None
        starts = [s.start for s in (cue, content, holder) if s]
        yield Claim(
            place=passage.place(min(starts), content.end),
            sentence=sentence,
            rule=f"claims.{'adjective' if word.lower in _adjectives() else 'noun'}",
            confidence=0.7 if holder else 0.5,
            kind=ClaimKind.ATTRIBUTED,
            content=content,
            modality=lead.modality,
            holder=mention.entity_id if mention else None,
            holder_span=holder,
            cue=cue,
        )


def _before_main_verb(words: Sequence[Word], start: int, end: int) -> int:
    """Return where a noun's clause ends that stands before the main verb: "the fear that it may fall [has] grown"."""
    seen = words[start].lower == "to"
    for at in range(start + 1, end):
        word = words[at].lower
        if word in _OPENERS or words[at].text == ",":
            seen = False
        elif word in _FINITE and words[at - 1].lower not in AUXILIARIES | {"to"} and not is_adverb(words[at - 1]):
            if seen:
                return at
            seen = True
    return end


def _by_modality(name: str) -> Mapping[str, Modality]:
    groups: Mapping[str, Sequence[str]] = load("stances_en.json")[name]
    return {word: Modality(modality) for modality, members in groups.items() for word in members}


@cache
def _adjectives() -> Mapping[str, Modality]:
    return _by_modality("adjectives")


@cache
def _nouns() -> Mapping[str, Modality]:
    found = {**dict.fromkeys(load("stances_en.json")["nouns_to"], Modality.INTENDED), **_by_modality("nouns")}
    return {**found, **{_plural(word): modality for word, modality in found.items()}}


@cache
def _leads() -> frozenset[str]:
    return frozenset([*_adjectives(), *_nouns()])


@cache
def _nouns_to() -> frozenset[str]:
    singular: Sequence[str] = load("stances_en.json")["nouns_to"]
    return frozenset([*singular, *(_plural(word) for word in singular)])


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("ry") else f"{word}s"


def _adjective(words: Sequence[Word], at: int) -> _Lead | None:
    first = at - 1
    while first >= 0 and (words[first].lower in _DEGREES or is_adverb(words[first])):
        first -= 1
    if first < 0 or words[first].lower not in _COPULAS:
        return None
    while first > 0 and (words[first - 1].lower in AUXILIARIES or is_adverb(words[first - 1])):
        first -= 1
    start = _clause_after(words, at + 1)
    holder = noun_phrase(words, subject_span(words, first) or main_subject(words[:first]))
    if start is None or holder is None or words[holder[1] - 1].lower in _NOBODY:
        return None
    if words[first].lower == "be" or any(w.lower in _MAY for w in words[first:at]):
        return None  # be sure to, should be aware of
    negated = any(w.lower in NEGATIONS for w in words[first:at])
    return _Lead(first, start, holder, Modality.NEGATED if negated else _adjectives()[words[at].lower])


def _clause_after(words: Sequence[Word], at: int) -> int | None:
    """Return where the clause of an adjective begins: behind "that", at "to", or at a subject."""
    if at >= len(words):
        return None
    word = words[at]
    if word.lower == "that":
        return at + 1
    if word.lower in ("about", "of"):
        return at + 1
    opens = word.lower in {"to", "if", "whether"} | PRONOUNS | DETERMINERS or word.is_name
    return at if opens else None


def _noun(words: Sequence[Word], at: int) -> _Lead | None:
    word = words[at]
    modality = _nouns().get(word.lower)
    if modality is None or at + 2 >= len(words) or not _is_noun(words, at):
        return None
    link = words[at + 1].lower
    if link == "that" and word.lower not in _nouns_to() and words[at + 2].lower not in AUXILIARIES | {"has", "have"}:
        start = at + 2
    elif link == "to" and word.lower in _nouns_to() and words[at + 2].is_word and not words[at + 2].is_name:
        if words[at + 2].lower in DETERMINERS | PRONOUNS | PREPOSITIONS:
            return None
        start, modality = at + 1, Modality.INTENDED
    else:
        return None
    first, holder = _owner(words, at)
    if first is None or (holder is None and link == "to"):
        return None  # mine, or anybody's: a plan to go
    return _Lead(first, start, holder, modality)


def _is_noun(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word is a noun, not a verb: not ``we plan to``, ``a study reports``."""
    word = words[at].lower
    is_plural = word.endswith("s")
    if at == 0:
        return is_plural
    before = words[at - 1]
    if before.lower in _OWNERS | _FIRST | DETERMINERS | {"’s", "’"}:
        return True
    if before.lower in PRONOUNS | AUXILIARIES | {"to", "then", "also", "not"} or is_adverb(before) or before.is_name:
        return False
    if not before.is_word:
        return is_plural and before.text != ")"
    kind = voice_of_noun(before.lower)
    return kind is None if is_plural else not before.lower.endswith("s")


def _owner(words: Sequence[Word], at: int) -> tuple[int | None, tuple[int, int] | None]:
    """Return where the noun phrase begins behind its owner, and the owner: "[the council’s] promise"; None if mine."""
    for back in range(at - 1, max(-1, at - _MOST_BACK), -1):
        lower = words[back].lower
        if lower in _FIRST:
            return None, None
        if lower in _OWNERS:
            return at, (back, back + 1)
        if lower in ("’s", "’") and back > 0:
            first = back
            while first > 0 and (words[first - 1].is_name or words[first - 1].lower in ("the", "a", "an")):
                first -= 1
            first = first if first < back else back - 1
            if first > 0 and words[first - 1].lower in ("the", "a", "an"):
                first -= 1
            return at, (first, back)
        if not words[back].is_word or lower in PREPOSITIONS | {"and", "or", "that"}:
            break
    return at, None
