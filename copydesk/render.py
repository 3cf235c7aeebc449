"""Articles and facts as plain values for JSON, and as texts for a terminal. Pure: nothing is printed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, NamedTuple

from copydesk.anchors import TextPositionSelector, TextQuoteSelector
from copydesk.article import Article, Passage
from copydesk.document import Span
from copydesk.edits import Edit
from copydesk.facts import FACT_KINDS, Entity, Event, Fact, Facts, ParticipantRole, Place

Json = dict[str, Any]


def article_to_json(article: Article) -> Json:
    """Return an article as plain values: the line that ``copydesk clean --jsonl`` writes.

    ``edits`` are in flat form: sorted, disjoint pieces of the base text that give ``text`` when applied to it. For a
    page, ``spans`` are pieces of ``text`` with their place in the page's source (clean start and end, source start and
    end), and ``left_out`` are the blocks that are no part of the article, with the piece of the source that they stand
    in, tags and all; null where it is not found. ``notes`` say what a person may want to look at: dates that contradict
    each other, rules of the site that found nothing.
    """
    return {
        "title": article.title,
        "authors": [person.name for person in article.authors],
        "published_at": article.published.isoformat() if article.published else None,
        "updated_at": article.updated.isoformat() if article.updated else None,
        "site": article.site,
        "language": article.language,
        "text": article.text,
        "edits": edits_to_json(article),
        "fields": [_field_to_json(field) for field in article.fields],
        "flags": sorted(article.flags),
        "error": None,
        **(_page_to_json(article) if article.document.source is not None else {}),
    }


def _page_to_json(article: Article) -> Json:
    """Return what a page has beside an article: where its characters stand in the source, and what was left out."""
    from copydesk.readers.html_spans import after_edits, locate  # noqa: PLC0415 - for pages alone

    document = article.document
    places, left_out = locate(document)
    return {
        "spans": [list(place) for place in after_edits(document, places, article.log.offsets)],
        "left_out": [
            {
                "kind": out.kind.value,
                "text": out.text,
                "raw_start": out.at,
                "reason": out.reason,
                "score": out.score,
                "source_start": span.start if span else None,
                "source_end": span.end if span else None,
            }
            for out, span in zip(document.left_out, left_out, strict=True)
        ],
        "notes": [candidate.value for candidate in document.candidates if candidate.name == "note"],
    }


def edits_to_json(article: Article) -> list[Json]:
    """Return the flat edits of an article, each with what it was made for."""
    edits = article.log.edits
    return [
        {
            "raw_start": piece.raw_start,
            "raw_end": piece.raw_end,
            "replacement": piece.replacement,
            "edit_id": piece.edit_id,
            **_made_for(edits[piece.edit_id]),
        }
        for piece in article.log.flat()
    ]


def edit_to_json(article: Article, edit: Edit) -> Json:
    """Return one edit of the ledger as plain values, with its place as W3C Web Annotation selectors."""
    text = article.document.text
    return {
        "edit_id": edit.edit_id,
        "phase": edit.phase,
        "status": edit.status.value,
        "raw_start": edit.raw_start,
        "raw_end": edit.raw_end,
        "replacement": edit.replacement,
        **_made_for(edit),
        "fields": [{"name": f.name, "raw_start": f.span.start, "raw_end": f.span.end} for f in edit.fields],
        "depends_on": list(edit.depends_on),
        "selector": [
            TextPositionSelector(edit.raw_start, edit.raw_end).to_json(),
            TextQuoteSelector.of(text, Span(edit.raw_start, edit.raw_end)).to_json(),
        ],
    }


def _made_for(edit: Edit) -> Json:
    evidence = {"raw_start": edit.evidence.start, "raw_end": edit.evidence.end} if edit.evidence else None
    return {
        "kind": edit.kind,
        "rule": edit.rule,
        "reason": edit.reason,
        "confidence": edit.confidence,
        "evidence": evidence,
    }


def _field_to_json(field: Passage) -> Json:
    raw, is_exact = field.offsets.raw_span(Span(0, len(field.text)))
    return {
        "name": field.field.value,
        "text": field.text,
        "raw_start": raw.start,
        "raw_end": raw.end,
        "is_exact": is_exact,
    }


def facts_to_json(article: Article, facts: Facts) -> Json:
    """Return facts as plain values, by kind: what ``copydesk facts --jsonl`` writes under ``facts``.

    Every fact has its words (``text``), their place in the field (``start``, ``end``) and in the base text
    (``raw_start``, ``raw_end``; ``is_exact`` when the same characters stand there).
    """
    passages: Mapping[tuple[str, int], Passage] = {(p.field.value, p.ordinal): p for p in article.passages}
    found: Json = {}
    for kind in FACT_KINDS:
        items: Sequence[Fact | Entity] = getattr(facts, kind)
        found[kind] = [
            _entity_to_json(item) if isinstance(item, Entity) else _fact_to_json(item, passages) for item in items
        ]
    return found


def _entity_to_json(entity: Entity) -> Json:
    return {f.name: _plain(getattr(entity, f.name)) for f in fields(entity)}


_JSON_NAMES = {"is_nested": "nested"}
"""Names that others look for in annotations, where ours differ."""


def _fact_to_json(fact: Fact, passages: Mapping[tuple[str, int], Passage]) -> Json:
    passage = passages[fact.place.field, fact.place.ordinal]
    found = {**_place_to_json(fact.place, passage)}
    for field in fields(fact):
        value = getattr(fact, field.name)
        if field.name in ("place", "participants"):
            continue
        if field.name == "sentence":
            found["sentence"] = passage.text[slice(*value)]
        else:
            name = _JSON_NAMES.get(field.name, field.name)
            found[name] = _words_to_json(value, passage) if isinstance(value, Span) else _plain(value)
    if isinstance(fact, Event):
        for role, name in ((ParticipantRole.ACTOR, "actors"), (ParticipantRole.TARGET, "targets")):
            found[name] = [
                {"entity_id": p.entity_id, "country": p.country, **(_words_to_json(p.span, passage) if p.span else {})}
                for p in fact.participants
                if p.role is role
            ]
    return found


def _place_to_json(place: Place, passage: Passage) -> Json:
    words = _words_to_json(Span(place.start, place.end), passage)
    return {"field": place.field.value, "ordinal": place.ordinal, "start": place.start, "end": place.end, **words}


def _words_to_json(span: Span, passage: Passage) -> Json:
    raw, is_exact = passage.offsets.raw_span(span)
    text = passage.text[span.start : span.end]
    return {"text": text, "raw_start": raw.start, "raw_end": raw.end, "is_exact": is_exact}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value


class Piece(NamedTuple):
    """A piece of a marked-up text: what stays (no edit), what an edit takes out, or what it puts in."""

    text: str
    edit_id: int | None
    is_inserted: bool


def marked_pieces(article: Article) -> Iterator[Piece]:
    """Yield the base text in order with what edits took out of it and put in: a reversible view of the whole."""
    base, position = article.document.text, 0
    for piece in article.log.flat():
        if piece.raw_start > position:
            yield Piece(base[position : piece.raw_start], None, is_inserted=False)
        if piece.raw_end > piece.raw_start:
            yield Piece(base[piece.raw_start : piece.raw_end], piece.edit_id, is_inserted=False)
        if piece.replacement:
            yield Piece(piece.replacement, piece.edit_id, is_inserted=True)
        position = piece.raw_end
    if position < len(base):
        yield Piece(base[position:], None, is_inserted=False)


def shorten(text: str, width: int) -> str:
    r"""Return a text on one line, cut in the middle if it is longer than ``width`` characters.

    >>> shorten("The increase in trade\n\nbetween the two countries", 24)
    'The increas…o countries'
    """
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    half = (width - 1) // 2
    return f"{line[:half].rstrip()}…{line[-half:].lstrip()}"
