"""``copydesk backfill``: what older rules made is derived anew from the kept bytes."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO

import click
from rich.text import Text

from flows.commands.marked import console_for
from flows.commands.outputs import opened, output_option, root_option, stoppable, write_json
from flows.roots import Root

if TYPE_CHECKING:
    from flows.summaries import Summary
    from warehouse.backfills import Differences

SHOWN = 12
"""Rules in a line of the report."""


@click.command()
@click.option("--since", metavar="DAY", help="Only what was received on this day (YYYY-MM-DD) or later.")
@click.option("--source", metavar="NAME", help="Only what is of this source.")
@click.option("--rule", metavar="RULE", help="Only articles with an edit or a fact of this rule, e.g. pull_quotes.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would be different, and write nothing.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes that share the work (default: all).")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@output_option
@root_option
def backfill(
    output: str, root: str | None, jobs: int | None, *, is_dry: bool, yes: bool, as_json: bool, **chosen: str | None
) -> None:
    """Derive anew what other rules (an older copydesk, other settings) made of the kept bytes.

    All versions of all articles, or those that the options choose. First a sample is tried out and told. What is done
    stays done when it is stopped: call it again, and it goes on.
    """
    from flows.backfill import SAMPLE, stale_versions, try_out  # noqa: PLC0415 - `backfill --help` needs no duckdb
    from flows.backfill import backfill as derive  # noqa: PLC0415 - as above
    from flows.progress import progress_bar  # noqa: PLC0415 - as above
    from flows.workers import Workers, jobs_of  # noqa: PLC0415 - as above
    from warehouse.backfills import Wanted  # noqa: PLC0415 - as above

    place = Root.find(root)
    stale = stale_versions(place, Wanted(_day(chosen["since"]), chosen["source"], chosen["rule"]))
    click.echo(f"{len(stale)} versions were made by other rules", err=True)
    with (
        stoppable("what is derived stays, and the next one goes on"),
        Workers(jobs_of(jobs)) as workers,
    ):
        if not is_dry and len(stale) > SAMPLE:
            found, _ = try_out(stale[:SAMPLE], place, call=workers.call)
            _write(sys.stderr, found, f"of the first {SAMPLE}, tried out:")
        if not is_dry and not yes and stale and sys.stdin.isatty():
            click.confirm("derive them anew?", abort=True, err=True)
        with progress_bar("deriving") as tell:
            found, summary = (try_out if is_dry else derive)(stale, place, call=workers.call, tell=tell)
    with opened(output) as out:
        if as_json:
            write_json(out, _as_json(found, summary, is_dry=is_dry), indent=2)
        else:
            _write(out, found, "would be different:" if is_dry else "different now:")
    _tell_failures(summary)


def _day(written: str | None) -> datetime | None:
    if written is None:
        return None
    try:
        found = datetime.fromisoformat(written)
    except ValueError as error:
        raise click.BadParameter(f"{written!r} is no day (YYYY-MM-DD).", param_hint="--since") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _as_json(found: Differences, summary: Summary, *, is_dry: bool) -> dict[str, object]:
    report = {field.name: getattr(found, field.name) for field in fields(found) if field.name != "examples"}
    examples = [
        {
            "document_id": document,
            "before": change.before._asdict() if change.before else None,
            "after": change.after._asdict() if change.after else None,
        }
        for document, change in found.examples
    ]
    return {"is_dry": is_dry, "run_id": summary.run_id, **report, "failed": len(summary.failures), "examples": examples}


def _write(out: TextIO, found: Differences, words: str) -> None:
    console = console_for(out)
    console.print(Text(words, style="bold"))
    console.print(Text(f"  articles  {found.versions} derived: {found.texts} texts, {found.heads} heads"))
    for name, gained, lost in (
        ("edits", found.edits_gained, found.edits_lost),
        ("facts", found.facts_gained, found.facts_lost),
    ):
        console.print(Text(f"  {name}     +{_most(gained)}; -{_most(lost)}"))
    console.print(Text(f"  changed   {_most(found.facts_changed)}"))
    for document, change in found.examples:
        if change.before and change.after:
            console.print(Text(f"    {document[:8]}  {change.before.words()} → {change.after.words()}"))
    console.print(Text(f"  waiting   {_most(found.quarantined)} in quarantine"))


def _most(counts: Mapping[str, int]) -> str:
    """Return a total with its parts, the largest first."""
    if not counts:
        return "0"
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    parts = ", ".join(f"{n} {name}" for name, n in ranked[:SHOWN])
    more = f", and {len(ranked) - SHOWN} more" if len(ranked) > SHOWN else ""
    return f"{sum(counts.values())} ({parts}{more})"


def _tell_failures(summary: Summary) -> None:
    from flows.summaries import failure_lines  # noqa: PLC0415 - as above

    for line in failure_lines(summary.failures):
        click.echo(f"copydesk: {line}", err=True)
    if summary.failures:
        sys.exit(1)
