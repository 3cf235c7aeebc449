"""``copydesk export``: articles with their fields, edits and facts, in the formats of others."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from flows.commands.outputs import root_option, stoppable
from flows.inputs import STDIN
from flows.roots import Root
from warehouse.exports import FORMATS, find_format

_DAY = click.DateTime(["%Y-%m-%d"])
_EPILOG = "\n".join(
    (
        "\b",
        *(f"{name:12} {words}" for name, (_, words) in FORMATS.items()),
        "",
        "\b",
        'copydesk export --format jsonl -o korea.jsonl --entity "South Korea" --since 2019-01-01',
        "copydesk export --format markdown -o vault --where \"words > 500 AND language = 'en'\"",
    )
)


@click.command(epilog=_EPILOG)
@click.option("--format", "name", required=True, type=click.Choice(list(FORMATS)), help="What to write; see below.")
@click.option(
    "-o", "--output", required=True, metavar="PATH", help="Where: a file for jsonl (- is stdout), or a folder."
)
@click.option("--where", metavar="SQL", help="Only articles that meet this condition on the columns of `articles`.")
@click.option("--source", "sources", metavar="NAME", multiple=True, help="Only articles of this source, or these.")
@click.option("--since", type=_DAY, metavar="DAY", help="Only articles published on this day (YYYY-MM-DD) or later.")
@click.option("--until", type=_DAY, metavar="DAY", help="Only articles published on this day or earlier.")
@click.option("--entity", "entities", metavar="NAME", multiple=True, help="Only articles that name it: its id or name.")
@click.option("--force", is_flag=True, help="Replace the file, or the earlier export, that is there.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of how far it is.")
@click.option("--warehouse", metavar="FILE", help="Another DuckDB file than the root's own.")
@root_option
def export(
    name: str,
    output: str,
    root: str | None,
    warehouse: str | None,
    *,
    force: bool,
    quiet: bool,
    **filters: Any,  # noqa: ANN401 - what click makes of the options that choose articles
) -> None:
    """Write the current articles with their fields, edits and facts.

    The same articles give the same bytes, and nothing is there before all of it is. Without a day of publication, an
    article is not chosen by --since and --until.
    """
    from flows.exporting import STDOUT  # noqa: PLC0415 - `export --help` needs no duckdb
    from flows.exporting import export as write  # noqa: PLC0415 - as above
    from flows.progress import progress_bar  # noqa: PLC0415 - as above
    from warehouse.exports.chosen import Filters  # noqa: PLC0415 - as above

    form = find_format(name)
    chosen: dict[str, Any] = {
        key: value.date() if isinstance(value, datetime) else value for key, value in filters.items()
    }
    if output == STDIN and form.is_folder:
        raise click.UsageError(f"{name} is written into a folder: -o PATH.")
    place = STDOUT if output == STDIN else Path(output)
    with stoppable("nothing was written"), progress_bar("exporting", quiet=quiet) as tell:
        count = write(form, Filters(**chosen), place, Root.find(root, warehouse), force=force, tell=tell)
    if not quiet:
        words = f"{count} article{'' if count == 1 else 's'}"
        click.echo(words if place == STDOUT else f"{words} in {output}", err=True)
