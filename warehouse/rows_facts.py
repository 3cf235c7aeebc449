"""From the facts of an article to rows: each with its words, its sentence and its place in the base text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from copydesk.article import Article, FieldName, Passage
from copydesk.document import Span
from copydesk.facts import (
    Claim,
    Date,
    Entity,
    Event,
    Fact,
    Facts,
    Mention,
    Officeholder,
    Quantity,
    Quote,
    Relation,
)
from schemas.ids import make_id
from schemas.timex import days_of

Row: TypeAlias = dict[str, Any]

CONTEXT = 32
"""Characters before and after the words that make a fact's quote selector."""


class _Writer:
    """Gives the facts of one derivation their common columns."""

    def __init__(self, article: Article, ids: Row, run_id: str, rule_version: str) -> None:
        self.passages: Mapping[tuple[FieldName, int], Passage] = {(p.field, p.ordinal): p for p in article.passages}
        self.ids, self.tail = ids, {"run_id": run_id}
        self.rule_version = rule_version
        self.seen: Counter[tuple[object, ...]] = Counter()
        self.field_ids: dict[tuple[FieldName, int], str] = {}

    def text(self, fact: Fact) -> str:
        passage = self.passages.get(fact.place[:2])
        return passage.text if passage else ""

    def raw(self, fact: Fact) -> tuple[Span, bool]:
        """Return the place in the base text; of a place that is not in the text, none: the rules will stop it."""
        field, ordinal, start, end = fact.place
        passage = self.passages.get((field, ordinal))
        if passage is None or not 0 <= start <= end <= len(passage.text):
            return Span(0, 0), False
        return passage.offsets.raw_span(Span(start, end))

    def common(self, table: str, fact: Fact, value: Sequence[object]) -> Row:
        """Return the columns that every fact has; ``value`` is what tells it from others at its place."""
        field, ordinal, start, end = fact.place
        text = self.text(fact)
        raw, is_exact = self.raw(fact)
        return {
            "fact_id": make_id(self.ids["derivation_id"], table, field, ordinal, start, end, *value),
            "fact_key": self.key(table, text, Span(start, end), value),
            **self.ids,
            "field_id": self.field_id(field, ordinal),
            "field": str(field),
            "start_offset": start,
            "end_offset": end,
            "raw_start": raw.start,
            "raw_end": raw.end,
            "is_exact": is_exact,
            "evidence": text[start:end],
            "sentence": text[fact.sentence.start : fact.sentence.end],
            "sentence_start": fact.sentence.start,
            "rule_id": fact.rule,
            "rule_version": self.rule_version,
            "confidence": fact.confidence,
            **self.tail,
        }

    def field_id(self, field: FieldName, ordinal: int) -> str:
        found = self.field_ids.get((field, ordinal))
        if found is None:
            found = self.field_ids[field, ordinal] = make_id("field", self.ids["derivation_id"], field, ordinal)
        return found

    def key(self, table: str, text: str, span: Span, value: Sequence[object]) -> str:
        """Return the id that holds in every version: words and surroundings, no offsets; a number tells twins apart."""
        start, end = span
        quote = text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        twins = table, *value, *quote
        number = self.seen[twins]
        self.seen[twins] += 1
        return make_id(self.ids["document_id"], *twins, number)


def fact_rows(article: Article, facts: Facts, ids: Row, *, run_id: str, rule_version: str) -> dict[str, list[Row]]:
    """Return table -> rows of the entities and facts of an article.

    A fact whose place is not in the article becomes a row all the same: the rules stop it, and it waits in quarantine.
    """
    writer = _Writer(article, ids, run_id, rule_version)
    tables: dict[str, list[Row]] = {"entities": [_entity(entity) for entity in facts.entities]}
    for table, own in _OWN.items():
        rows = tables[table] = []
        for fact in getattr(facts, table):
            value, columns = own(fact, writer.text(fact))
            rows.append(writer.common(table, fact, value) | columns)
    tables["event_participants"] = [
        row
        for fact, event in zip(facts.events, tables["events"], strict=True)
        for row in _participants(fact, event, writer.text(fact))
    ]
    return tables


def _entity(entity: Entity) -> Row:
    return {
        "entity_id": entity.entity_id,
        "type": str(entity.type),
        "name": entity.name,
        "iso_alpha3": entity.iso_alpha3,
        "subtype": entity.subtype,
    }


_Own: TypeAlias = tuple[Sequence[object], Row]
"""What tells a fact from others at its place, and its own columns."""


def _mention(fact: Mention, text: str) -> _Own:
    return (fact.entity_id, fact.kind), {
        "entity_id": fact.entity_id,
        "type": str(fact.type),
        "surface": text[fact.place.start : fact.place.end],
        "kind": str(fact.kind),
        "is_nested": fact.is_nested,
    }


def _date(fact: Date, _text: str) -> _Own:
    return (fact.type, fact.value, fact.role), {
        "type": str(fact.type),
        "value": fact.value,
        "start_date": fact.start_date,
        "end_date": fact.end_date,
        "precision": fact.precision,
        "anchor": fact.anchor,
        "role": str(fact.role),
    }


def _quantity(fact: Quantity, _text: str) -> _Own:
    value = fact.kind, fact.value, fact.value_min, fact.value_max, fact.unit, fact.measure
    return value, {
        "kind": str(fact.kind),
        "value": _float(fact.value),
        "value_min": _float(fact.value_min),
        "value_max": _float(fact.value_max),
        "unit": fact.unit,
        "direction": _str(fact.direction),
        "modifier": fact.modifier,
        "measure": fact.measure,
        "period": fact.period,
        "baseline": fact.baseline,
    }


def _officeholder(fact: Officeholder, _text: str) -> _Own:
    return (fact.person, fact.title_norm, fact.country, fact.organisation, fact.status), {
        "person_id": fact.person,
        "title": fact.title,
        "title_norm": fact.title_norm,
        "kind": fact.kind,
        "country": fact.country,
        "organisation_id": fact.organisation,
        "status": str(fact.status),
        "as_of": fact.as_of,
    }


def _event(fact: Event, text: str) -> _Own:
    start, end = (fact.date and days_of(fact.date)) or (None, None)
    people = [part for p in fact.participants for part in (p.role, p.entity_id)]
    trigger = text[fact.trigger.start : fact.trigger.end]
    return (fact.plover, fact.cameo, fact.modality, trigger, *people), {
        "plover": fact.plover,
        "cameo": fact.cameo,
        "modality": str(fact.modality),
        "tense": _str(fact.tense),
        "trigger_start": fact.trigger.start,
        "trigger_end": fact.trigger.end,
        "trigger": trigger,
        "date_value": fact.date,
        "start_date": start,
        "end_date": end,
        "location_id": fact.location,
        "is_reciprocal": fact.is_reciprocal,
    }


def _participants(fact: Event, event: Row, text: str) -> Iterable[Row]:
    for ordinal, participant in enumerate(fact.participants):
        yield {
            "participant_id": make_id(event["fact_id"], participant.role, participant.entity_id, ordinal),
            "fact_id": event["fact_id"],
            "document_id": event["document_id"],
            "derivation_id": event["derivation_id"],
            "ordinal": ordinal,
            "role": str(participant.role),
            "entity_id": participant.entity_id,
            "country": participant.country,
            "field_id": event["field_id"],
            **_spanned(participant.span, text, ("start_offset", "end_offset", "evidence")),
            "run_id": event["run_id"],
        }


def _relation(fact: Relation, _text: str) -> _Own:
    return (fact.subject, fact.predicate, fact.object), {
        "subject_id": fact.subject,
        "predicate": fact.predicate,
        "object_id": fact.object,
        "since": fact.since,
        "until": fact.until,
    }


def _quote(fact: Quote, text: str) -> _Own:
    value, columns = _said(fact, fact.speaker, fact.speaker_span, text)
    return value, columns | {"kind": str(fact.kind)}


def _claim(fact: Claim, text: str) -> _Own:
    value, columns = _said(fact, fact.holder, fact.holder_span, text)
    return value, columns | {"kind": str(fact.kind), "modality": str(fact.modality)}


def _said(fact: Quote | Claim, speaker: str | None, named: Span | None, text: str) -> _Own:
    content = text[fact.content.start : fact.content.end]
    return (fact.kind, content, speaker), {
        "content_start": fact.content.start,
        "content_end": fact.content.end,
        "content": content,
        "speaker_id": speaker,
        **_spanned(named, text, ("speaker_start", "speaker_end", "speaker")),
        **_spanned(fact.cue, text, ("cue_start", "cue_end", "cue")),
    }


def _spanned(span: Span | None, text: str, names: tuple[str, str, str]) -> Row:
    if span is None:
        return dict.fromkeys(names)
    return dict(zip(names, (span.start, span.end, text[span.start : span.end]), strict=True))


def _str(value: object) -> str | None:
    return None if value is None else str(value)


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)


_OWN: Mapping[str, Callable[[Any, str], _Own]] = {
    "mentions": _mention,
    "dates": _date,
    "quantities": _quantity,
    "officeholders": _officeholder,
    "events": _event,
    "relations": _relation,
    "quotes": _quote,
    "claims": _claim,
}
"""How each kind of fact is written."""
