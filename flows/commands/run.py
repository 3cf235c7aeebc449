"""``copydesk run``: files, folders, addresses and sources go into the warehouse."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from flows import prefect_settings
from flows.commands.outputs import root_option, stoppable
from flows.roots import SETTINGS, Root

if TYPE_CHECKING:
    from flows.summaries import ArticleReport, Summary

SHOWN = 20
"""Articles told one by one; of more, the warehouse tells."""
HOW = (
    "ran without an orchestrator; for retries, schedules and a page to watch: `copydesk run --prefect`, or start "
    "`prefect server start` and set PREFECT_API_URL."
)

STOPPED = "what is loaded stays, and the next run goes on from there"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run is to take, and how.

    Attributes:
        paths, sources: files, folders and addresses; names of sources. All there is when both are empty.
        quiet: say nothing but errors.
        with_prefect: as a Prefect flow run; None: where a server is configured.
        jobs: processes that share the work; None: as many as there are processors.

    """

    paths: tuple[str, ...]
    sources: tuple[str, ...]
    jobs: int | None
    quiet: bool
    with_prefect: bool | None


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--source", "sources", multiple=True, metavar="NAME", help="A source of copydesk.toml; may be repeated.")
@click.option("--watch", is_flag=True, help="Stay, and look at each source when it is due.")
@click.option(
    "--every", default="5m", show_default=True, metavar="TIME", help="With --watch: for what has no schedule."
)
@click.option("--prefect/--direct", "with_prefect", default=None, help="As a Prefect flow run, or without Prefect.")
@click.option("--warehouse", metavar="FILE", help="Another DuckDB file than the root's own.")
@click.option(
    "-j", "--jobs", type=click.IntRange(min=1), help="Processes that share the work (default: all processors)."
)
@click.option("--strict", is_flag=True, help="Exit with 3 when rows were quarantined.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@root_option
def run(warehouse: str | None, root: str | None, every: str, *, watch: bool, strict: bool, **given: Any) -> None:  # noqa: ANN401 - the fields of Asked
    """Ingest PATHS (files, folders, addresses) into the warehouse; without any, raw/ and all sources of copydesk.toml.

    Runs as a Prefect flow where a Prefect server is configured or with --prefect, else directly: the same steps, the
    same rows. Running again changes nothing.
    """
    place = Root.find(root, warehouse)
    place.make()
    asked = Asked(**given)
    if watch:
        with stoppable(STOPPED):
            _watch(asked, place, every)
    with stoppable(STOPPED):
        summary = _run(asked, place)
    if summary.failures:
        sys.exit(1)
    if strict and summary.quarantined:
        sys.exit(3)


def _run(asked: Asked, place: Root) -> Summary:
    """Run once and tell what was done."""
    use_prefect = asked.with_prefect if asked.with_prefect is not None else prefect_settings.server_url() is not None
    began = time.monotonic()
    summary = (_run_prefect if use_prefect else _run_direct)(asked, place)
    if not asked.quiet:
        _tell(summary, place, time.monotonic() - began)
        if not use_prefect:
            click.echo(HOW, err=True)
    for line in (*summary.notices, *_failures(summary)):
        click.echo(f"copydesk: {line}", err=True)
    return summary


def _watch(asked: Asked, place: Root, every: str) -> NoReturn:
    """Look at each source when it is due, until somebody stops it."""
    from flows.sources.settings import choose_sources, read_sources, read_span  # noqa: PLC0415 - only for those who stay
    from flows.watch import Turn, turns_of, watch  # noqa: PLC0415 - as above

    span, settings = read_span("--every", every), place.path / SETTINGS
    paths = asked.paths or (() if asked.sources else (str(place.raw),))
    first = (Turn("", span),) if paths else ()

    def plan() -> Sequence[Turn]:
        is_all = not asked.paths and not asked.sources
        return (*first, *turns_of(read_sources(settings) if is_all else choose_sources(settings, asked.sources), span))

    def look(turn: Turn) -> None:
        what = replace(asked, paths=() if turn.name else paths, sources=(turn.name,) if turn.name else (), quiet=True)
        summary = _run(what, Root.find(place.path, place.database))
        if not asked.quiet and (summary.articles or summary.failures):
            click.echo(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {turn.name or 'raw'}: {summary.words()}")

    plan()  # what is wrong now is told now
    watch(plan, look, lambda line: click.echo(f"copydesk: {line}", err=True))
    raise AssertionError("nobody stops watching")


def _run_direct(asked: Asked, place: Root) -> Summary:
    from flows.progress import progress_bar  # noqa: PLC0415 - each way imports what it uses
    from flows.steps import ingest_sources, sources_for  # noqa: PLC0415
    from flows.workers import Workers, jobs_of  # noqa: PLC0415

    sources = sources_for(asked.paths, asked.sources, place)
    with Workers(jobs_of(asked.jobs)) as workers, progress_bar(quiet=asked.quiet) as tell:
        return ingest_sources(sources, place, call=workers.call, tell=tell)


def _run_prefect(asked: Asked, place: Root) -> Summary:
    prefect_settings.apply()
    if not asked.quiet:
        where = prefect_settings.server_url()
        wait = f"Prefect server at {where}" if where else "Prefect's temporary server (about 20 s the first time)"
        click.echo(f"starting with {wait} ...", err=True)
    from flows.ingest import run_flow  # noqa: PLC0415 - importing Prefect takes two seconds
    from flows.progress import progress_bar  # noqa: PLC0415

    with progress_bar(quiet=asked.quiet) as tell:
        return run_flow(list(asked.paths), list(asked.sources), place, tell, asked.jobs)


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
    click.echo(f"inputs {summary.found}: {summary.words()}; {seconds:.1f} s")
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
        click.echo(f"copies: {summary.copies} of the new documents are copies of others: copydesk stories")


def _tell_article(article: ArticleReport, summary: Summary) -> None:
    from flows.summaries import words_of  # noqa: PLC0415

    click.echo(click.style(article.title or article.name, bold=True))
    click.echo(
        f"  {'page' if '://' in article.name else 'file'}         {article.name}  (document {article.document_id[:8]})"
    )
    click.echo(f"  edited       {words_of(article.edits)}")
    if article.suggestions:
        click.echo(f"  suggested    {article.suggestions} edits that wait for a person: copydesk explain")
    click.echo(f"  facts        {words_of(article.facts)}")
    click.echo(f"  quarantined  {summary.quarantined[article.document_id] or 'nothing'}")
