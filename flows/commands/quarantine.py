"""``copydesk quarantine``: rows and values that broke a rule: what they are, and what is to become of them."""

from __future__ import annotations

import json
import sys
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from copydesk.errors import CopydeskError
from copydesk.render import shorten
from flows.commands.marked import console_for
from flows.commands.outputs import opened, output_option, root_option, write_json
from flows.publishing import publish
from flows.roots import Root

_CHOSEN = """
SELECT q.quarantine_id::VARCHAR AS quarantine_id, q.table_name, q.row_key, q.rule, q.message, q.columns, q.is_stopped,
       q.blocked_by::VARCHAR AS blocked_by, q.document_id::VARCHAR AS document_id, q.row_json::VARCHAR AS row_json,
       q.ruleset, q.run_id::VARCHAR AS run_id
FROM waiting q
WHERE ($rule IS NULL OR q.rule = $rule) AND ($table IS NULL OR q.table_name = $table)
AND ($document IS NULL OR starts_with(q.document_id::VARCHAR, $document))
AND (len($ids) = 0 OR list_has_any([true], list_transform($ids, lambda b: starts_with(q.quarantine_id::VARCHAR, b))))
ORDER BY q.table_name, q.rule, q.quarantine_id
"""
_ADVICE = "`copydesk quarantine list` lists what waits."


def _filters(function: Any) -> Any:  # noqa: ANN401 - a decorator of commands
    """Add the options that choose entries."""
    for option in (
        click.option("--document", metavar="ID", help="Entries of this document."),
        click.option("--table", metavar="NAME", help="Entries of this table."),
        click.option("--rule", metavar="NAME", help="Entries that broke this rule."),
    ):
        function = option(function)
    return function


def _choose(root: Root, ids: tuple[str, ...] = (), **chosen: str | None) -> list[dict[str, Any]]:
    """Return the waiting entries that were chosen, by ids and by ``rule``, ``table`` or ``document``.

    Raises:
        CopydeskError: an id is of no entry that waits.

    """
    from warehouse.readers import open_readers  # noqa: PLC0415 - `quarantine --help` needs no duckdb

    names = [name.lower() for name in ids]
    asked = {"rule": None, "table": None, "document": None, **chosen, "ids": names}
    with open_readers(root.warehouse) as warehouse:
        found = warehouse.rows(_CHOSEN, asked)
    for name in names:
        if not any(row["quarantine_id"].startswith(name) for row in found):
            raise CopydeskError("nothing that waits has this id.", advice=_ADVICE, source=name)
    return found


@click.group()
def quarantine() -> None:
    """Rows and values that broke a rule wait here: list, show, replay or dismiss them."""


@quarantine.command(name="list")
@_filters
@click.option("-n", "--entries", "count", type=click.IntRange(min=0), default=50, show_default=True, help="How many.")
@click.option("--json", "as_json", is_flag=True, help="All of them, as JSON lines.")
@output_option
@root_option
def list_entries(count: int, output: str, root: str | None, *, as_json: bool, **chosen: str | None) -> None:
    """List what waits, by table and rule."""
    found = _choose(Root.find(root), (), **chosen)
    with opened(output) as out:
        if as_json:
            for row in found:
                write_json(out, row | {"row_json": json.loads(row["row_json"])})
            return
        if not found:
            console_for(out).print(Text("nothing waits in quarantine"))
            return
        shown = Table("entry", "table", "document", "what is wrong", "what waits", box=None)
        for row in found[:count]:
            what = "the row" if row["is_stopped"] else ", ".join(row["columns"])
            message = Text(shorten(row["message"], 80))
            shown.add_row(row["quarantine_id"][:8], row["table_name"], (row["document_id"] or "")[:8], message, what)
        console_for(out).print(shown)
        if len(found) > count:
            console_for(out).print(Text(f"... and {len(found) - count} more"))


@quarantine.command()
@click.argument("entry")
@output_option
@root_option
def show(entry: str, output: str, root: str | None) -> None:
    """Show ENTRY: the row as it came, the rule, and what has to be put right first."""
    found = _choose(Root.find(root), (entry,))
    with opened(output) as out:
        for row in found:
            write_json(out, row | {"row_json": json.loads(row["row_json"])}, indent=2)


@quarantine.command()
@click.argument("entries", nargs=-1)
@_filters
@root_option
def replay(entries: tuple[str, ...], root: str | None, **chosen: str | None) -> None:
    """Check ENTRIES (default: all) by the rules of today; what passes goes into its table, the rest stays."""
    from flows.steps import replay_entries  # noqa: PLC0415 - `replay --help` needs no duckdb

    place = Root.find(root)
    found = _choose(place, entries, **chosen)
    moved, kept = replay_entries([row["quarantine_id"] for row in found], place)
    click.echo(f"moved {moved}, still waiting {kept}", err=True)


@quarantine.command()
@click.argument("entries", nargs=-1)
@_filters
@click.option("--note", metavar="WORDS", help="Why.")
@root_option
def dismiss(entries: tuple[str, ...], note: str | None, root: str | None, **chosen: str | None) -> None:
    """Take ENTRIES, or those that the options choose, off the list: they are not wanted. They are kept."""
    from warehouse.connect import open_warehouse  # noqa: PLC0415 - `dismiss --help` needs no duckdb
    from warehouse.replays import dismiss as dismiss_entries  # noqa: PLC0415 - as above

    if not (entries or any(chosen.values())):
        click.echo("copydesk: say which: ids, --rule, --table or --document.", err=True)
        sys.exit(2)
    place = Root.find(root)
    found = _choose(place, entries, **chosen)
    with open_warehouse(place.warehouse) as warehouse:
        dismiss_entries(warehouse.connection, [row["quarantine_id"] for row in found], note)
        for notice in publish(warehouse):
            click.echo(f"copydesk: {notice}", err=True)
    click.echo(f"dismissed {len(found)}", err=True)
