"""Names that a pipeline of the user's finds, spaCy's or one like it, beside those of our own rules.

The pipeline is given as a callable; nothing is imported or loaded here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from copydesk.document import Span
from copydesk.extract.found import Finding, Found
from copydesk.extract.gazetteer import place_entity
from copydesk.extract.mentions import SKIPPED_FIELDS
from copydesk.extract.mentions_concepts import concept
from copydesk.extract.mentions_orgs import org
from copydesk.extract.people import person
from copydesk.extract.reading import Reading
from copydesk.extract.spans import Spans
from copydesk.facts import Entity, EntityType, Mention, MentionKind


class NamedSpan(Protocol):
    """A name as a pipeline gives it: ``start_char`` and ``end_char`` (code points, half open), and its label."""

    start_char: int
    end_char: int
    label_: str


class Parsed(Protocol):
    """A text as a pipeline gives it back."""

    ents: Iterable[NamedSpan]


Pipeline = Callable[[str], Parsed]
"""What ``spacy.load`` and ``spacy.blank`` return, for one."""

_MAKERS: Mapping[str, Callable[[str], Entity]] = {
    "PERSON": person,
    "PER": person,
    "ORG": org,
    "GPE": lambda name: place_entity(name, "place", None),
    "LOC": lambda name: place_entity(name, "place", None),
    "FAC": lambda name: concept(EntityType.FACILITY, name),
    "EVENT": lambda name: concept(EntityType.EVENT, name),
}
"""Labels of OntoNotes and of WikiNER (spaCy's two sets) that name something; others (dates, figures) are left alone."""


def find_names_with(pipeline: Pipeline) -> Callable[[Reading, Found], Iterator[Finding]]:
    """Return an extractor that adds the names of a pipeline where our own rules have found none.

    A name that our rules have found elsewhere in the text keeps its entity: the words that name Kenya name Kenya.

    >>> from types import SimpleNamespace
    >>> from copydesk.article import FieldName
    >>> from copydesk.extract.reading import ReadingPassage
    >>> reading = Reading([ReadingPassage(FieldName.BODY, 0, "then zork spoke")])
    >>> name = SimpleNamespace(start_char=5, end_char=9, label_="PERSON")
    >>> find = find_names_with(lambda text: SimpleNamespace(ents=[name]))
    >>> [(f.entity_id, f.rule) for f in find(reading, Found()) if isinstance(f, Mention)]
    [('person:zork', 'pipeline.person')]
    """

    def find_names(reading: Reading, found: Found) -> Iterator[Finding]:
        known = _known(reading, found)
        for passage in reading.passages:
            if passage.field in SKIPPED_FIELDS:
                continue
            here = (m.place for m in found.mentions if m.place[:2] == (passage.field, passage.ordinal))
            taken = Spans(Span(place.start, place.end) for place in here)
            for name in pipeline(passage.text).ents:
                span = Span(name.start_char, name.end_char)
                words = passage.text[slice(*span)]
                if name.label_ not in _MAKERS or not words.strip() or taken.overlap(span):
                    continue
                entity = known.get(words) or _MAKERS[name.label_](words)
                yield entity
                yield Mention(
                    place=passage.place(span.start, span.end),
                    sentence=passage.sentence_at(span.start),
                    rule=f"pipeline.{name.label_.lower()}",
                    confidence=0.6,
                    entity_id=entity.entity_id,
                    type=entity.type,
                    kind=MentionKind.NAME,
                )

    return find_names


def _known(reading: Reading, found: Found) -> Mapping[str, Entity]:
    """Return the entities that our rules have found, by their words."""
    passages = {(p.field, p.ordinal): p.text for p in reading.passages}
    return {
        passages[m.place.field, m.place.ordinal][m.place.start : m.place.end]: found.entities[m.entity_id]
        for m in found.mentions
        if not m.is_nested
    }
