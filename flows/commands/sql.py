"""``copydesk sql``: read-only queries."""

from __future__ import annotations

import click

from flows.commands.outputs import opened, output_option, root_option
from flows.commands.tables import write_result
from flows.inputs import utf8_stdin
from flows.roots import Root


@click.command()
@click.argument("query", default="-")
@click.option("--csv", "shape", flag_value="csv", help="As CSV.")
@click.option("--json", "shape", flag_value="json", help="As JSON lines.")
@click.option("--warehouse", metavar="FILE", help="Another DuckDB file than the root's own.")
@output_option
@root_option
def sql(query: str, shape: str | None, warehouse: str | None, output: str, root: str | None) -> None:
    r"""Run QUERY (default: from stdin) on the warehouse. It can read: no writing, no files, no network.

    \b
    copydesk sql "SELECT title, published_local FROM articles"
    copydesk sql "SELECT value, evidence FROM facts WHERE kind = 'date'" --csv
    """
    from warehouse.query import run_query  # noqa: PLC0415 - `sql --help` needs no duckdb

    text = utf8_stdin().read() if query == "-" else query
    text = text.encode("utf-8", "replace").decode()  # bytes of the command line that are no UTF-8
    result = run_query(Root.find(root, warehouse).warehouse, text)
    with opened(output) as out:
        write_result(out, result.columns, result.rows, shape)
