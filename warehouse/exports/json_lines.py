"""JSON lines: an article a line, with its fields, edits and facts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from warehouse.exports.chosen import Chosen, Tell
from warehouse.exports.exported_articles import FACTS, ExportedArticle, read_articles
from warehouse.exports.formats import Format

_TABLES = ("fields", "edits", *FACTS, "event_participants", "entities")
_SAID_ABOVE = ("document_id", "derivation_id")


def write_json_lines(chosen: Chosen, place: Path, tell: Tell) -> None:
    """Write one object a line.

    It has the columns of ``articles``, ``base_text``, ``fields``, ``edits``, ``facts`` by table (events with their
    ``participants``) and ``entities``. The edits turn ``base_text`` into ``text``.
    """
    with place.open("w", encoding="utf-8", newline="") as out:
        for number, article in enumerate(read_articles(chosen, *_TABLES)):
            out.write(json.dumps(_line(article), ensure_ascii=False, default=_plain) + "\n")
            tell(number + 1, chosen.count)


def _line(article: ExportedArticle) -> dict[str, Any]:
    found = {
        table: [{name: value for name, value in row.items() if name not in _SAID_ABOVE} for row in rows]
        for table, rows in article.rows.items()
    }
    return {
        **article.head,
        "fields": found["fields"],
        "edits": found["edits"],
        "facts": {table: found[table] for table in FACTS},
        "entities": found["entities"],
    }


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


FORMAT = Format("jsonl", is_folder=False, write=write_json_lines)
