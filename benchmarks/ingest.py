"""How fast articles go into a new warehouse, step by step, beside writing the same texts into DuckDB with nothing done.

    python benchmarks/ingest.py [--articles 1000]

The articles are made up, about 400 words each, with a title, a date line and a pull quote. ``ratio`` is to the plain
writing in the same run; memory is the highest resident size of the process so far.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from pathlib import Path

import duckdb

from flows.roots import Root
from flows.steps import ingest_paths

WORDS = (
    "the council harbour ferry minister said winter price bridge island talks vote company workers school river report "
    "new old first last of in and for with by on from against after before between people million per cent year"
).split()
PLACES = ("Norway", "Kenya", "Peru", "Lisbon", "Hanoi", "the European Union", "Warsaw", "Ottawa")


def make_article(number: int) -> str:
    """Return an article of its own for each number."""
    chance = random.Random(number)  # noqa: S311 - a benchmark
    paragraphs = []
    for _ in range(6):
        words = [chance.choice(WORDS) for _ in range(60)]
        words[10], words[40] = chance.choice(PLACES), f"{chance.randrange(100, 9000)}"
        paragraphs.append(" ".join(words).capitalize() + ".")
    quoted = paragraphs[2].split()[5:25]
    quote = "\n\n".join(" ".join(quoted[i : i + 5]) for i in range(0, 20, 5))
    day = f"{chance.randrange(1, 28)} May 20{chance.randrange(10, 24)} 10:30"
    return "\n\n".join([f"Headline number {number}", f"Published: {day}", *paragraphs[:4], quote, *paragraphs[4:], ""])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000, help="how many")
    count = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as folder:
        root = Root.find(folder)
        root.make()
        texts = [make_article(number) for number in range(count)]
        for number, text in enumerate(texts):
            (root.raw / f"{number:06}.txt").write_text(text, encoding="utf-8")
        began = time.perf_counter()
        with duckdb.connect(str(Path(folder, "plain.duckdb"))) as plain:
            plain.execute("CREATE TABLE texts AS SELECT unnest(?) AS text", [texts])
        steps = {"plain": time.perf_counter() - began}
        for name in ("run", "run again"):
            began = time.perf_counter()
            summary = ingest_paths([str(root.raw)], root)
            steps[name] = time.perf_counter() - began
            assert not summary.failures  # noqa: S101 - or the figures say nothing
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{count} articles, {sum(map(len, texts)) / 1e6:.1f} MB; highest memory {memory} MB")
    print(f"{'step':10} {'s':>8} {'articles/s':>11} {'ratio':>8}")
    for name, took in steps.items():
        print(f"{name:10} {took:8.2f} {count / took:11.0f} {took / steps['plain']:8.1f}")


if __name__ == "__main__":
    main()
