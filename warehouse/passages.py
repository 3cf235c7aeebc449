"""Passages as search shows them: the texts that they are, the part that shows why they were found, their facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import duckdb

from copydesk.document import Span
from copydesk.search_query import Query
from copydesk.search_terms import read_words
from copydesk.snippets import Snippet, find_matches, make_snippet
from warehouse.search_index import FACT_TABLES, PASSAGE_END, PASSAGE_START

TOLD = tuple(kind for kind in FACT_TABLES if kind != "mention")
"""The kinds of facts that are found when none is asked for: names alone say little."""


class Place(NamedTuple):
    """A passage that was found, and where its words are."""

    document_number: int
    passage: int
    score: float
    field_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Attributes:
        score: the higher the better; comparable within one answer.
        document: document_id, title, source, path, url, published (a day or None), language.
        field: the text that the snippet is of: body, caption ...
        snippet: the part of it that shows why.
        facts: of a sentence: its facts, as the view ``facts`` has them.

    """

    score: float
    document: Mapping[str, Any]
    field: str
    snippet: Snippet
    facts: tuple[Mapping[str, Any], ...] = ()


class Text(NamedTuple):
    """A text of a passage, and where it begins in its field."""

    field: str
    start: int
    text: str


_ARTICLES = """
SELECT n.document_number, 0, f.field, 0, f.text
FROM search_documents n JOIN fields f ON f.derivation_id = n.derivation_id
WHERE n.document_number IN (SELECT unnest(?::INTEGER[])) AND f.field <> 'title'
ORDER BY f.field <> 'body', f.field, f.ordinal
"""
_TITLES = """
SELECT n.document_number, 0, 'title', 0, d.title FROM search_documents n JOIN derivations d USING (derivation_id)
WHERE n.document_number IN (SELECT unnest(?::INTEGER[])) AND d.title IS NOT NULL
"""
_SENTENCES = """
SELECT w.document_number, w.passage, f.field, w.s, f.text[w.s + 1 : w.e] FROM (
    SELECT unnest(?::INTEGER[]) AS document_number, unnest(?::INTEGER[]) AS passage, unnest(?::UUID[]) AS field_id,
           unnest(?::INTEGER[]) AS s, unnest(?::INTEGER[]) AS e
) w JOIN fields f USING (field_id)
"""


def read_texts(connection: duckdb.DuckDBPyConnection, places: Sequence[Place]) -> Mapping[tuple[int, int], list[Text]]:
    """Return the texts of passages: of an article all, the body first and the title last; of a sentence itself."""
    found: dict[tuple[int, int], list[Text]] = {place[:2]: [] for place in places}
    if places and places[0].passage == 0:
        numbers = [place.document_number for place in places]
        queries: list[tuple[str, list[object]]] = [(_ARTICLES, [numbers]), (_TITLES, [numbers])]
    else:
        numbers, passages, _, fields, starts, ends = (list(column) for column in zip(*places, strict=True))
        queries = [(_SENTENCES, [numbers, passages, fields, starts, ends])]
    for sql, values in queries:
        for number, passage, *text in connection.execute(sql, values).fetchall():
            found[number, passage].append(Text(*text))
    return found


_HEADS = """
SELECT n.document_number, n.document_id::VARCHAR AS document_id, d.title, s.name AS source, o.path,
       coalesce(o.canonical_url, o.url) AS url, d.published_local::DATE AS published, n.language
FROM search_documents n JOIN derivations d ON d.derivation_id = n.derivation_id
JOIN documents o ON o.document_id = n.document_id JOIN sources s ON s.source_id = o.source_id
WHERE n.document_number IN (SELECT unnest(?::INTEGER[]))
"""


def make_hits(
    connection: duckdb.DuckDBPyConnection, places: Sequence[Place], query: Query, kinds: Sequence[str]
) -> Iterator[Hit]:
    """Yield passages with all that is shown of them; of sentences the facts of some kinds."""
    if not places:
        return
    texts = read_texts(connection, places)
    heads = {
        row.pop("document_number"): row
        for row in _rows(connection, _HEADS, [[place.document_number for place in places]])
    }
    facts = _facts(connection, places, kinds) if places[0].passage else {}
    for place in places:
        name, snippet = _show(texts[place[:2]], query)
        yield Hit(place.score, heads[place.document_number], name, snippet, tuple(facts.get(place[:2], ())))


def _show(texts: Sequence[Text], query: Query) -> tuple[str, Snippet]:
    """Return the snippet of the first text that has a word that is looked for, and which text that is."""
    for text in texts:
        if text.field != "title" and (matches := find_matches(read_words(text.text), query.terms)):
            break
    else:
        text, matches = texts[0], []
    made = make_snippet(text.text, matches)
    span = Span(text.start + made.span.start, text.start + made.span.end)
    return text.field, made._replace(span=span)


_FACTS_AT = f"""
SELECT '{{kind}}', fact_id::VARCHAR, field_id::VARCHAR, {PASSAGE_START}, {PASSAGE_END} FROM {{table}}
WHERE rowid IN (SELECT rowid FROM {{table}} WHERE field_id IN (SELECT field_id FROM wanted))
"""  # noqa: S608 - our own words
"""The facts of some fields; by their row ids: only of these are the sentences read."""
_TELL = """
SELECT fact_id::VARCHAR AS fact_id, kind, subkind, subject, object, value, number, direction, period, modality,
       start_date, end_date, evidence, field, start_offset, end_offset, raw_start, raw_end
FROM every_fact WHERE kind = ? AND fact_id IN (SELECT unnest(?::UUID[]))
"""


def _facts(
    connection: duckdb.DuckDBPyConnection, places: Sequence[Place], kinds: Sequence[str]
) -> Mapping[tuple[int, int], list[Mapping[str, Any]]]:
    """Return the facts of sentences, of some kinds, in the order of their words."""
    by_place = {(place.field_id, place.start, place.end): place[:2] for place in places}
    fields = sorted({place.field_id for place in places})
    each = " UNION ALL ".join(_FACTS_AT.format(kind=kind, table=FACT_TABLES[kind]) for kind in kinds)
    sql = f"WITH wanted AS MATERIALIZED (SELECT unnest(?::UUID[]) AS field_id) {each}"
    ids: dict[str, dict[str, tuple[int, int]]] = {}
    for kind, fact, *where in connection.execute(sql, [fields]).fetchall():
        if (spot := by_place.get(tuple(where))) is not None:
            ids.setdefault(kind, {})[fact] = spot
    rows = [
        (spots[row["fact_id"]], row)
        for kind, spots in ids.items()
        for row in _rows(connection, _TELL, [kind, list(spots)])
    ]
    found: dict[tuple[int, int], list[Mapping[str, Any]]] = {}
    for spot, row in sorted(rows, key=lambda found: _order(found[1])):
        found.setdefault(spot, []).append(row)
    return found


def _order(fact: Mapping[str, Any]) -> tuple[object, ...]:
    return fact["start_offset"], fact["end_offset"], fact["kind"], fact["fact_id"]


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object]) -> list[dict[str, Any]]:
    found = connection.execute(sql, values)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
