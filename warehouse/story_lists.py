"""Stories as lists, for people: all of them, and the documents of one."""

from __future__ import annotations

from typing import Any, NamedTuple

from warehouse.connect import Warehouse
from warehouse.errors import WarehouseError

SHORTEST = 4
"""Characters of an id that are enough to name a document, if no other shares them."""


class StoryList(NamedTuple):
    """Rows with the names of their columns."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


_STORIES = """
SELECT left(story_id::VARCHAR, 8) AS story, title, source, first_date, last_date, documents, copies, excerpts,
       expansions
FROM stories ORDER BY documents DESC, last_date DESC, story_id LIMIT ?
"""
_FIND = """
SELECT DISTINCT story_id::VARCHAR FROM story_members
WHERE starts_with(story_id::VARCHAR, $1) OR starts_with(document_id::VARCHAR, $1) ORDER BY 1 LIMIT 4
"""
_MEMBERS = """
SELECT left(m.document_id::VARCHAR, 8) AS document, left(t.position, 10) AS date, m.role,
       left(m.copy_of::VARCHAR, 8) AS of_document, round(100 * m.share)::INTEGER AS of_its_words,
       round(100 * m.share_of_other)::INTEGER AS of_the_others, m.is_same_text AS same_text,
       len(m.shared_paragraphs) AS paragraphs, a.source, coalesce(a.path, a.url) AS place, a.title
FROM story_members m
JOIN story_texts t ON t.document_id = m.document_id
JOIN articles a ON a.document_id = m.document_id
WHERE m.story_id = ?::UUID ORDER BY t.position
"""


def list_stories(warehouse: Warehouse, limit: int) -> StoryList:
    """Return the stories that several documents tell, those of the most documents first."""
    return _list(warehouse, _STORIES, limit)


def members_of(warehouse: Warehouse, name: str) -> StoryList:
    """Return the documents of a story, the earliest first, each with what it shares in per cent.

    Args:
        warehouse: where they are.
        name: the beginning of the id of the story, or of one of its documents.

    Raises:
        WarehouseError: no document has such an id, it is in no story, or several have it.

    """
    beginning = name.strip().lower()
    found = warehouse.connection.execute(_FIND, [beginning]).fetchall() if len(beginning) >= SHORTEST else []
    if not found:
        advice = f"`copydesk stories` lists them; at least {SHORTEST} characters of an id are needed."
        raise WarehouseError("no document in a story has this id.", advice=advice, source=name)
    if len(found) > 1:
        ids = ", ".join(story for (story,) in found)
        raise WarehouseError(
            f"documents of several stories have this id: {ids}.", advice="Give more of it.", source=name
        )
    return _list(warehouse, _MEMBERS, found[0][0])


def _list(warehouse: Warehouse, sql: str, parameter: object) -> StoryList:
    result = warehouse.connection.execute(sql, [parameter])
    return StoryList(tuple(column[0] for column in result.description or ()), result.fetchall())
