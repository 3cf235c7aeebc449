"""What many documents cost: memory and time an article as a warehouse grows, unchanged files, loading beside DuckDB.

    python benchmarks/load.py [--articles 20000] [--cleaned 1000]

1. ``--cleaned`` small articles go all the way, in one process: files, cleaning, facts, checks, loading.
2. ``--articles`` are loaded without cleaning each anew (their texts and facts are those of some hundred): batch after
   batch is planned, checked and loaded, with the warehouse opened and closed around each. The cost of an article must
   not grow with the warehouse, and memory must stay what it is.
3. The same files are ingested again, unchanged.
4. The same frames are loaded by us and by a plain ``INSERT`` of DuckDB from Arrow: ``ratio`` is its time by ours.

Times are CPU seconds, so that a machine shared with others tells the same; ``wall`` is beside them.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import copydesk
from copydesk.article import Article
from copydesk.facts import Facts
from flows.landing import store_path
from flows.loading import BATCH
from flows.roots import Root
from flows.ruleset import ruleset_of
from flows.steps import ingest_paths
from schemas.ids import capture_id, document_id
from warehouse.check import CheckedDocuments, check_documents
from warehouse.connect import open_warehouse
from warehouse.load import load
from warehouse.records import Capture, Planned
from warehouse.rows import document_rows
from warehouse.streams import Stream
from warehouse.transactions import transaction

WORDS = (
    "the council harbour ferry minister said winter price bridge island talks vote company workers school river report "
    "new old first last of in and for with by on from against after before between people million per cent year"
).split()


def small_text(number: int) -> str:
    """Return an article of about 80 words, another one for each number."""
    chance = random.Random(number)  # noqa: S311 - a benchmark
    paragraphs = []
    for _ in range(3):
        words = [chance.choice(WORDS) for _ in range(25)]
        words[5], words[12] = "Norway", str(chance.randrange(100, 9000))
        paragraphs.append(" ".join(words).capitalize() + ".")
    return "\n\n".join([f"Headline number {number}", *paragraphs, ""])


def memory() -> int:
    """Return the highest resident size of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def clean_all(count: int) -> None:
    """Take articles all the way, in one process."""
    with tempfile.TemporaryDirectory() as folder:
        root = Root.find(folder)
        root.make()
        for number in range(count):
            (root.raw / f"{number}.txt").write_text(small_text(number), encoding="utf-8")
        began, wall = time.process_time(), time.monotonic()
        summary = ingest_paths([str(root.raw)], root)
        took, wall = time.process_time() - began, time.monotonic() - wall
    assert not summary.failures  # noqa: S101 - or the figures say nothing
    print(
        f"1. {count} articles all the way: {1000 * took / count:.2f} ms an article (wall {wall:.1f} s); {memory()} MB"
    )


def captures(root: Root, first: int, count: int) -> list[Capture]:
    """Put files into the landing zone and the store, and return their captures."""
    made = []
    for number in range(first, first + count):
        data = small_text(number).encode()
        digest = hashlib.sha256(data).hexdigest()
        name = f"{number // 1000:04}/{number:07}.txt"
        for path in (root.raw / name, store_path(digest, root)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        made.append(
            Capture(
                source="raw",
                path=name,
                sha256=digest,
                size=len(data),
                media_type="text/plain",
                captured_at=datetime.now(UTC),
            )
        )
    return made


Cleaned = Sequence[tuple[Article, Facts]]


def checked(found: Sequence[Capture], cleaned: Cleaned, ruleset: str) -> CheckedDocuments:
    """Return a batch, checked; its texts and facts are those of the articles that were cleaned."""
    rows = []
    for number, capture in enumerate(found):
        article, facts = cleaned[number % len(cleaned)]
        document = document_id(capture.source, capture.path, None)
        planned = Planned(capture, document, capture_id(document, capture.sha256, None))
        rows.append(document_rows(planned, article, facts, ruleset=ruleset, run_id=str(uuid.UUID(int=1))))
    return check_documents(rows, ruleset=ruleset, run_id=str(uuid.UUID(int=1)))


def grow(root: Root, count: int, cleaned: Cleaned) -> Iterator[tuple[int, float]]:
    """Load batch after batch; yield how many articles are in, and the CPU seconds of each batch."""
    ruleset = ruleset_of(root.options)
    for first in range(0, count, BATCH):
        found = captures(root, first, min(BATCH, count - first))
        began = time.process_time()
        with open_warehouse(root.warehouse) as warehouse:
            warehouse.follow_moves(found, lambda _source, _path: True)
            warehouse.plan(found, ruleset=ruleset)
        batch = checked(found, cleaned, ruleset)
        with open_warehouse(root.warehouse) as warehouse:
            warehouse.load(batch)
        yield first + len(found), time.process_time() - began


def grow_and_repeat(count: int, cleaned: Cleaned) -> None:
    """Measure how the cost of an article grows, and what unchanged files cost."""
    with tempfile.TemporaryDirectory() as folder:
        root = Root.find(folder)
        root.make()
        print("2. loaded  ms an article  memory")
        spent = 0.0
        last = 0
        for done, seconds in grow(root, count, cleaned):
            spent += seconds
            if done in {1000, 2000, 5000} or done % 10_000 == 0 or done == count:
                print(f"   {done:6}  {1000 * spent / (done - last):13.2f}  {memory():4} MB")
                spent, last = 0.0, done
        began, wall = time.process_time(), time.monotonic()
        summary = ingest_paths([str(root.raw)], root)
        took, wall = time.process_time() - began, time.monotonic() - wall
    assert summary.unchanged == count  # noqa: S101 - or the figures say nothing
    print(
        f"3. {count} unchanged: {took:.1f} s (wall {wall:.1f} s), {1e5 * took / count:.0f} s for 100,000; {memory()} MB"
    )


def beside_duckdb(cleaned: Cleaned, size: int, batches: int) -> None:
    """Load the same frames by us and by DuckDB alone."""
    with tempfile.TemporaryDirectory() as folder:
        root = Root.find(folder)
        root.make()
        made = [checked(captures(root, n * size, size), cleaned, "r") for n in range(batches)]
        times = []
        for name in ("ours", "plain"):
            with open_warehouse(Path(folder, f"{name}.duckdb")) as warehouse:
                began = time.process_time()
                for batch in made:
                    if name == "ours":
                        load(warehouse.connection, batch)
                        continue
                    with transaction(warehouse.connection):
                        for table, frame in batch.rows.good.items():
                            names = ", ".join(frame.columns)
                            warehouse.connection.register("incoming", Stream(frame))
                            warehouse.connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM incoming")  # noqa: S608
                            warehouse.connection.unregister("incoming")
                times.append(time.process_time() - began)
    rows = sum(frame.height for frame in made[0].rows.good.values())
    ours, plain = (1000 * seconds / batches for seconds in times)
    print(f"4. batches of {size} ({rows} rows): ours {ours:.0f} ms, DuckDB {plain:.0f} ms, ratio {plain / ours:.2f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000, help="how many are loaded")
    parser.add_argument("--cleaned", type=int, default=1000, help="how many go all the way")
    args = parser.parse_args()
    texts = (small_text(number) for number in range(BATCH))
    articles = [copydesk.clean(copydesk.read(text)) for text in texts]
    cleaned = [(article, copydesk.extract(article)) for article in articles]
    clean_all(args.cleaned)
    grow_and_repeat(args.articles, cleaned)
    for size, batches in ((BATCH, 5), (1000, 2)):
        beside_duckdb(cleaned, size, batches)


if __name__ == "__main__":
    main()
