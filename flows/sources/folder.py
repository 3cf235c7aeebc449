"""Files: folders, single files, and the archives among them, which hold many articles each."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from copydesk.errors import CopydeskError
from flows.inputs import input_error, read_bytes
from flows.landing import find_files, media_type, name_in_source
from flows.sources.found import Found, Landing
from flows.sources.settings import Source
from warehouse.records import Capture, Fetch


@dataclass(frozen=True, slots=True)
class Place:
    """A file, and the source and name that it goes by."""

    path: Path
    source: str
    name: str


Opener = Callable[[Place, Landing], Iterator[Found]]

ARCHIVES: Mapping[str, str] = {
    ".warc": "warc",
    ".warc.gz": "warc",
    ".jsonl": "jsonl",
    ".jsonl.gz": "jsonl",
    ".ndjson": "jsonl",
    ".ndjson.gz": "jsonl",
    ".mbox": "mail",
}
"""Endings of files that hold many articles, with the module that opens them."""


def collect(source: Source, landing: Landing) -> Iterator[Found]:
    """Yield the articles in some files and folders; archives go by their endings, or by the source's kind."""
    paths = list(_expand(source, landing.root.path))
    found = list(find_files(paths, landing.root))
    landing.expected += len(found)
    module = source.kind if source.kind in ARCHIVES.values() else None
    base = Path(paths[0]).resolve() if len(paths) == 1 and source.kind == "folder" else landing.root.path
    for path in found:
        if isinstance(path, CopydeskError):
            yield Found(error=path)
            continue
        place = _place(path, source, base, landing)
        opener = module or _archive_of(path)
        if opener is None:
            yield land_file(place, landing)
        else:
            yield from _open_archive(place, landing, opener)


def _expand(source: Source, root: Path) -> Iterator[str]:
    """Yield the paths that a source names, as seen from the root; patterns give what they match."""
    for location in source.location:
        path = os.path.join(root, os.path.expanduser(location)) if source.name != "files" else location  # noqa: PTH118, PTH111 - a pattern is no path
        if glob.has_magic(path) and not os.path.lexists(path):
            yield from sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - from anywhere, not from a folder
        else:
            yield path


def _place(path: Path, source: Source, base: Path, landing: Landing) -> Place:
    """Return the name that a file goes by: in the landing zone always the one that it has there."""
    landed, name = name_in_source(path, landing.root)
    if landed == "raw" or source.name == "files":
        return Place(path, landed, name)
    real = path.parent.resolve() / path.name
    shown = real.relative_to(base) if real.is_relative_to(base) else real
    return Place(path, source.name, os.fsencode(shown.as_posix()).decode("utf-8", "backslashreplace"))


def _archive_of(path: Path) -> str | None:
    endings = path.suffixes[-2:]
    return ARCHIVES.get("".join(endings).lower()) or ARCHIVES.get(path.suffix.lower())


def land_file(place: Place, landing: Landing) -> Found:
    """Keep the bytes of a file that is one article."""
    try:
        data = read_bytes(str(place.path), landing.root.options)
        digest = landing.keep(data, str(place.path))
    except CopydeskError as error:
        return Found(error=error)
    return Found(
        Capture(
            source=place.source,
            path=place.name,
            sha256=digest,
            size=len(data),
            media_type=media_type(place.path),
            captured_at=landing.now(),
        )
    )


def _open_archive(place: Place, landing: Landing, module: str) -> Iterator[Found]:
    """Yield the articles in an archive, unless it is as it was when all of it was read by the same ruleset."""
    try:
        state = place.path.stat()
    except OSError as error:
        yield Found(error=input_error(error, str(place.path)))
        return
    url = place.path.resolve().as_uri()
    mark = f"{state.st_size}-{state.st_mtime_ns}-{landing.ruleset[:16]}"
    known = landing.known([url]).get(url)
    if known is not None and known.etag == mark:
        return
    opened: Opener = import_module(f"flows.sources.{module}").open_archive
    is_whole = True
    try:
        for found in opened(place, landing):
            is_whole = is_whole and found.error is None
            yield found
    except OSError as error:
        yield Found(error=input_error(error, str(place.path)))
        return
    if is_whole:
        yield Found(fetch=Fetch(url=url, source=place.source, etag=mark, checked_at=landing.now()))
