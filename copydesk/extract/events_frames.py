"""The frames of events: which verbs, with which words about them, name which deed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from copydesk.extract.clauses import BREAKS, DETERMINERS, PREPOSITIONS, VerbGroup, is_adverb
from copydesk.extract.plover import Plover
from copydesk.extract.verbs import VerbForm, forms_of, load
from copydesk.extract.words import Word
from copydesk.facts import Modality

_CLAUSES = frozenset(("that", "who", "which", "what", "because", "after", "before"))
_AWAY = PREPOSITIONS - {"of", "to", "into", "with", "by"}
_MARKS = BREAKS | {","}
_BEFORE_SUBJECT = DETERMINERS | {"that", "which"}
_OBJECT_WINDOW = 9
_WITH_WINDOW = 8
_LOOSE = frozenset(("out", "up", "down", "over", "off", "back"))
"""Particles that may stand after the object: ``drove the garrison out``."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb frame; see the comment of ``events_en.json`` for its parts."""

    plover: Plover
    cameo: str
    particles: frozenset[str]
    objects: frozenset[str]
    to: frozenset[str]
    both: bool
    weight: float
    subjects: frozenset[str] = frozenset()
    is_negated: bool = False
    needs_person: bool = False
    alone: tuple[Plover, str] | None = None
    is_direct: bool = False
    is_via: bool = False
    opens: bool = False


@cache
def frames() -> Mapping[str, tuple[Frame, ...]]:
    """Return the frames of each verb, the most demanding first."""
    index: dict[str, list[Frame]] = {}
    for category, cameo, verbs, parts in load("events_en.json")["frames"]:
        frame = _frame(category, cameo, parts)
        for verb in verbs.split():
            index.setdefault(verb, []).append(frame)
    return {verb: tuple(sorted(found, key=_demands, reverse=True)) for verb, found in index.items()}


def _frame(category: str, cameo: str, parts: Mapping[str, Any]) -> Frame:
    objects = frozenset(parts.get("objects", "").split())
    particles = frozenset(parts.get("with", "").split())
    return Frame(
        Plover(category),
        cameo,
        particles,
        objects,
        frozenset(parts.get("to", "").split()),
        bool(parts.get("both", False)),
        float(parts.get("weight", 0.8 if objects or particles else 0.7)),
        frozenset(parts.get("subjects", "").split()),
        bool(parts.get("negated", False)),
        bool(parts.get("person", False)),
        (Plover(parts["alone"][0]), parts["alone"][1]) if "alone" in parts else None,
        bool(parts.get("direct", False)),
        bool(parts.get("via", False)),
        bool(parts.get("opens", False)),
    )


def _demands(frame: Frame) -> int:
    return bool(frame.objects) + bool(frame.particles) + 2 * bool(frame.subjects) + 2 * frame.is_negated


@cache
def transitive_verbs() -> frozenset[str]:
    """Return the verbs whose frames all want an object: without one after it, their past form is a participle."""
    return frozenset(verb for verb, found in frames().items() if not any(_may_lack_object(f) for f in found))


def _may_lack_object(frame: Frame) -> bool:
    return frame.both or bool(frame.particles) or bool(frame.to and not frame.objects) or frame.cameo in _INTRANSITIVE


_INTRANSITIVE = frozenset(("083", "100"))
"""Codes of what is told without an object as well: to resign, to insist."""


@cache
def event_forms() -> Mapping[str, tuple[VerbForm, ...]]:
    """Return the words that the verbs of all frames show as."""
    return forms_of(sorted(frames()))


@cache
def plain_verbs() -> frozenset[str]:
    """Return the verbs that mean a political deed whoever does it."""
    return frozenset(load("events_en.json")["plain"].split())


@cache
def governor_forms() -> Mapping[str, tuple[VerbForm, ...]]:
    """Return the words of the verbs that govern an infinitive and say how sure its deed is."""
    lexicon = load("events_en.json")
    return forms_of([*lexicon["intend"], *lexicon["attempt"], *lexicon["go_on"]])


def match(words: Sequence[Word], group: VerbGroup, subject: tuple[int, int] | None) -> tuple[Frame, int] | None:
    """Return the frame that a verb group fills, and the index past the last word of its trigger."""
    for frame in frames().get(group.lemma, ()):
        at = group.head
        if not _suits(words, group, frame, subject) or (frame.opens and not _tells(words, group)):
            continue
        if frame.particles:
            found = _find(words, range(at + 1, min(len(words), at + 1 + _WITH_WINDOW)), frame.particles)
            if found is None or (found != _after_adverbs(words, at + 1) and not frame.particles & _LOOSE):
                continue
            at = found
        if frame.objects:
            found = _object(words, group, frame, subject)
            if found is None:
                continue
            at = max(at, found)
        return frame, at + 1
    return None


def _tells(words: Sequence[Word], group: VerbGroup) -> bool:
    """Tell whether somebody is told to do something: ``wanted Peru to leave``, not ``wanted to leave``."""
    bare = group.head + 1 < len(words) and words[group.head + 1].lower == "to"
    return bare == group.is_passive and opens_infinitive(words, group.head)


def opens_infinitive(words: Sequence[Word], head: int) -> bool:
    """Tell whether an infinitive follows a verb, past its object: ``told Peru to leave``, ``threatened to leave``."""
    for index in range(head + 1, min(len(words) - 1, head + 1 + _OBJECT_WINDOW)):
        if words[index].text in BREAKS | {",", "."} or words[index].lower in _CLAUSES:
            return False
        if words[index].lower == "to":
            after = words[index + 1]
            return after.lower.isalpha() and not after.is_name and after.lower not in DETERMINERS
    return False


def _after_adverbs(words: Sequence[Word], at: int) -> int:
    while at < len(words) and is_adverb(words[at]):
        at += 1
    return at


def _find(words: Sequence[Word], indexes: range, wanted: frozenset[str]) -> int | None:
    return next((i for i in indexes if words[i].lower in wanted), None)


def _object(words: Sequence[Word], group: VerbGroup, frame: Frame, subject: tuple[int, int] | None) -> int | None:
    """Return the index of the noun that the frame wants; in the passive it is in the subject."""
    if group.is_passive and subject is not None and any(_names(words, i, frame.objects) for i in range(*subject)):
        return group.head
    for index in _window(words, group.head + 1):
        if _names(words, index, frame.objects):
            return index
    before = _before_clause(words, subject)
    return group.head if before is not None and _names(words, before, frame.objects) else None


def _before_clause(words: Sequence[Word], subject: tuple[int, int] | None) -> int | None:
    """Return the noun that a clause is about: ``the embargo (that) Peru has imposed``."""
    if subject is None:
        return None
    at = subject[0] - 1
    while at > 0 and words[at].lower in _BEFORE_SUBJECT:
        at -= 1
    return at if at > 0 and words[at].lower.isalpha() and not words[at].is_name else None


def noun_in(words: Sequence[Word], piece: tuple[int, int] | None, frame: Frame) -> int | None:
    """Return the index of the last noun of the frame in some words."""
    return next((i for i in reversed(range(*piece)) if _names(words, i, frame.objects)), None) if piece else None


def _suits(words: Sequence[Word], group: VerbGroup, frame: Frame, subject: tuple[int, int] | None) -> bool:
    """Tell whether the frame's demands on the subject and on negation are met."""
    if frame.is_negated and group.modality is not Modality.NEGATED:
        return False
    return not frame.subjects or (
        subject is not None and any(_names(words, i, frame.subjects) for i in range(*subject))
    )


def _names(words: Sequence[Word], index: int, nouns: frozenset[str]) -> bool:
    """Tell whether a word is one of the nouns, alone or with the word before it (``war_game``)."""
    alone = singular(words[index].lower)
    found = not alone.isdisjoint(nouns) or (index > 0 and _has_pairs(nouns) and _is_pair(words, index, nouns))
    return found and not _in_name(words, index)


def _is_pair(words: Sequence[Word], index: int, nouns: frozenset[str]) -> bool:
    before = words[index - 1].lower
    return any(f"{before}_{noun}" in nouns for noun in singular(words[index].lower))


def _in_name(words: Sequence[Word], index: int) -> bool:
    """Tell whether a noun is a part of a name, or a month: ``the National Records Office``, ``on March 30``."""
    if not index or not words[index].is_name:
        return False
    is_led = words[index - 1].lower == "the" and index + 1 < len(words) and words[index + 1].is_name
    return is_led or words[index].text == "March"


@cache
def _has_pairs(nouns: frozenset[str]) -> bool:
    return any("_" in noun for noun in nouns)


def _window(words: Sequence[Word], start: int) -> Iterator[int]:
    """Yield where the object may stand: up to a mark, a clause, or a preposition that is not right after the verb."""
    for index in range(start, min(len(words), start + _OBJECT_WINDOW)):
        word = words[index].lower
        if words[index].text in _MARKS or word in _CLAUSES:
            return
        if word in _AWAY and index > start + 1:
            return
        yield index


@lru_cache(maxsize=1 << 14)
def singular(word: str) -> frozenset[str]:
    """Return what a noun may be in the singular.

    >>> sorted(singular("treaties")), sorted(singular("talks"))
    (['treati', 'treatie', 'treaties', 'treaty'], ['talk', 'talks'])
    """
    found = {word}
    if word.endswith("s"):
        found.add(word[:-1])
    if word.endswith("ies"):
        found.add(word[:-3] + "y")
    if word.endswith("es"):
        found.add(word[:-2])
    return frozenset(found)
