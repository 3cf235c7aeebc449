"""``copydesk stories``: which documents are copies of which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flows.commands.outputs import opened, output_option, root_option
from flows.roots import Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.query import Rows

_SHOWN = ("story", "title", "source", "first", "last", "documents", "copies", "excerpts", "expansions")
_MEMBERS = ("document", "role", "share", "of_original", "same_text", "paragraphs", "date", "source", "place", "title")


@click.command()
@click.argument("story", required=False)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many stories to list.")
@click.option("--csv", "shape", flag_value="csv", help="As CSV, with all columns.")
@click.option("--json", "shape", flag_value="json", help="As JSON lines, with all columns.")
@click.option("--warehouse", metavar="FILE", help="Another DuckDB file than the root's own.")
@output_option
@root_option
def stories(
    story: str | None, limit: int, shape: str | None, warehouse: str | None, output: str, root: str | None
) -> None:
    r"""List the stories that several documents tell in the same words; with STORY, its documents.

    STORY is the beginning of the id of a story, or of any document in one. The views `stories`, `copies`,
    `article_stories` and `story_paragraphs` have all of it.

    \b
    copydesk stories
    copydesk stories 1f3a
    """
    from flows.commands.tables import write_result  # noqa: PLC0415 - `stories --help` needs no duckdb
    from warehouse.readers import open_readers  # noqa: PLC0415 - as above
    from warehouse.told_stories import list_stories, members_of  # noqa: PLC0415 - as above

    with open_readers(Root.find(root, warehouse).warehouse) as opened_warehouse, opened(output) as out:
        if story is None:
            found = list_stories(opened_warehouse, limit)
            write_result(out, found.columns, found.rows, shape)
        else:
            found = members_of(opened_warehouse, story)
