"""Who did what to whom (English): events by PLOVER and CAMEO, from verb and noun patterns.

Patterns over words, no parser: a verb of a frame with its subject and object (``events_verbal``), and nouns that name a
deed (``events_nominal``). Left alone: what names neither who nor where, what stands in direct speech, and
infinitives of purpose.

An announced deed is coded as PLOVER codes it: ``will withdraw`` is AGREE, ``will attack`` THREATEN. Its modality is
that of the deed, so that only what is told as having happened is ``asserted``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from copydesk.article import FieldName
from copydesk.document import Span
from copydesk.extract.events_actors import is_sport, political_ids
from copydesk.extract.events_nominal import find_nominal
from copydesk.extract.events_nouns import find_nouns
from copydesk.extract.events_roles import PLACES, location_of, participants
from copydesk.extract.events_scene import Deed, Scene
from copydesk.extract.events_verbal import find_verbal
from copydesk.extract.found import Found
from copydesk.extract.named import Named, named_in
from copydesk.extract.plover import Plover
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.extract.spans import Spans
from copydesk.extract.words import sentences_of
from copydesk.facts import Date, DateType, Event, Modality, QuoteKind

FIELDS = frozenset((FieldName.BODY, FieldName.TITLE, FieldName.CAPTION))
"""The texts in which something happens."""

_PLACED = frozenset((Plover.ASSAULT, Plover.PROTEST))
"""Deeds that are worth knowing with their place alone: ``Six people were killed in Basra.``"""


def find_events(reading: Reading, found: Found) -> Iterator[Event]:
    """Yield the events of the texts: deeds with a political actor among those who take part, in no report on sport.

    Needs ``found.mentions``; uses ``found.dates``, ``found.quotes``, ``found.entities`` and ``found.officeholders``.
    """
    countries, politic = _countries(found), political_ids(found)
    for passage in reading.passages:
        if passage.field in FIELDS and not is_sport(passage):
            for event in _events_in(passage, found, politic):
                people = (p._replace(country=countries.get(p.entity_id)) for p in event.participants)
                yield replace(event, participants=tuple(people))


def _countries(found: Found) -> Mapping[str, str]:
    """Return the country of each entity that is one, belongs to one, or holds an office of one."""
    held = {holder.person: holder.country for holder in reversed(found.officeholders) if holder.country}
    return held | {e.entity_id: e.iso_alpha3 for e in found.entities.values() if e.iso_alpha3}


def _events_in(passage: ReadingPassage, found: Found, politic: frozenset[str]) -> Iterator[Event]:
    here = (passage.field, passage.ordinal)
    named = named_in(found, passage)
    spoken = Spans(q.content for q in found.quotes if q.place[:2] == here and q.kind is QuoteKind.DIRECT)
    dates = _by_sentence(passage, [d for d in found.dates if d.place[:2] == here])
    previous: Span | None = None
    for sentence, words in sentences_of(passage):
        if not _may_tell(named, sentence, previous, politic):
            previous = sentence
            continue
        scene = Scene(passage, sentence, previous, words, named, politic)
        seen: set[object] = set()
        told: list[Deed] = []
        for deed in (*find_nominal(scene), *find_verbal(scene), *find_nouns(scene)):
            if spoken.hold(deed.trigger) or _is_known(deed, told):
                continue
            event = _event(scene, deed, dates.get(sentence.start, ()))
            what = (event.plover, event.modality, event.participants, passage.text[slice(*deed.trigger)])
            if what not in seen and _is_told(scene, deed, event):
                seen.add(what)
                told.append(deed)
                yield event
        previous = sentence


def _may_tell(named: Named, sentence: Span, previous: Span | None, politic: frozenset[str]) -> bool:
    """Tell whether a sentence names a political actor or a place, or may mean the pair that the one before names."""
    if any(m.entity_id in politic or m.type in PLACES for m in named.within(sentence)):
        return True
    return previous is not None and sum(m.entity_id in politic for m in named.within(previous)) > 0


def _is_known(deed: Deed, told: Sequence[Deed]) -> bool:
    """Tell whether a deed was told by other words already: by the same trigger, or by its verb when it is a noun."""
    sides = {m.entity_id for m in (*deed.actors, *deed.targets)}
    for other in told:
        if deed.trigger.overlaps(other.trigger):
            return True
        if deed.rule.startswith("noun.") and sides == {m.entity_id for m in (*other.actors, *other.targets)}:
            return True
    return False


def _is_told(scene: Scene, deed: Deed, event: Event) -> bool:
    """Tell whether a political actor takes part, or nobody is named and a deed of force has its place."""
    if event.participants:
        return scene.is_politic([*deed.actors, *deed.targets])
    return event.location is not None and deed.plover in _PLACED


def _by_sentence(passage: ReadingPassage, dates: Sequence[Date]) -> Mapping[int, Sequence[Date]]:
    index: dict[int, list[Date]] = {}
    for found in dates:
        index.setdefault(passage.sentence_at(found.place.start).start, []).append(found)
    return index


def _event(scene: Scene, deed: Deed, dates: Sequence[Date]) -> Event:
    people = participants(deed.actors, deed.targets, scene.sentence)
    return Event(
        place=scene.passage.place(scene.sentence.start, scene.sentence.end),
        sentence=scene.sentence,
        rule=f"events.{deed.rule}",
        confidence=round(deed.confidence, 3),
        plover=deed.plover.value,
        cameo=deed.cameo,
        trigger=deed.trigger,
        participants=people,
        modality=deed.modality,
        tense=deed.tense,
        date=_date_of(deed, dates),
        location=location_of(scene.named, scene.words, deed.trigger, people),
        is_reciprocal=deed.is_reciprocal,
    )


def _date_of(deed: Deed, dates: Sequence[Date]) -> str | None:
    """Return the date of the sentence that stands nearest to the trigger; durations and sets date nothing."""
    near = [d for d in dates if d.type in (DateType.DATE, DateType.TIME) and d.start_date is not None]
    if deed.modality is Modality.ASSERTED:
        near = [d for d in near if not d.value.startswith("FUTURE")]
    best = min(near, key=lambda d: _distance(deed.trigger, d), default=None)
    return best.value if best else None


def _distance(trigger: Span, found: Date) -> int:
    after = found.place.start - trigger.end
    return after if after >= 0 else 2 * (trigger.start - found.place.end)
