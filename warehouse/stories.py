"""Stories: which current documents are copies of which, kept up to date as documents come, change and go.

What is found follows from the texts alone, in whatever order they came:

1. Texts have a **position**: by when they appeared. Each key of a text (``copydesk.shingles``) leads to its **head**,
   the first text that has the key. So a text is compared with a few others, however many there are.
2. Of the heads that it was made from (``copydesk.likeness``), the one that holds most of its words is what it is a
   **copy of**; of equals the first. All of them are earlier: following leads to one original, which names the story.

When texts come or go, only those are compared again that were made from one that moved, or may be made from it now: not
those that have a footer in common with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import duckdb

from copydesk.likeness import Likeness, StoryRole, Wording, find_likeness
from copydesk.shingles import keys_of, plain_words_of
from warehouse.streams import Stream
from warehouse.touched import touch_rows
from warehouse.transactions import transaction

CHUNK = 1000
"""Documents that are taken together: all keys are read once for so many."""
READ = 100
"""Documents of which the texts are held at a time."""
LEAST_KEYS = 0.1
"""Of the keys of the text that has fewer, so many must lead from one to the other: fewer are a phrase or a footer."""

Link: TypeAlias = tuple[str, Likeness]
"""What a document is a copy of, and how."""
Member: TypeAlias = tuple[Any, ...]
"""A row of ``story_members``, or what it says of how the text was made."""

_CURRENT = """
WITH seen AS (SELECT document_id, min(valid_from)::TIMESTAMP AS at FROM versions GROUP BY 1),
stated AS (
    SELECT document_id, derivation_id, words, published_precision = 'day' AS is_day,
           coalesce(published_at::TIMESTAMP, published_local) AS at
    FROM current_derivations WHERE published_precision NOT IN ('year', 'month')
)
SELECT d.document_id, d.derivation_id, concat_ws(' ',
           strftime(least(stated.at, seen.at), '%Y-%m-%d'),
           CASE WHEN stated.at::DATE > seen.at::DATE OR stated.at IS NULL THEN strftime(seen.at, '%H:%M:%S.%f')
                WHEN is_day THEN 'unknown' ELSE strftime(stated.at, '%H:%M:%S.%f') END,
           lpad((999999999 - d.words)::VARCHAR, 9, '0'), strftime(seen.at, '%Y-%m-%dT%H:%M:%S.%f'), d.document_id
       ) AS position
FROM current_derivations d JOIN seen USING (document_id) LEFT JOIN stated USING (derivation_id)
"""
"""The texts that there are, each with its position.

A text appeared when it says that it was published, or when it was first seen: whichever is the earlier day. Times are
of UTC where the zone is known, else as they were written.
"""

_STALE = f"""
WITH now AS ({_CURRENT})
SELECT coalesce(n.document_id, t.document_id)::VARCHAR
FROM now n FULL JOIN story_texts t ON n.document_id = t.document_id
WHERE (n.derivation_id, n.position) IS DISTINCT FROM (t.derivation_id, t.position)
ORDER BY coalesce(n.position, t.position)
"""  # noqa: S608 - our own SQL


def find_stale(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the documents (ids) that came, changed or went since the last time, the earliest first."""
    return _column(connection, _STALE)


def refresh(connection: duckdb.DuckDBPyConnection) -> int:
    """Bring stories up to date, and return how many documents have another place in them.

    Doing it again changes nothing, and what was interrupted is done the next time: what is stale tells itself.
    """
    stale, changed = find_stale(connection), set[str]()
    for start in range(0, len(stale), CHUNK):
        part = stale[start : start + CHUNK]
        with transaction(connection):
            moved = _refresh(connection, part, is_gone=False)
            touch_rows(connection, "document_id", moved.union(part))
        changed |= moved
    return len(changed)


def leave(connection: duckdb.DuckDBPyConnection, document_ids: Sequence[str]) -> None:
    """Take documents out of their stories, within a transaction of the caller: before they are forgotten.

    Those that were copies of them are copies of others then, or originals.
    """
    touch_rows(connection, "document_id", _refresh(connection, document_ids, is_gone=True))


def _refresh(connection: duckdb.DuckDBPyConnection, document_ids: Sequence[str], *, is_gone: bool) -> set[str]:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE moved AS SELECT unnest(?::UUID[]) AS document_id", [list(document_ids)]
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE keys_before AS {_keys_of('moved')}")
    connection.execute("DELETE FROM story_texts WHERE document_id IN (FROM moved)")
    if not is_gone:
        _put_in(connection, document_ids)
    followers = _find_followers(connection)
    if followers:
        connection.execute("INSERT INTO moved SELECT unnest(?::UUID[])", [followers])
        _meet(connection, _keys_of("moved"))
    links = _find_links(connection, [*document_ids, *followers])
    for table in ("moved", "keys_before", "met", "leads", "changed_keys", "gained"):
        connection.execute(f"DROP TABLE {table}")
    return _place(connection, links)


def _column(connection: duckdb.DuckDBPyConnection, sql: str, *parameters: object) -> list[str]:
    return [value for (value,) in connection.execute(sql, list(parameters)).fetchall()]


# Texts and their keys -------------------------------------------------------------------------------------------------

_PARAGRAPHS = """
SELECT d.document_id::VARCHAR, list(p.text ORDER BY p.ordinal)
FROM current_derivations d JOIN paragraphs p USING (derivation_id)
WHERE d.document_id IN (SELECT unnest(?::UUID[])) GROUP BY 1
"""
_PUT_IN = f"""
INSERT INTO story_texts SELECT c.document_id, c.derivation_id, c.position, n.text_keys
FROM ({_CURRENT}) c JOIN incoming_keys n ON c.document_id = n.document_id::UUID
"""  # noqa: S608 - our own SQL


def _put_in(connection: duckdb.DuckDBPyConnection, document_ids: Sequence[str]) -> None:
    """Put in the texts that the documents have now; one without words has no keys."""
    import polars as pl  # noqa: PLC0415 - readers do without it

    found = connection.execute(_PARAGRAPHS, [list(document_ids)])
    keys: dict[str, list[int]] = {document: [] for document in document_ids}
    while row := found.fetchone():
        document, paragraphs = row
        keys[document] = keys_of([word for text in paragraphs for word in plain_words_of(text)])
    frame = pl.DataFrame(
        {"document_id": list(keys), "text_keys": list(keys.values())},
        schema={"document_id": pl.String, "text_keys": pl.List(pl.Int64)},
    )
    connection.register("incoming_keys", Stream(frame))
    connection.execute(_PUT_IN)
    connection.unregister("incoming_keys")


# Where keys lead ------------------------------------------------------------------------------------------------------

_MEET = """
CREATE OR REPLACE TEMP TABLE met AS SELECT document_id, k.text_key, t.position, len(t.text_keys) AS keys
FROM (SELECT document_id, unnest(text_keys) AS text_key FROM story_texts) k JOIN story_texts t USING (document_id)
WHERE k.text_key IN (SELECT text_key FROM ({}))
"""
_LEADS = "CREATE OR REPLACE TEMP TABLE leads AS SELECT text_key, min(position) AS head FROM met GROUP BY text_key"
_LED = f"""
SELECT m.document_id, t.document_id AS head, t.position
FROM met m JOIN leads l USING (text_key) JOIN story_texts t ON t.position = l.head
WHERE l.head < m.position AND ({{}})
GROUP BY m.document_id, t.document_id, t.position, m.keys, len(t.text_keys)
HAVING count(*) >= {LEAST_KEYS} * least(m.keys, len(t.text_keys))
"""  # noqa: S608 - our own SQL
"""Texts with those that they may be made from: enough of their keys lead there."""
_CHANGED = """
CREATE OR REPLACE TEMP TABLE changed_keys AS
WITH before AS (
    SELECT text_key, min(position) AS head FROM (
        SELECT text_key, position FROM keys_before
        UNION ALL SELECT text_key, position FROM met WHERE document_id NOT IN (FROM moved)
    ) GROUP BY text_key
)
SELECT text_key, right(b.head, 36)::UUID AS head_before, right(l.head, 36)::UUID AS head
FROM before b LEFT JOIN leads l USING (text_key) WHERE head_before IS DISTINCT FROM right(l.head, 36)::UUID
"""
"""A position ends with the id of its document."""
_GAINED = """
CREATE OR REPLACE TEMP TABLE gained AS
SELECT DISTINCT head AS document_id FROM changed_keys WHERE head NOT IN (FROM moved)
"""
_FOLLOWERS = f"""
SELECT document_id::VARCHAR FROM (
    SELECT document_id FROM story_members WHERE copy_of IN (FROM moved)
    UNION
    SELECT s.document_id FROM changed_keys c JOIN met m USING (text_key)
    JOIN story_members s ON s.document_id = m.document_id AND s.copy_of = c.head_before
    UNION
    SELECT document_id FROM ({_LED.format("t.document_id IN (FROM moved) OR t.document_id IN (FROM gained)")})
) WHERE document_id NOT IN (FROM moved) ORDER BY 1
"""  # noqa: S608 - our own SQL


def _keys_of(table: str) -> str:
    """Return the SQL for the keys of the documents of a table, with the position of each."""
    return (
        "SELECT position, unnest(text_keys) AS text_key FROM story_texts "  # noqa: S608 - our own names
        f"WHERE document_id IN (SELECT document_id FROM {table})"
    )


def _meet(connection: duckdb.DuckDBPyConnection, keys: str) -> None:
    """Read who has some keys (SQL), and where each of them leads."""
    connection.execute(_MEET.format(keys))
    connection.execute(_LEADS)


def _find_followers(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the other texts that are to be compared again.

    Those are what was made from a text that moved; what was made from a text that one of its keys does not lead to any
    more; and what has enough keys that lead now to a text that moved, or to one that a key leads to since another went.
    """
    keys = f"FROM keys_before UNION ALL {_keys_of('moved')}"
    _meet(connection, keys)
    connection.execute(_CHANGED)
    connection.execute(_GAINED)
    if connection.execute("SELECT 1 FROM gained LIMIT 1").fetchone():
        _meet(connection, f"{keys} UNION ALL {_keys_of('gained')}")
    return _column(connection, _FOLLOWERS)


# What was made from what ----------------------------------------------------------------------------------------------

_CANDIDATES = f"""
SELECT document_id::VARCHAR, head::VARCHAR FROM ({_LED.format("m.document_id IN (FROM moved)")})
ORDER BY document_id, position
"""  # noqa: S608 - our own SQL


def _find_links(connection: duckdb.DuckDBPyConnection, documents: Sequence[str]) -> dict[str, Link | None]:
    """Return what each of some documents is a copy of."""
    links: dict[str, Link | None] = dict.fromkeys(documents)
    candidates: dict[str, list[str]] = defaultdict(list)
    for document, head in connection.execute(_CANDIDATES).fetchall():
        candidates[document].append(head)
    waiting = list(candidates)
    for start in range(0, len(waiting), READ):
        part = waiting[start : start + READ]
        wanted = {*part, *(head for document in part for head in candidates[document])}
        found = connection.execute(_PARAGRAPHS, [list(wanted)]).fetchall()
        texts = {document: Wording.of(paragraphs) for document, paragraphs in found}
        for document in part:
            links[document] = _best(texts, document, candidates[document])
    return links


def _best(texts: Mapping[str, Wording], document: str, heads: Iterable[str]) -> Link | None:
    """Return the earlier document that holds most of a text that was made from it; of equals the first."""
    found = ((head, find_likeness(texts[document], texts[head])) for head in heads)
    made = [(head, likeness) for head, likeness in found if likeness is not None]
    return max(made, key=lambda link: link[1].share, default=None)


# Places in stories ----------------------------------------------------------------------------------------------------

_TOGETHER = """
WITH asked AS (SELECT unnest(?::UUID[]) AS document_id)
SELECT document_id::VARCHAR, copy_of::VARCHAR, role, similarity, share, share_of_other, is_same_text, shared_paragraphs,
       story_id::VARCHAR
FROM story_members WHERE story_id IN (SELECT story_id FROM story_members SEMI JOIN asked USING (document_id))
"""
_NAMES = (
    *("document_id", "copy_of", "role", "similarity", "share", "share_of_other", "is_same_text", "shared_paragraphs"),
    "story_id",
)
_ORIGINAL = (None, StoryRole.ORIGINAL.value, None, None, None, None, None)
_INSERT = f"""
INSERT INTO story_members BY NAME SELECT * REPLACE (document_id::UUID AS document_id, copy_of::UUID AS copy_of,
    story_id::UUID AS story_id) FROM (SELECT {", ".join(_NAMES)} FROM incoming_members)
"""  # noqa: S608 - our own names


def _place(connection: duckdb.DuckDBPyConnection, links: Mapping[str, Link | None]) -> set[str]:
    """Write down the stories that some documents belong to now, and return the documents whose row is another."""
    asked = [*links, *(link[0] for link in links.values() if link)]
    before: dict[str, Member] = {row[0]: row for row in connection.execute(_TOGETHER, [asked]).fetchall()}
    made = {document: row[1:-1] for document, row in before.items()}
    made |= {document: _row(link) for document, link in links.items()}
    now = _in_stories(made)
    changed = {document for document in before.keys() | now.keys() if before.get(document) != now.get(document)}
    connection.execute("DELETE FROM story_members WHERE document_id IN (SELECT unnest(?::UUID[]))", [sorted(changed)])
    if rows := [now[document] for document in sorted(changed & now.keys())]:
        _insert(connection, rows)
    return changed


def _row(link: Link | None) -> Member:
    if link is None:
        return _ORIGINAL
    head, found = link
    shares = (found.similarity, found.share, found.share_of_earlier, found.is_same_text)
    return (head, found.role.value, *shares, list(found.paragraphs))


def _in_stories(made: Mapping[str, Member]) -> dict[str, Member]:
    """Return the rows of the documents that are copies or have some, each with the original that following leads to."""
    origin = {document: row[0] for document, row in made.items() if row[0]}
    originals: dict[object, object] = {}
    for document in origin:
        way, at = [], document
        while at in origin and at not in originals:
            way.append(at)
            at = origin[at]
        originals.update(dict.fromkeys(way, originals.get(at, at)))
    stories = {document: (document, *made[document], originals[document]) for document in origin}
    return stories | {str(first): (first, *_ORIGINAL, first) for first in originals.values()}


def _insert(connection: duckdb.DuckDBPyConnection, rows: Sequence[Member]) -> None:
    import polars as pl  # noqa: PLC0415 - as in ``_put_in``

    types = {"similarity": pl.Float64, "share": pl.Float64, "share_of_other": pl.Float64, "is_same_text": pl.Boolean}
    schema = {name: types.get(name, pl.String) for name in _NAMES} | {"shared_paragraphs": pl.List(pl.Int64)}
    connection.register("incoming_members", Stream(pl.DataFrame(rows, schema=schema, orient="row")))
    connection.execute(_INSERT)
    connection.unregister("incoming_members")
