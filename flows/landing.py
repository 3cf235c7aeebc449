"""The landing zone: finding what was dropped in, and keeping its bytes once, under their SHA-256."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from copydesk.errors import CopydeskError, InputError
from flows.inputs import input_error
from flows.roots import SETTINGS, Root
from warehouse.files import files_of

MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    **dict.fromkeys((".eml", ".mht", ".mhtml"), "message/rfc822"),
}
"""Media types by file name; anything else is taken for plain text."""


def find_files(paths: Iterable[str], root: Root) -> Iterator[Path | CopydeskError]:
    """Yield the files at some paths, each once, folders in the order of their names; an error for what is not there.

    Within folders, hidden files, links, pipes and devices are passed over, and so is what copydesk itself keeps there:
    the store, the warehouse and the settings.
    """
    _real_folder.cache_clear()  # links may have been set otherwise since the last run
    seen = set[Path]()
    for path in paths:
        for found in _walk(Path(path), root):
            if isinstance(found, CopydeskError):
                yield found
            elif (real := _real_path(found)) not in seen:
                seen.add(real)
                yield found


def _walk(path: Path, root: Root) -> Iterator[Path | CopydeskError]:
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except OSError as error:
        yield input_error(error, str(path))
        return
    if path.resolve().is_relative_to(root.store.resolve()):
        yield InputError(
            "copydesk keeps received bytes here.", advice="Name the articles themselves.", source=str(path)
        )
        return
    if not is_folder:
        yield path
        return
    ours = {root.store.resolve(), root.path / SETTINGS, *_files_of(root.warehouse)}
    problems: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=problems.append):
        place = Path(folder).resolve()
        folders[:] = sorted(name for name in folders if _is_wanted(place / name, ours))
        yield from (Path(folder, name) for name in sorted(names) if _is_wanted(place / name, ours))
    yield from (input_error(problem, str(problem.filename or path)) for problem in problems)


def _files_of(warehouse: Path) -> set[Path]:
    """Return the warehouse and its readers' copy, with what DuckDB and a writer lay beside them."""
    copies = files_of(warehouse)
    ours = (warehouse, copies.current, *copies.generations)
    return {path.with_name(path.name + ending) for path in ours for ending in ("", ".wal", ".writer")}


def _is_wanted(path: Path, ours: set[Path]) -> bool:
    if path.name.startswith(".") or path in ours:
        return False
    try:
        mode = path.lstat().st_mode
    except OSError:  # reading it will say what is wrong
        return True
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)  # to read a pipe would be to wait for its writer


def _real_path(path: Path) -> Path:
    """Return the one path that a file has under its name, whichever way led to its folder."""
    return _real_folder(path.parent) / path.name


@lru_cache(maxsize=256)
def _real_folder(folder: Path) -> Path:
    return folder.resolve()


def store_path(digest: str, root: Root) -> Path:
    """Return where the bytes of a SHA-256 are kept; two levels keep folders small."""
    return root.store / digest[:2] / digest


def is_kept(digest: str, size: int, root: Root) -> bool:
    """Tell whether so many bytes are kept under a SHA-256."""
    try:
        return store_path(digest, root).stat().st_size == size
    except OSError:
        return False


def store_bytes(data: bytes, digest: str, root: Root) -> None:
    """Keep bytes under their digest; a crash leaves all of them or none."""
    if is_kept(digest, len(data), root):
        return
    target = store_path(digest, root)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load_bytes(digest: str, root: Root) -> bytes:
    """Return kept bytes.

    Raises:
        InputError: they are gone, or are not what they were.

    """
    path = store_path(digest, root)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise input_error(error, str(path)) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise InputError("the kept bytes are damaged.", advice="Restore the file from a backup.", source=str(path))
    return data


def name_in_source(path: Path, root: Root) -> tuple[str, str]:
    r"""Return the source and the path within it that a file goes by: relative to the root where it lies in it.

    Bytes of a name that are no UTF-8 are written as ``\xff``: no store takes them as they are.
    """
    real, raw = _real_path(path), _real_folder(root.raw)
    is_landed = real.is_relative_to(raw)
    name = (real.relative_to(raw) if is_landed else real).as_posix()
    return "raw" if is_landed else "files", os.fsencode(name).decode("utf-8", "backslashreplace")


def media_type(path: Path) -> str:
    """Return the media type that a file's name tells."""
    return MEDIA_TYPES.get(path.suffix.lower(), "text/plain")
