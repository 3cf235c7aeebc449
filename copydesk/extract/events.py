"""Who did what to whom (English): events by PLOVER and CAMEO, from verb and noun patterns.

Patterns over words, no parser: a verb of a frame with its subject and object (``events_verbal``), and nouns that name a
deed (``events_nominal``). Left alone: what names neither who nor where (but in documents on politics),
what stands in direct speech, and infinitives of purpose.

An announced deed is coded as PLOVER codes it: ``will withdraw`` is AGREE, ``will attack`` THREATEN. Its modality is
that of the deed, so that only what is told as having happened is ``asserted``. What somebody says that another did is
``reported``, wherever the attribution stands (``..., officials said``).

Who acts for a country brings it along: with ``Peruvian President Ana Ruiz`` her country takes part, by her words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from copydesk.article import FieldName
from copydesk.document import Span
from copydesk.extract.events_actors import is_on_politics, is_sport, political_ids, unnamed_words
from copydesk.extract.events_countries import countries_of
from copydesk.extract.events_home import with_home
from copydesk.extract.events_nominal import find_nominal
from copydesk.extract.events_nouns import find_nouns
from copydesk.extract.events_roles import ACTING, PLACES, location_of, participants, with_countries
from copydesk.extract.events_scene import Deed, Scene
from copydesk.extract.events_verbal import find_verbal
from copydesk.extract.found import Found
from copydesk.extract.gazetteer import countries
from copydesk.extract.named import Named, named_in
from copydesk.extract.plover import Plover
from copydesk.extract.reading import Reading, ReadingPassage
from copydesk.extract.spans import Spans
from copydesk.extract.words import sentences_of
from copydesk.facts import Date, DateType, Entity, EntityType, Event, Mention, Modality, Quote, QuoteKind

FIELDS = frozenset((FieldName.BODY, FieldName.TITLE, FieldName.CAPTION))
"""The texts in which something happens."""

_PLACED = frozenset((Plover.ASSAULT, Plover.PROTEST))
"""Deeds that are worth knowing with their place alone: ``Six people were killed in Basra.``"""


_ALONE = frozenset((Plover.ACCUSE, Plover.COERCE, Plover.CONSULT, Plover.PROTEST, Plover.REJECT, Plover.REQUEST))
"""Deeds that are told in texts on politics even where nobody is named: ``Talks were held``, ``seven were arrested``."""

_OF_WORDS = frozenset((Plover.ACCUSE, Plover.AGREE, Plover.REJECT, Plover.REQUEST, Plover.SUPPORT, Plover.THREATEN))
"""Deeds that are done by saying so."""


def find_events(reading: Reading, found: Found) -> Iterator[Entity | Event]:
    """Yield the events of the texts, and the countries that take part.

    Events are deeds with a political actor among those who take part, or in a document on politics, in no report on
    sport.

    Needs ``found.mentions``; uses ``found.dates``, ``found.quotes``, ``found.entities`` and ``found.officeholders``.
    """
    held, politic = countries_of(found, reading.passages), political_ids(found)
    on_politics = is_on_politics(found, politic)
    for passage in reading.passages:
        if passage.field not in FIELDS or is_sport(passage):
            continue
        named = named_in(found, passage)
        for event in _events_in(passage, found, named, politic, on_politics=on_politics):
            people = with_countries(event.participants, held)
            if len(_countries(named.within(event.sentence), held)) == 1:
                place = held.get(event.location) if event.location else None
                people = with_home(people, event.cameo, place, passage.text)
            yield from (countries()[p.country].entity for p in people if p.country and p.country in countries())
            yield replace(event, participants=people)


def _countries(mentions: Sequence[Mention], held: Mapping[str, str]) -> frozenset[str]:
    """Return the codes of the countries of some mentions."""
    return frozenset(held[m.entity_id] for m in mentions if m.entity_id in held)


def _events_in(
    passage: ReadingPassage, found: Found, named: Named, politic: frozenset[str], *, on_politics: bool
) -> Iterator[Event]:
    here = (passage.field, passage.ordinal)
    quotes = [q for q in found.quotes if q.place[:2] == here]
    spoken = Spans(q.content for q in quotes if q.kind is QuoteKind.DIRECT)
    reports = [q for q in quotes if q.cue is not None]
    told_by, told_in = Spans(map(_told, reports)), _by_start(reports)
    dates = _by_sentence(passage, [d for d in found.dates if d.place[:2] == here])
    previous: Span | None = None
    types = PLACES | ACTING if on_politics else PLACES
    for sentence, words in sentences_of(passage):
        if not _may_tell(named, sentence, previous, politic, types) and unnamed_words().isdisjoint(words.vocabulary):
            previous = sentence
            continue
        scene = Scene(passage, sentence, previous, words, named, politic, on_politics)
        seen: set[object] = set()
        told: list[Deed] = []
        for deed in (*find_nominal(scene), *find_verbal(scene), *find_nouns(scene)):
            if spoken.hold(deed.trigger) or _is_known(deed, told):
                continue
            if (
                deed.modality is Modality.ASSERTED
                and told_by.hold(deed.trigger)
                and not _is_own(deed, told_in[sentence.start])
            ):
                deed = replace(deed, modality=Modality.REPORTED)  # noqa: PLW2901 - the deed as it is told
            event = _event(scene, deed, dates.get(sentence.start, ()))
            what = (event.plover, event.modality, event.participants, passage.text[slice(*deed.trigger)])
            if what not in seen and _is_told(scene, deed, event):
                seen.add(what)
                told.append(deed)
                yield event
        previous = sentence


def _told(quote: Quote) -> Span:
    """Return what a speaker says; where a quotation holds its own cue, what follows that."""
    if quote.cue is None or not quote.content.contains(quote.cue):
        return quote.content
    return Span(quote.cue.end, quote.content.end)


def _may_tell(
    named: Named, sentence: Span, previous: Span | None, politic: frozenset[str], types: frozenset[EntityType]
) -> bool:
    """Tell whether a sentence names a political actor or one of ``types``, or may mean whom the one before names."""
    if any(m.entity_id in politic or m.type in types for m in named.within(sentence)):
        return True
    return previous is not None and any(m.entity_id in politic for m in named.within(previous))


def _by_start(quotes: Sequence[Quote]) -> Mapping[int, Sequence[Quote]]:
    """Return quotes by where their sentence starts; none for other places."""
    index: defaultdict[int, list[Quote]] = defaultdict(list)
    for quote in quotes:
        index[quote.sentence.start].append(quote)
    return index


def _is_own(deed: Deed, reports: Sequence[Quote]) -> bool:
    """Tell whether a deed of words is the speaker's own: ``Peru said it rejected the offer`` is the rejection."""
    speakers = {q.speaker for q in reports if q.content.contains(deed.trigger)}
    return deed.plover in _OF_WORDS and any(m.entity_id in speakers for m in deed.actors)


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
    """Tell whether a deed is one of politics: by who takes part, by what the document is on, or by force in a place."""
    if scene.is_politic([*deed.actors, *deed.targets]) or (deed.by_body and (deed.is_plain or scene.is_on_politics)):
        return True
    if scene.is_on_politics and (deed.actors or deed.targets or deed.is_plain or deed.plover in _ALONE):
        return True  # a candidate refused to endorse it; seven were arrested
    return event.location is not None and deed.plover in _PLACED and not deed.actors


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
