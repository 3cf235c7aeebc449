"""The index that search reads: kept up to date with the current articles, for what has changed alone.

Two sorts of **passages** are found: articles (passage 0) and the sentences that facts stand in (1, 2 ...).
``search_terms`` has a row for each term of each passage. It is read by term: rows lie in order of terms, so that DuckDB
passes over most of them (its zone maps know the first and last term of each group of 122,880 rows). What comes later
lies behind; it is put in order in itself, and when it has become an eighth of all, with all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

import duckdb

from copydesk.extract.languages import language_of
from copydesk.search_terms import VERSION, count_terms, read_words
from warehouse.streams import Stream
from warehouse.touched import touch_rows, touch_tables
from warehouse.transactions import transaction

CHUNK = 1000
"""Documents that are indexed at a time, in one transaction: some 500,000 rows of terms."""
MOST_LOOSE = 2000
"""Documents whose terms may lie as they came: a query reads all of them. Of so few, the order does not matter."""
MOST_BEHIND = 1 / 8
"""Share of the documents that may lie behind the great order; to put all in order costs as much as there are."""
SORT_MEMORY = "1GB"
ENTITY = "@"
"""Before the ids of entities among the terms: no word begins so."""
TABLES = ("search_documents", "search_passages", "search_terms")

FACT_TABLES: Mapping[str, str] = {
    "mention": "mentions",
    "date": "dates",
    "quantity": "quantities",
    "officeholder": "officeholders",
    "event": "events",
    "relation": "relations",
    "quote": "quotes",
    "claim": "claims",
}
"""The kinds of facts, as the view ``facts`` calls them, with their tables."""
_KINDS = tuple(FACT_TABLES)


def kinds_of(names: Sequence[str]) -> int:
    """Return kinds of facts as ``search_terms`` has them: a bit each, in the order of ``FACT_TABLES``.

    >>> kinds_of(["mention", "quantity"])
    5
    """
    return sum(1 << _KINDS.index(name) for name in set(names))


PASSAGE_START = "coalesce(sentence_start, start_offset)"
PASSAGE_END = "coalesce(sentence_start + length(sentence), end_offset)"
"""Where the passage of a fact lies in its field: its sentence, or where there is none its words."""

_STALE = f"""
WITH now AS (
    SELECT document_id, derivation_id, rows_sha256 || ' {VERSION}' AS made_of FROM current_derivations
)
SELECT coalesce(n.document_id, s.document_id)::VARCHAR
FROM now n FULL JOIN search_documents s ON n.document_id = s.document_id
WHERE (n.derivation_id, n.made_of) IS DISTINCT FROM (s.derivation_id, s.made_of) ORDER BY 1
"""  # noqa: S608 - our own words


def find_stale(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the documents (ids) that came, changed or went since they were indexed."""
    return [document for (document,) in connection.execute(_STALE).fetchall()]


def refresh(connection: duckdb.DuckDBPyConnection) -> int:
    """Bring the index up to date, and return how many documents were indexed or left it.

    What is to be done is found by comparing: doing it again changes nothing, and what is cut off is gone on with.
    """
    stale = find_stale(connection)
    for first in range(0, len(stale), CHUNK):
        with transaction(connection):
            _index(connection, stale[first : first + CHUNK])
    if stale:
        keep_order(connection)
    return len(stale)


def mark_changed(connection: duckdb.DuckDBPyConnection, document_ids: Sequence[str]) -> None:
    """Note, within a transaction that changes facts of derivations, that their documents are to be indexed anew."""
    sql = "UPDATE search_documents SET made_of = '' WHERE document_id IN (SELECT unnest(?::UUID[]))"
    connection.execute(sql, [list(document_ids)])


# The order of the terms -----------------------------------------------------------------------------------------------

_ORDER = "ORDER BY term, passage > 0, document_number, passage"


_STRETCHES = """
SELECT count(*), count(*) FILTER (WHERE stretch <> 1), count(*) FILTER (WHERE stretch = 0) FROM search_documents
"""


def keep_order(connection: duckdb.DuckDBPyConnection) -> None:
    """Put terms in order where too many lie out of it: those that came last among themselves, or all."""
    documents, behind, loose = connection.execute(_STRETCHES).fetchone() or (0, 0, 0)
    if loose > MOST_LOOSE or behind > max(MOST_LOOSE, MOST_BEHIND * documents):
        put_in_order(connection, is_all=behind > MOST_BEHIND * documents)


def put_in_order(connection: duckdb.DuckDBPyConnection, *, is_all: bool = True) -> None:
    """Put terms in order, all or those that lie as they came: some 0.4 ms an article."""
    chosen = "true" if is_all else "stretch = 0"
    of_them = (
        "true" if is_all else "document_number IN (SELECT document_number FROM search_documents WHERE stretch = 0)"
    )
    with _memory(connection), transaction(connection):
        sql = f"SELECT document_number::VARCHAR FROM search_documents WHERE {chosen}"  # noqa: S608 - our own words
        numbers = connection.execute(sql).fetchall()
        sql = f"CREATE OR REPLACE TEMP TABLE ordered_terms AS FROM search_terms WHERE {of_them} {_ORDER}"
        connection.execute(sql)
        connection.execute(f"DELETE FROM search_terms WHERE {of_them}")  # noqa: S608 - our own words
        connection.execute("INSERT INTO search_terms FROM ordered_terms")
        connection.execute("DROP TABLE ordered_terms")
        connection.execute(f"UPDATE search_documents SET stretch = ? WHERE {chosen}", [1 if is_all else 2])  # noqa: S608
        touch_tables(connection, TABLES if is_all else TABLES[:1])
        touch_rows(connection, "document_number", [] if is_all else [number for (number,) in numbers])


@contextmanager
def _memory(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Let DuckDB sort with little memory and the disk; left to itself, it takes most of what the machine has."""
    connection.execute(f"SET memory_limit = '{SORT_MEMORY}'")
    try:
        yield
    finally:
        connection.execute("RESET memory_limit")


# Indexing -------------------------------------------------------------------------------------------------------------

_NUMBERS = """
CREATE OR REPLACE TEMP TABLE indexed AS
SELECT w.document_id, s.document_number AS earlier, c.derivation_id, c.rows_sha256, c.title, c.language,
       coalesce(s.document_number, (SELECT coalesce(max(document_number), 0) FROM search_documents)
           + row_number() OVER (PARTITION BY s.document_number IS NULL ORDER BY w.document_id)) AS document_number
FROM (SELECT unnest(?::UUID[]) AS document_id) w
LEFT JOIN search_documents s ON s.document_id = w.document_id
LEFT JOIN current_derivations c ON c.document_id = w.document_id
"""
_TAKE_OUT = "DELETE FROM {} WHERE document_number IN (SELECT earlier FROM indexed WHERE earlier IS NOT NULL)"
_NAME = f"""
INSERT INTO search_documents
SELECT document_id, document_number, derivation_id, n.language, rows_sha256 || ' {VERSION}', 0
FROM indexed JOIN incoming_index n USING (document_number) ORDER BY document_number
"""  # noqa: S608 - our own words
_FIELDS = """
SELECT i.document_number, i.title, i.language, f.field_id::VARCHAR, f.field, f.text
FROM indexed i JOIN fields f ON f.derivation_id = i.derivation_id ORDER BY i.document_number, f.field, f.ordinal
"""
_FACTS = " UNION ALL ".join(
    f"SELECT '{kind}' AS kind, field_id, {PASSAGE_START} AS s, {PASSAGE_END} AS e, "  # noqa: S608 - our own words
    f"{'entity_id' if kind == 'mention' else 'NULL'} AS entity_id "
    f"FROM {table} WHERE derivation_id IN (SELECT derivation_id FROM indexed)"
    for kind, table in FACT_TABLES.items()
)
_PASSAGES = f"""
SELECT field_id::VARCHAR, s, e, list(DISTINCT kind ORDER BY kind),
       coalesce(list(DISTINCT entity_id ORDER BY entity_id) FILTER (WHERE entity_id IS NOT NULL), [])
FROM ({_FACTS}) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""  # noqa: S608 - our own words


_TEXTS = ("term", "field_id", "language")
"""Columns of text; the others are whole numbers."""


class _Passage(NamedTuple):
    start: int
    end: int
    kinds: list[str]
    entities: list[str]


@dataclass
class _Text:
    """A document under way: its title, its language, and its texts (field_id, name, text)."""

    number: int
    title: str
    language: str | None
    fields: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class _Rows:
    """The rows of a chunk, column by column."""

    documents: dict[str, list[object]] = field(default_factory=lambda: defaultdict(list))
    passages: dict[str, list[object]] = field(default_factory=lambda: defaultdict(list))
    terms: dict[str, list[object]] = field(default_factory=lambda: defaultdict(list))

    def add_document(self, number: int, language: str | None) -> None:
        self.documents["document_number"].append(number)
        self.documents["language"].append(language)

    def add_passage(self, number: int, passage: int, place: tuple[str, int, int], words: int) -> None:
        names = ("document_number", "passage", "field_id", "start_offset", "end_offset", "words")
        for name, value in zip(names, (number, passage, *place, words), strict=True):
            self.passages[name].append(value)

    def add_terms(
        self, place: tuple[int, int], title: Mapping[str, int], text: Mapping[str, int], words: int, kinds: int
    ) -> None:
        counts = {**dict.fromkeys(title, 0), **text}
        size = len(counts)
        self.terms["term"] += counts
        self.terms["in_title"] += [title.get(term, 0) for term in counts] if title else [0] * size
        self.terms["in_text"] += counts.values()
        for name, value in zip(("document_number", "passage", "words", "kinds"), (*place, words, kinds), strict=True):
            self.terms[name] += [value] * size


def _index(connection: duckdb.DuckDBPyConnection, document_ids: Sequence[str]) -> None:
    """Index some documents as they are now, in place of what they were."""
    connection.execute(_NUMBERS, [list(document_ids)])
    numbers = connection.execute("SELECT document_number FROM indexed").fetchall()
    if connection.execute("SELECT 1 FROM indexed WHERE earlier IS NOT NULL LIMIT 1").fetchone():
        for table in TABLES:
            connection.execute(_TAKE_OUT.format(table))
    passages: dict[str, list[_Passage]] = defaultdict(list)
    for field_id, *passage in connection.execute(_PASSAGES).fetchall():
        passages[field_id].append(_Passage(*passage))
    rows = _Rows()
    for text in _texts(connection):
        _add(rows, text, passages)
    _insert(connection, _NAME, rows.documents)
    _insert(connection, "INSERT INTO search_passages BY NAME FROM incoming_index", rows.passages)
    _insert(connection, f"INSERT INTO search_terms BY NAME FROM incoming_index {_ORDER}", rows.terms)
    connection.execute("DROP TABLE indexed")
    touch_rows(connection, "document_id", document_ids)
    touch_rows(connection, "document_number", [str(number) for (number,) in numbers])


def _texts(connection: duckdb.DuckDBPyConnection) -> Iterator[_Text]:
    """Yield the documents of a chunk, one after the other."""
    found = connection.execute(_FIELDS)
    text: _Text | None = None
    while row := found.fetchone():
        number, title, language, *one = row
        if text is None or text.number != number:
            if text is not None:
                yield text
            text = _Text(number, title or "", language)
        text.fields.append((one[0], one[1], one[2]))
    if text is not None:
        yield text


def _add(rows: _Rows, text: _Text, passages: Mapping[str, Sequence[_Passage]]) -> None:
    """Index an article and its sentences.

    All its texts count as one, the title (as the article or its source has it) apart.
    """
    body = next(one for one in text.fields if one[1] == "body")
    language = language_of(body[2]) or (text.language or "").partition("-")[0].lower() or None
    title = list(read_words(text.title))
    whole, named, kinds = Counter[str](), dict[str, int](), 0
    length, number = len(title), 0
    for field_id, name, content in text.fields:
        words = list(read_words(content))
        starts = [word.start for word in words]
        if name != "title":
            whole += count_terms(words, language)
            length += len(words)
        for passage in passages.get(field_id, ()):
            number += 1
            some = words[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
            entities, its_kinds = {ENTITY + entity: 1 for entity in passage.entities}, kinds_of(passage.kinds)
            named |= entities
            kinds |= its_kinds
            rows.add_passage(text.number, number, (field_id, passage.start, passage.end), len(some))
            terms = count_terms(some, language) | entities
            rows.add_terms((text.number, number), {}, terms, len(some), its_kinds)
    rows.add_document(text.number, language)
    rows.add_passage(text.number, 0, (body[0], 0, len(body[2])), length)
    rows.add_terms((text.number, 0), count_terms(title, language), whole | named, length, kinds)


def _insert(connection: duckdb.DuckDBPyConnection, sql: str, columns: Mapping[str, list[object]]) -> None:
    """Put rows, as ``incoming_index``, into a table."""
    if not columns:
        return
    import polars as pl  # noqa: PLC0415 - readers, and runs that changed nothing, do without it

    types = {name: pl.String() if name in _TEXTS else pl.Int32() for name in columns}
    frame = pl.DataFrame({name: pl.Series(values, dtype=types[name]) for name, values in columns.items()})
    connection.register("incoming_index", Stream(frame))
    connection.execute(sql)
    connection.unregister("incoming_index")
