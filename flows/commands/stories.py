"""``copydesk stories``: which documents are copies of which."""

from __future__ import annotations

import click

from flows.commands.outputs import opened, output_option, root_option
from flows.roots import Root


@click.command()
@click.argument("story", required=False)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many stories to list.")
@click.option("--csv", "shape", flag_value="csv", help="As CSV.")
@click.option("--json", "shape", flag_value="json", help="As JSON lines.")
@click.option("--warehouse", metavar="FILE", help="Another DuckDB file than the root's own.")
@output_option
@root_option
def stories(
    story: str | None, limit: int, shape: str | None, warehouse: str | None, output: str, root: str | None
) -> None:
    r"""List the stories that several documents tell in the same words; with STORY, its documents.

    STORY is the beginning of the id of a story, or of any document in it. For SQL there are the views `stories`,
    `copies`, `article_stories` and `story_paragraphs`.

    \b
    copydesk stories
    copydesk stories 1f3a
    """
    from flows.commands.tables import write_result  # noqa: PLC0415 - `stories --help` needs no duckdb
    from warehouse.readers import open_readers  # noqa: PLC0415 - as above
    from warehouse.story_lists import list_stories, members_of  # noqa: PLC0415 - as above

    with open_readers(Root.find(root, warehouse).warehouse) as readers:
        found = list_stories(readers, limit) if story is None else members_of(readers, story)
    with opened(output) as out:
        if found.rows or shape:
            write_result(out, found.columns, found.rows, shape)
    if not found.rows:
        click.echo("copydesk: no two documents tell a story in the same words.", err=True)
