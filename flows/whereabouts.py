"""Whether the file of a document is still there, by the source and name that it goes by."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from flows.landing import name_in_source
from flows.roots import Root
from flows.sources.settings import Source


class Whereabouts:
    """Knows the folders of sources."""

    def __init__(self, root: Root, sources: Sequence[Source] = ()) -> None:
        """Take the folders from the root and from the sources that have one."""
        self.root = root
        self.sources = sources
        folders = {"raw": root.raw, "files": Path("/")}
        for source in sources:
            if source.kind == "folder" and source.name != "files" and len(source.location) == 1:
                folders[source.name] = Path(root.path, os.path.expanduser(source.location[0]))  # noqa: PTH111 - as given
        self.folders: Mapping[str, Path] = folders

    def is_there(self, source: str, name: str) -> bool:
        """Tell whether a file, or the archive that it is in, is there; yes where that cannot be known."""
        folder = self.folders.get(source)
        if folder is None or "://" in name or "\\x" in name:
            return True
        parts = name.split("#")
        return any(_is_there(folder / "#".join(parts[:n])) for n in range(len(parts), 0, -1))

    def scopes(self) -> Iterator[tuple[str, str]]:
        """Yield the sources, and the folders in them ('' for all), that are looked through as a whole."""
        for source in self.sources:
            if source.name in self.folders and source.name != "files":
                yield source.name, ""
            elif source.kind in ("files", "folder"):
                for location in source.location:
                    path = Path(location)
                    if path.is_dir():
                        landed, name = name_in_source(path, self.root)
                        yield landed, "" if name == "." else name


def _is_there(path: Path) -> bool:
    """Tell whether there is something; what may not be looked at is not gone."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
