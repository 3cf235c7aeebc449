"""A list of addresses: in the settings, or in a file with one a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from copydesk.errors import CopydeskError
from flows.addresses import normalise
from flows.inputs import read_bytes
from flows.sources.found import Found, Landing
from flows.sources.pages import Wanted, asking, fetch_pages
from flows.sources.settings import Source


def collect(source: Source, landing: Landing) -> Iterator[Found]:
    """Yield the pages at the addresses of a list."""
    wanted = []
    for place in _addresses(source, landing):
        if isinstance(place, CopydeskError):
            yield Found(error=place)
            continue
        try:
            wanted.append(Wanted(normalise(place)))
        except CopydeskError as error:
            yield Found(error=error)
    with asking(source, landing) as ask:
        yield from fetch_pages(wanted, source, landing, ask)


def _addresses(source: Source, landing: Landing) -> Iterator[str | CopydeskError]:
    """Yield the addresses as written; a location that is none names a file of them (``#`` begins a comment)."""
    for location in source.location:
        if location.lstrip().lower().startswith(("http://", "https://")):
            yield location
            continue
        try:
            text = read_bytes(str(Path(landing.root.path, location)), landing.root.options).decode("utf-8", "replace")
        except CopydeskError as error:
            yield error
            continue
        yield from (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
