"""Where the output of a command goes, and in which shape."""

from __future__ import annotations

import json
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click

from flows.inputs import STDIN, input_error

output_option = click.option("-o", "--output", default=STDIN, metavar="FILE", help="Write here instead of to stdout.")
root_option = click.option("--root", metavar="FOLDER", help="The root folder (default: COPYDESK_ROOT, or here).")


@contextmanager
def opened(path: str) -> Iterator[TextIO]:
    """Open a file for writing, or stdout for ``-``; texts are written as they are, in UTF-8."""
    if path == STDIN:
        stream = sys.stdout
        stream.reconfigure(encoding="utf-8", newline="", errors="surrogatepass")  # type: ignore[union-attr]
        yield stream
        stream.flush()
        return
    try:
        with Path(path).open("w", encoding="utf-8", newline="") as stream:
            yield stream
    except OSError as error:
        raise input_error(error, path) from error


_SURROGATE = re.compile("[\ud800-\udfff]")


def write_json(
    stream: TextIO,
    value: Any,  # noqa: ANN401 - JSON is any value
    *,
    indent: int | None = None,
    default: Callable[[Any], object] | None = None,
) -> None:
    """Write one JSON value and a line feed; half a surrogate pair, which UTF-8 has no bytes for, is written escaped."""
    written = json.dumps(value, ensure_ascii=False, indent=indent, default=default)
    stream.write(_SURROGATE.sub(lambda half: f"\\u{ord(half.group()):04x}", written) + "\n")


@contextmanager
def stoppable(words: str) -> Iterator[None]:
    """End in order when a person (Ctrl-C) or the system (SIGTERM) stops long work, and say what that means."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"copydesk: stopped; {words}.", err=True)
        sys.exit(130)
    finally:
        signal.signal(signal.SIGTERM, before)
