"""The deployments of a root, and the runner that serves them. Import it after ``flows.prefect_settings.apply``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import click
from prefect import serve
from prefect.deployments.runner import RunnerDeployment
from prefect.types.entrypoint import EntrypointType

from flows.ingest import ingest
from flows.orchestration import name_of, pause_others
from flows.roots import Root
from flows.sources.settings import Source


def deployments_of(sources: Sequence[Source], place: Root, span: timedelta | None) -> list[RunnerDeployment]:
    """Return a deployment for each source, one for the landing zone, and one for all there is.

    Args:
        sources: those of the settings.
        place: the root.
        span: how often the landing zone, and sources without a schedule, are looked at; None: when triggered.

    """
    found = [
        _deployment(
            source.name,
            place,
            sources=[source.name],
            cron=source.cron,
            interval=None if source.cron else source.every or span,
        )
        for source in sources
    ]
    found.append(_deployment("raw", place, paths=[str(place.raw)], interval=span))
    found.append(_deployment("all", place))
    return found


def _deployment(
    name: str,
    place: Root,
    *,
    paths: list[str] | None = None,
    sources: list[str] | None = None,
    interval: timedelta | None = None,
    cron: str | None = None,
) -> RunnerDeployment:
    parameters = {"root": str(place.path), "warehouse": str(place.warehouse), "paths": paths, "sources": sources}
    return RunnerDeployment.from_flow(
        ingest,
        name,
        interval=interval,
        cron=cron,
        parameters=parameters,
        concurrency_limit=1,
        description=f"Bring what {name} has into {place.warehouse}.",
        tags=["copydesk", name_of(place.warehouse)],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def serve_sources(sources: Sequence[Source], place: Root, span: timedelta | None) -> None:
    """Serve the deployments of a root until somebody stops it; their schedules stay."""
    found = deployments_of(sources, place, span)
    for name in pause_others(place.warehouse, [deployment.name for deployment in found]):
        click.echo(f"copydesk: paused ingest/{name}: copydesk.toml names it no more.", err=True)
    serve(*found, pause_on_shutdown=False, limit=1)
