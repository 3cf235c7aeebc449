"""``copydesk add``: a source for ``copydesk.toml``."""

from __future__ import annotations

import json
import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

import click

from copydesk.errors import CopydeskError
from flows.commands.outputs import root_option
from flows.roots import SETTINGS, Root
from flows.sources.settings import KINDS, Source, make_source, read_sources

_WEB = ("http://", "https://")
_ENDINGS = {".warc": "warc", ".jsonl": "jsonl", ".ndjson": "jsonl", ".mbox": "mail", ".eml": "mail"}


@click.command()
@click.argument("location", nargs=-1, required=True)
@click.option("--name", help="What to call it (default: from the first location).")
@click.option("--kind", type=click.Choice(KINDS), help="What it is (default: a look at it tells).")
@click.option("--every", metavar="TIME", help="Look at it so often: 15m, 6h, 1d.")
@click.option("--cron", metavar="LINE", help='Look at it at these times (UTC): "0 */6 * * *".')
@click.option("--delay", type=float, metavar="SECONDS", help="Between two requests to a host (default: 1).")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Most pages a run.")
@click.option("--no-pages", is_flag=True, help="The texts in the feed are the articles: fetch no pages.")
@click.option("--no-robots", is_flag=True, help="Do not ask robots.txt: you have the publisher's consent.")
@click.option("--allow-private", is_flag=True, help="Addresses of this machine and its network may be fetched.")
@root_option
def add(location: tuple[str, ...], root: str | None, **given: object) -> None:
    """Add a source to copydesk.toml: a folder, files, WARC, JSON lines, mail, addresses, a feed or a sitemap.

    `copydesk run` takes all sources then, `copydesk schedule` and `copydesk run --watch` each when it is due.
    """
    place = Root.find(root)
    place.make()
    settings = place.path / SETTINGS
    known = read_sources(settings)
    kind = given["kind"] or _kind_of(location, place, allow_private=bool(given["allow_private"]))
    name = str(given["name"] or name_for(location[0]))
    table: dict[str, object] = {"kind": kind, "location": location[0] if len(location) == 1 else list(location)}
    table |= {key: given[key] for key in ("every", "cron", "delay", "limit") if given[key] is not None}
    table |= {key: False for key in ("pages", "robots") if given[f"no_{key}"]}
    table |= {"allow_private": True} if given["allow_private"] else {}
    source = make_source(name, table)
    _refuse_doubles(source, known)
    write_source(settings, name, table)
    click.echo(f"added {name} ({source.kind}) to {settings}", err=True)
    click.echo(f"next: copydesk run --source {name}", err=True)


def _refuse_doubles(source: Source, known: tuple[Source, ...]) -> None:
    for other in known:
        if (other.kind, other.location) == (source.kind, source.location):
            raise CopydeskError(f"this is the source {other.name} already.", advice="Change it in copydesk.toml.")
    if source.name in (other.name for other in known):
        raise CopydeskError(f"there is a source {source.name} already.", advice="Choose another --name.")


def name_for(location: str) -> str:
    """Return a name for a source: the host of an address, or the last part of a path.

    >>> name_for("https://www.isle.example/feed"), name_for("/archive/Old news/"), name_for("crawl.warc.gz")
    ('isle-example', 'old-news', 'crawl')
    """
    if location.lower().startswith(_WEB):
        words = location.split("/")[2].partition(":")[0].lower().removeprefix("www.")
    else:
        words = Path(location).name.lower().partition(".")[0] or "folder"
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:100] or "source"


def _kind_of(location: tuple[str, ...], root: Root, *, allow_private: bool) -> str:
    """Return what lies at some locations, by a look at the first."""
    first = location[0]
    if first.lower().startswith(_WEB):
        if len(location) > 1:
            return "urls"
        from flows.sources.look import look_at  # noqa: PLC0415 - a fetcher and parsers that paths need not pay

        kind, words = look_at(first, root, allow_private=allow_private)
        if words:
            click.echo(words, err=True)
        return kind
    path = Path(root.path, first).expanduser()
    if path.is_dir():
        return "folder"
    endings = [suffix.lower() for suffix in path.suffixes[-2:]]
    return next((kind for ending, kind in _ENDINGS.items() if ending in endings), "files")


def write_source(settings: Path, name: str, table: Mapping[str, object]) -> None:
    """Put a source behind what a settings file holds; its comments and its order stay.

    Raises:
        CopydeskError: the file would not be valid any more; it is left as it is.

    """
    text = settings.read_text(encoding="utf-8") if settings.exists() else ""
    key = name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)
    lines = [f"{field} = {_toml(value)}" for field, value in table.items()]
    new = f"{text.rstrip()}\n\n[sources.{key}]\n" + "\n".join(lines) + "\n"
    try:
        tomllib.loads(new)
    except tomllib.TOMLDecodeError as error:
        advice = f"Write [sources.{key}] into it by hand."
        raise CopydeskError(f"nothing can be added: {error}.", advice=advice, source=str(settings)) from error
    handle, temporary = tempfile.mkstemp(dir=settings.parent, prefix=".copydesk-")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(new.lstrip())
    if settings.exists():
        Path(temporary).chmod(settings.stat().st_mode & 0o777)
    Path(temporary).replace(settings)


def _toml(value: object) -> str:
    """Return a value in TOML: texts, numbers, flags and lists are written as in JSON."""
    return json.dumps(value, ensure_ascii=False)
