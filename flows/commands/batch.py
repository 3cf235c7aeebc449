"""JSON lines in, JSON lines out: the batch form of ``clean`` and ``facts``."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click

from copydesk.article import Article
from copydesk.config import Options
from copydesk.errors import CopydeskError, InputError
from flows.commands.outputs import opened, write_json
from flows.inputs import STDIN, clean_line, input_error, read_lines, utf8_stdin


@contextmanager
def _lines(source: str) -> Iterator[TextIO]:
    if source == STDIN:
        yield utf8_stdin()
        return
    try:
        with Path(source).open(encoding="utf-8", errors="surrogateescape") as stream:
            yield stream
    except OSError as error:
        raise input_error(error, source) from error


def run_batch(source: str, output: str, options: Options, shape: Callable[[Article], dict[str, Any]]) -> int:
    """Write one line per line of the source, in its order; a bad line becomes an error line. Return how many failed."""
    if (
        STDIN not in (source, output)
        and Path(source).exists()
        and Path(output).exists()
        and Path(source).samefile(output)
    ):
        raise InputError("it cannot be read and written at once.", advice="Name another file for -o.", source=output)
    failed = 0
    with _lines(source) as stream, opened(output) as out:
        for row, problem in read_lines(stream, source):
            try:
                if problem:
                    raise problem
                found = shape(clean_line(row, options))
            except CopydeskError as error:
                failed += 1
                found = {"error": str(error)}
            write_json(out, {"id": row.get("id"), **found})
            gc.enable()  # from here on it is long work, no longer a cold start
    if failed:
        click.echo(f'copydesk: {failed} lines failed; each has its reason under "error".', err=True)
    return failed
