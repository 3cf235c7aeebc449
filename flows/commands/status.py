"""``copydesk status``: what the warehouse holds."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from copydesk.render import shorten
from flows.commands.marked import console_for
from flows.commands.outputs import opened, output_option, root_option, write_json
from flows.roots import SETTINGS, Root
from flows.sources.settings import read_sources
from schemas.domains import RunStatus

Row: TypeAlias = dict[str, Any]

_COUNTS = """
SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM versions) AS versions,
       (SELECT count(*) FROM captures) AS captures, (SELECT count(*) FROM facts) AS facts,
       (SELECT count(*) FROM waiting) AS quarantined, (SELECT count(*) FROM held) AS held,
       (SELECT count(*) FROM documents WHERE missing_since IS NOT NULL) AS missing,
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
_SOURCES = """
SELECT s.name, count(DISTINCT d.document_id) AS documents, max(c.last_seen_at)::VARCHAR AS last_seen_at
FROM sources s LEFT JOIN documents d USING (source_id) LEFT JOIN captures c USING (document_id)
GROUP BY s.name ORDER BY s.name
"""
_FETCHED = """
SELECT source AS name, count(*) FILTER (gone_at IS NOT NULL) AS gone,
       count(*) FILTER (gone_at IS NULL AND reason IS NOT NULL) AS failing
FROM fetches GROUP BY source
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
    from warehouse.readers import open_latest  # noqa: PLC0415 - `status --help` needs no duckdb

    place = Root.find(root)
    with open_latest(place.warehouse) as warehouse:
        (totals,) = warehouse.rows(_COUNTS)
        articles = warehouse.rows(_ARTICLES, [count])
        sources = _with_schedules(warehouse.rows(_SOURCES), warehouse.rows(_FETCHED), place)
        runs = [{**row, "counts": json.loads(row["counts"])} for row in warehouse.rows(_RUNS)]
    with opened(output) as out:
        if as_json:
            found = {
                "warehouse": str(place.warehouse),
                **totals,
                "sources": sources,
                "articles": articles,
                "runs": runs,
            }
            write_json(out, found, indent=2)
            return
        console = console_for(out)
        console.print(Text(str(place.warehouse)))
        console.print(Text(", ".join(f"{n} {name}" for name, n in totals.items())))
        table = Table("document", "title", "published", "versions", "facts", "quarantined", box=None)
        for row in articles:
            cells = (row["published"] or "", *(str(row[name]) for name in ("versions", "facts", "quarantined")))
            table.add_row(row["document_id"][:8], Text(shorten(row["title"] or "", 60)), *cells)
        console.print(table)
        if any(row["kind"] for row in sources):
            _show_sources(console, sources)
        for row in runs:
            done = ", ".join(f"{name} {n}" for name, n in row["counts"].items() if n)
            status = "running, or cut off" if row["status"] == RunStatus.RUNNING else row["status"].replace("_", " ")
            console.print(Text(f"run {row['started_at'][:19]}  {status}  {row['orchestrator']}  {done}"))


def _with_schedules(held: list[Row], fetched: list[Row], place: Root) -> list[Row]:
    """Return the sources of the settings, and those that the warehouse holds, with what it holds of each."""
    named = {source.name: source for source in read_sources(place.path / SETTINGS)}
    none: Row = {"documents": 0, "last_seen_at": None, "gone": 0, "failing": 0}
    rows = {row["name"]: none | row for row in held}
    for row in fetched:
        rows[row["name"]] = rows.get(row["name"], none) | row
    known = {source.name: {"kind": source.kind, "schedule": source.schedule} for source in named.values()}
    names = (*named, *(name for name in sorted(rows) if name not in named))
    unnamed: Row = {"kind": None, "schedule": None}
    return [{"name": name} | known.get(name, unnamed) | rows.get(name, none) for name in names]


def _show_sources(console: Console, sources: list[Row]) -> None:
    table = Table("source", "kind", "every", "documents", "last seen", "gone", "failing", box=None)
    for row in sources:
        seen = (row["last_seen_at"] or "never")[:19]
        cells = (row["kind"] or "", row["schedule"] or "", str(row["documents"]), seen)
        table.add_row(Text(row["name"]), *cells, str(row["gone"]), str(row["failing"]))
    console.print(table)
