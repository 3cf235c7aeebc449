"""Deeds told by a noun with both its sides: the Kenyan attack on the port, Ms Diaz's visit to Chile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from copydesk.document import Span
from copydesk.extract.attributions import span_of
from copydesk.extract.clauses import AUXILIARIES, DETERMINERS, NEGATIONS, RELATIVES, WEEKDAYS, is_adverb
from copydesk.extract.events_roles import ACTING
from copydesk.extract.events_scene import Deed, Piece, Scene
from copydesk.extract.plover import Plover
from copydesk.extract.verbs import load
from copydesk.extract.words import Word, places_of
from copydesk.facts import Mention, Modality, Tense

_UNSURE: Mapping[str, Modality] = {
    "possible": Modality.POSSIBLE,
    "potential": Modality.POSSIBLE,
    "attempted": Modality.POSSIBLE,
    "alleged": Modality.POSSIBLE,
    "planned": Modality.INTENDED,
    "proposed": Modality.INTENDED,
    "upcoming": Modality.EXPECTED,
    "future": Modality.EXPECTED,
    "threatened": Modality.HYPOTHETICAL,
    "any": Modality.HYPOTHETICAL,
    "threat": Modality.HYPOTHETICAL,
    "threats": Modality.HYPOTHETICAL,
    "plan": Modality.INTENDED,
    "plans": Modality.INTENDED,
    "call": Modality.HYPOTHETICAL,
    "calls": Modality.HYPOTHETICAL,
    "prospect": Modality.HYPOTHETICAL,
    "prospects": Modality.HYPOTHETICAL,
    "if": Modality.HYPOTHETICAL,
    "would": Modality.HYPOTHETICAL,
    "could": Modality.HYPOTHETICAL,
    "may": Modality.POSSIBLE,
    "might": Modality.POSSIBLE,
    "will": Modality.EXPECTED,
    "next": Modality.EXPECTED,
}
_AROUND = 6
_TALKS = "046"
"""Code of talks, of which both sides may stand far from the noun: ``talks in Lima on Friday with Chile``."""

_REACH = 8
_PLACED = WEEKDAYS | {"in", "at", "on", "here", "there", "today", "yesterday", "earlier"}
_ENDS = AUXILIARIES | RELATIVES | {"and", "to"}
_DONE_BY = frozenset((Plover.ACCUSE, Plover.ASSAULT, Plover.COERCE, Plover.PROTEST))
"""Categories of nouns that ``by`` brings the actor of."""


class _Noun(NamedTuple):
    """What a noun tells, and the prepositions that bring whom it is done to."""

    plover: Plover
    cameo: str
    preps: frozenset[str]

    @property
    def tells_alone(self) -> bool:
        """Whether it is worth knowing by whom it was done to alone: an attack on somebody, talks with somebody."""
        return self.plover in _DONE_BY or self.cameo == _TALKS


@cache
def _nouns() -> Mapping[str, _Noun]:
    index: dict[str, _Noun] = {}
    for category, cameo, nouns, preps in load("events_en.json")["nouns"]:
        entry = _Noun(Plover(category), cameo, frozenset(preps.split()))
        for noun in nouns.split():
            index[noun] = entry
            index.setdefault(noun + "s", entry)
    return index


def find_nouns(scene: Scene) -> Iterator[Deed]:
    """Yield the deeds of nouns whose actor stands before them, or after ``by``, and whose target stands after them."""
    words, nouns = scene.words, _nouns()
    for at in places_of(words, nouns.keys()):
        noun = nouns[words[at].lower]
        if at + 1 < len(words) and words[at + 1].lower == "by" and noun.plover in _DONE_BY:
            actor = mention_at(scene, at + 2)
            if actor is not None and scene.is_politic([actor]):  # shelling by the Kenyan army
                yield _deed(words, at, noun, (at, at + 2), actor, None)
        link = _link(words, at, noun)
        target = mention_at(scene, link + 1) if link is not None else None
        if target is None or not scene.is_politic([target]):
            continue
        actor = actor_before(scene, at)
        is_told = noun.tells_alone and scene.is_on_politics if actor is None else actor.entity_id != target.entity_id
        if is_told:
            yield _deed(words, at, noun, (at, at + 1 + (link == at + 1)), actor, target)


def _deed(
    words: Sequence[Word], at: int, noun: _Noun, trigger: Piece, actor: Mention | None, target: Mention | None
) -> Deed:
    return Deed(
        plover=noun.plover,
        cameo=noun.cameo,
        trigger=span_of(words, trigger),
        actors=[actor] if actor is not None else [],
        targets=[target] if target is not None else [],
        modality=noun_modality(words, at),
        tense=Tense.PAST,
        rule=f"noun.{words[at].lower}",
        confidence=0.5 if actor is not None else 0.4,
    )


def _link(words: Sequence[Word], at: int, noun: _Noun) -> int | None:
    """Return the preposition that brings the other side; that of talks may stand behind their place and day."""
    if at + 1 == len(words):
        return None
    if words[at + 1].lower in noun.preps:
        return at + 1
    if noun.cameo != _TALKS or words[at + 1].lower not in _PLACED:
        return None
    for index in range(at + 2, min(len(words), at + _REACH)):
        if words[index].lower in noun.preps:
            return index
        if not words[index].is_word or words[index].lower in _ENDS:
            return None
    return None


def mention_at(scene: Scene, at: int) -> Mention | None:
    """Return the mention that starts at a word, past an article or an adjective."""
    words = scene.words
    for index in range(at, min(at + 3, len(words))):
        span = Span(words[index].start, words[min(index + 6, len(words) - 1)].end)
        found = [m for m in scene.named.within(span) if m.place.start == span.start and m.type in ACTING]
        if found:
            return found[0]
        if words[index].lower not in DETERMINERS and not words[index].lower.isalpha():
            return None
    return None


def actor_before(scene: Scene, at: int) -> Mention | None:
    """Return the mention that ends before the noun, with at most two adjectives between."""
    words = scene.words
    for index in range(at - 1, max(-1, at - 5), -1):
        if words[index].lower == "’s" or (words[index].lower.isalpha() and not words[index].is_name):
            continue
        span = Span(words[max(0, index - 5)].start, words[index].end)
        found = [m for m in scene.named.within(span) if m.place.end == span.end and m.type in ACTING]
        return next((m for m in found if not m.is_nested), None)
    return None


def noun_modality(words: Sequence[Word], at: int) -> Modality:
    """Return how sure the deed of a noun is, by the words before it."""
    before = [w.lower for w in words[max(0, at - _AROUND) : at] if not is_adverb(w) or w.lower in NEGATIONS]
    if any(w in NEGATIONS or w in ("without", "avoid", "prevent") for w in before):
        return Modality.NEGATED
    after = [w.lower for w in words[at + 1 : at + _AROUND]]
    if any(w in ("could", "would", "may", "might") for w in after):
        return Modality.POSSIBLE
    return next((_UNSURE[w] for w in before if w in _UNSURE), Modality.ASSERTED)
