"""Where documents lie: which captures belong to which, what was moved, and what is no longer there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple

import duckdb

from schemas.ids import document_id, make_id, source_id
from warehouse.records import Capture
from warehouse.touched import touch_rows
from warehouse.transactions import transaction


class Move(NamedTuple):
    """A document whose file has another name now."""

    document_id: str
    old: str
    new: str


_AT = """
SELECT document_id::VARCHAR, source_id::VARCHAR, path, url, canonical_url FROM documents
WHERE path IN (SELECT unnest($paths)) OR url IN (SELECT unnest($urls)) OR canonical_url IN (SELECT unnest($urls))
OR document_id IN (SELECT unnest($ids::UUID[]))
"""


def documents_of(connection: duckdb.DuckDBPyConnection, captures: Sequence[Capture]) -> list[str]:
    """Return the document of each capture: the one that lies there, or else a new one, whose id follows from the place.

    A file that was put where a moved document lay before is a document of its own.
    """
    ids = [document_id(capture.source, capture.path, capture.url, capture.canonical_url) for capture in captures]
    asked = {
        "paths": [capture.path for capture in captures if capture.path],
        "urls": [url for capture in captures for url in (capture.url, capture.canonical_url) if url],
        "ids": ids,
    }
    rows = connection.execute(_AT, asked).fetchall()
    by_path = {(source, path): document for document, source, path, _, _ in rows if path}
    known = {document for document, *_ in rows}
    by_url = {address: document for document, _, _, *urls in rows for address in urls if address}
    taken = {document: path for document, _, path, url, canonical in rows if not (url or canonical)}
    found = []
    for capture, made in zip(captures, ids, strict=True):
        if address := capture.canonical_url or capture.url:
            at_address = by_url.get(address) or by_url.get(capture.url or "")
            found.append(made if made in known or at_address is None else at_address)
            continue
        there = by_path.get((source_id(capture.source), capture.path))
        is_free = made not in taken or taken[made] == capture.path
        found.append(there or (made if is_free else make_id("document", capture.source, capture.path, capture.sha256)))
    return found


_LAST_BYTES = """
SELECT d.document_id::VARCHAR, d.source_id::VARCHAR, d.path, c.sha256
FROM captures c JOIN documents d ON d.document_id = c.document_id
WHERE d.path IS NOT NULL AND c.sha256 IN (SELECT unnest(?))
AND NOT EXISTS (FROM captures later WHERE later.document_id = c.document_id
                AND (later.last_seen_at, later.captured_at) > (c.last_seen_at, c.captured_at))
"""


def find_moves(
    connection: duckdb.DuckDBPyConnection, captures: Iterable[Capture], is_there: Callable[[str, str], bool]
) -> list[Move]:
    """Return the documents whose files were renamed: the same bytes came under a new name, and the old one is gone.

    Args:
        connection: to the warehouse.
        captures: what was found, by source and path.
        is_there: tells of (source, path) whether there is a file.

    """
    named = [capture for capture in captures if capture.path and not (capture.url or capture.canonical_url)]
    known = {
        (source, path)
        for source, path in connection.execute(
            "SELECT source_id::VARCHAR, path FROM documents WHERE path IN (SELECT unnest(?))",
            [[capture.path for capture in named]],
        ).fetchall()
    }
    fresh: dict[tuple[str, str], list[str]] = defaultdict(list)
    sources = {source_id(capture.source): capture.source for capture in named}
    for capture in named:
        if (source_id(capture.source), capture.path) not in known:
            fresh[source_id(capture.source), capture.sha256].append(str(capture.path))
    if not fresh:
        return []
    gone: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for document, source, path, digest in connection.execute(_LAST_BYTES, [[digest for _, digest in fresh]]).fetchall():
        if (source, digest) in fresh and not is_there(sources[source], path):
            gone[source, digest][path] = document
    return [move for key, old in gone.items() for move in _paired(old, fresh[key])]


def _paired(old: Mapping[str, str], new: Sequence[str]) -> list[Move]:
    """Pair names of the same bytes: by the name of the file, or where there is one of each; nobody guesses."""
    names: dict[str, list[str]] = defaultdict(list)
    for path in new:
        names[PurePosixPath(path).name].append(path)
    moves = []
    for path, document in old.items():
        same = names[PurePosixPath(path).name]
        is_alone = sum(PurePosixPath(other).name == PurePosixPath(path).name for other in old) == 1
        if len(same) == 1 and is_alone:
            moves.append(Move(document, path, same[0]))
    if not moves and len(old) == len(new) == 1:
        ((path, document),) = old.items()
        moves.append(Move(document, path, new[0]))
    return moves


_MOVE = """
UPDATE documents SET former_paths = list_append(coalesce(former_paths, []), documents.path), path = n.path,
    missing_since = NULL
FROM (SELECT unnest(?::UUID[]) AS document_id, unnest(?::VARCHAR[]) AS path) n
WHERE documents.document_id = n.document_id
"""


def note_moves(connection: duckdb.DuckDBPyConnection, moves: Sequence[Move]) -> None:
    """Give documents their new names; history, decisions and ids stay theirs."""
    if moves:
        with transaction(connection):
            connection.execute(_MOVE, [[move.document_id for move in moves], [move.new for move in moves]])
            touch_rows(connection, "document_id", [move.document_id for move in moves])


_UNDER = """
SELECT d.document_id::VARCHAR, d.path, d.missing_since IS NOT NULL FROM documents d
JOIN sources s ON s.source_id = d.source_id
WHERE s.name = ? AND d.path IS NOT NULL AND (? = '' OR d.path = ? OR starts_with(d.path, ? || '/'))
"""
_MARK = "UPDATE documents SET missing_since = ? WHERE document_id IN (SELECT unnest(?::UUID[]))"


def note_missing(
    connection: duckdb.DuckDBPyConnection, scope: tuple[str, str], is_there: Callable[[str, str], bool], now: datetime
) -> list[str]:
    """Note which documents' files are gone, and which are back; return the names of those newly gone.

    Args:
        connection: to the warehouse.
        scope: the source, and the folder in it ('' for all of it).
        is_there: tells of (source, path) whether there is a file.
        now: the time.

    """
    source, folder = scope
    lost, back = {}, []
    for document, path, is_missing in connection.execute(_UNDER, [source, folder, folder, folder]).fetchall():
        if is_there(source, path):
            back += [document] if is_missing else []
        elif not is_missing:
            lost[document] = path
    if lost or back:
        with transaction(connection):
            connection.execute(_MARK, [now, list(lost)])
            connection.execute(_MARK, [None, back])
            touch_rows(connection, "document_id", [*lost, *back])
    return sorted(lost.values())
