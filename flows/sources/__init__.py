"""Sources: where articles come from, one kind a module. Each yields what it finds, lazily, with the bytes kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from copydesk.errors import CopydeskError
from flows.sources.found import Found, Landing
from flows.sources.settings import Source

Collect = Callable[[Source, Landing], Iterator[Found]]

_MODULES: Mapping[str, str] = {
    "folder": "folder",
    "files": "folder",
    "warc": "folder",
    "jsonl": "folder",
    "mail": "folder",
    "urls": "urls",
    "feed": "feed",
    "sitemap": "sitemap",
}
"""By kind: the module whose ``collect`` it is, imported when it is called. A new kind is a new file and a line here."""


def collect(source: Source, landing: Landing) -> Iterator[Found]:
    """Yield what a source has now: captures, errors, and what servers said. A source that breaks stops no other."""
    function: Collect = import_module(f"flows.sources.{_MODULES[source.kind]}").collect
    try:
        yield from function(source, landing)
    except CopydeskError as error:
        error.source = error.source or source.name
        yield Found(error=error)
    except Exception as error:  # noqa: BLE001 - as it says: feeds and archives break parsers in ways that nobody lists
        reason = f"the rest of it cannot be read: {type(error).__name__}: {error}."
        yield Found(error=CopydeskError(reason, advice="Please report this.", source=source.name))
