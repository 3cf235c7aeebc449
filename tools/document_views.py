"""Writes docs/views.md: the views and table functions of the warehouse, their columns, and what they are.

python tools/document_views.py > docs/views.md
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from warehouse.connect import open_warehouse
from warehouse.described import describe_all, describe_one

HEAD = """# Views

What analysts query: views and table functions over the tables of [the data dictionary](tables.md). The warehouse says
the same of itself: `copydesk sql .tables`, `copydesk sql ".tables facts"`, or in SQL `duckdb_views()` and
`duckdb_columns()`. `python tools/document_views.py` makes this page.
"""


def write() -> str:
    """Return the page."""
    return "\n".join([HEAD, *_chapters()])


def _chapters() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, open_warehouse(Path(folder, "w.duckdb")) as warehouse:
        for found in describe_all(warehouse):
            if found.kind == "table":
                continue
            yield f"## {found.name}\n\n{found.comment}\n"
            if found.kind == "view":
                yield "| column | type | what it is |\n|---|---|---|"
                for column in describe_one(warehouse, found.name):
                    yield f"| {column.name} | {column.kind} | {(column.comment or '').replace('|', chr(92) + '|')} |"
                yield ""


if __name__ == "__main__":
    sys.stdout.write(write())
