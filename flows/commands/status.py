"""``copydesk status``: what the warehouse holds."""

from __future__ import annotations

import json

import click
from rich.table import Table
from rich.text import Text

from copydesk.render import shorten
from flows.commands.marked import console_for
from flows.commands.outputs import opened, output_option, root_option, write_json
from flows.roots import Root
from schemas.domains import RunStatus

_COUNTS = """
SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM versions) AS versions,
       (SELECT count(*) FROM captures) AS captures, (SELECT count(*) FROM facts) AS facts,
       (SELECT count(*) FROM waiting) AS quarantined,
       (SELECT count(*) FROM captures WHERE status = 'failed') AS failed
"""
_ARTICLES = """
SELECT a.document_id::VARCHAR AS document_id, coalesce(a.title, a.path, a.url) AS title,
       a.published_local::VARCHAR AS published,
       (SELECT count(*) FROM versions v WHERE v.document_id = a.document_id) AS versions,
       (SELECT count(*) FROM facts f WHERE f.derivation_id = a.derivation_id) AS facts,
       (SELECT count(*) FROM waiting q WHERE q.document_id = a.document_id) AS quarantined
FROM articles a ORDER BY a.valid_from DESC, a.document_id LIMIT ?
"""
_RUNS = """
SELECT started_at::VARCHAR AS started_at, status, orchestrator, counts::VARCHAR AS counts
FROM runs ORDER BY runs.started_at DESC LIMIT 5
"""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option(
    "-n",
    "--articles",
    "count",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many articles to list.",
)
@output_option
@root_option
def status(count: int, output: str, root: str | None, *, as_json: bool) -> None:
    """Say what the warehouse holds: articles, facts, what waits in quarantine, the last runs."""
    from warehouse.connect import open_warehouse  # noqa: PLC0415 - `status --help` needs no duckdb

    place = Root.find(root)
    with open_warehouse(place.warehouse, read_only=True) as warehouse:
        (totals,) = warehouse.rows(_COUNTS)
        articles = warehouse.rows(_ARTICLES, [count])
        runs = [{**row, "counts": json.loads(row["counts"])} for row in warehouse.rows(_RUNS)]
    with opened(output) as out:
        if as_json:
            write_json(out, {"warehouse": str(place.warehouse), **totals, "articles": articles, "runs": runs}, indent=2)
            return
        console = console_for(out)
        console.print(Text(str(place.warehouse)))
        console.print(Text(", ".join(f"{n} {name}" for name, n in totals.items())))
        table = Table("document", "title", "published", "versions", "facts", "quarantined", box=None)
        for row in articles:
            cells = (row["published"] or "", *(str(row[name]) for name in ("versions", "facts", "quarantined")))
            table.add_row(row["document_id"][:8], Text(shorten(row["title"] or "", 60)), *cells)
        console.print(table)
        for row in runs:
            done = ", ".join(f"{name} {n}" for name, n in row["counts"].items() if n)
            status = "running, or cut off" if row["status"] == RunStatus.RUNNING else row["status"]
            console.print(Text(f"run {row['started_at'][:19]}  {status}  {row['orchestrator']}  {done}"))
