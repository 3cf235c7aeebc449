"""Search: articles, or the sentences of facts, ranked by BM25 over the index that ``warehouse.search_index`` keeps.

BM25 with its usual constants; a word of the title counts as several in the text (S. Robertson, H. Zaragoza, M. Taylor,
"Simple BM25 extension to multiple weighted fields", CIKM 2004). How rare a word is follows from all passages of the
sort that is ranked, whatever is filtered. Equals stand in the order of document and passage: the same query on the same
warehouse gives the same list.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import duckdb

from copydesk.search_query import Query, has_phrase
from copydesk.search_terms import fold_words
from warehouse.errors import WarehouseError
from warehouse.passages import TOLD, Hit, Place, Text, make_hits, read_texts
from warehouse.search_index import ENTITY, kinds_of

K1, B = 1.2, 0.75
"""The constants of BM25: how soon more of the same word stops counting, and how much long texts are held back."""
TITLE_WEIGHT = 4
"""So many times a word of the text does a word of the title count."""
MOST_USUAL, LEAST_PASSAGES = 1 / 10, 1000
"""A word that more than this share of the passages (and so many) have is left out where a query has others, too."""
MOST_READ = 2000
"""Texts that are read for phrases, best first: phrases are not in the index."""
_FIRST_READ = 50
MANY_ROWS = 200_000
"""Rows of usual words that are worth a look at the rarer ones first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which passages may be found; empty or None asks nothing.

    Attributes:
        facts: look for the sentences of facts instead of articles.
        kinds: of these kinds of facts (implies ``facts``).
        source: of documents of this source.
        language: in this language (ISO 639 code).
        since, until: published on or between these days; articles without a date are not.
        entities: where all of these are named: ids, or names in any case.

    """

    facts: bool = False
    kinds: Sequence[str] = ()
    source: str | None = None
    language: str | None = None
    since: date | None = None
    until: date | None = None
    entities: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query.

    Attributes:
        hits: the best, best first.
        total: how many passages there are; None when only those were counted or read that may be among the best.
        missing: articles that are not in the index yet.

    """

    hits: tuple[Hit, ...]
    total: int | None
    missing: int


def search(connection: duckdb.DuckDBPyConnection, query: Query, wanted: Wanted = Wanted(), limit: int = 10) -> Found:
    """Return the best passages for a query, with snippets.

    Raises:
        WarehouseError: the warehouse has no index yet, or nobody has a name that is asked for.

    """
    missing, kinds = _count_missing(connection), wanted.kinds or TOLD
    if query.phrases or query.unwanted_phrases:
        places, total = _rank(connection, query, wanted, MOST_READ)
        kept, read = _with_phrases(connection, places, query, limit)
        found = len(kept) if read == total else None
        return Found(tuple(make_hits(connection, kept[:limit], query, kinds)), found, missing)
    places, total = _rank(connection, query, wanted, limit)
    return Found(tuple(make_hits(connection, places, query, kinds)), total, missing)


_MISSING = "SELECT (SELECT count(*) FROM versions WHERE is_current) - (SELECT count(*) FROM search_documents)"


def _count_missing(connection: duckdb.DuckDBPyConnection) -> int:
    try:
        (count,) = connection.execute(_MISSING).fetchone() or (0,)
    except duckdb.CatalogException as error:
        raise WarehouseError("it has no index for searching yet.", advice="`copydesk run` makes one.") from error
    return max(0, int(count))


# Ranking --------------------------------------------------------------------------------------------------------------


class _Condition(NamedTuple):
    """A part of a WHERE, and the values that it has."""

    sql: str
    values: Sequence[object] = ()


class _Word(NamedTuple):
    """A word of a query: the terms that it is found by, what it weighs, how many passages have it, whether one must."""

    terms: tuple[str, ...]
    weight: float
    passages: int
    is_needed: bool


_SIZE = "SELECT count(*), coalesce(avg(words), 1) FROM search_passages WHERE passage {sort}"
_COUNTS = "SELECT term, count(*) FROM search_terms WHERE {terms} AND passage {sort} GROUP BY 1"
_COUNT = "SELECT ?, count(*) FROM search_terms WHERE term = ? AND passage {sort}"
_FEW_TERMS = 10
"""So many terms are counted one by one in less time than together."""
_PARTS = f"""
SELECT document_number::BIGINT << 32 | passage AS place, need,
       weight * frequency * {K1 + 1} / (frequency + {K1} * (1 - {B} + {B} * words / ?)) AS part
FROM (SELECT *, in_text + {TITLE_WEIGHT} * in_title AS frequency FROM search_terms) JOIN forms USING (term)
WHERE {{conditions}}
"""  # noqa: S608 - our own words; what people write is a parameter
_LIKELY = """
led AS MATERIALIZED (SELECT place, fsum(part) AS score FROM ({parts}) GROUP BY place),
likely AS (
    SELECT place FROM led
    WHERE score >= (SELECT min(score) FROM (SELECT score FROM led ORDER BY score DESC LIMIT ?)) - ?
),
"""
"""What has a leading word and may be among the best, with all that the other words can add."""

_RANKED = """
WITH forms AS (SELECT unnest(?::VARCHAR[]) AS term, unnest(?::DOUBLE[]) AS weight, unnest(?::UBIGINT[]) AS need),
{likely}
scored AS MATERIALIZED (
    SELECT place, round(fsum(part), 6) AS score FROM ({parts}) {chosen} GROUP BY place {needed}
),
best AS (
    SELECT * FROM scored
    WHERE score >= (SELECT min(score) FROM (SELECT score FROM scored ORDER BY score DESC LIMIT ?))
)
SELECT n.document_number, p.passage, s.score, p.field_id::VARCHAR, p.start_offset, p.end_offset,
       (SELECT count(*) FROM scored) AS total
FROM best s JOIN search_documents n ON n.document_number = s.place >> 32
JOIN search_passages p ON p.document_number = n.document_number AND p.passage = s.place & 4294967295
SEMI JOIN derivations d ON d.derivation_id = n.derivation_id
ORDER BY s.score DESC, n.document_id, p.passage LIMIT ?
"""


class _Ranking(NamedTuple):
    """What passages are ranked by: the words of a query, the mean length of passages, what else has to hold of them."""

    words: Sequence[_Word]
    mean: float
    filters: Sequence[_Condition]


def _rank(
    connection: duckdb.DuckDBPyConnection, query: Query, wanted: Wanted, limit: int
) -> tuple[list[Place], int | None]:
    """Return the best passages and the number of all; None where not all were counted.

    Words that most passages have cost most and tell least. Beside many of them the rarer ones lead: only what has one
    of these is scored, as long as the others together cannot make up for it (H. Turtle, J. Flood, "Query evaluation:
    strategies and optimizations", 1995). What is found is the same.
    """
    sort = "> 0" if wanted.facts or wanted.kinds else "= 0"
    words, mean = _weigh(connection, query, sort)
    if not any(word.terms for word in words) or any(word.is_needed and not word.terms for word in words):
        return [], 0
    ranking = _Ranking(words, mean, list(_filters(connection, query, wanted, sort)))
    if leading := _leading(words):
        others = _most(words) - _most(leading)
        rows = _best(connection, ranking, limit, leading, others)
        if len(rows) == limit and rows[-1][2] > others:
            return [Place(*row[:-1]) for row in rows], None
    rows = _best(connection, ranking, limit)
    return [Place(*row[:-1]) for row in rows], rows[0][-1] if rows else 0


def _most(words: Sequence[_Word]) -> float:
    """Return more than words can add to a score."""
    return (K1 + 1) * sum(word.weight * len(word.terms) for word in words)


def _leading(words: Sequence[_Word]) -> Sequence[_Word]:
    """Return the rarest words, as many as weigh more than all others; none where the others have few rows to spare.

    One guess and no search for the best one: each look that does not do is as dear as a look at all.
    """
    by_weight = sorted(words, key=lambda word: -word.weight)
    size = next((size for size in range(1, len(words)) if _most(by_weight[:size]) > _most(by_weight[size:])), 0)
    spared = sum(word.passages for word in by_weight[size:])
    return by_weight[:size] if spared > MANY_ROWS and not any(word.is_needed for word in words) else ()


def _best(
    connection: duckdb.DuckDBPyConnection,
    ranking: _Ranking,
    limit: int,
    leading: Sequence[_Word] = (),
    others: float = 0,
) -> list[tuple[Any, ...]]:
    """Return the rows of the best passages; with ``leading`` words, of those that have one of them.

    ``others`` is the most that the words beside the leading ones can add.
    """
    pairs = [(number, word, term) for number, word in enumerate(ranking.words) for term in word.terms]
    needs = [1 << number if word.is_needed else 0 for number, word, _ in pairs]
    all_needed = sum(set(needs))
    values: list[object] = [[term for *_, term in pairs], [word.weight for _, word, _ in pairs], needs]
    likely = ""
    if leading:
        led = _all([_any_of([term for word in leading for term in word.terms]), *ranking.filters])
        likely = _LIKELY.format(parts=_PARTS.format(conditions=led.sql))
        values += [ranking.mean, *led.values, limit, others]
    conditions = _all([_any_of([term for *_, term in pairs]), *ranking.filters])
    sql = _RANKED.format(
        likely=likely,
        parts=_PARTS.format(conditions=conditions.sql),
        chosen="SEMI JOIN likely USING (place)" if likely else "",
        needed=f"HAVING bit_or(need) = {all_needed}" if all_needed else "",
    )
    return connection.execute(sql, [*values, ranking.mean, *conditions.values, limit, limit]).fetchall()


def _weigh(connection: duckdb.DuckDBPyConnection, query: Query, sort: str) -> tuple[list[_Word], float]:
    """Return the words of a query, with those of their terms that there are, and the mean length of passages.

    A word that many passages have says little, and finds too much: beside others it is left out.
    """
    counts = _count_terms(connection, sorted(query.terms), sort)
    passages, mean = connection.execute(_SIZE.format(sort=sort)).fetchone() or (0, 1)
    found = {forms: sum(counts.get(term, 0) for term in forms) for forms in query.words}
    usual = max(MOST_USUAL * passages, LEAST_PASSAGES)
    told = {forms: count for forms, count in found.items() if count <= usual or forms in query.needed}
    found = told if any(told.values()) else found
    words = []
    for forms, count in found.items():
        weight = math.log(1 + (passages - min(count, passages) + 0.5) / (count + 0.5))
        terms = tuple(term for term in forms if term in counts)
        words.append(_Word(terms, weight, count, forms in query.needed))
    return words, float(mean)


def _count_terms(connection: duckdb.DuckDBPyConnection, terms: Sequence[str], sort: str) -> dict[str, int]:
    """Return in how many passages terms stand; those that are in none are left out."""
    any_of = _any_of(terms)
    sql, values = _COUNTS.format(terms=any_of.sql, sort=sort), list(any_of.values)
    if len(terms) <= _FEW_TERMS:
        sql = " UNION ALL ".join([_COUNT.format(sort=sort)] * len(terms))
        values = [value for term in terms for value in (term, term)]
    return {term: count for term, count in connection.execute(sql, values).fetchall() if count}


def _any_of(terms: Sequence[str]) -> _Condition:
    """Return the condition that a term is one of some: a list of constants, so that the order of terms is of use."""
    return _Condition(f"term IN ({', '.join('?' * len(terms))})", terms)


def _all(conditions: Sequence[_Condition]) -> _Condition:
    """Return the condition that all of some hold."""
    values = [value for condition in conditions for value in condition.values]
    return _Condition(" AND ".join(condition.sql for condition in conditions), values)


def _filters(connection: duckdb.DuckDBPyConnection, query: Query, wanted: Wanted, sort: str) -> Iterator[_Condition]:
    """Yield what has to hold of a row of ``search_terms``, whatever its term."""
    yield _Condition(f"passage {sort}")
    if sort == "> 0":
        yield _Condition("kinds & ? <> 0", [kinds_of(wanted.kinds or TOLD)])
    places = f"SELECT (document_number, passage) FROM search_terms WHERE {{}} AND passage {sort}"  # noqa: S608 - as above
    for name in wanted.entities:
        any_of = _any_of([ENTITY + entity for entity in _entities(connection, name)])
        yield _Condition(f"(document_number, passage) IN ({places.format(any_of.sql)})", any_of.values)
    if query.unwanted:
        any_of = _any_of([term for forms in query.unwanted for term in forms])
        yield _Condition(f"(document_number, passage) NOT IN ({places.format(any_of.sql)})", any_of.values)
    of_documents = list(_document_conditions(wanted))
    if of_documents:
        chosen = _all(of_documents)
        sql = "SELECT document_number FROM search_documents n JOIN derivations d USING (derivation_id) WHERE "
        yield _Condition(f"document_number IN ({sql}{chosen.sql})", chosen.values)


def _entities(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """Return the ids of the entities with an id or a name.

    Raises:
        WarehouseError: there is none.
    """
    sql = "SELECT entity_id FROM entities WHERE entity_id = ? OR lower(name) = lower(?) ORDER BY 1"
    found = [entity for (entity,) in connection.execute(sql, [name, name]).fetchall()]
    if not found:
        advice = '`copydesk sql "SELECT entity_id, name FROM entities ORDER BY name"` lists those that are.'
        raise WarehouseError("no article names it.", advice=advice, source=name)
    return found


def _document_conditions(wanted: Wanted) -> Iterator[_Condition]:
    """Yield what has to hold of a document."""
    if wanted.source is not None:
        sql = "SELECT document_id FROM documents o JOIN sources s ON s.source_id = o.source_id WHERE s.name = ?"
        yield _Condition(f"n.document_id IN ({sql})", [wanted.source])
    if wanted.language is not None:
        yield _Condition("n.language = ?", [wanted.language.lower()])
    if wanted.since is not None:
        yield _Condition("d.published_local::DATE >= ?", [wanted.since])
    if wanted.until is not None:
        yield _Condition("d.published_local::DATE <= ?", [wanted.until])


# Phrases --------------------------------------------------------------------------------------------------------------


def _with_phrases(
    connection: duckdb.DuckDBPyConnection, places: Sequence[Place], query: Query, limit: int
) -> tuple[list[Place], int]:
    """Return the places that have the phrases that are wanted and none of the others, and how many were read for that.

    The best are read first, more and more at a time, until there are enough.
    """
    kept: list[Place] = []
    read, size = 0, _FIRST_READ
    while read < len(places):
        batch = places[read : read + size]
        texts = read_texts(connection, batch)
        for place in batch:
            read += 1
            if _fits(texts[place[:2]], query):
                kept.append(place)
                if len(kept) == limit:
                    return kept, read
        size *= 2
    return kept, read


def _fits(texts: Sequence[Text], query: Query) -> bool:
    words = [fold_words(text.text) for text in texts]
    has = [any(has_phrase(found, phrase) for found in words) for phrase in query.phrases]
    return all(has) and not any(has_phrase(found, phrase) for phrase in query.unwanted_phrases for found in words)
