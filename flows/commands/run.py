"""``copydesk run``: files and folders go into the warehouse."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows import prefect_settings
from flows.commands.outputs import root_option, stoppable
from flows.roots import Root

if TYPE_CHECKING:
    from flows.summaries import ArticleReport, Summary

SHOWN = 20
"""Articles told one by one; of more, the warehouse tells."""
HOW = (
    "ran without an orchestrator; for retries, schedules and a page to watch: `copydesk run --prefect`, or start "
    "`prefect server start` and set PREFECT_API_URL."
)


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--prefect/--direct", "with_prefect", default=None, help="As a Prefect flow run, or without Prefect.")
@click.option("--warehouse", metavar="FILE", help="Another DuckDB file than the root's own.")
@click.option(
    "-j", "--jobs", type=click.IntRange(min=1), help="Processes that share the work (default: all processors)."
)
@click.option("--strict", is_flag=True, help="Exit with 3 when rows were quarantined.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@root_option
def run(  # noqa: PLR0913 - one argument an option
    paths: tuple[str, ...],
    warehouse: str | None,
    root: str | None,
    jobs: int | None,
    *,
    with_prefect: bool | None,
    strict: bool,
    quiet: bool,
) -> None:
    """Ingest PATHS (files, folders; default: the root's raw/) into the warehouse.

    Runs as a Prefect flow where a Prefect server is configured or with --prefect, else directly: the same steps, the
    same rows. Running again changes nothing.
    """
    place = Root.find(root, warehouse)
    place.make()
    use_prefect = with_prefect if with_prefect is not None else prefect_settings.server_url() is not None
    began = time.monotonic()
    with stoppable("what is loaded stays, and the next run goes on from there"):
        summary = (_run_prefect if use_prefect else _run_direct)(paths or (str(place.raw),), place, jobs, quiet=quiet)
    if not quiet:
        _tell(summary, place, time.monotonic() - began)
        if not use_prefect:
            click.echo(HOW, err=True)
    for line in _failures(summary):
        click.echo(f"copydesk: {line}", err=True)
    if summary.failures:
        sys.exit(1)
    if strict and summary.quarantined:
        sys.exit(3)


def _run_direct(paths: tuple[str, ...], place: Root, jobs: int | None, *, quiet: bool) -> Summary:
    from flows.progress import progress_bar  # noqa: PLC0415 - each way imports what it uses
    from flows.steps import ingest_paths  # noqa: PLC0415
    from flows.workers import Workers, jobs_of  # noqa: PLC0415

    with Workers(jobs_of(jobs)) as workers, progress_bar(quiet=quiet) as tell:
        return ingest_paths(paths, place, call=workers.call, tell=tell)


def _run_prefect(paths: tuple[str, ...], place: Root, jobs: int | None, *, quiet: bool) -> Summary:
    prefect_settings.apply()
    if not quiet:
        where = prefect_settings.server_url()
        wait = f"Prefect server at {where}" if where else "Prefect's temporary server (about 20 s the first time)"
        click.echo(f"starting with {wait} ...", err=True)
    from flows.ingest import run_flow  # noqa: PLC0415 - importing Prefect takes two seconds
    from flows.progress import progress_bar  # noqa: PLC0415

    with progress_bar(quiet=quiet) as tell:
        return run_flow(list(paths), place, tell, jobs)


def _failures(summary: Summary) -> list[str]:
    from flows.summaries import failure_lines  # noqa: PLC0415

    return failure_lines(summary.failures)


def _tell(summary: Summary, place: Root, seconds: float) -> None:
    """Print what was done with each article, the totals, and where to look next."""
    for article in summary.articles[:SHOWN]:
        _tell_article(article, summary)
    if summary.processed > SHOWN:
        click.echo(f"... and {summary.processed - min(SHOWN, len(summary.articles))} more articles")
    _tell_people(summary)
    counts = summary.counts()
    done = {name.replace("_", " "): n for name, n in counts.items() if name != "found"}
    words = ", ".join(f"{name} {n}" for name, n in done.items() if n)
    click.echo(f"inputs {counts['found']}: {words or 'nothing to do'}; {seconds:.1f} s")
    here = Path.cwd()
    shown = place.warehouse.relative_to(here) if place.warehouse.is_relative_to(here) else place.warehouse
    click.echo(f"warehouse: {shown}")
    if summary.articles:
        first = summary.articles[0].document_id[:8]
        click.echo(f"next: copydesk show {first} | copydesk explain {first} | copydesk sql 'FROM facts LIMIT 10'")


def _tell_people(summary: Summary) -> None:
    """Print what a person should know beside the articles: what was held, is gone, and lost decisions."""
    for document, reason in list(summary.held.items())[:SHOWN]:
        click.echo(f"held: document {document[:8]}: {reason}")
    for name in summary.missing[:SHOWN]:
        click.echo(f"missing: {name} is no longer there; what it was stays in the warehouse")
    lost = sum(summary.decisions[outcome] for outcome in ("ambiguous", "orphaned"))
    if lost:
        click.echo(f"decisions: {lost} no longer find their edit, and are not in force: copydesk review")
    if summary.copies:
        click.echo(f"copies: {summary.copies} of the new documents are copies: copydesk sql 'FROM copies'")


def _tell_article(article: ArticleReport, summary: Summary) -> None:
    from flows.summaries import words_of  # noqa: PLC0415

    click.echo(click.style(article.title or article.name, bold=True))
    click.echo(f"  file         {article.name}  (document {article.document_id[:8]})")
    click.echo(f"  edited       {words_of(article.edits)}")
    if article.suggestions:
        click.echo(f"  suggested    {article.suggestions} edits that wait for a person: copydesk explain")
    click.echo(f"  facts        {words_of(article.facts)}")
    click.echo(f"  quarantined  {summary.quarantined[article.document_id] or 'nothing'}")
