"""JSON lines: an article a line, with ``text`` or ``html``, and what else is known of it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, TextIO

from copydesk.errors import CopydeskError, InputError
from flows.addresses import normalise
from flows.answers import Refused
from flows.inputs import read_lines
from flows.sources.folder import Place
from flows.sources.found import Found, Landing
from warehouse.records import Capture

SAYS = "jsonl"
"""What the source of such statements is called."""
_STATED = ("title", "published", "updated", "site", "language")
_TYPES = {"text": "text/plain; charset=utf-8", "html": "text/html; charset=utf-8"}


def open_archive(place: Place, landing: Landing) -> Iterator[Found]:
    """Yield the article of each line.

    An article goes by its ``url``, else by its ``id``, else by the number of its line; ``captured_at`` says when it was
    taken, where that was not now. Title, author(s), published, updated, site and language are passed on.
    """
    with _open(place) as stream:
        for number, (row, error) in enumerate(read_lines(stream, str(place.path)), 1):
            try:
                yield Found(error=error) if error else Found(_capture(row, number, place, landing))
            except CopydeskError as problem:
                problem.source = problem.source or f"{place.path}:{number}"
                yield Found(error=problem)


def _open(place: Place) -> TextIO:
    if place.path.suffix.lower() == ".gz":
        return gzip.open(place.path, "rt", encoding="utf-8", errors="surrogateescape")
    return place.path.open(encoding="utf-8", errors="surrogateescape")


def _capture(row: Mapping[str, Any], number: int, place: Place, landing: Landing) -> Capture:
    key = next((key for key in _TYPES if isinstance(row.get(key), str)), None)
    if key is None:
        raise InputError('the line has no "text" and no "html".')
    data = row[key].encode("utf-8", "surrogatepass")
    return Capture(
        source=place.source,
        path=f"{place.name}#{row.get('id', number)}",
        url=_url(row.get("url")),
        sha256=landing.keep(data, f"{place.path}:{number}"),
        size=len(data),
        media_type=_TYPES[key],
        captured_at=_moment(row.get("captured_at")) or landing.now(),
        stated=tuple(_stated(row)),
    )


def _url(value: object) -> str | None:
    try:
        return normalise(value) if isinstance(value, str) else None
    except Refused:  # an article without an address goes by its id
        return None


def _moment(value: object) -> datetime | None:
    """Return a time with its zone; one without is not believed."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo else None


def _stated(row: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in _STATED:
        if isinstance(value := row.get(name), str) and value.strip():
            yield name, value, SAYS
    authors = row.get("authors", row.get("author"))
    for author in authors if isinstance(authors, list) else [authors]:
        if isinstance(author, str) and author.strip():
            yield "author", author, SAYS
