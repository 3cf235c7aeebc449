"""The whole flow over a corpus of real pages: what fails, is held or waits in quarantine, and what the queries answer.

    COPYDESK_BENCH=../shared/bench python -m benchmarks.corpus [--pages 300] [--keep FOLDER]

The pages (``html/dev.jsonl.gz`` of the development bench: a line ``{"id", "url", "html"}`` each) may not be published;
``skipped, no data`` is printed where there are none. No word of theirs is printed: numbers alone. Exit status 1 when a
page fails by a defect of ours, or a hundredth of the facts or more waits.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from flows.roots import Root
from flows.steps import ingest_paths
from flows.summaries import Summary
from warehouse.named_queries import named_queries
from warehouse.query import run_query

PAGES = "html/dev.jsonl.gz"
MOST_WAITING = 0.01
"""Share of the facts that may wait in quarantine."""
DEFECT = "copydesk failed on it"
"""How a failure begins that is ours; others are the page's own."""
MOSTLY = {
    "figures": "kind",
    "forecasts": "modality",
    "offices": "office",
    "quiet_changes": "change_class",
    "what_waits": "rule",
    "what_was_cut": "kind",
    "who_did_what": "action",
    "words_behind": "kind",
}
"""Query -> the column, of values of ours, by which its rows are counted, or what they count."""
_COUNTS = """
SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM articles WHERE words > 0) AS articles,
       (SELECT count(*) FROM articles WHERE list_contains(flags, 'not_an_article')) AS without_article,
       (SELECT count(*) FROM held) AS held, (SELECT count(*) FROM edits) AS edits,
       (SELECT count(*) FROM facts) AS facts, (SELECT count(*) FROM waiting) AS waiting,
       (SELECT count(*) FROM waiting WHERE table_name IN ('mentions', 'dates', 'quantities', 'officeholders', 'events',
        'event_participants', 'relations', 'quotes', 'claims')) AS facts_waiting
"""


def take_pages(source: Path, folder: Path, count: int | None) -> int:
    """Write the pages without what the bench knows of them, and return how many there are."""
    with (
        gzip.open(source, "rt", encoding="utf-8") as lines,
        (folder / "pages.jsonl").open("w", encoding="utf-8") as out,
    ):
        found = 0
        for line in islice(lines, count):
            row = json.loads(line)
            out.write(json.dumps({name: row.get(name) for name in ("id", "url", "html")}) + "\n")
            found += 1
    return found


def report(root: Root, summary: Summary, seconds: float, pages: int) -> bool:
    """Print what came of the pages, and tell whether all is as it should be."""
    (row,) = run_query(root.warehouse, _COUNTS).rows
    counts = dict(zip(("documents", "articles", "without_article", "held", "edits", "facts"), row, strict=False))
    waiting, facts_waiting = row[-2:]
    print(f"{pages} pages, {1000 * seconds / pages:.0f} CPU ms a page with checks, loading and publishing")
    print(", ".join(f"{name.replace('_', ' ')} {number}" for name, number in counts.items()))
    share = facts_waiting / max(counts["facts"], 1)
    print(f"waiting in quarantine {waiting}, of them facts {facts_waiting}: {share:.3%} of the facts")
    reasons = Counter(failure.reason.partition(":")[0] for failure in summary.failures)
    print(f"failed {len(summary.failures)}")
    for reason, number in reasons.most_common():
        print(f"  {number}  {reason}")
    for failure in summary.failures:
        if failure.reason.startswith(DEFECT):
            print(f"  {failure.source}: {failure.reason}")
    return share < MOST_WAITING and DEFECT not in reasons


def ask(root: Root) -> None:
    """Print how many rows each query answers with, of which sort, and how long it takes."""
    print("\n| query | rows | mostly | CPU s |\n|---|---|---|---|")
    for name, query in named_queries().items():
        began = time.process_time()
        answer = run_query(root.warehouse, query.sql, query.parameters({}))
        took = time.process_time() - began
        mostly = ""
        if name in MOSTLY:
            column = answer.columns.index(MOSTLY[name])
            weight = next((answer.columns.index(word) for word in ("edits", "entries") if word in answer.columns), None)
            counted = Counter[str]()
            for row in answer.rows:
                counted[str(row[column] or "none")] += 1 if weight is None else row[weight]
            mostly = ", ".join(f"{value} {number}" for value, number in counted.most_common(4))
        print(f"| {name} | {len(answer.rows)} | {mostly} | {took:.2f} |")


def main() -> None:
    """Ingest, report, ask."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, help="how many of them, from the first (default: all)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="a root to leave the warehouse in")
    args = parser.parse_args()
    source = Path(os.environ.get("COPYDESK_BENCH", ""), PAGES)
    if not os.environ.get("COPYDESK_BENCH") or not source.is_file():
        print(f"skipped, no data: COPYDESK_BENCH names no folder with {PAGES}")
        return
    with tempfile.TemporaryDirectory() as folder:
        place = args.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        root = Root.find(place)
        root.make()
        pages = take_pages(source, root.raw, args.pages)
        began = time.process_time()
        summary = ingest_paths([str(root.raw)], root)
        is_well = report(root, summary, time.process_time() - began, pages)
        ask(root)
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()
