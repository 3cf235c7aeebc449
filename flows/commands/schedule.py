"""``copydesk schedule``: a Prefect deployment for each source, served from here."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime, timedelta

import click

from copydesk.errors import CopydeskError
from flows import prefect_settings
from flows.commands.outputs import root_option
from flows.roots import SETTINGS, Root
from flows.sources.settings import Source, read_sources, read_span
from flows.watch import turns_of

RAW, ALL = "raw", "all"
"""Deployments of the landing zone, and of everything there is."""


@click.command()
@click.option("--every", metavar="TIME", help="For raw/ and for sources that have no schedule: 15m, 6h, 1d.")
@click.option("--list", "only_list", is_flag=True, help="Only print the schedules, and cron lines that do the same.")
@click.option("--warehouse", metavar="FILE", help="Another DuckDB file than the root's own.")
@root_option
def schedule(every: str | None, warehouse: str | None, root: str | None, *, only_list: bool) -> None:
    """Serve a Prefect deployment for each source of copydesk.toml, and run it when it is due.

    The deployments are ingest/NAME, ingest/raw and ingest/all. Trigger one from Prefect's page or its API, or with
    `prefect deployment run ingest/NAME`. One run at a time works on a warehouse; runs that are late are made one.
    """
    place = Root.find(root, warehouse)
    place.make()
    span = read_span("--every", every) if every else None
    sources = read_sources(place.path / SETTINGS)
    if only_list:
        _list(sources, span, place)
        return
    if prefect_settings.server_url() is None:
        raise CopydeskError(
            "no Prefect server is configured.",
            advice="Call `prefect server start`, and set PREFECT_API_URL=http://127.0.0.1:4200/api; or do without one: "
            "`copydesk run --watch`, or the cron lines of `copydesk schedule --list`.",
        )
    prefect_settings.apply()
    from flows.deployments import serve_sources  # noqa: PLC0415 - importing Prefect takes two seconds

    serve_sources(sources, place, span)


def _list(sources: tuple[Source, ...], span: timedelta | None, place: Root) -> None:
    """Print when each source is due next, and a line for a crontab."""
    now = datetime.now(UTC)
    for source, turn in zip(sources, turns_of(sources, span or timedelta()), strict=True):
        written = source.schedule or (f"{span}" if span else "")
        due = f"next {turn.after(now):%Y-%m-%d %H:%M} UTC" if written else "only when triggered"
        click.echo(f"{source.name}  {source.kind}  {written}  {due}")
        line = source.cron or _cron_of(source.every or span)
        if line:
            click.echo(f"  {line} copydesk run --root {shlex.quote(str(place.path))} --source {source.name} -q")


def _cron_of(span: timedelta | None) -> str | None:
    """Return a cron line for a span of time, as near as cron lines come; None for none.

    >>> [_cron_of(timedelta(minutes=m)) for m in (1, 15, 45, 60, 360, 1440, 20160)]
    ['*/1 * * * *', '*/15 * * * *', '*/30 * * * *', '0 */1 * * *', '0 */6 * * *', '0 0 * * *', '0 0 * * *']
    """
    if span is None:
        return None
    minutes = max(int(span.total_seconds() // 60), 1)
    if minutes < 60:
        return f"*/{max(n for n in (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30) if n <= minutes)} * * * *"
    if minutes < 1440:
        return f"0 */{max(n for n in (1, 2, 3, 4, 6, 8, 12) if n <= minutes // 60)} * * *"
    return "0 0 * * *"
