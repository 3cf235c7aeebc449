"""``copydesk review``: what waits for a person, beside the quarantine."""

from __future__ import annotations

import sys
from typing import Any, TextIO

import click
from rich.table import Table
from rich.text import Text

from copydesk.render import shorten
from flows.commands.marked import console_for
from flows.commands.outputs import opened, output_option, root_option, write_json
from flows.roots import Root

_HELD = """
SELECT capture_id::VARCHAR AS capture_id, document_id::VARCHAR AS document_id, coalesce(url, path) AS place, held_as,
       captured_at::VARCHAR AS captured_at, reason
FROM held ORDER BY held.captured_at DESC, capture_id
"""
_DECISIONS = """
SELECT r.review_id::VARCHAR AS review_id, r.document_id::VARCHAR AS document_id, r.kind AS decision, r.edit_kind,
       r.exact AS words, r.outcome, r.decided_at::VARCHAR AS decided_at, r.status
FROM reviews r ORDER BY r.decided_at DESC, review_id
"""
_SUGGESTED = """
SELECT a.document_id::VARCHAR AS document_id, coalesce(a.title, a.path, a.url) AS title, count(*) AS edits
FROM edits e JOIN articles a ON a.derivation_id = e.derivation_id WHERE e.status = 'suggested'
GROUP BY ALL ORDER BY 3 DESC, 1
"""
_LOST = ("ambiguous", "orphaned")


@click.group(invoke_without_command=True)
@click.option("--all", "is_all", is_flag=True, help="All decisions, those in force too.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@output_option
@root_option
@click.pass_context
def review(ctx: click.Context, output: str, root: str | None, *, is_all: bool, as_json: bool) -> None:
    """List what waits for a person: captures that are held, decisions that lost their edit, suggested edits."""
    if ctx.invoked_subcommand:
        return
    from warehouse.readers import open_readers  # noqa: PLC0415 - `review --help` needs no duckdb

    with open_readers(Root.find(root).warehouse) as warehouse:
        held, suggested = warehouse.rows(_HELD), warehouse.rows(_SUGGESTED)
        decisions = warehouse.rows(_DECISIONS)
    if not is_all:
        decisions = [row for row in decisions if row["outcome"] in _LOST and row["status"] == "active"]
    with opened(output) as out:
        if as_json:
            write_json(out, {"held": held, "decisions": decisions, "suggested": suggested}, indent=2)
        else:
            _write(out, held, decisions, suggested)


def _write(
    out: TextIO, held: list[dict[str, Any]], decisions: list[dict[str, Any]], suggested: list[dict[str, Any]]
) -> None:
    console = console_for(out)
    if held:
        console.print(Text(f"held ({len(held)}): copydesk review accept CAPTURE lets one in", style="bold"))
    for row in held:
        head = (
            f"  {row['capture_id'][:8]}  {row['captured_at'][:16]}  {row['held_as']}  document {row['document_id'][:8]}"
        )
        console.print(Text(f"{head}  {shorten(row['place'] or '', 60)}"))
        console.print(Text(f"            {row['reason']}"))
    if decisions:
        console.print(
            Text(f"decisions ({len(decisions)}): copydesk review withdraw DECISION takes one back", style="bold")
        )
        table = Table("decision", "document", "what", "of", "words", "outcome", box=None)
        for row in decisions:
            state = row["outcome"] if row["status"] == "active" else row["status"]
            cells = row["review_id"][:8], row["document_id"][:8], row["decision"], row["edit_kind"]
            table.add_row(*cells, Text(shorten(row["words"], 50)), state or "")
        console.print(table)
    if suggested:
        total = sum(row["edits"] for row in suggested)
        console.print(
            Text(f"suggested edits ({total}): copydesk explain DOCUMENT, copydesk redo DOCUMENT EDIT", style="bold")
        )
        for row in suggested[:20]:
            console.print(Text(f"  {row['document_id'][:8]}  {row['edits']:4}  {shorten(row['title'] or '', 80)}"))
    if not (held or decisions or suggested):
        console.print(Text("nothing waits for a person; copydesk quarantine lists rows that broke a rule"))


@review.command()
@click.argument("captures", nargs=-1, required=True)
@root_option
def accept(captures: tuple[str, ...], root: str | None) -> None:
    """Let CAPTURES (ids from `copydesk review`) in: they become versions of their documents."""
    from flows.steps import let_in  # noqa: PLC0415 - `accept --help` needs no duckdb
    from flows.summaries import failure_lines  # noqa: PLC0415 - as above

    for capture in captures:
        summary = let_in(capture.lower(), Root.find(root))
        for line in failure_lines(summary.failures):
            click.echo(f"copydesk: {line}", err=True)
        if summary.failures:
            sys.exit(1)
        for article in summary.articles:
            name = article.title or article.name
            click.echo(f"let in: {name}; copydesk diff {article.document_id[:8]} shows what changed", err=True)


@review.command()
@click.argument("decisions", nargs=-1, required=True)
@root_option
def withdraw(decisions: tuple[str, ...], root: str | None) -> None:
    """Take DECISIONS (ids from `copydesk review --all`) back; their documents are derived anew."""
    from flows.steps import withdraw_decision  # noqa: PLC0415 - `withdraw --help` needs no duckdb

    for decision in decisions:
        summary = withdraw_decision(decision.lower(), Root.find(root))
        for article in summary.articles:
            click.echo(f"taken back; derived anew: {article.title or article.name}", err=True)
