"""Reading what people hand over: files, stdin, JSON lines; every failure names its input and the next step."""

from __future__ import annotations

import errno
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import copydesk
from copydesk.article import Article
from copydesk.config import Options
from copydesk.errors import CopydeskError, InputError, InputTooLarge, TransientError

STDIN = "-"
FORMATS = {".html": "html", ".htm": "html", ".xhtml": "html", ".eml": "mail", ".mht": "mail", ".mhtml": "mail"}
"""Formats by file name; anything else is a page if it begins like one, and else text."""

_REASONS = {
    errno.EACCES: ("it cannot be read: permission denied.", "Give yourself the right to read it (chmod u+r)."),
    errno.EPERM: ("it cannot be read: permission denied.", "Give yourself the right to read it (chmod u+r)."),
    errno.ENOENT: ("there is no such file.", "Check the path; it may have been moved meanwhile."),
    errno.ENOTDIR: ("a part of this path is a file, not a folder.", "Check the path."),
    errno.ENAMETOOLONG: ("no file can have a name that long.", "Check the path."),
    errno.EROFS: ("nothing can be written there.", "Choose another place."),
    errno.EISDIR: ("this is a folder.", "Use `copydesk run` for folders."),
    errno.ENOSPC: ("the disk is full.", "Free some space and run the same command again."),
    errno.EDQUOT: ("the disk quota is used up.", "Free some space and run the same command again."),
}


_TRANSIENT = {errno.EAGAIN, errno.EBUSY, errno.ESTALE, errno.ETIMEDOUT, errno.EMFILE, errno.ENFILE, errno.EINTR}


def input_error(error: OSError, source: str) -> InputError | TransientError:
    """Return what a failure of the file system means for a person."""
    if error.errno in _TRANSIENT:
        return TransientError(f"{error.strerror}.", advice="Run the same command again.", source=source)
    reason, advice = _REASONS.get(error.errno or 0, (f"{error.strerror or error}.", "Check the disk and try again."))
    return InputError(reason, advice=advice, source=source)


def read_bytes(path: str, options: Options) -> bytes:
    """Return the bytes of a file or of stdin (``-``).

    Raises:
        InputError: with the path, the reason and what to do.

    """
    try:
        if path == STDIN:
            return _limited(sys.stdin.buffer, options)
        with Path(path).open("rb") as stream:
            return _limited(stream, options)
    except OSError as error:
        raise input_error(error, path) from error
    except InputError as error:
        error.source = path
        raise


def _limited(stream: BinaryIO, options: Options) -> bytes:
    data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise InputTooLarge(
            f"it is larger than {options.max_bytes / 2**20:.0f} MB.",
            advice="Split it into articles, or raise read.max_mb in copydesk.toml (COPYDESK_MAX_MB).",
        )
    return data


def format_of(path: str) -> str:
    """Return the format that a file's name tells."""
    return FORMATS.get(Path(path).suffix.lower(), "auto")


def clean_file(path: str, options: Options) -> Article:
    """Return the cleaned article of a file or of stdin.

    Raises:
        InputError: with the path, the reason and what to do.

    """
    data = read_bytes(path, options)
    try:
        document = copydesk.read(data, format=format_of(path), options=options)
    except InputError as error:
        error.source = path
        raise
    return copydesk.clean(document, options=options)


def utf8_stdin() -> TextIO:
    """Return stdin as UTF-8, whatever the locale says; other bytes come as halves of surrogate pairs."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    return sys.stdin


def read_lines(stream: TextIO, source: str) -> Iterator[tuple[dict[str, Any], CopydeskError | None]]:
    """Yield the objects of JSON lines, each with an error if the line is none; blank lines are passed over."""
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        name = f"{source}:{number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            yield {}, InputError(f"this line is not JSON: {error}.", source=name)
            continue
        if isinstance(row, dict):
            yield row, None
        else:
            yield {}, InputError("this line is not a JSON object.", source=name)


def clean_line(row: dict[str, Any], options: Options) -> Article:
    """Return the cleaned article of one JSON line: ``text`` or ``html``, ``url`` and ``published`` if known.

    Raises:
        InputError: there is no text in it, or none that can be read.

    """
    key = next((key for key in ("text", "html") if isinstance(row.get(key), str)), None)
    if key is None:
        raise InputError('the line has no "text" and no "html".')
    document = copydesk.read(row[key], format=key, url=row.get("url"), options=options)
    if isinstance(row.get("published"), str):
        document = document.with_candidate("published", row["published"], "given")
    return copydesk.clean(document, options=options)
