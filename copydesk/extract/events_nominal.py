"""Deeds told by nouns: trade and relations between two sides, a stance towards somebody, presence at a meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from copydesk.extract.attributions import span_of
from copydesk.extract.clauses import BE, BREAKS, VerbGroup, subject_span, verb_group
from copydesk.extract.events_nouns import actor_before, mention_at, noun_modality
from copydesk.extract.events_roles import actors_in, pair_in
from copydesk.extract.events_scene import Deed, Scene
from copydesk.extract.plover import Plover
from copydesk.extract.verbs import VerbForm, forms_of, load
from copydesk.extract.words import Word, places_of
from copydesk.facts import EntityType, Mention, Modality, Tense

_REFERS = frozenset(("two", "both", "their", "bilateral"))
_QUANTITY = re.compile(r"\d|\b(?:percent|per cent|million|billion|trillion|double|half|record)\b", re.IGNORECASE)
_FORUM = frozenset("forum summit conference meeting talks congress assembly ceremony session negotiations".split())
_PRESENCE = frozenset(("present", "attendance"))
_REACH = 16
_COMPOUNDS = frozenset("partner partners union unions agreement agreements deal deals zone zones bloc war wars".split())
"""What trade is only a part of the name of."""


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("events_en.json")["relations"][name].split())


@cache
def _changes() -> Mapping[str, tuple[VerbForm, ...]]:
    return forms_of(sorted(_words("better") | _words("worse") | _words("size")))


@cache
def _openers() -> frozenset[str]:
    """Return the nouns that a deed may be told by."""
    return _words("trade") | _words("tie") | _words("stance") | _PRESENCE


def find_nominal(scene: Scene) -> Iterator[Deed]:
    """Yield the deeds that the nouns of a sentence tell."""
    for at in places_of(scene.words, _openers()):
        word = scene.words[at].lower
        if word in _words("trade"):
            yield from _trade(scene, at)
        elif word in _words("tie"):
            yield from _relations(scene, at)
        elif word in _words("stance"):
            yield from _stance(scene, at)
        elif word in _PRESENCE:
            yield from _presence(scene, at)


def _trade(scene: Scene, at: int) -> Iterator[Deed]:
    """Yield trade between two sides of which it is said how much it is, or that it grew or shrank."""
    after = scene.words[at + 1 : at + 1 + 2 * _REACH]
    if after and after[0].lower in _COMPOUNDS:
        return
    pair = _pair(scene, at)
    told = span_of(after, (0, len(after))) if after else None
    group = _change_after(scene.words, at)
    counted = told is not None and _QUANTITY.search(scene.passage.text, *told)
    if len(pair) == 2 and (counted or group is not None):
        yield _deed(scene, (at, at + 1), (Plover.COOPERATE, "061", "trade"), (pair, ()), group)


def _relations(scene: Scene, at: int) -> Iterator[Deed]:
    """Yield relations of two sides that grew better or worse."""
    group, pair = _change_after(scene.words, at), _pair(scene, at)
    if group is None or len(pair) != 2 or group.lemma in _words("size"):
        return
    better = group.lemma in _words("better")
    what = (Plover.COOPERATE, "060", "relations") if better else (Plover.SANCTION, "160", "relations")
    yield _deed(scene, (group.start, group.head + 1), what, (pair, ()), group)


def _change_after(words: Sequence[Word], at: int) -> VerbGroup | None:
    """Return the verb of change whose subject is the noun at an index."""
    for index in range(at + 1, min(len(words), at + 1 + _REACH)):
        if words[index].text in BREAKS:
            return None
        candidates = _changes().get(words[index].lower)
        group = verb_group(words, index, candidates) if candidates else None
        if group is not None and not group.is_infinitive:
            subject = subject_span(words, group.first)
            return group if subject is not None and subject[0] <= at < subject[1] else None
    return None


def _pair(scene: Scene, at: int) -> list[Mention]:
    """Return two sides: after ``between``, right before the noun, or in the sentence before."""
    words = scene.words
    if at + 1 < len(words) and words[at + 1].lower == "between":
        pair = pair_in(scene.named, span_of(words, (at + 1, min(len(words), at + _REACH))), first=True)
        if pair:
            return pair
    start = max(0, at - 6)
    pair = pair_in(scene.named, span_of(words, (start, at))) if start < at else []
    lead = words[: min(len(words), at + 6)]
    if pair or scene.previous is None or not any(w.lower in _REFERS for w in lead):
        return pair
    return pair_in(scene.named, scene.previous) if not actors_in(scene.named, words, (0, len(lead))) else []


def _stance(scene: Scene, at: int) -> Iterator[Deed]:
    """Yield a stance towards somebody whose adjective says how friendly it is: ``Chile’s friendly line on Peru``."""
    words = scene.words
    if at + 2 >= len(words) or words[at + 1].lower not in ("to", "toward", "towards", "on"):
        return
    before = [w.lower for w in words[max(0, at - 3) : at]]
    friendly = words[at].lower in _words("overture") or any(w in _words("friendly") for w in before)
    hostile = any(w in _words("hostile") for w in before)
    target = mention_at(scene, at + 2)
    actor = actor_before(scene, at)
    if target is not None and actor is not None and friendly != hostile:
        what = (Plover.SUPPORT, "050", "stance") if friendly else (Plover.ACCUSE, "110", "stance")
        yield _deed(scene, (at, at + 2), what, ([actor], [target]), None)


def _presence(scene: Scene, at: int) -> Iterator[Deed]:
    """Yield persons who are at a meeting: ``was present at the forum``."""
    words = scene.words
    first = next((i for i in range(at - 1, max(-1, at - 4), -1) if words[i].lower in BE), None)
    if first is None or at + 1 >= len(words) or words[at + 1].lower != "at":
        return
    where = words[at + 2 : at + 10]
    people = [m for m in actors_in(scene.named, words, subject_span(words, first)) if m.type is EntityType.PERSON]
    if people and any(w.lower in _FORUM for w in where):
        yield _deed(scene, (first, at + 2), (Plover.CONSULT, "040", "presence"), (people, ()), None)


def _deed(
    scene: Scene,
    trigger: tuple[int, int],
    what: tuple[Plover, str, str],
    sides: tuple[Sequence[Mention], Sequence[Mention]],
    group: VerbGroup | None,
) -> Deed:
    plover, cameo, rule = what
    modality = noun_modality(scene.words, trigger[0])
    if group is not None and modality is Modality.ASSERTED:
        modality = group.modality
    return Deed(
        plover=plover,
        cameo=cameo,
        trigger=span_of(scene.words, trigger),
        actors=sides[0],
        targets=sides[1],
        modality=modality,
        tense=group.tense if group is not None else Tense.PAST,
        rule=f"noun.{rule}",
        confidence=0.7,
        is_reciprocal=len(sides[0]) > 1 and not sides[1],
    )
