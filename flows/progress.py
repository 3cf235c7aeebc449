"""How far the work is, on stderr: a bar on a terminal; elsewhere, for long work, a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flows.steps import Tell, no_progress

EVERY = 30.0
"""Seconds between two lines where there is no terminal."""


@contextmanager
def progress_bar(words: str = "ingesting", *, quiet: bool = False) -> Iterator[Tell]:
    """Yield a function that is told how far the work is."""
    if quiet:
        yield no_progress
        return
    if not sys.stderr.isatty():
        yield _lines(words)
        return
    from rich.console import Console  # noqa: PLC0415 - only where there is a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn(words), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task(words, total=None, rate="")
        began = time.monotonic()

        def tell(done: int, total: int) -> None:
            rate = done / max(time.monotonic() - began, 0.001)
            progress.update(bar, completed=done, total=total, rate=f"{rate:.0f}/s" if done else "")

        yield tell


def _lines(words: str) -> Tell:
    began = last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= EVERY and done:
            last = now
            rate = done / (now - began)
            left = max(0, total - done) / rate
            sys.stderr.write(f"{words}: {done} of {total}, {rate:.0f}/s, {left / 60:.0f} min left\n")

    return tell
