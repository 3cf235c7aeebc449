"""``copydesk export``: articles with their fields, edits and facts, in the formats of others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from flows.commands.outputs import root_option, stoppable
from flows.inputs import STDIN
from flows.roots import Root

NAMES = ("parquet", "csv", "jsonl", "markdown", "annotations")
"""``warehouse.exports.FORMATS`` by name: `export --help` needs no duckdb."""


class Day(click.ParamType):
    """A day as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read it."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day (YYYY-MM-DD).", param, ctx)


@click.command()
@click.option("--format", "name", required=True, type=click.Choice(NAMES), help="What to write.")
@click.option(
    "-o", "--output", required=True, metavar="PATH", help="Where: a file for jsonl (- is stdout), else a folder."
)
@click.option("--where", metavar="SQL", help="Only articles that meet this condition on the columns of `articles`.")
@click.option("--source", "sources", metavar="NAME", multiple=True, help="Only articles of this source (or these).")
@click.option("--since", type=Day(), metavar="DAY", help="Only articles published on this day (YYYY-MM-DD) or later.")
@click.option("--until", type=Day(), metavar="DAY", help="Only articles published on this day or earlier.")
@click.option(
    "--entity", "entities", metavar="NAME", multiple=True, help="Only articles that mention it: a name, or an id."
)
@click.option("--force", is_flag=True, help="Replace the file, or the earlier export, that is there.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of how far it is.")
@click.option("--warehouse", metavar="FILE", help="Another DuckDB file than the root's own.")
@root_option
def export(
    name: str,
    output: str,
    root: str | None,
    *,
    where: str | None,
    sources: tuple[str, ...],
    since: date | None,
    until: date | None,
    entities: tuple[str, ...],
    force: bool,
    quiet: bool,
    warehouse: str | None,
) -> None:
    r"""Write the current articles with their fields, edits and facts.

    \b
    parquet      a folder a table, partitioned by source
    csv          a file a table
    jsonl        a line an article
    markdown     a file an article, with front matter
    annotations  W3C Web Annotations (JSON-LD), a file an article, beside its text as received and its clean text

    The same articles give the same bytes. Nothing is there before all of it is.

    \b
    copydesk export --format jsonl -o korea.jsonl --entity country:KOR --since 2019-01-01
    copydesk export --format markdown -o vault --where "words > 500 AND language = 'en'"
    """
    from flows.exporting import STDOUT, export as write  # noqa: PLC0415 - `export --help` needs no duckdb
    from flows.progress import progress_bar  # noqa: PLC0415 - as above
    from warehouse.exports import FORMATS  # noqa: PLC0415 - as above
    from warehouse.exports.chosen import Filters  # noqa: PLC0415 - as above

    form = FORMATS[name]
    if output == STDIN and form.is_folder:
        raise click.UsageError(f"{name} is written into a folder: -o PATH.")
    place = STDOUT if output == STDIN else Path(output)
    filters = Filters(where, sources, since, until, entities)
    with stoppable("nothing was written"), progress_bar("exporting", quiet=quiet) as tell:
        count = write(form, filters, place, Root.find(root, warehouse), force=force, tell=tell)
    if not quiet:
        click.echo(f"{count} articles{'' if place == STDOUT else f' in {output}'}", err=True)
