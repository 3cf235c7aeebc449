"""The sources of a root, as its ``copydesk.toml`` names them: ``[sources.NAME]`` tables, and ``[fetch]`` for all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from copydesk.errors import CopydeskError

KINDS = ("folder", "files", "warc", "jsonl", "mail", "urls", "feed", "sitemap")
"""The first five lie on disk, the others are fetched."""
RESERVED = frozenset(("raw", "files", "web", "all"))
"""Names that are ours: the landing zone, paths and addresses given on the command line, and all there is."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_SPAN = re.compile(r"(\d{1,6})\s?([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles come from, again and again.

    Attributes:
        name: what people call it; part of the identity of what has no address.
        kind: one of ``KINDS``.
        location: paths (relative to the root) or addresses.
        every: how often it is looked at; ``cron`` is the same as a cron line, in UTC. None: with every run only.
        delay, timeout, seconds, max_mb: as in ``flows.fetch.Manners``; None leaves the default.
        robots: obey robots.txt.
        allow_private: addresses that are not public may be asked.
        pages: fetch the page of a feed's entry; else the text in the feed is the article.
        limit: most pages a run; the rest is for the next runs.

    """

    name: str
    kind: str
    location: tuple[str, ...]
    every: timedelta | None = None
    cron: str | None = None
    delay: float | None = None
    timeout: float | None = None
    seconds: float | None = None
    max_mb: float | None = None
    robots: bool = True
    allow_private: bool = False
    pages: bool = True
    limit: int | None = None

    @property
    def schedule(self) -> str | None:
        """When it is looked at, as it is written; None when only every run looks at it.

        >>> Source("isle", "feed", ("x",), every=timedelta(hours=6)).schedule
        '6h'
        """
        if self.every is None:
            return self.cron
        unit = next(unit for unit in "wdhms" if not self.every % timedelta(**{_UNITS[unit]: 1}))
        return f"{self.every // timedelta(**{_UNITS[unit]: 1})}{unit}"


_NUMBERS = frozenset(("delay", "timeout", "seconds", "max_mb"))
_FLAGS = frozenset(("robots", "allow_private", "pages"))
_KEYS = tuple(field.name for field in fields(Source) if field.name != "name")


def read_sources(settings: Path) -> tuple[Source, ...]:
    """Return the sources that a settings file names, in its order; none where there is no file.

    Raises:
        CopydeskError: a source is not as it must be; the words say which, and what would be right.

    """
    try:
        found = tomllib.loads(settings.read_text(encoding="utf-8")) if settings.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CopydeskError(f"not valid TOML: {error}.", advice="Mend the file.", source=str(settings)) from error
    tables = found.get("sources", {})
    if not isinstance(tables, dict):
        advice = "Write a table [sources.NAME] for each."
        raise CopydeskError("sources are not tables with names.", advice=advice, source=str(settings))
    try:
        return tuple(make_source(name, table) for name, table in tables.items())
    except CopydeskError as error:
        error.source = str(settings)
        raise


def choose_sources(settings: Path, names: Iterable[str]) -> tuple[Source, ...]:
    """Return the sources with some names.

    Raises:
        CopydeskError: there is none of that name; the words say which there are.

    """
    known = {source.name: source for source in read_sources(settings)}
    for name in names:
        if name not in known:
            advice = f"There are {', '.join(known)}." if known else "`copydesk add` makes one."
            raise CopydeskError(f"there is no source {name}.", advice=advice, source=str(settings))
    return tuple(known[name] for name in dict.fromkeys(names))


def read_contact(settings: Path) -> str:
    """Return how servers can reach who runs this: ``contact`` of ``[fetch]``; empty when it is not given.

    Raises:
        CopydeskError: it is not one short line.

    """
    found = tomllib.loads(settings.read_text(encoding="utf-8")) if settings.is_file() else {}
    section = found.get("fetch", {})
    contact = section.get("contact", "") if isinstance(section, dict) else None
    if not isinstance(contact, str) or not re.fullmatch(r"[!-~]{0,200}", contact) or set(section) - {"contact"}:
        advice = 'Write contact = "mailto:desk@example.org", or the address of a page.'
        raise CopydeskError(
            "[fetch] holds more than a contact, or one that is none.", advice=advice, source=str(settings)
        )
    return contact


def make_source(name: str, table: object) -> Source:
    """Return the source that a table of settings describes.

    >>> make_source("isle", {"kind": "feed", "location": "https://isle.example/feed", "every": "6h"}).every
    datetime.timedelta(seconds=21600)

    Raises:
        CopydeskError: it is not as it must be.

    """
    if not _NAME.fullmatch(name) or name in RESERVED:
        taken = " (raw, files, web and all are taken)" if name in RESERVED else ""
        raise CopydeskError(f"a source cannot be called {name!r}.", advice=f"Use letters, digits, . _ -{taken}.")
    if not isinstance(table, dict):
        raise CopydeskError(f"sources.{name} is no table.", advice=f"Write [sources.{name}].")
    if unknown := sorted(set(table) - set(_KEYS)):
        raise CopydeskError(
            f"there is no setting sources.{name}.{unknown[0]}.", advice=f"There are {', '.join(_KEYS)}."
        )
    if table.get("kind") not in KINDS:
        raise CopydeskError(f"sources.{name}.kind is {table.get('kind')!r}.", advice=f"There are {', '.join(KINDS)}.")
    values: dict[str, Any] = {
        key: _value(f"sources.{name}.{key}", key, value) for key, value in table.items() if key != "kind"
    }
    if not values.get("location"):
        raise CopydeskError(f"sources.{name} has no location.", advice="Give a path or an address, or a list.")
    if "every" in values and "cron" in values:
        raise CopydeskError(f"sources.{name} has both every and cron.", advice="Choose one.")
    return Source(name, str(table["kind"]), **values)


def _value(name: str, key: str, value: object) -> object:
    """Return the value of one setting, checked."""
    if key == "location":
        listed = value if isinstance(value, list) else [value]
        if all(isinstance(place, str) and place.strip() for place in listed):
            return tuple(listed)
        raise CopydeskError(f"{name} is neither a text nor a list of texts.", advice="Give a path or an address.")
    if key == "every":
        return read_span(name, value)
    if key == "cron":
        return read_cron(name, value)
    if key in _FLAGS and isinstance(value, bool):
        return value
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9
    if key in _NUMBERS and is_number:
        return value
    if key == "limit" and isinstance(value, int) and is_number and value:
        return value
    wanted = "true or false" if key in _FLAGS else "a number"
    raise CopydeskError(f"{name} is {value!r}.", advice=f"Give {wanted}.")


def read_span(name: str, value: object) -> timedelta:
    """Return a span of time that is written as ``90s``, ``15m``, ``6h``, ``1d`` or ``2w``.

    >>> read_span("every", "6h")
    datetime.timedelta(seconds=21600)

    Raises:
        CopydeskError: it is not written so, or shorter than ten seconds.

    """
    found = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    span = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else timedelta()
    if span < timedelta(seconds=10):
        raise CopydeskError(f"{name} is {value!r}.", advice='Give a time as "15m", "6h" or "1d", ten seconds at least.')
    return span


def read_cron(name: str, value: object) -> str:
    """Return a cron line of five fields.

    Raises:
        CopydeskError: it is none.

    """
    from cronsim import CronSim, CronSimError  # noqa: PLC0415 - only sources with a cron line need it

    try:
        CronSim(str(value), datetime(2026, 1, 1, tzinfo=UTC))
    except CronSimError as error:
        advice = 'Write five fields, as "0 */6 * * *".'
        raise CopydeskError(f"{name} is {value!r}: {error}.", advice=advice) from error
    return str(value)
