"""``copydesk sql``: read-only queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from flows.commands.marked import console_for
from flows.commands.outputs import opened, output_option, root_option
from flows.commands.tables import write_result
from flows.inputs import STDIN, input_error, utf8_stdin
from flows.roots import Root

if TYPE_CHECKING:
    from warehouse.described import Described


@click.command()
@click.argument("query", default="")
@click.option("--csv", "shape", flag_value="csv", help="As CSV.")
@click.option("--json", "shape", flag_value="json", help="As JSON lines.")
@click.option("--parquet", "shape", flag_value="parquet", help="As Parquet, into the FILE of -o.")
@click.option("--tables", "help_on", flag_value=".tables", help="List what can be queried (also: .tables [NAME]).")
@click.option(
    "--queries", "help_on", flag_value=".queries", help="List the ready-made queries (also: .queries [NAME])."
)
@click.option("--query", "name", metavar="NAME", help="Run a ready-made query.")
@click.option("--set", "chosen", metavar="NAME=VALUE", multiple=True, help="Choose a value of that query.")
@click.option("--warehouse", metavar="FILE", help="Another DuckDB file than the root's own.")
@output_option
@root_option
def sql(
    query: str, shape: str | None, name: str | None, chosen: tuple[str, ...], output: str, **places: str | None
) -> None:
    r"""Run QUERY (default: from stdin) on the warehouse. It can read: no writing, no files, no network.

    \b
    copydesk sql "SELECT title, published_local FROM articles"
    copydesk sql "SELECT value, evidence FROM facts WHERE kind = 'date'" --csv
    copydesk sql "FROM facts" --parquet -o facts.parquet
    copydesk sql .tables
    copydesk sql .tables articles
    copydesk sql --query figures --set topic=trade
    """
    place = Root.find(places["root"], places["warehouse"]).warehouse
    command, _, of = (places["help_on"] or query).strip().partition(" ")
    if command in _COMMANDS and name is None:
        _COMMANDS[command](place, of.strip(), output)
        return
    parameters = None
    if name is not None:
        from warehouse.named_queries import named_query  # noqa: PLC0415 - `sql --help` needs no duckdb

        known = named_query(name)
        text, parameters = known.sql, known.parameters(_chosen(chosen))
    else:
        text = utf8_stdin().read() if query in ("", STDIN) else query
        text = text.encode("utf-8", "replace").decode()  # bytes of the command line that are no UTF-8
    if shape == "parquet":
        _write_parquet(place, text, parameters, output)
        return
    from warehouse.query import open_query  # noqa: PLC0415 - as above

    with open_query(place, text, parameters) as result, opened(output) as out:
        write_result(out, result.columns, result, shape)


def _chosen(pairs: Sequence[str]) -> dict[str, str]:
    found = dict(pair.partition("=")[::2] for pair in pairs)
    if not all("=" in pair for pair in pairs):
        raise click.UsageError("--set takes NAME=VALUE.")
    return found


def _write_parquet(place: Path, text: str, parameters: Mapping[str, str | None] | None, output: str) -> None:
    from pyarrow import RecordBatchReader  # noqa: PLC0415 - 0.2 s that nothing else needs
    from pyarrow.parquet import ParquetWriter  # noqa: PLC0415 - as above

    from warehouse.query import open_batches  # noqa: PLC0415 - as above

    if output == STDIN:
        raise click.UsageError("Parquet goes into a file: -o FILE.")
    part = Path(output + ".part")
    try:
        with open_batches(place, text, parameters) as batches, part.open("wb") as out:
            reader, count = RecordBatchReader.from_stream(batches), 0
            with ParquetWriter(out, reader.schema, compression="zstd") as writer:
                for batch in reader:
                    writer.write_batch(batch)
                    count += batch.num_rows
        part.replace(output)
    except OSError as error:
        raise input_error(error, output) from error
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"{count} rows in {output}", err=True)


def _tables(place: Path, of: str, output: str) -> None:
    """List what can be queried, or the columns of one table."""
    from warehouse.described import describe_all, describe_one  # noqa: PLC0415 - as above
    from warehouse.readers import open_readers  # noqa: PLC0415 - as above

    with open_readers(place) as readers:
        found = describe_one(readers, of) if of else describe_all(readers)
    _write_described(found, ("column", "type") if of else ("name", "kind"), output)


def _write_described(found: Sequence[Described], heads: tuple[str, str], output: str) -> None:
    table = Table(*heads, "what it is", box=None, header_style="bold")
    for row in found:
        table.add_row(row.name, row.kind, Text(row.comment or ""))
    with opened(output) as out:
        console_for(out).print(table)


def _queries(place: Path, of: str, output: str) -> None:
    """List the ready-made queries, or print one."""
    from warehouse.named_queries import named_queries, named_query  # noqa: PLC0415 - as above

    del place
    with opened(output) as out:
        if of:
            out.write(named_query(of).sql)
            return
        table = Table("query", "what it answers", "--set", box=None, header_style="bold")
        for query in named_queries().values():
            table.add_row(query.name, Text(query.question), ", ".join(choice.name for choice in query.choices))
        console_for(out).print(table)


_COMMANDS = {".tables": _tables, ".queries": _queries}
