"""Pages a second through ``copydesk.read`` and ``copydesk.clean``, beside trafilatura, and the share of each step.

    python benchmarks/html_speed.py [PAGES.jsonl.gz] [--limit 150] [--runs 3]

PAGES holds a JSON object a line with ``html`` and perhaps ``url``; without it, html/dev.jsonl.gz in the folder that
COPYDESK_BENCH names is read, and ``skipped, no data`` is printed where there is none. Both programs give text and
metadata, in this process, on one core; figures are processor time, the best of ``--runs``, so that other programs
hardly matter. ``ratio`` is our pages a second to trafilatura's in the same run; where trafilatura is not installed,
that is said. A step's time holds that of the steps within it, which are set in.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

import copydesk
from copydesk import pipeline, readers
from copydesk.readers import html_choice, html_page

P = ParamSpec("P")
T = TypeVar("T")
STEPS = (
    (readers, "make_storable", "characters that no store takes"),
    (html_page, "parse", "parse"),
    (html_page, "read_metadata", "metadata"),
    (html_page, "read_blocks", "blocks"),
    (html_page, "score_blocks", "judge"),
    (html_choice, "block_features", "  features"),
    (html_page, "mark_blocks", "kinds"),
    (pipeline, "from_log", "fields and times of the article"),
)
"""The functions that are measured, where they are called from, and what they do."""


class Page(NamedTuple):
    """A page and its address."""

    html: str
    url: str | None


def read_pages(path: Path, limit: int) -> list[Page]:
    """Return pages of a file, taken evenly over it."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [Page(row["html"], row.get("url")) for row in map(json.loads, lines)]
    return [rows[i * len(rows) // limit] for i in range(limit)] if limit < len(rows) else rows


def ours(page: Page) -> object:
    """Read and clean a page."""
    return copydesk.clean(copydesk.read(page.html, url=page.url))


def theirs() -> Callable[[Page], object] | None:
    """Return trafilatura with metadata; None where it is not installed."""
    try:
        bare_extraction = import_module("trafilatura").bare_extraction
    except ImportError:
        return None
    return lambda page: bare_extraction(page.html, url=page.url, include_comments=False, with_metadata=True)


def seconds(tool: Callable[[Page], object], pages: Sequence[Page], runs: int) -> float:
    """Return the least processor time of some runs over all pages."""
    tool(pages[0])  # what is loaded once is loaded here
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        for page in pages:
            tool(page)
        best = min(best, time.process_time() - start)
    return best


def timed(call: Callable[P, T], name: str, spent: Counter[str]) -> Callable[P, T]:
    """Return a function that adds its processor time to a counter."""

    @wraps(call)
    def measured(*args: P.args, **kwargs: P.kwargs) -> T:
        start = time.process_time()
        try:
            return call(*args, **kwargs)
        finally:
            spent[name] += time.process_time() - start  # type: ignore[assignment] # seconds, not a count

    return measured


def shares(pages: Sequence[Page]) -> list[tuple[str, float]]:
    """Return the seconds of each step in one run over all pages."""
    spent: Counter[str] = Counter()
    before = [(module, name, getattr(module, name)) for module, name, _ in STEPS]
    try:
        for module, name, label in STEPS:
            setattr(module, name, timed(getattr(module, name), label, spent))
        documents = [readers.read(page.html, url=page.url) for page in pages]
        start = time.process_time()
        for document in documents:
            pipeline.clean(document)
        cleaning = time.process_time() - start
    finally:
        for module, name, call in before:
            setattr(module, name, call)
    steps = [(label, spent[label]) for _, _, label in STEPS]
    return [*steps[:-1], ("clean", cleaning), ("  " + steps[-1][0], steps[-1][1])]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    bench = os.environ.get("COPYDESK_BENCH")
    parser.add_argument("pages", type=Path, nargs="?", default=Path(bench or ".") / "html" / "dev.jsonl.gz")
    parser.add_argument("--limit", type=int, default=150)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    if not args.pages.exists():
        print("skipped, no data: name a file of pages, or a folder in COPYDESK_BENCH")
        return
    pages = read_pages(args.pages, args.limit)
    megabytes = sum(len(page.html.encode("utf-8", "replace")) for page in pages) / 1e6
    own = seconds(ours, pages, args.runs)
    print(f"copydesk     {len(pages) / own:7.1f} pages/s  {megabytes / own:6.1f} MB/s")
    peer = theirs()
    if peer is None:
        print("trafilatura  not installed here: no ratio")
    else:
        other = seconds(peer, pages, args.runs)
        print(f"trafilatura  {len(pages) / other:7.1f} pages/s  {megabytes / other:6.1f} MB/s")
        print(f"ratio        {other / own:7.2f}")
    for label, spent in shares(pages):
        print(f"{1000 * spent / len(pages):7.2f} ms a page  {label}")


if __name__ == "__main__":
    main()
